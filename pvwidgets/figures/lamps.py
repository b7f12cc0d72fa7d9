"""Lamps on the strategic triangle: eight patterns (figure 6.2) and six rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import cases
from .common import ASIDE, BODY, LAMPS, STRONG, Picture, describe, known, listed, plain_settings
from .sheet import Dash, Lines, Point, Sheet, Spot, between, height_of, set_text
from .triangles import CORNERS


@dataclass(frozen=True)
class Pattern:
    """A pattern of met and unmet corners.

    Attributes
    ----------
    met : str
        Letters of the corners whose rule is met.
    name : str
        What the pattern is called.
    shows : str
        By what one knows it.
    """

    met: str
    name: str
    shows: str


PATTERNS: tuple[Pattern, ...] = (
    Pattern("VAC", "Aligned", "results, support and means renew one another"),
    Pattern("VA", "Empty mandate", "promises, backlog, tired staff"),
    Pattern(
        "VC",
        "Good deed without leave",
        "done quietly, out of a friendly budget; collapses at the first question",
    ),
    Pattern("AC", "Cherished routine", "well funded, popular, nobody can say what it changes"),
    Pattern("V", "Paper vision", "plans, no sponsor, no staff"),
    Pattern("A", "Gesture", "announcement after an incident"),
    Pattern("C", "Capacity looking for a purpose", "empty hall, idle software, “we could also…”"),
    Pattern("", "Drift", "habit"),
)
"""The eight patterns of the three corner rules; the names are the course's own."""

RULES: dict[str, tuple[str, str]] = {
    "1": ("purpose", "V"),
    "2": ("authorization", "A"),
    "3": ("capacity", "C"),
    "4": ("same promise", "VA"),
    "5": ("causal path", "VC"),
    "6": ("means match mandate", "AC"),
}
"""The six rules of alignment, by number: name, and the corner or edge of each."""


# --- Figure 6.2 ----------------------------------------------------------------------


def patterns() -> Picture:
    """Draw the eight patterns that the three corners of the triangle can make.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    The names and signs are the course's own.
    """
    with plain_settings():
        figure = _draw_patterns()
    title = "Eight patterns of the triangle"
    frame = "Each corner is met or not met; a pattern with three corners met needs the edges too."

    def told(pattern: Pattern) -> str:
        met = [CORNERS[letter].name.lower() for letter in pattern.met]
        return f"met: {listed(met)}" if met else "none met"

    def state(pattern: Pattern) -> str:
        return ", ".join(
            f"{CORNERS[letter].name.lower()} {'met' if letter in pattern.met else 'not met'}"
            for letter in CORNERS
        )

    return describe(
        figure,
        title=title,
        alt=" ".join(
            [
                f"{title}, by which of value (V), legitimacy and support (A) and capacity (C) "
                "are met.",
                *(
                    f"{pattern.name}: {' and '.join(pattern.met) or 'none'}."
                    for pattern in PATTERNS
                ),
                "Aligned holds only if the three edges are met too.",
            ]
        ),
        lines=[
            frame,
            *(
                f"{pattern.name}: {state(pattern)}. Shows as: {pattern.shows}."
                for pattern in PATTERNS
            ),
        ],
    )


def _draw_patterns() -> Picture:
    step, legend = 116, 84
    sheet = Sheet(4 * step + legend)
    for number, pattern in enumerate(PATTERNS):
        left, top = 228 * (number % 2), step * (number // 2)
        spots = {
            "V": Spot(left + 62, top + 18, 14, 14, round=True),
            "A": Spot(left + 32, top + 74, 14, 14, round=True),
            "C": Spot(left + 92, top + 74, 14, 14, round=True),
        }
        for one, other in ("VA", "VC", "AC"):
            sheet.stroke(between(spots[one], spots[other], 2), width=1.5)
        for letter, spot in spots.items():
            lamp = LAMPS["met" if letter in pattern.met else "not met"]
            sheet.sign(f"{number}{letter}", spot.x, spot.y, lamp, 14)
            x = spot.x - 25 if letter == "A" else spot.x + 25
            sheet.line("page", x, spot.y + BODY.middle, letter, BODY, centred=True)
        lines = set_text(100, (pattern.name, STRONG))
        if len(pattern.met) == 3:
            lines += set_text(100, ("if the edges hold", ASIDE))
        sheet.write("page", left + 128, top + 48 - height_of(lines) / 2, lines)
    y = 4 * step + 2
    for letter, corner in CORNERS.items():
        sheet.line("page", 0, y + 17, letter, STRONG)
        sheet.line("page", 20, y + 17, corner.name, BODY)
        y += 26
    y = 4 * step + 15
    for lamp in (LAMPS["met"], LAMPS["not met"]):
        sheet.sign(f"legend {lamp.meaning}", 300, y, lamp, 14)
        sheet.line("page", 324, y + BODY.middle, lamp.meaning, BODY)
        y += 36
    return sheet.figure


# --- The six rules -------------------------------------------------------------------


def triangle_rules(lamps: Mapping[str, str] | str) -> Picture:
    """Draw the triangle with the lamps of the six rules on its corners and edges.

    Parameters
    ----------
    lamps : mapping of str to str, or str
        For each rule, ``"1"`` to ``"6"``, how it stands: ``met``, ``in doubt`` or ``not
        met``. Or ``"halverton"``: the lamps of the after-school room.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Raises
    ------
    ValueError
        If a rule is not known or missing, or a lamp or name is not known; the message
        names the likely intended one.

    Notes
    -----
    The rules are the course's own: three corners and three edges.
    """
    if isinstance(lamps, str):
        known(lamps, ["halverton"], "triangle")
        title = "Six rules: Halverton's after-school room"
        state = cases.AFTER_SCHOOL_LAMPS
    else:
        title = "Six rules of alignment"
        state = {
            known(str(rule), RULES, "rule"): known(lamp, LAMPS, "lamp")
            for rule, lamp in lamps.items()
        }
        if missing := [rule for rule in RULES if rule not in state]:
            raise ValueError(f"no lamp is given for rule {listed(missing)}")
    with plain_settings():
        figure = _draw_rules(state)

    def place(rule: str) -> str:
        names = [CORNERS[letter].name.lower() for letter in RULES[rule][1]]
        return f"corner {names[0]}" if len(names) == 1 else f"edge from {' to '.join(names)}"

    def found(lamp: str) -> str:
        return listed([f"{RULES[r][0]} ({r})" for r in RULES if state[r] == lamp] or ["none"])

    total = sum(lamp == "met" for lamp in state.values())
    return describe(
        figure,
        title=title,
        alt=" ".join(
            [
                f"{title}. Rules 1 to 3 stand at the corners of the triangle, 4 to 6 on its edges. "
                f"{total} of 6 are met.",
                *(f"{lamp.capitalize()}: {found(lamp)}." for lamp in LAMPS),
            ]
        ),
        lines=[
            f"{rule} {name}, {place(rule)}: {state[rule]}." for rule, (name, _) in RULES.items()
        ],
    )


_ENDS = {"4": ("1", "2"), "5": ("1", "3"), "6": ("2", "3")}
_EDGES: dict[str, Dash] = {"met": "solid", "in doubt": "dashed", "not met": "dotted"}


def _draw_rules(state: Mapping[str, str]) -> Picture:
    sheet = Sheet(486)
    at: dict[str, Point] = {"1": (230, 52), "2": (80, 366), "3": (380, 366)}
    for rule, (one, other) in _ENDS.items():
        at[rule] = ((at[one][0] + at[other][0]) / 2, (at[one][1] + at[other][1]) / 2)
    spots = {rule: Spot(x, y, 18, 18, round=True) for rule, (x, y) in at.items()}
    for rule, ends in _ENDS.items():
        for end in ends:
            way = between(spots[rule], spots[end], 3)
            sheet.stroke(way, width=2.4, dash=_EDGES[state[rule]])
    for rule, spot in spots.items():
        sheet.sign(rule, spot.x, spot.y, LAMPS[state[rule]], 18)

    def label(rule: str, room: float, *, corner: bool = False) -> Lines:
        name, where = RULES[rule]
        first = [(CORNERS[where].name, ASIDE)] if corner else []
        return set_text(room, *first, (f"{rule} {name}", STRONG), (state[rule], BODY))

    sheet.lines("page", 230, 4, [CORNERS["V"].name], ASIDE, centred=True)
    sheet.write("page", 258, 30, label("1", 150))
    for rule, x in (("4", 66.0), ("5", 394.0)):
        lines = label(rule, 122)
        sheet.write("page", x, at[rule][1] - height_of(lines) / 2, lines, centred=True)
    for rule in "23":
        sheet.write("page", at[rule][0], 390, label(rule, 158, corner=True), centred=True)
    lines = label("6", 150)
    sheet.write("page", 230, 366 - 24 - height_of(lines), lines, centred=True)
    return sheet.figure
