"""Sharing a service between groups, as people do it."""

import re

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets.words import words

from .alone import Alone
from .conftest import ROOT

W = words()["share"]


@pytest.fixture(scope="module")
def rooms():
    return pv.load(ROOT / "chapters" / "for-authors" / "examples" / "reading-rooms.yml")


@pytest.fixture
def alone(watch, tmp_path, rooms):
    def open_page(activity=rooms, **options):
        return Alone(watch, tmp_path, activity, **options)

    return open_page


def slider(alone, name):
    return alone.root.get_by_role("slider", name=re.compile(f"^{name}:"))


def line(alone, name):
    return alone.root.locator("tr").filter(has_text=name).locator("td").all_inner_texts()


def choose(alone, text):
    alone.root.get_by_role("radio", name=text).check()


def test_keyboard_alone(alone):
    alone = alone()
    keys = alone.page.keyboard
    slider(alone, "Dock").focus()
    keys.press("ArrowLeft")
    expect(alone.status).to_contain_text("Dock: 3 evenings. Mean 66, worst-off 36.")
    expect(alone.status).to_contain_text("Left to give: 1 evening.")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(slider(alone, "Dock")).to_have_value("4")
    for name in ("Best mean", "Pupils at the Dock"):
        alone.root.get_by_role("radio", name=name).focus()
        keys.press("Space")
    alone.button("Check answers").focus()
    keys.press("Enter")
    assert alone.score() == ("2", "2")


def test_buttons_move_what_there_is_and_no_more(alone):
    alone = alone(has_touch=True)
    more = alone.button(W["more"].format(name="Hill"))
    more.tap()
    assert line(alone, "Hill") == ["76 (4 evenings)", "76 (4 evenings)"]
    alone.button(W["less"].format(name="Dock")).tap()
    more.tap()
    assert line(alone, "Hill")[1] == "80 (5 evenings)"
    assert line(alone, "Dock")[1] == "36 (3 evenings)"
    assert line(alone, W["mean"]) == ["67", "69"]
    assert line(alone, W["worst"]) == ["40", "36"]


def test_nobody_gets_less_than_nothing_or_more_than_it_can_use(alone):
    alone = alone()
    for _ in range(5):
        alone.button(W["less"].format(name="Dock")).click()
    expect(slider(alone, "Dock")).to_have_value("0")
    caption = alone.root.locator("caption")
    expect(caption).to_contain_text(W["left"].format(left="4 evenings"))
    for _ in range(3):
        alone.button(W["more"].format(name="Hill")).click()
    expect(slider(alone, "Hill")).to_have_value("6")
    expect(caption).to_contain_text(W["left"].format(left="2 evenings"))
    assert line(alone, "Hill")[1] == "83 (6 evenings)"


def test_a_portion_is_moved_as_a_whole(alone):
    alone = alone(pv.load(ROOT / "tests" / "vectors" / "share" / "activity.yml"))
    hill = slider(alone, "Hill")
    assert [hill.get_attribute(name) for name in ("step", "max")] == ["2", "6"]
    expect(hill).to_have_value("4")
    hill.press("ArrowLeft")
    expect(hill).to_have_value("2")
    expect(alone.status).to_contain_text("Hill: 2 hours. Mean 48.8, worst-off 18.")
    expect(alone.status).to_contain_text(W["left"].format(left="2 hours"))
    dock = slider(alone, "Dock")
    dock.press("End")
    expect(dock).to_have_value("6")
    assert line(alone, "Dock") == ["18 (4 hours)", "22 (6 hours)"]
    assert line(alone, W["mean"]) == ["52.5", "49.8"]


def test_the_table_has_its_headers(alone):
    alone = alone()
    expect(alone.root).to_contain_text(W["how"])
    choose(alone, "Best mean")
    heads = alone.root.locator("th[scope=col]")
    expect(heads).to_have_text([W["start"], W["now"], W["byRule"]])
    rows = alone.root.locator("th[scope=row]")
    expect(rows).to_have_text(["Hill", "Dock", W["mean"], W["worst"]])


def test_a_rule_is_applied_and_said_to_be_kept_or_not(alone):
    alone = alone()
    choose(alone, "Best mean")
    expect(alone.root).to_contain_text(W["notKept"])
    assert line(alone, "Hill")[2] == "83 (6 evenings)"
    assert line(alone, W["worst"]) == ["40", "40", "31"]
    for _ in range(2):
        alone.button(W["less"].format(name="Dock")).click()
        expect(alone.root).to_contain_text(W["notKept"])
        alone.button(W["more"].format(name="Hill")).click()
    expect(alone.root).to_contain_text(W["kept"])
    choose(alone, "No great loss")
    expect(alone.root).to_contain_text(W["notKept"])
    alone.button(W["less"].format(name="Hill")).click()
    alone.button(W["more"].format(name="Dock")).click()
    # The Dock loses four. What it keeps is said of the rule, and of no question.
    expect(alone.root.get_by_text(W["kept"])).to_have_count(1)
    choose(alone, "Nobody, since")
    expect(alone.root.get_by_text(W["kept"])).to_have_count(1)
    alone.button(W["less"].format(name="Hill")).click()
    expect(alone.root).to_contain_text(W["notKept"])


def test_wrong_then_right(alone):
    alone = alone()
    alone.check()
    expect(alone.status).to_contain_text("open: 2")
    choose(alone, "No great loss")
    choose(alone, "Nobody, since")
    alone.button(W["less"].format(name="Dock")).click()
    alone.check()
    expect(alone.status).to_contain_text("left: 1 evening")
    assert alone.score() == (None, None)
    alone.button(W["more"].format(name="Dock")).click()
    alone.check()
    assert alone.score() == ("1", "2")
    expect(alone.status).to_contain_text("1 of 2 points")
    expect(alone.root).to_contain_text(W["wrong"])
    expect(alone.root).to_contain_text(W["defensible"])
    assert "A mean does not show who loses" not in alone.root.inner_text()
    alone.button(W["less"].format(name="Dock")).click()
    alone.button(W["more"].format(name="Hill")).click()
    alone.check()
    closer = alone.feedback.locator(".pv-closer li")
    expect(closer).to_contain_text("Your answer: Nobody, since")
    expect(closer).to_contain_text("A mean does not show who loses")
    choose(alone, "Pupils at the Dock")
    # What was said is of the answer that was checked.
    expect(alone.root.get_by_text(W["wrong"])).to_have_count(0)
    expect(closer).to_contain_text("Your answer: Nobody, since")
    alone.check()
    assert alone.score() == ("2", "2")
    alone.button("Show explanations").click()
    alone.root.locator("summary").first.click()
    expect(alone.feedback.locator("details[open]")).to_contain_text("It spares everybody a shock.")
    told = alone.feedback.locator("details").last.locator("dt")
    yours = f"({W['right']}; {words()['ui']['yours']})"
    expect(told.filter(has_text="Pupils at the Dock")).to_contain_text(yours)
    expect(told.filter(has_text="Nobody, since")).not_to_contain_text("(")
    assert alone.violations() == []


def test_a_reload_keeps_everything(alone):
    alone = alone()
    choose(alone, "Best mean")
    choose(alone, "Pupils at the Dock")
    alone.button(W["less"].format(name="Dock")).click()
    alone.button(W["more"].format(name="Hill")).click()
    alone.check()
    expect(alone.root).to_have_attribute("data-score", "2")
    alone.reload()
    assert alone.score() == ("2", "2")
    # With all right there is nothing to try first.
    expect(alone.button("Show explanations")).to_be_enabled()
    expect(slider(alone, "Hill")).to_have_value("5")
    expect(alone.root.get_by_role("radio", name="Best mean")).to_be_checked()
    alone.button("Start over").click()
    expect(slider(alone, "Hill")).to_be_focused()
    expect(slider(alone, "Hill")).to_have_value("4")
    expect(alone.root.get_by_role("radio", name="Best mean")).not_to_be_checked()


def test_what_was_changed_before_a_reload_can_be_checked(alone):
    alone = alone()
    choose(alone, "Best mean")
    choose(alone, "Nobody, since")
    alone.check()
    choose(alone, "Pupils at the Dock")
    alone.reload()
    alone.check()
    assert alone.score() == ("2", "2")
    alone.reload()
    alone.check()
    expect(alone.status).to_contain_text(words()["ui"]["same"])


def test_public_half(alone, rooms):
    alone = alone(rooms.without_key())
    expect(alone.button("Check answers")).to_have_count(0)
    choose(alone, "Best mean")
    choose(alone, "Nobody, since")
    expect(alone.root).to_contain_text(W["notKept"])
    alone.button("Check completeness").click()
    expect(alone.status).to_contain_text("Nothing is graded here.")
    assert alone.score() == (None, None)
    assert "It spares everybody a shock" not in alone.page.content()


def test_small_screens_and_axe(alone):
    alone = alone(viewport={"width": 320, "height": 640})
    choose(alone, "Best mean")
    assert alone.small() == []
    assert alone.violations() == []
