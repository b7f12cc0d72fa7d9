"""Records and their lamps, on a page of their own: the triangle builder and the alignment."""

import json

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets import page as pages
from pvwidgets.words import words

from .conftest import AXE

UI, W = words()["ui"], words()["records"]


class Builder:
    def __init__(self, page):
        self.page = page
        self.root = page.locator("section.pv-activity")
        expect(self.root).to_have_attribute("data-ready", "true")

    def met(self):
        assert self.root.get_attribute("data-score") is None
        return self.root.get_attribute("data-rules-met")

    def lamp(self, number):
        return self.root.locator(".pv-lamps > ul > li").nth(number - 1)

    def group(self, title):
        group = self.root.locator("details").filter(
            has=self.page.locator("summary", has_text=title)
        )
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        return group

    def entry(self, name):
        return self.root.get_by_role("group", name=name, exact=True)

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    @property
    def status(self):
        return self.root.locator(".pv-status").first


@pytest.fixture
def shown(watch, tmp_path):
    """Shows an activity on a page of its own; gives it with its page."""

    def show(ref, key=True, **options):
        activity = pv.load(ref)
        file = tmp_path / f"{activity.id}.html"
        file.write_text(pages.document(activity if key else activity.without_key()), "utf-8")
        page = watch.page(**options)
        page.goto(file.as_uri())
        return Builder(page)

    return show


def test_the_lamps_follow_and_are_announced_only_when_they_change(shown):
    board = shown("triangle-halverton")
    assert board.met() == "1"
    expect(board.lamp(1)).to_contain_text("1 purpose: met.")
    expect(board.lamp(3)).to_contain_text("3 capacity: not met.")
    board.group("Operational capacity")
    supervisors = board.entry("Resource 2")
    supervisors.get_by_label("Do you have it?").select_option("by date")
    expect(board.status).to_contain_text("Rule 3, capacity: in doubt.")
    date = supervisors.get_by_label("If by a date")
    date.press_sequentially("1")
    expect(board.status).to_contain_text("Rule 3, capacity: met.")
    told = board.status.text_content()
    date.press_sequentially(" September")
    assert board.status.text_content() == told
    assert board.met() == "2"
    expect(board.root).to_contain_text("The whole: broken edge: unfunded mandate.")


def test_the_remedies_align_it(shown):
    board = shown("triangle-halverton", has_touch=True)
    board.group("Legitimacy and support")
    board.entry("Authorizer 4").get_by_label("Where do they stand?").select_option("granted")
    council = board.entry("Authorizer 1")
    council.get_by_label("Have they agreed to the sign?").select_option("yes")
    board.group("Operational capacity")
    supervisors = board.entry("Resource 2")
    supervisors.get_by_label("Do you have it?").select_option("by date")
    supervisors.get_by_label("If by a date").fill("1 September")
    for chain in ("Chain 1", "Chain 2"):
        for which in ("first", "second"):
            field = board.entry(chain).get_by_label(f"What supports this {which} assumption?")
            field.select_option("test planned")
    board.group("Means and mandate")
    board.root.get_by_label("Money needed").fill("19,000")
    board.root.get_by_label("Money granted").fill("19,000")
    assert board.met() == "6"
    expect(board.root).to_contain_text("The whole: aligned.")
    board.page.reload()
    board = Builder(board.page)
    assert board.met() == "6"
    board.button(UI["over"]).click()
    assert board.met() == "1"
    board.button(W["back"]).click()
    expect(board.status).to_contain_text(W["broughtBack"])
    assert board.met() == "6"
    expect(board.button(W["back"])).to_have_count(0)


def test_a_name_that_is_edited_keeps_what_was_chosen_by_it(shown):
    board = shown("triangle-halverton")
    field = board.entry("Outcome 1").get_by_label("What becomes different")
    field.fill("are safe and do homework on two days")
    expect(board.lamp(5)).to_contain_text("in doubt")
    board.group("Operational capacity")
    chosen = board.entry("Chain 1").get_by_label("The outcome that it leads to")
    expect(chosen).to_have_value("are safe and do homework on two days")


def test_no_more_entries_than_a_record_may_have(shown):
    board = shown("triangle-own")
    add = board.button("Add: Outcome")
    for number in range(1, 7):
        add.click()
        expect(board.entry(f"Outcome {number}")).to_be_focused()
    expect(add).to_be_disabled()
    # The focus stays near where an entry was.
    board.button("Remove Outcome 6").click()
    expect(board.entry("Outcome 5")).to_be_focused()
    board.page.reload()
    expect(Builder(board.page).entry("Outcome 5")).to_be_visible()


def test_what_was_chosen_by_a_name_that_is_gone_is_still_seen(shown):
    board = shown("triangle-halverton")
    board.group("Operational capacity")
    chosen = board.entry("Chain 1").get_by_label("The outcome that it leads to")
    name = chosen.input_value()
    board.button("Remove Outcome 1").click()
    expect(board.entry("Outcome 1").get_by_label("What becomes different")).not_to_have_value(name)
    expect(chosen).to_have_value(name)


def test_keyboard_alone_from_empty(shown):
    board = shown("triangle-own")
    assert board.met() == "0"
    page = board.page
    board.root.locator("summary", has_text="Public value").focus()
    page.keyboard.press("Tab")
    expect(board.button("Add: Outcome")).to_be_focused()
    page.keyboard.press("Enter")
    expect(board.entry("Outcome 1")).to_be_focused()
    for text in ("pupils", "are safe", "a count"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(board.lamp(1)).to_contain_text("no evidence")
    stored = page.evaluate("localStorage['pv:creating-public-value:triangle-own']")
    response = json.loads(stored)["activities"]["triangle-own"]["response"]
    outcome = {"who": "pupils", "change": "are safe", "sign": "a count", "cells": ["IW"]}
    assert response == {"record": {"outcomes": [outcome]}}


def test_guided_traps_are_told_on_a_check(shown):
    activity = pv.load("triangle-guided")
    board = shown("triangle-guided", has_touch=True)
    board.button(UI["check"]).tap()
    expect(board.status).to_contain_text(W["none"])
    for group in activity.public["groups"]:
        board.group(group["title"])
        for option in group["fields"][0]["options"]:
            if not activity.key["cards"][option["id"]]["trap"]:
                board.root.get_by_label("".join(option["text"]), exact=True).tap()
    assert board.met() == "6"
    expect(board.root.locator(".pv-closer")).to_have_count(0)
    trap = board.root.get_by_label("The stallholders cheer the commissioner at their meeting.")
    trap.tap()
    board.button(UI["check"]).tap()
    expect(board.root.locator(".pv-closer").filter(has_text=W["trap"])).to_have_count(1)
    expect(board.root).to_contain_text("stallholders have no lawful power")
    trap.tap()
    expect(board.root).not_to_contain_text("stallholders have no lawful power")


def test_start_over_forgets_a_text_that_was_too_long_to_be_kept(shown):
    board = shown("triangle-own")
    board.button("Add: Outcome").click()
    field = board.entry("Outcome 1").get_by_label("What becomes different")
    field.fill("x" * 401)
    expect(board.root).to_contain_text("401 letters, but only 400 fit.")
    board.button("Start over").click()
    board.button("Add: Outcome").click()
    expect(field).to_have_value("")


def test_a_text_that_is_too_long_stays_with_its_entry(shown):
    board = shown("triangle-own")
    add = board.button("Add: Outcome")
    for name in ("Outcome 1", "Outcome 2", "Outcome 3"):
        add.click()
        board.entry(name).get_by_label("What becomes different").fill(f"{name} is kept")
    long = "y" * 401
    board.entry("Outcome 3").get_by_label("What becomes different").fill(long)
    board.button("Remove Outcome 1").click()
    fields = board.root.get_by_label("What becomes different")
    expect(fields).to_have_count(2)
    expect(fields.nth(0)).to_have_value("Outcome 2 is kept")
    expect(fields.nth(1)).to_have_value(long)


def test_another_person_is_told_nothing_of_the_first_ones_cards(shown):
    board = shown("triangle-guided")
    trap = board.root.get_by_role("checkbox").first
    trap.check()
    board.button("Check answers").click()
    expect(board.root.locator(".pv-closer")).to_have_count(1)
    board.button("Your answers").click()
    board.button(UI["notMe"]).click()
    board.button(UI["notMeYes"]).click()
    board.button(UI["close"]).click()
    trap.check()
    expect(board.root.locator(".pv-closer")).to_have_count(0)


def test_triangles_turn_as_rules_are_met(shown):
    board = shown("align-triangles", reduced_motion="reduce")
    turned = "[...document.querySelectorAll('.pv-turn')].map((one) => getComputedStyle(one).rotate)"
    assert board.page.evaluate(turned) == ["180deg"] * 4
    expect(board.root).to_contain_text("0 of 6 rules met.")
    board.group("The answer")
    board.root.get_by_label("Who receives the answer").fill("a committee of the council")
    assert board.page.evaluate(turned) == ["150deg"] * 4
    expect(board.root).to_contain_text("1 of 6 rules met.")
    expect(board.status).to_contain_text("Rule J5, answer: met.")
    # The figure is said in words below it.
    expect(board.root.locator(".pv-lamps > [aria-hidden=true] svg")).to_have_count(1)
    limits = board.root.locator(".pv-lamps details")
    limits.locator("summary", has_text=W["limits"]).click()
    expect(limits).to_contain_text("that names are there and differ")
    style = "getComputedStyle(document.querySelector('.pv-turn')).transitionDuration"
    assert board.page.evaluate(style) == "0s"
    assert board.met() == "1"


def test_without_the_key_only_completeness_is_checked(shown):
    board = shown("triangle-own", key=False)
    assert board.met() is None
    board.button(UI["checkComplete"]).click()
    expect(board.status).to_contain_text("0 of 12 parts are filled in.")


def test_a_text_that_looks_like_markup_stays_text(shown):
    board = shown("triangle-halverton")
    board.group("Legitimacy and support")
    board.entry("Authorizer 4").get_by_label("Name", exact=True).fill("<b>{n}</b>")
    expect(board.lamp(2)).to_contain_text("Authorizer 4, “<b>{n}</b>”,")


@pytest.mark.parametrize("ref", ["triangle-halverton", "triangle-guided", "align-triangles"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(shown, ref, theme):
    board = shown(ref, viewport={"width": 320, "height": 800})
    page = board.page
    page.evaluate(
        """(theme) => {
          document.documentElement.dataset.theme = theme;
          document.body.style.background = theme === "dark" ? "#121212" : "#fff";
          document.querySelectorAll("details").forEach((one) => { one.open = true; });
        }""",
        theme,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('section.pv-activity').then((r) => r.violations)")
    assert [(one["id"], [n["html"][:200] for n in one["nodes"]][:3]) for one in found] == []
    small = page.evaluate(
        """[...document.querySelectorAll('.pv-activity :is(button, select, summary, [type=text])')]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
          .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert small == []
