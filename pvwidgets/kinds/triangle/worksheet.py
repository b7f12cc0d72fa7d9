"""The worksheet of a record: the form to fill in by hand, and its six rules with lamps to tick."""

from __future__ import annotations

from typing import Any

from ... import results
from ...sheet import Answer, Block, Item, Items, Para
from ...words import words
from .. import parts
from ..records import blank, report

LINES = 3


def blocks(public: dict[str, Any]) -> list[Block]:
    """Return what to work on."""
    w = words()["worksheet"]
    lead = [w["recordLead"], *([w["recordCards"]] if "cards" in public else [])]
    told: list[Block] = [Para([["p", " ".join(lead)]])]
    given = public.get("start") or public.get("given")
    if given:
        told.append(Para([["p", w["recordGiven"]], ["ul", *_given(public, given)]]))
    for group in public["groups"]:
        told += [
            Para(group["title"], strong=True),
            Items([_item(field, "cards" in public) for field in group["fields"]]),
        ]
    lamps = list(words()["records"]["lamps"].values())
    told.append(
        Items([Item([w["rule"].format(**rule)], choices=lamps) for rule in public["rules"]])
    )
    return told


def _item(field: dict[str, Any], cards: bool) -> Item:
    w = words()["worksheet"]
    label = str(field["label"])
    if field["type"] == "list":
        asked = " · ".join(_asked(one) for one in field["fields"])
        return Item([w["fields"].format(label=_stop(label), fields=asked)], lines=LINES)
    if cards or field["type"] == "many":
        return Item([label], choices=[option["text"] for option in field["options"]])
    return Item([_asked(field)], lines=1)


def _asked(field: dict[str, Any]) -> str:
    label = str(field["label"])
    if "options" not in field:
        return label
    named = " / ".join(option["text"] for option in field["options"])
    return str(words()["worksheet"]["options"].format(label=label, options=named))


def _stop(label: str) -> str:
    return label if label[-1] in ".?!" else f"{label}."


def _given(public: dict[str, Any], given: dict[str, Any]) -> list[Any]:
    listed = []
    for name, value in given.items():
        for entry in value if isinstance(value, list) else [value]:
            said = entry
            if isinstance(entry, dict):
                said = "; ".join(f"{_spaced(part)}: {_said(one)}" for part, one in entry.items())
            heading = ["strong", _spaced(name)]
            listed.append(["li", ["p", heading, f": {_said(said)}"]])
    return listed


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _said(value: Any) -> str:
    cells = words()["matrix"]["cells"]
    if isinstance(value, list):
        return ", ".join(cells.get(one, one) for one in value)
    return ", ".join(cells.get(line, line) for line in str(value).split("\n"))


def answers(public: dict[str, Any], key: dict[str, Any]) -> list[Answer]:
    """Return the lamps of a record that is given, or what is said of each card."""
    w = words()["records"]
    if "cards" in public:
        return [
            Answer(option["text"], w["trap" if card["trap"] else "holds"], [("", card["said"])])
            for group in public["groups"]
            for option in group["fields"][0]["options"]
            for card in [key["cards"][option["id"]]]
        ]
    if "start" not in public:
        return []
    read = report(public, blank(public)["record"])
    lamps = zip(public["rules"], read["lamps"], read["said"], strict=True)
    return [
        Answer([f"{rule['id']} {rule['title']}"], f"{w['lamps'][lamp]}. {' '.join(said)}")
        for rule, lamp, said in lamps
    ] + [Answer([w["whole"].format(name=read["name"])], "")]


def items(
    public: dict[str, Any], key: dict[str, Any], response: dict[str, Any], check: results.Check
) -> list[results.Item]:
    """Return what is said of each rule; as for the matrix."""
    w = words()["records"]["lamps"]
    rules = {rule["id"]: rule for rule in public["rules"]}
    said = report(public, response["record"])["said"]
    sentences = dict(zip(rules, said, strict=True))

    def told(name: str, status: str) -> tuple[list[Any], list[Any]]:
        text = " ".join([f"{w[status].capitalize()}.", *sentences[name]])
        return [f"{name} {rules[name]['title']}"], [["p", text]]

    return parts.items(check, told)
