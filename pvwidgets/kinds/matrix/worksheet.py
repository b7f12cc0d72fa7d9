"""What stands on the worksheet of a matrix activity: the matrix, and the cards of the first set."""

from __future__ import annotations

from typing import Any

from ... import results
from ...sheet import Answer, Block, Item, Items, Para, Table
from ...words import words
from .. import parts
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


def items(
    public: dict[str, Any], key: dict[str, Any], response: dict[str, Any], check: results.Check
) -> list[results.Item]:
    """Return what is said about each card, in the order of the set.

    Parameters
    ----------
    public, key : dict
        The activity's halves.
    response : dict
        A well-formed response.
    check : results.Check
        Its board, judged.
    """
    texts = {card["id"]: card["text"] for card in public["cards"]}

    def told(card: str, status: str) -> tuple[list[Any], list[Any]]:
        entry, cell = key["cards"][card], response["placed"].get(card)
        said = [["p", _verdict(status, cell, entry["off"])]]
        return texts[card], said + (entry["feedback"][cell] if cell else [])

    return parts.items(check, told)


def _verdict(status: str, cell: str | None, off: dict[str, str]) -> str:
    if cell is None:
        return str(words()["handin"]["open"])
    chose = words()["ui"]["youChose"].format(cell=words()["matrix"]["cells"][cell])
    return f"{chose} {off.get(cell) or words()['handin'][status]}"
