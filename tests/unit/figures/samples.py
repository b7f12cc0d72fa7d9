"""Figures to test, and how to measure them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, FancyBboxPatch, Patch
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from pvwidgets import cases, figures
from pvwidgets.figures import common

PHONE = 272  # px that a phone of 320 px leaves to a figure in the book

# (ink, ground) of the hosts, as their style sheets set them
HOSTS = {
    "print": (figures.INK, figures.PAPER),
    "book, light": ("#222832", "#ffffff"),
    "book, dark": ("#ced6dd", "#121212"),
    "theme's card in dark mode": ("#222832", "#ced6dd"),
    "JupyterLab, light": ("#212121", "#ffffff"),
    "JupyterLab, dark": ("#ffffff", "#111111"),
}

WORDS = [
    "After a free hearing test at the health post, Mr Duarte is fitted with a *hearing aid* "
    "and can follow his grandchildren's talk again.",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
]
MARKUP = "$x_2$ <script>alert('&')</script> \\frac{1}{2} -->"
LONG = {
    "IW": WORDS,
    "CW": ["W" * 300, "stop-and-search/look-and-listen/wait-and-see/come-and-go"],
    "IJ": [MARKUP],
    "CJ": ["公共价值矩阵是公共管理的一个工具" * 4, "public 価値 و العدل न्याय 🚌"],
}
MANY = {code: ["She is told why, and can object."] * 12 for code in figures.CELLS}
ROW = {"IW": 1, "CW": 0, "IJ": -1, "CJ": 0}

RECORD = {
    "outcomes": [
        {
            "who": "pupils of 11 to 15",
            "change": "are safe and finish homework",
            "sign": "homework handed in",
            "cells": ["IW"],
        }
    ],
    "evidence": [{"source": "needs study"}],
    "authorizers": [
        {"name": "city council", "kind": "elected", "status": "granted"},
        {"name": "staff union", "kind": "professional", "status": "unknown"},
    ],
    "activities": [{"name": "run the room", "owner": "own"}],
    "resources": [
        {"name": "reading room", "kind": "place", "status": "have"},
        {"name": "two supervisors", "kind": "staff", "status": "lack"},
    ],
}

CROWD = {
    f"{n} {WORDS[n % 2][:70]}": {"power": 1 + n % 3, "stance": "opposes", "informal": n > 4}
    for n in range(11)
}

MAKERS: dict[str, Callable[[], figures.Picture]] = {
    "matrix": figures.matrix,
    "matrix, long": lambda: figures.matrix(LONG),
    "matrix, many": lambda: figures.matrix(MANY),
    "matrix, none": lambda: figures.matrix({}),
    "heat map": figures.heat_map,
    "heat map, long": lambda: figures.heat_map(
        {"Programme " * 20 + "(" + "place " * 20 + ")": ROW, "W" * 90: ROW, "x": ROW},
        note="Scores by a group of students, for discussion only, not measured",
    ),
    "value chain": figures.value_chain,
    "value chain, long": lambda: figures.value_chain(
        {"inputs": WORDS, "outputs": [MARKUP], "outcomes": [], "assumptions": WORDS}
    ),
    "triangle model": figures.triangle_model,
    "patterns": figures.patterns,
    "triangle rules, halverton": lambda: figures.triangle_rules("halverton"),
    "triangle rules, met": lambda: figures.triangle_rules(dict.fromkeys("123456", "met")),
    "triangle rules, not met": lambda: figures.triangle_rules(dict.fromkeys("123456", "not met")),
    "triangle, none": lambda: figures.triangle({}),
    "triangle, long": lambda: figures.triangle(
        {"outcomes": WORDS, "authorizers": [MARKUP] * 3, "activities": WORDS, "resources": ["x"]}
    ),
    "triangle, record": lambda: figures.triangle(RECORD),
    "cross-cutting": figures.cross_cutting,
    "aligning": figures.aligning,
    **{f"aligning, {met}": partial(figures.aligning, met) for met in range(6)},
    "feedback loop": figures.feedback_loop,
    "service chain": figures.service_chain,
    "two chains": figures.two_chains,
    "stakeholders": figures.stakeholders,
    "authorizers": figures.authorizers,
    "authorizers, two": lambda: figures.authorizers({"Board": {}, MARKUP: {"power": 3}}),
    "authorizers, many": lambda: figures.authorizers(CROWD),
    "account": figures.account,
    "account, Brackwater": lambda: figures.account(cases.BRACKWATER, case="Brackwater"),
    "account, one": lambda: figures.account([cases.Entry(MARKUP, "money used", -1, 5)]),
    "counterfactual": figures.counterfactual,
    "by group": figures.by_group,
    "by group, long": lambda: figures.by_group({WORDS[0][:60]: -3.25, WORDS[1]: -40, "x": 0}),
    "limbs": figures.limbs,
    "critics": figures.critics,
    "layers": figures.layers,
    "governments": figures.governments,
    "platform": figures.platform,
    "leaderships": figures.leaderships,
    "aligning, two": lambda: figures.aligning(3, partners=["Museum", "School " * 7]),
}


@cache
def picture(name: str) -> figures.Picture:
    return MAKERS[name]()


def html_of(picture: Figure, **how: str) -> str:
    return figures.show(picture, **how)._repr_mimebundle_(include=["text/html"])[0]["text/html"]


def drawn(picture: Figure) -> str:
    """All that is written in the picture, in the order in which it was."""
    return " ".join(text.get_text() for text in picture.axes[0].texts)


# --- Where things are ----------------------------------------------------------------


@dataclass
class Measured:
    boxes: dict[str, Bbox]
    outlines: dict[str, Path]
    texts: list[tuple[str, str, Bbox]]
    strokes: list[Path]


def outline(patch: Patch) -> Path:
    return patch.get_transform().transform_path(patch.get_path())


def measured(picture: Figure) -> Measured:
    renderer = FigureCanvasAgg(picture).get_renderer()
    found = Measured({}, {}, [], [])
    with common.plain_settings():
        for patch in picture.axes[0].patches:
            name = patch.get_gid() or ""
            if name == "stroke":
                found.strokes.append(outline(patch))
            elif isinstance(patch, FancyBboxPatch | Ellipse):
                found.boxes[name.removeprefix("box:")] = patch.get_window_extent(renderer)
            if isinstance(patch, Ellipse) and name:
                found.outlines[name.removeprefix("box:")] = outline(patch)
        for text in picture.axes[0].texts:
            at = text.get_window_extent(renderer)
            found.texts.append((text.get_gid().removeprefix("in:"), text.get_text(), at))
    return found


def corners(at: Bbox, less: float = 0) -> list[tuple[float, float]]:
    x0, x1, y0, y1 = at.x0 + less, at.x1 - less, at.y0 + less, at.y1 - less
    return [(x0, y0), (x0, y1), (x1, y0), (x1, y1), ((x0 + x1) / 2, (y0 + y1) / 2)]


def assert_text_stays_in_its_box(picture: Figure) -> None:
    found = measured(picture)
    assert found.texts
    for name, words, at in found.texts:
        box = found.boxes[name]
        inside = (
            box.x0 - 0.5 <= at.x0
            and at.x1 <= box.x1 + 0.5
            and box.y0 - 0.5 <= at.y0
            and at.y1 <= box.y1 + 0.5
        )
        assert inside, f"{words!r} leaves {name}: {at} / {box}"
        if name in found.outlines:
            # 4 px less: the extent of a text holds the room of letters that go below the line.
            assert found.outlines[name].contains_points(corners(at, 4)).all(), (
                f"{words!r} leaves {name}"
            )
        for other, foreign in found.boxes.items():
            # "a/b" names a box within box "a".
            if other in ("page", name, name.split("/")[0]) or other.startswith("behind"):
                continue
            if other in found.outlines:
                into = found.outlines[other].intersects_bbox(at)
            else:
                into = at.overlaps(foreign)
            assert not into, f"{words!r} of {name} runs into {other}"


def assert_nothing_lies_on_text(picture: Figure) -> None:
    found = measured(picture)
    for number, (_, words, at) in enumerate(found.texts):
        if not words.strip():
            continue
        # Letters do not fill the height that their line takes.
        core = Bbox.from_extents(at.x0 + 1, at.y0 + 3, at.x1 - 1, at.y1 - 3)
        for _, others, other in found.texts[:number]:
            low = Bbox.from_extents(other.x0 + 1, other.y0 + 3, other.x1 - 1, other.y1 - 3)
            assert not core.overlaps(low), f"{words!r} lies on {others!r}"
        for stroke in found.strokes:
            assert not stroke.intersects_bbox(core, filled=False), f"a line runs through {words!r}"


# --- Colour --------------------------------------------------------------------------


def luminance(rgb) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour, ground):
    *rgb, alpha = colour
    return tuple(alpha * c + (1 - alpha) * g for c, g in zip(rgb, ground, strict=True))
