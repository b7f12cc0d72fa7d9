"""The worksheet of a quiz: the questions, with boxes to tick and room for numbers."""

from __future__ import annotations

from typing import Any

from ... import results
from ...sheet import Answer, Block, Item, Items, Para
from ...words import words
from .. import parts as shared
from .grade import chosen, earned, is_ready, parts_of, shares
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


def items(
    public: dict[str, Any], key: dict[str, Any], response: dict[str, Any], check: results.Check
) -> list[results.Item]:
    """Return what is said of each question; as for the matrix."""
    texts = {question["id"]: question["text"] for question in public["cards"]}
    points = {name: earned(shares(public, key, name, response)) for name in check.items}

    def told(name: str, status: str) -> tuple[list[Any], list[Any]]:
        given, entries = response["answers"].get(name, {}), key["cards"][name]
        mine: list[str] = []
        said: list[Any] = []
        for part in parts_of(public, name):
            value = given.get(part["id"])
            if is_ready(part, value):
                for one in chosen(part, entries[part["id"]], value):
                    mine.append(value if part["type"] == "number" else one["name"])
                    said += one.get("said", entries[part["id"]].get("else", []))
            elif value and part["type"] == "number":
                said.append(["p", words()["quiz"]["noNumber"].format(text=value)])
        return texts[name], [shared.verdict(status, "; ".join(mine)), *said]

    return shared.items(check, told, points)
