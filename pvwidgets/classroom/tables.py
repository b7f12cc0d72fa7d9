"""What grading a class gave, on the screen, as CSV and as JSON."""

from __future__ import annotations

import csv
import json
import math
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, TextIO

from .grading import Grades
from .work import GRADED, Row

MAX_SHOWN = 100
COLUMNS = (
    "student",
    "number",
    "activity",
    "score",
    "max",
    "status",
    "answered",
    "of",
    "source",
    "saved",
    "notes",
)


def decimal(number: Fraction) -> str:
    """Return points with at most two decimals, rounded down: nobody reads of points not reached."""
    return f"{math.floor(number * 100) / 100:.2f}".rstrip("0").rstrip(".")


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet takes for a text, and not for a formula.

    A learner can name a file ``=HYPERLINK(...)``. An apostrophe before it makes it a text. Where
    letters are wide, a spreadsheet takes wide signs for the same.
    """
    sign = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if sign in ("=", "+", "-", "@") or cell[:1] in "\t\r\n" else cell


def write_csv(grades: Grades, out: TextIO) -> None:
    """Write a row for each learner and activity, as CSV."""
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in grades.rows:
        table.writerow([guarded(str(cell)) if cell else cell for cell in _cells(row)])


def _cells(row: Row) -> list[Any]:
    return [
        row.student,
        row.number,
        row.activity,
        decimal(row.score),
        decimal(row.max),
        row.status,
        row.answered,
        row.total,
        row.source,
        row.saved,
        "; ".join(row.notes),
    ]


def write_json(grades: Grades, out: TextIO) -> None:
    """Write the same as JSON, with what belongs to no learner.

    It is written row by row: the whole of a large class would fill the memory.
    """
    head = {"format": "pvwidgets-grades", "version": 1, "activities": grades.activities}
    out.write(_dumped(head).removesuffix("\n}") + ',\n "rows": [')
    before = "\n  "
    for row in grades.rows:
        told = dict(zip(COLUMNS, _cells(row), strict=True))
        told |= {"score": float(row.score), "max": float(row.max), "notes": row.notes}
        out.write(before + _dumped(told).replace("\n", "\n  "))
        before = ",\n  "
    out.write("\n ]," if grades.rows else "],")
    out.write(_dumped({"faults": grades.faults}).removeprefix("{") + "\n")


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def to_text(grades: Grades) -> Iterator[str]:
    """Yield the lines of a table for the screen.

    Of a large class only the rows that were not graded are listed, and the sums.
    """
    short = len(grades.rows) > MAX_SHOWN
    shown: list[Row] = []
    listed = 0
    for row in grades.rows:
        if not short or row.status != GRADED or row.notes:
            listed += 1
            if listed <= MAX_SHOWN:
                shown.append(row)
    table = [("student", "activity", "points", "status", "source")]
    table += [
        (
            f"{row.student} ({row.number})" if row.number else row.student,
            row.activity,
            f"{decimal(row.score)}/{decimal(row.max)}",
            row.status,
            row.source,
        )
        for row in shown
    ]
    widths = [min(40, max(len(line[n]) for line in table)) for n in range(5)]
    for line, told in zip(table, [None, *shown], strict=True):
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        yield from (f"    {note}" for note in (told.notes if told else []))
    if listed > len(shown):
        yield f"... and {listed - len(shown):,} more rows; --csv has them all"
    if short:
        yield f"Graded without a note, and not listed here: {len(grades.rows) - listed:,} rows"
    yield from (f"not used: {fault}" for fault in grades.faults)
    sums = ", ".join(f"{n:,} {status}" for status, n in sorted(grades.statuses().items()))
    students = grades.learners()
    yield f"{students:,} {'learner' if students == 1 else 'learners'}: {sums or 'nothing'}"
