"""What grading a class gave, on the screen, as CSV and as JSON."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from fractions import Fraction
from io import StringIO
from typing import Any

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

    A learner can name a file ``=HYPERLINK(...)``. An apostrophe before it makes it a text.
    """
    return f"'{cell}" if cell.lstrip()[:1] in ("=", "+", "-", "@") or cell[:1] in "\t\r\n" else cell


def to_csv(grades: Grades) -> str:
    """Return a row for each learner and activity, as CSV."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in grades.rows:
        table.writerow([guarded(str(cell)) if cell else cell for cell in _cells(row)])
    return out.getvalue()


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


def to_json(grades: Grades) -> str:
    """Return the same as JSON, with what belongs to no learner."""
    rows = [
        dict(zip(COLUMNS, _cells(row), strict=True))
        | {"score": float(row.score), "max": float(row.max), "notes": row.notes}
        for row in grades.rows
    ]
    told = {
        "format": "pvwidgets-grades",
        "version": 1,
        "activities": grades.activities,
        "rows": rows,
        "faults": grades.faults,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def to_text(grades: Grades) -> Iterator[str]:
    """Yield the lines of a table for the screen.

    Of a large class only the rows that were not graded are listed, and the sums.
    """
    short = len(grades.rows) > MAX_SHOWN
    listed = [row for row in grades.rows if not short or row.status != GRADED or row.notes]
    shown = listed[:MAX_SHOWN]
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
    for line, row in zip(table, [None, *shown], strict=True):
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        yield from (f"    {note}" for note in (row.notes if row else []))
    if len(listed) > len(shown):
        yield f"... and {len(listed) - len(shown):,} more rows; --csv has them all"
    if short:
        yield f"Graded without a note, and not listed here: {len(grades.rows) - len(listed):,} rows"
    yield from (f"not used: {fault}" for fault in grades.faults)
    told = ", ".join(f"{n:,} {status}" for status, n in sorted(grades.statuses().items()))
    students = len(grades.students())
    yield f"{students:,} {'learner' if students == 1 else 'learners'}: {told or 'nothing'}"
