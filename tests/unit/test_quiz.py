"""The quiz: what an author may write, how it is graded, and its worksheet."""

from __future__ import annotations

import copy
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import pvwidgets as pv
from pvwidgets import page
from pvwidgets.kinds.quiz.grade import parse

Json = dict[str, Any]


def option(name: str, **more: Any) -> Json:
    return {"id": name, "text": f"the option {name}", "feedback": f"Why {name}."} | more


HEAD = {"id": "sample", "kind": "quiz", "version": 1, "title": "A sample", "prompt": "Answer."}
CHOICE = {
    "id": "choice",
    "text": "Which?",
    "type": "one",
    "options": [option("a"), option("b", credit="full"), option("c", credit="half")],
}
TICKS = {
    "id": "ticks",
    "text": "Which ones?",
    "type": "many",
    "options": [option("a", right=True), option("b"), option("c", right=True)],
}
TRUTH = {
    "id": "truth",
    "text": "It is so.",
    "type": "true-false",
    "key": False,
    "feedback": {"true": "No.", "false": "Yes."},
    "reasons": [option("a", credit="full"), option("b")],
}
NUMBER = {
    "id": "number",
    "text": "How many?",
    "type": "number",
    "key": -21,
    "unit": "cases",
    "feedback": {"right": "So many.", "else": "Count again."},
    "slips": [{"value": 21, "feedback": "A minus is missing."}],
}
COVER = {
    "id": "cover",
    "text": "Mend it.",
    "type": "cover",
    "pick": 2,
    "needs": {"A": "leave", "C": "means"},
    "options": [option("a", covers=["A"]), option("b", covers=["C"]), option("c", covers=[])],
}
ONE = HEAD | {"questions": [CHOICE, TICKS, TRUTH, NUMBER, COVER]}
SHARED = HEAD | {
    "parts": [
        {
            "id": "line",
            "label": "Which line?",
            "type": "one",
            "options": dict.fromkeys("abcde", "x"),
        },
        {"id": "who", "label": "Who?", "type": "many", "options": {"u": "users", "p": "payers"}},
        {"id": "n", "label": "How many?", "type": "number", "unit": "crowns"},
    ],
    "questions": [
        {
            "id": name,
            "text": "An entry.",
            "answers": {
                "line": {
                    "key": "a",
                    "full": ["b"],
                    "half": ["c"],
                    "feedback": {"a": "So it is.", "else": "No."},
                },
                "who": {"key": ["u"], "feedback": {"u": "They do.", "p": "They do not."}},
                "n": {"key": 5, "feedback": {"right": "Five.", "else": "Count."}},
            },
        }
        for name in ("first", "second")
    ],
}


def save(folder: Path, data: Json) -> Path:
    path = folder / f"{data['id']}.yml"
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return path


def changed(data: Json, way: str, value: Any) -> Json:
    """Return a copy with another value at a place such as questions.0.key; None takes it out."""
    made = copy.deepcopy(data)
    *path, last = [int(step) if step.isdecimal() else step for step in way.split(".")]
    inside: Any = made
    for step in path:
        inside = inside[step]
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    return made


TWICE = [option("a", credit="full"), option("a")]


@pytest.mark.parametrize(
    ("data", "way", "value", "field", "said"),
    [
        # One at least earns the full point
        (ONE, "questions.0.options.1.credit", "half", "questions[0].options", "no option earns th"),
        (ONE, "questions.2.reasons.0.credit", "none", "questions[2].reasons", "no option earns th"),
        (
            ONE,
            "questions.1.options",
            [option("a"), option("b")],
            "questions[1].options",
            "no option is right",
        ),
        # Fields belong to types
        (
            ONE,
            "questions.0.options.0.right",
            True,
            "questions[0].options[0].right",
            "with one, an option has `credit`",
        ),
        (
            ONE,
            "questions.1.options.0.credit",
            "full",
            "questions[1].options[0].credit",
            "has `right` instead",
        ),
        (
            ONE,
            "questions.4.options.2.covers",
            None,
            "questions[4].options[2]",
            '"covers" is missing',
        ),
        (
            ONE,
            "questions.0.key",
            True,
            "questions[0].key",
            "a question of the type one has no `key`",
        ),
        (ONE, "questions.0.options", None, "questions[0]", 'needs the field "options"'),
        (ONE, "questions.3.feedback", None, "questions[3]", 'number needs the field "feedback"'),
        (ONE, "questions.4.pick", None, "questions[4]", 'cover needs the field "pick"'),
        (
            ONE,
            "questions.0.type",
            None,
            "questions[0]",
            'the field "type" is missing: one of one, many',
        ),
        # Feedback for every choice
        (
            ONE,
            "questions.0.options.0.feedback",
            None,
            "questions[0].options[0]",
            '"feedback" is missing',
        ),
        (
            ONE,
            "questions.2.feedback.false",
            None,
            "questions[2].feedback",
            "there is none for false",
        ),
        (ONE, "questions.3.feedback.else", None, "questions[3].feedback", "there is none for else"),
        (
            ONE,
            "questions.3.feedback.wrong",
            "No.",
            "questions[3].feedback.wrong",
            "expected one of: right, else",
        ),
        # Keys
        (ONE, "questions.2.key", 5, "questions[2].key", "expected true or false, found 5"),
        (ONE, "questions.3.key", True, "questions[3].key", "expected a number, found true"),
        (ONE, "questions.3.key", "5", "questions[3].key", 'found "5"'),
        (ONE, "questions.3.tolerance", -1, "questions[3].tolerance", "not below 0"),
        (
            ONE,
            "questions.3.slips.0.value",
            -21,
            "questions[3].slips[0].value",
            "-21 counts as right",
        ),
        (
            ONE,
            "questions.3.slips",
            [{"value": 1, "feedback": "x"}, {"value": 1.0, "feedback": "y"}],
            "questions[3].slips[1].value",
            "1.0 is taken for an earlier one",
        ),
        # Cover can be done
        (
            ONE,
            "questions.4.options.1.covers",
            [],
            "questions[4].pick",
            "no 2 of the options cover all",
        ),
        (ONE, "questions.4.pick", 1, "questions[4].pick", "no 1 of the options cover all"),
        (ONE, "questions.4.pick", 3, "questions[4].pick", "found 3, but there are only 3 options"),
        (
            ONE,
            "questions.4.options.2.covers",
            ["B"],
            "questions[4].options[2].covers[0]",
            'found "B", expected one of: A, C',
        ),
        # Ids
        (ONE, "questions.1.id", "choice", "questions[1].id", 'the id "choice" is used twice'),
        (
            ONE,
            "questions.0.options",
            TWICE,
            "questions[0].options[1].id",
            'the id "a" is used twice',
        ),
        (SHARED, "parts.1.id", "line", "parts[1].id", 'the id "line" is used twice'),
        # Parts, or types
        (
            ONE,
            "questions.0.answers",
            SHARED["questions"][0]["answers"],
            "questions[0].answers",
            "the file has no `parts`",
        ),
        (SHARED, "questions.0.type", "one", "questions[0].type", "the file has `parts`, so"),
        (SHARED, "questions.0.answers", None, "questions[0]", '"answers" is missing'),
        (
            SHARED,
            "questions.0.answers.n",
            None,
            "questions[0].answers",
            'there is none for the part "n"',
        ),
        (
            SHARED,
            "questions.0.answers.m",
            SHARED["questions"][0]["answers"]["n"],
            "questions[0].answers.m",
            'found "m", expected one of: line, who, n',
        ),
        (SHARED, "parts.0.options", None, "parts[0]", 'needs the field "options"'),
        (
            SHARED,
            "parts.2.options",
            {"a": "x", "b": "y"},
            "parts[2].options",
            "a number has no options",
        ),
        (SHARED, "parts.0.unit", "m", "parts[0].unit", "only a number has a unit"),
        # Answers to parts
        (
            SHARED,
            "questions.0.answers.line.key",
            "f",
            "questions[0].answers.line.key",
            'found "f", expected one of: a, b',
        ),
        (
            SHARED,
            "questions.0.answers.line.key",
            ["a"],
            "questions[0].answers.line.key",
            "expected the id of an option",
        ),
        (SHARED, "questions.0.answers.line.key", 3, "questions[0].answers.line.key", "found"),
        (
            SHARED,
            "questions.0.answers.line.full",
            ["a"],
            "questions[0].answers.line.full[0]",
            '"a" is named twice',
        ),
        (
            SHARED,
            "questions.0.answers.line.half",
            ["b"],
            "questions[0].answers.line.half[0]",
            '"b" is named twice',
        ),
        (
            SHARED,
            "questions.0.answers.line.tolerance",
            1,
            "questions[0].answers.line.tolerance",
            "has no `tolerance`",
        ),
        (
            SHARED,
            "questions.0.answers.line.feedback.a",
            None,
            "questions[0].answers.line.feedback",
            "there is none for a; `else` does not stand for the key",
        ),
        (
            SHARED,
            "questions.0.answers.line.feedback.z",
            "x",
            "questions[0].answers.line.feedback.z",
            'found "z"',
        ),
        (
            SHARED,
            "questions.0.answers.who.key",
            "u",
            "questions[0].answers.who.key",
            "a list of the ids",
        ),
        (
            SHARED,
            "questions.0.answers.who.half",
            ["p"],
            "questions[0].answers.who.half",
            "the type many has no `half`",
        ),
        (
            SHARED,
            "questions.0.answers.who.feedback.p",
            None,
            "questions[0].answers.who.feedback",
            "there is none for p",
        ),
        (
            SHARED,
            "questions.0.answers.who.feedback.else",
            "x",
            "questions[0].answers.who.feedback.else",
            "take it out",
        ),
        (
            SHARED,
            "questions.0.answers.n.key",
            "a",
            "questions[0].answers.n.key",
            "expected a number, found a",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, data: Json, way: str, value: Any, field: str, said: str
) -> None:
    with pytest.raises(pv.ActivityError) as caught:
        pv.load(save(tmp_path, changed(data, way, value)))
    (problem,) = caught.value.problems
    assert problem.field == field
    assert said in problem.message
    assert problem.line > 0


def test_else_has_no_place_among_options(tmp_path: Path) -> None:
    data = changed(SHARED, "parts.1.options", {"u": "users", "p": "payers", "else": "others"})
    with pytest.raises(pv.ActivityError, match="a meaning of its own"):
        pv.load(save(tmp_path, data))


def test_both_samples_load(tmp_path: Path) -> None:
    assert pv.load(save(tmp_path, ONE)).kind == pv.load(save(tmp_path, SHARED)).kind == "quiz"


def order(activity: pv.Activity, question: int = 0) -> list[str]:
    return [one["id"] for one in activity.public["cards"][question]["parts"][-1]["options"]]


def test_options_are_shuffled_by_the_seed_and_never_otherwise(tmp_path: Path) -> None:
    many = CHOICE | {"options": [option(c, credit="full") for c in "abcdefgh"]}
    data = HEAD | {"questions": [many, many | {"id": "other"}, TRUTH]}
    activity = pv.load(save(tmp_path, data))
    again = pv.load(save(tmp_path, data))
    assert order(activity) == order(again) != list("abcdefgh")
    assert sorted(order(activity)) == list("abcdefgh")
    assert order(activity) != order(activity, 1)
    assert order(pv.load(save(tmp_path, data | {"seed": 2}))) != order(activity)
    assert order(pv.load(save(tmp_path, data), seed=2)) != order(activity)
    assert order(pv.load(save(tmp_path, data | {"shuffle": False}))) == list("abcdefgh")
    truths = activity.public["cards"][2]["parts"][0]["options"]
    assert [one["id"] for one in truths] == ["true", "false"]


def test_many_options_of_a_shared_part_are_a_menu(tmp_path: Path) -> None:
    line, who, number = pv.load(save(tmp_path, SHARED)).public["parts"]
    assert line["menu"]
    assert "menu" not in who
    assert [one["id"] for one in line["options"]] == list("abcde")
    assert number["unit"] == "crowns"


def test_the_public_half_gives_nothing_away(tmp_path: Path) -> None:
    for data in (ONE, SHARED):
        told = json.dumps(pv.load(save(tmp_path, data)).public)
        for word in ("feedback", "Why ", "credit", "covers", "leave", "-21", "points", "meets"):
            assert word not in told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", "5"),
        (" 5\u00a0", "5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        ("1.25", "1.25"),
        ("1,25", "1.25"),
        ("0,125", "0.125"),
        ("12.500", "12.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("-0", "0"),
        ("5 %", "5"),
        ("5 % of all", "5"),
        ("999999999999999.999999999999999", "999999999999999.999999999999999"),
    ],
)
def test_what_is_a_number(text: str, value: str) -> None:
    assert parse(text, ["% of all", "%"]) == Fraction(value) * 10**15


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", ".", ",", "five", "1e3", "1 000", "33,000", "1,000,000", "1.2.3", "--5", "5-",
     "- 5", "½", "٣", "0x10", "1" * 16, "1." + "1" * 16, "5 crowns", "%", "inf", "NaN", "1_000"],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert parse(text, ["%"]) is None


def test_a_percent_sign_stands_only_where_it_is_the_unit() -> None:
    assert parse("5 %") is None
    assert parse("5 cases", ["cases"]) == 5 * 10**15


def graded(activity: pv.Activity, answers: Json) -> Any:
    response = pv.kinds.part("quiz", "grade").blank(activity.public)
    made = response | {"answers": answers, "checks": [{"n": 1, "answers": answers}], "tries": 1}
    return pv.grade(activity, made)


def test_shared_parts_share_the_point_and_are_counted(tmp_path: Path) -> None:
    activity = pv.load(save(tmp_path, SHARED))
    result = graded(
        activity,
        {
            "first": {"line": "b", "who": ["u"], "n": "5"},
            "second": {"line": "c", "who": ["u", "p"], "n": "5"},
        },
    )
    assert result.score == 1 + Fraction(1, 6) + 0 + Fraction(1, 3)
    assert result.latest.parts == {"line": (1, 2), "who": (1, 2), "n": (2, 2)}
    assert result.latest.items == {"first": "right", "second": "half"}


@pytest.mark.parametrize(
    ("ticks", "share"),
    [("a", (1, 2)), ("ac", (1, 1)), ("abc", (1, 2)), ("b", (0, 1)), ("ab", (0, 1)), ("", (0, 1))],
)
def test_ticks_earn_right_less_wrong_and_never_less_than_nothing(
    tmp_path: Path, ticks: str, share: tuple[int, int]
) -> None:
    activity = pv.load(save(tmp_path, HEAD | {"questions": [TICKS]}))
    assert graded(activity, {"ticks": {"answer": list(ticks)}}).score == Fraction(*share)


def test_without_the_key_only_completeness_is_told(tmp_path: Path) -> None:
    activity = pv.load(save(tmp_path, SHARED)).without_key()
    result = graded(activity, {"first": {"line": "b", "who": ["u"], "n": "five"}})
    assert (result.status, result.answered, result.total) == ("ungraded", 0, 2)
    result = graded(activity, {"first": {"line": "b", "who": ["u"], "n": "5"}})
    assert result.answered == 1


@pytest.mark.parametrize("data", [ONE, SHARED], ids=["types", "parts"])
def test_the_worksheet_asks_everything_and_tells_the_key_apart(tmp_path: Path, data: Json) -> None:
    activity = pv.load(save(tmp_path, data))
    sheet = page.text(activity)
    asked = [
        *(question["text"] for question in data["questions"]),
        *(part["label"] for part in data.get("parts", [])),
        *(one["text"] for q in data["questions"] for one in q.get("options", q.get("reasons", []))),
    ]
    for words in asked:
        assert words in re.sub(r"\s+", " ", sheet)
    assert "Why " not in sheet
    html = page.section(activity)
    assert "Right: " in html
    assert "Why a." not in page.section(activity.without_key())
    assert page.latex(activity).count(r"\item") >= len(data["questions"])
