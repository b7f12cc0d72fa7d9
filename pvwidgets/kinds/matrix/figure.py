"""The matrix with the cards where a learner has placed them."""

from __future__ import annotations

from typing import Any

from ... import figures, richtext
from .grade import CELLS


def _matrix(public: dict[str, Any], key: dict[str, Any] | None, response: dict[str, Any]) -> Any:
    texts = {card["id"]: richtext.to_text(card["text"]) for card in public["cards"]}
    placed = response.get("placed", {})
    return figures.matrix(
        {cell: [texts[card] for card, at in placed.items() if at == cell] for cell in CELLS}
    )


PICTURES = {"matrix": _matrix}
