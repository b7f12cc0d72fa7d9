"""Sorting into places: what an author is told, how sets are drawn, and the points."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pvwidgets as pv
from pvwidgets.kinds.authoring import MAX_SETS, spread
from pvwidgets.kinds.sort import grade as rule
from tests.unit.samples import save

GOOD = """\
id: bus
kind: sort
version: 1
title: The night bus
prompt: Sort.
bins:
  - id: spent
    title: Spent
    room: 2
  - id: done
    title: Done
    text: what was offered
  - id: changed
    title: Changed
marks:
  bin: changed
  label: Soon or late?
  options: {soon: soon, late: late}
cards:
  - id: pay
    text: Drivers were paid.
    key: spent
    words: [were paid]
    feedback: {spent: a, done: b, changed: c}
  - id: rides
    text: The bus was used.
    key: done
    half: [changed]
    feedback: {spent: a, done: b, changed: c}
  - id: job
    text: Mira took the job.
    key: changed
    mark: soon
    feedback: {spent: a, done: b, changed: c}
"""


def load(folder: Path, *changes: tuple[str, str]) -> pv.Activity:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return pv.load(save(folder, text))


def test_the_halves(tmp_path: Path) -> None:
    activity = load(tmp_path)
    public, key = activity.public, activity.key
    assert public["layout"] == "columns"
    assert public["bins"] == [
        {"id": "spent", "title": "Spent", "room": 2, "text": "room for 2"},
        {"id": "done", "title": "Done", "text": "what was offered"},
        {"id": "changed", "title": "Changed"},
    ]
    # In the order of their ids, which tells nothing.
    assert [card["id"] for card in public["cards"]] == ["job", "pay", "rides"]
    assert [set(card) for card in public["cards"]] == [{"id", "text"}] * 3
    assert [sorted(drawn) for drawn in public["sets"]] == [["job", "pay", "rides"]]
    assert public["marks"]["options"] == [
        {"id": "soon", "label": "soon", "name": "soon", "said": "Marked as soon."},
        {"id": "late", "label": "late", "name": "late", "said": "Marked as late."},
    ]
    assert key is not None
    assert key["cards"]["rides"]["half"] == ["changed"]
    assert key["cards"]["job"]["mark"] == "soon"
    assert key["cards"]["pay"]["lead"].endswith("Words that decide: “were paid”.")
    assert "half" not in key["cards"]["pay"]


FIVE = """\
  - id: four
    title: Four
  - id: five
    title: Five
marks:"""


@pytest.mark.parametrize(
    ("changes", "line", "field", "said"),
    [
        ([("id: done", "id: spent")], 10, "bins[1].id", '"spent" is used twice; first in line 7'),
        ([("id: rides", "id: pay")], 25, "cards[1].id", '"pay" is used twice; first in line 20'),
        (
            [("key: spent", "key: spend")],
            22,
            "cards[0].key",
            'found "spend", expected one of: spent, done, changed. Did you mean "spent"?',
        ),
        ([("[changed]", "[chnged]")], 28, "cards[1].half[0]", 'Did you mean "changed"?'),
        ([("[changed]", "[done]")], 28, "cards[1].half[0]", r"is the key itself \(done\)"),
        ([("[changed]", "[]")], 28, "cards[1].half", "at least 1 in this list, found 0"),
        (
            [("{spent: a, done: b,", "{done: b,")],
            24,
            "cards[0].feedback",
            "there is none for spent",
        ),
        ([("{spent: a, done: b, ", "{")], 24, "cards[0].feedback", "none for spent, done"),
        (
            [("{spent: a,", "{spend: a, spent: a,")],
            24,
            "cards[0].feedback.spend",
            'found "spend", expected one of',
        ),
        (
            [("{spent: a,", "{else: z, spent: a,")],
            24,
            "cards[0].feedback.else",
            "for more than four places; .* write one for each: they are spent, done, changed",
        ),
        ([("were paid]", "was paid]")], 23, "cards[0].words[0]", '"was paid" does not occur'),
        ([("mark: soon", "mark: now")], 33, "cards[2].mark", "expected one of: soon, late"),
        (
            [("half: [changed]", "mark: late")],
            28,
            "cards[1].mark",
            "only cards with the key changed are marked",
        ),
        ([("bin: changed", "bin: chnged")], 16, "marks.bin", 'Did you mean "changed"?'),
        ([("{soon: soon, late: late}", "{soon: soon}")], 18, "marks.options", "at least 2 in this"),
        ([("room: 2", "room: 0")], 9, "bins[0].room", "a whole number from 1 to 200"),
        (
            [
                ("room: 2", "room: 1"),
                ("key: done", "key: spent"),
                ("half: [changed]", "half: [done]"),
            ],
            9,
            "bins[0].room",
            "2 cards shown belong there; expected room for them",
        ),
        ([("bins:", "draw: 4\nbins:")], 6, "draw", "found 4, but there are 3 cards"),
        ([("bins:", "draw: 1\nbins:")], 6, "draw", "a whole number from 2 to 200"),
        ([("bins:", "layout: rows\nbins:")], 6, "layout", 'columns, strip, found "rows"'),
    ],
    ids=range(20),
)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, changes: list[tuple[str, str]], line: int, field: str, said: str
) -> None:
    with pytest.raises(pv.ActivityError) as caught:
        load(tmp_path, *changes)
    found = [(problem.line, problem.field) for problem in caught.value.problems]
    assert (line, field) in found
    problem = caught.value.problems[found.index((line, field))]
    assert re.search(said, problem.message)
    # Where a place is gone, whatever named it is told as well; else it is one fault.
    assert len(found) == 1 or "twice" in said or field.startswith("marks") or "[2]" in field


def test_a_mark_needs_marks(tmp_path: Path) -> None:
    marks = GOOD[GOOD.index("marks:") : GOOD.index("cards:")]
    with pytest.raises(pv.ActivityError, match="the activity has no `marks`"):
        load(tmp_path, (marks, ""))


def test_else_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(pv.ActivityError, match='"else" has a meaning of its own in feedback'):
        load(tmp_path, ("id: changed", "id: else"))


@pytest.mark.parametrize(
    ("feedback", "said"),
    [
        ("{spent: a, else: z}", ""),
        ("{spent: a, done: b, changed: c, four: d, five: e}", ""),
        ("{done: b, else: z}", "there is none for spent"),
        ("{spent: a, done: b}", "there is none for changed, four, five"),
    ],
)
def test_with_many_places_one_explanation_may_do_for_the_rest(
    tmp_path: Path, feedback: str, said: str
) -> None:
    changes = [("marks:", FIVE), ("mark: soon\n", "source: S1\n")]
    changes += [("{spent: a, done: b, changed: c}", feedback)]
    changes += [("{spent: a, done: b, changed: c}", "{done: b, changed: c, else: z}")] * 2
    if said:
        with pytest.raises(pv.ActivityError) as caught:
            load(tmp_path, *changes)
        assert [problem.message for problem in caught.value.problems] == [said]
    else:
        assert load(tmp_path, *changes).key


@pytest.mark.parametrize("gone", ["    id: done\n", "  - id: done\n    title: Done\n", "key: done"])
def test_what_is_missing_breaks_no_rule_of_its_own(tmp_path: Path, gone: str) -> None:
    # The schema tells it; the rules between the fields do not fall over it.
    text = GOOD.replace("  - id: done\n    title", "  - title: Done\n    id: done\n    text")
    path = save(tmp_path, text.replace(gone, "") if gone in text else GOOD.replace(gone, ""))
    with pytest.raises(pv.ActivityError) as caught:
        pv.load(path)
    assert all(problem.message for problem in caught.value.problems)


# Drawing


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8), st.integers(0, 80))
def test_a_draw_is_spread_as_evenly_as_can_be(sizes: list[int], draw: int) -> None:
    quotas = spread(sizes, draw)
    assert sum(quotas) == min(draw, sum(sizes))
    assert all(quota <= size for quota, size in zip(quotas, sizes, strict=True))
    most = max(quotas)
    # Who has less than one under the most has nothing left to give.
    assert all(q >= most - 1 or q == size for q, size in zip(quotas, sizes, strict=True))


def bank(folder: Path, sizes: dict[str, int], **more: Any) -> pv.Activity:
    bins = [{"id": name, "title": name.title()} for name in sizes]
    cards = [
        {
            "id": f"{name}-{n}",
            "text": f"Number {n} of {name}.",
            "key": name,
            "feedback": {other: f"About {other}." for other in sizes},
        }
        for name, size in sizes.items()
        for n in range(size)
    ]
    content = {"id": "bank", "kind": "sort", "version": 1, "title": "Bank", "prompt": "Sort."}
    return pv.load(save(folder, content | {"bins": bins, "cards": cards} | more))


def test_sets_are_drawn_from_all_places(tmp_path: Path) -> None:
    activity = bank(tmp_path, {"a": 5, "b": 9, "c": 1}, draw=6)
    sets = activity.sets
    assert len(sets) == MAX_SETS
    assert len({frozenset(drawn) for drawn in sets}) == MAX_SETS
    for drawn in sets:
        assert Counter(name[0] for name in drawn) == {"a": 3, "b": 2, "c": 1}
    assert sets == bank(tmp_path, {"a": 5, "b": 9, "c": 1}, draw=6).sets
    assert sets != bank(tmp_path, {"a": 5, "b": 9, "c": 1}, draw=6, seed=1).sets


def test_room_is_held_against_what_is_drawn(tmp_path: Path) -> None:
    bins = [{"id": "a", "title": "A", "room": 2}, {"id": "b", "title": "B"}]
    assert bank(tmp_path, {"a": 5, "b": 5}, draw=4, bins=bins).sets
    with pytest.raises(pv.ActivityError, match="3 cards shown belong there"):
        bank(tmp_path, {"a": 5, "b": 5}, draw=6, bins=bins)


# Points


@pytest.mark.parametrize(
    ("placed", "score", "items"),
    [
        ({"pay": "spent", "rides": "done", "job": "changed"}, 3, "right right right"),
        (
            {"pay": "spent", "rides": "changed", "job": "changed"},
            Fraction(5, 2),
            "right half right",
        ),
        ({"pay": "done", "rides": "spent", "job": "changed"}, 1, "wrong wrong right"),
        ({"rides": "changed"}, Fraction(1, 2), "open half open"),
        ({}, 0, "open open open"),
    ],
)
def test_points(tmp_path: Path, placed: dict[str, str], score: Fraction, items: str) -> None:
    activity = load(tmp_path)
    response = rule.blank(activity.public)
    response["placed"] = placed
    board = pv.grade(activity, response).board
    assert board is not None
    assert (board.score, board.max) == (score, 3)
    assert [board.items[name] for name in ("pay", "rides", "job")] == items.split()


@pytest.mark.parametrize(
    ("placed", "mastered"),
    [
        ({"pay": "spent", "rides": "done", "job": "changed"}, True),
        ({"pay": "spent", "rides": "changed", "job": "changed"}, True),
        ({"pay": "spent", "rides": "done", "job": "done"}, False),
    ],
)
def test_mastery_is_four_fifths_of_the_points(
    tmp_path: Path, placed: dict[str, str], mastered: bool
) -> None:
    activity = load(tmp_path)
    response = rule.blank(activity.public) | {"placed": placed, "tries": 1}
    response["checks"] = [{"n": 1, "placed": placed, "marks": {}}]
    assert pv.grade(activity, response).mastery is mastered


@pytest.mark.parametrize("marks", [{}, {"job": "soon"}, {"job": "late", "pay": "soon"}])
def test_marks_earn_nothing(tmp_path: Path, marks: dict[str, str]) -> None:
    activity = load(tmp_path)
    placed = {"pay": "spent", "rides": "done", "job": "changed"}
    board = pv.grade(
        activity, rule.blank(activity.public) | {"placed": placed, "marks": marks}
    ).board
    assert board is not None
    assert (board.score, board.parts) == (3, {"mark": (marks.get("job") == "soon", 1)})
