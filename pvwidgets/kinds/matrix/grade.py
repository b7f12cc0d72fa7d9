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
AXES = ("column", "row")
MASTERY_AXIS = Fraction(3, 4)


def off(cell: str, alt: str | None, chosen: str | None) -> tuple[str, ...]:
    """Return the axes on which a cell is off; one on which `cell` and `alt` differ never is.

    Parameters
    ----------
    cell, alt : str
        The usual reading, and the defensible one if there is one.
    chosen : str or None
        Without a cell, all is off that can be.
    """
    return tuple(
        axis
        for place, axis in enumerate(AXES)
        if chosen is None or chosen[place] not in (cell[place], (alt or cell)[place])
    )


def _judge(
    public: dict[str, Any], key: dict[str, Any], cards: list[str], choices: dict[str, Any]
) -> Check:
    score = Fraction(0)
    axes = {axis: [0, 0] for axis in AXES}
    signs = 0
    items: dict[str, str] = {}
    for card in cards:
        entry = key["cards"][card]
        chosen = choices["placed"].get(card)
        signs += choices["signs"].get(card) == entry["sign"]
        wrong = off(entry["cell"], entry.get("alt"), chosen)
        score += Fraction(len(AXES) - len(wrong), 2)
        for place, axis in enumerate(AXES):
            if "alt" not in entry or entry["alt"][place] == entry["cell"][place]:
                axes[axis][0] += axis not in wrong
                axes[axis][1] += 1
        if chosen is None:
            items[card] = "open"
        elif wrong:
            items[card] = "both" if len(wrong) == len(AXES) else wrong[0]
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
