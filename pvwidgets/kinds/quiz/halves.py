"""Part a quiz that keeps the rules into its two halves.

Whatever the type of a question, its parts come out in one form. In the public half a part is a
field to fill in. In the key half it is an entry for each option, or for each number that
something is said of: what it earns (``points``, or the needs that it ``meets``), its name, and
what is said of it. `of` is what makes the whole of a part.
"""

from __future__ import annotations

from math import lcm
from typing import Any

from ... import richtext
from ...words import words
from ..authoring import shuffled
from .grade import MAX_NUMBER, parts_of

ELSE = "else"
TRUTHS = ("true", "false")
#: So many options of a shared part are shown as buttons, more as a menu.
BUTTONS = 4

Data = dict[str, Any]


def halves(data: Data, seed: str | None) -> tuple[Data, Data]:
    """Return the public half and the key half.

    Parameters
    ----------
    data : dict
        The fields of the file.
    seed : str or None
        Shuffle the options by it; None keeps their order.
    """
    shared = data.get("parts", [])
    cards = []
    for question in data["questions"]:
        card = {"id": question["id"], "text": richtext.inlines(question["text"])}
        cards.append(card if shared else card | {"parts": _fields(question, seed)})
    public = {
        "parts": [_shared_field(part) for part in shared],
        "cards": cards,
        "sets": [[card["id"] for card in cards]],
    }
    keys: dict[str, Data] = {}
    scale = 1
    for question in data["questions"]:
        parts = parts_of(public, question["id"])
        answers = [question["answers"][p["id"]] for p in shared] if shared else _answers(question)
        found = [_key(part, answer) for part, answer in zip(parts, answers, strict=True)]
        keys[question["id"]] = {part["id"]: one for part, one in zip(parts, found, strict=True)}
        scale = lcm(scale, *(one["of"] * len(parts) for one in found))
    return public, {"scale": scale, "cards": keys}


def _shared_field(part: Data) -> Data:
    field = {"id": part["id"], "label": part["label"], "type": part["type"]}
    if part["type"] == "number":
        return field | _number_field(part)
    field["options"] = [{"id": name, "text": said} for name, said in part["options"].items()]
    if part["type"] == "many":
        field["hint"] = words()["quiz"]["several"]
    elif len(part["options"]) > BUTTONS:
        field["menu"] = True
    return field


def _number_field(given: Data) -> Data:
    if "unit" not in given:
        return {"max": MAX_NUMBER}
    unit = given["unit"]
    return {"max": MAX_NUMBER, "unit": unit, "tails": [unit] + ["%"] * unit.startswith("%")}


def _fields(question: Data, seed: str | None) -> list[Data]:
    w, kind = words()["quiz"], question["type"]
    field: Data = {"id": "answer", "type": kind}
    if kind == "number":
        return [field | _number_field(question)]
    if kind == "true-false":
        truths = [{"id": name, "text": w[name]} for name in TRUTHS]
        reasons = _shown(question["reasons"], seed, question["id"])
        return [
            {"id": "verdict", "label": w["verdict"], "type": "one", "options": truths},
            {"id": "reason", "label": w["reason"], "type": "one", "options": reasons},
        ]
    field["options"] = _shown(question["options"], seed, question["id"])
    if kind == "many":
        field["hint"] = w["several"]
    if kind == "cover":
        pick = question["pick"]
        field |= {"type": "many", "pick": pick, "hint": w["pick"].format(n=pick)}
    return [field]


def _shown(options: list[Data], seed: str | None, question: str) -> list[Data]:
    texts = {option["id"]: richtext.inlines(option["text"]) for option in options}
    order = list(texts) if seed is None else shuffled(options, f"{seed}:{question}")
    return [{"id": name, "text": texts[name]} for name in order]


def _answers(question: Data) -> list[Data]:
    """Return the answers of a question of one type in the form of those to shared parts."""
    kind = question["type"]
    if kind == "number":
        return [question]
    options = question["reasons" if kind == "true-false" else "options"]
    feedback = {option["id"]: option["feedback"] for option in options}
    if kind == "cover":
        covers = {option["id"]: option["covers"] for option in options}
        return [{"feedback": feedback, "needs": question["needs"], "covers": covers}]
    if kind == "many":
        return [{"key": [o["id"] for o in options if o.get("right")], "feedback": feedback}]
    full = [o["id"] for o in options if o.get("credit") == "full"]
    half = [o["id"] for o in options if o.get("credit") == "half"]
    answer = {"key": full[0], "full": full[1:], "half": half, "feedback": feedback}
    if kind == "one":
        return [answer]
    return [{"key": str(question["key"]).lower(), "feedback": question["feedback"]}, answer]


def _key(part: Data, answer: Data) -> Data:
    if part["type"] == "number":
        return _number_key(part, answer)
    said = {name: richtext.blocks(why) for name, why in answer["feedback"].items()}
    names = {option["id"]: plain(option) for option in part["options"]}
    key = _cover_key(names, answer) if "pick" in part else _choice_key(part, names, answer)
    for one in key["told"]:
        one["name"] = names[one["id"]]
        if one["id"] in said:
            one["said"] = said[one["id"]]
    key["lead"] = labelled(part, key["lead"])
    return key | ({"else": said[ELSE]} if ELSE in said else {})


def _choice_key(part: Data, names: dict[str, str], answer: Data) -> Data:
    w = words()["quiz"]
    many = part["type"] == "many"
    full = [*(answer["key"] if many else [answer["key"]]), *answer.get("full", [])]
    told: list[Data] = []
    for name in names:
        if name in full:
            told.append({"id": name, "points": 1 if many else 2, "tag": w["full"]})
        elif name in answer.get("half", []):
            told.append({"id": name, "points": 1, "tag": w["halfCredit"]})
        else:
            told.append({"id": name, "points": -1 if many else 0})
    lead = w["right"].format(right="; ".join(names[name] for name in full))
    return {"lead": lead, "of": len(full) if many else 2, "told": told}


def _cover_key(names: dict[str, str], answer: Data) -> Data:
    w, needs = words()["quiz"], answer["needs"]
    told: list[Data] = []
    for name in names:
        meets = [need for need in answer["covers"][name] if need in needs]
        tag = w["meets"].format(needs=", ".join(needs[need] for need in meets))
        told.append({"id": name, "meets": meets} | ({"tag": tag} if meets else {}))
    return {
        "lead": w["needs"].format(needs=", ".join(needs.values())),
        "of": len(needs),
        "told": told,
    }


def _number_key(part: Data, answer: Data) -> Data:
    w = words()["quiz"]
    told = [(answer["key"], answer["feedback"]["right"])]
    told += [(slip["value"], slip["feedback"]) for slip in answer.get("slips", [])]
    entries = [
        {"id": value, "name": shown, "points": int(n == 0), "said": richtext.blocks(why)}
        for n, (value, why) in enumerate(told)
        for shown in [value.lstrip("+").replace("-", "−")]
    ]
    entries[0]["tag"] = w["full"]
    rest = {"id": "", "name": w["other"], "points": 0}
    right = f"{entries[0]['name']} {part.get('unit', '')}".rstrip()
    return {
        "lead": labelled(part, w["right"].format(right=right)),
        "of": 1,
        "near": answer.get("tolerance", "0"),
        "told": [*entries, rest | {"said": richtext.blocks(answer["feedback"][ELSE])}],
    }


def plain(option: Data) -> str:
    """Return the text of an option without its markup."""
    text = option["text"]
    return text if isinstance(text, str) else richtext.to_text(text)


def labelled(part: Data, said: str) -> str:
    """Return what is said of a part, after its label if it has one."""
    return f"{part['label']} {said}" if "label" in part else said
