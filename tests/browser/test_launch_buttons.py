"""``repository.url`` in ``_config.yml`` alone decides about launch buttons.

Two pages are built with the book's own settings, once with the address and once without.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from tools.small_book import HEAD, STRICT, build, lay_out, set_address

ROOT = Path(__file__).resolve().parents[2]
# As it is copied for `git clone`; without ".git" it is the same repository.
ADDRESS = "https://github.com/example/creating-public-value.git"
CHAPTER = f"{HEAD}# A chapter\n"
EXERCISE = """\
{"cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# An exercise"}],
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
 "nbformat": 4, "nbformat_minor": 5}
"""
PAGES = {
    "chapters/index.md": "# A book\n",
    "chapters/value-matrix.md": CHAPTER,
    "exercises/matrix/matrix.ipynb": EXERCISE,
}
NOTEBOOKS = [path for path in PAGES if path != "chapters/index.md"]


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


def make(folder: Path, address: str) -> dict[str, Page]:
    lay_out(folder, PAGES)
    set_address(folder, address)
    done = build(folder, *STRICT)
    assert done.returncode == 0, done.stdout + done.stderr
    html = folder / "_build" / "html"
    return {
        path: Page((html / path).with_suffix(".html").read_text(encoding="utf-8")) for path in PAGES
    }


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    return make(tmp_path_factory.mktemp("published"), ADDRESS)


@pytest.fixture(scope="module")
def unpublished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    return make(tmp_path_factory.mktemp("unpublished"), "")


def test_no_address_is_set_in_the_repository() -> None:
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert config["repository"]["url"] == ""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_with_an_address_each_notebook_opens_in_lab_on_binder(
    published: dict[str, Page], name: str
) -> None:
    binder = [link for link in published[name].links if "mybinder.org" in link]
    assert binder == [
        f"https://mybinder.org/v2/gh/example/creating-public-value/main?urlpath=lab/tree/{name}"
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
