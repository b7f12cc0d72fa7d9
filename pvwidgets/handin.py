"""Handing in: `answer` brings work back from its code, `score` is a graded cell of a notebook.

A grader runs the notebook afresh, so nothing that a learner did in a widget is there. Answers
reach it as data: in the answers file beside the notebook, in an answer code in one of its cells,
or in both. Of two the newer counts.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakSet

from . import answers as record
from . import codes, richtext
from .answers import Entry
from .grading import grade
from .halves import CHECKS
from .kinds import part
from .model import Activity, load
from .results import Check, Item, Result
from .show import HOST
from .words import words

MAX_NOTEBOOKS = 20
MAX_CODES = 50


class Shown(Protocol):
    """A widget on the screen, which a code brings up to date."""

    def restore(self, name: str, entry: Entry, path: Path | None) -> None:
        """Show an entry, if it is newer than what is shown and the widget is kept there."""


@dataclass
class Given:
    """What was given in this kernel by `answer` for one activity."""

    entry: Entry | None = None
    why: str = ""
    note: str = ""


given: dict[str, Given] = {}
shown: WeakSet[Shown] = WeakSet()


@dataclass(frozen=True)
class Said:
    """Sentences that a notebook shows as they are."""

    lines: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(line)}</p>" for line in self.lines)


@dataclass(frozen=True)
class Score:
    """What `score` returns: graders read its points, people read why.

    Attributes
    ----------
    points, max : fractions.Fraction
        Points reached and points possible; exact.
    title : str
        The activity's title.
    lines : tuple of str
        What counted and what did not, in sentences.
    items : tuple of Item
        The parts of the answer with what is said about each; none where nothing was graded.
    """

    points: Fraction
    max: Fraction
    title: str
    lines: tuple[str, ...]
    items: tuple[Item, ...] = ()
    step: Fraction = field(default=Fraction(1), repr=False)

    def __repr__(self) -> str:
        # nbgrader reads this. What it cannot read as a number earns full marks there.
        whole = self.points.denominator == 1
        return str(self.points.numerator) if whole else repr(float(self.points))

    def __float__(self) -> float:
        return float(self.points)

    def __str__(self) -> str:
        lines = [self._head(), *self.lines]
        for number, item in enumerate(self.items, 1):
            lines.append(f"{number}. {richtext.to_text(item.title)} ({self._share(item)})")
            lines.append(f"   {richtext.to_text(item.said[:1])}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{escape(line)}</p>" for line in self.lines)
        items = "".join(
            f"<li><p>{richtext.to_html(item.title)} <strong>({escape(self._share(item))})</strong>"
            f"</p>{richtext.to_html(item.said)}</li>"
            for item in self.items
        )
        listed = f"<ol>{items}</ol>" if items else ""
        return f"<div><p><strong>{escape(self._head())}</strong></p>{said}{listed}</div>"

    def reached(self, step: int) -> bool:
        """Return whether one step of one item was reached.

        For graders whose tests are only passed or failed: one test for each step, each worth the
        same, sums to exactly these points.

        Parameters
        ----------
        step : int
            From 1 on: the steps of the first item, then those of the second, and so on.
        """
        if step < 1:
            raise ValueError("steps are counted from 1")
        for item in self.items:
            of = int(item.max / self.step)
            if step <= of:
                return item.score >= step * self.step
            step -= of
        return False

    def _head(self) -> str:
        values = {"points": _decimal(self.points), "max": _decimal(self.max)}
        return f"{self.title}: {_word('points', **values)}"

    def _share(self, item: Item) -> str:
        scale = self.max / sum((one.max for one in self.items), Fraction(0))
        values = {"points": _decimal(item.score * scale), "max": _decimal(item.max * scale)}
        return _word("points", **values)


def answer(name: str, code: str, *, answers: str | os.PathLike[str] | None = record.FILE) -> Said:
    """Bring work back from its answer code, and hand it in with the notebook.

    The code is in the notebook's own text, so it travels where ``answers.json`` does not. It is
    kept in the answers file and shown by the widget, unless what is there is newer. What it takes
    the place of is set aside in the file, not lost.

    Parameters
    ----------
    name : str
        The activity's id.
    code : str
        What the button "Copy answer code" copied.
    answers : str, path or None, optional
        The file that keeps the answers; None keeps them in memory only.

    Returns
    -------
    Said
        What became of it, in sentences.

    Raises
    ------
    CodeError
        The code cannot be used; nothing was changed.
    """
    if os.environ.get(HOST) == "book":
        return Said(())
    now = given.setdefault(name, Given())
    try:
        entry = codes.decode(name, code)
    except codes.CodeError as error:
        now.why = str(error)
        raise
    now.why = ""
    if not entry["response"]:
        return Said((_word("notStarted"),))
    if now.entry is None or now.entry["saved"] <= entry["saved"]:
        now.entry = entry
    path = None if answers is None else Path(answers).resolve()
    said = [_word("restored", when=_when(entry))] if path is None else _keep(name, entry, path)
    for widget in list(shown):
        widget.restore(name, entry, path)
    return Said(tuple(said))


def _keep(name: str, entry: Entry, path: Path) -> list[str]:
    try:
        here = record.read(path).get(name)
    except record.AnswersError:
        here = None  # `write` says what to do about it
    if here is not None and not here["response"]:
        here = None
    given[name].note = _difference(entry, here, path)
    if here and here["response"] == entry["response"]:
        return [_word("same")]
    if here and here["saved"] >= entry["saved"]:
        return [_word("older", code=_when(entry), saved=_when(here))]
    said = [_word("restored", when=_when(entry))]
    try:
        spare = record.write(path, {name: entry}, {name: here["response"]} if here else None)
    except record.AnswersError as error:
        return [*said, _word("notKept", file=path.name, why=error)]
    if here:
        said.append(_word("replaced", saved=_when(here), file=path.name))
    if spare:
        said.append(str(words()["ui"]["damagedFile"].format(file=spare.name)))
    return said


def _difference(code: Entry, here: Entry | None, path: Path) -> str:
    if here is None or here["response"] == code["response"]:
        return ""
    which = "differ_code" if code["saved"] > here["saved"] else "differ_file"
    return _word(which, code=_when(code), saved=_when(here), file=path.name)


def score(
    ref: str | os.PathLike[str],
    *,
    points: float | None = None,
    check: str = "latest",
    seed: int | str | None = None,
    answers: str | os.PathLike[str] | None = record.FILE,
    key: bool = True,
) -> Score | Said:
    """Grade what was handed in: the last expression of a graded cell.

    Nothing is shown on a screen or fetched, and the same answers always give the same points. An
    answer that is missing, damaged, malformed or too large earns 0, and why is said.

    Parameters
    ----------
    ref : str or path
        As for `activity`, with the same `seed`. Of a public half, nothing is graded.
    points : float, optional
        What a right answer is worth, as in the settings of the graded cell. Without it, the
        activity's own points: one for each card, question, step or rule. What is written is read
        by a person: it earns 0 here, and that is said.
    check : str, optional
        Which check counts: ``"latest"``, so that learners may improve their answers, or
        ``"first"``, the first one of the same set. Both mean the set that was checked last. Where
        no check was made, the answers count as they stand: a learner who sorted all the cards and
        forgot to press the button has answered.
    seed : int or str, optional
        As for `activity`.
    answers : str, path or None, optional
        The answers file; None leaves the answer code alone to count.
    key : bool, optional
        False says how many parts are answered and grades nothing. The points are then 0.

    Returns
    -------
    Score
        Its ``repr`` is the number of points, which nbgrader reads; in a notebook it shows what
        was reached for each part, and why. While the book is built, a sentence in its place.

    Raises
    ------
    ActivityError
        The activity's file cannot be used.
    ValueError
        `points` or `check` is none of the values above.
    """
    wanted = counted_by(points, check)
    if os.environ.get(HOST) == "book":
        return Said((_word("inBook" if key else "inBookCount"),))
    activity = load(ref, seed=seed)
    wanted = most(activity) if wanted is None else wanted
    entry, lines = _handed_in(activity, None if answers is None else Path(answers).resolve())
    if entry is None:
        return Score(Fraction(0), wanted, activity.title, tuple(lines))
    judged = judge(activity, entry, check)
    lines += judged.lines
    if judged.result.status == "malformed":
        return Score(Fraction(0), wanted, activity.title, tuple(lines))
    answered = _word("answered", n=judged.result.answered, total=judged.result.total)
    if not key or judged.board is None:
        why = _word("byPerson" if key and activity.key is not None else "noKey")
        return Score(Fraction(0), wanted, activity.title, (*lines, answered, why))
    if judged.checked:
        lines.append(_word(check))
    else:
        lines += [_word("board")] * ("checks" in judged.counts) + [answered]
    told_items = part(activity.kind, "worksheet").items
    items = told_items(activity.public, activity.key, judged.counts, judged.board)
    reached = wanted * judged.board.score / judged.board.max
    step = Fraction(1, part(activity.kind, "grade").steps(activity.key))
    return Score(reached, wanted, activity.title, tuple(lines), tuple(items), step)


@dataclass(frozen=True)
class Judged:
    """An entry that was handed in, judged.

    Attributes
    ----------
    result : Result
        Of the whole response.
    counts : dict
        A response whose answers are those that count.
    board : Check or None
        These answers, judged; None where the response is malformed or no key is at hand.
    checked : bool
        Whether a check counts, and not the answers as they stand.
    lines : tuple of str
        What is to be said of it, in sentences.
    """

    result: Result
    counts: dict[str, Any]
    board: Check | None
    checked: bool
    lines: tuple[str, ...]


def judge(activity: Activity, entry: Entry, check: str) -> Judged:
    """Judge an entry of an answers file or an answer code.

    Parameters
    ----------
    activity : Activity
        What it answers; without a key, only completeness is told.
    entry : dict
        With a response of any shape.
    check : str
        Which check counts, as for `score`.
    """
    rule = part(activity.kind, "grade")
    response, lines = entry["response"], []
    if entry.get("version", activity.version) != activity.version:
        response = rule.fit(activity.public, response)
        lines.append(_word("version"))
    result = grade(activity, response)
    if result.status == "malformed":
        return Judged(result, response, None, False, (*lines, result.why))
    counts = rule.counted(response, check) if response else response
    board = rule.grade(activity.public, activity.key, counts).board if counts else None
    return Judged(result, counts, board, counts is not response, tuple(lines))


def most(activity: Activity) -> Fraction:
    """Return the points of an activity; without a key, how many parts are to be answered."""
    rule = part(activity.kind, "grade")
    untouched = rule.grade(activity.public, activity.key, rule.blank(activity.public))
    if untouched.board:
        return Fraction(untouched.board.max)
    return Fraction(untouched.total if activity.key is None else 0)


def counted_by(points: Any, check: Any) -> Fraction | None:
    """Return the points that a call of `score` sets; ValueError where it could not be made."""
    if check not in CHECKS:
        raise ValueError(f'check is {check!r}; expected "latest" or "first"')
    if points is None:
        return None
    number = isinstance(points, (int, float)) and not isinstance(points, bool)
    if not number or not math.isfinite(points) or points <= 0:
        raise ValueError(f"points is {points!r}; expected a number greater than 0")
    return Fraction(points)


def _handed_in(activity: Activity, path: Path | None) -> tuple[Entry | None, list[str]]:
    """Return the entry that counts, and what is to be said about where it was looked for."""
    run = given.get(activity.id, Given())
    folder = path.parent if path else Path.cwd()
    written, lines = _in_notebooks(activity.id, folder)
    if run.why and run.why not in lines:
        lines.append(run.why)
    coded = max(
        [entry for entry in (run.entry, *written) if entry],
        key=lambda entry: str(entry["saved"]),
        default=None,
    )
    here = None
    if path is not None:
        here, said = _from_file(activity.id, path)
        lines += said
    entries = [entry for entry in (here, coded) if entry and entry["response"]]
    if not entries:
        file = path.name if path else ""
        name = "nothing" if file and not lines else "nothingFound"
        return None, [_word(name, id=activity.id, file=file), *lines]
    newest = max(entries, key=lambda entry: str(entry["saved"]))
    if path is not None and here and coded:
        lines.append(_difference(coded, here, path) or run.note)
    if newest.get("kind", activity.kind) != activity.kind:
        return None, [*lines, _word("kind", id=activity.id)]
    return newest, [line for line in lines if line]


def _in_notebooks(name: str, folder: Path) -> tuple[list[Entry], list[str]]:
    """Return what codes in the folder's notebooks hold, and why some of them cannot be used.

    A code may stand below the graded cell, where it is run too late for a grader. The learner,
    who has an answers file, would see all points and get none.
    """
    entries: list[Entry] = []
    lines: list[str] = []
    for path in sorted(folder.glob("*.ipynb"))[:MAX_NOTEBOOKS]:
        try:
            if path.stat().st_size > record.MAX_BYTES:
                continue
            text = code_of(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        for one in islice(codes_in(text, name), MAX_CODES):
            if isinstance(one, str):
                lines.append(one)
            else:
                entries.append(one)
    return entries, lines


def code_of(notebook: str) -> str:
    """Return what stands in the code cells of a notebook, as one text: see `cells_of`."""
    return "\n".join(cells_of(notebook))


def cells_of(notebook: str) -> list[str]:
    """Return the texts of the code cells of a notebook: nothing of them is run.

    Parameters
    ----------
    notebook : str
        The notebook, as JSON.

    Raises
    ------
    ValueError
        It is not a notebook that can be read.
    """
    try:
        cells = json.loads(notebook)["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("it is not a notebook that can be read") from None


def codes_in(text: str, name: str) -> Iterator[Entry | str]:
    """Yield the entries of the answer codes in a notebook's code cells.

    One at a time: a few lines of codes can hold more than should be kept in memory at once.

    Parameters
    ----------
    text : str
        From `code_of`.
    name : str
        The id of the activity that they answer.

    Yields
    ------
    dict or str
        An entry as in an answers file, or why a code cannot be used, as a sentence.
    """
    call = rf"""^[^#\n]*\banswer\(\s*(["']){re.escape(name)}\1\s*,\s*(["'])([^"']+)\2"""
    for found in re.finditer(call, text, re.MULTILINE):
        try:
            yield codes.decode(name, found[3])
        except codes.CodeError as error:
            yield str(error)


def _from_file(name: str, path: Path) -> tuple[Entry | None, list[str]]:
    source = _in_source(path)
    if source:
        return None, [_word("fileSource", file=path.name, folder=source.parent)]
    try:
        entry = record.read(path).get(name)
    except record.AnswersError as error:
        return None, [_word("fileBad", file=path.name, why=error)]
    if entry or path.exists() or not path.parent.is_dir():
        return entry, []
    # Browsers save a second download as "answers (1).json".
    others = sorted(other.name for other in path.parent.glob(f"*{path.stem}*{path.suffix}"))
    return None, [_word("fileNamed", found=", ".join(others[:3]), file=path.name)] if others else []


def _in_source(path: Path) -> Path | None:
    """Return the file of this name in the assignment's source, where nbgrader is at work.

    nbgrader copies every file of the source over the learner's before it grades: an answers file
    that an instructor left there would be graded in place of everybody's own.
    """
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        return None
    folder = path.parent
    for above in folder.parents:
        for assignment in (folder.name, folder.parent.name):
            found = above / "source" / assignment / path.name
            if found.is_file():
                return found
    return None


def _when(entry: Entry) -> str:
    return f"{entry['saved'][:16].replace('T', ' ')} UTC"


def _decimal(number: Fraction) -> str:
    # Rounded down: nobody reads of full points who has not reached them.
    return f"{math.floor(number * 100) / 100:.2f}".rstrip("0").rstrip(".")


def _word(name: str, **values: Any) -> str:
    return str(words()["handin"][name].format(**values))
