"""What an author writes for a matrix activity, the rules it must keep, and its two halves."""

from __future__ import annotations

from typing import Any

from ... import richtext
from ...schema import Report, Schema
from ...words import words
from ..authoring import deciding, draws, shuffled, unique_ids, words_occur
from .grade import CELLS, SIGNS, off

#: The words for what is off.
OFF = {("column", "row"): "offBoth", ("column",): "offColumn", ("row",): "offRow"}

_CELL = {"type": "string", "enum": list(CELLS)}
_MEANING = {
    "IW": "individual welfare, My Wellbeing",
    "CW": "collective welfare, Our Wellbeing",
    "IJ": "individual justice, My Rights and Duties",
    "CJ": "collective justice, Our Rights and Duties",
}

SCHEMA: dict[str, Schema] = {
    "draw": {
        "type": "integer",
        "minimum": 4,
        "maximum": 200,
        "description": "how many cards are shown at a time, the same number from each cell; "
        "without it all cards are shown",
    },
    "seed": {
        "type": "integer",
        "minimum": 0,
        "maximum": 999_999_999,
        "description": "a number that decides which cards are drawn together; any will do",
    },
    "cards": {
        "type": "array",
        "minItems": 1,
        "description": "the cards to sort, each with one effect",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["id", "text", "key", "feedback"],
            "properties": {
                "id": {
                    "type": "string",
                    "pattern": r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
                    "maxLength": 60,
                    "description": "a name in small letters, digits and hyphens, unique in the "
                    "file; learners can find it in the page, so it must not name the cell",
                },
                "case": {
                    "type": "string",
                    "pattern": r"\S",
                    "maxLength": 60,
                    "description": "the case that the effect comes from",
                },
                "text": {
                    "type": "string",
                    "pattern": r"\S",
                    "maxLength": 600,
                    "description": "one effect in one sentence; *emphasis* only",
                },
                "sign": {
                    "type": "string",
                    "enum": list(SIGNS),
                    "description": "whether a value is gained or lost; without it, gain",
                },
                "key": {**_CELL, "description": "the cell where the effect belongs"},
                "alt": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["cell", "reason"],
                    "description": "a defensible second cell, in the key's row or column",
                    "properties": {
                        "cell": {**_CELL, "description": "the defensible second cell"},
                        "reason": {
                            "type": "string",
                            "pattern": r"\S",
                            "maxLength": 1000,
                            "description": "why it can be defended, in one sentence",
                        },
                    },
                },
                "words": {
                    "type": "array",
                    "description": "the words of the text that decide",
                    "items": {
                        "type": "string",
                        "pattern": r"\S",
                        "maxLength": 200,
                        "description": "words that occur in the card's text",
                    },
                },
                "feedback": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": list(CELLS),
                    "description": "one explanation for each cell, the right one too",
                    "properties": {
                        cell: {
                            "type": "string",
                            "pattern": r"\S",
                            "maxLength": 2000,
                            "description": f"what to say to a learner who chose {_MEANING[cell]}",
                        }
                        for cell in CELLS
                    },
                },
                "source": {
                    "type": "string",
                    "pattern": r"\S",
                    "maxLength": 60,
                    "description": "a code of the source that the effect illustrates",
                },
            },
        },
    },
}

REQUIRED = ["cards"]

#: What of the public half is for the screen alone.
SHOWN = ("name", "layout", "wide", "columns", "bins", "marks", "bars")


TEMPLATE = """
prompt: Which value is gained or lost here? Choose its cell. Then mark + or −.
# Without "draw" all cards are shown. "draw: 12" shows twelve at a time, three from each cell.
cards:
  - id: waiting-room
    case: Invented example
    text: The clinic now has chairs with arms, so an old man can get up without help.
    sign: gain                 # or: loss
    key: IW                    # IW, CW, IJ or CJ
    words: ["an old man can get up"]
    feedback:                  # one for each cell, the right one too: say why
      IW: One man's need is met, and "an old man can get up" tells how he lives better.
      CW: The chairs stand in a shared room, but the effect told is what one man can do.
      IJ: He may have a claim to be received with dignity; the card speaks of comfort only.
      CJ: No groups are set side by side.
"""


def build(
    data: dict[str, Any], report: Report, seed: int | str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check the rules of a matrix activity and part it into its halves.

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
        What a learner may see before answering, and keys, reasons and feedback.

    Raises
    ------
    ActivityError
        A rule is broken.
    """
    cards = data.get("cards") or []
    _rules(cards, report)
    if data.get("draw"):
        _draw_rules(cards, data["draw"], report)
    report.stop_if_any()
    draw = data.get("draw", len(cards))
    chosen = str(data.get("seed", data["id"]) if seed is None else seed)
    sets = _sets(cards, draw, chosen) if draw < len(cards) else [shuffled(cards, f"{chosen}:0")]
    if not sets:
        report.add("draw", "in every draw more than one card in four has an alt; add cards without")
        report.stop_if_any()
    m, ui = words()["matrix"], words()["ui"]
    public = {
        "name": m["name"],
        "layout": "grid",
        "wide": 2,
        "columns": list(m["columns"].values()),
        "bins": [_place(cell) for cell in CELLS],
        "marks": {
            "field": "signs",
            "part": "sign",
            "ask": ui["signOf"],
            "again": ui["signAgain"],
            "count": ui["signs"],
            "options": [_sign(sign) for sign in SIGNS],
        },
        "bars": m["questions"],
        "cards": [
            {"id": c["id"], "text": richtext.inlines(c["text"])}
            for c in sorted(cards, key=lambda c: str(c["id"]))
        ],
        "sets": sets,
    }
    return public, {"cards": {c["id"]: _key(c) for c in cards}}


def _place(cell: str) -> dict[str, Any]:
    m = words()["matrix"]
    place = {"id": cell, "title": m["cells"][cell], "text": m["axes"][cell]}
    return place | ({"row": m["rows"][cell[1]]} if cell[0] == "I" else {})


def _sign(sign: str) -> dict[str, str]:
    m, ui = words()["matrix"], words()["ui"]
    said = ui["signed"].format(sign=m["signs"][sign])
    return {"id": sign, "label": m["marks"][sign], "name": ui[sign], "said": said}


def _key(card: dict[str, Any]) -> dict[str, Any]:
    m, ui = words()["matrix"], words()["ui"]
    cell, sign, alt = card["key"], card.get("sign", SIGNS[0]), card.get("alt", {}).get("cell")
    column, row = cell
    reads = ui["reads"].format(
        column=m["columns"][column],
        row=m["rows"][row],
        sign=ui["isGain" if sign == "gain" else "isLoss"],
    )
    wrong = {one: off(cell, alt, one) for one in CELLS}
    key: dict[str, Any] = {
        "cell": cell,
        "sign": sign,
        "lead": f"{reads} {deciding(card)}",
        "tags": {
            one: ui["usual"] if one == cell else ui["defensible"] if one == alt else ""
            for one in sorted(CELLS, key=lambda one: one != cell)
        },
        "off": {
            one: ui[OFF[axes] + "Only" * (alt is not None and len(axes) == 1)]
            for one, axes in wrong.items()
            if axes
        },
        "feedback": {cell: richtext.blocks(card["feedback"][cell]) for cell in CELLS},
    }
    if "alt" in card:
        key["alt"] = alt
        key["reason"] = richtext.blocks(card["alt"]["reason"])
    return key


def _rules(cards: list[dict[str, Any]], report: Report) -> None:
    unique_ids(cards, "cards", report)
    for i, card in enumerate(cards):
        at = f"cards[{i}]"
        words_occur(card, at, report)
        alt = card.get("alt") or {}
        key, second = card.get("key"), alt.get("cell")
        if key and second:
            said = (card.get("feedback") or {}).get(second)
            if key == second:
                report.add(f"{at}.alt.cell", f"is the key itself ({key}); expected a second cell")
            elif key[0] != second[0] and key[1] != second[1]:
                report.add(
                    f"{at}.alt.cell",
                    f"{second} lies diagonally to the key {key}; expected a cell in the same row "
                    "or column. Reword the card until one reading is gone",
                )
            elif said and not said.startswith("Defensible:"):
                report.add(
                    f"{at}.feedback.{second}",
                    f'expected to start with "Defensible:", because {second} is this card\'s alt; '
                    "put quotes around the text, for there is a colon in it",
                )
    alts = [i for i, card in enumerate(cards) if card.get("alt")]
    if 4 * len(alts) > len(cards):
        report.add(
            f"cards[{alts[-1]}].alt",
            f"{len(alts)} of {len(cards)} cards have an alt; expected at most one in four",
        )


def _draw_rules(cards: list[dict[str, Any]], draw: int, report: Report) -> None:
    if draw % len(CELLS):
        report.add(
            "draw", f"found {draw}, expected a multiple of 4 (the same number from each cell)"
        )
        return
    for cell in CELLS:
        have = sum(card.get("key") == cell for card in cards)
        if have < draw // len(CELLS):
            report.add(
                "draw",
                f"{draw} cards need {draw // len(CELLS)} with the key {cell}, found {have}",
            )


def _sets(cards: list[dict[str, Any]], draw: int, seed: str) -> list[list[str]]:
    """Draw sets with the same number of cards from each cell, at most a quarter with an alt."""
    pools = [[c for c in cards if c["key"] == cell] for cell in CELLS]
    quotas = [draw // len(CELLS)] * len(CELLS)
    return draws(pools, quotas, seed, lambda chosen: 4 * sum("alt" in c for c in chosen) <= draw)
