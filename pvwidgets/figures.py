"""Figures of the course, drawn from data with Matplotlib.

This is the only module of the package that imports Matplotlib; it is imported
on demand. Each figure function returns a Matplotlib figure that carries its own
words: a title, an alternative text that tells the relation rather than the
look, and a longer text form. In a notebook or a chapter the last line of a cell
shows the picture together with those words::

    from pvwidgets import figures
    figures.show(figures.matrix())

How a picture is shown
----------------------
*HTML hosts* get one inline SVG, right on light and on dark pages without any
style sheet: the background is left clear, ink is ``currentColor`` (the page's
own text colour) and the cells are tinted with a hue at low opacity, so they
turn pale on white and deep on black. Two pictures, one for each theme, were
not chosen: the classes that switch them differ from host to host, and an opaque
white card is glaring at night. Words in the picture stay text in the page's own
font, so they are sharp at every zoom, can be searched and follow high-contrast
settings. Line breaks are measured with DejaVu Sans, which is wider than the
usual fonts of a page, so that text stays in its box in those too. At 272 px,
what a phone of 320 px leaves in the book, the smallest text is 10 px; a figure that
would need more scrolls in its own frame.

*Print and other hosts* get the same drawing on white, as PDF and PNG;
a terminal gets the text form.

All formats are the same bytes at each run.

JupyterLab removes SVG from notebooks that it does not trust. There only the words
are left until the cell is run.

Captions and cross-references in a chapter
------------------------------------------
MyST-NB applies the cell metadata ``mystnb: figure:`` to every kind of output,
HTML included: it wraps the output in a numbered figure with the caption, and
the name works with ``{numref}``. (``mystnb: image:``, with ``alt``, is for image
outputs only and does nothing here; the alternative text is in the SVG.) ::

    ```{code-cell} ipython3
    ---
    tags: [remove-input]
    mystnb:
      figure:
        name: fig-matrix
        caption: The public value matrix.
    ---
    figures.show(figures.matrix())
    ```

In a notebook there is no such wrapper: give ``show`` the ``caption``.

How to add a figure
-------------------
Draw on a `_Sheet`, in pixels from the top left corner, with the colours of this
module only (`INK` becomes ``currentColor``; any other colour stays and must
suit both themes), and end with `describe`.
"""

from __future__ import annotations

import base64
import difflib
import html
import io
import math
import re
import unicodedata
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle
from matplotlib.textpath import TextToPath

__all__ = [
    "CELLS",
    "Cell",
    "Picture",
    "alt_text",
    "describe",
    "heat_map",
    "matrix",
    "show",
    "text",
]

# --- Colours -----------------------------------------------------------------

INK = "#222832"
PAPER = "#ffffff"
QUIET = 0.82  # opacity of ink for words of second rank
TINT = 0.16  # opacity of a cell's hue where text stands on it

# Signs of a score: opaque, so that they are alike on light and dark pages. Blue and
# yellow stay apart in all common kinds of colour blindness, and dark and light in grey.
GAIN, ON_GAIN = "#5560b4", "#ffffff"
LOSS, ON_LOSS = "#f0b429", "#222222"


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
            "#0072b2",
            ("My needs are met", "I get what I want", "I am better off and more secure"),
        ),
        Cell(
            "CW",
            "collective",
            "welfare",
            "Our Wellbeing",
            "#009e73",
            (
                "An economy that prospers and includes people",
                "Safe, healthy surroundings, natural and social",
            ),
        ),
        Cell(
            "IJ",
            "individual",
            "justice",
            "My Rights and Duties",
            "#d55e00",
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
            "#bf6497",
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

# --- Matplotlib, the same on every machine -------------------------------------------

_UNITS_PER_INCH = 96
_SHEET = 460  # units; the width of a figure, and in px its width on a page if there is room
_PHONE = 272  # px that a phone of 320 px leaves to a figure in the book
_LEGIBLE = 10  # px; a figure is never shown so small that its smallest text is smaller
_FONT = "DejaVu Sans"  # shipped with Matplotlib, so that it is there on every machine
_RESERVE = 0.98  # a renderer that rounds the widths of letters may need 2 % more than we measure

_RC: dict[Any, Any] = {
    "font.family": [_FONT],
    "svg.fonttype": "none",
    "svg.hashsalt": "pvwidgets",
    "pdf.fonttype": 42,
    "text.parse_math": False,
}
_METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


@contextmanager
def _plain_settings() -> Iterator[None]:
    """Set the reader's own Matplotlib style aside, and be quiet about missing glyphs.

    A script that DejaVu Sans lacks is still shown by the browser.
    """
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        yield


class Picture(Figure):
    """A Matplotlib figure with words, which shows itself as `show` does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words: _Words | None = None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return show(self)._repr_mimebundle_(include, exclude)


# --- Text: measured and broken before anything is drawn ------------------------------


@dataclass(frozen=True)
class _Style:
    size: float = 17  # units
    weight: Literal["normal", "bold"] = "normal"
    opacity: float = 1

    @property
    def leading(self) -> float:
        return 1.3 * self.size

    @property
    def middle(self) -> float:
        """From the baseline up to the middle of a capital letter."""
        return 0.36 * self.size


_BODY = _Style()
_STRONG = _Style(weight="bold")
_ASIDE = _Style(opacity=QUIET)
_HEADING = _Style(size=18, weight="bold")


@lru_cache(maxsize=4096)
def _width(line: str, style: _Style) -> float:
    font = FontProperties(family=[_FONT], size=style.size, weight=style.weight)

    def measure(words: str) -> float:
        return float(TextToPath().get_text_width_height_descent(words, font, ismath=False)[0])

    # Chinese, Japanese and Korean signs are 1 em wide in a browser; Matplotlib draws its own sign.
    narrow = "".join(sign for sign in line if unicodedata.east_asian_width(sign) not in "WF")
    if narrow == line:
        return measure(line)
    wide = (len(line) - len(narrow)) * style.size
    return max(measure(line), wide + (measure(narrow) if narrow else 0))


_UNPRINTABLE = {"Cc", "Cs", "Cn"}


def _clean(words: str) -> str:
    """One line of plain text: no control characters, no ``*emphasis*`` marks."""
    kept = "".join(
        sign for sign in words if sign.isspace() or unicodedata.category(sign) not in _UNPRINTABLE
    )
    return re.sub(r"\*([^*\s](?:[^*]*[^*\s])?)\*", r"\1", " ".join(kept.split()))


def _pieces(word: str, room: float, style: _Style) -> Iterator[str]:
    """Cut a word that is wider than the room, after a hyphen or slash if there is one."""
    while len(word) > 1 and _width(word, style) > room:
        end = 1
        while end < len(word) and _width(word[: end + 1], style) <= room:
            end += 1
        soft = max(word.rfind(mark, 0, end) for mark in "-/") + 1
        end = soft if soft > 1 else end
        yield word[:end]
        word = word[end:]
    if word:
        yield word


def _wrap(words: str, room: float, style: _Style) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        for number, piece in enumerate(_pieces(word, room, style)):
            joined = f"{lines[-1]} {piece}" if lines and number == 0 else ""
            if joined and _width(joined, style) <= room:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _broken(words: str, room: float, style: _Style) -> list[str]:
    """Break text into lines no wider than `room`, as few as can be, of about the same length."""
    room *= _RESERVE
    best = _wrap(words, room, style)
    widest = max((_width(word, style) for word in words.split()), default=0)
    for share in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5):
        if all(line[-1] in ",;:." for line in best[:-1]):  # a break there reads best
            break
        if share * room < widest:  # else words would be cut that need not be
            break
        tighter = _wrap(words, share * room, style)
        if len(tighter) > len(best):
            break
        best = tighter
    return best


# --- Drawing -------------------------------------------------------------------------

_At = tuple[float, float, float, float]  # left, top, width, height


class _Sheet:
    """A blank figure with coordinates in pixels, from the top left corner.

    A box has the ``gid`` ``box:NAME`` and what is written in it ``in:NAME``, so that tests can
    tell whether text stays inside and stands out.
    """

    def __init__(self, height: float, width: float = _SHEET) -> None:
        self.figure = Picture(
            figsize=(width / _UNITS_PER_INCH, height / _UNITS_PER_INCH),
            dpi=_UNITS_PER_INCH,
            facecolor=PAPER,
        )
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(height, 0))
        self.axes.axis("off")
        self.box("page", (0, 0, width, height), None)

    def box(
        self,
        name: str,
        at: _At,
        fill: str | None,
        *,
        opacity: float = 1,
        edge: str | None = None,
        edge_opacity: float = 1,
        dashed: bool = False,
    ) -> None:
        left, top, width, height = at
        self.axes.add_patch(
            FancyBboxPatch(
                (left, top),
                width,
                height,
                boxstyle="round,pad=0,rounding_size=6",
                facecolor=(fill, opacity) if fill else "none",
                edgecolor=(edge, edge_opacity) if edge else "none",
                linewidth=0.9 if edge else 0,
                linestyle=(0, (4, 3)) if dashed else "solid",
                clip_on=False,
                gid=f"box:{name}",
            )
        )

    def bar(self, at: _At, colour: str, opacity: float = 1) -> None:
        left, top, width, height = at
        self.axes.add_patch(
            Rectangle(
                (left, top),
                width,
                height,
                facecolor=(colour, opacity),
                linewidth=0,
                clip_on=False,
            )
        )

    def dot(self, x: float, y: float, colour: str) -> None:
        self.axes.add_patch(Circle((x, y), 3, facecolor=colour, linewidth=0, clip_on=False))

    def line(
        self,
        box: str,
        x: float,
        y: float,
        words: str,
        style: _Style,
        *,
        colour: str = INK,
        centred: bool = False,
        upright: bool = False,
    ) -> None:
        """Write one line on the baseline `y`; on the baseline `x`, upwards, if it is upright."""
        self.axes.text(
            x,
            y,
            words,
            fontsize=style.size * 72 / _UNITS_PER_INCH,
            fontweight=style.weight,
            color=(colour, style.opacity),
            ha="center" if centred else "left",
            va="baseline",
            rotation=90 if upright else 0,
            rotation_mode="anchor",
            parse_math=False,
            gid=f"in:{box}",
        )

    def lines(
        self,
        box: str,
        x: float,
        top: float,
        lines: Iterable[str],
        style: _Style,
        *,
        centred: bool = False,
    ) -> float:
        """Write lines one below the other; return where the next would begin."""
        for words in lines:
            self.line(box, x, top + 1.02 * style.size, words, style, centred=centred)
            top += style.leading
        return top


# --- Words ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Words:
    title: str
    alt: str
    lines: tuple[str, ...]


def describe(figure: Picture, *, title: str, alt: str, lines: Iterable[str]) -> Picture:
    """Give a figure its words. Every figure function ends with this.

    Parameters
    ----------
    figure : Picture
        The figure; changed in place.
    title : str
        Short name, without a full stop.
    alt : str
        Tells the relation that the picture shows, in one to some sentences.
    lines : iterable of str
        The whole content, one statement a line; the text form.

    Returns
    -------
    Picture
        The same figure.

    Raises
    ------
    ValueError
        If any of the words is empty.
    """
    words = _Words(title.strip(), alt.strip(), tuple(line.strip() for line in lines))
    if not (words.title and words.alt and words.lines and all(words.lines)):
        raise ValueError("a figure needs a title, an alternative text and a text form")
    figure.words = words
    return figure


def _words(figure: Figure) -> _Words:
    words = getattr(figure, "words", None)
    if not isinstance(words, _Words):
        raise ValueError("this figure has no words yet; give it some with figures.describe")
    return words


def alt_text(figure: Figure) -> str:
    """Return the alternative text: the relation shown, not its look.

    Raises
    ------
    ValueError
        If the figure was not made by this module and not given words by `describe`.
    """
    return _words(figure).alt


def text(figure: Figure) -> str:
    """Return the text form: the title and the whole content, one statement a line.

    Raises
    ------
    ValueError
        If the figure was not made by this module and not given words by `describe`.
    """
    words = _words(figure)
    return "\n".join((words.title, *(f"- {line}" for line in words.lines)))


def _list(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


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
            if cleaned := _clean(entry):
                checked[code].append(cleaned)
    return checked


_NO_ENTRY = "No entry"
_ALT_LIMIT = 700  # characters; a longer alternative text cannot be skimmed


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
    with _plain_settings():
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
    if len(alt) > _ALT_LIMIT:
        counts = "; ".join(f"{CELLS[code].motto}, {len(content[code])}" for code in CELLS)
        alt = f"{title}. {frame} Number of entries: {counts}. The text form has them all."
    return describe(figure, title=title, alt=alt, lines=[frame, *lines])


def _draw_matrix(content: Mapping[str, Sequence[str]]) -> Picture:
    label, header, gap = 48, 32, 8
    pad, accent, indent, after_motto, after_entry = 13, 2, 14, 4, 7
    width = (_SHEET - label - gap - 1) / 2
    room = width - 2 * pad

    mottos = {code: _broken(cell.motto, room, _HEADING) for code, cell in CELLS.items()}
    texts = {
        code: [_broken(entry, room - indent, _BODY) for entry in entries]
        for code, entries in content.items()
    }

    def height(code: str) -> float:
        blocks = texts[code] or [[_NO_ENTRY]]
        entries = sum(len(lines) * _BODY.leading + after_entry for lines in blocks)
        return accent + len(mottos[code]) * _HEADING.leading + after_motto + entries + 2 * pad - 4

    heights = {
        row: max(150, *(height(cell.code) for cell in CELLS.values() if cell.row == row))
        for row in _ROWS
    }
    tops = {"welfare": header, "justice": header + heights["welfare"] + gap}
    lefts = {"individual": label, "collective": label + width + gap}
    sheet = _Sheet(tops["justice"] + heights["justice"] + 1)

    for column, x in lefts.items():
        sheet.line("page", x + width / 2, 20, column.capitalize(), _HEADING, centred=True)
    for row, meaning in _ROWS.items():
        y = tops[row] + heights[row] / 2
        sheet.line("page", 16, y, row.capitalize(), _HEADING, centred=True, upright=True)
        sheet.line("page", 38, y, f"\u201c{meaning}\u201d", _ASIDE, centred=True, upright=True)
    for code, cell in CELLS.items():
        x, y = lefts[cell.column], tops[cell.row]
        at = (x, y, width, heights[cell.row])
        sheet.box(code, at, cell.hue, opacity=TINT, edge=cell.hue)
        x, y = x + pad, y + pad
        sheet.bar((x, y - 6, 36, 4), cell.hue)
        y = sheet.lines(code, x, y + accent, mottos[code], _HEADING) + after_motto
        if not texts[code]:
            sheet.lines(code, x, y, [_NO_ENTRY], _ASIDE)
        for lines in texts[code]:
            sheet.dot(x + 4, y + 1.02 * _BODY.size - _BODY.middle, cell.hue)
            y = sheet.lines(code, x + indent, y, lines, _BODY) + after_entry
    return sheet.figure


# --- Figure 3.2 ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Score:
    sign: str
    meaning: str
    fill: str | None
    ink: str


_SCORES: dict[int, _Score] = {
    1: _Score("+", "gain", GAIN, ON_GAIN),
    0: _Score("0", "no effect", None, INK),
    -1: _Score("\u2212", "loss", LOSS, ON_LOSS),
}


def _checked_scores(scores: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    checked: dict[str, dict[str, int]] = {}
    for programme, row in scores.items():
        name = _clean(str(programme))
        if not name or name in checked:
            raise ValueError(f"each programme needs a name of its own, not {programme!r}")
        given = {_code(cell): score for cell, score in row.items()}
        if missing := [code for code in CELLS if code not in given]:
            raise ValueError(f"{name!r} has no score for {_list(missing)}; no effect is 0")
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
    if cleaned := _clean(note or "").rstrip("."):
        marks.append(cleaned)
    mark = ". ".join(marks)
    with _plain_settings():
        figure = _draw_heat_map(table, mark)

    def told(row: Mapping[str, int], shown: Sequence[int]) -> str:
        found = {
            score: [CELLS[code].motto for code in CELLS if row[code] == score] for score in shown
        }
        parts = [f"{_SCORES[score].meaning} in {_list(m)}" for score, m in found.items() if m]
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
    grid = _SHEET - 1 - 2 * group - (step - square) - group_gap
    lefts = {"IW": grid, "CW": grid + step}
    lefts |= {"IJ": grid + 2 * step + group_gap, "CJ": grid + 3 * step + group_gap}
    room = grid - 16

    def broken(name: str) -> tuple[list[str], list[str]]:
        found = re.fullmatch(r"(.*\S)\s+\(([^()]+)\)", name)
        what, where = found.groups() if found else (name, "")
        return _broken(what, room, _STRONG), _broken(where, room, _ASIDE)

    names = [broken(name) for name in table]
    heights = [
        max(square, (len(what) + len(where)) * _BODY.leading) + 2 * pad for what, where in names
    ]
    # "My Rights and Duties" is told in two steps: "Rights and Duties", and below it "My".
    owners = {code: cell.motto.split(" ", 1)[0] for code, cell in CELLS.items()}
    topics = {
        (first, second): _broken(CELLS[first].motto.split(" ", 1)[1], group, _STRONG)
        for first, second in (("IW", "CW"), ("IJ", "CJ"))
    }
    marked = _broken(mark, room - 24, _STRONG)
    mark_height = len(marked) * _STRONG.leading + 14
    header = max(
        (max(map(len, topics.values())) + 1) * _STRONG.leading + below_header, mark_height + 6
    )
    sheet = _Sheet(header + sum(heights) + legend)

    if marked:
        width = max(_width(line, _STRONG) for line in marked) / _RESERVE + 24
        top = header - 5 - mark_height
        at = (1, top, width, mark_height)
        sheet.box("mark", at, None, edge=INK, edge_opacity=QUIET, dashed=True)
        sheet.lines("mark", 1 + width / 2, top + 7, marked, _STRONG, centred=True)
    for codes, lines in topics.items():
        y = header - below_header - (len(lines) + 1) * _STRONG.leading
        y = sheet.lines("page", lefts[codes[0]] + group / 2, y, lines, _STRONG, centred=True)
        for code in codes:
            x = lefts[code]
            sheet.lines("page", x + square / 2, y, [owners[code]], _BODY, centred=True)
            sheet.bar((x, header - 10, square, 4), CELLS[code].hue)

    y = header
    for number, (row, (what, where), height) in enumerate(
        zip(table.values(), names, heights, strict=True)
    ):
        if number:
            sheet.bar((0, y - 0.5, _SHEET, 1), INK, 0.2)
        text_height = (len(what) + len(where)) * _BODY.leading
        below = sheet.lines("page", 0, y + (height - text_height) / 2, what, _STRONG)
        sheet.lines("page", 0, below, where, _ASIDE)
        for code, score in row.items():
            at = (lefts[code], y + (height - square) / 2, square, square)
            _draw_score(sheet, f"{number}:{code}", _SCORES[score], at)
        y += height

    sheet.bar((0, y - 0.5, _SHEET, 1), INK, 0.5)
    left, top, side = 1.0, y + 14, 28
    for kind in _SCORES.values():
        _draw_score(sheet, f"legend:{kind.meaning}", kind, (left, top, side, side))
        sheet.line("page", left + side + 9, top + side / 2 + _BODY.middle, kind.meaning, _BODY)
        left += side + 9 + _width(kind.meaning, _BODY) + 26
    return sheet.figure


def _draw_score(sheet: _Sheet, name: str, score: _Score, at: _At) -> None:
    left, top, width, height = at
    style = _Style(size=round(0.2 * height + 16), weight="bold")
    sheet.box(name, at, score.fill, edge=INK, edge_opacity=0.5)
    x, y = left + width / 2, top + height / 2 + style.middle
    sheet.line(name, x, y, score.sign, style, colour=score.ink, centred=True)


# --- Showing -------------------------------------------------------------------------


def _file(figure: Figure, kind: Literal["svg", "pdf", "png"]) -> bytes:
    buffer = io.BytesIO()
    with _plain_settings():
        figure.savefig(
            buffer,
            format=kind,
            metadata=_METADATA[kind],
            dpi=144,
            facecolor="none" if kind == "svg" else PAPER,
        )
    return buffer.getvalue()


def _base64(figure: Figure, kind: Literal["pdf", "png"]) -> str:
    return base64.b64encode(_file(figure, kind)).decode("ascii")


def _size(figure: Figure) -> tuple[float, float]:
    """Width and height in pixels."""
    return figure.get_figwidth() * _UNITS_PER_INCH, figure.get_figheight() * _UNITS_PER_INCH


def _most_width(figure: Figure) -> str:
    """CSS width at which the figure's text is as large as designed, or as the page's if larger."""
    width = _size(figure)[0]
    return f"max({width:g}px,{width / _BODY.size:.1f}em)"


def _least_width(figure: Figure) -> float:
    """Width in pixels below which the smallest text would be hard to read."""
    sizes = [text.get_fontsize() for axes in figure.axes for text in axes.texts]
    if not sizes:
        return 0
    smallest = float(min(sizes)) * _UNITS_PER_INCH / 72
    return math.ceil(_LEGIBLE / smallest * _size(figure)[0])


_SVG_TAGS = {"svg", "g", "path", "text"}


def _inline_svg(figure: Figure) -> str:
    """Return the drawing as an SVG element for a page, in the page's own ink and font."""
    root = ET.fromstring(_file(figure, "svg"))
    _make_inline(root)
    view = root.attrib["viewBox"]
    root.attrib.clear()
    root.attrib.update(
        {
            "viewBox": view,
            "role": "img",
            "aria-label": alt_text(figure),
            "focusable": "false",
            "style": (
                f"display:block;width:100%;min-width:{_least_width(figure):g}px;"
                f"max-width:{_most_width(figure)};height:auto;margin:0 auto;overflow:visible"
            ),
        }
    )
    return ET.tostring(root, encoding="unicode")


def _make_inline(element: ET.Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    element.tail = None
    if element.tag != "text":
        element.text = None
    # Two figures of a page must not have parts of the same name.
    for name in ("id", "clip-path"):
        element.attrib.pop(name, None)
    if "d" in element.attrib:
        element.set("d", " ".join(element.attrib["d"].split()))
    if "style" in element.attrib:
        style = element.attrib["style"].replace(INK, "currentColor")
        # Before 3.10 Matplotlib wrote one "font" for weight, size and family.
        style = re.sub(r"font: (\d+) ([\d.]+px) ", r"font-weight: \1; font: \2 ", style)
        style = re.sub(r"font: ([\d.]+px) ", r"font-size: \1; font-family: ", style)
        element.set("style", re.sub(r"font-family: [^;]*", "font-family: inherit", style))
    for child in list(element):
        # Matplotlib's own style sheet in an inline SVG would hold for the whole page.
        if child.tag.rpartition("}")[2] in _SVG_TAGS:
            _make_inline(child)
        else:
            element.remove(child)


class _Shown:
    """What `show` returns: the figure in all the forms that a host may ask for."""

    def __init__(self, figure: Figure, caption: str) -> None:
        self._figure = figure
        self._caption = caption

    def __repr__(self) -> str:
        return text(self._figure)

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        makers: dict[str, Callable[[], str]] = {
            "text/html": self._html,
            "application/pdf": lambda: _base64(self._figure, "pdf"),
            "image/png": lambda: _base64(self._figure, "png"),
            "text/plain": self.__repr__,
        }
        wanted = (set(include) if include else set(makers)) - set(exclude or ())
        width, height = _size(self._figure)
        return (
            {kind: make() for kind, make in makers.items() if kind in wanted},
            {"image/png": {"width": round(width), "height": round(height)}},
        )

    def _html(self) -> str:
        figure = self._figure
        words = _words(figure)
        title = html.escape(words.title)
        # A frame that never scrolls, not even on a phone, must not be a stop of the Tab key.
        scrolls = _least_width(figure) > _PHONE
        stop = f' tabindex="0" role="region" aria-label="{title}"' if scrolls else ""
        lines = "".join(f"<li>{html.escape(line)}</li>" for line in words.lines)
        column = f"max-width:{_most_width(figure)};margin:.75em auto 0"
        inner = (
            f'<div class="pv-figure-frame" style="overflow-x:auto"{stop}>'
            f"{_inline_svg(figure)}</div>"
            f'<details class="pv-figure-text" style="{column};text-align:left">'
            f"<summary>{title}: text form</summary>"
            f'<ul style="margin:.5em 0 0">{lines}</ul></details>'
        )
        if not self._caption:
            return f'<div class="pv-figure">{inner}</div>'
        caption = f'<figcaption style="{column}">{html.escape(self._caption)}</figcaption>'
        return f'<figure class="pv-figure" style="margin:1em 0">{inner}{caption}</figure>'


def show(figure: Figure, *, caption: str | None = None) -> _Shown:
    """Show a figure with its words; for the last line of a notebook cell.

    Parameters
    ----------
    figure : Figure
        A figure of this module, or a `Picture` given words by `describe`.
    caption : str, optional
        A caption below the figure, plain text. In a chapter leave it out and use the
        cell's ``mystnb: figure:`` (see the top of this module), which also numbers it.

    Returns
    -------
    object
        Offers ``text/html`` (inline SVG with its alternative text, and the text form
        folded below it; a ``figure`` element if there is a caption, else a ``div``,
        since MyST-NB puts its own ``figure`` around), ``application/pdf``,
        ``image/png`` and ``text/plain``.

    Raises
    ------
    ValueError
        If the figure has no words.
    """
    _words(figure)
    return _Shown(figure, _clean(caption or ""))
