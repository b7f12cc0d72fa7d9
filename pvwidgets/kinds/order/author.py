"""What an author writes for an ordering activity, the rules it must keep, and its two halves."""

from __future__ import annotations

from typing import Any

from ... import richtext
from ...schema import Report, Schema
from ..authoring import (
    CASE,
    MAX_SETS,
    SEED,
    SOURCE,
    item_id,
    listing,
    record,
    shuffled,
    text,
    unique_ids,
)
from .grade import held

SCHEMA: dict[str, Schema] = {
    "seed": SEED,
    "chains": listing(
        record(
            {
                "id": item_id("no page shows it"),
                "title": text(120, "what stands above the cards; it must not name the stages"),
                "case": CASE,
                "stages": listing(
                    record(
                        {
                            "id": item_id("no page shows it"),
                            "title": text(60, "shown when the order is right"),
                            "cards": listing(
                                record(
                                    {
                                        "id": item_id(
                                            "learners can find it in the page, so it must not "
                                            "name the stage"
                                        ),
                                        "text": text(300, "a few words; *emphasis* only"),
                                        "source": SOURCE,
                                    },
                                    ["id", "text"],
                                    "a card to put in order",
                                ),
                                1,
                                12,
                                "the cards of the stage, each with an `id` and a `text`; they are "
                                "of equal rank",
                            ),
                        },
                        ["id", "title", "cards"],
                        "a stage of the chain",
                    ),
                    2,
                    12,
                    "the stages from first to last, each with an `id`, a `title` and its `cards`",
                ),
                "arrows": listing(
                    text(2000, "why the one stage comes before the other"),
                    1,
                    11,
                    "one explanation for each step between neighbouring stages, from the first",
                ),
            },
            ["id", "title", "stages", "arrows"],
            "a chain to put in order",
        ),
        1,
        MAX_SETS,
        "the chains; one is shown at a time",
    ),
}

REQUIRED = ["chains"]

TEMPLATE = """
prompt: Put the cards in order, from what is put in to what has become different.
chains:
  - id: reading-room
    title: A reading room
    stages:                    # from first to last; cards of one stage are of equal rank
      - id: inputs
        title: Put in
        cards:
          - {id: grant, text: a grant from the town}
          - {id: heated-room, text: a room that is free in the evening}
      - id: activities
        title: Done
        cards:
          - {id: two-helpers, text: two helpers keep the room open}
      - id: outcomes
        title: Changed
        cards:
          - {id: exam, text: nine pupils pass an exam that they had failed before}
    arrows:                    # one for each step between two stages: say why
      - >-
        Money and a room are there before anybody can keep it open.
      - >-
        An open room is a chance. Passing is what has become different for the pupils.
"""


def build(
    data: dict[str, Any], report: Report, seed: int | str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check the rules of an ordering activity and part it into its halves.

    Parameters
    ----------
    data : dict
        The fields, already held against `SCHEMA`.
    report : Report
        Where problems are noted; raised here when there are any.
    seed : int or str, optional
        Shuffle by this seed in place of the file's.

    Returns
    -------
    public, key : dict
        What a learner may see before answering, and stages and reasons.

    Raises
    ------
    ActivityError
        A rule is broken.
    """
    chains = data.get("chains") or []
    unique_ids(chains, "chains", report)
    seen: dict[str, str] = {}
    for i, chain in enumerate(chains):
        _chain(chain, f"chains[{i}]", seen, report)
    report.stop_if_any()
    chosen = str(data.get("seed", data["id"]) if seed is None else seed)
    cards = [card for chain in chains for stage in chain["stages"] for card in stage["cards"]]
    public = {
        "cards": [
            {"id": card["id"], "text": richtext.inlines(card["text"])}
            for card in sorted(cards, key=lambda card: str(card["id"]))
        ],
        "sets": [_start(chain["stages"], f"{chosen}:{chain['id']}") for chain in chains],
        "titles": [chain["title"] for chain in chains],
    }
    return public, {
        "stages": {
            card["id"]: number
            for chain in chains
            for number, stage in enumerate(chain["stages"])
            for card in stage["cards"]
        },
        "chains": [
            {
                "stages": [stage["title"] for stage in chain["stages"]],
                "arrows": [richtext.blocks(said) for said in chain["arrows"]],
            }
            for chain in chains
        ],
    }


def _chain(chain: dict[str, Any], at: str, seen: dict[str, str], report: Report) -> None:
    stages, arrows = chain.get("stages") or [], chain.get("arrows") or []
    unique_ids(stages, f"{at}.stages", report)
    for s, stage in enumerate(stages):
        for n, card in enumerate(stage.get("cards") or []):
            here, name = f"{at}.stages[{s}].cards[{n}].id", card.get("id")
            if name in seen:
                first = report.lines[seen[name]]
                report.add(here, f'the id "{name}" is used twice; first in line {first}')
            elif name:
                seen[name] = here
    if len(stages) > 1 and arrows and len(arrows) != len(stages) - 1:
        report.add(
            f"{at}.arrows",
            f"found {len(arrows)}; expected one for each step between the {len(stages)} stages, "
            f"which is {len(stages) - 1}",
        )


def _start(stages: list[dict[str, Any]], seed: str) -> list[str]:
    """Return the order in which the cards are shown first: one that holds as little as can be."""
    cards = [card for stage in stages for card in stage["cards"]]
    stage_of = {card["id"]: n for n, stage in enumerate(stages) for card in stage["cards"]}
    orders = [shuffled(cards, f"{seed}:{turn}") for turn in range(20)]
    orders.append([str(card["id"]) for card in reversed(cards)])
    return min(orders, key=lambda order: sum(held([stage_of[card] for card in order])))
