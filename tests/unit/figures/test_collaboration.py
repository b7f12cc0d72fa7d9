from __future__ import annotations

import math

import pytest

from pvwidgets import cases, figures
from tests.unit.figures.samples import drawn, measured, picture


def test_the_problem_overlaps_four_missions_and_its_centre_none():
    found = measured(picture("cross-cutting"))
    missions = [
        path for name, path in found.outlines.items() if name.removeprefix("behind ") != name
    ]
    assert len(missions) == len(cases.HALVERTON_PARTNERS) == 4
    (problem,) = found.strokes
    centre = problem.vertices[:-1].mean(axis=0)
    for mission in missions:
        assert not mission.contains_point(centre)
        assert mission.contains_points(problem.vertices).any()
    alt = figures.alt_text(picture("cross-cutting"))
    assert "library, health agency, police and shelter charity" in alt
    assert "its centre lies in none" in alt


@pytest.mark.parametrize("name", ["cross-cutting", "aligning", "aligning, 3"])
def test_a_reconstruction_is_called_so(name):
    for words in (drawn, figures.alt_text, figures.text):
        assert "Our reconstruction" in words(picture(name))


def far(name: str, panel: int) -> list[float]:
    """How far each value corner of a panel is from the problem."""
    boxes = measured(picture(name)).boxes

    def middle(box):
        return ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)

    problem = middle(boxes[f"{panel}problem"])
    return [math.dist(problem, middle(boxes[f"{panel}{number}V"])) for number in range(4)]


def test_the_triangles_turn_as_joint_rules_are_met():
    distances = [far(f"aligning, {met}", 1) for met in range(6)] + [far("aligning", 1)]
    assert distances[0] == pytest.approx(far("aligning", 0))
    for nearer, further in zip(distances[1:], distances, strict=False):
        assert sum(nearer) < sum(further)


def test_aligning_tells_how_far():
    assert "turned so that its value corner touches" in figures.alt_text(picture("aligning"))
    assert "3 of 6 joint rules met: each triangle is turned 50%" in figures.alt_text(
        picture("aligning, 3")
    )
    lamps = dict.fromkeys(("J1", "J2", "J3", "J4"), "met") | {"J5": "in doubt", "J6": "not met"}
    assert "4.5 of 6 joint rules met" in figures.alt_text(figures.aligning(lamps))
    assert "Museum and School" in figures.alt_text(
        figures.aligning(0, partners=["Museum", "School"])
    )


@pytest.mark.parametrize("wrong", [7, -1, True, 2.5, "3"])
def test_a_wrong_count_is_refused(wrong):
    with pytest.raises(ValueError, match="from 0 to 6"):
        figures.aligning(wrong)


def test_wrong_lamps_and_partners_are_refused():
    with pytest.raises(ValueError, match="rule 2, 3, 4, 5 and 6"):
        figures.aligning({"1": "met"})
    with pytest.raises(ValueError, match="two to four partners, not 1"):
        figures.aligning(partners=["Library"])
    with pytest.raises(TypeError, match="partners"):
        figures.aligning(partners="Library")
