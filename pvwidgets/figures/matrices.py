"""The public value matrix (figure 3.1) and programmes on it (figure 3.2)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .common import (
    ALT_LIMIT,
    ASIDE,
    BLUE,
    BODY,
    GAIN,
    GREEN,
    HEADING,
    INK,
    LOSS,
    ON_GAIN,
    ON_LOSS,
    PURPLE,
    QUIET,
    RED,
    RESERVE,
    SHEET,
    STRONG,
    TINT,
    Picture,
    Sign,
    Style,
    broken,
    clean,
    describe,
    listed,
    plain_settings,
    width_of,
)
from .sheet import At, Sheet


@dataclass(frozen=True)
class Cell:
    """A cell of the public value matrix.

    Attributes
    ----------
    code : str
        ``IW``, ``CW``, ``IJ`` or ``CJ``: column, then row.
    column, row : str
        ``individual`` or ``collective``; ``welfare`` or ``justice``.
    motto : str
        The name that learners see.
    hue : str
        Colour of the cell, as ``#rrggbb``; at least 3:1 on white and on black.
    entries : tuple of str
        What belongs here, in paraphrase.
    """

    code: str
    column: str
    row: str
    motto: str
    hue: str
    entries: tuple[str, ...]


CELLS: dict[str, Cell] = {
    cell.code: cell
    for cell in (
        Cell(
            "IW",
            "individual",
            "welfare",
            "My Wellbeing",
            BLUE,
            ("My needs are met", "I get what I want", "I am better off and more secure"),
        ),
        Cell(
            "CW",
            "collective",
            "welfare",
            "Our Wellbeing",
            GREEN,
            (
                "An economy that prospers and includes people",
                "Safe, healthy surroundings, physical and social",
            ),
        ),
        Cell(
            "IJ",
            "individual",
            "justice",
            "My Rights and Duties",
            RED,
            (
                "My rights are protected",
                "My autonomy and dignity are secure",
                "Duties laid on me are just and fairly laid",
            ),
        ),
        Cell(
            "CJ",
            "collective",
            "justice",
            "Our Rights and Duties",
            PURPLE,
            (
                "Rights are protected equally",
                "Dignity and autonomy for everyone",
                "Groups are treated fairly",
                "A just social order",
            ),
        ),
    )
}
"""The four cells in reading order, by code."""

_ROWS = {"welfare": "the good", "justice": "the just"}

_INVENTED = "Invented scores"
_PROGRAMMES: dict[str, dict[str, int]] = {
    "Night bus stop at the hospital (Halverton)": {"IW": 1, "CW": 1, "IJ": 1, "CJ": -1},
    "Stop-and-search patrols (San Aurelio)": {"IW": 0, "CW": 1, "IJ": -1, "CJ": -1},
    "Motorcycle vaccination (Lumari)": {"IW": 1, "CW": 1, "IJ": 0, "CJ": 1},
    "Pre-filled tax return, helpline cut (Ardenia)": {"IW": 1, "CW": 0, "IJ": 0, "CJ": -1},
    "Posted hygiene scores (Tornholt)": {"IW": 0, "CW": 1, "IJ": -1, "CJ": 0},
    "Flood wall paid by property value (Brackwater)": {"IW": -1, "CW": 1, "IJ": 0, "CJ": 1},
}
# --- Figure 3.1 ----------------------------------------------------------------------


def _code(name: object) -> str:
    """Return `name` if it is the code of a cell; else raise with the likely intended one."""
    if isinstance(name, str) and name in CELLS:
        return name
    likely = _likely_code(str(name))
    guess = f' Did you mean "{likely}"?' if likely else ""
    known = ", ".join(f"{cell.code} ({cell.motto})" for cell in CELLS.values())
    raise ValueError(f'There is no cell "{name}".{guess} The cells are {known}.')


def _likely_code(name: str) -> str | None:
    codes = {
        spelling: cell.code
        for cell in CELLS.values()
        for spelling in (
            cell.code.lower(),
            cell.code[::-1].lower(),
            cell.motto.lower(),
            f"{cell.column} {cell.row}",
            f"{cell.row} {cell.column}",
        )
    }
    wanted = " ".join(re.split(r"[\W_]+", name.lower())).strip()
    close = difflib.get_close_matches(wanted, codes, n=1, cutoff=0.5)
    return codes[close[0]] if close else None


def _checked_entries(entries: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    checked: dict[str, list[str]] = {code: [] for code in CELLS}
    for name, texts in entries.items():
        code = _code(name)
        if isinstance(texts, str):
            raise TypeError(f"entries[{name!r}] is one string; put it in a list")
        for entry in texts:
            if not isinstance(entry, str):
                raise TypeError(f"entries[{name!r}] holds {entry!r}, which is not a string")
            if cleaned := clean(entry):
                checked[code].append(cleaned)
    return checked


_NO_ENTRY = "No entry"


def matrix(entries: Mapping[str, Sequence[str]] | None = None) -> Picture:
    """Draw the public value matrix, with its usual or with your own entries.

    Columns are individual and collective, rows are welfare ("the good") and
    justice ("the just"). Each cell has its motto and its entries.

    Parameters
    ----------
    entries : mapping of str to sequence of str, optional
        Texts by cell code (``IW``, ``CW``, ``IJ``, ``CJ``), such as the cards that
        a learner has placed. A cell that is left out has none. Cells grow with
        their texts; marks of ``*emphasis*`` are taken out. Without `entries`, the
        usual content.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Raises
    ------
    ValueError
        If a cell is not known; the message names the likely intended one.
    TypeError
        If the texts of a cell are not a sequence of strings.

    Notes
    -----
    Cells and mottos: the teaching slides *Nobody's Core Business: The Mission of a City
    Library*, Bloomberg Harvard City Leadership Initiative. The rows as two families of moral
    reasons: Moore (2014), "Public Value Accounting", *Public Administration Review* 74(4),
    465-477. The two pairs as a two-by-two: Moore and Veth, *Public Value Conversations*,
    episodes 1 and 2. The entries are a paraphrase.
    """
    if entries is None:
        title, content = "The public value matrix", {c.code: [*c.entries] for c in CELLS.values()}
    else:
        title, content = "The public value matrix with your entries", _checked_entries(entries)
    with plain_settings():
        figure = _draw_matrix(content)

    frame = (
        "The columns are individual and collective; "
        "the rows are welfare (the good) and justice (the just)."
    )
    lines = [
        f"{cell.column.capitalize()} {cell.row}, {cell.motto}: "
        f"{'; '.join(entry.rstrip('.;') for entry in content[code]) or _NO_ENTRY.lower()}."
        for code, cell in CELLS.items()
    ]
    alt = " ".join((f"{title}.", frame, *lines))
    if len(alt) > ALT_LIMIT:
        counts = "; ".join(f"{CELLS[code].motto}, {len(content[code])}" for code in CELLS)
        alt = f"{title}. {frame} Number of entries: {counts}. The text form has them all."
    return describe(figure, title=title, alt=alt, lines=[frame, *lines])


def _draw_matrix(content: Mapping[str, Sequence[str]]) -> Picture:
    label, header, gap = 48, 32, 8
    pad, accent, indent, after_motto, after_entry = 13, 2, 14, 4, 7
    width = (SHEET - label - gap - 1) / 2
    room = width - 2 * pad

    mottos = {code: broken(cell.motto, room, HEADING) for code, cell in CELLS.items()}
    texts = {
        code: [broken(entry, room - indent, BODY) for entry in entries]
        for code, entries in content.items()
    }

    def height(code: str) -> float:
        blocks = texts[code] or [[_NO_ENTRY]]
        entries = sum(len(lines) * BODY.leading + after_entry for lines in blocks)
        return accent + len(mottos[code]) * HEADING.leading + after_motto + entries + 2 * pad - 4

    heights = {
        row: max(150, *(height(cell.code) for cell in CELLS.values() if cell.row == row))
        for row in _ROWS
    }
    tops = {"welfare": header, "justice": header + heights["welfare"] + gap}
    lefts = {"individual": label, "collective": label + width + gap}
    sheet = Sheet(tops["justice"] + heights["justice"] + 1)

    for column, x in lefts.items():
        sheet.line("page", x + width / 2, 20, column.capitalize(), HEADING, centred=True)
    for row, meaning in _ROWS.items():
        y = tops[row] + heights[row] / 2
        sheet.line("page", 16, y, row.capitalize(), HEADING, centred=True, upright=True)
        sheet.line("page", 38, y, f"\u201c{meaning}\u201d", ASIDE, centred=True, upright=True)
    for code, cell in CELLS.items():
        x, y = lefts[cell.column], tops[cell.row]
        at = (x, y, width, heights[cell.row])
        sheet.box(code, at, cell.hue, opacity=TINT, edge=cell.hue)
        x, y = x + pad, y + pad
        sheet.bar((x, y - 6, 36, 4), cell.hue)
        y = sheet.lines(code, x, y + accent, mottos[code], HEADING) + after_motto
        if not texts[code]:
            sheet.lines(code, x, y, [_NO_ENTRY], ASIDE)
        for lines in texts[code]:
            sheet.dot(x + 4, y + 1.02 * BODY.size - BODY.middle, cell.hue)
            y = sheet.lines(code, x + indent, y, lines, BODY) + after_entry
    return sheet.figure


# --- Figure 3.2 ----------------------------------------------------------------------


_SCORES: dict[int, Sign] = {
    1: Sign("+", "gain", GAIN, ON_GAIN),
    0: Sign("0", "no effect", None, INK),
    -1: Sign("\u2212", "loss", LOSS, ON_LOSS),
}


def _checked_scores(scores: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    checked: dict[str, dict[str, int]] = {}
    for programme, row in scores.items():
        name = clean(str(programme))
        if not name or name in checked:
            raise ValueError(f"each programme needs a name of its own, not {programme!r}")
        given = {_code(cell): score for cell, score in row.items()}
        if missing := [code for code in CELLS if code not in given]:
            raise ValueError(f"{name!r} has no score for {listed(missing)}; no effect is 0")
        for code, score in given.items():
            if isinstance(score, bool) or score not in _SCORES:
                raise ValueError(f"{name!r}, {code}: a score is -1, 0 or 1, not {score!r}")
        checked[name] = {code: int(given[code]) for code in CELLS}
    if not checked:
        raise ValueError("a heat map needs one programme or more")
    return checked


def heat_map(
    scores: Mapping[str, Mapping[str, int]] | None = None, *, note: str | None = None
) -> Picture:
    """Draw which programmes gain and lose in which cell of the matrix.

    Parameters
    ----------
    scores : mapping of str to mapping of str to int, optional
        For each programme a score in every cell: 1 for a gain, 0 for no effect,
        -1 for a loss. A last part of the name in brackets, such as a place, gets a
        line of its own. Without `scores`, six programmes of the course's invented
        cases.
    note : str, optional
        Words that mark the scores in the figure. The course's own scores are always
        marked as invented; a note is added to that.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Raises
    ------
    ValueError
        If a cell is not known (the message names the likely intended one) or
        missing, a score is not -1, 0 or 1, a name is empty or there twice, or there
        is no programme.

    Notes
    -----
    Cells as in `matrix`. The scores of the course are invented; no programme was
    measured. They show that a programme touches several cells, in plus and in minus.
    """
    table = _checked_scores(_PROGRAMMES if scores is None else scores)
    marks = [_INVENTED] if scores is None else []
    if cleaned := clean(note or "").rstrip("."):
        marks.append(cleaned)
    mark = ". ".join(marks)
    with plain_settings():
        figure = _draw_heat_map(table, mark)

    def told(row: Mapping[str, int], shown: Sequence[int]) -> str:
        found = {
            score: [CELLS[code].motto for code in CELLS if row[code] == score] for score in shown
        }
        parts = [f"{_SCORES[score].meaning} in {listed(m)}" for score, m in found.items() if m]
        return "; ".join(parts) or "no effect in any cell"

    def total(code: str, score: int) -> int:
        return sum(row[code] == score for row in table.values())

    title = "Programmes on the public value matrix"
    marked = [f"{mark}."] if mark else []
    mixed = sum({1, -1} <= set(row.values()) for row in table.values())
    pattern = f"With a gain in one cell and a loss in another: {mixed} of {len(table)}."
    alt = [f"{name}: {told(row, (1, -1))}." for name, row in table.items()]
    lines = [f"{name}: {told(row, (1, -1, 0))}." for name, row in table.items()]
    totals = [
        f"{cell.motto}: gains {total(code, 1)}, losses {total(code, -1)}, "
        f"no effect {total(code, 0)}."
        for code, cell in CELLS.items()
    ]
    return describe(
        figure,
        title=title,
        alt=" ".join([f"{title}.", *marked, pattern, *alt]),
        lines=[*marked, *lines, *totals, pattern],
    )


def _draw_heat_map(table: Mapping[str, Mapping[str, int]], mark: str) -> Picture:
    square, step, group_gap, pad, below_header, legend = 48, 58, 14, 9, 18, 46
    group = step + square
    grid = SHEET - 1 - 2 * group - (step - square) - group_gap
    lefts = {"IW": grid, "CW": grid + step}
    lefts |= {"IJ": grid + 2 * step + group_gap, "CJ": grid + 3 * step + group_gap}
    room = grid - 16

    def parted(name: str) -> tuple[list[str], list[str]]:
        found = re.fullmatch(r"(.*\S)\s+\(([^()]+)\)", name)
        what, where = found.groups() if found else (name, "")
        return broken(what, room, STRONG), broken(where, room, ASIDE)

    names = [parted(name) for name in table]
    heights = [
        max(square, (len(what) + len(where)) * BODY.leading) + 2 * pad for what, where in names
    ]
    # "My Rights and Duties" is told in two steps: "Rights and Duties", and below it "My".
    owners = {code: cell.motto.split(" ", 1)[0] for code, cell in CELLS.items()}
    topics = {
        (first, second): broken(CELLS[first].motto.split(" ", 1)[1], group, STRONG)
        for first, second in (("IW", "CW"), ("IJ", "CJ"))
    }
    marked = broken(mark, room - 24, STRONG)
    mark_height = len(marked) * STRONG.leading + 14
    header = max(
        (max(map(len, topics.values())) + 1) * STRONG.leading + below_header, mark_height + 6
    )
    sheet = Sheet(header + sum(heights) + legend)

    if marked:
        width = max(width_of(line, STRONG) for line in marked) / RESERVE + 24
        top = header - 5 - mark_height
        at = (1, top, width, mark_height)
        sheet.box("mark", at, None, edge=INK, edge_opacity=QUIET, dashed=True)
        sheet.lines("mark", 1 + width / 2, top + 7, marked, STRONG, centred=True)
    for codes, lines in topics.items():
        y = header - below_header - (len(lines) + 1) * STRONG.leading
        y = sheet.lines("page", lefts[codes[0]] + group / 2, y, lines, STRONG, centred=True)
        for code in codes:
            x = lefts[code]
            sheet.lines("page", x + square / 2, y, [owners[code]], BODY, centred=True)
            sheet.bar((x, header - 10, square, 4), CELLS[code].hue)

    y = header
    for number, (row, (what, where), height) in enumerate(
        zip(table.values(), names, heights, strict=True)
    ):
        if number:
            sheet.bar((0, y - 0.5, SHEET, 1), INK, 0.2)
        text_height = (len(what) + len(where)) * BODY.leading
        below = sheet.lines("page", 0, y + (height - text_height) / 2, what, STRONG)
        sheet.lines("page", 0, below, where, ASIDE)
        for code, score in row.items():
            at = (lefts[code], y + (height - square) / 2, square, square)
            _draw_score(sheet, f"{number}:{code}", _SCORES[score], at)
        y += height

    sheet.bar((0, y - 0.5, SHEET, 1), INK, 0.5)
    left, top, side = 1.0, y + 14, 28
    for kind in _SCORES.values():
        _draw_score(sheet, f"legend:{kind.meaning}", kind, (left, top, side, side))
        sheet.line("page", left + side + 9, top + side / 2 + BODY.middle, kind.meaning, BODY)
        left += side + 9 + width_of(kind.meaning, BODY) + 26
    return sheet.figure


def _draw_score(sheet: Sheet, name: str, score: Sign, at: At) -> None:
    left, top, width, height = at
    style = Style(size=round(0.2 * height + 16), weight="bold")
    sheet.box(name, at, score.fill, edge=INK, edge_opacity=0.5)
    x, y = left + width / 2, top + height / 2 + style.middle
    sheet.line(name, x, y, score.sign, style, colour=score.ink, centred=True)
