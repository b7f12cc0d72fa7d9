"""The worksheet of an ordering activity: all chains, their cards in the order first shown."""

from __future__ import annotations

from typing import Any

from ... import results, richtext
from ...sheet import Answer, Block, Item, Items, Para
from ...words import words
from .. import parts


def blocks(public: dict[str, Any]) -> list[Block]:
    """Return what to work on."""
    w = words()["worksheet"]
    texts = {card["id"]: card["text"] for card in public["cards"]}
    shown: list[Block] = [Para(w["orderLead"])]
    for title, cards in zip(public["titles"], public["sets"], strict=True):
        shown.append(Para(title, strong=True))
        shown.append(Items([Item(texts[card], blanks=[w["number"]]) for card in cards], cut=True))
    return shown


def answers(public: dict[str, Any], key: dict[str, Any]) -> list[Answer]:
    """Return the order of each chain, and why each step is as it is."""
    texts = {c["id"]: richtext.to_text(c["text"]).rstrip(".") for c in public["cards"]}
    told = []
    for title, cards, chain in zip(public["titles"], public["sets"], key["chains"], strict=True):
        stages = chain["stages"]
        reading = ". ".join(
            f"{name}: {'; '.join(texts[card] for card in cards if key['stages'][card] == number)}"
            for number, name in enumerate(stages)
        )
        steps = [
            words()["order"]["step"].format(**{"from": stages[n], "to": stages[n + 1]})
            for n in range(len(stages) - 1)
        ]
        said = list(zip(steps, chain["arrows"], strict=True))
        told.append(Answer([title], f"{reading}.", said))
    return told


def items(
    public: dict[str, Any], key: dict[str, Any], response: dict[str, Any], check: results.Check
) -> list[results.Item]:
    """Return what is said of each step; as for the matrix."""
    at = public["sets"].index(response["set"])
    title, chain = public["titles"][at], key["chains"][at]

    def told(name: str, status: str) -> tuple[list[Any], list[Any]]:
        n, w = int(name), words()["order"]
        step = w["step"].format(**{"from": chain["stages"][n - 1], "to": chain["stages"][n]})
        said = parts.verdict(status) if status == "right" else ["p", w["off"]]
        return [f"{title}: {step}"], [said, *chain["arrows"][n - 1]]

    return parts.items(check, told)
