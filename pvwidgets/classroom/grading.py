"""Grade a class: one learner after the other, or several at a time in processes of their own."""

from __future__ import annotations

import time
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import chdir
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TextIO

from ..errors import ActivityError
from ..halves import CHECKS, KEY, read_key
from ..model import Activity, list_activities, load
from ..source import Called, called, score_calls
from .collect import Submission, clean, collect
from .rows import Rows
from .work import MISSING, UNREADABLE, Assignment, Row, Task, grade_submission

CHUNK = 16


class ClassroomError(ValueError):
    """A command for a class cannot do its work; the message is a sentence for an instructor."""


@dataclass
class Grades:
    """What grading a class gives.

    Attributes
    ----------
    rows : Rows
        By learner, then by activity.
    activities : list of str
        As they are listed.
    faults : list of str
        What belongs to no learner and could not be used.
    """

    rows: Rows = field(default_factory=Rows)
    activities: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def statuses(self) -> Counter[str]:
        """Return how many rows have each status."""
        return Counter(row.status for row in self.rows)

    def students(self) -> Iterator[tuple[tuple[str, str], list[Row]]]:
        """Yield of each learner name and number, and the rows."""
        for whose, rows in groupby(self.rows, lambda row: (row.student, row.number)):
            yield whose, list(rows)

    def learners(self) -> int:
        """Return how many learners there are."""
        return sum(1 for _ in self.students())


# --- What is assigned ------------------------------------------------------------------------


def tasks_of_keys(folder: Path) -> list[Task]:
    """Return the tasks of a folder of key files.

    Raises
    ------
    ActivityError
        A key file cannot be used.
    ClassroomError
        There is none, or two are for one activity.
    """
    paths = sorted(folder.glob(f"*{KEY}"))
    if not paths:
        raise ClassroomError(f"{folder}: there is no file *{KEY} in this folder")
    tasks: dict[str, Task] = {}
    for path in paths:
        held = read_key(path)
        public = held.public
        one = Activity(
            public["id"], public["kind"], public["version"], public["title"], public, held.key, path
        )
        if one.id in tasks:
            raise ClassroomError(f"{path}: a second key for {one.id}")
        tasks[one.id] = Task(one, held.base, held.points, held.check, held.student)
    return list(tasks.values())


def tasks_of_notebook(path: Path) -> list[Task]:
    """Return the tasks of an instructor's notebook: what its cells of `pv.score` name.

    Raises
    ------
    ClassroomError
        It is no notebook, there is no such cell, or what one sets cannot be read or used.
    """
    tasks: dict[str, Task] = {}
    try:
        calls = [called(call) for call in score_calls(path.read_text(encoding="utf-8"))]
        with chdir(path.parent):
            for one in calls:
                task = _task(one) if one and one.key else None
                if task:
                    name = task.activity.id
                    tasks[name] = _said_once(tasks.get(name, task), task)
    except UnicodeDecodeError:
        raise ClassroomError(f"{path}: it is not UTF-8 text") from None
    except ActivityError:
        raise
    except ValueError as error:
        raise ClassroomError(f"{path}: {error}") from None
    if not tasks:
        raise ClassroomError(f'{path}: no cell holds pv.score("...") that grades')
    return list(tasks.values())


def _task(one: Called) -> Task | None:
    activity = load(one.ref, seed=one.seed)
    if activity.key is None:
        return None
    return Task(activity, activity.id, one.points, one.check)


def _said_once(old: Task, new: Task) -> Task:
    """Return the task of two cells that name one activity; what says nothing of it gives way."""
    plain = (None, CHECKS[0])
    before, after = (old.points, old.check), (new.points, new.check)
    if before != after and plain not in (before, after):
        raise ValueError(f'two cells of pv.score("{old.base}") differ in points or check')
    return new if before == plain else old


def task_of(ref: str) -> Task:
    """Return the task of an activity, by its id or its path, with its own points."""
    activity = load(ref)
    return Task(activity, activity.id)


@cache
def _names() -> frozenset[str]:
    return frozenset(list_activities())


_task_once = cache(task_of)


def _lookup(name: str) -> Task | None:
    """Return the task of an activity of the package; None for any other name."""
    return _task_once(name) if name in _names() else None


# --- Grading -----------------------------------------------------------------------------------

_assignment: Assignment | None = None
_details = False


def _start(tasks: list[Task] | None, details: bool) -> None:
    global _assignment, _details
    _assignment = None if tasks is None else Assignment(tasks)
    _details = details


def _work(submission: Submission) -> list[Row]:
    try:
        return grade_submission(submission, _assignment, _lookup, _details)
    except (Exception, RecursionError) as error:
        # The last resort: whatever one learner's files set off, the others are graded.
        why = f"could not be graded ({type(error).__name__}: {clean(str(error))})"
        names = [""] if _assignment is None else _assignment.bases
        return [
            Row(submission.student, submission.number, name, UNREADABLE, notes=[why])
            for name in names
        ]


def _graded(
    submissions: list[Submission], tasks: list[Task] | None, jobs: int, details: bool
) -> Iterator[list[Row]]:
    # All of them are started at once, those without work too.
    jobs = min(jobs, -(-len(submissions) // CHUNK))
    if jobs <= 1:
        _start(tasks, details)
        yield from map(_work, submissions)
        return
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(tasks, details)) as pool:
        yield from pool.map(_work, submissions, chunksize=CHUNK)


def grade_class(
    paths: Iterable[Path],
    *,
    tasks: list[Task] | None = None,
    jobs: int = 1,
    details: bool = False,
    progress: TextIO | None = None,
) -> Grades:
    """Grade what a class handed in. Nothing of it is run, and nothing is unpacked onto the disk.

    Parameters
    ----------
    paths : iterable of Path
        Folders, zip files, notebooks and files of answers.
    tasks : list of Task, optional
        What is assigned. Without it, every activity of the package that somebody answered.
    jobs : int, optional
        How many processes grade.
    details : bool, optional
        Whether the rows have what a report needs.
    progress : file, optional
        A terminal on which a line counts along.

    Returns
    -------
    Grades
        With a row for each learner and activity; what is missing or cannot be used has one too.
    """
    submissions, faults = collect(paths)
    grades = Grades(faults=faults)
    prints = array("Q")
    line = Line(progress, len(submissions))
    for rows in _graded(submissions, tasks, jobs, details):
        prints.extend(int(row.print, 16) for row in rows if row.print)
        grades.rows.extend(rows)
        line.count()
    line.end()
    grades.rows = Rows(_compared(grades.rows, _repeated(prints)))
    if tasks is None:
        _fill_in(grades)
    else:
        grades.activities = list(dict.fromkeys(task.base for task in tasks))
        _absent(grades, Assignment(tasks))
    return grades


def _repeated(prints: array[int]) -> frozenset[int]:
    # Sorted they need a tenth of the memory of a dictionary, and nearly all are there once.
    ordered = array("Q", sorted(prints))
    return frozenset(ordered[n] for n in range(1, len(ordered)) if ordered[n] == ordered[n - 1])


def _compared(rows: Iterable[Row], repeated: frozenset[int]) -> Iterator[Row]:
    """Say where somebody before has the same answer."""
    first: dict[str, str] = {}
    for row in rows:
        if row.print and int(row.print, 16) in repeated:
            other = first.setdefault(row.print, row.student)
            if other != row.student:
                row.notes.append(f"the same answer, saved at the same moment, as {other}")
        yield row


def _fill_in(grades: Grades) -> None:
    """Give each learner a row for each activity that anybody answered."""
    grades.activities = sorted({row.activity for row in grades.rows if row.activity})
    most = {row.activity: row.max for row in grades.rows}
    filled = Rows()
    for (student, number), rows in grades.students():
        have = {row.activity: row for row in rows}
        lone = have.get("")
        for name in grades.activities or [""]:
            row = have.get(name)
            if row is None:
                row = Row(student, number, name, lone.status if lone else MISSING, max=most[name])
                row.notes = list(lone.notes) if lone else []
            filled.append(row)
    grades.rows = filled


def _absent(grades: Grades, assignment: Assignment) -> None:
    """Give a row to each learner for whom a variant was drawn and who handed in nothing."""
    drawn = assignment.students()
    if not drawn:
        return
    there = (Submission(*whose) for whose, _ in grades.students())
    taken = {task.student for one in there for task, mine in assignment.of(one) if mine}
    absent: dict[tuple[str, str], list[Row]] = {one: [] for one in drawn if one not in taken}
    for task in assignment.tasks.values():
        if task.student in absent:
            row = Row(*task.student, task.base, MISSING, max=task.most)
            absent[task.student].append(row)
    for rows in absent.values():
        grades.rows.extend(rows)


class Line:
    """A line on a terminal that counts along: ten lines of code, so no package for it.

    Parameters
    ----------
    out : file or None
        Nothing is shown unless it is a terminal.
    total : int
        Up to where it counts.
    """

    def __init__(self, out: TextIO | None, total: int) -> None:
        self._out = out if out is not None and out.isatty() else None
        self._total, self._done, self._shown = total, 0, 0.0

    def count(self) -> None:
        """Count one more."""
        self._done += 1
        now = time.monotonic()
        if self._out and (now - self._shown > 0.2 or self._done == self._total):
            self._shown = now
            width = 30 * self._done // max(1, self._total)
            bar = "#" * width + "." * (30 - width)
            self._out.write(f"\r[{bar}] {self._done:,} of {self._total:,}")
            self._out.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._out and self._done:
            self._out.write("\r" + " " * 70 + "\r")
            self._out.flush()
