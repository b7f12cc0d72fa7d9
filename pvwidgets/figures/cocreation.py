"""From bureaucracy to co-creation (figures 10.1 and 10.2), and how to lead it (11.1, 11.2)."""

from __future__ import annotations

import math

from .common import (
    ASIDE,
    BLUE,
    BODY,
    GREEN,
    HEADING,
    INK,
    PURPLE,
    QUIET,
    RED,
    SHEET,
    STRONG,
    TINT,
    Picture,
    describe,
    listed,
    plain_settings,
)
from .sheet import Dash, Sheet, Spot, between, height_of, set_text

# --- Figure 10.1 ---------------------------------------------------------------------

_LAYERS = (
    ("Bureaucracy", "post-war", 0.0, BLUE),
    ("New public management", "1980s", 100.0, GREEN),
    ("Public value", "1995", 200.0, RED),
    ("Co-creation", "2010s", 290.0, PURPLE),
)


def layers() -> Picture:
    """Draw four layers of public management, which lie on one another.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    The story in four steps is Jacob Torfing's (see Torfing, Sørensen and Røiseland (2019),
    *Administration & Society* 51(5), 795-825); that the layers overlap is the course's
    correction. The dates say only about when each was first much talked of.
    """
    with plain_settings():
        figure = _draw_layers()
    title = "Four layers, none of them over"
    starts = [f"{name}, {since}" for name, since, _, _ in _LAYERS]
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. On a band of time four layers begin one after another: "
            f"{'; '.join(starts)}. Each goes on until today: none ended when the next began."
        ),
        lines=[
            *(f"{name}: begins {since}, goes on today." for name, since, _, _ in _LAYERS),
            "None ended when the next began; they lie on one another.",
            "The story is Torfing's; the dates are rough.",
        ],
    )


def _draw_layers() -> Picture:
    step, height = 78.0, 50.0
    sheet = Sheet(len(_LAYERS) * step + 46)
    for number, (name, since, left, hue) in enumerate(_LAYERS):
        top = 24 + number * step
        sheet.lines("page", left + 2, top - 23, [since], ASIDE)
        at = (left + 1, top, SHEET - left - 16, height)
        sheet.box(name, at, hue, opacity=TINT, edge=hue)
        middle = top + height / 2
        sheet.line(name, left + 14, middle + STRONG.middle, name, STRONG)
        sheet.area([(SHEET - 13, middle - 9), (SHEET - 1, middle), (SHEET - 13, middle + 9)], hue)
    y = 24 + len(_LAYERS) * step - 12
    sheet.arrow([(1, y), (SHEET - 58, y)], width=1.8)
    sheet.line("page", SHEET - 52, y + BODY.middle, "today", BODY)
    return sheet.figure


# --- Figure 10.2 ---------------------------------------------------------------------

_CHAIN = ("Voters", "Assembly", "Executive", "Administration", "Users")
_RING = ("Citizens", "Elected members", "Associations", "Administration", "Firms")


def governments() -> Picture:
    """Draw the chain of government beside a ring of actors round a problem.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    Theme: Torfing's slides, "From chain of government to co-creation"; their picture is lost,
    and this is our reconstruction.
    """
    with plain_settings():
        figure = _draw_governments()
    title = "From chain of government to co-creation"
    ring = [name.lower() for name in _RING]
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. First a chain in which each link hands on to the next: voters choose the "
            "assembly, it steers the executive, that steers the administration, that serves the "
            "users, who are the voters again. Then a ring: "
            f"{listed(ring)} stand round a shared problem, and each is joined to it both ways. Our "
            "reconstruction."
        ),
        lines=[
            f"Chain of government: {', then '.join(name.lower() for name in _CHAIN)}; the users "
            "are the voters again.",
            f"Co-creation: {listed(ring)}, each joined both ways to a shared problem.",
            "Our reconstruction of a lost picture.",
        ],
    )


def _draw_governments() -> Picture:
    sheet = Sheet(744)
    sheet.line("page", SHEET / 2, 20, "Chain of government", HEADING, centred=True)
    wide, high = 168.0, 44.0
    places = {
        "Voters": (146.0, 36.0),
        "Assembly": (291.0, 108.0),
        "Executive": (291.0, 196.0),
        "Administration": (146.0, 268.0),
        "Users": (1.0, 152.0),
    }
    for name, (x, y) in places.items():
        sheet.card(name, (x, y, wide, high), [(name, STRONG)], BLUE)
    for way in (
        [(318.0, 66.0), (372.0, 104.0)],
        [(375.0, 156.0), (375.0, 192.0)],
        [(372.0, 244.0), (318.0, 284.0)],
        [(142.0, 284.0), (88.0, 200.0)],
    ):
        sheet.arrow(way, width=2.4)
    # The users are the voters again.
    sheet.arrow([(88.0, 148.0), (142.0, 66.0)], width=1.8, dash="dashed")
    sheet.bar((0, 332, SHEET, 1), INK, 0.3)
    sheet.line("page", SHEET / 2, 360, "Co-creation", HEADING, centred=True)
    problem = Spot(230, 556, 66, 42, round=True)
    sheet.disc("problem", problem, INK, opacity=0.14, edge=INK, dash="dashed", width=1.5)
    sheet.middle("problem", problem.x, problem.y, set_text(100, ("shared problem", STRONG)))
    ring = {
        "Citizens": (152.0, 380.0),
        "Elected members": (303.0, 450.0),
        "Associations": (1.0, 450.0),
        "Administration": (1.0, 628.0),
        "Firms": (303.0, 628.0),
    }
    for name, (x, y) in ring.items():
        at = (x, y, 156.0, 54.0)
        spot = sheet.card(f"ring {name}", at, set_text(150, (name, STRONG)), PURPLE)
        sheet.arrow(between(spot, problem, 4), both=True, width=1.8)
    sheet.mark("Our reconstruction", SHEET / 2, 698, SHEET)
    return sheet.figure


# --- Figure 11.1 ---------------------------------------------------------------------

_ARENAS = (
    ("Arena 1", "river bank", "solid"),
    ("Arena 2", "market waste", "solid"),
    ("Arena 3", "school yard", "dashed"),
    ("Arena n", "next problem", "dotted"),
)


def platform() -> Picture:
    """Draw a platform that stays, and arenas that come and go on it.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    Platforms: Ansell and Gash (2018), "Collaborative Platforms as a Governance Strategy",
    *Journal of Public Administration Research and Theory* 28(1), 16-32. Arenas: Ansell and
    Torfing (2021), *Policy & Politics* 49(2), 211-230. The slide's picture is lost; this is
    our reconstruction. The problems are those of an invented case.
    """
    with plain_settings():
        figure = _draw_platform()
    title = "One platform, many arenas"
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. A wide base, the platform, with staff, rules, small grants and data, "
            "carries several arenas. Each arena gathers actors round one problem and ends with "
            "it: two are at work, one has ended, one is yet to come. The platform stays. Our "
            "reconstruction."
        ),
        lines=[
            "Platform: staff, rules, small grants, data; it stays.",
            "Arena 1, river bank: at work.",
            "Arena 2, market waste: at work.",
            "Arena 3, school yard: ended with its problem.",
            "Arena n, the next problem: yet to come.",
            "Our reconstruction of a lost picture; the problems are invented.",
        ],
    )


def _draw_platform() -> Picture:
    sheet = Sheet(506)
    states = {"solid": "at work", "dashed": "ended", "dotted": "to come"}
    places = ((104.0, 92.0), (356.0, 92.0), (104.0, 254.0), (356.0, 254.0))
    base = 362.0
    for (name, problem, dash), (x, y) in zip(_ARENAS, places, strict=True):
        kind: Dash = "solid" if dash == "solid" else "dashed" if dash == "dashed" else "dotted"
        spot = Spot(x, y, 92, 66, round=True)
        live = dash == "solid"
        sheet.disc(
            name,
            spot,
            GREEN if live else None,
            opacity=TINT,
            edge=GREEN if live else INK,
            edge_opacity=1 if live else QUIET,
            dash=kind,
            width=1.8,
        )
        style = BODY if live else ASIDE
        lines = set_text(140, (name, STRONG), (problem, style), (states[dash], style))
        sheet.middle(name, x, y, lines)
    for x in (104.0, 356.0):
        sheet.arrow([(x, base - 4), (x, 324)], width=1.8, dash="dashed")
    for x in (213.0, 247.0):
        to = 176.0 if x < 230 else 284.0
        sheet.arrow([(x, base - 4), (x, 196), (to, 140)], width=1.8)
    lines = set_text(
        420, ("Platform", HEADING), ("staff, rules, small grants, data: it stays", BODY)
    )
    sheet.card("platform", (1.0, base, SHEET - 2.0, 82.0), lines, BLUE)
    sheet.mark("Our reconstruction", SHEET / 2, base + 96, SHEET)
    return sheet.figure


# --- Figure 11.2 ---------------------------------------------------------------------

_KINDS = (
    ("Cross-boundary", "links people across organizations and professions", BLUE),
    ("Distributive", "whoever knows most at the moment leads", GREEN),
    ("Volunteer", "leads people one cannot order or pay", RED),
    ("Innovation", "protects trials, learns from failure, keeps what works", PURPLE),
)


def leaderships() -> Picture:
    """Draw four kinds of leadership of co-creation.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    The four names are Torfing's; the descriptions are the course's own.
    """
    with plain_settings():
        figure = _draw_leaderships()
    title = "Four kinds of leadership"
    lines = [f"{name}: {what}." for name, what, _ in _KINDS]
    return describe(
        figure,
        title=title,
        alt=" ".join([f"{title} of co-creation, side by side.", *lines]),
        lines=[*lines, "The descriptions are the course's own."],
    )


def _draw_leaderships() -> Picture:
    wide, gap, icon = 225.0, 8.0, 92.0
    blocks = [set_text(wide - 20, (name, HEADING), (what, BODY)) for name, what, _ in _KINDS]
    high = icon + max(map(height_of, blocks)) + 18
    sheet = Sheet(2 * high + gap + 2)
    for number, ((name, _, hue), lines) in enumerate(zip(_KINDS, blocks, strict=True)):
        left = 1 + (wide + gap) * (number % 2)
        top = 1 + (high + gap) * (number // 2)
        sheet.box(name, (left, top, wide, high), hue, opacity=TINT, edge=hue)
        _ICONS[name](sheet, left + wide / 2, top + 50, hue)
        sheet.write(name, left + wide / 2, top + icon, lines, centred=True)
    return sheet.figure


def _boundary(sheet: Sheet, x: float, y: float, hue: str) -> None:
    for side in (-1, 1):
        at = (x + side * 55 - 30, y - 30, 60.0, 60.0)
        sheet.box("behind icon", at, None, edge=hue, dashed=True)
        for up in (-14, 14):
            sheet.dot(x + side * 55, y + up, INK, 5)
    sheet.arrow([(x - 45, y), (x + 45, y)], both=True, width=2.4)


def _distributive(sheet: Sheet, x: float, y: float, hue: str) -> None:
    spots = []
    for number in range(5):
        turn = math.radians(72 * number - 90)
        spots.append(Spot(x + 46 * math.cos(turn), y + 32 * math.sin(turn), 8, 8, round=True))
    for number, spot in enumerate(spots):
        sheet.arrow(between(spot, spots[(number + 1) % 5], 2), width=1.2)
        sheet.disc("behind icon", spot, hue if number in (1, 3) else None, edge=hue, width=2)


def _volunteer(sheet: Sheet, x: float, y: float, hue: str) -> None:
    sheet.disc("behind icon", Spot(x, y, 20, 20, round=True), hue, opacity=0.5, edge=hue, width=2)
    for side in (-1, 1):
        for up in (-22, 22):
            sheet.dot(x + side * 70, y + up, INK, 5)
            way = [(x + side * 60, y + 0.8 * up), (x + side * 26, y + 0.3 * up)]
            sheet.arrow(way, both=up > 0, width=1.4, dash="dashed")


def _innovation(sheet: Sheet, x: float, y: float, hue: str) -> None:
    start = Spot(x - 66, y, 8, 8, round=True)
    sheet.disc("behind icon", start, hue, edge=hue)
    for up in (-28, 0, 28):
        end = (x + 34.0, y + up)
        sheet.arrow([start.rim(*end, 3), end], width=1.6)
        if up:  # tried, and given up
            for tilt in (-1, 1):
                cross = [(x + 46, y + up - 7 * tilt), (x + 60, y + up + 7 * tilt)]
                sheet.stroke(cross, width=2.4)
        else:
            sheet.stroke([(x + 44, y), (x + 51, y + 8), (x + 64, y - 10)], width=3.2)


_ICONS = {
    "Cross-boundary": _boundary,
    "Distributive": _distributive,
    "Volunteer": _volunteer,
    "Innovation": _innovation,
}
