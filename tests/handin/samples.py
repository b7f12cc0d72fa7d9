"""Answers to the matrix of the practice notebook, as learners hand them in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pvwidgets as pv
from pvwidgets import answers, codes
from pvwidgets.kinds.matrix import grade as rule

ID = "practice-matrix"
ACTIVITY = pv.load(ID)
CARDS = ACTIVITY.sets[0]
KEY = {card: entry["cell"] for card, entry in ACTIVITY.key["cards"].items()}
OPPOSITE = {"IW": "CJ", "CJ": "IW", "CW": "IJ", "IJ": "CW"}
BESIDE = {"IW": "CW", "CW": "IW", "IJ": "CJ", "CJ": "IJ"}
#: A card without a second reading: its opposite cell earns nothing, the one beside it half.
PLAIN = [card for card in CARDS if "alt" not in ACTIVITY.key["cards"][card]]

EARLY, LATE = "2026-11-21T10:00:00.000Z", "2026-11-21T11:30:00.000Z"


def right() -> dict[str, str]:
    return {card: KEY[card] for card in CARDS}


def wrong() -> dict[str, str]:
    """All opposite: only what can be read both ways earns its half."""
    return {card: OPPOSITE[KEY[card]] for card in CARDS}


def partly() -> dict[str, str]:
    """Nine and a half points: one card beside its cell, one opposite, one without a place."""
    one, two, three = PLAIN[:3]
    placed = right() | {one: BESIDE[KEY[one]], two: OPPOSITE[KEY[two]]}
    del placed[three]
    return placed


def response(placed: dict[str, str], *checks: dict[str, str], **more: Any) -> dict[str, Any]:
    made = [{"n": n, "placed": one, "signs": {}} for n, one in enumerate(checks, 1)]
    blank = rule.blank(ACTIVITY.public)
    return blank | {"placed": placed, "checks": made, "tries": len(made)} | more


def entry(answered: Any, saved: str = EARLY, **more: Any) -> dict[str, Any]:
    return {"kind": "matrix", "version": 1, "saved": saved, "response": answered} | more


def code(answered: Any, saved: str = EARLY) -> str:
    return codes.encode(ID, entry(answered, saved))


def keep(folder: Path, answered: Any, saved: str = EARLY, **more: Any) -> Path:
    path = folder / "answers.json"
    path.write_text(answers.dump({ID: entry(answered, saved, **more)}), encoding="utf-8")
    return path
