from __future__ import annotations

import pytest

from pvwidgets import figures
from tests.unit.figures.samples import CROWD, drawn, picture


def test_the_unwilling_user_is_a_part_of_the_users():
    alt = figures.alt_text(picture("stakeholders"))
    assert "user, taxpayer and public at large" in alt
    assert "Part of the user circle is dashed: the unwilling user" in alt


def test_authorizers_are_told_by_stance_and_power():
    alt = figures.alt_text(picture("authorizers"))
    assert "Invented case" in alt
    assert "Supports: Mayor (much power), Market traders (some power, informal)" in alt
    assert "Opposes: Court (much power)" in alt
    assert "Invented case" in drawn(picture("authorizers"))


def test_own_authorizers_have_defaults_and_signs():
    own = figures.authorizers({"Board": {}, "Court": {"stance": "opposes", "power": 3}})
    assert "Board: undecided, some power." in figures.text(own)
    assert "Invented" not in figures.text(own)
    assert drawn(own).count("?") == drawn(own).count("\u2212") == 1


def test_many_authorizers_are_counted():
    alt = figures.alt_text(figures.authorizers(CROWD))
    assert "11 actors" in alt
    assert "0 supports, 0 undecided, 11 opposes" in alt


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"Board": {}}, "two actors"),
        ({"A  B": {}, "A B": {}}, "name"),
        ({"A": {"stance": "support"}, "B": {}}, 'Did you mean "supports"'),
        ({"A": {"power": 4}, "B": {}}, "power is 1, 2 or 3, not 4"),
        ({"A": {"powers": 3}, "B": {}}, 'Did you mean "power"'),
    ],
)
def test_wrong_actors_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        figures.authorizers(wrong)
