"""A map of power and support, as people draw it."""

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets.words import words

from .alone import Alone
from .conftest import ROOT

W = words()["plane"]
MODEL = {
    "town-council": "decisive-supports",
    "bus-company": "some-opposes",
    "shoe-shop": "none-undecided",
    "night-workers": "none-opposes",
}


@pytest.fixture(scope="module")
def street():
    return pv.load(ROOT / "chapters" / "for-authors" / "examples" / "car-free-street.yml")


@pytest.fixture
def alone(watch, tmp_path, street):
    def open_page(activity=street, **options):
        return Alone(watch, tmp_path, activity, **options)

    return open_page


def card(alone, actor):
    return alone.root.locator(f'[data-drag="{actor}"]')


def cell(alone, place):
    return alone.root.locator(f'[data-cell="{place}"]')


def draw(alone, places):
    for actor, place in places.items():
        card(alone, actor).click()
        cell(alone, place).click()


def step(alone, name):
    return alone.root.get_by_label(W["stepFor"].format(name=name))


def test_keyboard_alone(alone):
    alone = alone()
    keys = alone.page.keyboard
    for actor, place in MODEL.items():
        power, support = place.split("-")
        card(alone, actor).focus()
        keys.press("Enter")
        expect(cell(alone, "decisive-opposes")).to_be_focused()
        for _ in range(["decisive", "some", "none"].index(power)):
            keys.press("ArrowDown")
        for _ in range(["opposes", "undecided", "supports"].index(support)):
            keys.press("ArrowRight")
        expect(cell(alone, place)).to_be_focused()
        keys.press("Enter")
        expect(alone.status).to_contain_text(f"Placed in {W['cells'][place]}.")
    expect(alone.button("Check answers")).to_be_focused()
    step(alone, "Bus company").focus()
    keys.press("O")
    expect(step(alone, "Bus company")).to_have_value("trial")
    alone.button("Check answers").focus()
    keys.press("Enter")
    assert alone.score() == ("7", "7")
    expect(alone.feedback).to_contain_text(W["mastered"])


def test_arrows_stay_on_the_map(alone):
    alone = alone()
    cell(alone, "decisive-opposes").focus()
    for key, place in [
        ("ArrowUp", "decisive-opposes"),
        ("ArrowLeft", "decisive-opposes"),
        ("ArrowRight", "decisive-undecided"),
        ("ArrowRight", "decisive-supports"),
        ("ArrowRight", "decisive-supports"),
        ("ArrowDown", "some-supports"),
        ("ArrowDown", "none-supports"),
        ("ArrowDown", "none-supports"),
    ]:
        alone.page.keyboard.press(key)
        expect(cell(alone, place)).to_be_focused()


def test_taps_and_a_menu_only_for_opponents_with_power(alone):
    alone = alone(has_touch=True)
    for actor, place in MODEL.items():
        card(alone, actor).tap()
        cell(alone, place).tap()
    expect(alone.root.locator("select")).to_have_count(1)
    card(alone, "bus-company").tap()
    cell(alone, "some-supports").tap()
    expect(alone.root.locator("select")).to_have_count(0)


def test_a_drag_with_the_mouse(alone):
    alone = alone()
    card(alone, "bus-company").drag_to(cell(alone, "some-opposes"))
    expect(alone.root.locator("select")).to_have_count(1)


def test_wrong_then_right(alone):
    alone = alone()
    draw(alone, MODEL | {"night-workers": "none-supports"})
    step(alone, "Bus company").select_option("wait")
    alone.check()
    assert alone.score() == ("5", "7")
    expect(alone.status).to_contain_text("5 of 7 points")
    asked = W["questions"]
    expect(alone.feedback).to_contain_text(W["yes"].format(asked=asked["lawful"]))
    expect(alone.feedback).to_contain_text(W["yes"].format(asked=asked["affected"]))
    expect(alone.feedback).to_contain_text(W["no"].format(asked=asked["steps"]))
    assert "Hope is not a step." not in alone.root.inner_text()
    assert 'fear the closure".' not in alone.root.inner_text()

    alone.button("Try again").click()
    expect(alone.root.locator(".pv-tray .pv-card")).to_have_count(1)
    draw(alone, {"night-workers": "none-undecided"})
    alone.check()
    closer = alone.feedback.locator(".pv-closer li")
    expect(closer).to_have_count(1)
    expect(closer).to_contain_text("You chose No power, undecided.")
    expect(closer).to_contain_text('They "fear the closure".')
    expect(closer).not_to_contain_text("Nobody has to ask them")
    field = alone.root.locator(".pv-field")
    expect(field).to_contain_text(W["stepNot"])
    expect(field).to_contain_text("Hope is not a step.")
    step(alone, "Bus company").select_option("trial")
    expect(field).not_to_contain_text(W["stepFits"])
    expect(field).not_to_contain_text("A trial asks for a smaller yes")

    draw(alone, {"night-workers": "none-opposes", "shoe-shop": "some-undecided"})
    step(alone, "Bus company").select_option("trial")
    alone.check()
    assert alone.score() == ("7", "7")
    expect(field).to_contain_text(W["stepFits"])
    alone.button("Show explanations").click()
    shown = alone.feedback.locator("details[open]")
    alone.root.locator("summary").filter(has_text="Bus company").click()
    expect(shown).to_contain_text("Fitting steps: Offer a trial")
    expect(shown).to_contain_text("Its no makes the plan harder.")
    alone.root.locator("summary").filter(has_text="Bus company").click()
    alone.root.locator("summary").filter(has_text="shoe shop").click()
    expect(shown).to_contain_text("No power, undecided is the model's place.")
    expect(shown).to_contain_text("Some power, undecided can be defended.")
    assert alone.violations() == []


def test_each_opponent_has_a_step_of_its_own(alone):
    alone = alone()
    draw(alone, MODEL | {"night-workers": "some-opposes"})
    step(alone, "Bus company").select_option("trial")
    step(alone, "Night workers").select_option("wait")
    expect(step(alone, "Bus company")).to_have_value("trial")
    alone.check()
    # Nobody fits the night workers: there the step is looked at again.
    fields = alone.root.locator(".pv-field")
    told = alone.feedback.get_by_text(W["no"].format(asked=W["questions"]["steps"]))
    expect(told).to_be_visible()
    # What is changed tells nothing before it is checked.
    draw(alone, {"night-workers": "none-opposes"})
    expect(told).to_be_visible()
    step(alone, "Bus company").select_option("")
    alone.check()
    expect(told).to_be_visible()
    expect(fields).not_to_contain_text(W["stepNot"])
    step(alone, "Bus company").select_option("trial")
    alone.check()
    expect(fields).to_contain_text(W["stepFits"])
    expect(told).to_have_count(0)


def test_a_reload_keeps_places_and_steps(alone):
    alone = alone()
    draw(alone, MODEL)
    step(alone, "Bus company").select_option("trial")
    alone.check()
    alone.reload()
    assert alone.score() == ("7", "7")
    expect(step(alone, "Bus company")).to_have_value("trial")
    step(alone, "Bus company").select_option("")
    alone.check()
    assert alone.score() == ("6", "7")


def test_public_half(alone, street):
    alone = alone(street.without_key())
    expect(alone.button("Check answers")).to_have_count(0)
    draw(alone, MODEL)
    step(alone, "Bus company").select_option("wait")
    alone.button("Check completeness").click()
    expect(alone.status).to_contain_text(words()["ui"]["complete"])
    assert alone.score() == (None, None)
    assert "Hope is not a step." not in alone.page.content()


def test_small_screens_and_axe(alone):
    alone = alone(viewport={"width": 320, "height": 640})
    assert alone.small() == []
    draw(alone, MODEL)
    assert alone.small() == []
    assert alone.violations() == []
    names = alone.root.locator(".pv-cell .pv-text").all_inner_texts()
    assert "Bus company" in names


def test_a_long_step_is_read_in_full_where_its_menu_cuts_it(alone):
    alone = alone(viewport={"width": 320, "height": 640})
    draw(alone, MODEL)
    menu = alone.root.locator("select")
    label = max(menu.locator("option").all_inner_texts(), key=len)
    menu.select_option(label=label)
    expect(alone.root.locator(".pv-picked")).to_have_text(label)
    expect(alone.root.locator(".pv-picked")).to_be_visible()
    alone.page.set_viewport_size({"width": 1280, "height": 640})
    expect(alone.root.locator(".pv-picked")).to_be_hidden()
