"""What an author writes for a triangle builder, the rules it must keep, and its two halves."""

from __future__ import annotations

from typing import Any

from ... import richtext
from ...schema import Report, Schema
from ..authoring import item_id, listing, record, text, unique_ids
from ..forms import as_stored, bare, links_hold, public_half, record_schema
from .table import FIELDS, GROUPS, NAMING, RULES, drawn

MODES = ("open", "start", "guided")

SCHEMA: dict[str, Schema] = {
    "mode": {
        "type": "string",
        "enum": list(MODES),
        "description": "an empty record; one that is filled in already, to be changed; or one that "
        "is chosen from cards",
    },
    "record": record_schema(
        FIELDS, "the record at the start; in a guided activity the part that is fixed"
    ),
    "slots": listing(
        record(
            {
                "id": item_id("answers are kept under it"),
                "title": text(80, "what stands above its cards"),
                "ask": text(300, "what is to be chosen"),
                "pick": {
                    "type": "string",
                    "enum": ["one", "many"],
                    "description": "whether one card can be chosen or any number; without it many",
                },
                "cards": listing(
                    record(
                        {
                            "id": item_id("it must not tell whether the card is a trap"),
                            "text": text(600, "one or two sentences; *emphasis* only"),
                            "record": record_schema(FIELDS, "what the card adds to the record"),
                            "trap": {
                                "type": "boolean",
                                "description": "true where it is a trap",
                            },
                            "feedback": text(2000, "why it holds, or why it is a trap"),
                        },
                        ["id", "text", "record", "feedback"],
                        "a card to choose",
                    ),
                    2,
                    12,
                    "the cards to choose from",
                ),
            },
            ["id", "title", "ask", "cards"],
            "a question that is answered with cards",
        ),
        1,
        12,
        "in a guided activity: what is chosen from cards",
    ),
}

REQUIRED = ["mode"]

TEMPLATE = """
prompt: A school wants to open its yard in the evening. Choose what it should claim, and from whom.
mode: guided                   # or: open (an empty record), start (with a record that is changed)
record:                        # what is fixed
  authorizers:
    - {name: town council, kind: elected, indispensable: "yes", status: granted, cares: [CW],
       judges: "yes", sign_agreed: "yes"}
  activities: [{name: open the yard, owner: own}]
  resources: [{name: caretaker, kind: staff, status: have, used_by: [open the yard]}]
  money_needed: "4000"         # amounts in quotes
  money_granted: "4000"
  time_needed: unknown
  time_granted: unknown
slots:
  - id: promise
    title: Public value
    ask: Which outcome does the school claim?
    pick: one
    cards:
      - id: evenings
        text: The yard is open on forty evenings.
        trap: true
        record:                # what the card adds to the record
          outcomes: [{who: children, change: the yard is open on forty evenings, cells: [CW]}]
        feedback: '"Open on forty evenings" is what the school does. Nobody is said to be better
          off.'
      - id: meeting
        text: Children of different streets play together, as a count in spring and autumn shows.
        record:
          outcomes: [{who: children of the quarter, change: play together across streets,
            sign: a count in spring and autumn, cells: [CW]}]
        feedback: It names a group, a change in their lives and a sign that would show it.
"""


def build(
    data: dict[str, Any], report: Report, seed: int | str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check the rules of a triangle builder and part it into its halves.

    Parameters
    ----------
    data : dict
        The fields, already held against `SCHEMA`.
    report : Report
        Where problems are noted; raised here when there are any.
    seed : int or str, optional
        Not used: nothing is drawn.

    Returns
    -------
    public, key : dict
        The form, the rules and, in a guided activity, the cards; and what is said of each card.

    Raises
    ------
    ActivityError
        A rule is broken.
    """
    mode, slots = data.get("mode"), data.get("slots") or []
    given = data.get("record") or {}
    if mode == "start" and not given:
        report.add("record", 'a "start" activity needs the record that it starts from')
    if mode == "open" and given:
        report.add("record", 'an "open" activity starts empty; write mode: start')
    if mode == "guided" and not slots:
        report.add("slots", 'a "guided" activity needs cards to choose from')
    if mode in ("open", "start") and slots:
        report.add("slots", 'cards are for a "guided" activity')
    unique_ids(slots, "slots", report)
    seen: dict[str, str] = {}
    for i, slot in enumerate(slots):
        for n, card in enumerate(slot.get("cards") or []):
            at = f"slots[{i}].cards[{n}].id"
            if card.get("id") in seen:
                report.add(at, f'the id "{card["id"]}" is used twice; first in {seen[card["id"]]}')
            elif card.get("id"):
                seen[card["id"]] = at
    report.stop_if_any()
    cards = [card for slot in slots for card in slot["cards"]]
    everything = _together([given, *(card["record"] for card in cards)])
    links_hold(FIELDS, everything, "record", report)
    report.stop_if_any()
    public = public_half(GROUPS, RULES, NAMING)
    public["figures"] = [drawn()]
    start = as_stored(FIELDS, given)
    if mode == "start":
        public["start"] = start
    if mode != "guided":
        return public, {}
    public["groups"] = [_group(slot) for slot in slots]
    public["fields"] = bare(FIELDS)
    public["given"] = start
    public["cards"] = {card["id"]: as_stored(FIELDS, card["record"]) for card in cards}
    key = {
        card["id"]: {"trap": card.get("trap", False), "said": richtext.blocks(card["feedback"])}
        for card in cards
    }
    return public, {"cards": key}


def _together(records: list[dict[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for one in records:
        for name, value in one.items():
            merged[name] = merged.get(name, []) + value if isinstance(value, list) else value
    return merged


def _group(slot: dict[str, Any]) -> dict[str, Any]:
    options = [{"id": c["id"], "text": richtext.inlines(c["text"])} for c in slot["cards"]]
    field = {
        "id": slot["id"],
        "label": slot["ask"],
        "type": slot.get("pick", "many"),
        "options": options,
    }
    return {"title": slot["title"], "fields": [field]}
