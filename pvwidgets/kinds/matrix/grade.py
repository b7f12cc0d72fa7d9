"""Grade the sorting of cards on the public value matrix. Pure, exact, standard library only.

`js/src/kinds/matrix/grade.ts` is the same rule for the browser; `tests/vectors/matrix/` binds the
two, and a property test compares them on random responses.

The rule is this course's own: half a point for the right column (for whom?), half for the right
row (by which measure?). A card with a defensible second cell has one doubtful axis, on which
either value earns its half; that axis is left out of the card's part in the axis bars.

A response has the answers ``placed`` (a cell by card id) and ``signs`` (gain or loss by card id).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...results import Check
from ..attempts import ByItem, Form, enough

CELLS = ("IW", "CW", "IJ", "CJ")
SIGNS = ("gain", "loss")
MASTERY_AXIS = Fraction(3, 4)


def _judge(
    public: dict[str, Any], key: dict[str, Any], cards: list[str], choices: dict[str, Any]
) -> Check:
    score = Fraction(0)
    axes = {"column": [0, 0], "row": [0, 0]}
    signs = 0
    items: dict[str, str] = {}
    for card in cards:
        entry = key["cards"][card]
        chosen = choices["placed"].get(card)
        signs += choices["signs"].get(card) == entry["sign"]
        off = []
        for place, axis in enumerate(("column", "row")):
            doubtful = "alt" in entry and entry["alt"][place] != entry["cell"][place]
            right = chosen is not None and (doubtful or chosen[place] == entry["cell"][place])
            if right:
                score += Fraction(1, 2)
            else:
                off.append(axis)
            if not doubtful:
                axes[axis][0] += right
                axes[axis][1] += 1
        if chosen is None:
            items[card] = "open"
        elif len(off) == 2:
            items[card] = "both"
        elif off:
            items[card] = off[0]
        else:
            items[card] = "right" if chosen == entry["cell"] else "defensible"
    parts = {name: (right, of) for name, (right, of) in axes.items()}
    parts["sign"] = (signs, len(cards))
    return Check(score, Fraction(len(cards)), parts, items)


def _mastered(check: Check) -> bool:
    bars = (check.parts["column"], check.parts["row"])
    return enough(check) and all(right >= MASTERY_AXIS * of for right, of in bars)


FORM = Form(
    fields={
        "placed": ByItem(lambda public, card, value: value in CELLS, "unknown-cell"),
        "signs": ByItem(lambda public, card, value: value in SIGNS, "unknown-sign"),
    },
    judge=_judge,
    mastered=_mastered,
    of=2,
)
blank, validate, fit, grade = FORM.blank, FORM.validate, FORM.fit, FORM.grade
counted, steps = FORM.counted, FORM.steps
