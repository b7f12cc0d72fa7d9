"""The triangle with what a learner's record holds, and with the lamps of the six rules."""

from __future__ import annotations

from typing import Any

from ... import figures
from ...words import words
from ..records import blank, report, whole

SHOWN = ("outcomes", "authorizers", "activities", "resources")


def record_of(public: dict[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a well-formed response; before the first move, that of the start."""
    record: dict[str, Any] = (response or blank(public))["record"]
    return record


def lamps_of(public: dict[str, Any], response: dict[str, Any]) -> dict[str, str]:
    """Return the lamp of each rule, by the name that figures have for it."""
    lamps = report(public, record_of(public, response))["lamps"]
    named = words()["records"]["lamps"]
    return {rule["id"]: named[lamp] for rule, lamp in zip(public["rules"], lamps, strict=True)}


def _triangle(public: dict[str, Any], key: dict[str, Any] | None, response: dict[str, Any]) -> Any:
    read = whole(public, record_of(public, response))
    return figures.triangle({name: read[name] for name in SHOWN})


def _rules(public: dict[str, Any], key: dict[str, Any] | None, response: dict[str, Any]) -> Any:
    return figures.triangle_rules(lamps_of(public, response))


PICTURES = {"triangle": _triangle, "rules": _rules}
