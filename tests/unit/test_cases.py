from __future__ import annotations

import pytest

from pvwidgets import cases


def test_the_account_of_san_aurelio_adds_up():
    assert cases.budget(cases.SAN_AURELIO) == 660_000
    assert cases.money_sum(cases.SAN_AURELIO) == -675_000
    assert cases.ROBBERIES.difference == -60
    assert cases.cost_of_each_robbery_fewer() == 11_000


def test_the_entries_of_the_account_are_sound():
    assert len(cases.SAN_AURELIO) == 14
    assert {entry.line for entry in cases.SAN_AURELIO} == set(cases.LINES)
    assert sum(entry.money is not None for entry in cases.SAN_AURELIO) == 5
    # In "satisfaction of those obliged" and in justice a loss may stand; costs are losses.
    for entry in cases.SAN_AURELIO:
        assert entry.sign == -1 or cases.LINES[entry.line] != "cost"


def test_the_account_of_brackwater_has_each_line_once():
    assert [entry.line for entry in cases.BRACKWATER] == list(cases.LINES)
    assert cases.CELLARS.difference == -70
    assert cases.money_sum(cases.BRACKWATER) == -785_000


def test_shares_told_in_the_account_are_right():
    assert round(100 * 310 / 5200) == 6
    assert round(100 * 4680 / 5200) == 90


def test_lumari_s_difference_in_differences():
    assert cases.LUMARI.change == -30
    assert cases.LUMARI.other_change == -9
    assert cases.LUMARI.without == 33
    assert cases.LUMARI.difference == -21
    assert cases.LUMARI.after - cases.LUMARI.without == cases.LUMARI.difference


def test_the_shares_of_velmark():
    assert cases.VELMARK.share_in_work == pytest.approx(0.21)
    assert cases.VELMARK.share_credited == pytest.approx(0.085)


def test_the_lamps_of_the_after_school_room_are_worth_two_and_a_half():
    worth = {"met": 1, "in doubt": 0.5, "not met": 0}
    assert list(cases.AFTER_SCHOOL_LAMPS) == list("123456")
    assert sum(worth[lamp] for lamp in cases.AFTER_SCHOOL_LAMPS.values()) == 2.5
