"""Errors that an author sees: which file, which line, which field, what was expected."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in an activity file.

    Attributes
    ----------
    file : str
        The file as the author named it.
    line : int
        Line in the file, counted from 1; 0 where no line applies.
    field : str
        Path of the field, for example ``cards[2].feedback.IW``; empty for the whole file.
    message : str
        What was found and what was expected, in one sentence.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field + ': ' if self.field else ''}{self.message}"


class ActivityError(ValueError):
    """An activity file cannot be used.

    Parameters
    ----------
    problems : sequence of Problem
        All that was found, not only the first.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line, p.field)))
        super().__init__("\n".join(str(p) for p in self.problems))

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show in place of a traceback: only the message helps an author."""
        return ["This activity cannot be shown:", *(str(p) for p in self.problems)]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``' Did you mean "x"?'`` for a likely slip, else an empty string.

    Parameters
    ----------
    name : str
        What was written.
    known : iterable of str
        What could have been meant.
    """
    options = list(known)
    folded = {option.casefold(): option for option in options}
    near = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    return f' Did you mean "{folded[near[0]]}"?' if near else ""
