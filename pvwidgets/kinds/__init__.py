"""The kinds of activity. A kind is one folder here and one of the same name in ``js/src/kinds``.

A kind's package has three modules, imported when first needed:

``author``
    ``SCHEMA`` (its fields in the YAML), ``build(data, report, seed)`` (rules that no schema tells,
    then the two halves) and ``TEMPLATE`` (what ``pvwidgets new`` writes).
``grade``
    ``blank``, ``validate``, ``fit`` and ``grade`` of a response; standard library only. Where
    points are given, also ``counted`` (which of the answers count) and ``steps`` (of a point).
``worksheet``
    ``blocks(public)`` and ``answers(public, key)``: the activity where no script runs, as
    `pvwidgets.sheet` shows it. Where points are given, also ``items(public, key, response,
    check)``: what `pvwidgets.score` says of each part of an answer.
``figure``
    Only where there is something to draw: ``PICTURES``, by name functions ``(public, key,
    response)`` that draw with Matplotlib.

What several kinds share stands beside them: `authoring`; `attempts` for those that are answered
item by item, `records` for those that are read by rules; `parts`, what is said of an answer.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

KINDS = (
    "matrix",
    "sort",
    "quiz",
    "order",
    "plane",
    "share",
    "triangle",
    "alignment",
    "writing",
)


def part(kind: str, name: str) -> ModuleType:
    """Return a module of a kind.

    Parameters
    ----------
    kind : str
        One of `KINDS`; the loader refuses other names.
    name : str
        ``author``, ``grade`` or ``worksheet``.
    """
    return import_module(f"{__name__}.{kind}.{name}")


def has_part(kind: str, name: str) -> bool:
    """Return whether a kind has a module of this name."""
    return find_spec(f"{__name__}.{kind}.{name}") is not None
