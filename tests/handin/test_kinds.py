"""`pv.score` of every kind: the cases that bind the two graders, handed in as file and as code."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import pvwidgets as pv
from pvwidgets import answers, codes, handin
from pvwidgets.kinds import KINDS, part
from pvwidgets.otter import convert
from tests.handin.samples import EARLY
from tests.records import VECTORS, edited

SAID = handin.words()["handin"]
GRADED = [kind for kind in KINDS if kind != "writing"]
POINTS = 7


def activity(kind: str) -> Path:
    return VECTORS / kind / "activity.yml"


def cases(kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((VECTORS / kind / "grade.json").read_text("utf-8"))
    return found


def handed_in(kind: str, response: Any, path: Path | None = None, **more: Any) -> handin.Score:
    """The score of a response, which is the same from the file and from the code."""
    path = path or activity(kind)
    name = pv.load(path).id
    entry = {"kind": kind, "version": 1, "saved": EARLY, "response": response}
    answers.write(Path("answers.json"), {name: entry})
    from_file = pv.score(path, **more)
    Path("answers.json").unlink()
    pv.answer(name, codes.encode(name, entry), answers=None)
    from_code = pv.score(path, **more)
    handin.given.clear()
    if response:
        assert (repr(from_file), from_file.lines) == (repr(from_code), from_code.lines)
    assert from_file.items == from_code.items
    return from_code


@pytest.mark.parametrize("kind", KINDS)
def test_each_case_earns_what_the_graders_say(kind):
    seen = set()
    for case in cases(kind):
        result = case["result"]
        if not isinstance(case["response"] or {}, dict):
            continue  # no record and no code can hold it
        score = handed_in(kind, case["response"] or {}, points=POINTS)
        seen.add(result["status"])
        assert 0 <= float(repr(score)) <= POINTS, case["id"]
        assert str(score).startswith(f"{score.title}: ")
        assert score._repr_html_()
        if result["status"] == "graded":
            response = case["response"]
            if not response.get("checks") and any(a["checks"] for a in response.get("earlier", ())):
                continue  # another set counts than the one that is shown
            counts = result["latest"] or result["board"]
            top, below = (Fraction(*counts[name]) for name in ("score", "max"))
            assert score.points == POINTS * top / below, case["id"]
            assert {item.id for item in score.items} == set(counts["items"])
            assert sum(item.score for item in score.items) == top
            assert sum(item.max for item in score.items) == below
            assert all(item.title and item.said for item in score.items)
            steps = int(below / score.step)
            reached = [score.reached(step) for step in range(1, steps + 2)]
            assert sum(reached) * score.step == top
            assert not reached[-1]
        else:
            assert (repr(score), score.items) == ("0", ())
    assert {"empty", "malformed"} <= seen


@pytest.mark.parametrize("kind", GRADED)
def test_all_and_nothing(kind):
    a = pv.load(activity(kind))
    most = part(kind, "grade").grade(a.public, a.key, part(kind, "grade").blank(a.public)).board.max
    right = next(
        case["response"]
        for case in cases(kind)
        for counts in [case["result"]["latest"] or case["result"]["board"]]
        if counts and counts["score"] == counts["max"]
    )
    assert float(handed_in(kind, right)) == most or kind == "order"  # its sets differ in length
    assert repr(handed_in(kind, right, points=0.1)) == "0.1"
    score = handed_in(kind, {}, points=POINTS)
    assert (repr(score), score.lines[0].split(":")[0]) == ("0", "There is nothing to grade")


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_key_nothing_is_graded(kind):
    response = part(kind, "grade").blank(pv.load(activity(kind)).public)
    score = handed_in(kind, response, points=POINTS, key=False)
    assert (repr(score), score.items) == ("0", ())
    assert score.lines[-1] == SAID["noKey"]


def test_what_is_written_is_read_by_a_person():
    response = {"texts": {"cost": "Nobody, ever."}, "shown": False, "ratings": {}}
    score = handed_in("writing", response, points=3)
    assert (repr(score), score.max) == ("0", 3)
    assert score.lines == ("1 of 2 answered.", SAID["byPerson"])
    assert (repr(handed_in("writing", response)), handed_in("writing", response).max) == ("0", 0)


# What is said of each part


def said(score: handin.Score) -> dict[str, str]:
    text = handin.richtext.to_text
    told = {item.id: f"{text(item.title)} | {text(item.said)}" for item in score.items}
    return {name: " ".join(one.split()) for name, one in told.items()}


def test_a_rule_is_told_with_its_lamp_and_its_sentence():
    start = pv.load("triangle-halverton").public["start"]
    score = handed_in("triangle", {"record": start}, "triangle-halverton", points=6)
    told = said(score)
    assert (repr(score), list(told)) == ("2.5", list("123456"))
    assert [item.score for item in score.items] == [1, Fraction(1, 2), 0, *[Fraction(1, 2)] * 2, 0]
    assert told["1"].startswith("1 purpose | Met. Each outcome has a group")
    assert told["2"].startswith("2 authorization | In doubt. Authorizer 4, “staff union”")
    assert told["6"].startswith("6 means match mandate | Not met. Money granted (0) is less")
    # A record is not checked by hand, and nobody is told to.
    assert SAID["board"] not in score.lines
    mended = edited(start, {"authorizers[3].status": "granted"})
    assert repr(handed_in("triangle", {"record": mended}, "triangle-halverton", points=6)) == "3"


def test_a_joint_rule_is_told_in_the_same_way():
    start = pv.load(activity("alignment")).public["start"]
    told = said(handed_in("alignment", {"record": edited(start, {"partners[0].leave_by": ""})}))
    assert list(told) == ["J1", "J2", "J3", "J4", "J5", "J6"]
    assert told["J2"].startswith("J2 leave | Not met. It is not said who gave leave to partner 1")


def blank(kind: str, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = part(kind, "grade").blank(pv.load(activity(kind)).public)
    return made | more


def test_a_place_is_told_with_its_feedback():
    drawn = ["constructor", "notice", "safety", "form"]
    placed = {"constructor": "made", "form": "left", "safety": "left"}
    told = said(handed_in("sort", blank("sort", placed=placed, set=drawn)))
    assert told["constructor"] == "A place given. | Your answer: Made. Right. Made."
    assert told["form"].endswith("Left with somebody. Partly right. It may be left, too.")
    assert told["safety"].endswith("Left with somebody. Not right. Not left behind.")
    assert told["notice"].endswith("| Left open.")


def test_a_question_is_told_by_its_parts():
    given = {
        "constructor": {"answer": "knows"},
        "gains": {"answer": ["users", "press"]},
        "silence": {"verdict": "false"},
        "change": {"answer": "21"},
        "ratio": {"answer": "about 8"},
    }
    score = handed_in("quiz", blank("quiz", answers=given))
    told = said(score)
    assert told["constructor"].endswith(
        "| Your answer: They know where to go. Partly right. A near one."
    )
    assert "Your answer: users; the press. Not right. They do. It only tells." in told["gains"]
    assert told["silence"].endswith("| Your answer: false. Left open. It is not.")
    assert told["change"].endswith("| Your answer: 21. Not right. The minus is missing.")
    assert "Left open. “about 8” is not a number that can be read." in told["ratio"]
    assert told["repair"].endswith("| Left open.")
    points = {item.id: item.score for item in score.items}
    assert (points["constructor"], points["silence"]) == (Fraction(1, 2), Fraction(1, 2))


def test_a_step_is_told_with_its_reason():
    order = ["digging", "seedlings", "constructor", "cider", "apples", "feast"]
    told = said(handed_in("order", blank("order", order=order)))
    assert told["1"].startswith("An orchard: From Put in to Done | This step does not hold")
    assert told["1"].endswith("Nobody digs without a plot.")
    assert told["2"].endswith("| Right. Apples come after watering.")
    other = {"set": ["reader", "stamp"], "order": ["stamp", "reader"]}
    assert said(handed_in("order", blank("order", **other))) == {
        "1": "A letter: From Sent to Read | Right. It has to come before it can be read."
    }


def test_an_actor_and_a_step_are_told():
    placed = {"union": "some-opposes", "tenants": "some-opposes"}
    answered = blank("plane", placed=placed, steps={"union": "talk", "judge": "talk"})
    told = said(handed_in("plane", answered))
    chose = "Your answer: Some power, opposes."
    assert told["union"].endswith(f"| {chose} Right. It can slow. It will.")
    assert told["tenants"].endswith(f"| {chose} Not right. No seat. They have to move.")
    assert told["judge"].endswith("| Left open.")
    assert told[".lawful"].endswith("does not oppose? | Not right.")
    assert told[".steps"].startswith("Are there opponents with power")
    # Of the steps only those that count: towards opponents with power.
    assert told[".steps"].endswith("| Not right. Union: Talk A talk opens things.")


def test_each_rule_of_sharing_earns_its_point():
    answered = {".rule": "low", "who-pays": "b"}
    told = said(handed_in("share", blank("share", answers=answered)))
    assert told[".rule"].endswith(f"Best worst-off. {SAID['defensible']} First the last.")
    assert told["who-pays"] == "Who pays? | Your answer: Both. Partly right. One of them."
    assert told["who-gains"].endswith("| Left open.")


# otter


def notebook(call: str, points: float) -> str:
    settings = {"grade": True, "solution": False, "points": points, "grade_id": "a"}
    cell = {"cell_type": "code", "source": [call], "metadata": {"nbgrader": settings}}
    return json.dumps({"cells": [cell]})


def points_of(made: str) -> list[float]:
    texts = ["".join(cell["source"]) for cell in json.loads(made)["cells"]]
    lines = [line for text in texts for line in text.splitlines()]
    return [float(line.split(": ")[1]) for line in lines if line.startswith("points: ")]


@pytest.mark.parametrize(
    ("name", "points", "steps"),
    [
        ("triangle-halverton", 6, 12),
        ("who-can-say-no", 13, 13),
        ("better-for-whom", 5, 10),
        ("order-the-chain", 3, 4),
        ("check-value-matrix", 10, 96),
        ("five-tests", 7, 360),
    ],
)
def test_otter_has_a_case_for_each_step(name, points, steps):
    made = points_of(convert(notebook(f'pv.score("{name}", points={points})', points), name="a"))
    assert len(made) == steps
    assert len(set(made)) == 1
    # Otter adds up and rounds to five places.
    assert round(sum(made), 5) == points


def test_otter_adds_up_to_the_score():
    given = {"constructor": {"answer": "knows"}, "gains": {"answer": ["users"]}}
    score = handed_in("quiz", blank("quiz", answers=given), points=10)
    made = points_of(convert(notebook(f'pv.score("{activity("quiz")}", points=10)', 10), name="a"))
    got = [each for step, each in enumerate(made, 1) if score.reached(step)]
    assert float(score) == pytest.approx(10 * (1 / 2 + 1 / 3) / 6)
    assert round(sum(got), 5) == round(float(score), 5)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("log-01", "a person reads what is written there"),
        (activity("order"), "differ in their number of steps"),
        ("many.yml", "more than 400 are not made"),
    ],
)
def test_what_otter_cannot_be_given_is_told(path, why):
    questions = [
        {
            "id": f"p{of}",
            "text": "Which?",
            "type": "many",
            "options": [
                {"id": f"o{n}", "text": f"{n}", "right": n < of, "feedback": "So."}
                for n in range(of + 1)
            ],
        }
        for of in (3, 5, 7, 11)
    ]
    content = {"id": "many", "kind": "quiz", "version": 1, "title": "Many", "prompt": "Answer."}
    Path("many.yml").write_text(json.dumps(content | {"questions": questions}))
    with pytest.raises(ValueError, match=why) as told:
        convert(notebook(f'pv.score("{path}", points=3)', 3), name="a")
    assert "\n" not in str(told.value)
