"""A book opened from a disk, where Chromium can give a page a storage that does not last."""

import pytest
from playwright.sync_api import expect

import pvwidgets as pv

from .alone import Alone
from .conftest import ROOT

# What the page's own scripts ask for, in order.
LISTEN = """
  window.asked = [];
  const listen = (of, name) => {
    const was = Object.getOwnPropertyDescriptor(of, name);
    const note = (call) => function (...given) {
      asked.push(name);
      return call.apply(this, given);
    };
    const how = was.get ? "get" : "value";
    Object.defineProperty(of, name, { ...was, [how]: note(was[how]) });
  };
  listen(Document.prototype, "cookie");
  listen(window, "localStorage");
"""


def asked(watch, address):
    page = watch.page()
    page.add_init_script(LISTEN)
    page.goto(address)
    expect(page.locator("section.pv-activity").first).to_have_attribute("data-ready", "true")
    return page.evaluate("asked")


@pytest.fixture
def alone(watch, tmp_path):
    rooms = pv.load(ROOT / "chapters" / "for-authors" / "examples" / "reading-rooms.yml")
    return Alone(watch, tmp_path, rooms)


def test_a_chapter_waits_before_it_uses_the_storage(watch, site, book):
    chapter = "chapters/value-matrix.html"
    names = asked(watch, f"{book.as_uri()}/{chapter}")
    assert names[0] == "cookie"
    assert "localStorage" in names
    # A page that comes from a server has no need to.
    names = asked(watch, f"{site}/{chapter}")
    assert names[0] == "localStorage"
    assert "cookie" not in names


def test_a_page_of_its_own_waits_too(watch, alone):
    names = asked(watch, alone.page.url)
    assert names[0] == "cookie"
    assert "localStorage" in names
