"""What is said of an answer that was handed in, part by part: a card, a question, a step, a rule.

Here are the points and the sentences that all kinds share. What a part is called, and what more is
said of it, each kind tells in ``items`` of its worksheet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ..results import Check, Item
from ..words import words

_HALVES = {"right": 2, "defensible": 2, "met": 2, "half": 1, "column": 1, "row": 1, "doubt": 1}


def items(
    check: Check,
    told: Callable[[str, str], tuple[list[Any], list[Any]]],
    points: Mapping[str, Fraction] | None = None,
) -> list[Item]:
    """Return the parts of a check; each is worth one point.

    Parameters
    ----------
    check : Check
        What was judged.
    told : callable
        ``told(name, status)`` gives a part's title and what is said of it, as nodes.
    points : mapping of str to Fraction, optional
        What each part earns, where its status does not tell.
    """
    return [
        Item(
            name,
            points[name] if points else Fraction(_HALVES.get(status, 0), 2),
            Fraction(1),
            *told(name, status),
        )
        for name, status in check.items.items()
    ]


def verdict(status: str, chosen: str = "") -> list[Any]:
    """Return a paragraph: what was chosen, if anything, and whether it is right."""
    said = words()["handin"]
    lead = said["chose"].format(chosen=stopped(chosen)) if chosen else ""
    return ["p", f"{lead} {said[status]}".strip()]


def stopped(text: str) -> str:
    """Return a text with a full stop, unless it ends a sentence already."""
    return text if text[-1] in ".?!" else f"{text}."
