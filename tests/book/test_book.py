"""The book's build around an activity file: what a change of it remakes, and what a fault says."""

import json
import re

import pytest

from pvwidgets import cli
from pvwidgets.words import words
from tools.small_book import HEAD, STRICT, lay_out
from tools.small_book import build as build_book

PAGE = (
    HEAD
    + """# A page

```{code-cell} ipython3
import pvwidgets as pv
pv.activity("lamps.yml")
```
"""
)
OTHER = "# Another page\n\nNo activity here.\n"
CARD = "The clinic now has chairs with arms"


@pytest.fixture
def small(tmp_path):
    """A book of two pages with our settings; the first shows an activity of its own."""
    lay_out(tmp_path, {"page.md": PAGE, "other.md": OTHER})
    cli.main(["new", "matrix", "lamps", "--folder", str(tmp_path)])
    return tmp_path


def build(folder, *options):
    return build_book(folder, *STRICT, *options)


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


@pytest.mark.parametrize("first", ["lamps", "library"])
def test_a_page_brings_along_the_words_of_its_kinds_once(small, first):
    cli.main(["new", "sort", "library", "--folder", str(small)])
    one, other = (first, "library" if first == "lamps" else "lamps")
    cell = '```{{code-cell}} ipython3\nimport pvwidgets as pv\npv.activity("{}.yml")\n```\n'
    cells = "\n".join(cell.format(name) for name in (one, other, one))
    (small / "page.md").write_text(f"{HEAD}# A page\n\n{cells}", encoding="utf-8")
    (small / "other.md").write_text(f"{HEAD}# Other\n\n{cell.format('lamps')}", encoding="utf-8")
    assert build(small).returncode == 0
    for name, activities, kinds in (("page", 3, {"matrix", "sort"}), ("other", 1, {"matrix"})):
        html = (small / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")
        assert html.count('class="pv-data"') == activities
        (found,) = re.findall(r'class="pv-words">(.*?)</script>', html)
        assert json.loads(found) == {part: words()[part] for part in ("ui", *kinds)}
        # The script reads them before it shows the first.
        assert html.index('class="pv-words"') < html.index('class="pv-data"')
