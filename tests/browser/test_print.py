"""The page on paper: a worksheet with cards to cut out, the key only when asked for."""

import pytest
from playwright.sync_api import expect

from pvwidgets import richtext
from pvwidgets.words import words

from .board import Board, key_of, texts_of

UI = words()["ui"]


@pytest.fixture
def board(opened, matrix):
    board = opened()
    board.sort(matrix, dict(list(key_of(matrix).items())[:2]))
    return board


def test_the_worksheet_is_in_the_page_only_on_paper(board, matrix):
    sheet = board.root.locator(".pv-worksheet")
    expect(sheet).to_have_count(0)
    board.page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    expect(board.root.locator(".pv-app")).to_be_hidden()
    for text in [texts_of(matrix)[card] for card in matrix.sets[0]]:
        expect(sheet.locator(".pv-cut > li").filter(has_text=text)).to_be_visible()
    expect(sheet.locator("details")).to_be_hidden()
    board.page.emulate_media(media="screen")
    expect(sheet).to_have_count(0)
    expect(board.cards_in(None)).to_have_count(10)


@pytest.mark.parametrize("key", [False, True])
def test_the_key_only_when_asked(board, matrix, key):
    page = board.page
    # The real print dialog cannot be driven; what it would print can.
    page.evaluate("window.print = () => { window.asked = true; }")
    board.button(UI["answers"]).click()
    page.get_by_role("button", name=UI["printKey"] if key else UI["print"]).click()
    assert page.evaluate("window.asked")
    page.emulate_media(media="print")
    said = richtext.to_text(matrix.key["cards"][matrix.sets[0][0]]["feedback"]["IW"])
    answers = board.root.locator(".pv-worksheet details")
    expect(board.root.locator(".pv-worksheet")).to_be_visible()
    expect(answers).to_be_visible(visible=key)
    if key:
        expect(answers).to_contain_text(said)
        assert answers.evaluate("(e) => getComputedStyle(e).breakBefore") == "page"
        # Once printed, the next print is without the key again.
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        page.emulate_media(media="print")
        expect(answers).to_be_hidden()


def test_paper_is_light_in_dark_mode_too(opened):
    page = opened(color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    # No text is lighter than a middle grey.
    light = page.evaluate(
        """[...document.querySelectorAll(".bd-article :is(h1, h2, p, li, td, th)")]
          .filter((e) => e.checkVisibility())
          .map((e) => [e.textContent.trim().slice(0, 40), getComputedStyle(e).color])
          .filter(([text, color]) => text && Math.max(...color.match(/\\d+/g).slice(0, 3)) > 127)
        """
    )
    assert light == []


def test_pdf(board, tmp_path, matrix):
    file = tmp_path / "page.pdf"
    board.page.pdf(path=file, format="A4")
    assert file.read_bytes().startswith(b"%PDF")
    expect(board.cards_in(None)).to_have_count(10)
    assert Board(board.page)
