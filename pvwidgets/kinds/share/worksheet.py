"""The worksheet of a sharing activity: what portions give, the rules, the questions."""

from __future__ import annotations

from typing import Any

from ... import results, richtext
from ...sheet import Answer, Block, Item, Items, Para, Table
from ...words import words
from .. import parts
from . import model


def _division(public: dict[str, Any], division: list[int]) -> str:
    return "; ".join(
        f"{group['name']}: {model.amount(public, portions)}, {group['outcomes'][portions]}"
        for group, portions in zip(public["groups"], division, strict=True)
    )


def blocks(public: dict[str, Any]) -> list[Block]:
    """Return what to work on."""
    w, s = words()["worksheet"], words()["share"]
    groups = public["groups"]
    rows = [
        [
            model.amount(public, n),
            *(str(one["outcomes"][n]) if n < len(one["outcomes"]) else "" for one in groups),
        ]
        for n in range(max(len(one["outcomes"]) for one in groups))
    ]
    people = [[s["people"], *(f"{one['people']:,}" for one in groups)]]
    asked = [
        Item(question["text"], choices=[one["text"] for one in question["options"]])
        for question in public["cards"]
    ]
    return [
        Para(w["shareLead"]),
        Table(public["outcome"], [one["name"] for one in groups], [*people, *rows]),
        Para(f"{s['start']}: {_division(public, public['start'])}."),
        Items(asked),
    ]


def answers(public: dict[str, Any], key: dict[str, Any]) -> list[Answer]:
    """Return what each rule chooses, and the answers to the questions."""
    told = []
    for question in public["cards"]:
        known = key["cards"][question["id"]]
        texts = {one["id"]: one["text"] for one in question["options"]}
        right = [texts[name] for name, one in known.items() if one["status"] == "right"]
        said = [(texts[name], one["feedback"]) for name, one in known.items()]
        told.append(Answer(question["text"], "".join(right) or words()["share"]["anyRule"], said))
    for name, rule in public["rules"].items():
        text = next(one["text"] for one in public["cards"][0]["options"] if one["id"] == name)
        told.append(Answer([text], f"{_division(public, rule['best'])}."))
    return told


def items(
    public: dict[str, Any], key: dict[str, Any], response: dict[str, Any], check: results.Check
) -> list[results.Item]:
    """Return what is said of each question; as for the matrix."""
    questions = {question["id"]: question for question in public["cards"]}

    def told(name: str, status: str) -> tuple[list[Any], list[Any]]:
        question, chosen = questions[name], response["answers"].get(name)
        if chosen is None:
            return question["text"], [parts.verdict(status)]
        text = next(option["text"] for option in question["options"] if option["id"] == chosen)
        said = parts.verdict(status, richtext.to_text(text))
        return question["text"], [said, *key["cards"][name][chosen]["feedback"]]

    return parts.items(check, told)
