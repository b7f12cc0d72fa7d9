"""Cross-cutting problems: whose core they are in (figure 9.1), triangles that meet (figure 9.2)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from .. import cases
from .common import (
    BLUE,
    BODY,
    GREEN,
    HEADING,
    INK,
    LAMPS,
    PURPLE,
    RED,
    SHEET,
    STRONG,
    TINT,
    Picture,
    describe,
    known,
    listed,
    plain_settings,
    plain_texts,
)
from .sheet import Lines, Point, Sheet, Spot, between, height_of, set_text
from .triangles import CORNERS

_RECONSTRUCTION = "Our reconstruction"
_HUES = (BLUE, GREEN, RED, PURPLE)


# --- Figure 9.1 ----------------------------------------------------------------------


def cross_cutting() -> Picture:
    """Draw a problem that touches four missions and lies in the core of none.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    Theme: the teaching slides *Nobody's Core Business*; their picture is lost, and this is
    our reconstruction. The partners are those of an invented case.
    """
    with plain_settings():
        figure = _draw_cross_cutting()
    title = "A problem that is nobody's core business"
    partners = cases.HALVERTON_PARTNERS
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. The problem, people in acute distress, overlaps the missions of four "
            f"organizations, {listed([name.lower() for name in partners])}; its centre lies in "
            f"none of them. {_RECONSTRUCTION}."
        ),
        lines=[
            "The problem: people in acute distress in and around the library.",
            *(
                f"{name}: its mission is {mission}; the problem touches it."
                for name, mission in partners.items()
            ),
            "The centre of the problem lies in no mission.",
            f"{_RECONSTRUCTION} of a lost picture.",
        ],
    )


def _draw_cross_cutting() -> Picture:
    sheet = Sheet(490)
    x, y = 230, 214
    # The rim of the problem, at every 15 degrees: further out where a mission is.
    reach = [72, 76, 96, 118, 104, 84, 74, 86, 112, 128, 104, 78]
    reach += [72, 82, 108, 116, 100, 80, 76, 84, 108, 122, 110, 82]
    rim: list[Point] = [
        (x + r * math.cos(math.radians(15 * n)), y + r * math.sin(math.radians(15 * n)))
        for n, r in enumerate(reach)
    ]
    centres = [(102, 102), (358, 102), (102, 326), (358, 326)]
    for (name, mission), hue, at in zip(
        cases.HALVERTON_PARTNERS.items(), _HUES, centres, strict=True
    ):
        spot = Spot(*at, 101, 101, round=True)
        sheet.disc(f"behind {name}", spot, hue, opacity=TINT, edge=hue, width=1.5)
        lines = set_text(128, (name, STRONG), (mission, BODY))
        left = at[0] - 10 if at[0] < x else at[0] + 10
        top = at[1] - 18 if at[1] < y else at[1] + 18
        sheet.write("page", left, top - height_of(lines) / 2, lines, centred=True)
    sheet.area(rim, INK, 0.14)
    sheet.stroke([*rim, rim[0]], width=1.5, dash="dashed")
    lines = set_text(110, ("People in acute distress", STRONG))
    sheet.middle("page", x, y, lines)
    sheet.mark(_RECONSTRUCTION, SHEET / 2, 446, SHEET)
    return sheet.figure


# --- Figure 9.2 ----------------------------------------------------------------------

_JOINT = ("1", "2", "3", "4", "5", "6")
_POINTS = {"met": 1.0, "in doubt": 0.5, "not met": 0.0}


def _count(met: int | Mapping[str, str]) -> float:
    if isinstance(met, Mapping):
        lamps = {
            known(str(rule).removeprefix("J"), _JOINT, "joint rule"): known(lamp, LAMPS, "lamp")
            for rule, lamp in met.items()
        }
        if missing := [rule for rule in _JOINT if rule not in lamps]:
            raise ValueError(f"no lamp is given for joint rule {listed(missing)}")
        return sum(_POINTS[lamp] for lamp in lamps.values())
    if isinstance(met, bool) or not isinstance(met, int) or not 0 <= met <= len(_JOINT):
        raise ValueError(f"met is a number of rules from 0 to 6, or their lamps, not {met!r}")
    return met


def aligning(
    met: int | Mapping[str, str] | None = None, *, partners: Sequence[str] | None = None
) -> Picture:
    """Draw triangles round a shared problem: each for itself, and turned towards it.

    Parameters
    ----------
    met : int or mapping of str to str, optional
        How many of the six joint rules are met, or the lamp of each, ``"1"`` to ``"6"``
        (``"J1"`` to ``"J6"``): ``met``, ``in doubt`` (counts half) or ``not met``. The
        triangles of the second panel are turned and moved in proportion. Without it, all
        are met.
    partners : sequence of str, optional
        Names of two to four partners; without it, those of Halverton.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Raises
    ------
    ValueError
        If the number is not from 0 to 6, a rule or lamp is not known or missing, or there
        are not two to four partners.
    TypeError
        If the partners are not a list of strings.

    Notes
    -----
    Theme: the teaching slides *Nobody's Core Business*; their picture is lost, and this is
    our reconstruction. The triangle for many actors: Bryson, Sancino, Benington and
    Sørensen (2017), *Public Management Review* 19(5), 640-654.
    """
    names = list(cases.HALVERTON_PARTNERS)
    if partners is not None:
        names = plain_texts(partners, "partners")
    if not 2 <= len(names) <= len(_PLACES):
        raise ValueError(f"there are two to four partners, not {len(names)}")
    count = len(_JOINT) if met is None else _count(met)
    share = count / len(_JOINT)
    told = f"{count:g} of 6 joint rules met"
    with plain_settings():
        figure = _draw_aligning(names, share, "All joint rules met" if met is None else told)
    title = "Aligning the triangles"
    reached = (
        "is turned so that its value corner touches the shared problem"
        if share == 1
        else "stands as in the first panel"
        if share == 0
        else f"is turned {share:.0%} of the way towards it, and moved nearer"
    )
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. Two panels, each with one triangle for {listed(names)} round a shared "
            "problem. First, each for itself: the value corners point in different directions, "
            f"away from the problem. Then, {told}: each triangle {reached}. {_RECONSTRUCTION}."
        ),
        lines=[
            f"Partners: {listed(names)}. Each has a triangle of its own: public value (V), "
            "legitimacy and support (A), operational capacity (C).",
            "Each for itself: the value corners point in different directions, none at the shared "
            "problem.",
            f"{told[0].upper()}{told[1:]}: each triangle {reached}.",
            f"{_RECONSTRUCTION} of a lost picture.",
        ],
    )


# Direction from the problem, in degrees, and how far the triangle is turned away at first.
_PLACES = ((218.0, 150.0), (-38.0, -115.0), (142.0, 100.0), (38.0, -160.0))
_PAIR = ((180.0, 150.0), (0.0, -115.0))
_REACH = 140  # units from the middle of the problem to the end of a triangle, up and down


def _draw_aligning(names: Sequence[str], share: float, told: str) -> Picture:
    blocks = [set_text(200, (name, STRONG)) for name in names]
    over = max(map(height_of, blocks))
    head, foot = 32 + over, over + 16 if len(names) > 2 else 16.0
    panel = head + 2 * _REACH + foot
    key = ", ".join(f"{letter} {corner.name.lower()}" for letter, corner in CORNERS.items())
    keys = set_text(SHEET, (key, BODY))
    sheet = Sheet(2 * panel + height_of(keys) + 56)
    for number, (heading, turned) in enumerate((("Each for itself", 0.0), (told, share))):
        top = panel * number
        sheet.line("page", SHEET / 2, top + 20, heading, HEADING, centred=True)
        _draw_panel(sheet, f"{number}", top + head + _REACH, blocks, turned)
        if not number:
            sheet.bar((0, panel - 2, SHEET, 1), INK, 0.3)
    sheet.bar((0, 2 * panel - 2, SHEET, 1), INK, 0.3)
    y = sheet.write("page", SHEET / 2, 2 * panel + 8, keys, centred=True)
    sheet.mark(_RECONSTRUCTION, SHEET / 2, y + 10, SHEET)
    return sheet.figure


def _draw_panel(sheet: Sheet, panel: str, y: float, blocks: Sequence[Lines], share: float) -> None:
    x, radius = SHEET / 2, 40
    problem = Spot(x, y, 62, 40, round=True)
    sheet.disc(f"{panel}problem", problem, INK, opacity=0.14, edge=INK, dash="dashed", width=1.5)
    sheet.middle(f"{panel}problem", x, y, set_text(100, ("shared problem", STRONG)))
    places = _PLACES if len(blocks) > 2 else _PAIR
    for number, (block, hue, (way, away)) in enumerate(zip(blocks, _HUES, places, strict=False)):
        dx, dy = math.cos(math.radians(way)), math.sin(math.radians(way))
        touching = math.dist(problem.rim(x + dx, y + dy, 0), (x, y)) + radius + 19
        far = touching + (1 - share) * 30
        middle = (x + far * dx, y + far * dy)
        spots = {}
        # Below, the corners go round the other way, so that like corners are neighbours.
        side = 1 if dx * dy < 0 else -1
        for letter, corner in (("V", 0), ("A", 120), ("C", -120)):
            turn = math.radians(way + 180 + side * corner + (1 - share) * away)
            at = (middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn))
            spots[letter] = Spot(*at, 13, 13, round=True)
        for one, other in (("V", "A"), ("V", "C"), ("A", "C")):
            way_between = between(spots[one], spots[other], 0)
            sheet.stroke(way_between, width=1.8, colour=hue, opacity=1)
        for letter, spot in spots.items():
            name, style = f"{panel}{number}{letter}", STRONG if letter == "V" else BODY
            opacity = 2 * TINT if letter == "V" else 0
            sheet.disc(name, spot, hue, opacity=opacity, edge=hue, width=1.8)
            sheet.line(name, spot.x, spot.y + style.middle, letter, style, centred=True)
        left = 112 if dx < 0 else SHEET - 112
        below = len(blocks) > 2 and dy > 0
        top = y + _REACH + 4 if below else y - _REACH - 4 - height_of(block)
        sheet.write("page", left, top, block, centred=True)
