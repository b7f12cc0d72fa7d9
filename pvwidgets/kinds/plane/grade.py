"""Grade a map of power and support. Pure, exact, standard library only.

`js/src/kinds/plane/grade.ts` is the same rule for the browser; `tests/vectors/plane/` binds both.

An actor in the model's place, or in one that can be defended, earns a point. So does each of three
questions, asked of the map as the learner drew it:

``.lawful``
    Is there a lawful authorizer who has power and does not oppose?
``.affected``
    Are the affected groups without power seen as such?
``.steps``
    Are there opponents with power, and is there a fitting step towards each?

A response has the answers ``placed`` (a cell, such as ``decisive-opposes``, by actor id) and
``steps`` (a step by actor id; it counts only for opponents with power).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...results import Check
from ..attempts import ByItem, Form

POWERS = ("none", "some", "decisive")
SUPPORTS = ("opposes", "undecided", "supports")


def is_strong_opponent(cell: str) -> bool:
    """Whether a cell is one of opponents who have power."""
    return cell in ("some-opposes", "decisive-opposes")


def _place(public: dict[str, Any], card: str, value: Any) -> bool:
    return isinstance(value, str) and any(cell["id"] == value for cell in public["bins"])


def _step(public: dict[str, Any], card: str, value: Any) -> bool:
    return isinstance(value, str) and any(step["id"] == value for step in public["steps"])


def _judge(
    public: dict[str, Any], key: dict[str, Any], cards: list[str], answers: dict[str, Any]
) -> Check:
    items: dict[str, str] = {}
    placed = {card: answers["placed"].get(card, "") for card in cards}
    for card, cell in placed.items():
        entry = key["cards"][card]
        if not cell:
            items[card] = "open"
        elif cell == entry["cell"]:
            items[card] = "right"
        else:
            items[card] = "defensible" if cell in entry["accept"] else "wrong"
    opponents = [card for card, cell in placed.items() if is_strong_opponent(cell)]
    questions = {
        ".lawful": any(
            key["cards"][card]["lawful"] and not cell.startswith("none") and "opposes" not in cell
            for card, cell in placed.items()
            if cell
        ),
        ".affected": all(
            cell.startswith("none")
            for card, cell in placed.items()
            if key["cards"][card]["affected"]
        ),
        ".steps": bool(opponents)
        and all(
            card in answers["steps"] and card in key["steps"][answers["steps"][card]]["fits"]
            for card in opponents
        ),
    }
    items |= {name: "right" if holds else "wrong" for name, holds in questions.items()}
    score = sum(status in ("right", "defensible") for status in items.values())
    return Check(Fraction(score), Fraction(len(items)), {}, items)


FORM = Form(
    fields={
        "placed": ByItem(_place, "unknown-place"),
        "steps": ByItem(_step, "unknown-step"),
    },
    judge=_judge,
)
blank, validate, fit, grade = FORM.blank, FORM.validate, FORM.fit, FORM.grade
counted = FORM.counted
