"""Activities with as many items as a file of their kind may hold, made from the examples."""

from __future__ import annotations

import copy
from typing import Any

from ruamel.yaml import YAML

from bench.stage import ROOT
from pvwidgets.kinds import part

MOST = 200
EXAMPLES = ROOT / "chapters" / "for-authors" / "examples"
KINDS = {
    "sort": "night-bus",
    "quiz": "tool-library",
    "order": "flood-drill",
    "plane": "car-free-street",
}
ITEMS = {"sort": "cards", "quiz": "questions", "order": "cards", "plane": "actors"}


def most(kind: str) -> int:
    """Return how many items a file of the kind may hold, up to `MOST`."""
    schema = part(kind, "author").SCHEMA
    if kind == "order":
        stages = schema["chains"]["items"]["properties"]["stages"]
        cards = stages["items"]["properties"]["cards"]["maxItems"]
        return min(MOST, int(stages["maxItems"] * cards))
    return min(MOST, int(schema[ITEMS[kind]]["maxItems"]))


def repeated(items: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return so many copies in turn, each with an id, and a name, of its own."""
    made = []
    for number in range(count):
        item = copy.deepcopy(items[number % len(items)])
        item["id"] = f"{item['id']}-{number}"
        if "name" in item:
            item["name"] = f"{item['name']} {number + 1}"
        made.append(item)
    return made


def data(kind: str, count: int) -> dict[str, Any]:
    """Return an activity with so many items, all shown: those of the example again and again."""
    path = EXAMPLES / f"{KINDS[kind]}.yml"
    source: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    source["id"] = f"many-{kind}"
    source.pop("draw", None)
    if kind == "order":
        (chain,) = source["chains"]
        chain["stages"] = _stages(chain["stages"], count)
        chain["arrows"] = [chain["arrows"][0]] * (len(chain["stages"]) - 1)
        return source
    items = source[ITEMS[kind]]
    if kind == "sort":
        for place in source["bins"]:
            place.pop("room", None)
    if kind == "quiz":  # a choice among options, as in most questions
        items = [one for one in items if one["type"] == "one"]
    if kind == "plane":
        for one in source["steps"]:
            one.pop("fits", None)
    source[ITEMS[kind]] = repeated(items, count)
    if kind == "plane":  # each opponent with power needs a fitting step
        fits = [one["id"] for one in source["actors"] if one["support"] == "opposes"]
        source["steps"][0]["fits"] = fits
    return source


def _stages(stages: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    room = 12
    cards = repeated([card for stage in stages for card in stage["cards"]], count)
    for number, card in enumerate(cards):
        card["text"] = f"{card['text']}, {number + 1}"
    return [
        {"id": f"stage-{n}", "title": f"Stage {n + 1}", "cards": cards[n * room : (n + 1) * room]}
        for n in range(-(-count // room))
    ]
