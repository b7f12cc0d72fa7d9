"""What stands on the worksheet of a matrix activity: the matrix, and the cards of the first set."""

from __future__ import annotations

from typing import Any

from ...sheet import Answer, Block, Item, Items, Para, Table
from ...words import words
from .grade import CELLS


def _shown(public: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    texts = {card["id"]: card["text"] for card in public["cards"]}
    return [(card, texts[card]) for card in public["sets"][0]]


def blocks(public: dict[str, Any]) -> list[Block]:
    """Return what to work on."""
    w, m = words()["worksheet"], words()["matrix"]
    rows = [
        [row, *(m["cells"][column + letter] for column in m["columns"])]
        for letter, row in m["rows"].items()
    ]
    cards = [Item(text, blanks=[w["cell"], w["sign"]]) for _, text in _shown(public)]
    return [
        Para(w["lead"]),
        Table(m["name"], list(m["columns"].values()), rows),
        Items(cards, cut=True),
    ]


def answers(public: dict[str, Any], key: dict[str, Any]) -> list[Answer]:
    """Return the key of each card."""
    m = words()["matrix"]
    return [
        Answer(
            text,
            _reading(key["cards"][card]),
            [(m["cells"][cell], key["cards"][card]["feedback"][cell]) for cell in CELLS],
        )
        for card, text in _shown(public)
    ]


def _reading(entry: dict[str, Any]) -> str:
    w, m = words()["worksheet"], words()["matrix"]
    also = f" {w['also']}: {m['cells'][entry['alt']]}." if "alt" in entry else ""
    return f"{w['key']}: {m['cells'][entry['cell']]} ({m['marks'][entry['sign']]}).{also}"
