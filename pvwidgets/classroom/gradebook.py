"""Fill the grades into a gradebook that was exported from Moodle or Canvas.

Only the column of the grade is changed, and only for learners who handed something in. Names and
all else go back to the platform as they came: a cell changed there would not be found again.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from io import StringIO

from .grading import ClassroomError, Grades
from .tables import decimal
from .work import MISSING, UNREADABLE, Row, spellings, squeezed

MAX_BYTES = 50_000_000

_NUMBERS = ("identifier", "id", "id number", "sis user id", "sis login id", "number")
#: Those that platforms also put into the names of files. Others may be the same by chance.
_PLATFORM, _OWN = ("identifier", "id"), "@"
_NAMES = ("full name", "student", "name", "student name")
_FIRST, _LAST = ("first name",), ("surname", "last name")
_MOST = ("maximum grade",)
_NO_GRADE = ("final", "current", "unposted", "read only", "read-only")


@dataclass
class Filled:
    """A gradebook that was filled in.

    Attributes
    ----------
    text : str
        The new file.
    column : str
        The column of the grade.
    filled : int
        How many grades were written.
    lines : list of str
        Who of one side was not found on the other, and what else is to be said.
    """

    text: str
    column: str
    filled: int = 0
    lines: list[str] = field(default_factory=list)


@dataclass
class _Book:
    rows: list[list[str]]
    dialect: str
    mark: str
    end: str

    def column(self, names: tuple[str, ...]) -> int:
        heads = [head.strip().casefold() for head in self.rows[0]]
        return next((heads.index(name) for name in names if name in heads), -1)


def fill(data: bytes, grades: Grades, column: str | None = None) -> Filled:
    """Return a gradebook with the grades filled in.

    Parameters
    ----------
    data : bytes
        The exported file.
    grades : Grades
        The points of a learner are those of all activities together. Where the gradebook has a
        highest grade other than theirs, they are brought to its scale.
    column : str, optional
        The column to fill; needed where it cannot be told.

    Raises
    ------
    ClassroomError
        The file is no gradebook, or it is not clear which column is meant.
    """
    book = _read(data)
    at = _grade_column(book, column)
    by = _index(book)
    most_at = book.column(_MOST)
    points_row = _points_possible(book)
    filled = Filled("", book.rows[0][at])
    fitting = [_fitting(by, student, number) for (student, number), _ in grades.students()]
    counts = Counter(fitting)
    for ((student, number), rows), places in zip(grades.students(), fitting, strict=True):
        told = f"{student} ({number})" if number else student
        place, *more = places or {0}
        if not place or more:
            why = "two rows fit, so neither is filled in" if places else "not in the gradebook"
            filled.lines.append(f"{why}: {told}")
            continue
        if counts[places] > 1:
            filled.lines.append(
                f"{counts[places]} submissions fit this row, so not filled in: {told}"
            )
            continue
        line = book.rows[place]
        if all(row.status in (MISSING, UNREADABLE) for row in rows):
            filled.lines.append(f"{student}: nothing that can be read; the cell stays as it was")
            continue
        if any(row.status == UNREADABLE for row in rows):
            filled.lines.append(f"{student}: a part cannot be read, and counts 0")
        if most_at >= 0:
            most = _number(line[most_at])
        else:
            most = _number(points_row[at]) if points_row else None
        fresh = decimal(_scaled(rows, most))
        if line[at].strip() not in ("", "-", fresh):
            filled.lines.append(f"{student} had {line[at].strip()} and has {fresh} now")
        line[at] = fresh
        filled.filled += 1
    for place in sorted(set(by.values()).difference({0}, *fitting)):
        filled.lines.append(f"handed in nothing: {_name(book, book.rows[place])}")
    out = StringIO()
    csv.writer(out, delimiter=book.dialect, lineterminator=book.end).writerows(book.rows)
    filled.text = book.mark + out.getvalue()
    return filled


def roster(data: bytes) -> list[tuple[str, str]]:
    """Return name and number of each learner in a gradebook or another list, as CSV.

    Raises
    ------
    ClassroomError
        It is no such list, or names a learner twice.
    """
    book = _read(data)
    heads = [head.strip().casefold() for head in book.rows[0]]
    at = next((n for n, head in enumerate(heads) if head in _NUMBERS), -1)
    found = []
    for row in book.rows[1:]:
        name = _name(book, row).strip()
        number = row[at].strip().rpartition(" ")[2] if at >= 0 else ""
        if (name or number) and name.casefold() != "points possible":
            found.append((name or number, number))
    if not found:
        raise ClassroomError("no column holds names: expected one of name, full name, student, id")
    if len(set(found)) < len(found):
        raise ClassroomError("a learner is named twice")
    return found


def _read(data: bytes) -> _Book:
    if len(data) > MAX_BYTES:
        raise ClassroomError(f"it has more than {MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ClassroomError("it is not UTF-8 text; export it again as CSV") from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    dialect = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=dialect, strict=True))
    except csv.Error as error:
        raise ClassroomError(f"it is no CSV file ({error})") from None
    if not rows:
        raise ClassroomError("it is empty")
    for row in rows:
        row += [""] * (len(rows[0]) - len(row))
    return _Book(rows, dialect, mark, "\r\n" if "\r\n" in text else "\n")


def _grade_column(book: _Book, wanted: str | None) -> int:
    heads = [head.strip() for head in book.rows[0]]
    if wanted is not None:
        if heads.count(wanted) != 1:
            raise ClassroomError(f'there is no one column "{wanted}"; there are {", ".join(heads)}')
        return heads.index(wanted)
    found = [n for n, head in enumerate(heads) if head.casefold() == "grade"]
    if not found:  # Canvas: "Matrix (1234)"; Moodle's whole gradebook: "Assignment: Matrix (Real)"
        found = [
            n
            for n, head in enumerate(heads)
            if re.fullmatch(r".+ \((\d+|Real)\)", head)
            and not any(word in head.casefold() for word in _NO_GRADE)
        ]
    if len(found) != 1:
        raise ClassroomError(
            "which column is meant? Name it with --column, one of: " + ", ".join(heads)
        )
    return found[0]


def _points_possible(book: _Book) -> list[str] | None:
    for row in book.rows[1:4]:
        if row[0].strip().casefold() == "points possible":
            return row
    return None


def _fitting(by: dict[str, int], student: str, number: str) -> frozenset[int]:
    """Return the rows that fit a learner: one, or it is not clear which; 0 stands for two."""
    found = {by[key] for key in (f"{_OWN}{number}", squeezed(student)) if key in by}
    named = {by[key] for key in (f"#{student}", f"{_OWN}{student}") if key in by}
    return frozenset(found - {0} or named - {0} or found | named)


def _index(book: _Book) -> dict[str, int]:
    """Return the rows by number and by name; 0 where two rows share one."""
    found: dict[str, int] = {}
    heads = [head.strip().casefold() for head in book.rows[0]]
    numbers = [n for n, head in enumerate(heads) if head in _NUMBERS]
    own = [n for n in numbers if heads[n] in _PLATFORM]
    for place, row in enumerate(book.rows[1:], 1):
        if row[0].strip().casefold() == "points possible" or not any(row):
            continue
        keys = [f"#{row[n].strip()}" for n in numbers if row[n].strip()]
        # "Participant 17"
        keys += [f"{_OWN}{row[n].strip().rpartition(' ')[2]}" for n in own if row[n].strip()]
        name = _name(book, row)
        for key in {*keys, *spellings(name)}:
            found[key] = 0 if key in found else place
    if not found:
        raise ClassroomError("no column holds names or numbers of learners")
    return found


def _name(book: _Book, row: list[str]) -> str:
    whole, first, last = book.column(_NAMES), book.column(_FIRST), book.column(_LAST)
    if whole >= 0:
        return row[whole]
    return f"{row[first] if first >= 0 else ''} {row[last] if last >= 0 else ''}".strip()


def _number(cell: str) -> Fraction | None:
    text = cell.strip().replace(",", ".")
    return Fraction(text) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text, re.ASCII) else None


def _scaled(rows: list[Row], most: Fraction | None) -> Fraction:
    reached = sum((row.score for row in rows), Fraction(0))
    of = sum((row.max for row in rows), Fraction(0))
    return reached * most / of if most and of else reached
