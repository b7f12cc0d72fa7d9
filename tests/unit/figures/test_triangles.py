from __future__ import annotations

import pytest

from pvwidgets import figures
from tests.unit.figures.samples import RECORD, drawn, picture


def test_the_model_tells_corners_tests_and_what_fills_them():
    alt = figures.alt_text(figures.triangle_model())
    for corner in figures.CORNERS.values():
        assert corner.name.lower() in alt
        assert corner.question.lower() in alt
        assert corner.question in drawn(picture("triangle model"))
    assert "points both ways" in alt
    assert "matrix fills the first" in alt
    assert "value chain fills the third" in alt


def test_own_contents_come_from_the_record():
    own = figures.triangle(RECORD)
    alt = figures.alt_text(own)
    assert "Public value, outcomes: pupils of 11 to 15: are safe and finish homework." in alt
    assert "authorizers: city council (granted); staff union (unknown)." in alt
    assert "activities: run the room (own), resources: reading room (have)" in alt
    assert "homework handed in" not in figures.text(own)
    assert "no authorizers" in figures.alt_text(figures.triangle({"outcomes": ["x"]}))


def test_a_long_alt_of_own_contents_counts():
    alt = figures.alt_text(figures.triangle({"outcomes": ["A school with room for all."] * 40}))
    assert len(alt) < 400
    assert "40 outcomes, 0 authorizers, 0 activities and 0 resources" in alt


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"outcome": []}, ValueError, 'Did you mean "outcomes"'),
        ({"outcomes": "one"}, TypeError, "give a list"),
        ({"outcomes": [3]}, TypeError, "outcomes holds 3"),
    ],
)
def test_wrong_contents_are_refused(wrong, error, message):
    with pytest.raises(error, match=message):
        figures.triangle(wrong)


def test_each_limb_leads_to_a_corner_and_the_link_is_ours():
    alt = figures.alt_text(picture("limbs"))
    assert alt.count("leads to") == 3
    assert "goes on arguing: leads to legitimacy and support." in alt
    assert "The link is ours" in alt
    assert "The link is ours" in drawn(picture("limbs"))


def test_each_corner_and_edge_has_its_critic():
    alt = figures.alt_text(picture("critics"))
    assert "Rhodes and Wanna on legitimacy and support" in alt
    assert "Bryson and others between legitimacy and support and operational capacity" in alt
    text = figures.text(picture("critics"))
    assert text.count("?") == drawn(picture("critics")).count("?") == 6
    assert "ours" in text
