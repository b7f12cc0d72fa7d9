"""Every page of the book: quiet, local, accessible, readable on a phone and without script."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .board import diagonal, key_of
from .conftest import AXE, BOOK

PAGES = sorted(
    str(p.relative_to(BOOK)).replace("\\", "/")
    for p in BOOK.rglob("*.html")
    if "_static" not in p.parts
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page, within="html"):
    page.add_script_tag(path=AXE)
    # Half under the theme's bar at the top, a target would look too small.
    page.evaluate("scrollTo(0, 0)")
    # Halfway through a change of colours, a contrast is that of neither.
    page.evaluate(
        "() => Promise.allSettled(document.getAnimations().map((moving) => moving.finished))"
    )
    found = page.evaluate(
        "([within, tags]) => axe.run(within, {runOnly: {type: 'tag', values: tags}})",
        [within, TAGS],
    )
    return [
        f"{v['id']}: {node['target']} {node['failureSummary']}"
        for v in found["violations"]
        for node in v["nodes"]
    ]


def test_there_are_pages():
    assert "chapters/value-matrix.html" in PAGES
    assert "exercises/matrix/matrix.html" in PAGES
    assert "search.html" in PAGES


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("where", ["http", "file"])
def test_quiet_and_local(watch, site, book, name, where):
    # The fixture `watch` fails the test for a request to another host and for a console error.
    page = watch.page()
    address = site if where == "http" else book.as_uri()
    page.goto(f"{address}/{name}", wait_until="load")
    page.wait_for_load_state("networkidle")
    assert page.title()


@pytest.mark.parametrize("name", [n for n in PAGES if n != "index.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe(watch, site, name, scheme, width):
    page = watch.page(
        color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page.goto(f"{site}/{name}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert violations(page) == []
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, f"{wider} px wider than the window"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_while_working(opened, matrix, scheme, width):
    board = opened(
        color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = board.page
    page.add_style_tag(content="* { transition: none !important }")
    board.cards_in(None).first.click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    key = key_of(matrix)
    choices = {c: diagonal(k) if i % 3 == 0 else k for i, (c, k) in enumerate(key.items())}
    board.sort(matrix, choices, signs=True)
    board.check()
    assert violations(page) == []
    board.root.locator(".pv-is-again .pv-card").first.click()
    board.cell("IW").click()
    board.check()
    board.button("Show explanations").click()
    board.root.locator("summary").first.click()
    assert violations(page) == []
    board.button("Your answers").click()
    assert violations(page) == []
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0


def test_targets_are_large_enough(opened, matrix):
    board = opened(viewport={"width": 320, "height": 800})
    board.sort(matrix, dict(list(key_of(matrix).items())[:3]))
    for button in board.root.get_by_role("button").all():
        box = button.bounding_box()
        assert box["height"] >= 44, button.inner_text()
        assert box["width"] >= 44, button.inner_text()


def test_without_script_there_is_a_worksheet(watch, site, matrix):
    page = watch.page(java_script_enabled=False)
    page.goto(f"{site}/chapters/value-matrix.html", wait_until="networkidle")
    root = page.locator("section.pv-activity[data-activity=value-matrix]")
    expect(root.get_by_role("table")).to_have_count(1)
    expect(root.locator(".pv-cut > li")).to_have_count(12)
    answers = root.locator("details")
    assert not answers.locator("ol").is_visible()
    answers.locator("summary").click()
    expect(answers.locator("ol > li")).to_have_count(12)


def test_axe_is_there():
    assert Path(AXE).is_file()


def test_a_fault_would_be_found(watch, tmp_path):
    file = tmp_path / "bad.html"
    file.write_text("<!doctype html><html><body><button></button></body></html>")
    page = watch.page()
    page.goto(file.as_uri())
    assert violations(page)
