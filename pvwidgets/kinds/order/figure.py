"""The value chain with the cards in a learner's order, where a chain has its four stages."""

from __future__ import annotations

from typing import Any

from ... import figures, richtext
from ...figures.chains import STAGES
from .grade import blank


def _chain(public: dict[str, Any], key: dict[str, Any] | None, response: dict[str, Any]) -> Any:
    if key is None:
        raise ValueError("the stages of the chain are in the key, which is not at hand")
    answered = response or blank(public)
    titles = key["chains"][public["sets"].index(answered["set"])]["stages"]
    # Near and far outcomes are both outcomes.
    stages = [title.lower().split()[-1] for title in titles]
    if list(dict.fromkeys(stages)) != list(STAGES):
        raise ValueError(f"there is a picture only for a chain of {', '.join(STAGES)}")
    texts = {card["id"]: richtext.to_text(card["text"]) for card in public["cards"]}
    # As many cards in each stage as belong there, in the order in which they stand.
    places = sorted(key["stages"][card] for card in answered["order"])
    chain: dict[str, list[str]] = {stage: [] for stage in STAGES}
    for card, place in zip(answered["order"], places, strict=True):
        chain[stages[place]].append(texts[card])
    return figures.value_chain(chain)


PICTURES = {"chain": _chain}
