from __future__ import annotations

import itertools

import pytest

from pvwidgets import figures
from tests.unit.figures.samples import drawn, picture

MET = dict.fromkeys("123456", "met")


def test_the_eight_patterns_are_all_there_are():
    corners = list(figures.CORNERS)
    every = {"".join(some) for count in range(4) for some in itertools.combinations(corners, count)}
    assert {pattern.met for pattern in figures.PATTERNS} == every
    assert len(figures.PATTERNS) == 8


def test_the_patterns_are_told():
    alt = figures.alt_text(picture("patterns"))
    assert "Empty mandate: V and A." in alt
    assert "Drift: none." in alt
    assert "only if the three edges are met too" in alt
    assert (
        "Gesture: public value not met, legitimacy and support met, operational capacity not"
        in (figures.text(picture("patterns")))
    )


def test_every_sign_of_the_patterns_is_written():
    signs = drawn(picture("patterns")).split()
    # 12 corners of each kind, and one more of each in the legend
    assert signs.count("\u2713") == 13
    assert signs.count("\u2212") == 13


def test_the_lamps_of_halverton_are_told():
    rules = picture("triangle rules, halverton")
    alt = figures.alt_text(rules)
    assert "1 of 6 are met" in alt
    assert "Met: purpose (1)." in alt
    assert "In doubt: authorization (2), same promise (4) and causal path (5)." in alt
    assert "Not met: capacity (3) and means match mandate (6)." in alt
    assert "4 same promise, edge from public value to legitimacy and support: in doubt." in (
        figures.text(rules)
    )


def test_each_lamp_has_its_sign_and_its_word():
    own = drawn(figures.triangle_rules(MET | {"2": "in doubt", "6": "not met"}))
    assert own.count("\u2713") == 4
    assert own.count("?") == own.count("in doubt") == 1
    assert own.count("\u2212") == own.count("not met") == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"1": "met"}, "rule 2, 3, 4, 5 and 6"),
        (MET | {"7": "met"}, 'no rule "7"'),
        (MET | {"1": "doubt"}, 'no lamp "doubt". Did you mean "in doubt"'),
        ("halvertown", 'Did you mean "halverton"'),
    ],
)
def test_wrong_lamps_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        figures.triangle_rules(wrong)
