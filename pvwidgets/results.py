"""What a grader answers with: the result of a response, and the reason why one is malformed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .words import words


class Malformed(Exception):  # noqa: N818 - a state of an answer, no fault of the program
    """A response is not of its activity's form. It scores nothing, and is not called wrong.

    Parameters
    ----------
    code : str
        What is wrong; the key of a sentence in ``words.json``.
    at : str
        Where in the response, for example ``checks[0].placed``; empty for the whole.
    """

    def __init__(self, code: str, at: str) -> None:
        super().__init__(code, at)
        self.code = code
        self.at = at


@dataclass(frozen=True)
class Check:
    """One sorting, judged.

    Attributes
    ----------
    score, max : fractions.Fraction
        Points reached and points possible, exact.
    parts : dict of str to (int, int)
        Right judgements and judgements counted, by part (for the matrix: column, row, sign).
    items : dict of str to str
        Status of each card by its id.
    """

    score: Fraction
    max: Fraction
    parts: dict[str, tuple[int, int]]
    items: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        """Return plain data; a fraction is ``[numerator, denominator]`` in lowest terms."""
        return {
            "score": [self.score.numerator, self.score.denominator],
            "max": [self.max.numerator, self.max.denominator],
            "parts": {name: list(part) for name, part in self.parts.items()},
            "items": dict(self.items),
        }


@dataclass(frozen=True)
class Result:
    """What grading a response gives.

    Attributes
    ----------
    status : str
        ``empty`` (nothing answered yet), ``malformed``, ``ungraded`` (no key at hand, or nothing
        that a machine can judge) or ``graded``.
    answered, total : int
        Cards placed, and cards in the set.
    problem : dict of str to str, optional
        For a malformed response: ``code`` and ``at``.
    board : Check, optional
        The answers as they stand, checked or not.
    first, latest : Check, optional
        The first and the latest check that the learner made on this set.
    mastery : bool, optional
        Whether the first check of any set reached the mark; None without a key.
    """

    status: str
    answered: int = 0
    total: int = 0
    problem: dict[str, str] | None = None
    board: Check | None = None
    first: Check | None = None
    latest: Check | None = None
    mastery: bool | None = None

    @property
    def complete(self) -> bool:
        """Whether every card has its place."""
        return self.total > 0 and self.answered == self.total

    @property
    def score(self) -> Fraction:
        """Points of the latest check; 0 where nothing was checked or the response is malformed."""
        return self.latest.score if self.latest else Fraction(0)

    @property
    def max(self) -> Fraction:
        """Points possible in the latest check, or in the board where nothing was checked."""
        shown = self.latest or self.board
        return shown.max if shown else Fraction(0)

    @property
    def why(self) -> str:
        """Why a response is malformed, as a sentence for a person; empty where it is not."""
        if self.problem is None:
            return ""
        said = words()["malformed"]
        at = f" ({self.problem['at']})" if self.problem["at"] else ""
        return f"{said['lead']} {said[self.problem['code']]}{at}."

    def to_json(self) -> dict[str, Any]:
        """Return the same as plain data, the form that the browser's grader gives."""
        return {
            "status": self.status,
            "answered": self.answered,
            "total": self.total,
            "problem": self.problem,
            "board": self.board.to_json() if self.board else None,
            "first": self.first.to_json() if self.first else None,
            "latest": self.latest.to_json() if self.latest else None,
            "mastery": self.mastery,
        }


@dataclass(frozen=True)
class Item:
    """One part of an activity in what a gradebook shows: for the matrix, one card.

    Attributes
    ----------
    id : str
        The part's id in the activity.
    score, max : fractions.Fraction
        Points reached and points possible, in the activity's own points.
    title, said : list
        What it is, and what is said about the answer: nodes as in `pvwidgets.richtext`.
    """

    id: str
    score: Fraction
    max: Fraction
    title: list[Any]
    said: list[Any]


def as_count(value: Any, high: int) -> int | None:
    """Return a whole number from 0 to `high`, or None.

    JSON knows no integers: 1 and 1.0 are the same number there, and so they are here; true is none.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if 0 <= value <= high and value == int(value) else None
