"""What authors write for a triangle builder and for an alignment, and what each mistake says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import pvwidgets as pv
from pvwidgets import model, page
from pvwidgets.kinds import part, records
from pvwidgets.kinds.forms import bare
from pvwidgets.kinds.triangle.table import FIELDS
from pvwidgets.words import words
from tests.records import KINDS, VECTORS, cases, loaded, record_of

HEAD = {"id": "small", "version": 1, "title": "Small", "prompt": "Fill in."}
CARD = {"id": "one", "text": "One.", "record": {"evidence": ["law"]}, "feedback": "It holds."}
SLOT = {
    "id": "why",
    "title": "Why",
    "ask": "Why?",
    "cards": [CARD, {**CARD, "id": "two", "feedback": "It is a trap.", "trap": True}],
}


def save(folder: Path, **fields: Any) -> Path:
    path = folder / "small.yml"
    path.write_text(json.dumps({**HEAD, **fields}), encoding="utf-8")
    return path


def problems(path: Path) -> str:
    with pytest.raises(pv.ActivityError) as caught:
        pv.load(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mode": "start"}, 'a "start" activity needs the record that it starts from'),
        ({"mode": "guided"}, 'a "guided" activity needs cards to choose from'),
        ({"mode": "open", "record": {"evidence": ["law"]}}, 'an "open" activity starts empty'),
        ({"mode": "open", "slots": [SLOT]}, 'cards are for a "guided" activity'),
        ({"mode": "guided", "slots": [SLOT, SLOT]}, 'the id "why" is used twice'),
        ({"mode": "guided", "slots": [SLOT, {**SLOT, "id": "b"}]}, 'the id "one" is used twice'),
        ({"mode": "start", "record": {"evidence": ["rumour"]}}, "rumour"),
        ({"mode": "start", "record": {"outcome": []}}, 'Did you mean "outcomes"?'),
        ({"mode": "start", "record": {"outcomes": [{}] * 7}}, "6"),
        (
            {"mode": "start", "record": {"needs": [{"giver": "the mayor"}]}},
            'record.needs[0].giver: found "the mayor", which no `name` of `authorizers` has',
        ),
        (
            {"mode": "guided", "slots": [{**SLOT, "cards": [{**CARD, "trap": "yes"}, CARD]}]},
            "expected true or false",
        ),
    ],
)
def test_an_authors_mistake_is_said(tmp_path: Path, fields: dict[str, Any], said: str) -> None:
    assert said in problems(save(tmp_path, kind="triangle", **fields))


def test_a_name_that_stands_nowhere_is_said_for_an_alignment_too(tmp_path: Path) -> None:
    record = {"partners": [{"name": "library"}], "capacities": [{"name": "room", "holder": "x"}]}
    said = problems(save(tmp_path, kind="alignment", record=record))
    assert 'record.capacities[0].holder: found "x", which no `name` of `partners` has' in said


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_loads(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "small.yml"
    head = f"id: small\nkind: {kind}\nversion: 1\ntitle: Small"
    path.write_text(head + part(kind, "author").TEMPLATE, encoding="utf-8")
    activity = pv.load(path)
    assert pv.grade(activity, records.blank(activity.public)).status == "graded"


@pytest.mark.parametrize("kind", KINDS)
def test_each_condition_decides_in_some_case(kind: str) -> None:
    activity = loaded(kind)
    wanted = {
        (rule["id"], level, i)
        for rule in activity.public["rules"]
        for level in ("unmet", "doubt")
        for i in range(len(rule[level]))
    }
    for case in cases(kind):
        read = records.whole(activity.public, record_of(activity, case))
        for rule in activity.public["rules"]:
            for level in ("unmet", "doubt"):
                held = [i for i, c in enumerate(rule[level]) if records.holds(c["if"], read)
                        is not None]  # fmt: skip
                shown = held if rule.get("each") else held[:1]
                wanted -= {(rule["id"], level, i) for i in shown}
                if held:
                    break
    assert sorted(wanted) == []


def test_a_guided_record_is_put_together_from_its_cards(tmp_path: Path) -> None:
    cards = [
        {**CARD, "id": "law", "record": {"evidence": ["law"], "powers_needed": ["search"]}},
        {**CARD, "id": "vote", "record": {"evidence": ["vote"], "powers_needed": ["fine"]}},
    ]
    record = {"evidence": ["impression"], "money_needed": "5"}
    path = save(tmp_path, kind="triangle", mode="guided", record=record,
                slots=[{**SLOT, "cards": cards}])  # fmt: skip
    public = pv.load(path).public
    read = records.whole(public, {"why": ["vote", "law"]})
    assert read["evidence"] == ["impression", "vote", "law"]
    assert read["powers_needed"] == ["fine", "search"]
    assert read["money_needed"] == "5"
    assert read["outcomes"] == []
    assert public["given"] == {"evidence": ["impression"], "money_needed": "5"}
    assert records.whole(public, {})["evidence"] == ["impression"]


GUIDED = sorted(
    path.stem
    for path in model.FOLDER.glob("*.yml")
    if pv.load(path).kind == "triangle" and "cards" in pv.load(path).public
)


@pytest.mark.parametrize("name", GUIDED)
def test_of_the_cards_only_the_traps_put_lamps_out(name: str) -> None:
    activity = pv.load(name)
    traps = {card for card, told in (activity.key or {})["cards"].items() if told["trap"]}
    asked = {
        field["id"]: (field["type"], [option["id"] for option in field["options"]])
        for group in activity.public["groups"]
        for field in group["fields"]
    }

    def lamps(slot: str = "", *more: str) -> dict[str, str]:
        """Return the lamps with all cards but traps; in one slot with others instead."""
        record: dict[str, Any] = {}
        for one, (kind, cards) in asked.items():
            chosen = [*more] if one == slot else [card for card in cards if card not in traps]
            record[one] = chosen[0] if kind == "one" else chosen
        latest = pv.grade(activity, {"record": record}).latest
        assert latest is not None
        return latest.items

    assert set(lamps().values()) == {"met"}
    for slot, (_, cards) in asked.items():
        assert 0 < len(traps.intersection(cards)) < len(cards)
        for trap in traps.intersection(cards):
            assert set(lamps(slot, trap).values()) != {"met"}, trap


def test_an_alignment_has_a_figure_for_as_many_partners_as_it_may_have() -> None:
    public = loaded("alignment").public
    partners = next(one for one in records.fields_of(public) if one["id"] == "partners")
    assert partners["most"] == 4
    assert [str(one).count("pv-turn") for one in public["figures"]] == [0, 1, 2, 3, 4]
    _, _, *shapes = public["figures"][4]
    turns = {shape[1]["transform"] for shape in shapes if shape[0] == "g"}
    assert turns == {f"rotate({turn} 150 125)" for turn in (0, 90, 180, 270)}
    assert all(words()["records"]["problem"] in str(one) for one in public["figures"])
    # One line for each number of rules that are met.
    turning, aligned = (words()["records"][name] for name in ("turning", "aligned"))
    assert public["turns"][5:] == [turning.format(n=5, of=6), aligned.format(n=6, of=6)]


def test_what_no_form_draws_has_no_words() -> None:
    assert all("label" not in field for field in bare(FIELDS))


def test_without_the_key_no_points_are_given() -> None:
    activity = loaded("triangle")
    result = pv.grade(activity.without_key(), records.blank(activity.public))
    assert (result.status, result.answered, result.total) == ("ungraded", 12, 12)
    assert result.latest is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_worksheet_has_the_form_the_rules_and_the_lamps(kind: str) -> None:
    activity = loaded(kind)
    text = page.text(activity)
    for group in activity.public["groups"]:
        assert group["title"] in text
    for rule in activity.public["rules"]:
        assert f"Rule {rule['id']}, {rule['title']}." in text
    assert text.count("[ ] in doubt") == 6
    assert max(map(len, text.splitlines())) < 80
    told = page.section(activity)
    assert "<details>" in told
    assert "<details>" not in page.section(activity.without_key())
    assert page.latex(activity).count("$\\Box$] in doubt") == 6


def test_the_vectors_start_from_the_halverton_record() -> None:
    ours = pv.load("triangle-halverton").public["start"]
    assert pv.load(VECTORS / "triangle" / "activity.yml").public["start"] == ours
