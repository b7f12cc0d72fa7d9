"""Grading a matrix: half a point for each axis, bars, mastery, and what is no answer at all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pvwidgets import grade
from pvwidgets.kinds.matrix import grade as rule
from pvwidgets.words import words
from tests.unit.samples import CELLS

HALF = Fraction(1, 2)
Json = dict[str, Any]


def game(keys: list[str], sets: list[list[str]] | None = None) -> SimpleNamespace:
    """Return an activity with the cards c0, c1, …; a key is a cell, or two: key/alt."""
    names = [f"c{n}" for n in range(len(keys))]
    cards = {}
    for name, key in zip(names, keys, strict=True):
        cell, _, alt = key.partition("/")
        cards[name] = {"cell": cell, "sign": "gain"} | ({"alt": alt} if alt else {})
    public = {"cards": [{"id": name} for name in names], "sets": sets or [names]}
    return SimpleNamespace(kind="matrix", public=public, key={"cards": cards})


def placing(cells: Iterable[str | None], first: int = 0) -> Json:
    """Return a board; None stands for a card without a place."""
    placed = {f"c{n}": cell for n, cell in enumerate(cells, first) if cell}
    return {"placed": placed, "signs": {}}


def checks(*boards: Json) -> list[Json]:
    return [{"n": n, **board} for n, board in enumerate(boards, 1)]


def response(activity: Any, board: Json | None = None, *made: Json, **more: Any) -> Json:
    return rule.blank(activity.public) | (board or {}) | {"checks": checks(*made)} | more


def check(keys: list[str], cells: Iterable[str | None]) -> Any:
    activity = game(keys)
    return grade(activity, response(activity, {}, placing(cells))).latest


# One card


@pytest.mark.parametrize(
    ("key", "chosen", "score", "status", "column", "row"),
    [
        # The key gets 1, its neighbours ½, the diagonal 0.
        ("IW", "IW", 1, "right", (1, 1), (1, 1)),
        ("IW", "CW", HALF, "column", (0, 1), (1, 1)),
        ("IW", "IJ", HALF, "row", (1, 1), (0, 1)),
        ("IW", "CJ", 0, "both", (0, 1), (0, 1)),
        ("CW", "CW", 1, "right", (1, 1), (1, 1)),
        ("CW", "IW", HALF, "column", (0, 1), (1, 1)),
        ("CW", "CJ", HALF, "row", (1, 1), (0, 1)),
        ("CW", "IJ", 0, "both", (0, 1), (0, 1)),
        ("IJ", "IJ", 1, "right", (1, 1), (1, 1)),
        ("IJ", "CJ", HALF, "column", (0, 1), (1, 1)),
        ("IJ", "IW", HALF, "row", (1, 1), (0, 1)),
        ("IJ", "CW", 0, "both", (0, 1), (0, 1)),
        ("CJ", "CJ", 1, "right", (1, 1), (1, 1)),
        ("CJ", "IJ", HALF, "column", (0, 1), (1, 1)),
        ("CJ", "CW", HALF, "row", (1, 1), (0, 1)),
        ("CJ", "IW", 0, "both", (0, 1), (0, 1)),
        # With an alt in the same row the column is doubtful: it earns its half either way, and
        # no bar counts it. The other two cells are off by the row alone.
        ("IW/CW", "IW", 1, "right", (0, 0), (1, 1)),
        ("IW/CW", "CW", 1, "defensible", (0, 0), (1, 1)),
        ("IW/CW", "IJ", HALF, "row", (0, 0), (0, 1)),
        ("IW/CW", "CJ", HALF, "row", (0, 0), (0, 1)),
        ("CJ/IJ", "CJ", 1, "right", (0, 0), (1, 1)),
        ("CJ/IJ", "IJ", 1, "defensible", (0, 0), (1, 1)),
        ("CJ/IJ", "IW", HALF, "row", (0, 0), (0, 1)),
        ("CJ/IJ", "CW", HALF, "row", (0, 0), (0, 1)),
        # With an alt in the same column the row is doubtful.
        ("CW/CJ", "CW", 1, "right", (1, 1), (0, 0)),
        ("CW/CJ", "CJ", 1, "defensible", (1, 1), (0, 0)),
        ("CW/CJ", "IW", HALF, "column", (0, 1), (0, 0)),
        ("CW/CJ", "IJ", HALF, "column", (0, 1), (0, 0)),
        ("IJ/IW", "IJ", 1, "right", (1, 1), (0, 0)),
        ("IJ/IW", "IW", 1, "defensible", (1, 1), (0, 0)),
        ("IJ/IW", "CW", HALF, "column", (0, 1), (0, 0)),
        ("IJ/IW", "CJ", HALF, "column", (0, 1), (0, 0)),
        # A card without a place earns nothing, on a doubtful axis either.
        ("IW", None, 0, "open", (0, 1), (0, 1)),
        ("IW/CW", None, 0, "open", (0, 0), (0, 1)),
    ],
)
def test_one_card(
    key: str,
    chosen: str | None,
    score: Fraction,
    status: str,
    column: tuple[int, int],
    row: tuple[int, int],
) -> None:
    judged = check([key], [chosen])
    assert (judged.score, judged.max) == (score, 1)
    assert judged.items == {"c0": status}
    assert (judged.parts["column"], judged.parts["row"]) == (column, row)


@pytest.mark.parametrize(
    ("keys", "average"),
    [
        (["IW"], HALF),
        (["CJ"], HALF),
        (["IW/CW"], Fraction(3, 4)),
        (["CW/CJ"], Fraction(3, 4)),
        # A set of 12 with three such cards: 56 %.
        (["IW/CW"] * 3 + ["CJ"] * 9, (9 * HALF + 3 * Fraction(3, 4))),
    ],
)
def test_what_guessing_earns(keys: list[str], average: Fraction) -> None:
    scores = [check(keys, [cell] * len(keys)).score for cell in CELLS]
    assert sum(scores) / 4 == average


# A set


def test_bars_count_sure_axes_only() -> None:
    judged = check(["IW", "CW/IW", "IJ/IW", "CJ", "CJ"], ["IW", "IW", "IJ", "IJ", "CW"])
    assert judged.score == 1 + 1 + 1 + HALF + HALF
    assert judged.parts["column"] == (3, 4)  # not c1
    assert judged.parts["row"] == (3, 4)  # not c2


@pytest.mark.parametrize(
    ("signs", "right"),
    [({}, 0), ({"c0": "gain"}, 1), ({"c0": "gain", "c1": "loss"}, 2), ({"c0": "loss"}, 0)],
)
def test_signs_are_told_and_earn_nothing(signs: dict[str, str], right: int) -> None:
    activity = game(["IW", "CJ"])
    activity.key["cards"]["c1"]["sign"] = "loss"
    board = placing(["IW", "CJ"]) | {"signs": signs}
    judged = grade(activity, response(activity, {}, board)).latest
    assert judged.parts["sign"] == (right, 2)
    assert judged.score == 2
    assert set(judged.items.values()) == {"right"}


def off(keys: list[str], columns: int, rows: int) -> list[str]:
    """Choose all keys, but the last columns and, from the front, rows wrongly."""
    column, row = {"I": "C", "C": "I"}, {"W": "J", "J": "W"}
    cells = [key[:2] for key in keys]
    for n in range(columns):
        cells[-1 - n] = column[cells[-1 - n][0]] + cells[-1 - n][1]
    for n in range(rows):
        cells[n] = cells[n][0] + row[cells[n][1]]
    return cells


TWENTY = list(CELLS) * 5
# Four of the twenty, at the front, with a doubtful column.
DOUBTFUL = ["IW/CW", "CW/IW", "IJ/CJ", "CJ/IJ", *TWENTY[4:]]


@pytest.mark.parametrize(
    ("keys", "columns", "rows", "score", "mastery"),
    [
        (TWENTY, 0, 0, 20, True),
        (TWENTY, 5, 3, 16, True),  # 80 % of the points and 75 % of the columns, both at the edge
        (TWENTY, 3, 5, 16, True),
        (TWENTY, 4, 4, 16, True),
        (TWENTY, 5, 4, Fraction(31, 2), False),  # 77.5 % of the points
        (TWENTY, 4, 5, Fraction(31, 2), False),
        (TWENTY, 6, 0, 17, False),  # 85 % of the points, but 70 % of the columns
        (TWENTY, 0, 6, 17, False),
        (DOUBTFUL, 4, 0, 18, True),  # 12 of 16 sure columns
        (DOUBTFUL, 5, 0, Fraction(35, 2), False),  # 11 of 16
        (DOUBTFUL, 4, 4, 16, True),
        (DOUBTFUL, 3, 5, 16, True),
        (list(CELLS) * 3, 3, 1, 10, True),  # 83 %, the least that passes a set of 12
        (list(CELLS) * 3, 3, 2, Fraction(19, 2), False),  # 79 %
    ],
)
def test_mastery_at_its_edges(
    keys: list[str], columns: int, rows: int, score: Fraction, mastery: bool
) -> None:
    activity = game(keys)
    result = grade(activity, response(activity, {}, placing(off(keys, columns, rows))))
    assert result.score == score
    assert result.mastery is mastery


# Checks, sets and how they count

RIGHT, WRONG = placing(["IW", "CW", "IJ", "CJ"]), placing(["CJ", "IJ", "CW", "IW"])
SETS = [["c0", "c1", "c2", "c3"], ["c4", "c5", "c6", "c7"]]
OTHER_RIGHT, OTHER_WRONG = (placing(board["placed"].values(), 4) for board in (RIGHT, WRONG))


@pytest.fixture
def two_sets() -> SimpleNamespace:
    return game(list(CELLS) * 2, SETS)


def earlier(number: int, *made: Json) -> Json:
    return {"set": SETS[number], "checks": checks(*made), "explained": 0}


@pytest.mark.parametrize(
    ("made", "before", "first", "latest", "mastery"),
    [
        ([], [], None, None, False),
        ([RIGHT], [], 4, 4, True),
        ([WRONG], [], 0, 0, False),
        # The first check counts, the latest is shown.
        ([WRONG, RIGHT], [], 0, 4, False),
        ([RIGHT, WRONG], [], 4, 0, True),
        ([WRONG, placing(["IW"]), RIGHT], [], 0, 4, False),
        # A fresh set gives a new first check.
        ([RIGHT], [earlier(1, OTHER_WRONG)], 4, 4, True),
        ([WRONG], [earlier(1, OTHER_RIGHT)], 0, 0, True),
        ([], [earlier(1, OTHER_RIGHT, OTHER_WRONG)], None, None, True),
        ([], [earlier(1, OTHER_WRONG, OTHER_RIGHT)], None, None, False),
        # A set that is drawn again had its first check before.
        ([RIGHT], [earlier(0, WRONG)], 0, 4, False),
        ([WRONG], [earlier(0, RIGHT)], 4, 0, True),
        ([RIGHT], [earlier(0, WRONG), earlier(1, OTHER_WRONG)], 0, 4, False),
        ([RIGHT], [earlier(0, WRONG), earlier(0, RIGHT)], 0, 4, False),
        ([], [earlier(0, WRONG)], 0, None, False),
        # A set that was looked at without a check can still be mastered.
        ([RIGHT], [earlier(0)], 4, 4, True),
        ([RIGHT], [earlier(0), earlier(0, WRONG)], 0, 4, False),
    ],
)
def test_which_check_counts(
    two_sets: SimpleNamespace,
    made: list[Json],
    before: list[Json],
    first: int | None,
    latest: int | None,
    mastery: bool,
) -> None:
    result = grade(two_sets, response(two_sets, {}, *made, earlier=before))
    assert (result.first and result.first.score) == first
    assert (result.latest and result.latest.score) == latest
    assert result.mastery is mastery
    assert result.score == (latest or 0)
    assert result.max == 4


def test_the_board_is_graded_apart_from_the_checks(two_sets: SimpleNamespace) -> None:
    result = grade(two_sets, response(two_sets, placing(["IW", "CJ"]), WRONG))
    assert (result.board.score, result.latest.score, result.score) == (1 + HALF, 0, 0)
    assert (result.answered, result.total, result.complete) == (2, 4, False)
    assert grade(two_sets, response(two_sets, RIGHT)).complete


def test_the_second_set_is_graded_by_its_own_cards(two_sets: SimpleNamespace) -> None:
    result = grade(two_sets, response(two_sets, OTHER_RIGHT, OTHER_RIGHT, set=SETS[1]))
    assert result.latest.items == dict.fromkeys(SETS[1], "right")


@pytest.mark.parametrize("nothing", [None, {}])
def test_nothing_yet(two_sets: SimpleNamespace, nothing: Any) -> None:
    result = grade(two_sets, nothing)
    assert result.to_json() == {
        "status": "empty",
        "answered": 0,
        "total": 4,
        "problem": None,
        "board": None,
        "first": None,
        "latest": None,
        "mastery": None,
    }
    assert (result.score, result.max, result.complete) == (0, 0, False)


def test_an_opened_activity_is_not_wrong_yet(two_sets: SimpleNamespace) -> None:
    result = grade(two_sets, rule.blank(two_sets.public))
    assert (result.status, result.answered, result.latest) == ("graded", 0, None)
    assert set(result.board.items.values()) == {"open"}


def test_without_the_key_only_completeness_is_told(two_sets: SimpleNamespace) -> None:
    two_sets.key = None
    result = grade(two_sets, response(two_sets, RIGHT, RIGHT))
    assert (result.status, result.answered, result.complete) == ("ungraded", 4, True)
    assert (result.board, result.first, result.latest, result.mastery) == (None, None, None, None)
    assert result.score == 0
    assert grade(two_sets, {"placed": 1}).status == "malformed"


def test_the_result_is_plain_and_exact() -> None:
    activity = game(["IW", "CJ"])
    board = placing(["CW", "CJ"])
    judged = {
        "score": [3, 2],
        "max": [2, 1],
        "parts": {"column": [1, 2], "row": [2, 2], "sign": [0, 2]},
        "items": {"c0": "column", "c1": "right"},
    }
    assert grade(activity, response(activity, board, board)).to_json() == {
        "status": "graded",
        "answered": 2,
        "total": 2,
        "problem": None,
        "board": judged,
        "first": judged,
        "latest": judged,
        "mastery": False,
    }


def test_grading_changes_nothing(two_sets: SimpleNamespace) -> None:
    given_response = response(two_sets, RIGHT, WRONG, earlier=[earlier(1, OTHER_RIGHT)])
    before = deepcopy((two_sets, given_response))
    grade(two_sets, given_response)
    rule.fit(two_sets.public, given_response)
    assert (two_sets, given_response) == before
    rule.blank(two_sets.public)["set"].append("c9")
    assert two_sets.public["sets"] == SETS


# What is not of the form

GOOD = response(game(list(CELLS) * 2, SETS), RIGHT, WRONG, earlier=[earlier(1, OTHER_WRONG)])
GONE = object()

MALFORMED = [
    ((), [], "not-an-object", ""),
    ((), "placed", "not-an-object", ""),
    ((), 0, "not-an-object", ""),
    ((), False, "not-an-object", ""),
    ((), {"placed": {}}, "missing-field", "set"),
    (("set",), GONE, "missing-field", "set"),
    (("tries",), GONE, "missing-field", "tries"),
    (("extra",), 1, "unknown-field", ""),
    (("set",), "c0", "not-a-list", "set"),
    (("set",), [], "not-a-set", "set"),
    (("set",), SETS[0][::-1], "not-a-set", "set"),
    (("set",), SETS[0][:3], "not-a-set", "set"),
    (("set",), ["c0", "c1", "c2", ["c3"]], "not-a-set", "set"),
    (("placed",), [], "not-an-object", "placed"),
    (("placed",), None, "not-an-object", "placed"),
    (("placed", "c9"), "IW", "unknown-card", "placed"),
    (("placed", "c4"), "IW", "unknown-card", "placed"),  # of the other set
    (("placed", ""), "IW", "unknown-card", "placed"),
    (("placed", "c0"), "XX", "unknown-cell", "placed"),
    (("placed", "c0"), "iw", "unknown-cell", "placed"),
    (("placed", "c0"), None, "unknown-cell", "placed"),
    (("placed", "c0"), ["IW"], "unknown-cell", "placed"),
    (("placed", "c0"), {"IW": 1}, "unknown-cell", "placed"),
    (("placed", "c0"), 0, "unknown-cell", "placed"),
    (("signs",), [], "not-an-object", "signs"),
    (("signs", "c9"), "gain", "unknown-card", "signs"),
    (("signs", "c0"), "+", "unknown-sign", "signs"),
    (("signs", "c0"), True, "unknown-sign", "signs"),
    (("checks",), {}, "not-a-list", "checks"),
    (("checks",), [1], "not-an-object", "checks[0]"),
    (("checks",), [{"n": 1, **RIGHT}] * 501, "too-many", "checks"),
    (("checks", 0, "n"), GONE, "missing-field", "checks[0].n"),
    (("checks", 0, "score"), 4, "unknown-field", "checks[0]"),
    (("checks", 0, "n"), 0, "not-a-number", "checks[0].n"),
    (("checks", 0, "n"), 2, "not-a-number", "checks[0].n"),  # the first check was taken out
    (("checks", 0, "n"), True, "not-a-number", "checks[0].n"),
    (("checks", 0, "n"), "1", "not-a-number", "checks[0].n"),
    (("checks", 0, "n"), 1.5, "not-a-number", "checks[0].n"),
    (("checks", 0, "n"), float("nan"), "not-a-number", "checks[0].n"),
    (("checks", 0, "n"), float("inf"), "not-a-number", "checks[0].n"),
    (("checks", 0, "n"), 10**400, "not-a-number", "checks[0].n"),
    (("checks", 0, "placed", "c4"), "IW", "unknown-card", "checks[0].placed"),
    (("checks", 0, "placed", "c0"), "XX", "unknown-cell", "checks[0].placed"),
    (("checks", 0, "signs", "c0"), "XX", "unknown-sign", "checks[0].signs"),
    (("explained",), 2, "not-a-number", "explained"),
    (("explained",), -1, "not-a-number", "explained"),
    (("explained",), None, "not-a-number", "explained"),
    (("tries",), 2, "not-a-number", "tries"),
    (("tries",), False, "not-a-number", "tries"),
    (("earlier",), None, "not-a-list", "earlier"),
    (("earlier",), [earlier(1)] * 101, "too-many", "earlier"),
    (("earlier", 0), "x", "not-an-object", "earlier[0]"),
    (("earlier", 0, "placed"), {}, "unknown-field", "earlier[0]"),
    (("earlier", 0, "set"), ["c0"], "not-a-set", "earlier[0].set"),
    (("earlier", 0, "checks"), 1, "not-a-list", "earlier[0].checks"),
    (("earlier", 0, "checks", 0, "placed", "c0"), "IW", "unknown-card", None),
    (("earlier", 0, "explained"), 9, "not-a-number", "earlier[0].explained"),
]


def put(path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    changed = deepcopy(GOOD)
    place = changed
    for step in path[:-1]:
        place = place[step]
    if value is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "code", "at"),
    MALFORMED,
    ids=range(len(MALFORMED)),
)
def test_malformed(
    two_sets: SimpleNamespace, path: tuple[str | int, ...], value: Any, code: str, at: str | None
) -> None:
    assert grade(two_sets, GOOD).status == "graded"
    result = grade(two_sets, put(path, value))
    at = "earlier[0].checks[0].placed" if at is None else at
    assert (result.status, result.problem) == ("malformed", {"code": code, "at": at})
    assert (result.score, result.max, result.complete) == (0, 0, False)
    assert (result.board, result.first, result.latest, result.mastery) == (None, None, None, None)


def test_every_reason_of_the_matrix_is_among_these() -> None:
    assert {row[2] for row in MALFORMED} <= set(words()["malformed"])
    vectors = Path(__file__).parents[1] / "vectors" / "matrix" / "grade.json"
    results = [case["result"] for case in json.loads(vectors.read_text(encoding="utf-8"))]
    codes = {result["problem"]["code"] for result in results if result["problem"]}
    assert {row[2] for row in MALFORMED} == codes


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("checks", 0, "n"), 1.0),  # in JSON the same number as 1
        (("tries",), 1.0),
        (("explained",), -0.0),
        (("checks",), [{"n": 1, **RIGHT}] * 500),
        (("checks",), [{"n": 1, **RIGHT}, {"n": 1, **RIGHT}]),  # after starting over
        (("earlier",), [earlier(1)] * 100),
        (("placed",), {}),
    ],
    ids=range(7),
)
def test_well_formed(two_sets: SimpleNamespace, path: tuple[str | int, ...], value: Any) -> None:
    assert grade(two_sets, put(path, value)).status == "graded"


# Any response

NAMES = [*GOOD, "n", "c0", "c1", "c4", "__proto__", ""]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([*CELLS, "gain", "loss", "c0", "c4"])
    | st.text(max_size=4)
    | st.sampled_from([*SETS, RIGHT, OTHER_RIGHT, checks(RIGHT), earlier(0)]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=7)
    ),
    max_leaves=8,
)


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """Take a good response and put something else somewhere in it."""
    whole = deepcopy(GOOD)
    place: Any = whole
    for _ in range(draw(st.integers(0, 4))):
        inner = place.values() if isinstance(place, dict) else place
        choices = [child for child in inner if isinstance(child, (dict, list)) and child]
        if not choices:
            break
        place = draw(st.sampled_from(choices))
    if isinstance(place, dict):
        place[draw(st.sampled_from([*place, *NAMES]))] = draw(VALUES)
    else:
        place[draw(st.integers(0, len(place) - 1))] = draw(VALUES)
    return whole


@st.composite
def boards(draw: st.DrawFn, number: int) -> Json:
    cards = st.sampled_from(SETS[number])
    return {
        "placed": draw(st.dictionaries(cards, st.sampled_from(CELLS))),
        "signs": draw(st.dictionaries(cards, st.sampled_from(["gain", "loss"]))),
    }


@st.composite
def responses(draw: st.DrawFn) -> Json:
    number = draw(st.integers(0, 1))
    made = draw(st.lists(boards(number), max_size=3))
    before = [
        {"set": SETS[n], "checks": checks(*draw(st.lists(boards(n), max_size=2))), "explained": 0}
        for n in draw(st.lists(st.integers(0, 1), max_size=2))
    ]
    return {
        "set": SETS[number],
        **draw(boards(number)),
        "checks": checks(*made),
        "explained": draw(st.integers(0, len(made))),
        "tries": draw(st.integers(0, len(made))),
        "earlier": before,
    }


KEYS = st.lists(
    st.sampled_from([*CELLS, "IW/CW", "CW/CJ", "IJ/CJ", "CJ/CW"]), min_size=8, max_size=8
)


@settings(max_examples=300)
@given(KEYS, VALUES | damaged() | responses())
def test_no_response_is_too_odd(keys: list[str], answer: Any) -> None:
    result = grade(game(keys, SETS), answer)
    assert result.status in ("empty", "malformed", "graded")
    assert 0 <= result.score <= result.max <= 4
    assert 0 <= result.answered <= result.total <= 4
    if result.status == "malformed":
        assert (result.score, result.max, result.answered, result.mastery) == (0, 0, 0, None)
        assert result.problem["code"] in words()["malformed"]


@settings(max_examples=150)
@given(KEYS, responses())
def test_scores_follow_from_the_parts(keys: list[str], answer: Json) -> None:
    activity = game(keys, SETS)
    result = grade(activity, answer)
    assert result.status == "graded"
    for judged in filter(None, (result.board, result.first, result.latest)):
        worth = {"right": 1, "defensible": 1, "column": HALF, "row": HALF, "open": 0, "both": 0}
        points = sum(worth[status] for status in judged.items.values())
        assert judged.score == points
        alts = sum("alt" in activity.key["cards"][name] for name in answer["set"])
        assert judged.parts["column"][1] + judged.parts["row"][1] == 2 * 4 - alts
    assert (
        result.latest is None
        or result.latest
        == grade(activity, answer | {k: answer["checks"][-1][k] for k in ("placed", "signs")}).board
    )


# Stored answers to an activity that has changed


@settings(max_examples=200)
@given(VALUES | damaged() | responses())
def test_whatever_was_stored_fits_again(stored: Any) -> None:
    public = game(list(CELLS) * 2, SETS).public
    fitted = rule.fit(public, stored)
    rule.validate(public, fitted)
    assert rule.fit(public, fitted) == fitted


@settings(max_examples=50)
@given(responses())
def test_what_fits_is_kept_whole(stored: Json) -> None:
    assert rule.fit(game(list(CELLS) * 2, SETS).public, stored) == stored


@pytest.mark.parametrize(
    ("sets", "kept_set", "placed", "made", "before"),
    [
        # Nothing has changed.
        (SETS, SETS[0], ["c0", "c1", "c2", "c3"], 1, 1),
        # A card went: the others stay where they are, but no check is left of its set.
        ([["c0", "c1", "c2"], SETS[1]], ["c0", "c1", "c2"], ["c0", "c1", "c2"], 0, 1),
        # The order of the sets changed: the learner's own is found.
        (SETS[::-1], SETS[0], ["c0", "c1", "c2", "c3"], 1, 1),
        # Other sets were drawn: the one with most of the learner's cards is taken.
        ([["c4", "c5"], ["c3", "c0"]], ["c3", "c0"], ["c0", "c3"], 0, 0),
        # Nothing is left.
        ([["d0", "d1"]], ["d0", "d1"], [], 0, 0),
    ],
    ids=["same", "card-gone", "order", "redrawn", "all-new"],
)
def test_fitting(
    sets: list[list[str]], kept_set: list[str], placed: list[str], made: int, before: int
) -> None:
    # An older version also stored a field that is gone since, so nothing is taken as it is.
    fitted = rule.fit({"sets": sets}, GOOD | {"older": 1})
    assert fitted["set"] == kept_set
    assert sorted(fitted["placed"]) == placed
    assert all(fitted["placed"][name] == RIGHT["placed"][name] for name in placed)
    assert (len(fitted["checks"]), len(fitted["earlier"])) == (made, before)


def test_checks_never_move_to_another_set(two_sets: SimpleNamespace) -> None:
    # The board holds cards of the second set, the checks were made on the first.
    fitted = rule.fit(two_sets.public, response(two_sets, OTHER_RIGHT, RIGHT))
    assert (fitted["set"], fitted["placed"]) == (SETS[1], OTHER_RIGHT["placed"])
    assert fitted["checks"] == []


def test_a_first_check_cannot_be_shed_by_storing_it_badly(two_sets: SimpleNamespace) -> None:
    stored = response(two_sets, RIGHT, RIGHT, earlier=[earlier(0, WRONG), "torn"])
    assert not grade(two_sets, rule.fit(two_sets.public, stored)).mastery
