"""Putting a chain in order, as people do it."""

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets.words import words

from .alone import Alone
from .conftest import ROOT

W = words()["order"]
RIGHT = [
    "money for two sirens",
    "neighbours who are ready to help",
    "practising the way uphill on an autumn evening",
    "a map of the way in each letter box",
    "people know where to go",
]


@pytest.fixture(scope="module")
def drill():
    return pv.load(ROOT / "chapters" / "for-authors" / "examples" / "flood-drill.yml")


@pytest.fixture
def alone(watch, tmp_path, drill):
    def open_page(activity=drill, **options):
        return Alone(watch, tmp_path, activity, **options)

    return open_page


def shown(alone):
    return alone.root.locator(".pv-order .pv-text").all_inner_texts()


def card(alone, text):
    return alone.root.locator(".pv-card").filter(has_text=text)


def arrange(alone, wanted):
    for position, text in enumerate(wanted):
        for _ in range(shown(alone).index(text) - position):
            alone.button(W["up"].format(card=text)).click()
    assert shown(alone) == wanted


def test_keyboard_alone(alone):
    alone = alone()
    keys = alone.page.keyboard
    for position, text in enumerate(RIGHT):
        card(alone, text).focus()
        for n in range(shown(alone).index(text), position, -1):
            keys.press("Alt+ArrowUp")
            expect(alone.status).to_contain_text(f"“{text}” {n} of 5.")
            expect(card(alone, text)).to_be_focused()
    assert shown(alone) == RIGHT
    alone.button("Check answers").focus()
    keys.press("Enter")
    assert alone.score() == ("3", "3")


def test_arrows_on_a_chosen_card_and_escape(alone):
    alone = alone()
    start = shown(alone)
    keys = alone.page.keyboard
    card(alone, start[0]).focus()
    keys.press("ArrowDown")
    expect(card(alone, start[1])).to_be_focused()
    assert shown(alone) == start
    keys.press("Enter")
    expect(card(alone, start[1])).to_have_attribute("aria-pressed", "true")
    keys.press("ArrowDown")
    assert shown(alone)[2] == start[1]
    expect(card(alone, start[1])).to_be_focused()
    keys.press("Escape")
    expect(card(alone, start[1])).to_have_attribute("aria-pressed", "false")
    keys.press("ArrowUp")
    expect(card(alone, start[2])).to_be_focused()
    assert shown(alone)[2] == start[1]


def test_what_is_chosen_is_said_and_can_be_let_go(alone):
    alone = alone()
    start = shown(alone)
    one = card(alone, start[1])
    for let_go in (one.click, lambda: one.press("Escape")):
        one.click()
        expect(alone.status).to_contain_text(W["chosen"].format(card=start[1]))
        expect(one).to_have_attribute("aria-pressed", "true")
        let_go()
        expect(alone.status).to_contain_text(words()["ui"]["deselected"].format(card=start[1]))
        expect(one).to_have_attribute("aria-pressed", "false")
    assert shown(alone) == start


def test_the_cards_are_a_list_with_the_name_of_the_chain(alone):
    alone = alone()
    cards = alone.root.get_by_role("list", name="The drill in the lower streets")
    expect(cards.get_by_role("listitem")).to_have_count(5)
    expect(alone.root).to_contain_text(W["how"])


def test_keys_that_move_a_card_do_nothing_else(alone):
    alone = alone()
    second = card(alone, shown(alone)[1])
    # Whether the browser goes on with a key after us, and whether the page hears it.
    told = """(one, key) => {
        let heard = false;
        const hear = () => { heard = true; };
        addEventListener("keydown", hear);
        const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        const goesOn = one.dispatchEvent(event);
        removeEventListener("keydown", hear);
        return [goesOn, heard];
    }"""
    for key in ("Escape", "Tab", "ArrowRight"):
        assert second.evaluate(told, key) == [True, True], key
    second.click()
    for key in ("ArrowDown", "Escape", "ArrowUp"):
        assert second.evaluate(told, key) == [False, False], key


def test_one_down_and_no_further_than_the_end(alone):
    alone = alone()
    start = shown(alone)
    down = alone.button(W["down"].format(card=start[3]))
    down.click()
    expect(alone.status).to_contain_text("5 of 5.")
    down.click()
    assert shown(alone) == [*start[:3], start[4], start[3]]


def test_buttons_keep_the_focus_and_stop_at_the_ends(alone):
    alone = alone()
    text = shown(alone)[1]
    up = alone.button(W["up"].format(card=text))
    for _ in range(3):
        up.press("Enter")
        expect(up).to_be_focused()
    assert shown(alone)[0] == text
    expect(alone.status).to_contain_text("1 of 5.")


def test_two_taps(alone):
    alone = alone(has_touch=True)
    start = shown(alone)
    card(alone, start[4]).tap()
    card(alone, start[0]).tap()
    assert shown(alone) == [start[4], *start[:4]]
    expect(card(alone, start[4])).to_have_attribute("aria-pressed", "false")


def test_a_drag_with_the_mouse(alone):
    alone = alone()
    start = shown(alone)
    card(alone, start[0]).hover()
    alone.page.mouse.down()
    card(alone, start[2]).hover()
    alone.page.mouse.up()
    assert shown(alone) == [start[1], start[2], start[0], *start[3:]]


def test_wrong_then_right(alone):
    alone = alone()
    alone.check()
    expect(alone.status).to_contain_text(W["start"])
    assert alone.score() == (None, None)
    wrong = [RIGHT[0], RIGHT[2], RIGHT[1], *RIGHT[3:]]
    arrange(alone, wrong)
    alone.check()
    expect(alone.status).to_contain_text("2 of 3 steps hold.")
    assert alone.score() == ("2", "3")
    expect(alone.feedback).to_contain_text(W["nextHelp"])
    expect(alone.feedback).not_to_contain_text("Both are drawn on.")
    expect(alone.root.locator(".pv-order")).not_to_contain_text("Inputs")
    alone.check()
    expect(alone.status).to_contain_text(words()["ui"]["same"])
    arrange(alone, [RIGHT[2], *RIGHT[:2], *RIGHT[3:]])
    alone.check()
    expect(alone.feedback).to_contain_text("From Inputs to Activities")
    expect(alone.feedback).to_contain_text("Both are drawn on.")
    expect(alone.feedback.locator(".pv-closer li")).to_have_count(1)
    arrange(alone, RIGHT)
    alone.check()
    assert alone.score() == ("3", "3")
    for place, stage in zip(
        alone.root.locator(".pv-order li").all(),
        ["Inputs", "Inputs", "Activities", "Outputs", "Outcomes"],
        strict=True,
    ):
        # A space between the card and its stage, for the eye and for the ear.
        assert f" {stage}" in place.locator(".pv-card").inner_text()
    alone.button("Show explanations").click()
    expect(alone.feedback.locator("details")).to_have_count(3)
    assert alone.violations() == []


def test_the_first_step_that_does_not_hold_is_named(alone):
    alone = alone()
    arrange(alone, [*RIGHT[:2], *RIGHT[:1:-1]])
    alone.check()
    assert alone.score() == ("1", "3")
    expect(alone.button("Show explanations")).to_be_disabled()
    arrange(alone, [RIGHT[1], RIGHT[0], *RIGHT[:1:-1]])
    alone.check()
    (named,) = alone.feedback.locator(".pv-closer li").all()
    expect(named).to_contain_text("From Activities to Outputs")
    expect(named).to_contain_text(W["off"])
    # The stages are told with the explanations, or when the order is right.
    expect(alone.root.locator(".pv-order")).not_to_contain_text("Inputs")
    alone.button("Show explanations").click()
    expect(alone.root.locator(".pv-order")).to_contain_text("Inputs")
    explained = alone.feedback.locator("details")
    for step, off in zip(explained.all(), [False, True, True], strict=True):
        step.locator("summary").click()
        expect(step.get_by_text(W["off"])).to_have_count(int(off))


def test_what_is_moved_out_of_order_is_right_no_more(alone):
    alone = alone()
    arrange(alone, RIGHT)
    alone.check()
    right = alone.root.locator(".pv-order .pv-is-right")
    expect(right).to_have_count(5)
    expect(alone.button("Show explanations")).to_be_enabled()
    alone.button(W["down"].format(card=RIGHT[3])).click()
    expect(right).to_have_count(0)
    expect(alone.root.locator(".pv-order")).not_to_contain_text("Outcomes")


def test_a_reload_keeps_the_order(alone):
    alone = alone()
    arrange(alone, RIGHT)
    alone.check()
    alone.reload()
    assert shown(alone) == RIGHT
    assert alone.score() == ("3", "3")
    alone.button("Start over").click()
    expect(alone.root.locator(".pv-card").first).to_be_focused()
    assert shown(alone) != RIGHT
    assert alone.score() == (None, None)


def test_another_chain(alone):
    activity = pv.load(ROOT / "tests" / "vectors" / "order" / "activity.yml")
    alone = alone(activity)
    expect(alone.root).to_contain_text("An orchard")
    card(alone, "Forty seedlings.").click()
    alone.button("Another set").click()
    expect(alone.root).to_contain_text("A letter")
    # What was chosen stays behind: the next card that is clicked is chosen itself.
    stamp = card(alone, "A stamped letter.")
    stamp.click()
    expect(stamp).to_have_attribute("aria-pressed", "true")
    expect(alone.root.locator(".pv-order li")).to_have_count(2)


def test_public_half(alone, drill):
    alone = alone(drill.without_key())
    expect(alone.button("Check answers")).to_have_count(0)
    alone.button("Check completeness").click()
    expect(alone.status).to_contain_text(W["start"])
    arrange(alone, RIGHT)
    alone.button("Check completeness").click()
    expect(alone.status).to_contain_text(words()["ui"]["complete"])
    assert alone.score() == (None, None)
    assert "Both are drawn on." not in alone.page.content()


def test_small_screens_and_axe(alone):
    alone = alone(viewport={"width": 320, "height": 640})
    assert alone.small() == []
    assert alone.violations() == []
