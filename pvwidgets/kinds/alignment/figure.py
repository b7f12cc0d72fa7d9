"""The triangles of the partners, turned towards the problem as far as the joint rules are met."""

from __future__ import annotations

from typing import Any

from ... import figures
from ..records import whole
from ..triangle.figure import lamps_of, record_of


def _aligning(public: dict[str, Any], key: dict[str, Any] | None, response: dict[str, Any]) -> Any:
    partners = whole(public, record_of(public, response))["partners"]
    names = [partner["name"] or f"partner {n}" for n, partner in enumerate(partners, 1)]
    return figures.aligning(lamps_of(public, response), partners=names)


PICTURES = {"aligning": _aligning}
