"""Activities for the course "Creating Public Value".

``pv.activity("value-matrix")`` shows an activity: as a widget in a notebook, as plain HTML in the
built book, as text elsewhere. ``pv.load`` and ``pv.grade`` work without Jupyter.
``pv.answer`` brings work back from its answer code; ``pv.score`` is the graded cell of a notebook.
``pv.sliders`` shows the figures of a sharing activity as ipywidgets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import ActivityError, Problem
from .grading import grade
from .model import Activity, list_activities, load

if TYPE_CHECKING:
    from .handin import answer, score
    from .kinds.share.sliders import sliders
    from .show import activity

__version__ = "0.1.0"

__all__ = [
    "Activity",
    "ActivityError",
    "Problem",
    "__version__",
    "activity",
    "answer",
    "grade",
    "list_activities",
    "load",
    "score",
    "sliders",
]


def __getattr__(name: str) -> Any:
    # Imported when first used: Jupyter with `activity`, and `grade` needs none of the rest.
    if name == "activity":
        from .show import activity

        return activity
    if name in ("answer", "score"):
        from . import handin

        return getattr(handin, name)
    if name == "sliders":
        from .kinds.share.sliders import sliders

        return sliders
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
