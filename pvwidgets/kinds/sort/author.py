"""What an author writes for a sorting activity, the rules it must keep, and its two halves."""

from __future__ import annotations

from typing import Any

from ... import richtext
from ...schema import Report, Schema
from ...words import words
from ..authoring import (
    CASE,
    SEED,
    SOURCE,
    WORDS,
    deciding,
    draws,
    item_id,
    listing,
    record,
    shuffled,
    spread,
    text,
    unique_ids,
    unknown,
    words_occur,
)

ELSE = "else"

SCHEMA: dict[str, Schema] = {
    "layout": {
        "type": "string",
        "enum": ["columns", "strip"],
        "description": "columns, or the boxes of a chain joined by arrows; without it, columns",
    },
    "draw": {
        "type": "integer",
        "minimum": 2,
        "maximum": 200,
        "description": "how many cards are shown at a time, spread over the places; without it all",
    },
    "seed": SEED,
    "bins": listing(
        record(
            {
                "id": item_id("cards name it as their key"),
                "title": text(60, "what stands on the place"),
                "text": text(160, "a short line below the title"),
                "room": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 200,
                    "description": "at most so many cards; without it, as many as there are",
                },
            },
            ["id", "title"],
            "a place where cards go",
        ),
        2,
        12,
        "the places, in the order in which they are shown",
    ),
    "marks": record(
        {
            "bin": text(60, "the place in which cards are marked"),
            "label": text(60, "what is asked"),
            "options": {
                "type": "object",
                "minProperties": 2,
                "maxProperties": 4,
                "additionalProperties": text(40, "what stands on the button"),
                "description": "the choices: an id and what stands on its button",
            },
        },
        ["bin", "label", "options"],
        "a second choice for the cards in one place, without points",
    ),
    "cards": listing(
        record(
            {
                "id": item_id("learners can find it in the page, so it must not name the place"),
                "case": CASE,
                "text": text(600, "one or two sentences; *emphasis* only"),
                "key": text(60, "the id of the place where the card belongs"),
                "half": listing(
                    text(60, "the id of a place"), 1, 6, "acceptable places: half a point"
                ),
                "mark": text(60, "the right second choice"),
                "words": WORDS,
                "feedback": {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": text(2000, "what to say to a learner who chose it"),
                    "description": "one explanation for each place, the right one too; with more "
                    "than four places, one under `else` for those that have none of their own",
                },
                "source": SOURCE,
            },
            ["id", "text", "key", "feedback"],
            "a card to sort",
        ),
        1,
        500,
        "the cards to sort",
    ),
}

REQUIRED = ["bins", "cards"]

#: What of the public half is for the screen alone.
SHOWN = ("layout",)

TEMPLATE = """
prompt: Does the sentence tell what the library did, or what became different for somebody?
bins:
  - id: done
    title: Done by the library
  - id: changed
    title: Changed for people
# Without "draw" all cards are shown. "draw: 8" shows eight at a time, spread over the places.
cards:
  - id: open-evenings
    text: The reading room was open on 46 evenings.
    key: done                  # the id of a place
    words: ["was open"]
    feedback:                  # one for each place, the right one too: say why
      done: '"Was open" counts what the library offered. Nobody needs to have come.'
      changed: An open door is a chance. The sentence names nobody whose life became different.
  - id: exam-passed
    text: Nine pupils who worked there passed the exam that they had failed before.
    key: changed
    words: ["passed the exam that they had failed before"]
    feedback:
      done: The library gave room and light. Passing is what became different for the pupils.
      changed: '"Had failed before" and "passed" tell a before and an after in people.'
"""


def build(
    data: dict[str, Any], report: Report, seed: int | str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check the rules of a sorting activity and part it into its halves.

    Parameters
    ----------
    data : dict
        The fields, already held against `SCHEMA`.
    report : Report
        Where problems are noted; raised here when there are any.
    seed : int or str, optional
        Draw by this seed in place of the file's.

    Returns
    -------
    public, key : dict
        What a learner may see before answering, and keys, credit and feedback.

    Raises
    ------
    ActivityError
        A rule is broken.
    """
    bins, cards = data.get("bins") or [], data.get("cards") or []
    names = [place["id"] for place in bins if place.get("id")]
    unique_ids(bins, "bins", report)
    for i, place in enumerate(bins):
        if place.get("id") == ELSE:
            report.add(f"bins[{i}].id", '"else" has a meaning of its own in feedback')
    _marks(data.get("marks"), names, report)
    unique_ids(cards, "cards", report)
    for i, card in enumerate(cards):
        words_occur(card, f"cards[{i}]", report)
        _card(card, f"cards[{i}]", names, data.get("marks"), report)
    draw = data.get("draw", len(cards))
    if draw and draw > len(cards):
        report.add("draw", f"found {draw}, but there are {len(cards)} cards")
    keyed = [sum(card.get("key") == place.get("id") for card in cards) for place in bins]
    quotas = spread(keyed, draw or 0)
    for i, (place, quota) in enumerate(zip(bins, quotas, strict=True)):
        if quota > (place.get("room") or quota):
            report.add(
                f"bins[{i}].room", f"{quota} cards shown belong there; expected room for them"
            )
    report.stop_if_any()
    chosen = str(data.get("seed", data["id"]) if seed is None else seed)
    pools = [[card for card in cards if card["key"] == name] for name in names]
    whole = [shuffled(cards, f"{chosen}:0")]
    public: dict[str, Any] = {
        "layout": data.get("layout", "columns"),
        "bins": [_place(place) for place in bins],
        "cards": [
            {"id": c["id"], "text": richtext.inlines(c["text"])}
            for c in sorted(cards, key=lambda c: str(c["id"]))
        ],
        "sets": whole if draw == len(cards) else draws(pools, quotas, chosen),
    }
    if marks := data.get("marks"):
        public["marks"] = _buttons(marks)
    titles = {place["id"]: place["title"] for place in bins}
    return public, {"cards": {c["id"]: _key(c, titles) for c in cards}}


def _buttons(marks: dict[str, Any]) -> dict[str, Any]:
    w, label = words()["sort"], marks["label"]
    signed = words()["ui"]["signed"]
    return {
        "field": "marks",
        "part": "mark",
        "bin": marks["bin"],
        "label": label,
        "ask": f"{label} {{card}}",
        "again": w["markAgain"].format(label=label),
        "count": f"{label} {w['marks']}",
        "options": [
            {"id": name, "label": title, "name": title, "said": signed.format(sign=title)}
            for name, title in marks["options"].items()
        ],
    }


def _place(place: dict[str, Any]) -> dict[str, Any]:
    if "room" not in place:
        return place
    room = words()["sort"]["room"].format(n=place["room"])
    return place | {"text": f"{place['text']}; {room}" if "text" in place else room}


def _key(card: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    w, best = words(), card["key"]
    key: dict[str, Any] = {
        "bin": best,
        "lead": f"{w['sort']['key'].format(bin=titles[best])} {deciding(card)}",
        "tags": {
            place: w["ui"]["half"] if place in card.get("half", []) else ""
            for place in sorted(titles, key=lambda place: place != best)
        },
        "feedback": {name: richtext.blocks(said) for name, said in card["feedback"].items()},
    }
    for name in ("half", "mark"):
        if name in card:
            key[name] = card[name]
    return key


def _marks(marks: dict[str, Any] | None, names: list[str], report: Report) -> None:
    if marks and marks.get("bin") and marks["bin"] not in names:
        report.add("marks.bin", unknown(marks["bin"], names))


def _card(
    card: dict[str, Any],
    at: str,
    names: list[str],
    marks: dict[str, Any] | None,
    report: Report,
) -> None:
    key, feedback = card.get("key"), card.get("feedback") or {}
    if key and key not in names:
        report.add(f"{at}.key", unknown(key, names))
    for n, place in enumerate(card.get("half") or []):
        if place and place not in names:
            report.add(f"{at}.half[{n}]", unknown(place, names))
        elif place and place == key:
            report.add(f"{at}.half[{n}]", f"is the key itself ({key}); expected another place")
    for place in feedback:
        if place not in (*names, ELSE):
            report.add(f"{at}.feedback.{place}", unknown(place, names))
    missing = [name for name in names if name not in feedback]
    if ELSE in feedback and len(names) <= 4:
        report.add(
            f"{at}.feedback.{ELSE}",
            "is for more than four places; with these few, write one for each: they are "
            + ", ".join(names),
        )
    elif missing and feedback and (ELSE not in feedback or key in missing):
        left = [str(key)] if ELSE in feedback else missing
        report.add(f"{at}.feedback", f"there is none for {', '.join(left)}")
    mark = card.get("mark")
    if mark is None:
        return
    options = (marks or {}).get("options") or {}
    if not marks:
        report.add(f"{at}.mark", "the activity has no `marks`")
    elif mark not in options:
        report.add(f"{at}.mark", unknown(mark, list(options)))
    elif key and key != marks.get("bin"):
        report.add(f"{at}.mark", f"only cards with the key {marks.get('bin')} are marked")
