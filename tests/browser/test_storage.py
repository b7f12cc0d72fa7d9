"""Nothing is lost: what happens when the browser keeps nothing, little, or something strange."""

import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets import page as html_page
from pvwidgets.words import words

from .board import Board, key_of, texts_of

UI = words()["ui"]
NAME = "pv:creating-public-value:value-matrix"
ASIDE = "pv-aside:creating-public-value:value-matrix"
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("forbidden", "SecurityError"); }
})"""
FULL = """{
  const put = Storage.prototype.setItem;
  Storage.prototype.setItem = function (name, text) {
    if (!window.roomAgain && name.startsWith("pv")) {
      throw new DOMException("full", "QuotaExceededError");
    }
    put.call(this, name, text);
  };
}"""

# As in WebKit, where pages from a disk do not hear of each other.
DEAF = 'addEventListener("storage", (event) => event.stopImmediatePropagation())'
SEEN_AGAIN = {
    "tab": 'void document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))',
    "window": 'void dispatchEvent(new Event("focus"))',
}


def first_text(board):
    return board.cards_in(None).first.inner_text()


def dialog_of(board):
    board.button(UI["answers"]).click()
    return board.page.get_by_role("dialog", name=UI["answers"])


def saved(board):
    """What "Save to a file" gives."""
    dialog = dialog_of(board)
    with board.page.expect_download() as download:
        dialog.get_by_role("button", name=UI["save"]).click()
    text = download.value.path().read_text(encoding="utf-8")
    dialog.get_by_role("button", name=UI["close"]).click()
    return json.loads(text)


def notice(board, name):
    said = UI[name].split("{")[0]
    return board.root.locator(".pv-notice").filter(has_text=said)


def record(response, version=1):
    entry = {"kind": "matrix", "version": 1, "saved": "2026-01-01T00:00:00.000Z"}
    return json.dumps(
        {
            "format": "pvwidgets-answers",
            "version": version,
            "course": "creating-public-value",
            "activities": {"value-matrix": {**entry, "response": response}},
        }
    )


def with_stored(watch, site, text, name=NAME):
    page = watch.page()
    page.goto(f"{site}/search.html")
    page.evaluate("([name, text]) => { localStorage[name] = text }", [name, text])
    page.goto(f"{site}/chapters/value-matrix.html")
    return Board(page)


def stored(board, name=NAME):
    return board.page.evaluate("(name) => localStorage.getItem(name)", name)


def names_of(board):
    """The names under which something is kept: this course's, and others'."""
    names = sorted(board.page.evaluate("Object.keys(localStorage)"))
    ours = [name for name in names if ":creating-public-value:" in name]
    return ours, [name for name in names if name not in ours]


def test_forbidden(watch, site, matrix):
    context = watch.context()
    context.add_init_script(FORBIDDEN)
    page = context.new_page()
    page.goto(f"{site}/chapters/value-matrix.html")
    board = Board(page)
    expect(notice(board, "noStorage")).to_be_visible()
    board.sort(matrix, key_of(matrix))
    board.check()
    assert board.score() == ("12", "12")
    # It is not called full.
    expect(board.root.locator(".pv-notice")).to_have_text([UI["noStorage"]])
    response = saved(board)["activities"]["value-matrix"]["response"]
    assert response["placed"] == key_of(matrix)
    # The theme keeps its light or dark mode without asking whether it may: not ours to mend.
    watch.errors = [e for e in watch.errors if "forbidden" not in e and "theme mode" not in e]


def test_full_and_then_room_again(watch, site):
    context = watch.context()
    context.add_init_script(FULL)
    page = context.new_page()
    page.goto(f"{site}/chapters/value-matrix.html")
    board = Board(page)
    expect(board.root.locator(".pv-notice")).to_have_count(0)
    board.tap(first_text(board), "IW")
    expect(notice(board, "storageFull")).to_be_visible()
    board.tap(first_text(board), "CW")
    expect(board.cards_in(None)).to_have_count(10)
    # What cannot be put away stays.
    dialog = dialog_of(board)
    dialog.get_by_role("button", name=UI["notMe"]).click()
    dialog.get_by_role("button", name=UI["notMeYes"]).click()
    expect(dialog.get_by_role("status")).to_contain_text(UI["notKept"])
    dialog.get_by_role("button", name=UI["close"]).click()
    expect(board.cards_in(None)).to_have_count(10)
    assert len(saved(board)["activities"]["value-matrix"]["response"]["placed"]) == 2
    assert stored(board) is None
    page.evaluate("window.roomAgain = true")
    board.tap(first_text(board), "IJ")
    expect(board.root.locator(".pv-notice")).to_have_count(0)
    assert len(json.loads(stored(board))["activities"]["value-matrix"]["response"]["placed"]) == 3


def test_each_activity_of_a_page_tells_of_what_is_not_kept(watch, tmp_path):
    script = (html_page.STATIC / "page.js").read_text(encoding="utf-8")
    sections = [html_page.section(pv.load(name)) for name in ("value-matrix", "practice-matrix")]
    file = tmp_path / "both.html"
    file.write_text(f"<main>{''.join(sections)}</main><script>{script}</script>", encoding="utf-8")
    context = watch.context()
    context.add_init_script(FULL)
    page = context.new_page()
    page.goto(file.as_uri())
    first, second = (Board(page, f"section:nth-of-type({n})") for n in (1, 2))
    first.tap(first_text(first), "IW")
    expect(notice(second, "storageFull")).to_be_visible()
    page.evaluate("window.roomAgain = true")
    # One of the two is kept now, the other is not yet.
    second.tap(first_text(second), "IW")
    expect(second.cards_in("IW")).to_have_count(1)
    for board in (first, second):
        expect(notice(board, "storageFull")).to_be_visible()
    first.tap(first_text(first), "IW")
    for board in (first, second):
        expect(notice(board, "storageFull")).to_have_count(0)


def test_the_newest_wins_where_one_tab_had_no_room(watch, site):
    context = watch.context()
    context.add_init_script(FULL)
    boards = []
    for _ in range(2):
        page = context.new_page()
        page.goto(f"{site}/chapters/value-matrix.html")
        boards.append(Board(page))
    old, new = boards
    old.tap(first_text(old), "IW")
    new.page.evaluate("window.roomAgain = true")
    new.tap(first_text(new), "CJ")
    expect(old.cards_in("CJ")).to_have_count(1)
    expect(old.cards_in("IW")).to_have_count(0)


def test_cleared_while_working(watch, site):
    context = watch.context()
    page, other = context.new_page(), context.new_page()
    page.goto(f"{site}/chapters/value-matrix.html")
    other.goto(f"{site}/search.html")
    board = Board(page)
    board.tap(first_text(board), "IW")
    other.evaluate("localStorage.clear()")
    expect(notice(board, "cleared")).to_be_visible()
    page.evaluate(SEEN_AGAIN["tab"])
    expect(board.cards_in("IW")).to_have_count(1)
    board.tap(first_text(board), "CJ")
    page.reload()
    board = Board(page)
    expect(board.cards_in("IW")).to_have_count(1)
    expect(board.cards_in("CJ")).to_have_count(1)


def test_garbage_is_set_aside(watch, site):
    board = with_stored(watch, site, "{ not JSON")
    expect(notice(board, "setAside")).to_be_visible()
    # Once, however often the page is opened.
    board.page.reload()
    board = Board(board.page)
    expect(board.cards_in(None)).to_have_count(12)
    board.tap(first_text(board), "IW")
    assert saved(board)["aside"] == {"value-matrix:1": "{ not JSON"}
    board.page.reload()
    board = Board(board.page)
    expect(board.cards_in("IW")).to_have_count(1)

    # More of the sort does not take its place.
    board.page.evaluate("(name) => { localStorage[name] = '[1' }", NAME)
    board.page.reload()
    board = Board(board.page)
    expect(notice(board, "setAside")).to_be_visible()
    assert stored(board, f"{ASIDE}:1") == "{ not JSON"
    assert stored(board, f"{ASIDE}:2") == "[1"


def test_a_response_of_a_strange_shape_is_set_aside(watch, site):
    strange = {"set": 5, "placed": [["x"] * 3], "signs": None}
    board = with_stored(watch, site, record(strange))
    expect(notice(board, "changed")).to_be_visible()
    expect(board.cards_in(None)).to_have_count(12)
    # A look changes nothing yet.
    assert stored(board) == record(strange)
    assert stored(board, f"{ASIDE}:1") is None
    board.tap(first_text(board), "IW")
    expect(notice(board, "setAside")).to_be_visible()
    assert json.loads(stored(board, f"{ASIDE}:1")) == strange
    board.page.reload()
    board = Board(board.page)
    expect(board.root.locator(".pv-notice")).to_have_count(0)
    assert stored(board, f"{ASIDE}:2") is None


def test_a_newer_versions_record_is_left_alone(watch, site):
    newer = record({"something": "new"}, version=2)
    board = with_stored(watch, site, newer)
    expect(notice(board, "newerHere")).to_be_visible()
    board.tap(first_text(board), "IW")
    expect(board.cards_in("IW")).to_have_count(1)
    assert stored(board) == newer
    # With a file loaded the page reads all anew, and shows it still.
    dialog = dialog_of(board)
    file = record({}).replace("value-matrix", "another").encode()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "answers.json", "mimeType": "application/json", "buffer": file}
    )
    dialog.get_by_role("button", name=UI["loadYes"]).click()
    expect(dialog.get_by_role("status")).to_contain_text(UI["loaded_one"])
    dialog.get_by_role("button", name=UI["close"]).click()
    expect(board.cards_in("IW")).to_have_count(1)
    assert stored(board) == newer
    assert len(saved(board)["activities"]["value-matrix"]["response"]["placed"]) == 1


def put_away(board):
    dialog = dialog_of(board)
    dialog.get_by_role("button", name=UI["notMe"]).click()
    dialog.get_by_role("button", name=UI["notMeYes"]).click()
    return dialog


def test_a_newer_versions_record_stays_when_somebody_else_works_here(watch, site):
    newer = record({"something": "new"}, version=2)
    board = with_stored(watch, site, newer)
    board.tap(first_text(board), "IW")
    dialog = put_away(board)
    expect(board.cards_in(None)).to_have_count(12)
    assert stored(board) == newer

    # What was put away cannot take the newer record's place, so it stays put away.
    dialog.get_by_role("button", name=UI["bringBack"]).click()
    expect(dialog.get_by_role("status")).to_contain_text(UI["notKept"])
    expect(dialog.locator(".pv-others > li")).to_have_count(1)
    assert stored(board) == newer


def test_after_all_is_deleted_answers_are_kept_again(watch, site):
    board = with_stored(watch, site, record({"something": "new"}, version=2))
    board.tap(first_text(board), "IW")
    dialog = dialog_of(board)
    dialog.get_by_role("button", name=UI["delete"]).click()
    dialog.get_by_role("button", name=UI["deleteYes"]).click()
    expect(dialog).to_contain_text(UI["dialogNone"])
    dialog.get_by_role("button", name=UI["close"]).click()
    expect(board.cards_in(None)).to_have_count(12)
    expect(board.root.locator(".pv-notice")).to_have_count(0)
    board.tap(first_text(board), "CJ")
    board.page.reload()
    expect(Board(board.page).cards_in("CJ")).to_have_count(1)


@pytest.mark.parametrize("what", ["{ not JSON", record({"set": 5})], ids=["garbage", "shape"])
def test_what_cannot_be_set_aside_is_not_written_over(watch, site, what):
    context = watch.context()
    page = context.new_page()
    page.goto(f"{site}/search.html")
    page.evaluate("([name, text]) => { localStorage[name] = text }", [NAME, what])
    context.add_init_script(FULL)
    page.goto(f"{site}/chapters/value-matrix.html")
    board = Board(page)
    board.tap(first_text(board), "IW")
    expect(notice(board, "setAside")).to_be_visible()
    expect(notice(board, "storageFull")).to_be_visible()
    page.evaluate("window.roomAgain = true")
    board.tap(first_text(board), "CJ")
    expect(board.cards_in("IW")).to_have_count(1)
    assert stored(board) == what
    assert len(saved(board)["activities"]["value-matrix"]["response"]["placed"]) == 2


def test_two_versions_of_an_activity_in_two_tabs(watch, site, matrix):
    """The course was published anew while a tab was open: neither tab answers the other."""
    public = {**matrix.public, "version": 2, "sets": [matrix.sets[0][:11]]}
    html = html_page.document(replace(matrix, public=public))
    context = watch.context()
    context.route("**/newer.html", lambda route: route.fulfill(body=html, content_type="text/html"))
    page, other = context.new_page(), context.new_page()
    page.goto(f"{site}/chapters/value-matrix.html")
    other.goto(f"{site}/chapters/newer.html")
    older, newer = Board(page), Board(other)
    expect(newer.cards_in(None)).to_have_count(11)

    # A move with the card that only the older version has.
    older.tap(texts_of(matrix)[matrix.sets[0][11]], "CJ")
    written = stored(older)
    expect(notice(newer, "changed")).to_be_visible()
    assert stored(newer) == written
    assert stored(newer, f"{ASIDE}:1") is None

    # What does not fit is set aside when it is written over, and no sooner.
    newer.tap(first_text(newer), "IW")
    expect(newer.root.locator(".pv-notice")).to_have_text(re.compile("set aside"))
    assert json.loads(stored(newer, f"{ASIDE}:1"))["placed"] == {matrix.sets[0][11]: "CJ"}
    written = stored(newer)
    expect(older.cards_in("IW")).to_have_count(1)
    assert stored(older) == written
    assert stored(older, f"{ASIDE}:2") is None


def test_a_vanished_activity_keeps_its_answers(watch, site):
    gone = record({"some": "answer"}).replace("value-matrix", "long-gone")
    name = "pv:creating-public-value:long-gone"
    board = with_stored(watch, site, gone, name)
    board.tap(first_text(board), "IW")
    assert saved(board)["activities"]["long-gone"]["response"] == {"some": "answer"}
    # The newest first. Of one that was kept without a title the id is shown.
    listed = dialog_of(board).get_by_role("listitem")
    expect(listed).to_have_text(
        [re.compile("^“Matrix classifier”, "), re.compile("^“long-gone”, ")]
    )
    assert stored(board, name) == gone


def test_this_is_not_me(opened, matrix):
    board = opened()
    text = first_text(board)
    board.tap(text, "IW")
    dialog = dialog_of(board)
    dialog.get_by_role("button", name=UI["notMe"]).click()
    # Nothing happens before it is confirmed.
    expect(board.cards_in("IW")).to_have_count(1)
    dialog.get_by_role("button", name=UI["notMeYes"]).click()
    expect(board.cards_in(None)).to_have_count(12)
    dialog.get_by_role("button", name=UI["close"]).click()

    # Another person works here, and finds the same after a reload.
    board.tap(text, "CJ")
    board.page.reload()
    board = Board(board.page)
    expect(board.cards_in("CJ")).to_have_text([text])

    # The first comes back; the second's work is put away in turn.
    dialog = dialog_of(board)
    dialog.get_by_role("button", name=UI["bringBack"]).click()
    expect(board.cards_in("IW")).to_have_text([text])
    expect(dialog.locator(".pv-others > li")).to_have_count(1)
    expect(dialog.locator(".pv-others > li")).to_contain_text("(Matrix classifier)")

    dialog.get_by_role("button", name=UI["forget"]).click()
    dialog.get_by_role("button", name=UI["deleteYes"]).click()
    expect(dialog.locator(".pv-others > li")).to_have_count(0)
    expect(board.cards_in("IW")).to_have_text([text])


def test_what_was_set_aside_goes_with_the_person_who_wrote_it(watch, site):
    board = with_stored(watch, site, record({"set": ["gone"], "placed": {"gone": "IW"}}))
    board.tap(first_text(board), "IW")
    expect(notice(board, "setAside")).to_be_visible()
    aside = saved(board)["aside"]
    put_away(board).get_by_role("button", name=UI["close"]).click()
    expect(board.root.locator(".pv-notice")).to_have_count(0)
    board.tap(first_text(board), "CJ")
    assert "aside" not in saved(board)

    dialog = dialog_of(board)
    dialog.get_by_role("button", name=UI["bringBack"]).click()
    expect(dialog.get_by_role("status")).to_contain_text(UI["broughtBack"])
    dialog.get_by_role("button", name=UI["close"]).click()
    expect(board.cards_in("IW")).to_have_count(1)
    assert saved(board)["aside"] == aside
    assert len(names_of(board)[0]) == 3


def test_who_was_forgotten_in_another_tab_can_still_come_back(opened):
    board = opened()
    text = first_text(board)
    board.tap(text, "IW")
    dialog = put_away(board)
    board.page.evaluate(
        "for (const name of Object.keys(localStorage).filter((n) => n.startsWith('pv-other:'))) "
        "localStorage.removeItem(name)"
    )
    dialog.get_by_role("button", name=UI["bringBack"]).click()
    expect(dialog.get_by_role("status")).to_contain_text(UI["broughtBack"])
    expect(board.cards_in("IW")).to_have_text([text])


@pytest.mark.parametrize("seen", SEEN_AGAIN.values(), ids=SEEN_AGAIN)
def test_a_page_that_is_seen_again_follows_what_happened_since(watch, site, seen):
    context = watch.context()
    page, other = context.new_page(), context.new_page()
    page.add_init_script(DEAF)
    page.goto(f"{site}/chapters/value-matrix.html")
    board = Board(page)
    text = first_text(board)
    board.tap(text, "IW")
    other.goto(f"{site}/chapters/value-matrix.html")
    # Chromium takes a moment to carry what one tab did to the other's process, each way.
    expect(Board(other).cards_in("IW")).to_have_text([text])
    dialog = dialog_of(Board(other))
    dialog.get_by_role("button", name=UI["notMe"]).click()
    dialog.get_by_role("button", name=UI["notMeYes"]).click()
    page.wait_for_function("(name) => !(name in localStorage)", arg=NAME)
    expect(board.cards_in("IW")).to_have_text([text])
    page.evaluate(seen)
    expect(board.cards_in(None)).to_have_count(12)


def test_a_notice_stays_when_a_page_is_seen_again(watch, site):
    board = with_stored(watch, site, record({"set": ["gone"], "placed": {"gone": "IW"}}))
    expect(notice(board, "changed")).to_be_visible()
    board.page.evaluate(SEEN_AGAIN["tab"])
    board.page.wait_for_timeout(100)
    expect(notice(board, "changed")).to_be_visible()


def test_another_persons_record_that_cannot_be_read_is_left_alone(watch, site):
    name = "pv-other:creating-public-value:2026-01-01T00:00:00.000Z"
    board = with_stored(watch, site, "{ not JSON", name)
    board.tap(first_text(board), "IW")
    dialog = put_away(board)
    expect(dialog.locator(".pv-others > li")).to_have_count(1)
    assert stored(board, name) == "{ not JSON"


def test_delete_everything_leaves_nothing_of_ours(watch, site):
    board = with_stored(watch, site, record({}))
    board.page.evaluate("localStorage['pv:another-course:value-matrix'] = 'not ours'")
    board.tap(first_text(board), "IW")
    dialog = dialog_of(board)
    dialog.get_by_role("button", name=UI["notMe"]).click()
    dialog.get_by_role("button", name=UI["notMeYes"]).click()
    dialog.get_by_role("button", name=UI["close"]).click()
    board.page.evaluate("(name) => { localStorage[name] = '{ not JSON' }", NAME)
    board.page.reload()
    board = Board(board.page)
    board.tap(first_text(board), "CW")
    ours, foreign = names_of(board)
    assert {name.split(":")[0] for name in ours} == {"pv", "pv-aside", "pv-other"}

    dialog = dialog_of(board)
    dialog.get_by_role("button", name=UI["delete"]).click()
    dialog.get_by_role("button", name=UI["deleteYes"]).click()
    expect(board.cards_in(None)).to_have_count(12)
    assert names_of(board) == ([], foreign)
