"""Grade the sorting of cards into places. Pure, exact, standard library only.

`js/src/kinds/sort/grade.ts` is the same rule for the browser; `tests/vectors/sort/` binds the two.

A card in its place earns one point, in an acceptable place half a point. A response has the
answers ``placed`` (a place by card id) and ``marks`` (a second choice by card id, without points).
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from ...results import Check, Malformed
from ..attempts import ByItem, Form


def _place(public: dict[str, Any], card: str, value: Any) -> bool:
    return isinstance(value, str) and any(place["id"] == value for place in public["bins"])


def _mark(public: dict[str, Any], card: str, value: Any) -> bool:
    marks = public.get("marks")
    return marks is not None and any(one["id"] == value for one in marks["options"])


class _Placed(ByItem):
    """Places by card id, none with more cards than it has room for."""

    def check(self, public: dict[str, Any], items: list[str], value: Any, at: str) -> None:
        super().check(public, items, value, at)
        full = Counter(value.values())
        if any(full[p["id"]] > p.get("room", len(items)) for p in public["bins"]):
            raise Malformed("too-full", at)

    def keep(self, public: dict[str, Any], items: list[str], old: Any) -> Any:
        room = {p["id"]: p.get("room", len(items)) for p in public["bins"]}
        kept = {}
        for card, place in super().keep(public, items, old).items():
            room[place] -= 1
            if room[place] >= 0:
                kept[card] = place
        return kept


def _judge(
    public: dict[str, Any], key: dict[str, Any], cards: list[str], answers: dict[str, Any]
) -> Check:
    score = Fraction(0)
    marks = [0, 0]
    items: dict[str, str] = {}
    for card in cards:
        entry = key["cards"][card]
        chosen = answers["placed"].get(card)
        if chosen is None:
            items[card] = "open"
        elif chosen == entry["bin"]:
            items[card] = "right"
            score += 1
        elif chosen in entry.get("half", ()):
            items[card] = "half"
            score += Fraction(1, 2)
        else:
            items[card] = "wrong"
        if "mark" in entry:
            marks[0] += answers["marks"].get(card) == entry["mark"]
            marks[1] += 1
    parts = {"mark": (marks[0], marks[1])} if marks[1] else {}
    return Check(score, Fraction(len(cards)), parts, items)


FORM = Form(
    fields={
        "placed": _Placed(_place, "unknown-place"),
        "marks": ByItem(_mark, "unknown-mark"),
    },
    judge=_judge,
)
blank, validate, fit, grade = FORM.blank, FORM.validate, FORM.fit, FORM.grade
counted = FORM.counted
