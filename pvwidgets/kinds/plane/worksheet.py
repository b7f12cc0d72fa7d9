"""The worksheet of a map of power and support: the empty map, the actors, the steps."""

from __future__ import annotations

from typing import Any

from ...sheet import Answer, Block, Item, Items, Para, Table
from ...words import words
from .grade import POWERS, SUPPORTS


def _shown(public: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    texts = {card["id"]: card["text"] for card in public["cards"]}
    return [(card, texts[card]) for card in public["sets"][0]]


def blocks(public: dict[str, Any]) -> list[Block]:
    """Return what to work on."""
    w, p = words()["worksheet"], words()["plane"]
    rows = [[p["powers"][power], *[""] * len(SUPPORTS)] for power in reversed(POWERS)]
    steps = ["ul", *(["li", step["text"]] for step in public["steps"])]
    asked = [p["power"], p["support"], p["step"]]
    return [
        Para(w["planeLead"]),
        Table(p["name"], [p["supports"][support] for support in SUPPORTS], rows),
        Para(p["stepsLead"], strong=True),
        Para([steps]),
        Items([Item(text, blanks=asked) for _, text in _shown(public)], cut=True),
    ]


def answers(public: dict[str, Any], key: dict[str, Any]) -> list[Answer]:
    """Return the place of each actor, and towards whom each step fits."""
    w, p = words()["worksheet"], words()["plane"]
    names = {card["id"]: card["name"] for card in public["cards"]}
    told = []
    for card, text in _shown(public):
        entry = key["cards"][card]
        also = "; ".join(p["cells"][cell] for cell in entry["accept"])
        reading = f"{w['key']}: {p['cells'][entry['cell']]}." + (
            f" {w['also']}: {also}." * bool(also)
        )
        told.append(
            Answer(text, reading, [(p[axis], said) for axis, said in entry["feedback"].items()])
        )
    for step in public["steps"]:
        entry = key["steps"][step["id"]]
        fits = ", ".join(names[card] for card in entry["fits"])
        reading = p["fits"].format(names=fits) if fits else p["fitsNone"]
        told.append(Answer([step["text"]], reading, [(p["step"], entry["feedback"])]))
    return told
