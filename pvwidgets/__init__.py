"""Activities for the course "Creating Public Value".

``pv.activity("value-matrix")`` shows an activity: as a widget in a notebook, as plain HTML in the
built book, as text elsewhere. ``pv.load`` and ``pv.grade`` work without Jupyter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import ActivityError, Problem
from .grading import grade
from .model import Activity, list_activities, load

if TYPE_CHECKING:
    from .show import activity

__version__ = "0.1.0"

__all__ = [
    "Activity",
    "ActivityError",
    "Problem",
    "__version__",
    "activity",
    "grade",
    "list_activities",
    "load",
]


def __getattr__(name: str) -> Any:
    # Jupyter is imported when something is shown, not before: grading needs none of it.
    if name == "activity":
        from .show import activity

        return activity
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
