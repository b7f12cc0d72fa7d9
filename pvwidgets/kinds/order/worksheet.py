"""The worksheet of an ordering activity: all chains, their cards in the order first shown."""

from __future__ import annotations

from typing import Any

from ... import richtext
from ...sheet import Answer, Block, Item, Items, Para
from ...words import words


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
