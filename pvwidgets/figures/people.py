"""Who has a part in a service (figure 1.1), and who may authorize it (figure 7.1)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .common import (
    BLUE,
    BODY,
    GAIN,
    GREEN,
    HEADING,
    INK,
    LOSS,
    ON_GAIN,
    ON_LOSS,
    RED,
    SHEET,
    STRONG,
    TINT,
    Picture,
    Sign,
    clean,
    describe,
    known,
    listed,
    plain_settings,
    short_alt,
)
from .sheet import Dash, Lines, Point, Sheet, Spot, height_of, set_text

# --- Figure 1.1 ----------------------------------------------------------------------


def stakeholders() -> Picture:
    """Draw user, taxpayer and public at large round one service.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    The three roles and the unwilling user: Moore (1995), *Creating Public Value*, and The Open
    University, *An introduction to public leadership*, week 2. The drawing is the course's own.
    """
    with plain_settings():
        figure = _draw_stakeholders()
    title = "Round one service"
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}: three circles, user, taxpayer and public at large. They overlap in the "
            "service: one person can be all three, and each can be somebody else. Part of the user "
            "circle is dashed: the unwilling user, who is obliged and not served."
        ),
        lines=[
            "User: meets the service.",
            "Unwilling user, a part of the users: obliged, not served; has claims all the same.",
            "Taxpayer: pays for the service.",
            "Public at large: is affected, for example protected, without meeting the service.",
            "The three overlap: one person can be in several at once.",
        ],
    )


def _draw_stakeholders() -> Picture:
    sheet = Sheet(440)
    radius = 149
    circles = {
        "User": (150, 150, BLUE),
        "Taxpayer": (310, 150, GREEN),
        "Public at large": (230, 290, RED),
    }

    def arc(x: float, y: float, start: int, end: int) -> list[Point]:
        turns = [math.radians(turn) for turn in range(start, end + 1, 3)]
        return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]

    for name, (x, y, hue) in circles.items():
        spot = Spot(x, y, radius, radius, round=True)
        sheet.disc(f"behind {name}", spot, hue, opacity=TINT)
        # The unwilling user is at the left, where 180 degrees are.
        start, end = (-150, 150) if name == "User" else (0, 360)
        sheet.stroke(arc(x, y, start, end), colour=hue, opacity=1, width=1.5)
    unwilling = arc(150, 150, 150, 210)
    sheet.stroke(unwilling, colour=BLUE, opacity=1, width=4, dash="dashed")
    sheet.middle("page", 130, 72, set_text(120, ("User", HEADING), ("is served", BODY)))
    unserved = set_text(110, ("unwilling user", STRONG), ("is obliged", BODY))
    sheet.middle("page", 72, 156, unserved)
    sheet.middle("page", 330, 72, set_text(130, ("Taxpayer", HEADING), ("pays", BODY)))
    lines = set_text(170, ("Public at large", HEADING), ("is affected", BODY))
    sheet.middle("page", 230, 366, lines)
    sheet.middle("page", 230, 197, set_text(90, ("one service", STRONG)))
    return sheet.figure


# --- Figure 7.1 ----------------------------------------------------------------------

_STANCES: dict[str, Sign] = {
    "supports": Sign("+", "supports", GAIN, ON_GAIN),
    "undecided": Sign("?", "undecided", None, INK),
    "opposes": Sign("\u2212", "opposes", LOSS, ON_LOSS),
}
_POWERS = {1: "little power", 2: "some power", 3: "much power"}
_WIDTHS = {1: 1.2, 2: 3.2, 3: 6.0}


@dataclass(frozen=True)
class _Actor:
    name: str
    stance: str
    power: int
    informal: bool


_SAN_AURELIO: dict[str, dict[str, Any]] = {
    "Mayor": {"stance": "supports", "power": 3},
    "Court": {"stance": "opposes", "power": 3},
    "City assembly": {"stance": "undecided", "power": 3},
    "Police union": {"stance": "undecided", "power": 2},
    "Residents of Ladera": {"stance": "opposes", "power": 1, "informal": True},
    "Market traders": {"stance": "supports", "power": 2, "informal": True},
    "Other residents": {"stance": "supports", "power": 1, "informal": True},
    "Press": {"stance": "undecided", "power": 2, "informal": True},
}


def _checked_actors(actors: Mapping[str, Mapping[str, Any]]) -> list[_Actor]:
    checked: list[_Actor] = []
    for given, about in actors.items():
        name = clean(str(given))
        if not name or name in [actor.name for actor in checked]:
            raise ValueError(f"each actor needs a name of its own, not {given!r}")
        for field in about:
            known(field, ["stance", "power", "informal"], "field of an actor")
        power = about.get("power", 2)
        if isinstance(power, bool) or power not in _POWERS:
            raise ValueError(f"{name!r}: power is 1, 2 or 3, not {power!r}")
        stance = known(about.get("stance", "undecided"), _STANCES, "stance")
        checked.append(_Actor(name, stance, power, bool(about.get("informal", False))))
    if len(checked) < 2:
        raise ValueError("a ring of authorizers needs two actors or more")
    return checked


def authorizers(actors: Mapping[str, Mapping[str, Any]] | None = None) -> Picture:
    """Draw the authorizing environment: a manager, and those who can call her to account.

    Parameters
    ----------
    actors : mapping of str to mapping, optional
        For each actor ``stance`` (``supports``, ``undecided`` or ``opposes``), ``power``
        over the decision (1 little, 2 some, 3 much) and ``informal`` (whether the power is
        not written down anywhere). What is left out is undecided, of some power and formal.
        Without `actors`, the street patrols of San Aurelio.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Raises
    ------
    ValueError
        If there are fewer than two actors, a name is empty or there twice, or a field or
        what stands in it is not known.

    Notes
    -----
    Who belongs to an authorizing environment: Moore, *Public Value: A Quick Overview of a
    Complex Idea*; Benington and Moore (2011), *Public Value: Theory and Practice*. The actors
    of San Aurelio and their stances are invented.
    """
    ring = _checked_actors(_SAN_AURELIO if actors is None else actors)
    marked = ["Invented case: San Aurelio."] if actors is None else []
    with plain_settings():
        figure = _draw_authorizers(ring, marked[0].rstrip(".") if marked else "")
    title = "The authorizing environment"

    def told(actor: _Actor) -> str:
        return f"{_POWERS[actor.power]}{', informal' if actor.informal else ''}"

    stances = []
    for stance in _STANCES:
        those = [f"{a.name} ({told(a)})" for a in ring if a.stance == stance]
        stances.append(f"{stance.capitalize()}: {listed(those) if those else 'nobody'}.")
    counts = ", ".join(
        f"{sum(actor.stance == stance for actor in ring)} {stance}" for stance in _STANCES
    )
    frame = (
        f"{title}: the manager in the middle of {len(ring)} actors who can give or refuse leave."
    )
    return describe(
        figure,
        title=title,
        alt=short_alt(" ".join([frame, *marked, *stances]), f"{frame} {counts}."),
        lines=[
            *marked,
            *(f"{actor.name}: {actor.stance}, {told(actor)}." for actor in ring),
        ],
    )


def _draw_authorizers(ring: list[_Actor], mark: str) -> Picture:
    wide, gap, pad = 148.0, 14.0, 8.0
    middle_width = 96.0

    def lines_of(actor: _Actor, room: float) -> Lines:
        return set_text(room, (actor.name, STRONG))

    def height(actor: _Actor, width: float = wide) -> float:
        return height_of(lines_of(actor, width - 2 * pad)) + 32 + 2 * pad

    top_actor, bottom_actor, sides = ring[0], ring[1], ring[2:]
    columns = (sides[0::2], sides[1::2])
    column_height = [sum(height(a) + gap for a in column) - gap for column in columns]
    inner = max(*column_height, 150.0)
    lead = 62.0
    broad = 210.0
    first, last = height(top_actor, broad), height(bottom_actor, broad)
    y0 = 1 + first + (lead if not sides else 26)
    middle = y0 + inner / 2
    y1 = y0 + inner + (lead if not sides else 26)
    legend = 96 + (44 if mark else 0)
    sheet = Sheet(y1 + last + legend)
    manager = sheet.card(
        "manager",
        (SHEET / 2 - middle_width / 2, middle - 30, middle_width, 60),
        [("Manager", STRONG)],
    )

    places: list[tuple[_Actor, tuple[float, float, float, float]]] = [
        (top_actor, (SHEET / 2 - broad / 2, 1, broad, first)),
        (bottom_actor, (SHEET / 2 - broad / 2, y1, broad, last)),
    ]
    for number, column in enumerate(columns):
        y = y0 + (inner - column_height[number]) / 2
        for actor in column:
            left = 1 if number == 0 else SHEET - 1 - wide
            places.append((actor, (left, y, wide, height(actor))))
            y += height(actor) + gap
    for number, (actor, at) in enumerate(places):
        name = f"actor {number}"
        sheet.box(name, at, None, edge=INK, edge_opacity=0.6, dashed=actor.informal)
        spot = Spot.of(at)
        sign = _STANCES[actor.stance]
        y = sheet.write(
            name, spot.x, at[1] + pad - 2, lines_of(actor, at[2] - 2 * pad), centred=True
        )
        words = set_text(at[2], (actor.stance, BODY))
        left = spot.x - 46
        sheet.sign(f"{name}/sign", left - 8, y + 18, sign, 13)
        sheet.lines(name, left + 12, y + 7, [line for line, _ in words], BODY)
        # To the side of the manager's box that faces the actor
        if at[2] == broad:
            down = number == 0
            way = [
                (spot.x, spot.y + (spot.h + 4 if down else -spot.h - 4)),
                (spot.x, manager.y + (-manager.h - 4 if down else manager.h + 4)),
            ]
        else:
            side = -1 if spot.x < SHEET / 2 else 1
            share = (spot.y - middle) / max(inner / 2, 1)
            way = [
                (spot.x - side * (spot.w + 4), spot.y),
                (manager.x + side * (manager.w + 4), middle + 24 * share),
            ]
        dash: Dash = "dashed" if actor.informal else "solid"
        sheet.arrow(way, width=_WIDTHS[actor.power], dash=dash)

    y = y1 + last + 22
    x = 0.0
    for power, amount in _POWERS.items():
        sheet.stroke([(x, y), (x + 30, y)], width=_WIDTHS[power])
        sheet.line("page", x + 36, y + BODY.middle, amount.split(" ")[0], BODY)
        x += 112
    sheet.line("page", x, y + BODY.middle, "power", BODY)
    y += 32
    sheet.stroke([(0, y), (30, y)], width=2, dash="dashed")
    sheet.line("page", 36, y + BODY.middle, "informal", BODY)
    if mark:
        sheet.mark(mark, SHEET / 2, y + 20, SHEET)
    return sheet.figure
