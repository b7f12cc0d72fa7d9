"""The public half alone: nothing is graded, and nothing in the page could grade."""

import pytest
from playwright.sync_api import expect

from pvwidgets import page as html_page
from pvwidgets.words import words

from .board import Board, texts_of

UI = words()["ui"]


@pytest.fixture
def board(watch, tmp_path, matrix):
    file = tmp_path / "public.html"
    file.write_text(html_page.document(matrix.without_key()), encoding="utf-8")
    page = watch.page()
    page.goto(file.as_uri())
    return Board(page)


def test_completeness_and_no_verdict(board, matrix):
    expect(board.button("Check answers")).to_have_count(0)
    expect(board.button("Show explanations")).to_have_count(0)
    board.button("Check completeness").click()
    expect(board.status).to_contain_text("12 cards still need a place")
    board.sort(matrix, dict.fromkeys(matrix.sets[0], "IW"))
    board.button("Check completeness").click()
    expect(board.status).to_contain_text(UI["complete"])
    assert board.score() == (None, None)
    expect(board.root.locator(".pv-verdict")).to_have_count(0)
    board.page.reload()
    expect(Board(board.page).cards_in("IW")).to_have_count(12)


def test_the_page_holds_no_feedback(board, matrix):
    source = board.page.content()
    assert texts_of(matrix)[matrix.sets[0][0]][:30] in source
    assert "Defensible:" not in source
    assert '"feedback"' not in source.split("<script>")[0]
