"""Grade answers to questions. Pure, exact, standard library only.

`js/src/kinds/quiz/grade.ts` is the same rule for the browser; `tests/vectors/quiz/` binds the two.

A question is worth one point, which its parts share equally. A response has the answers
``answers``: by question id, by part id, the id of an option, a list of such ids, or a number as
the learner wrote it. A part that is not ready, such as a text that is no number, counts as open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from ...results import Check
from ..attempts import ByItem, Form

MAX_NUMBER = 60
PLACES = 15

# What JavaScript takes for a space.
_SPACE = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
# A comma before just three digits may set off thousands, as it does in the book: that is not read.
_NUMBER = re.compile(
    r"([-+−]?)(?![1-9][0-9]{0,2},[0-9]{3}\Z)(?=[.,]?[0-9])([0-9]{0,15})(?:[.,]([0-9]{0,15}))?"
)


def parse(text: str, tails: Iterable[str] = ()) -> int | None:
    """Return a number as a whole number of 10 to the power of -`PLACES`, or None.

    Parameters
    ----------
    text : str
        A sign if need be, digits, and one point or comma before decimals.
    tails : iterable of str, optional
        What may follow, such as the unit.
    """
    bare = text.strip(_SPACE)
    tail = next((one for one in tails if bare.endswith(one)), "")
    found = _NUMBER.fullmatch(bare[: len(bare) - len(tail)].strip(_SPACE))
    if not found:
        return None
    size = int(found[2] + (found[3] or "").ljust(PLACES, "0"))
    return size if found[1] in ("", "+") else -size


def parts_of(public: dict[str, Any], item: str) -> list[dict[str, Any]]:
    """Return the parts of a question, its own or those that all questions share."""
    question = next(one for one in public["cards"] if one["id"] == item)
    parts: list[dict[str, Any]] = question.get("parts", public["parts"])
    return parts


def _fits(part: dict[str, Any], value: Any) -> bool:
    if part["type"] == "number":
        return isinstance(value, str) and len(value) <= MAX_NUMBER
    known = {option["id"] for option in part["options"]}
    if part["type"] == "one":
        return isinstance(value, str) and (value == "" or value in known)
    return (
        isinstance(value, list)
        and all(isinstance(one, str) and one in known for one in value)
        and len(set(value)) == len(value)
    )


def _all_fit(public: dict[str, Any], item: str, value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    parts = {part["id"]: part for part in parts_of(public, item)}
    return all(name in parts and _fits(parts[name], one) for name, one in value.items())


def _ready(part: dict[str, Any], value: Any) -> bool:
    if part["type"] == "number":
        return parse(value or "", part.get("tails", ())) is not None
    return len(value or "") == part["pick"] if "pick" in part else bool(value)


def _answered(public: dict[str, Any], response: dict[str, Any]) -> int:
    answers = response["answers"]
    return sum(
        all(_ready(part, answers.get(item, {}).get(part["id"])) for part in parts_of(public, item))
        for item in response["set"]
    )


def _chosen(part: dict[str, Any], key: dict[str, Any], value: Any) -> list[dict[str, Any]]:
    """Return what the key says of an answer that is ready: an entry for each option chosen."""
    told: list[dict[str, Any]] = key["told"]
    if part["type"] != "number":
        return [one for one in told if one["id"] in ([value] if part["type"] == "one" else value)]
    given, near = parse(value, part.get("tails", ())) or 0, parse(key["near"]) or 0
    for one in told[:-1]:
        if abs(given - (parse(one["id"]) or 0)) <= near:
            return [one]
    return told[-1:]


def _earned(part: dict[str, Any], key: dict[str, Any], value: Any) -> int:
    """Return how much of a part's point an answer that is ready earns, of ``key["of"]``."""
    chosen = _chosen(part, key, value)
    if "pick" in part:
        return len({need for one in chosen for need in one["meets"]})
    return max(0, sum(one["points"] for one in chosen))


def _judge(
    public: dict[str, Any], key: dict[str, Any], questions: list[str], answers: dict[str, Any]
) -> Check:
    score = Fraction(0)
    items: dict[str, str] = {}
    counts = {part["id"]: [0, 0] for part in public["parts"]}
    for item in questions:
        parts = parts_of(public, item)
        given = answers["answers"].get(item, {})
        points, left = Fraction(0), False
        for part in parts:
            name = part["id"]
            count = counts.get(name, [0, 0])
            count[1] += 1
            if not _ready(part, given.get(name)):
                left = True
                continue
            entry = key["cards"][item][name]
            share = Fraction(_earned(part, entry, given[name]), entry["of"])
            points += share / len(parts)
            count[0] += share == 1
        score += points
        items[item] = "open" if left else "right" if points == 1 else "half" if points else "wrong"
    told = {name: (right, of) for name, (right, of) in counts.items()}
    return Check(score, Fraction(len(questions)), told, items)


FORM = Form(
    fields={"answers": ByItem(_all_fit, "unknown-answer")},
    judge=_judge,
    answered=_answered,
)
blank, validate, fit, grade = FORM.blank, FORM.validate, FORM.fit, FORM.grade
counted = FORM.counted
