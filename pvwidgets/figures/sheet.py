"""The sheet that a figure is drawn on, in pixels from the top left corner.

The ground is left clear, and so text and lines never lie on one another: a line ends at the
rim of a box (`Spot.rim`), it does not go on behind it. Tests see to that.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .backend import (
    Circle,
    Ellipse,
    FancyBboxPatch,
    Path,
    PathPatch,
    Polygon,
    Rectangle,
)
from .common import (
    INK,
    PAPER,
    QUIET,
    RESERVE,
    SHEET,
    STRONG,
    UNITS_PER_INCH,
    Picture,
    Sign,
    Style,
    broken,
    width_of,
)

At = tuple[float, float, float, float]
"""Left, top, width and height."""
Point = tuple[float, float]
Lines = list[tuple[str, Style]]
"""Lines of text, each with its style."""
Dash = Literal["solid", "dashed", "dotted"]

_DASHES: dict[Dash, object] = {
    "solid": "solid",
    "dashed": (0, (4, 3)),
    "dotted": (0, (1, 2.5)),
}


@dataclass(frozen=True)
class Spot:
    """Where a box or an ellipse is: its centre, and half its width and height."""

    x: float
    y: float
    w: float
    h: float
    round: bool = False

    @classmethod
    def of(cls, at: At) -> Spot:
        """Return the spot of a box."""
        left, top, width, height = at
        return cls(left + width / 2, top + height / 2, width / 2, height / 2)

    @property
    def at(self) -> At:
        """Left, top, width and height."""
        return (self.x - self.w, self.y - self.h, 2 * self.w, 2 * self.h)

    def rim(self, x: float, y: float, gap: float = 5) -> Point:
        """Return where the way from the centre to (x, y) leaves the spot, and `gap` further."""
        dx, dy = x - self.x, y - self.y
        length = math.hypot(dx, dy)
        if self.round:
            share = 1 / math.hypot(dx / self.w, dy / self.h)
        else:
            share = min(self.w / abs(dx) if dx else math.inf, self.h / abs(dy) if dy else math.inf)
        share += gap / length
        return self.x + share * dx, self.y + share * dy


def between(one: Spot, other: Spot, gap: float = 5) -> list[Point]:
    """Return the straight way from the rim of one spot to the rim of the other."""
    return [one.rim(other.x, other.y, gap), other.rim(one.x, one.y, gap)]


def set_text(room: float, *parts: tuple[str, Style]) -> Lines:
    """Break texts into lines that fit into the room."""
    return [(line, style) for words, style in parts for line in broken(words, room, style)]


def height_of(lines: Lines) -> float:
    """Height of lines that are written one below the other."""
    return sum(style.leading for _, style in lines)


class Sheet:
    """A blank figure with coordinates in pixels, from the top left corner.

    A box has the ``gid`` ``box:NAME`` and what is written in it ``in:NAME``, so that tests can
    tell whether text stays inside and stands out.
    """

    def __init__(self, height: float, width: float = SHEET) -> None:
        self.figure = Picture(
            figsize=(width / UNITS_PER_INCH, height / UNITS_PER_INCH),
            dpi=UNITS_PER_INCH,
            facecolor=PAPER,
        )
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(height, 0))
        self.axes.axis("off")
        self.box("page", (0, 0, width, height), None)

    def box(
        self,
        name: str,
        at: At,
        fill: str | None,
        *,
        opacity: float = 1,
        edge: str | None = None,
        edge_opacity: float = 1,
        dashed: bool = False,
    ) -> None:
        """Draw a box with round corners that text may be written in."""
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

    def bar(self, at: At, colour: str, opacity: float = 1) -> None:
        """Fill a rectangle."""
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

    def dot(self, x: float, y: float, colour: str, radius: float = 3) -> None:
        """Draw the dot before an entry."""
        self.axes.add_patch(Circle((x, y), radius, facecolor=colour, linewidth=0, clip_on=False))

    def line(
        self,
        box: str,
        x: float,
        y: float,
        words: str,
        style: Style,
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
            fontsize=style.size * 72 / UNITS_PER_INCH,
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
        style: Style,
        *,
        centred: bool = False,
    ) -> float:
        """Write lines one below the other; return where the next would begin."""
        for words in lines:
            self.line(box, x, top + 1.02 * style.size, words, style, centred=centred)
            top += style.leading
        return top

    def write(
        self, box: str, x: float, top: float, lines: Lines, *, centred: bool = False
    ) -> float:
        """Write lines of several styles one below the other; return where the next would begin."""
        for words, style in lines:
            top = self.lines(box, x, top, [words], style, centred=centred)
        return top

    def middle(self, box: str, x: float, y: float, lines: Lines) -> None:
        """Write lines around the point (x, y)."""
        self.write(box, x, y - height_of(lines) / 2, lines, centred=True)

    def disc(
        self,
        name: str,
        spot: Spot,
        fill: str | None,
        *,
        opacity: float = 1,
        edge: str | None = None,
        edge_opacity: float = 1,
        dash: Dash = "solid",
        width: float = 0.9,
    ) -> None:
        """Draw a circle or an ellipse that text may be written in."""
        self.axes.add_patch(
            Ellipse(
                (spot.x, spot.y),
                2 * spot.w,
                2 * spot.h,
                facecolor=(fill, opacity) if fill else "none",
                edgecolor=(edge, edge_opacity) if edge else "none",
                linewidth=width if edge else 0,
                linestyle=_DASHES[dash],
                clip_on=False,
                gid=f"box:{name}",
            )
        )

    def area(self, points: Sequence[Point], colour: str, opacity: float = 1) -> None:
        """Fill a polygon."""
        self.axes.add_patch(
            Polygon(points, facecolor=(colour, opacity), linewidth=0, clip_on=False)
        )

    def stroke(
        self,
        points: Sequence[Point],
        *,
        width: float = 1.2,
        colour: str = INK,
        opacity: float = QUIET,
        dash: Dash = "solid",
        curved: bool = False,
    ) -> None:
        """Draw a line through points; if it is curved, the middle one of three only bends it."""
        codes = [Path.MOVETO, *[Path.CURVE3 if curved else Path.LINETO] * (len(points) - 1)]
        self.axes.add_patch(
            PathPatch(
                Path(points, codes),
                facecolor="none",
                edgecolor=(colour, opacity),
                linewidth=width,
                linestyle=_DASHES[dash],
                capstyle="butt",
                joinstyle="round",
                clip_on=False,
                gid="stroke",
            )
        )

    def arrow(
        self,
        points: Sequence[Point],
        *,
        both: bool = False,
        width: float = 1.2,
        colour: str = INK,
        dash: Dash = "solid",
        curved: bool = False,
    ) -> None:
        """Draw a line with a head at its end, or at both ends."""
        way = list(points)
        size = 7 + 2 * width
        for end, before in ((-1, -2), (0, 1))[: 2 if both else 1]:
            (x, y), (from_x, from_y) = points[end], points[before]
            length = math.hypot(x - from_x, y - from_y)
            dx, dy = (x - from_x) / length, (y - from_y) / length
            base = (x - size * dx, y - size * dy)
            way[end] = (x - 0.9 * size * dx, y - 0.9 * size * dy)
            side = 0.5 * size
            self.area(
                [
                    (x, y),
                    (base[0] - side * dy, base[1] + side * dx),
                    (base[0] + side * dy, base[1] - side * dx),
                ],
                colour,
                QUIET,
            )
        self.stroke(way, width=width, colour=colour, dash=dash, curved=curved)

    def sign(self, name: str, x: float, y: float, sign: Sign, radius: float = 13) -> None:
        """Draw a sign in a disc."""
        style = Style(size=max(17, round(1.25 * radius)), weight="bold")
        spot = Spot(x, y, radius, radius, round=True)
        dash: Dash = "solid" if sign.fill else "dashed"
        self.disc(name, spot, sign.fill, edge=INK, edge_opacity=0.6, dash=dash)
        self.line(name, x, y + style.middle, sign.sign, style, colour=sign.ink, centred=True)

    def card(
        self,
        name: str,
        at: At,
        lines: Lines,
        hue: str | None = None,
        *,
        opacity: float = 0.16,
        dashed: bool = False,
    ) -> Spot:
        """Draw a tinted box with lines in its middle; return where it is."""
        edge = hue or INK
        edge_opacity = 1 if hue else 0.6
        self.box(
            name, at, hue, opacity=opacity, edge=edge, edge_opacity=edge_opacity, dashed=dashed
        )
        spot = Spot.of(at)
        self.middle(name, spot.x, spot.y, lines)
        return spot

    def mark(self, words: str, x: float, top: float, room: float, name: str = "mark") -> float:
        """Write words in a dashed box with its middle at `x`; return where it ends."""
        lines = set_text(room - 24, (words, STRONG))
        width = max(width_of(line, style) for line, style in lines) / RESERVE + 24
        height = height_of(lines) + 12
        self.box(
            name,
            (x - width / 2, top, width, height),
            None,
            edge=INK,
            edge_opacity=QUIET,
            dashed=True,
        )
        self.write(name, x, top + 6, lines, centred=True)
        return top + height
