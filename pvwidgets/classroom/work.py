"""Grade what one learner handed in, for a class: nothing of it is run, it is read as text."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from .. import answers as record
from .. import handin
from ..answers import Entry
from ..kinds import part
from ..model import Activity
from ..results import Check
from ..words import words
from .collect import MAX_FILES, MAX_INNER, Submission, UnreadableError, clean, inside, read

# What a row can be. Only the first has points.
GRADED, WRITTEN, EMPTY = "graded", "for a person", "nothing answered"
MISSING, MALFORMED, UNREADABLE = "missing", "malformed", "unreadable"
OTHER = "another variant"
STATUSES = (GRADED, WRITTEN, EMPTY, MISSING, MALFORMED, UNREADABLE, OTHER)

MAX_NOTES = 12
#: So many characters of answers and code of one learner are kept at a time. As JSON they can take
#: thirty times as much memory.
MAX_KEPT = record.MAX_BYTES

#: What earns credit in `Check.items`, by status; in between are parts of a question.
CREDIT = {"right": 1.0, "defensible": 1.0, "met": 1.0, "half": 0.5, "column": 0.5, "row": 0.5}
CREDIT["doubt"] = 0.5

_NAMED = re.compile(
    r"""^[^#\n]*\b(?:answer|score|activity)\(\s*(["'])([a-z][a-z0-9-]{0,59})(?:\.public\.json)?\1""",
    re.MULTILINE,
)
_CODE = re.compile(r"PV1:[\w-]{20,}", re.ASCII)


@dataclass(frozen=True)
class Task:
    """An activity that is graded.

    Attributes
    ----------
    activity : Activity
        With its key.
    base : str
        The name under which it is listed: variants of one activity share it.
    points : Fraction or None
        What a right answer is worth; None for the activity's own points.
    check : str
        ``latest`` or ``first``.
    student : tuple of str or None
        Name and number of the learner for whom this variant was drawn.
    """

    activity: Activity
    base: str
    points: Fraction | None = None
    check: str = "latest"
    student: tuple[str, str] | None = None

    @cached_property
    def most(self) -> Fraction:
        """The points of a right answer; 0 where no machine gives any."""
        untouched = part(self.activity.kind, "grade")
        blank = untouched.blank(self.activity.public)
        board = untouched.grade(self.activity.public, self.activity.key, blank).board
        if board is None:
            return Fraction(0)
        return self.points or Fraction(board.max)


@dataclass(slots=True)
class Row:
    """One activity of one learner.

    Attributes
    ----------
    student, number : str
        As the names of files tell.
    activity : str
        The activity as it is listed.
    status : str
        One of `STATUSES`.
    score, max : Fraction
        Points; 0 unless graded.
    answered, total : int
        Parts answered, and all.
    source, saved : str
        Where the answer that counts was found, and when it was saved, in UTC.
    notes : list of str
        What else is to be said.
    print : str
        The same for the same answer saved at the same moment.
    details : dict or None
        For a report: credit and choice by item, and the points of the first and the latest check.
    """

    student: str
    number: str
    activity: str
    status: str
    score: Fraction = Fraction(0)
    max: Fraction = Fraction(0)
    answered: int = 0
    total: int = 0
    source: str = ""
    saved: str = ""
    notes: list[str] = field(default_factory=list)
    print: str = ""
    details: dict[str, Any] | None = None


@dataclass
class _Held:
    """What a submission holds: entries of files, texts of notebooks, and what is to be said.

    `unread` and `room` are how many bytes may still be read, and characters kept.
    """

    records: list[tuple[str, dict[str, Entry]]] = field(default_factory=list)
    notebooks: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unread: int = MAX_INNER
    room: int = MAX_KEPT


class Assignment:
    """What is assigned to whom.

    Parameters
    ----------
    tasks : list of Task
        In the order in which they are listed.
    """

    def __init__(self, tasks: list[Task]) -> None:
        self.tasks = {task.activity.id: task for task in tasks}
        self.bases = list(dict.fromkeys(task.base for task in tasks))
        self._first: dict[str, Task] = {}
        self._by: dict[tuple[str, str], Task | None] = {}
        for task in tasks:
            self._first.setdefault(task.base, task)
            for name in _keys(*(task.student or ("", ""))):
                held = self._by.setdefault((task.base, name), task)
                if held is not task:
                    self._by[task.base, name] = None  # two of one name: the number must tell

    def of(self, submission: Submission) -> list[tuple[Task, bool]]:
        """Return of each activity the variant that counts, and whether it is this learner's."""
        found = []
        for base in self.bases:
            first = self._first[base]
            names = [""]
            if first.student:
                # A platform's number may by chance be the list's number of somebody else.
                names = [squeezed(submission.student), f"#{submission.number}"]
                names.append(f"#{submission.student}")
            mine = next((t for n in names if (t := self._by.get((base, n)))), None)
            found.append((mine or first, mine is not None))
        return found

    def students(self) -> list[tuple[str, str]]:
        """Return the learners for whom variants were drawn."""
        return list(dict.fromkeys(t.student for t in self.tasks.values() if t.student))


def squeezed(name: str) -> str:
    """Return a name's letters and digits alone, to compare it with others."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in folded if is_letter(one))


def is_letter(one: str) -> bool:
    """Return whether a character tells names apart: a letter, a digit, or the sign of a vowel."""
    # Accents, of the classes from 200 on, are in their letter by then, where there is such a one.
    vowel = unicodedata.category(one).startswith("M") and unicodedata.combining(one) < 200
    return one.isalnum() or vowel


def spellings(name: str) -> list[str]:
    """Return a name squeezed, from each of its words on: platforms put the last one first."""
    found = name.replace(",", " ").split()
    turns = [squeezed("".join(found[n:] + found[:n])) for n in range(len(found))]
    return [one for one in dict.fromkeys(turns) if one]


def _keys(name: str, number: str) -> list[str]:
    return [*([f"#{number}"] if number else []), *(spellings(name) or [""])]


Lookup = Callable[[str], Task | None]


def grade_submission(
    submission: Submission, assignment: Assignment | None, lookup: Lookup, details: bool = False
) -> list[Row]:
    """Return the rows of one learner.

    Parameters
    ----------
    submission : Submission
        From `collect`.
    assignment : Assignment or None
        What is assigned; each activity has a row, whatever was handed in. None grades what is
        there.
    lookup : callable
        Gives the task of an activity's id, or None; asked where there is no assignment.
    details : bool, optional
        Whether the rows have what a report needs.
    """
    held = _held(submission)
    named = _named(held)
    if assignment is None:
        found = [task for name in sorted(named) if (task := lookup(name))]
        chosen = [(task, True) for task in found]
        known = {task.activity.id: task for task in found}
    else:
        chosen, known = assignment.of(submission), assignment.tasks
    general = [*submission.faults, *held.faults]
    rows = []
    for task, mine in chosen:
        row = _row(submission, task, held, details) if mine else _stranger(submission, task)
        if row.status == MISSING and general:
            row.status = UNREADABLE
        for name in sorted(named & known.keys()):
            if known[name].base == task.base and known[name] is not task:
                row.status = OTHER if row.status == MISSING else row.status
                row.notes.append(f"answers {name}, which was drawn for somebody else")
        rows.append(row)
    if not rows:
        rows = [Row(submission.student, submission.number, "", UNREADABLE if general else MISSING)]
    strange = sorted(named - known.keys())
    if strange:
        general.append(f"not graded here: {', '.join(strange[:5])}{', …' if strange[5:] else ''}")
    if submission.others and not submission.files:
        general.append(f"only other files: {', '.join(submission.others[:3])}")
    for row in rows:
        row.notes = [clean(one) for one in [*row.notes, *general]][:MAX_NOTES]
    return rows


def _stranger(submission: Submission, task: Task) -> Row:
    row = Row(submission.student, submission.number, task.base, OTHER, max=task.most)
    row.notes.append("this name is not among those for whom variants were drawn")
    return row


def _held(submission: Submission) -> _Held:
    held = _Held()
    for name, data in _contents(submission, held.faults):
        # What one learner hands in could else take all the memory, or hours.
        held.unread -= len(data)
        if held.unread < 0:
            held.faults.append(f"{name} and those before it have more than {MAX_INNER:,} bytes")
            break
        _take(held, name, data)
    return held


def _contents(submission: Submission, faults: list[str]) -> Iterator[tuple[str, bytes]]:
    for file in submission.files:
        name = file.label
        try:
            if not name.lower().endswith(".zip"):
                yield name, read(file)
                continue
            for inner, data in inside(file):
                if isinstance(data, str):
                    faults.append(f"{inner} {data}")
                else:
                    yield inner, data
        except UnreadableError as error:
            faults.append(f"{name} {error}")


def _take(held: _Held, name: str, data: bytes) -> None:
    if len(held.records) + len(held.notebooks) >= 2 * MAX_FILES:
        held.faults.append(f"{name} is one of too many files")
        return
    try:
        text = data.decode("utf-8-sig")  # some editors put a mark before it; browsers pass it over
    except UnicodeDecodeError:
        held.faults.append(f"{name} is not UTF-8 text")
        return
    try:
        notebook = name.lower().endswith(".ipynb")
        kept = handin.code_of(text) if notebook else text
        if len(kept) > held.room:
            held.faults.append(f"{name} and those before it hold more than {MAX_KEPT:,} characters")
            return
        if notebook:
            held.notebooks.append((name, kept))
        else:
            held.records.append((name, record.parse(text)))
        held.room -= len(kept)
    except record.AnswersError as error:
        held.faults.append(f"{name}: {error}")
    except ValueError as error:
        held.faults.append(f"{name}: {error}")


def _named(held: _Held) -> set[str]:
    """Return the ids that are answered, or named in a cell of a notebook."""
    named = {found[2] for _, text in held.notebooks for found in _NAMED.finditer(text)}
    for _, entries in held.records:
        named |= {name for name, entry in entries.items() if entry["response"] and len(name) <= 60}
    return named


def _row(submission: Submission, task: Task, held: _Held, details: bool) -> Row:
    activity = task.activity
    row = Row(submission.student, submission.number, task.base, MISSING)
    row.max = task.most
    answers, best = 0, None
    found = differ = False
    for source, entry in _sources(activity.id, held, row.notes):
        found = True
        if not entry["response"]:
            continue
        answers += 1
        differ = differ or (best is not None and best[1]["response"] != entry["response"])
        if best is None or str(entry["saved"]) > str(best[1]["saved"]):
            best = source, entry
    if best is None:
        row.status = EMPTY if found else MISSING
        if any("PV1:" in text and _CODE.search(text) for _, text in held.notebooks):
            row.notes.append("an answer code stands in the notebook, but in no usable pv.answer")
        return row
    row.source, entry = best
    row.saved = entry["saved"]
    if differ:
        row.notes.append(f"{answers} answers are there, which differ; the newest counts")
    if entry.get("kind", activity.kind) != activity.kind:
        row.status = MALFORMED
        row.notes.append(str(words()["handin"]["kind"].format(id=activity.id)))
        return row
    judged = handin.judge(activity, entry, task.check)
    row.notes += judged.lines
    row.answered, row.total = judged.result.answered, judged.result.total
    if judged.result.status == "malformed":
        row.status = MALFORMED
    elif judged.result.status == "empty" or _untouched(activity, judged):
        row.status = EMPTY
    elif judged.board is None:
        row.status = WRITTEN
    else:
        row.status = GRADED
        row.score = row.max * judged.board.score / judged.board.max
        row.print = _print(activity.id, entry)
        if details:
            row.details = _details(activity, judged)
    return row


def _sources(name: str, held: _Held, notes: list[str]) -> Iterator[tuple[str, Entry]]:
    # Of two that were saved at the same moment the file counts, as for a single notebook.
    for file, entries in held.records:
        if name in entries:
            yield file, entries[name]
    left = handin.MAX_CODES
    for file, text in held.notebooks:
        said = 0
        for one in handin.codes_in(text, name):
            left -= 1
            if left < 0:
                notes.append(f"{file}: there are more than {handin.MAX_CODES} answer codes")
                return
            if not isinstance(one, str):
                yield f"answer code in {file}", one
            elif said < 3:
                said += 1
                notes.append(f"{file}: {one}")


def _untouched(activity: Activity, judged: handin.Judged) -> bool:
    blank = part(activity.kind, "grade").blank(activity.public)
    return not judged.checked and (judged.result.answered == 0 or judged.counts == blank)


def _print(name: str, entry: Entry) -> str:
    told = json.dumps([name, entry["saved"], entry["response"]], sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _details(activity: Activity, judged: handin.Judged) -> dict[str, Any]:
    assert judged.board is not None
    share = float(judged.board.score / judged.board.max)
    # The steps of a chain are numbered in each chain anew.
    chain = ""
    if activity.kind == "order":
        chain = f"{activity.public['sets'].index(judged.counts['set'])} "
    return {
        "id": activity.id,
        "share": share,
        "first": _share(judged.result.first),
        "latest": _share(judged.result.latest),
        "items": {
            f"{chain}{name}": CREDIT.get(status, 0.0) for name, status in judged.board.items.items()
        },
        "chosen": list(_chosen(judged.counts)),
    }


def _share(check: Check | None) -> float | None:
    return float(check.score / check.max) if check and check.max else None


def _chosen(response: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Tell item, part of it and choice, where that can be named."""
    for item, value in response.get("placed", {}).items():
        yield item, "", str(value)
    for item, parts in response.get("answers", {}).items():
        for name, value in parts.items():
            for one in value if isinstance(value, list) else [value]:
                yield item, name, str(one)
