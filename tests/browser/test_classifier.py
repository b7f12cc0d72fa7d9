"""The classifier in the published chapter, as people use it."""

import json

import pytest
from playwright.sync_api import expect

from pvwidgets import richtext
from pvwidgets.words import words

from .board import CELLS, Board, diagonal, key_of, texts_of

UI = words()["ui"]


def test_two_taps_a_card_and_full_marks(opened, matrix):
    board = opened(has_touch=True)
    assert board.score() == (None, None)
    board.sort(matrix, key_of(matrix), signs=True)
    board.check()
    assert board.score() == ("12", "12")
    expect(board.status).to_contain_text("12 of 12 right. Well sorted.")
    expect(board.root.locator(".pv-feedback")).to_contain_text(UI["mastered"])


def test_keyboard_alone(opened, matrix):
    board = opened()
    page, key, texts = board.page, key_of(matrix), texts_of(matrix)
    by_text = {texts[card]: code for card, code in key.items()}
    board.cards_in(None).first.focus()
    # From the first cell, arrows reach the others.
    way = {"IW": [], "CW": ["ArrowRight"], "IJ": ["ArrowDown"], "CJ": ["ArrowRight", "ArrowDown"]}
    for _ in range(12):
        code = by_text[page.evaluate("document.activeElement.innerText.trim()")]
        page.keyboard.press("Enter")
        expect(board.cell("IW")).to_be_focused()
        for arrow in way[code]:
            page.keyboard.press(arrow)
        expect(board.cell(code)).to_be_focused()
        page.keyboard.press("Enter")
        expect(board.status).to_contain_text(f"Placed in {CELLS[code]}.")
    expect(board.button("Check answers")).to_be_focused()
    page.keyboard.press("Enter")
    assert board.score() == ("12", "12")


def test_arrows_stay_on_the_board(opened):
    board = opened()
    board.cell("IW").focus()
    # Not into the next row either.
    for arrows, code in [
        (["ArrowLeft", "ArrowUp"], "IW"),
        (["ArrowRight", "ArrowRight"], "CW"),
        (["ArrowDown", "ArrowDown", "ArrowRight"], "CJ"),
        (["ArrowLeft", "ArrowLeft"], "IJ"),
    ]:
        for arrow in arrows:
            board.page.keyboard.press(arrow)
        expect(board.cell(code)).to_be_focused()


def test_tab_reaches_everything_in_reading_order(opened):
    board = opened()
    board.page.evaluate("document.querySelector('.pv-card').focus()")
    seen = []
    for _ in range(40):
        seen.append(
            board.page.evaluate(
                "document.activeElement.closest('[data-activity=value-matrix]')"
                " ? document.activeElement.className : 'out'"
            )
        )
        board.page.keyboard.press("Tab")
    inside = seen[: seen.index("out")]
    assert list(dict.fromkeys(c.split()[0] for c in inside)) == [
        "pv-card",
        "pv-place",
        "pv-button",
    ]
    assert sum("pv-card" in c for c in inside) == 12
    assert sum("pv-place" in c for c in inside) == 4


def test_escape_puts_back(opened, matrix):
    board = opened()
    first = board.cards_in(None).first
    text = first.inner_text()
    first.focus()
    board.page.keyboard.press("Enter")
    board.page.keyboard.press("Escape")
    expect(board.card(text)).to_be_focused()
    expect(board.card(text)).to_have_attribute("aria-pressed", "false")
    board.page.keyboard.press("Enter")
    board.page.keyboard.press("Enter")
    expect(board.cards_in("IW")).to_have_count(1)
    board.card(text).focus()
    board.page.keyboard.press("Escape")
    expect(board.cards_in("IW")).to_have_count(0)
    expect(board.cards_in(None)).to_have_count(12)
    expect(board.card(text)).to_be_focused()


def test_mouse_drag(opened, matrix):
    board = opened(viewport={"width": 1280, "height": 1000})
    text = board.cards_in(None).nth(1).inner_text()
    board.root.locator(".pv-table").scroll_into_view_if_needed()
    start = board.card(text).bounding_box()
    target = board.cell("CW").bounding_box()
    mouse = board.page.mouse
    mouse.move(start["x"] + 30, start["y"] + 15)
    mouse.down()
    mouse.move(start["x"] + 60, start["y"] + 40, steps=3)
    mouse.move(target["x"] + 40, target["y"] + 20, steps=5)
    mouse.up()
    expect(board.cards_in("CW")).to_have_text([text])
    # The click that ends a drag chooses no card, and a ghost stays nowhere.
    expect(board.root.locator("[aria-pressed=true].pv-card")).to_have_count(0)
    expect(board.root.locator(".pv-ghost")).to_have_count(0)
    # And back among the cards to place.
    box = board.card(text).bounding_box()
    tray = board.root.locator(".pv-tray").bounding_box()
    mouse.move(box["x"] + 20, box["y"] + 15)
    mouse.down()
    mouse.move(tray["x"] + 40, tray["y"] + 20, steps=5)
    mouse.up()
    expect(board.cards_in("CW")).to_have_count(0)


def test_a_placed_card_can_be_moved_and_put_back_by_taps(opened):
    board = opened()
    text = board.cards_in(None).first.inner_text()
    board.tap(text, "IJ")
    board.tap(text, "CJ")
    expect(board.cards_in("IJ")).to_have_count(0)
    expect(board.cards_in("CJ")).to_have_text([text])
    board.card(text).click()
    board.button(UI["putBack"]).click()
    expect(board.cards_in("CJ")).to_have_count(0)


def test_no_check_before_all_are_placed(opened):
    board = opened()
    board.tap(board.cards_in(None).first.inner_text(), "IW")
    board.check()
    expect(board.status).to_contain_text("11 cards still need a place")
    assert board.score() == (None, None)


def test_feedback_comes_step_by_step(opened, matrix):
    board = opened()
    key = key_of(matrix)
    wrong = [c for c in key if "alt" not in matrix.key["cards"][c]][:2]
    choices = {c: diagonal(code) if c in wrong else code for c, code in key.items()}
    board.sort(matrix, choices)
    feedback = board.root.locator(".pv-feedback")
    said = {c: _feedback_text(matrix, c, choices[c]) for c in wrong}

    board.check()
    assert board.score() == ("10", "12")
    expect(board.root.locator(".pv-is-again")).to_have_count(2)
    expect(board.root.locator(".pv-is-right")).to_have_count(10)
    expect(feedback.locator("dd").first).to_have_text(UI["bar"].format(right=10, of=12))
    # The first check tells neither the axis of a card nor any explanation, and lights up no cell.
    for words_ in [*said.values(), UI["offBoth"], UI["closer"]]:
        expect(feedback).not_to_contain_text(words_)
    expect(board.button("Show explanations")).to_be_disabled()
    assert _stored(board)["explained"] == 0

    board.button("Try again").click()
    expect(board.cards_in(None)).to_have_count(2)
    texts = texts_of(matrix)
    for card in wrong:
        board.tap(texts[card], choices[card])
    board.check()
    expect(feedback).to_contain_text(UI["offBoth"])
    for card in wrong:
        expect(feedback).to_contain_text(said[card])
        expect(feedback).not_to_contain_text(_feedback_text(matrix, card, key[card]))

    board.button("Show explanations").click()
    for card in wrong:
        expect(feedback).to_contain_text(_feedback_text(matrix, card, key[card]))
    reasons = [matrix.key["cards"][card].get("reason") for card in key]
    assert any(reasons)
    for reason in filter(None, reasons):
        expect(feedback).to_contain_text(richtext.to_text(reason))
    stored = _stored(board)
    assert stored["explained"] == 2
    assert [check["n"] for check in stored["checks"]] == [1, 2]

    board.button("Start over").click()
    expect(board.cards_in(None)).to_have_count(12)
    assert board.score() == (None, None)
    assert len(_stored(board)["checks"]) == 2


def test_a_wrong_sign_is_told_and_costs_nothing(opened, matrix):
    board = opened()
    board.sort(matrix, key_of(matrix))
    for button in board.root.get_by_role("button", name=UI["loss"]).all():
        button.click()
    gains = sum(matrix.key["cards"][c]["sign"] == "gain" for c in matrix.sets[0])
    board.check()
    assert board.score() == ("12", "12")
    expect(board.root.locator(".pv-feedback")).to_contain_text(
        f"+ and −: {12 - gains} of 12 right."
    )
    expect(board.root.get_by_text(UI["signAgain"])).to_have_count(gains)


def test_without_mastery_a_new_set_is_offered(opened, matrix):
    board = opened()
    board.sort(matrix, {card: diagonal(code) for card, code in key_of(matrix).items()})
    board.check()
    expect(board.root.locator(".pv-feedback")).to_contain_text("A new set gives a new first check.")


def test_another_set_and_its_own_first_check(opened, matrix):
    board = opened()
    board.sort(matrix, key_of(matrix))
    board.check()
    board.button("Another set").click()
    texts = texts_of(matrix)
    shown = {t.inner_text() for t in board.cards_in(None).all()}
    assert shown == {texts[c] for c in matrix.sets[1]}
    stored = _stored(board)
    assert stored["set"] == matrix.sets[1]
    assert [a["set"] for a in stored["earlier"]] == [matrix.sets[0]]
    board.sort(matrix, {c: diagonal(code) for c, code in key_of(matrix, 1).items()})
    board.check()
    expect(board.root.locator(".pv-feedback")).to_contain_text(UI["mastered"])


@pytest.mark.parametrize("where", ["http", "file"])
def test_answers_survive_a_reload(watch, site, book, matrix, where):
    page = watch.page()
    address = site if where == "http" else book.as_uri()
    page.goto(f"{address}/chapters/value-matrix.html")
    board = Board(page)
    text = board.cards_in(None).first.inner_text()
    board.tap(text, "CJ")
    page.reload()
    board = Board(page)
    expect(board.cards_in("CJ")).to_have_text([text])
    expect(board.cards_in(None)).to_have_count(11)


def test_two_tabs_follow_each_other(watch, site):
    context = watch.context()
    boards = []
    for _ in range(2):
        page = context.new_page()
        page.goto(f"{site}/chapters/value-matrix.html")
        boards.append(Board(page))
    text = boards[0].cards_in(None).first.inner_text()
    boards[0].tap(text, "IJ")
    expect(boards[1].cards_in("IJ")).to_have_text([text])


def test_a_changed_activity_keeps_what_still_fits(opened, matrix):
    board = opened()
    text = board.cards_in(None).first.inner_text()
    board.tap(text, "IW")
    board.page.evaluate(
        """() => {
          const name = Object.keys(localStorage).find((n) => n.startsWith("pv:"));
          const record = JSON.parse(localStorage[name]);
          const { response } = record.activities["value-matrix"];
          response.set[11] = "gone";
          response.placed.gone = "CJ";
          localStorage[name] = JSON.stringify(record);
        }"""
    )
    board.page.reload()
    board = Board(board.page)
    expect(board.root.locator(".pv-notice").filter(has_text=UI["changed"])).to_be_visible()
    # What did not fit is not lost either, when it is written over.
    expect(board.cards_in("IW")).to_have_text([text])
    board.tap(board.cards_in(None).first.inner_text(), "CW")
    aside = board.page.evaluate("localStorage['pv-aside:creating-public-value:value-matrix:1']")
    assert json.loads(aside)["placed"]["gone"] == "CJ"
    expect(board.cards_in("IW")).to_have_text([text])


def test_save_load_and_delete(opened, tmp_path, matrix):
    board = opened()
    text = board.cards_in(None).first.inner_text()
    board.tap(text, "IW")
    board.button(UI["answers"]).click()
    dialog = board.page.get_by_role("dialog", name=UI["answers"])
    with board.page.expect_download() as download:
        dialog.get_by_role("button", name=UI["save"]).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["activities"]["value-matrix"]["response"]["set"] == matrix.sets[0]

    dialog.get_by_role("button", name=UI["delete"]).click()
    dialog.get_by_role("button", name=UI["deleteYes"]).click()
    expect(dialog.get_by_role("status")).to_contain_text(UI["deleted"])
    expect(board.cards_in(None)).to_have_count(12)
    assert board.page.evaluate("localStorage.length") == _other_entries(board)

    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog).to_contain_text("“Matrix classifier”: new, from")
    # A look changes nothing yet.
    expect(board.cards_in(None)).to_have_count(12)
    dialog.get_by_role("button", name=UI["loadYes"]).click()
    expect(board.cards_in("IW")).to_have_text([text])
    dialog.get_by_role("button", name=UI["close"]).click()
    board.page.reload()
    expect(Board(board.page).cards_in("IW")).to_have_text([text])


@pytest.mark.parametrize(
    ("saved", "preview", "loaded", "kept"),
    [
        ("2000-01-01T00:00:00.000Z", "previewOlder", "loaded_0", 1),
        (None, "previewSame", "loaded_0", 1),
        ("9999-01-01T00:00:00.000Z", "previewNewer", "loaded_one", 0),
    ],
)
def test_of_what_is_kept_and_what_is_loaded_the_newer_wins(opened, saved, preview, loaded, kept):
    board = opened()
    board.tap(board.cards_in(None).first.inner_text(), "IW")
    record = json.loads(
        board.page.evaluate("localStorage['pv:creating-public-value:value-matrix']")
    )
    entry = record["activities"]["value-matrix"]
    entry["saved"] = saved or entry["saved"]
    entry["response"]["placed"] = {}
    board.button(UI["answers"]).click()
    dialog = board.page.get_by_role("dialog", name=UI["answers"])
    file = json.dumps(record).encode()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "answers.json", "mimeType": "application/json", "buffer": file}
    )
    # The time in the sentence is in the reader's own form.
    expect(dialog).to_contain_text(
        UI[preview].format(title="Matrix classifier", when="").rstrip(". ")
    )
    dialog.get_by_role("button", name=UI["loadYes"]).click()
    expect(dialog.get_by_role("status")).to_contain_text(UI[loaded])
    expect(board.cards_in("IW")).to_have_count(kept)


def test_a_bad_file_changes_nothing_and_says_why(opened, tmp_path):
    board = opened()
    board.tap(board.cards_in(None).first.inner_text(), "IW")
    board.button(UI["answers"]).click()
    dialog = board.page.get_by_role("dialog", name=UI["answers"])
    good = {"format": "pvwidgets-answers", "version": 1, "course": "creating-public-value"}
    entry = {"saved": "2026-01-01T00:00:00.000Z", "response": {}}
    for name, text, why in [
        ("a.json", "{", UI["whyJson"]),
        ("b.json", "[]", UI["whyFormat"]),
        ("c.json", json.dumps({**good, "version": 2, "activities": {}}), UI["whyNewer"]),
        ("d.json", json.dumps({**good, "course": "x", "activities": {}}), "another course"),
        ("e.json", json.dumps({**good, "activities": {"a": 1}}), "is damaged"),
        ("f.json", json.dumps({**good, "activities": {"a": {**entry, "saved": "x"}}}), "damaged"),
        ("g.json", " " * 5_000_001, UI["whyBig"]),
    ]:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        dialog.locator("input[type=file]").set_input_files(file)
        expect(dialog.get_by_role("status")).to_contain_text(why)
        expect(dialog.get_by_role("button", name=UI["loadYes"])).to_have_count(0)
    expect(board.cards_in("IW")).to_have_count(1)


def _feedback_text(activity, card, code):
    return richtext.to_text(activity.key["cards"][card]["feedback"][code])


def _stored(board):
    text = board.page.evaluate("localStorage['pv:creating-public-value:value-matrix']")
    return json.loads(text)["activities"]["value-matrix"]["response"]


def _other_entries(board):
    # The theme keeps the reader's light or dark mode there too.
    return board.page.evaluate(
        "Object.keys(localStorage).filter((n) => !n.startsWith('pv:')).length"
    )
