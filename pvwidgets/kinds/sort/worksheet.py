"""The worksheet of a sorting activity: the places, and the cards of the first set."""

from __future__ import annotations

from typing import Any

from ... import results
from ...sheet import Answer, Block, Item, Items, Para
from ...words import words
from .. import parts
from .author import ELSE


def _shown(public: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    texts = {card["id"]: card["text"] for card in public["cards"]}
    return [(card, texts[card]) for card in public["sets"][0]]


def blocks(public: dict[str, Any]) -> list[Block]:
    """Return what to work on."""
    w = words()["worksheet"]
    places: list[str | list[Any]] = []
    for place in public["bins"]:
        more = [f": {place['text']}"] if "text" in place else []
        places.append([["strong", place["title"]], *more])
    asked = [w["place"]]
    if "marks" in public:
        asked.append(public["marks"]["label"])
    cards = [Item(text, blanks=asked) for _, text in _shown(public)]
    listed = ["ul", *(["li", *place] for place in places)]
    return [Para(w["sortLead"]), Para([listed]), Items(cards, cut=True)]


def answers(public: dict[str, Any], key: dict[str, Any]) -> list[Answer]:
    """Return the key of each card."""
    w = words()["worksheet"]
    titles = {place["id"]: place["title"] for place in public["bins"]}
    told = []
    for card, text in _shown(public):
        entry = key["cards"][card]
        reading = f"{w['key']}: {titles[entry['bin']]}."
        if entry.get("half"):
            reading += f" {w['half']}: {', '.join(titles[place] for place in entry['half'])}."
        named = titles | {ELSE: w["else"]}
        said = [
            (named[place], entry["feedback"][place])
            for place in named
            if place in entry["feedback"]
        ]
        told.append(Answer(text, reading, said))
    return told


def items(
    public: dict[str, Any], key: dict[str, Any], response: dict[str, Any], check: results.Check
) -> list[results.Item]:
    """Return what is said of each card; as for the matrix."""
    texts = {card["id"]: card["text"] for card in public["cards"]}
    titles = {place["id"]: place["title"] for place in public["bins"]}

    def told(card: str, status: str) -> tuple[list[Any], list[Any]]:
        place, feedback = response["placed"].get(card), key["cards"][card]["feedback"]
        said = feedback.get(place, feedback.get(ELSE, [])) if place else []
        return texts[card], [parts.verdict(status, titles.get(place, "")), *said]

    return parts.items(check, told)
