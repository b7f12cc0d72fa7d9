"""Activities and quizzes of any size, made from the cards of the course."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import pvwidgets as pv
from pvwidgets import model, richtext
from pvwidgets.kinds.matrix.grade import CELLS, SIGNS
from pvwidgets.words import words

ACTIVITY = "value-matrix"


def activity_data(cards: int) -> dict[str, Any]:
    """Return an activity with so many cards, all shown; the course's cards come again and again."""
    source = YAML(typ="safe").load((model.FOLDER / f"{ACTIVITY}.yml").read_text(encoding="utf-8"))
    pool = source["cards"]
    made = []
    for number in range(cards):
        card = pool[number % len(pool)]
        made.append({**card, "id": f"{card['id']}-{number}"})
    allowed = cards // 4  # no more than one card in four may have a second answer
    for card in made:
        if "alt" in card:
            allowed -= 1
            if allowed < 0:
                del card["alt"]
    del source["draw"]
    return {**source, "id": f"cards-{cards}", "cards": made}


def write_activity(cards: int, folder: Path) -> Path:
    path = folder / f"cards-{cards}.yml"
    path.write_text(json.dumps(activity_data(cards), ensure_ascii=False), encoding="utf-8")
    return path


def quiz(activity: pv.Activity) -> list[dict[str, Any]]:
    """Return the first set of an activity as questions for jupyterquiz: same texts and reasons."""
    key = (activity.key or {})["cards"]
    texts = {card["id"]: richtext.to_text(card["text"]) for card in activity.public["cards"]}
    names = words()["matrix"]["cells"]
    return [
        {
            "question": texts[card],
            "type": "multiple_choice",
            "answers": [
                {
                    "answer": names[cell],
                    "correct": cell == key[card]["cell"],
                    "feedback": richtext.to_text(key[card]["feedback"][cell]),
                }
                for cell in CELLS
            ],
        }
        for card in activity.sets[0]
    ]


def response(activity: pv.Activity) -> dict[str, Any]:
    """Return a learner's response: all cards placed, checked twice, about a quarter right."""
    cards = activity.sets[0]
    sorting = {
        "placed": {card: CELLS[i % len(CELLS)] for i, card in enumerate(cards)},
        "signs": {card: SIGNS[i % len(SIGNS)] for i, card in enumerate(cards)},
    }
    checks = [{"n": n, **sorting} for n in (1, 2)]
    return {
        "set": cards, **sorting, "checks": checks, "explained": 0, "tries": 2, "earlier": []
    }  # fmt: skip
