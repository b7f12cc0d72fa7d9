"""The book's build around an activity file: what a change of it remakes, and what a fault says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---

# A page

```{code-cell} ipython3
import pvwidgets as pv
pv.activity("lamps.yml")
```
"""
OTHER = "# Another page\n\nNo activity here.\n"
CARD = "The clinic now has chairs with arms"


@pytest.fixture
def small(tmp_path):
    """A book of two pages with our settings; the first shows an activity of its own."""
    for name in ("_config.yml", "_static", "_templates", "references.bib"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: page\nchapters:\n  - file: other\n", encoding="utf-8"
    )
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "other.md").write_text(OTHER, encoding="utf-8")
    run("-m", "pvwidgets", "new", "matrix", "lamps", "--folder", str(tmp_path))
    return tmp_path


def run(*args, **options):
    env = {k: v for k, v in os.environ.items() if k != "PVWIDGETS_HOST"}
    return subprocess.run(
        [sys.executable, *args], capture_output=True, text=True, check=False, env=env, **options
    )


def build(folder, *options):
    main = "from jupyter_book.cli.main import main; main()"
    return run("-c", main, "build", "-n", "-W", "--keep-going", *options, str(folder))


def set_execution(folder, mode):
    path = folder / "_config.yml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("execute_notebooks: force", f"execute_notebooks: {mode}")
    assert mode == "force" or changed != text
    path.write_text(changed, encoding="utf-8")


# With `cache`, myst-nb does not run a page again whose cells are the same.
@pytest.mark.parametrize("mode", ["force", "cache"])
def test_editing_the_activity_file_alone_remakes_its_pages(small, mode):
    set_execution(small, mode)
    done = build(small)
    assert done.returncode == 0, done.stderr
    page, other = (small / "_build" / "html" / name for name in ("page.html", "other.html"))
    assert CARD in page.read_text(encoding="utf-8")
    before = other.stat().st_mtime_ns

    file = small / "lamps.yml"
    text = file.read_text(encoding="utf-8").replace(CARD, "The clinic now has a ramp")
    file.write_text(text, encoding="utf-8")
    done = build(small)
    assert done.returncode == 0, done.stderr
    html = page.read_text(encoding="utf-8")
    assert "The clinic now has a ramp" in html
    assert CARD not in html
    assert other.stat().st_mtime_ns == before, "a page without the activity was made again"


def test_a_page_holds_plain_html_and_no_widget(small):
    assert build(small).returncode == 0
    html = (small / "_build" / "html" / "page.html").read_text(encoding="utf-8")
    assert html.count('<section class="pv-activity"') == 1
    assert html.count("pvwidgets/page.js") == 1
    assert html.count("pvwidgets/pv.css") == 1
    for word in ("widget-state", "widget-view", "require.js", "html-manager", "pv-here"):
        assert word not in html
    other = (small / "_build" / "html" / "other.html").read_text(encoding="utf-8")
    assert "pvwidgets/" not in other


@pytest.mark.parametrize("first_good", [True, False])
def test_a_fault_in_the_file_fails_the_build_and_says_where(small, first_good):
    if first_good:
        assert build(small).returncode == 0
    file = small / "lamps.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("key: IW", "key: WI"), encoding="utf-8"
    )
    done = build(small)
    assert done.returncode != 0
    said = " ".join((done.stdout + done.stderr).split())
    line = next(
        n for n, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if "WI" in text
    )
    assert f"lamps.yml:{line}: cards[0].key: expected one of IW, CW, IJ, CJ" in said


def test_latex_holds_the_worksheet(small):
    done = build(small, "--builder", "latex")
    assert done.returncode == 0, done.stderr
    (tex,) = (small / "_build" / "latex").glob("*.tex")
    text = tex.read_text(encoding="utf-8")
    assert CARD in text
    assert "My Wellbeing" in text
    assert r"\rule{5cm}" in text
    assert "One man's need is met" not in text, "the worksheet must not hold the answers"
