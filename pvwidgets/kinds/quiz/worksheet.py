"""The worksheet of a quiz: the questions, with boxes to tick and room for numbers."""

from __future__ import annotations

from typing import Any

from ...sheet import Answer, Block, Item, Items, Para
from ...words import words
from .grade import parts_of
from .halves import labelled, plain


def _asked(public: dict[str, Any], question: dict[str, Any]) -> Item:
    text, parts = question["text"], parts_of(public, question["id"])
    if public["parts"]:
        return Item(text, blanks=[part["label"] for part in parts])
    first, last = parts[0], parts[-1]
    if last["type"] == "number":
        return Item(text, blanks=[last.get("unit") or words()["worksheet"]["number"]])
    choices = [option["text"] for option in last["options"]]
    if first is not last:
        truths = " / ".join(plain(option) for option in first["options"])
        return Item(text, choices, [f"{first['label']} ({truths})"])
    return Item([*text, f" {last['hint']}"] if "hint" in last else text, choices)


def blocks(public: dict[str, Any]) -> list[Block]:
    """Return what to work on."""
    lists: list[Block] = []
    for part in public["parts"]:
        lists.append(Para(part["label"], strong=True))
        if "options" in part:
            lists.append(Para([["ul", *(["li", one["text"]] for one in part["options"])]]))
    asked = [_asked(public, question) for question in public["cards"]]
    return [Para(words()["worksheet"]["quizLead"]), *lists, Items(asked)]


def answers(public: dict[str, Any], key: dict[str, Any]) -> list[Answer]:
    """Return the key of each question."""
    told = []
    for question in public["cards"]:
        readings: list[str] = []
        said: list[tuple[str, list[Any]]] = []
        for part in parts_of(public, question["id"]):
            entry = key["cards"][question["id"]][part["id"]]
            readings.append(entry["lead"])
            said += [(labelled(part, o["name"]), o["said"]) for o in entry["told"] if "said" in o]
        told.append(Answer(question["text"], " ".join(readings), said))
    return told
