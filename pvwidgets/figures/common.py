"""What all figures share: colours, fonts, the breaking of text into lines, and words.

Nothing is drawn here; see `pvwidgets.figures.sheet` for that.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from .backend import Figure, FontProperties, TextToPath, mpl

# --- Colours -----------------------------------------------------------------

INK = "#222832"
PAPER = "#ffffff"
QUIET = 0.82  # opacity of ink for words of second rank
TINT = 0.16  # opacity of a cell's hue where text stands on it

# Signs of a score: opaque, so that they are alike on light and dark pages. Blue and
# yellow stay apart in all common kinds of colour blindness, and dark and light in grey.
GAIN, ON_GAIN = "#5560b4", "#ffffff"
LOSS, ON_LOSS = "#f0b429", "#222222"

# Hues of parts; each stands out 3:1 on white and on black.
BLUE, GREEN, RED, PURPLE = "#0072b2", "#009e73", "#d55e00", "#bf6497"


# --- Matplotlib, the same on every machine -------------------------------------------

UNITS_PER_INCH = 96
SHEET = 460  # units; the width of a figure, and in px its width on a page if there is room
PHONE = 272  # px that a phone of 320 px leaves to a figure in the book
LEGIBLE = 10  # px; a figure is never shown so small that its smallest text is smaller
_FONT = "DejaVu Sans"  # shipped with Matplotlib, so that it is there on every machine
RESERVE = 0.98  # a renderer that rounds the widths of letters may need 2 % more than we measure

_RC: dict[Any, Any] = {
    "font.family": [_FONT],
    "svg.fonttype": "none",
    "svg.hashsalt": "pvwidgets",
    "pdf.fonttype": 42,
    "text.parse_math": False,
}
METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


@contextmanager
def plain_settings() -> Iterator[None]:
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
        self.words: Words | None = None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        from .showing import show  # it shows pictures, and so imports this module

        return show(self)._repr_mimebundle_(include, exclude)


# --- Text: measured and broken before anything is drawn ------------------------------


@dataclass(frozen=True)
class Style:
    """How text is set: its size in units, its weight and the opacity of its ink."""

    size: float = 17  # units
    weight: Literal["normal", "bold"] = "normal"
    opacity: float = 1

    @property
    def leading(self) -> float:
        """From one baseline to the next."""
        return 1.3 * self.size

    @property
    def middle(self) -> float:
        """From the baseline up to the middle of a capital letter."""
        return 0.36 * self.size


BODY = Style()
STRONG = Style(weight="bold")
ASIDE = Style(opacity=QUIET)
HEADING = Style(size=18, weight="bold")


@lru_cache(maxsize=4096)
def width_of(line: str, style: Style) -> float:
    """Width of a line in units, as wide as any usual font of a page would need."""
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


def clean(words: str) -> str:
    """One line of plain text: no control characters, no ``*emphasis*`` marks."""
    kept = "".join(
        sign for sign in words if sign.isspace() or unicodedata.category(sign) not in _UNPRINTABLE
    )
    return re.sub(r"\*([^*\s](?:[^*]*[^*\s])?)\*", r"\1", " ".join(kept.split()))


def _pieces(word: str, room: float, style: Style) -> Iterator[str]:
    """Cut a word that is wider than the room, after a hyphen or slash if there is one."""
    while len(word) > 1 and width_of(word, style) > room:
        end = 1
        while end < len(word) and width_of(word[: end + 1], style) <= room:
            end += 1
        soft = max(word.rfind(mark, 0, end) for mark in "-/") + 1
        end = soft if soft > 1 else end
        yield word[:end]
        word = word[end:]
    if word:
        yield word


def _wrap(words: str, room: float, style: Style) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        for number, piece in enumerate(_pieces(word, room, style)):
            joined = f"{lines[-1]} {piece}" if lines and number == 0 else ""
            if joined and width_of(joined, style) <= room:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def broken(words: str, room: float, style: Style) -> list[str]:
    """Break text into lines no wider than `room`, as few as can be, of about the same length."""
    room *= RESERVE
    best = _wrap(words, room, style)
    widest = max((width_of(word, style) for word in words.split()), default=0)
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


# --- Words ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """The words of a figure: title, alternative text, and the lines of the text form."""

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
    words = Words(title.strip(), alt.strip(), tuple(line.strip() for line in lines))
    if not (words.title and words.alt and words.lines and all(words.lines)):
        raise ValueError("a figure needs a title, an alternative text and a text form")
    figure.words = words
    return figure


def words_of(figure: Figure) -> Words:
    """Return the words of a figure; a figure without words is refused."""
    words = getattr(figure, "words", None)
    if not isinstance(words, Words):
        raise ValueError("this figure has no words yet; give it some with figures.describe")
    return words


def alt_text(figure: Figure) -> str:
    """Return the alternative text: the relation shown, not its look.

    Raises
    ------
    ValueError
        If the figure was not made by this module and not given words by `describe`.
    """
    return words_of(figure).alt


def text(figure: Figure) -> str:
    """Return the text form: the title and the whole content, one statement a line.

    Raises
    ------
    ValueError
        If the figure was not made by this module and not given words by `describe`.
    """
    words = words_of(figure)
    return "\n".join((words.title, *(f"- {line}" for line in words.lines)))


def listed(parts: Sequence[str]) -> str:
    """Join words as in a sentence: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


ALT_LIMIT = 700  # characters; a longer alternative text cannot be skimmed


# --- Signs ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Sign:
    """A sign that says by its form, its word and its colour which of a few states holds."""

    sign: str
    meaning: str
    fill: str | None
    ink: str


LAMPS: dict[str, Sign] = {
    "met": Sign("\u2713", "met", GAIN, ON_GAIN),
    "in doubt": Sign("?", "in doubt", None, INK),
    "not met": Sign("\u2212", "not met", LOSS, ON_LOSS),
}
"""How a rule of alignment stands."""


# --- What a figure is given ----------------------------------------------------------


def known(name: object, names: Iterable[str], what: str) -> str:
    """Return `name` if it is among `names`; else raise with the likely intended one."""
    names = list(names)
    if isinstance(name, str) and name in names:
        return name
    wanted = str(name).strip().casefold().replace("_", " ").replace("-", " ")
    folded = {other.casefold(): other for other in names}
    close = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.5)
    guess = f' Did you mean "{folded[close[0]]}"?' if close else ""
    raise ValueError(f'There is no {what} "{name}".{guess} There are {listed(names)}.')


def plain_texts(texts: object, where: str) -> list[str]:
    """Return the cleaned strings of a list; raise `TypeError` for anything else."""
    if isinstance(texts, str) or not isinstance(texts, Sequence):
        raise TypeError(f"{where} is {texts!r}; give a list of strings")
    for entry in texts:
        if not isinstance(entry, str):
            raise TypeError(f"{where} holds {entry!r}, which is not a string")
    return [cleaned for entry in texts if (cleaned := clean(entry))]


def sentence(words: str) -> str:
    """End words with a full stop, if they have no stop of their own."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


def short_alt(alt: str, instead: str) -> str:
    """Return the alternative text, or `instead` if it is too long to be skimmed."""
    return alt if len(alt) <= ALT_LIMIT else f"{instead} The text form has the whole."
