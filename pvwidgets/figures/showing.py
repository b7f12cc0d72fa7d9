"""How a figure is shown: inline SVG, PDF, PNG and text."""

from __future__ import annotations

import base64
import html
import io
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from typing import Any, Literal

from .backend import DRAWS, Figure
from .common import (
    BODY,
    INK,
    LEGIBLE,
    METADATA,
    PAPER,
    PHONE,
    UNITS_PER_INCH,
    alt_text,
    clean,
    plain_settings,
    text,
    words_of,
)


def _file(figure: Figure, kind: Literal["svg", "pdf", "png"]) -> bytes:
    buffer = io.BytesIO()
    with plain_settings():
        figure.savefig(
            buffer,
            format=kind,
            metadata=METADATA[kind],
            dpi=144,
            facecolor="none" if kind == "svg" else PAPER,
        )
    return buffer.getvalue()


def _base64(figure: Figure, kind: Literal["pdf", "png"]) -> str:
    return base64.b64encode(_file(figure, kind)).decode("ascii")


def _size(figure: Figure) -> tuple[float, float]:
    """Width and height in pixels."""
    return figure.get_figwidth() * UNITS_PER_INCH, figure.get_figheight() * UNITS_PER_INCH


def _most_width(figure: Figure) -> str:
    """CSS width at which the figure's text is as large as designed, or as the page's if larger."""
    width = _size(figure)[0]
    return f"max({width:g}px,{width / BODY.size:.1f}em)"


def _least_width(figure: Figure) -> float:
    """Width in pixels below which the smallest text would be hard to read."""
    sizes = [text.get_fontsize() for axes in figure.axes for text in axes.texts]
    if not sizes:
        return 0
    smallest = float(min(sizes)) * UNITS_PER_INCH / 72
    return math.ceil(LEGIBLE / smallest * _size(figure)[0])


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


NO_PICTURE = (
    "These are the words of a figure. Its picture is on this page of the book; to draw it here, "
    "run the notebook in a Python that has Matplotlib (pip install matplotlib)."
)


class _Shown:
    """What `show` returns: the figure in all the forms that a host may ask for."""

    def __init__(self, figure: Figure, caption: str) -> None:
        self._figure = figure
        self._caption = caption

    def __repr__(self) -> str:
        return text(self._figure) if DRAWS else f"{text(self._figure)}\n{NO_PICTURE}"

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        makers: dict[str, Callable[[], str]] = {
            "text/html": self._html,
            "application/pdf": lambda: _base64(self._figure, "pdf"),
            "image/png": lambda: _base64(self._figure, "png"),
            "text/plain": self.__repr__,
        }
        if not DRAWS:
            words = {"text/html": self._words_alone, "text/plain": self.__repr__}
            return {kind: make() for kind, make in words.items()}, {}
        wanted = (set(include) if include else set(makers)) - set(exclude or ())
        width, height = _size(self._figure)
        return (
            {kind: make() for kind, make in makers.items() if kind in wanted},
            {"image/png": {"width": round(width), "height": round(height)}},
        )

    def _words_alone(self) -> str:
        words = words_of(self._figure)
        lines = "".join(f"<li>{html.escape(line)}</li>" for line in words.lines)
        caption = f"<p>{html.escape(self._caption)}</p>" if self._caption else ""
        return (
            f'<div class="pv-figure"><p><strong>{html.escape(words.title)}</strong></p>'
            f"<ul>{lines}</ul>{caption}<p><small>{NO_PICTURE}</small></p></div>"
        )

    def _html(self) -> str:
        figure = self._figure
        words = words_of(figure)
        title = html.escape(words.title)
        # A frame that never scrolls, not even on a phone, must not be a stop of the Tab key.
        scrolls = _least_width(figure) > PHONE
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
    words_of(figure)
    return _Shown(figure, clean(caption or ""))
