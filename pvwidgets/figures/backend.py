"""Matplotlib, or stand-ins that draw nothing where it is missing.

Python in a browser comes without compiled packages, so without Matplotlib. A figure function then
runs as always, and what is left of its figure is its words; `show` says how to get the picture.
"""

from __future__ import annotations

from contextlib import nullcontext
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

DRAWS = find_spec("matplotlib") is not None
"""Whether there is a Matplotlib, and so a picture."""

if TYPE_CHECKING or DRAWS:
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, PathPatch, Polygon, Rectangle
    from matplotlib.path import Path
    from matplotlib.textpath import TextToPath
else:

    class _Nothing:
        """Takes any call, and gives itself."""

        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):  # so that nobody takes it for what it is not
                raise AttributeError(name)
            return self

        def __call__(self, *_: Any, **__: Any) -> Any:
            return self

    class Figure:
        """A figure without a picture."""

        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        def add_axes(self, *_: Any) -> Any:
            """Return what takes all drawing and keeps nothing."""
            return _Nothing()

    class FontProperties:
        """The size of a font."""

        def __init__(self, size: float, **_: Any) -> None:
            self.size = size

    class TextToPath:
        """Guesses widths: nothing is drawn by them."""

        def get_text_width_height_descent(
            self, words: str, font: FontProperties, ismath: bool
        ) -> tuple[float, float, float]:
            """Return a width of 0.6 em for each sign."""
            return 0.6 * font.size * len(words), font.size, 0

    class Path(_Nothing):
        """A way."""

        MOVETO = CURVE3 = LINETO = 0

    class mpl:  # noqa: N801
        """The settings."""

        rcParams: dict[str, Any] = {}  # noqa: N815, RUF012

        @staticmethod
        def rc_context() -> Any:
            """Set nothing aside."""
            return nullcontext()

        @staticmethod
        def rcdefaults() -> None:
            """Set nothing."""

    Circle = Ellipse = FancyBboxPatch = PathPatch = Polygon = Rectangle = _Nothing

__all__ = [
    "DRAWS",
    "Circle",
    "Ellipse",
    "FancyBboxPatch",
    "Figure",
    "FontProperties",
    "Path",
    "PathPatch",
    "Polygon",
    "Rectangle",
    "TextToPath",
    "mpl",
]
