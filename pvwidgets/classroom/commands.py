"""The commands for a class: what they take, what they write, and what they print."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .work import Task

Commands = Any


def add(commands: Commands) -> None:
    """Add the commands to the parser of ``pvwidgets``."""
    grade = commands.add_parser(
        "grade", help="grade what a class handed in, without running any of it"
    )
    _inputs(grade)
    grade.add_argument("--csv", type=Path, metavar="FILE", help="write a row for each learner here")
    grade.add_argument("--json", type=Path, metavar="FILE", help="the same as JSON")
    grade.add_argument(
        "--gradebook",
        type=Path,
        metavar="IN.csv",
        help="a gradebook of Moodle or Canvas; a copy with the grades is written beside it",
    )
    grade.add_argument("--column", metavar="NAME", help="the gradebook's column to fill")
    grade.add_argument("--force", action="store_true", help="write over files that are there")
    grade.set_defaults(run=_safely(_grade))

    report = commands.add_parser("report", help="one HTML file about how a class did")
    _inputs(report)
    report.add_argument("--out", type=Path, required=True, metavar="FILE.html")
    report.add_argument("--names", action="store_true", help="name the learners; without it nobody")
    report.add_argument("--force", action="store_true", help="write over a file that is there")
    report.set_defaults(run=_safely(_report))

    assign = commands.add_parser(
        "assign", help="draw a release from your own bank: notebook without keys, keys apart"
    )
    assign.add_argument("source", type=Path, metavar="SOURCE", help="a notebook, or its folder")
    assign.add_argument("--bank", type=Path, required=True, metavar="DIR", help="your activities")
    assign.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    assign.add_argument("--seed", metavar="S", help="decides the draw; without it chance does")
    assign.add_argument("--items", type=_count, metavar="N", help="how many items are drawn")
    assign.add_argument(
        "--roster", type=Path, metavar="CSV", help="names of learners: a draw for each of them"
    )
    assign.set_defaults(run=_safely(_assign))

    demo = commands.add_parser(
        "demo-class", help="make synthetic submissions, to try grading and the report with"
    )
    demo.add_argument("out", type=Path, metavar="OUT", help="a new folder")
    demo.add_argument("--students", type=_count, required=True, metavar="N", help="how many")
    demo.add_argument("--seed", type=int, default=1, help="the same seed makes the same class")
    demo.add_argument(
        "--layout",
        choices=("moodle", "canvas", "plain"),
        default="moodle",
        help="how files are named",
    )
    demo.add_argument(
        "--activity",
        action="append",
        metavar="ID",
        help="by id or path; can be repeated",
    )
    demo.set_defaults(run=_safely(_demo))


def _inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="folders or zip files with submissions"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--keys", type=Path, metavar="DIR", help="the keys of a release that `assign` drew"
    )
    what.add_argument(
        "--assignment",
        type=Path,
        metavar="NOTEBOOK",
        help="your notebook: its cells of pv.score say what is assigned and how it counts",
    )
    what.add_argument(
        "--activity",
        action="append",
        metavar="ID",
        help="what is assigned; may be given several times. Without any of these three, "
        "every activity that somebody answered",
    )
    parser.add_argument(
        "--jobs", type=_count, default=1, metavar="N", help="how many processes grade"
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def _safely(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def wrapped(args: argparse.Namespace) -> int:
        from .grading import ClassroomError

        try:
            return run(args)
        except ClassroomError as error:
            print(error, file=sys.stderr)
        except BrokenProcessPool:
            print("a process that graded was ended; try fewer --jobs", file=sys.stderr)
        return 2

    return wrapped


def _tasks(args: argparse.Namespace) -> list[Task] | None:
    from .grading import task_of, tasks_of_keys, tasks_of_notebook

    if args.keys:
        return tasks_of_keys(args.keys)
    if args.assignment:
        return tasks_of_notebook(args.assignment)
    return [task_of(ref) for ref in dict.fromkeys(args.activity)] if args.activity else None


def _check_free(paths: list[Path | None], force: bool) -> None:
    from .grading import ClassroomError

    named = [path.resolve() for path in paths if path]
    if len(set(named)) < len(named):
        raise ClassroomError("two of the files to be written are one; nothing was done")
    for path in paths:
        if path and not path.parent.is_dir():
            raise ClassroomError(f"{path.parent}: there is no such folder; nothing was done")
        if path and path.exists() and not force:
            raise ClassroomError(
                f"{path} is there already; nothing was done. --force writes over it"
            )


def _grade(args: argparse.Namespace) -> int:
    from . import gradebook, tables
    from .grading import ClassroomError, grade_class

    book = args.gradebook
    out = book.parent / f"{book.stem}-filled{book.suffix}" if book else None
    _check_free([args.csv, args.json, out], args.force)
    tasks = _tasks(args)
    if book and tasks is None:
        raise ClassroomError(
            "a gradebook needs to know what is assigned: give --keys, --assignment or --activity"
        )
    data = book.read_bytes() if book else b""
    grades = grade_class(args.paths, tasks=tasks, jobs=args.jobs, progress=sys.stderr)
    for line in tables.to_text(grades):
        print(line)
    filled = None
    if book and out:
        try:
            filled = gradebook.fill(data, grades, args.column)
        except ClassroomError as error:
            raise ClassroomError(f"{book}: {error}; nothing was written") from None
    for path, write in ((args.csv, tables.write_csv), (args.json, tables.write_json)):
        if path:
            with path.open("w", encoding="utf-8", newline="") as table:
                write(grades, table)
            print(f"{path} written")
    if filled and out:
        out.write_bytes(filled.text.encode("utf-8"))
        for line in filled.lines:
            print(f"gradebook: {line}")
        print(f'{out} written: {filled.filled} grades in the column "{filled.column}"')
    return 0 if grades.rows else 1


def _demo(args: argparse.Namespace) -> int:
    from . import demo

    refs = tuple(dict.fromkeys(args.activity)) if args.activity else demo.ACTIVITIES
    demo.make_class(args.out, args.students, seed=args.seed, refs=refs, layout=args.layout)
    named = " ".join(f"--activity {ref}" for ref in refs)
    print(f"{args.out} written; nobody answered any of it. Next:")
    print(f"pvwidgets grade {args.out / 'submissions'} {named}")
    return 0


def _report(args: argparse.Namespace) -> int:
    from . import report
    from .grading import ClassroomError, grade_class, task_of

    if find_spec("matplotlib") is None:
        raise ClassroomError('the report needs Matplotlib: pip install "pvwidgets[figures]"')
    _check_free([args.out], args.force)
    tasks = _tasks(args)
    grades = grade_class(args.paths, tasks=tasks, jobs=args.jobs, details=True, progress=sys.stderr)
    known = tasks if tasks is not None else [task_of(name) for name in grades.activities]
    activities = {task.activity.id: task.activity for task in known}
    text = report.to_html(grades, activities, names=args.names)
    args.out.write_text(text, encoding="utf-8")
    learners = grades.learners()
    print(f"{args.out} written: {learners:,} {'learner' if learners == 1 else 'learners'}")
    return 0 if grades.rows else 1


def _assign(args: argparse.Namespace) -> int:
    from .assign import assign
    from .gradebook import roster
    from .grading import ClassroomError

    learners = None
    if args.roster:
        try:
            learners = roster(args.roster.read_bytes())
        except ClassroomError as error:
            raise ClassroomError(f"{args.roster}: {error}") from None
    drawn = assign(
        args.source, args.bank, args.out, seed=args.seed, items=args.items, roster=learners
    )
    print(f"{args.out / 'release'} is for learners: {drawn}")
    keys = args.out / "keys"
    print(f"{keys} is for you alone. Later: pvwidgets grade PATH --keys {keys}")
    return 0
