"""Every link within the built book leads to a page that is there, and to a place in it."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from .conftest import BOOK

# Pages that Sphinx makes for its own use, and the forwarding page at the top.
OURS = sorted((BOOK / "chapters").rglob("*.html")) + sorted((BOOK / "exercises").rglob("*.html"))


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if found.get("id"):
            self.ids.add(found["id"])
        for name in ("href", "src"):
            if found.get(name):
                self.links.append(found[name])


@pytest.fixture(scope="module")
def pages():
    return {path: Page(path) for path in BOOK.rglob("*.html")}


def test_there_are_pages():
    assert len(OURS) >= 20


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(BOOK)))
def test_links_lead_somewhere(pages, path):
    broken = []
    for link in pages[path].links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            assert parts.scheme in ("https", "data", "mailto"), link
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if target.is_dir():
            target /= "index.html"
        if not target.is_file():
            broken.append(link)
        elif parts.fragment and target.suffix == ".html":
            anchor = unquote(parts.fragment)
            if anchor not in pages[target].ids and anchor != "":
                broken.append(link)
    assert broken == []


def test_without_a_jupyterlite_no_button_leads_to_one(pages):
    assert pages
    links = [link for page in pages.values() for link in page.links]
    assert [link for link in links if "lite/" in link] == []
