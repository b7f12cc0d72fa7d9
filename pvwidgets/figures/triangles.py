"""The strategic triangle (figures 2.1, 6.1 and 12.1) and a learner's own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .common import (
    ASIDE,
    BLUE,
    BODY,
    GREEN,
    HEADING,
    INK,
    QUIET,
    RED,
    SHEET,
    STRONG,
    TINT,
    Picture,
    broken,
    clean,
    describe,
    known,
    listed,
    plain_settings,
    sentence,
    short_alt,
)
from .matrices import CELLS
from .sheet import At, Point, Sheet, Spot, between, height_of, set_text


@dataclass(frozen=True)
class Corner:
    """A corner of the strategic triangle.

    Attributes
    ----------
    letter : str
        ``V``, ``A`` or ``C``.
    name : str
        The name that learners see.
    question : str
        The test that it is put to, as one word.
    hue : str
        Colour of the corner, as ``#rrggbb``.
    """

    letter: str
    name: str
    question: str
    hue: str


CORNERS: dict[str, Corner] = {
    corner.letter: corner
    for corner in (
        Corner("V", "Public value", "Valuable?", BLUE),
        Corner("A", "Legitimacy and support", "Authorized?", RED),
        Corner("C", "Operational capacity", "Feasible?", GREEN),
    )
}
"""The three corners, by letter; A is for the authorizing environment, which gives the second."""


# --- Figure 2.1 ----------------------------------------------------------------------

_LIMBS = (
    ("Ends", "justice and wellbeing, for each and for all", "V"),
    ("Means", "public assets used with a net gain", "C"),
    ("Accountability", "to a public that goes on arguing", "A"),
)


def limbs() -> Picture:
    """Draw the three limbs of the definition, and the corner that each leads to.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    The limbs: the teaching slides *Nobody's Core Business*, in paraphrase. That they lead to
    the three corners is our own link; the slides do not draw it.
    """
    with plain_settings():
        figure = _draw_limbs()
    title = "Three limbs of creating public value"
    told = [
        f"{name}, {what}: leads to {CORNERS[letter].name.lower()}." for name, what, letter in _LIMBS
    ]
    return describe(
        figure,
        title=title,
        alt=" ".join(
            [f"{title}, each with an arrow to a corner of the strategic triangle.", *told, _OURS]
        ),
        lines=[*told, _OURS],
    )


_OURS = "The link is ours."


def _draw_limbs() -> Picture:
    sheet = Sheet(436)
    corners = {
        "V": Spot(428, 63, 9, 9, round=True),
        "C": Spot(270, 192, 9, 9, round=True),
        "A": Spot(428, 321, 9, 9, round=True),
    }
    for one, other in (("V", "A"), ("V", "C"), ("A", "C")):
        sheet.stroke(between(corners[one], corners[other], 2), width=1.8)
    for number, (name, what, letter) in enumerate(_LIMBS):
        corner, spot = CORNERS[letter], corners[letter]
        at = (1.0, 1 + 129.0 * number, 206.0, 124.0)
        limb = sheet.card(name, at, set_text(184, (name, HEADING), (what, BODY)), corner.hue)
        sheet.disc(f"behind {letter}", spot, corner.hue, edge=corner.hue)
        sheet.arrow([(limb.x + limb.w + 4, spot.y), (spot.x - 14, spot.y)], width=2.4)
    # Beside each corner its name
    lines = set_text(120, (CORNERS["V"].name, STRONG))
    sheet.write("page", 398, 14, lines, centred=True)
    lines = set_text(120, (CORNERS["C"].name, STRONG))
    sheet.middle("page", 360, 192, lines)
    lines = set_text(230, (CORNERS["A"].name, STRONG))
    sheet.write("page", 344, 340, lines, centred=True)
    sheet.mark(_OURS.rstrip("."), SHEET / 2, 396, SHEET)
    return sheet.figure


# --- Figure 6.1 ----------------------------------------------------------------------


def triangle_model() -> Picture:
    """Draw the strategic triangle with what fills each corner.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    Corners: Moore (1995), *Creating Public Value*. The three tests: Benington and Moore
    (2011), *Public Value: Theory and Practice*, as told by The Open University, *An
    introduction to public leadership*, section 2.1.2. That the matrix fills the first
    corner and the value chain the third follows the order of the teaching slides
    *Nobody's Core Business*; their picture is lost, and this is our drawing.
    """
    with plain_settings():
        figure = _draw_model()
    title = "The strategic triangle"
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. Three corners: public value (is it valuable?), legitimacy and support "
            "(is it authorized?), operational capacity (is it feasible?). Each is joined to "
            "both others by an arrow that points both ways: none can be settled alone. The "
            "public value matrix fills the first corner; the authorizing environment, a ring of "
            "actors, gives the second; the value chain fills the third."
        ),
        lines=[
            "Public value: is it valuable? Filled by the public value matrix.",
            "Legitimacy and support: is it authorized? Given by the authorizing environment, the "
            "actors round the manager.",
            "Operational capacity: is it feasible? Filled by the value chain, from inputs over "
            "activities and outputs to outcomes.",
            "Public value and legitimacy and support bear on each other.",
            "Public value and operational capacity bear on each other.",
            "Legitimacy and support and operational capacity bear on each other.",
        ],
    )


def _draw_model() -> Picture:
    sheet = Sheet(566)
    spots = {
        "V": Spot(230, 72, 98, 64, round=True),
        "A": Spot(101, 330, 96, 66, round=True),
        "C": Spot(359, 330, 96, 66, round=True),
    }
    for letter, spot in spots.items():
        corner = CORNERS[letter]
        sheet.disc(letter, spot, corner.hue, opacity=TINT, edge=corner.hue, width=1.5)
        lines = set_text(150, (corner.name, HEADING), (corner.question, BODY))
        sheet.middle(letter, spot.x, spot.y, lines)
    for one, other in (("V", "A"), ("V", "C"), ("A", "C")):
        sheet.arrow(between(spots[one], spots[other], 6), both=True, width=1.8)

    # The matrix, beside the value corner
    for number, cell in enumerate(CELLS.values()):
        at: At = (364 + 29 * (number % 2), 22 + 29 * (number // 2), 26, 26)
        sheet.box("behind matrix", at, cell.hue, opacity=0.5, edge=cell.hue)
    sheet.lines("page", 391, 82, ["filled by", "the matrix"], BODY, centred=True)
    # A ring of actors round the manager
    x, y = 101, 452
    for number in range(8):
        turn = 2 * math.pi * number / 8
        sheet.dot(x + 33 * math.cos(turn), y + 33 * math.sin(turn), RED, 5)
    sheet.disc("behind manager", Spot(x, y, 11, 11, round=True), None, edge=INK)
    sheet.lines("page", x, 495, ["given by the", "authorizing", "environment"], BODY, centred=True)
    # The chain
    for number in range(4):
        at = (263 + 51.0 * number, 436, 38, 32)
        sheet.box("behind chain", at, GREEN, opacity=0.5, edge=GREEN)
        if number:
            sheet.arrow([(at[0] - 13, 452), (at[0] - 1, 452)], width=0.6)
    sheet.lines("page", 359, 495, ["filled by the", "value chain"], BODY, centred=True)
    return sheet.figure


# --- A triangle with a learner's contents --------------------------------------------

_PARTS = {
    "V": {"outcomes": "Outcomes"},
    "A": {"authorizers": "Authorizers"},
    "C": {"activities": "Activities", "resources": "Resources"},
}
_SHOWN = [part for parts in _PARTS.values() for part in parts]
# What else a record of a triangle holds; this figure does not show it.
_OTHER = ["evidence", "burdens", "affected", "needs", "chains", "means"]


def _told(part: str, entry: object) -> str:
    """Return an entry of a record in words."""
    if isinstance(entry, str):
        return clean(entry)
    if not isinstance(entry, Mapping):
        raise TypeError(f"{part} holds {entry!r}; give strings, or the entries of a record")

    def field(name: str) -> str:
        value = entry.get(name)
        return clean(value) if isinstance(value, str) else ""

    if part == "outcomes":
        return ": ".join(words for words in (field("who"), field("change")) if words)
    state = field("owner") if part == "activities" else field("status")
    name = field("name")
    return f"{name} ({state})" if name and state else name


def _checked(contents: Mapping[str, Sequence[object]]) -> dict[str, list[str]]:
    checked: dict[str, list[str]] = {part: [] for part in _SHOWN}
    for name, entries in contents.items():
        part = known(name, [*_SHOWN, *_OTHER], "part of a triangle")
        if part in _OTHER:
            continue
        if isinstance(entries, str) or not isinstance(entries, Sequence):
            raise TypeError(f"{part} is {entries!r}; give a list")
        checked[part] = [words for entry in entries if (words := _told(part, entry))]
    return checked


def triangle(contents: Mapping[str, Sequence[object]]) -> Picture:
    """Draw the strategic triangle with your own contents in its corners.

    Parameters
    ----------
    contents : mapping of str to sequence
        ``outcomes``, ``authorizers``, ``activities`` and ``resources``: texts, or the
        entries of a record of the triangle builder, of which an outcome tells ``who``
        and ``change``, an activity ``name`` and ``owner``, the others ``name`` and
        ``status``. What is left out has no entry. The other parts of such a record are
        not shown. The corners grow with their texts.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Raises
    ------
    ValueError
        If a part is not known; the message names the likely intended one.
    TypeError
        If a part is not a list, or an entry neither a string nor a mapping.

    Notes
    -----
    Corners as in `triangle_model`.
    """
    content = _checked(contents)
    with plain_settings():
        figure = _draw_triangle(content)
    title = "The strategic triangle with your contents"
    frame = "The three corners are joined by arrows that point both ways."
    lines = []
    for letter, parts in _PARTS.items():
        told = [
            f"{label.lower()}: {'; '.join(words.rstrip('.;') for words in content[part])}"
            if content[part]
            else f"no {label.lower()}"
            for part, label in parts.items()
        ]
        lines.append(sentence(f"{CORNERS[letter].name}, {', '.join(told)}"))
    counts = listed([f"{len(content[part])} {part}" for part in _SHOWN])
    return describe(
        figure,
        title=title,
        alt=short_alt(" ".join((f"{title}.", frame, *lines)), f"{title}. {frame} It has {counts}."),
        lines=[frame, *lines],
    )


def _draw_triangle(content: Mapping[str, Sequence[str]]) -> Picture:
    pad, indent, gap = 12, 14, 64
    widths = {"V": 300.0, "A": 205.0, "C": 205.0}

    def texts(letter: str) -> list[tuple[str, list[list[str]]]]:
        room = widths[letter] - 2 * pad - indent
        return [
            (label, [broken(words, room, BODY) for words in content[part]])
            for part, label in _PARTS[letter].items()
        ]

    def height(letter: str) -> float:
        room = widths[letter] - 2 * pad
        total = 2 * pad + len(broken(CORNERS[letter].name, room, HEADING)) * HEADING.leading
        for _, entries in texts(letter):
            lines = sum(map(len, entries)) or 1
            total += ASIDE.leading + lines * BODY.leading + 5 * len(entries) + 4
        return total

    below = max(height("A"), height("C"))
    spots: dict[str, At] = {
        "V": ((SHEET - widths["V"]) / 2, 1, widths["V"], height("V")),
        "A": (1, height("V") + gap, widths["A"], below),
        "C": (SHEET - 1 - widths["C"], height("V") + gap, widths["C"], below),
    }
    sheet = Sheet(height("V") + gap + below + 1)
    for letter, at in spots.items():
        corner = CORNERS[letter]
        sheet.box(letter, at, corner.hue, opacity=TINT, edge=corner.hue)
        x, y = at[0] + pad, at[1] + pad
        sheet.bar((x, y - 4, 36, 4), corner.hue)
        name = broken(corner.name, at[2] - 2 * pad, HEADING)
        y = sheet.lines(letter, x, y, name, HEADING)
        for label, entries in texts(letter):
            y = sheet.lines(letter, x, y + 4, [label], ASIDE)
            if not entries:
                sheet.lines(letter, x + indent, y, ["none yet"], ASIDE)
                y += BODY.leading
            for lines in entries:
                sheet.dot(x + 4, y + 1.02 * BODY.size - BODY.middle, corner.hue)
                y = sheet.lines(letter, x + indent, y, lines, BODY) + 5
    top, low = spots["V"][1] + spots["V"][3] + 5, spots["A"][1] - 5
    sheet.arrow([(170, top), (130, low)], both=True, width=1.8)
    sheet.arrow([(290, top), (330, low)], both=True, width=1.8)
    middle = spots["A"][1] + below / 2
    sheet.arrow([(spots["A"][0] + 210, middle), (spots["C"][0] - 5, middle)], both=True, width=1.8)
    return sheet.figure


# --- Figure 12.1 ---------------------------------------------------------------------

_CRITICS: tuple[tuple[str, str, str], ...] = (
    (
        "V",
        "Bozeman",
        "Which rights and benefits does a society agree on, and where do market and state fail "
        "them?",
    ),
    ("A", "Rhodes and Wanna", "Who elected the official who searches for value?"),
    ("C", "Dahl and Soss", "Is this the market's way of thinking under a kinder name?"),
    ("VA", "Benington", "Does it add to the public sphere, or please the majority of today?"),
    ("VC", "Williams and Shearer", "Where is the test, and which publics are passed over?"),
    ("AC", "Bryson and others", "Where no one is wholly in charge, who holds it together?"),
)


def critics() -> Picture:
    """Draw the triangle with a critic's question on each corner and edge.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    The questions are the course's own wording in the spirit of each position, and so is the
    place of each. Positions: Bozeman (2007), *Public Values and Public Interest*; Rhodes and
    Wanna (2007), *Australian Journal of Public Administration* 66(4); Dahl and Soss (2014),
    *Public Administration Review* 74(4); Benington and Moore (2011), *Public Value: Theory and
    Practice*; Williams and Shearer (2011), *Public Administration* 89(4); Bryson and others
    (2017), *Public Management Review* 19(5).
    """
    with plain_settings():
        figure = _draw_critics()
    title = "Six questions to the triangle"

    def place(where: str) -> str:
        names = [CORNERS[letter].name.lower() for letter in where]
        return f"on {names[0]}" if len(names) == 1 else f"between {listed(names)}"

    lines = [f"{name}, {place(where)}: {question}" for where, name, question in _CRITICS]
    who = "; ".join(f"{name} {place(where)}" for where, name, _ in _CRITICS)
    ours = "Wording and places are ours."
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}: each corner and each edge is questioned by another critic. {who}. {ours} "
            "The text form has the questions."
        ),
        lines=[*lines, ours],
    )


def _draw_critics() -> Picture:
    pad, after, indent = 8.0, 8.0, 38.0
    blocks = [
        set_text(SHEET - indent - pad, (name, STRONG), (question, BODY))
        for _, name, question in _CRITICS
    ]
    top = 292.0
    sheet = Sheet(top + sum(height_of(lines) + after for lines in blocks) + 46)
    middle: dict[str, Point] = {"V": (230, 46), "A": (100, 216), "C": (360, 216)}
    for where, _, _ in _CRITICS:
        if len(where) == 2:
            (x1, y1), (x2, y2) = (middle[letter] for letter in where)
            middle[where] = ((x1 + x2) / 2, (y1 + y2) / 2)
    spots = {where: Spot(x, y, 14, 14, round=True) for where, (x, y) in middle.items()}
    for where in spots:
        if len(where) == 2:
            for letter in where:
                sheet.stroke(between(spots[where], spots[letter], 2), width=1.8)

    def pin(name: str, spot: Spot, number: int, hue: str | None) -> None:
        edge = hue or INK
        opacity = 1 if hue else QUIET
        tint = 2 * TINT if hue else 0
        sheet.disc(name, spot, edge, opacity=tint, edge=edge, edge_opacity=opacity, width=1.5)
        words = f"{number}"
        sheet.line(name, spot.x, spot.y + STRONG.middle, words, STRONG, centred=True)

    y = top
    for number, ((where, _, _), lines) in enumerate(zip(_CRITICS, blocks, strict=True), 1):
        hue = CORNERS[where].hue if len(where) == 1 else None
        pin(f"pin {number}", spots[where], number, hue)
        key = Spot(15, y + 15, 14, 14, round=True)
        pin(f"key {number}", key, number, hue)
        y = sheet.write("page", indent, y + 3, lines) + after - 3
    sheet.lines("page", 230, 6, [CORNERS["V"].name], BODY, centred=True)
    for letter in "AC":
        lines = set_text(170, (CORNERS[letter].name, BODY))
        sheet.write("page", middle[letter][0], 234, lines, centred=True)
    sheet.mark("Wording and places are ours", SHEET / 2, y + 2, SHEET)
    return sheet.figure
