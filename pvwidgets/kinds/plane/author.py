"""What an author writes for a map of power and support, its rules, and its two halves."""

from __future__ import annotations

from typing import Any

from ... import richtext
from ...schema import Report, Schema
from ...words import words
from ..authoring import SEED, SOURCE, item_id, listing, record, shuffled, text, unique_ids, unknown
from .grade import POWERS, SUPPORTS, is_strong_opponent

AXES = ("power", "support")
CELLS = [f"{power}-{support}" for power in reversed(POWERS) for support in SUPPORTS]

_ACTOR = record(
    {
        "id": item_id("learners can find it in the page, so it must not name the place"),
        "name": text(60, "a short name, shown on the map"),
        "text": text(400, "facts from which power and support can be told; *emphasis* only"),
        "power": {
            "type": "string",
            "enum": list(POWERS),
            "description": "how far this one can stop the plan or make it happen",
        },
        "support": {
            "type": "string",
            "enum": list(SUPPORTS),
            "description": "whether this one backs the plan, waits, or opposes it",
        },
        "accept": listing(
            {
                "type": "string",
                "enum": CELLS,
                "description": "power and support, joined by a hyphen",
            },
            1,
            4,
            "other places that can be defended; they earn the point too",
        ),
        "lawful": {
            "type": "boolean",
            "description": "true for an elected or legal body that can authorize the plan",
        },
        "affected": {
            "type": "boolean",
            "description": "true for a group that bears the burdens and has no power",
        },
        "feedback": record(
            {
                "power": text(2000, "why so much power, said where the power is off"),
                "support": text(2000, "why this support, said where the support is off"),
            },
            ["power", "support"],
            "one explanation for each axis",
        ),
        "source": SOURCE,
    },
    ["id", "name", "text", "power", "support", "feedback"],
    "an actor to place",
)

SCHEMA: dict[str, Schema] = {
    "seed": SEED,
    "actors": listing(_ACTOR, 3, 20, "the actors to place on the map"),
    "steps": listing(
        record(
            {
                "id": item_id("it must not tell whether the step is a good one"),
                "text": text(90, "what stands in the menu"),
                "fits": listing(
                    text(60, "the id of an actor"),
                    1,
                    20,
                    "the actors towards whom it is a fitting step; without it, towards nobody",
                ),
                "feedback": text(2000, "why it is a step, or why not"),
                "source": SOURCE,
            },
            ["id", "text", "feedback"],
            "a step that can be chosen for an opponent with power",
        ),
        2,
        12,
        "the steps that can be chosen, good ones and others",
    ),
}

REQUIRED = ["actors", "steps"]

#: What of the public half is for the screen alone.
SHOWN = ("layout", "wide")

TEMPLATE = """
prompt: >-
  The town wants to close a street to cars. Place each actor on the map by its power over the plan
  and its support for it. Then choose a step for each opponent who has power.
actors:
  - id: town-council
    name: Town council
    text: It must vote on the closure. Most of its members have spoken for it.
    power: decisive            # none, some or decisive
    support: supports          # opposes, undecided or supports
    lawful: true               # an elected or legal body that can authorize the plan
    feedback:                  # one for each axis: say why
      power: It "must vote", so nothing happens without it.
      support: Most have spoken for it, and a vote needs no more than most.
  - id: bus-company
    name: Bus company
    text: It can refuse another route, and has done so twice.
    power: some
    support: opposes
    accept: [decisive-opposes]
    feedback:
      power: Without the other route the closure is harder. The town can still order one.
      support: It has refused twice.
  - id: night-workers
    name: Night workers
    text: They come home when no bus runs. Nobody has asked them, and they fear the closure.
    power: none
    support: opposes
    affected: true             # bears the burdens and has no power
    feedback:
      power: Nobody has to ask them, and they cannot stop anything.
      support: They fear what it will do to them.
steps:
  - id: trial
    text: Offer a trial of eight weeks on another route
    fits: [bus-company]        # without "fits": a step towards nobody
    feedback: A trial asks for a smaller yes, and the company can still say no afterwards.
  - id: wait
    text: Wait until it has forgotten the matter
    feedback: Hope is not a step.
"""


def build(
    data: dict[str, Any], report: Report, seed: int | str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check the rules of a map and part it into its halves.

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
        What a learner may see before answering, and places, credit and feedback.

    Raises
    ------
    ActivityError
        A rule is broken.
    """
    actors, steps = data.get("actors") or [], data.get("steps") or []
    unique_ids(actors, "actors", report)
    unique_ids(steps, "steps", report)
    names = [actor.get("id") for actor in actors]
    for i, step in enumerate(steps):
        for n, name in enumerate(step.get("fits") or []):
            if name not in names:
                report.add(f"steps[{i}].fits[{n}]", unknown(name, names))
    for i, actor in enumerate(actors):
        _actor(actor, f"actors[{i}]", steps, report)
    _all_there(actors, report)
    report.stop_if_any()
    chosen = str(data.get("seed", data["id"]) if seed is None else seed)
    w = words()["plane"]
    public = {
        "cards": [
            {
                "id": actor["id"],
                "name": actor["name"],
                "text": [["strong", actor["name"]], ["em", ": ", *richtext.inlines(actor["text"])]],
            }
            for actor in sorted(actors, key=lambda actor: str(actor["id"]))
        ],
        "sets": [shuffled(actors, f"{chosen}:0")],
        "layout": "plane",
        "wide": 3,
        "bins": [{"id": cell, "title": w["cells"][cell]} for cell in CELLS],
        "steps": [{"id": step["id"], "text": step["text"]} for step in steps],
    }
    return public, {
        "cards": {actor["id"]: _key(actor, steps) for actor in actors},
        "steps": {
            step["id"]: {
                "fits": step.get("fits", []),
                "feedback": richtext.blocks(step["feedback"]),
            }
            for step in steps
        },
    }


def _cell(actor: dict[str, Any]) -> str:
    return f"{actor.get('power')}-{actor.get('support')}"


def _key(actor: dict[str, Any], steps: list[dict[str, Any]]) -> dict[str, Any]:
    w, cell, accept = words()["plane"], _cell(actor), actor.get("accept", [])
    told = [w["key"].format(cell=w["cells"][cell])]
    told += [w["also"].format(cell=w["cells"][one]) for one in accept]
    if is_strong_opponent(cell):
        good = [step["text"] for step in steps if actor["id"] in step.get("fits", [])]
        told.append(w["steps"].format(steps="; ".join(good)))
    axes = dict(zip(AXES, cell.split("-"), strict=True))
    return {
        "cell": cell,
        "accept": accept,
        "lead": " ".join(told),
        "tags": dict.fromkeys(AXES, ""),
        "look": {
            one: [axis for axis in AXES if axes[axis] not in one.split("-")]
            for one in CELLS
            if one not in (cell, *accept)
        },
        "lawful": actor.get("lawful", False),
        "affected": actor.get("affected", False),
        "feedback": {axis: richtext.blocks(said) for axis, said in actor["feedback"].items()},
    }


def _actor(actor: dict[str, Any], at: str, steps: list[dict[str, Any]], report: Report) -> None:
    cell = _cell(actor)
    for n, other in enumerate(actor.get("accept") or []):
        if other == cell:
            report.add(f"{at}.accept[{n}]", f"is the actor's own place ({cell}); expected another")
    if actor.get("affected") and actor.get("power") not in ("none", None):
        report.add(f"{at}.affected", "is true, so the power is expected to be none")
    met = any(actor.get("id") in (step.get("fits") or []) for step in steps)
    if is_strong_opponent(cell) and actor.get("id") and not met:
        report.add(at, "opposes and has power, but no step fits; add one to `steps`")


def _all_there(actors: list[dict[str, Any]], report: Report) -> None:
    cells = [_cell(actor).split("-") for actor in actors]
    found = {
        "an actor with `lawful: true` who has power and does not oppose": any(
            actor.get("lawful") and power != "none" and support != "opposes"
            for actor, (power, support) in zip(actors, cells, strict=True)
        ),
        "an actor with `affected: true`": any(actor.get("affected") for actor in actors),
        "an actor who opposes and has power": any(map(is_strong_opponent, map(_cell, actors))),
    }
    for what, there in found.items():
        if actors and not there:
            report.add("actors", f"expected {what}: the questions of the check ask for one")
