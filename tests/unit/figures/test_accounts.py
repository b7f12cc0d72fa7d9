from __future__ import annotations

import pytest

from pvwidgets import cases, figures
from tests.unit.figures.samples import drawn, picture


def test_the_account_tells_its_sum_and_what_is_in_none():
    alt = figures.alt_text(picture("account"))
    assert "Invented case" in alt
    assert "5 of 14 entries are in money; they sum to \u2212675,000" in alt
    assert (
        "used up: gains 0, losses 6; gained: gains 4, losses 1; justice: gains 1, losses 2" in alt
    )
    assert "\u2212675,000" in drawn(picture("account"))


def test_the_account_tells_each_entry_with_line_sign_and_band():
    text = figures.text(picture("account"))
    assert "Money used, loss, in money: Overtime for patrols and stewards \u2212420,000." in text
    assert "Satisfaction of those obliged, loss, not in money: Of the persons" in text
    for entry in cases.SAN_AURELIO:
        assert entry.text in text


def test_the_account_of_another_case_is_marked_with_its_place():
    alt = figures.alt_text(picture("account, Brackwater"))
    assert "Invented case: Brackwater." in alt
    assert "2 of 9 entries are in money; they sum to \u2212785,000" in alt
    assert "San Aurelio" not in figures.text(picture("account, Brackwater"))


def test_every_entry_has_its_sign():
    own = figures.account([cases.Entry("Lamps", "money used", -1, 5)])
    assert "Invented" not in figures.text(own)
    signs = [text.get_text() for text in own.axes[0].texts if text.get_text() in ("+", "\u2212")]
    assert signs == ["\u2212"]


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ([], ValueError, "one entry"),
        (["x"], TypeError, "Entry"),
        ([cases.Entry("x", "moneys used", -1)], ValueError, 'Did you mean "money used"'),
        ([cases.Entry(" ", "money used", -1)], ValueError, "text"),
        ([cases.Entry("x", "money used", 0)], ValueError, "1 or -1"),
        ([cases.Entry("x", "money used", -1, -5)], ValueError, "without a sign"),
    ],
)
def test_wrong_entries_are_refused(wrong, error, message):
    with pytest.raises(error, match=message):
        figures.account(wrong)


def test_the_counterfactual_tells_the_gap():
    alt = figures.alt_text(picture("counterfactual"))
    assert "Lumari falls from 42 to 12" in alt
    assert "would have come to 33" in alt
    assert "The gap, 21," in alt
    assert "= \u221221." in figures.text(picture("counterfactual"))
    assert "21 prevented" in drawn(picture("counterfactual"))
    assert "Invented" in drawn(picture("counterfactual"))


def test_the_mean_rises_while_a_group_loses():
    alt = figures.alt_text(picture("by group"))
    assert "On average: +3. Below zero: Hill." in alt
    assert "Invented numbers" in alt
    assert "Invented numbers" in drawn(picture("by group"))
    own = figures.by_group({"A": 1, "B": 2})
    assert "On average: +1.5. No group is below zero." in figures.alt_text(own)
    assert "Invented" not in figures.text(own)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"A": 1}, ValueError, "two groups"),
        ({"A": 1, " ": 2}, ValueError, "name"),
        ({"A": 1, "B": "2"}, TypeError, "'B'"),
        ({"A": 1, "B": True}, TypeError, "'B'"),
    ],
)
def test_wrong_changes_are_refused(wrong, error, message):
    with pytest.raises(error, match=message):
        figures.by_group(wrong)
