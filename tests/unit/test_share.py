"""Sharing a service: the model, the rules that a file must keep, and what is made of it."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pvwidgets as pv
from pvwidgets import page
from pvwidgets.kinds.share import author, model
from tests.unit.samples import save

GOOD: dict[str, Any] = {
    "id": "sample",
    "kind": "share",
    "version": 1,
    "title": "A sample",
    "prompt": "Share.",
    "unit": "hours",
    "portion": 2,
    "outcome": "pupils in 100",
    "groups": [
        {"id": "hill", "name": "Hill", "people": 3, "start": 2, "base": 50, "gains": [9, 5, 2]},
        {"id": "dock", "name": "Dock", "start": 2, "base": 10, "gains": [4, 4, 4, 3]},
    ],
    "rules": [
        {"id": "high", "type": "mean", "text": "Best mean.", "feedback": "Most for most."},
        {"id": "low", "type": "worst", "text": "Best worst-off.", "feedback": "First the last."},
        {"id": "same", "type": "equal", "text": "The same.", "feedback": "Simple."},
        {"id": "spare", "type": "loss", "most": 5, "text": "Lose 5.", "feedback": "No shock."},
    ],
    "questions": [
        {
            "id": "who-pays",
            "text": "Who *pays*?",
            "options": [
                {"id": "a", "text": "Dock", "credit": "full", "feedback": "It falls."},
                {"id": "b", "text": "Nobody", "feedback": "Somebody does."},
            ],
        }
    ],
}


@pytest.fixture
def data() -> dict[str, Any]:
    return deepcopy(GOOD)


def problems(folder: Path, data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(pv.ActivityError) as caught:
        pv.load(save(folder, data))
    return [(one.field, one.message) for one in caught.value.problems]


@st.composite
def some_groups(draw: st.DrawFn) -> list[model.Group]:
    made = []
    for n in range(draw(st.integers(2, 3))):
        gains = sorted(draw(st.lists(st.integers(0, 9), min_size=1, max_size=4)), reverse=True)
        base = draw(st.integers(0, 20))
        reached = tuple(base + sum(gains[:i]) for i in range(len(gains) + 1))
        people = draw(st.integers(1, 5))
        start = draw(st.integers(0, len(gains)))
        made.append(model.Group(f"g{n}", people, reached, start))
    return made


def divisions(groups: list[model.Group]) -> list[list[int]]:
    total = sum(group.start for group in groups)
    every = product(*(range(len(group.outcomes)) for group in groups))
    return [list(one) for one in every if sum(one) == total]


@given(some_groups(), st.integers(0, 6))
def test_what_a_rule_chooses_is_the_best_of_all_divisions(
    groups: list[model.Group], most: int
) -> None:
    every = divisions(groups)

    def mean(one: list[int]) -> Fraction:
        return model.mean(groups, one)

    assert mean(model.choose("mean", groups)) == max(map(mean, every))

    level = max(model.worst(groups, one) for one in every)
    low = model.choose("worst", groups)
    assert model.worst(groups, low) == level
    assert mean(low) == max(mean(one) for one in every if model.worst(groups, one) == level)

    spared = [one for one in every if model.loss(groups, one) <= most]
    assert mean(model.choose("loss", groups, most)) == max(map(mean, spared))

    equal = model.choose("equal", groups)
    assert equal in every
    caps = [len(group.outcomes) - 1 for group in groups]
    assert all(a == cap or a >= b - 1 for a, cap in zip(equal, caps, strict=True) for b in equal)


@given(some_groups(), st.integers(0, 6))
def test_a_division_keeps_a_rule_exactly_where_it_should(
    groups: list[model.Group], most: int
) -> None:
    every = divisions(groups)
    level = max(model.worst(groups, one) for one in every)
    high = max(model.mean(groups, one) for one in every)
    for one in every:
        assert model.keeps("mean", groups, one) == (model.mean(groups, one) == high)
        assert model.keeps("worst", groups, one) == (model.worst(groups, one) == level)
        assert model.keeps("loss", groups, one, most) == (model.loss(groups, one) <= most)
    for rule in model.RULES:
        assert model.keeps(rule, groups, model.choose(rule, groups, most), most)


def test_not_everything_given_out_keeps_no_rule() -> None:
    groups = [model.Group("a", 1, (1, 2, 3), 1), model.Group("b", 1, (1, 2, 3), 1)]
    assert not any(model.keeps(rule, groups, [1, 0]) for rule in model.RULES)
    assert model.keeps("equal", groups, [1, 1])
    assert not model.keeps("equal", groups, [2, 0])


def test_what_cannot_be_split_evenly_goes_to_the_worst_off() -> None:
    groups = [model.Group("a", 1, (5, 6, 7), 2), model.Group("b", 1, (1, 2, 3), 1)]
    assert model.choose("equal", groups) == [1, 2]
    # It may go to the others too, and the rule is kept.
    assert model.floor("equal", groups) == [1, 1]
    assert model.keeps("equal", groups, [2, 1])


def test_bad_calls_say_what_is_wrong() -> None:
    groups = [model.Group("a", 1, (1, 2), 1), model.Group("b", 1, (1, 2), 0)]
    with pytest.raises(ValueError, match="3 shares for 2 groups"):
        model.outcomes(groups, [1, 0, 0])
    with pytest.raises(ValueError, match="a: 2 is not from 0 to 1"):
        model.outcomes(groups, [2, 0])
    with pytest.raises(ValueError, match="b: -1 is not from 0 to 1"):
        model.outcomes(groups, [1, -1])
    with pytest.raises(ValueError, match='no rule "fair"'):
        model.choose("fair", groups)


def test_a_good_file(tmp_path: Path, data: dict[str, Any]) -> None:
    activity = pv.load(save(tmp_path, data))
    public = activity.public
    assert public["groups"][0] == {"name": "Hill", "people": 3, "outcomes": [50, 59, 64, 66]}
    assert public["groups"][1]["people"] == 1
    assert public["rules"] == {
        "high": {"best": [3, 1], "floor": [0, 0], "least": 3 * 66 + 14},
        "low": {"best": [0, 4], "floor": [0, 4], "least": 0},
        "same": {"best": [2, 2], "floor": [2, 2], "least": 0},
        "spare": {"best": [3, 1], "floor": [1, 1], "least": 0},
    }
    assert public["portion"] == 2
    del data["portion"]
    assert pv.load(save(tmp_path, data)).public["portion"] == 1
    assert activity.sets == [[".rule", "who-pays"]]
    assert "Somebody does" not in str(public)
    assert model.groups_of(public)[1] == model.Group("Dock", 1, (10, 14, 18, 22, 25), 2)


def test_the_activity_of_the_course_shows_what_a_mean_hides() -> None:
    public = pv.load("better-for-whom").public
    groups, start = model.groups_of(public), public["start"]
    best = model.choose("mean", groups)
    assert model.mean(groups, best) > model.mean(groups, start)
    assert model.worst(groups, best) < model.worst(groups, start)
    low = model.choose("worst", groups)
    assert model.worst(groups, low) > model.worst(groups, start)
    assert model.mean(groups, low) < model.mean(groups, start)
    # As its feedback says.
    assert model.outcomes(groups, best)[3] == 12
    assert model.outcomes(groups, start) == [70, 72, 65, 36]
    assert model.outcomes(groups, low) == [70, 63, 51, 46]
    assert model.outcomes(groups, [5, 5, 5, 5]) == [70, 75, 68, 30]
    means = [round(float(model.mean(groups, one)), 1) for one in (start, best)]
    assert means == [64.6, 66.9]


def test_a_portion_that_adds_more_than_the_one_before(tmp_path: Path, data: dict[str, Any]) -> None:
    data["groups"][0]["gains"] = [9, 5, 6]
    said = "found 6 after 5; expected no more than the portion before adds"
    assert problems(tmp_path, data) == [("groups[0].gains[2]", said)]


def test_a_portion_that_adds_nothing_known(tmp_path: Path, data: dict[str, Any]) -> None:
    data["groups"][0]["gains"] = [9, None, 2]
    ((field, _),) = problems(tmp_path, data)
    assert field == "groups[0].gains[1]"


def test_a_start_beyond_what_a_group_can_use(tmp_path: Path, data: dict[str, Any]) -> None:
    data["groups"][0]["start"] = 4
    said = "found 4, but the group can use 3 portions"
    assert problems(tmp_path, data) == [("groups[0].start", said)]


def test_most_is_for_losses_only(tmp_path: Path, data: dict[str, Any]) -> None:
    data["rules"][0]["most"] = 2
    del data["rules"][3]["most"]
    assert problems(tmp_path, data) == [
        ("rules[0].most", "is for rules of the type loss"),
        ("rules[3]", "a rule of the type loss needs `most`"),
    ]


@pytest.mark.parametrize(("credits", "found"), [(("full", "full"), 2), (("half", "none"), 0)])
def test_one_right_option(
    tmp_path: Path, data: dict[str, Any], credits: tuple[str, str], found: int
) -> None:
    for option, credit in zip(data["questions"][0]["options"], credits, strict=True):
        option["credit"] = credit
    said = f"expected one option with `credit: full`, found {found}"
    assert problems(tmp_path, data) == [("questions[0].options", said)]


def test_ids_used_twice(tmp_path: Path, data: dict[str, Any]) -> None:
    data["groups"][1]["id"] = "hill"
    data["rules"][1]["id"] = "high"
    data["questions"][0]["options"][1]["id"] = "a"
    assert {field for field, _ in problems(tmp_path, data)} == {
        "groups[1].id",
        "rules[1].id",
        "questions[0].options[1].id",
    }


@pytest.mark.parametrize(
    ("portion", "portions", "said"), [(1, 0, "0 hours"), (1, 1, "1 hour"), (2, 1, "2 hours")]
)
def test_one_has_a_word_of_its_own(
    tmp_path: Path, data: dict[str, Any], portion: int, portions: int, said: str
) -> None:
    data |= {"portion": portion, "unit_one": "hour"}
    assert model.amount(pv.load(save(tmp_path, data)).public, portions) == said
    del data["unit_one"]
    plain = f"{said.removesuffix('s')}s"
    assert model.amount(pv.load(save(tmp_path, data)).public, portions) == plain


def test_the_worksheet(tmp_path: Path, data: dict[str, Any]) -> None:
    activity = pv.load(save(tmp_path, data))
    text = page.text(activity)
    assert "people   3     1" in text
    assert "4 hours  64    18" in text
    assert "8 hours        25" in text
    assert "At the start: Hill: 4 hours, 64; Dock: 4 hours, 18." in text
    assert "[ ] Best mean." in text
    assert "Somebody does" not in text
    # The words of the kind stand behind it.
    html, _, _ = page.section(activity).partition("pv-words")
    assert "<strong>Each rule can be defended.</strong>" in html
    assert "<strong>Dock</strong></p><dl><dt>Dock</dt><dd><p>It falls.</p></dd>" in html
    assert "Hill: 6 hours, 66; Dock: 2 hours, 14." in html
    assert "Best mean." in page.latex(activity)


def test_the_template_is_a_good_file(tmp_path: Path) -> None:
    head = "id: sample\nkind: share\nversion: 1\ntitle: T\n"
    pv.load(save(tmp_path, head + author.TEMPLATE))
