"""``repository.url`` in ``_config.yml`` alone decides about launch buttons.

Two pages are built with the book's own settings, once with the address and once without.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
# As it is copied for `git clone`; without ".git" it is the same repository.
ADDRESS = "https://github.com/example/creating-public-value.git"
CHAPTER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A chapter
"""
EXERCISE = """\
{"cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# An exercise"}],
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
 "nbformat": 4, "nbformat_minor": 5}
"""
PAGES = {
    "chapters/index": ("chapters/index.md", "# A book\n"),
    "chapters/value-matrix": ("chapters/value-matrix.md", CHAPTER),
    "exercises/matrix/matrix": ("exercises/matrix/matrix.ipynb", EXERCISE),
}
NOTEBOOKS = [name for name in PAGES if name != "chapters/index"]


class Page(HTMLParser):
    """The links of a page, and what its buttons are called."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.buttons: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.get("href") or "")
        if tag in ("a", "button"):
            self.buttons += [given.get("aria-label") or "", given.get("title") or ""]


def build(folder: Path, address: str) -> dict[str, Page]:
    for name in ("_static", "_templates"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "references.bib").touch()
    for path, text in PAGES.values():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")

    first, *others = PAGES
    toc = {"format": "jb-book", "root": first, "chapters": [{"file": name} for name in others]}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    # One line is changed, as the person does who publishes the book.
    config, changed = re.subn(r'^  url: ".*"$', f'  url: "{address}"', config, flags=re.M)
    assert changed == 1, "_config.yml has no line for the address, or more than one"
    (folder / "_config.yml").write_text(config, encoding="utf-8")

    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
    command += ["build", "-n", "-W", "--keep-going", str(folder)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    html = folder / "_build" / "html"
    return {name: Page((html / f"{name}.html").read_text(encoding="utf-8")) for name in PAGES}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    return build(tmp_path_factory.mktemp("published"), ADDRESS)


@pytest.fixture(scope="module")
def unpublished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    return build(tmp_path_factory.mktemp("unpublished"), "")


def test_no_address_is_set_in_the_repository() -> None:
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert config["repository"]["url"] == ""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_with_an_address_each_notebook_opens_in_lab_on_binder(
    published: dict[str, Page], name: str
) -> None:
    binder = [link for link in published[name].links if "mybinder.org" in link]
    path, _ = PAGES[name]
    assert binder == [
        f"https://mybinder.org/v2/gh/example/creating-public-value/main?urlpath=lab/tree/{path}"
    ]


def test_the_address_brings_launch_buttons_only(published: dict[str, Page]) -> None:
    for page in published.values():
        assert [link for link in page.links if "github.com" in link] == []


@pytest.mark.parametrize("name", PAGES)
def test_without_an_address_no_button_leads_to_a_repository(
    unpublished: dict[str, Page], name: str
) -> None:
    page = unpublished[name]
    hosts = ("binder", "github", "gitlab", "colab")
    assert [link for link in page.links if any(host in link for host in hosts)] == []
    called = re.compile("launch|repositor|issue|edit|show source", re.I)
    assert [title for title in page.buttons if called.search(title)] == []
