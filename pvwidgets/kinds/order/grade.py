"""Grade the order of a chain's cards. Pure, exact, standard library only.

`js/src/kinds/order/grade.ts` is the same rule for the browser; `tests/vectors/order/` binds both.

Each step from one stage to the next earns a point if every card of the earlier stage stands before
every card of the later one; cards of one stage may stand in any order. A response has the answer
``order``: the ids of all cards of the set. The items of a check are the steps, from ``"1"``.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from ...results import Check, Malformed
from ..attempts import Form


def held(stages: list[int]) -> list[bool]:
    """Tell for each step between neighbouring stages whether it holds.

    Parameters
    ----------
    stages : list of int
        The stage of the card at each position; stages count from 0, and each has a card.

    Returns
    -------
    list of bool
        One entry less than there are stages.
    """
    where: list[list[int]] = [[] for _ in range(max(stages) + 1)]
    for position, stage in enumerate(stages):
        where[stage].append(position)
    return [max(earlier) < min(later) for earlier, later in pairwise(where)]


class _Order:
    """A list of all cards of the set; the start order at first."""

    def blank(self, public: dict[str, Any], items: list[str]) -> Any:
        return list(items)

    def check(self, public: dict[str, Any], items: list[str], value: Any, at: str) -> None:
        if not isinstance(value, list):
            raise Malformed("not-a-list", at)
        if len(value) != len(items) or any(item not in value for item in items):
            raise Malformed("not-an-order", at)

    def keep(self, public: dict[str, Any], items: list[str], old: Any) -> Any:
        kept: list[str] = []
        for one in [*(old if isinstance(old, list) else []), *items]:
            if one in items and one not in kept:
                kept.append(one)
        return kept

    def has(self, old: Any, item: str) -> bool:
        return isinstance(old, list) and item in old


def _judge(
    public: dict[str, Any], key: dict[str, Any], cards: list[str], answers: dict[str, Any]
) -> Check:
    steps = held([key["stages"][card] for card in answers["order"]])
    items = {str(n): "right" if holds else "wrong" for n, holds in enumerate(steps, 1)}
    return Check(Fraction(sum(steps)), Fraction(len(steps)), {}, items)


def _answered(public: dict[str, Any], response: dict[str, Any]) -> int:
    # As it was first shown, the order is nobody's answer; it is never a right one either.
    return 0 if response["order"] == response["set"] else len(response["set"])


FORM = Form(fields={"order": _Order()}, judge=_judge, answered=_answered)
blank, validate, fit, grade = FORM.blank, FORM.validate, FORM.fit, FORM.grade
counted = FORM.counted
