"""Grade the sharing of a service. Pure, exact, standard library only.

`js/src/kinds/share/grade.ts` is the same rule for the browser; `tests/vectors/share/` binds both.

Each question earns a point, or half of one. The first of them, ``.rule``, is the rule by which the
learner would share; each rule earns its point, for no rule is wrong, and no division is. A response
has the answers ``answers`` (an option by question id) and ``hours`` (the portions of each group,
together not more than there are).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...results import Check, Malformed, as_count
from ..attempts import ByItem, Form

RULE = ".rule"

_HALVES = {"right": 2, "defensible": 2, "half": 1}


def _shares(public: dict[str, Any], value: Any) -> bool:
    groups = public["groups"]
    if not isinstance(value, list) or len(value) != len(groups):
        return False
    counts = [
        as_count(portions, len(group["outcomes"]) - 1)
        for group, portions in zip(groups, value, strict=True)
    ]
    return None not in counts and sum(filter(None, counts)) <= sum(public["start"])


class _Hours:
    """The portions of each group; those of the start at first."""

    def blank(self, public: dict[str, Any], items: list[str]) -> Any:
        return list(public["start"])

    def check(self, public: dict[str, Any], items: list[str], value: Any, at: str) -> None:
        if not _shares(public, value):
            raise Malformed("not-shares", at)

    def keep(self, public: dict[str, Any], items: list[str], old: Any) -> Any:
        return old if _shares(public, old) else self.blank(public, items)

    def has(self, old: Any, item: str) -> bool:
        return False


def _option(public: dict[str, Any], card: str, value: Any) -> bool:
    question = next(one for one in public["cards"] if one["id"] == card)
    return any(option["id"] == value for option in question["options"])


def _judge(
    public: dict[str, Any], key: dict[str, Any], cards: list[str], answers: dict[str, Any]
) -> Check:
    items = {
        card: key["cards"][card][answers["answers"][card]]["status"]
        if card in answers["answers"]
        else "open"
        for card in cards
    }
    halves = sum(_HALVES.get(status, 0) for status in items.values())
    return Check(Fraction(halves, 2), Fraction(len(cards)), {}, items)


FORM = Form(
    fields={
        "answers": ByItem(_option, "unknown-option"),
        "hours": _Hours(),
    },
    judge=_judge,
    of=2,
)
blank, validate, fit, grade = FORM.blank, FORM.validate, FORM.fit, FORM.grade
counted, steps = FORM.counted, FORM.steps
