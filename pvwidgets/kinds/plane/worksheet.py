"""The worksheet of a map of power and support: the empty map, the actors, the steps."""

from __future__ import annotations

from typing import Any

from ... import results
from ...sheet import Answer, Block, Item, Items, Para, Table
from ...words import words
from .. import parts
from .grade import POWERS, SUPPORTS, is_strong_opponent


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


def items(
    public: dict[str, Any], key: dict[str, Any], response: dict[str, Any], check: results.Check
) -> list[results.Item]:
    """Return what is said of each actor and each question; as for the matrix."""
    cards = {card["id"]: card for card in public["cards"]}
    steps = {step["id"]: step["text"] for step in public["steps"]}
    p = words()["plane"]

    def told(name: str, status: str) -> tuple[list[Any], list[Any]]:
        if name in cards:
            cell = response["placed"].get(name)
            feedback = key["cards"][name]["feedback"].values() if cell else ()
            said = [node for blocks in feedback for node in blocks]
            return cards[name]["text"], [parts.verdict(status, p["cells"].get(cell, "")), *said]
        said = [parts.verdict(status)]
        if name == ".steps":
            for card in response["set"]:
                step = response["steps"].get(card)
                if step and is_strong_opponent(response["placed"].get(card, "")):
                    said.append(["p", f"{cards[card]['name']}: ", *steps[step]])
                    said += key["steps"][step]["feedback"]
        return [p["questions"][name[1:]]], said

    return parts.items(check, told)
