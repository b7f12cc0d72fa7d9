"""Small activities, as data and as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CELLS = ("IW", "CW", "IJ", "CJ")


def card(name: str, key: str = "IW", alt: str | None = None, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": name,
        "text": f"Something changes for {name}.",
        "key": key,
        "feedback": {cell: f"About {cell} and {name}." for cell in CELLS},
    }
    if alt:
        made["alt"] = {"cell": alt, "reason": f"It can be heard so of {name}."}
        made["feedback"][alt] = f"Defensible: of {name} it can be said."
    return made | more


def bank(each: int, alts: int = 0) -> list[dict[str, Any]]:
    """Return cards, so many from each cell; the first of some cells have an alt."""
    other = {"IW": "CW", "CW": "IW", "IJ": "CJ", "CJ": "IJ"}
    return [
        card(f"card-{n}{chr(97 + i)}", cell, other[cell] if n == 0 and i < alts else None)
        for i, cell in enumerate(CELLS)
        for n in range(each)
    ]


def document(cards: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "id": "sample",
        "kind": "matrix",
        "version": 1,
        "title": "A sample",
        "prompt": "Choose a cell.",
        "cards": cards or bank(1),
    } | more


def save(folder: Path, content: dict[str, Any] | str | bytes, name: str = "sample.yml") -> Path:
    path = folder / name
    if isinstance(content, dict):
        content = json.dumps(content, ensure_ascii=False)  # JSON is YAML too
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
