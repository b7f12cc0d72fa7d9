"""What an author writes for sharing a service, the rules it must keep, and its two halves."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Any

from ... import richtext
from ...schema import Report, Schema
from ...words import words
from ..authoring import SOURCE, item_id, listing, record, text, unique_ids
from . import model
from .grade import RULE

STATUS = {"full": "right", "half": "half", "none": "wrong"}

_NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": 1_000_000}

SCHEMA: dict[str, Schema] = {
    "unit": text(30, "what is shared, for example hours"),
    "unit_one": text(30, "the word for exactly one, for example hour; the unit where left out"),
    "portion": {
        "type": "integer",
        "minimum": 1,
        "maximum": 1000,
        "description": "how many of the unit are moved at a time",
    },
    "outcome": text(120, "what the outcome counts, for example households in 100 that ..."),
    "groups": listing(
        record(
            {
                "id": item_id("no page shows it"),
                "name": text(40, "its name"),
                "people": {
                    **_NUMBER,
                    "minimum": 1,
                    "description": "its weight in the mean; without it, 1",
                },
                "start": {**_NUMBER, "description": "portions at the start"},
                "base": {**_NUMBER, "description": "the outcome without any portion"},
                "gains": listing(
                    {**_NUMBER, "description": "what a portion adds"},
                    1,
                    40,
                    "what the first portion adds, the second, and so on; none adds more than the "
                    "one before. There are as many as the group can use",
                ),
            },
            ["id", "name", "start", "base", "gains"],
            "a group that gets a share",
        ),
        2,
        6,
        "the groups; their portions at the start, added up, are what there is to share",
    ),
    "rules": listing(
        record(
            {
                "id": item_id("answers are kept under it"),
                "type": {
                    "type": "string",
                    "enum": list(model.RULES),
                    "description": "highest mean, best for the worst-off, equal portions, or a "
                    "limit to what anybody loses",
                },
                "text": text(200, "the rule in words"),
                "most": {
                    **_NUMBER,
                    "description": "for the type loss: how much anybody may lose, in the outcome",
                },
                "feedback": text(2000, "what speaks for it, and who would have to explain it"),
            },
            ["id", "type", "text", "feedback"],
            "a rule that can be chosen",
        ),
        2,
        6,
        "the rules; none of them is the right one",
    ),
    "questions": listing(
        record(
            {
                "id": item_id("answers are kept under it"),
                "text": text(600, "what is asked; *emphasis* only"),
                "options": listing(
                    record(
                        {
                            "id": item_id("it must not tell whether the option is right"),
                            "text": text(300, "the answer; plain"),
                            "credit": {
                                "type": "string",
                                "enum": ["full", "half", "none"],
                                "description": "what it earns; without it, none",
                            },
                            "feedback": text(2000, "what to say to a learner who chose it"),
                        },
                        ["id", "text", "feedback"],
                        "an answer to choose",
                    ),
                    2,
                    8,
                    "the answers, each with an `id`, a `text`, its `credit` and `feedback`",
                ),
                "source": SOURCE,
            },
            ["id", "text", "options"],
            "a question on what the rules do; a point each",
        ),
        1,
        12,
        "what is asked about the rules and the figures",
    ),
}

REQUIRED = ["unit", "outcome", "groups", "rules", "questions"]

TEMPLATE = """
prompt: >-
  The reading room has eight hours a week for two schools. Move them, choose a rule, and see what it
  does. All figures are invented.
unit: hours
portion: 1                     # so many are moved at a time
outcome: pupils in 100 who finish their homework
groups:
  - id: hill
    name: Hill School
    people: 300
    start: 4                   # portions at the start
    base: 50                   # the outcome without any
    gains: [8, 7, 6, 5, 4, 3]  # what each further portion adds, never more than the one before
  - id: dock
    name: Dock School
    people: 100
    start: 4
    base: 20
    gains: [6, 5, 5, 4, 3, 3]
rules:                         # mean, worst, equal or loss; none is the right one
  - id: best-mean
    type: mean
    text: The mean of all pupils is as high as can be.
    feedback: It helps most pupils most. Those of a small school would ask why they count less.
  - id: best-worst
    type: worst
    text: The school that is worst off is as well off as can be.
    feedback: It looks first at those who have least. The others would ask what it may cost them.
  - id: at-most-five
    type: loss
    most: 5                    # in the outcome; for this type only
    text: No school loses more than 5 against the start.
    feedback: It spares everybody a shock. It also keeps much as it is, fair or not.
questions:
  - id: mean-up
    text: Under the first rule the mean goes up. Who pays for it?
    options:
      - id: a
        text: Dock School
        credit: full           # full, half or none
        feedback: Hours go where they add most for most pupils, and Dock School has fewer.
      - id: b
        text: Nobody
        feedback: Look at the two schools one by one; a mean does not show who loses.
"""


def build(
    data: dict[str, Any], report: Report, seed: int | str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check the rules of a sharing activity and part it into its halves.

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
        What a learner may see before answering, what each rule chooses included; and credit and
        feedback of the questions.

    Raises
    ------
    ActivityError
        A rule is broken.
    """
    for name in ("groups", "rules", "questions"):
        unique_ids(data.get(name) or [], name, report)
    for i, group in enumerate(data.get("groups") or []):
        _group(group, f"groups[{i}]", report)
    for i, rule in enumerate(data.get("rules") or []):
        _rule(rule, f"rules[{i}]", report)
    for i, question in enumerate(data.get("questions") or []):
        _question(question, f"questions[{i}]", report)
    report.stop_if_any()
    groups = [
        model.Group(
            one["name"],
            one.get("people", 1),
            tuple(accumulate(one["gains"], initial=one["base"])),
            one["start"],
        )
        for one in data["groups"]
    ]
    choice = {"id": RULE, "text": words()["share"]["rule"], "options": data["rules"]}
    asked = [choice, *data["questions"]]
    public = {
        "unit": data["unit"],
        "unit_one": data.get("unit_one", data["unit"]),
        "portion": data.get("portion", 1),
        "outcome": data["outcome"],
        "groups": [
            {"name": one.name, "people": one.people, "outcomes": list(one.outcomes)}
            for one in groups
        ],
        "start": [one.start for one in groups],
        "rules": {rule["id"]: _applied(rule, groups) for rule in data["rules"]},
        "cards": [
            {
                "id": one["id"],
                "text": richtext.inlines(one["text"]),
                "options": [{"id": o["id"], "text": o["text"]} for o in one["options"]],
            }
            for one in asked
        ],
        "sets": [[one["id"] for one in asked]],
    }
    key = {one["id"]: {o["id"]: _option(o) for o in one["options"]} for one in asked}
    return public, {"cards": key}


def _option(option: dict[str, Any]) -> dict[str, Any]:
    # A rule has a type and no credit: none is wrong.
    status = "defensible" if "type" in option else STATUS[option.get("credit", "none")]
    return {"status": status, "feedback": richtext.blocks(option["feedback"])}


def _applied(rule: dict[str, Any], groups: list[model.Group]) -> dict[str, Any]:
    kind, most = rule["type"], rule.get("most", 0)
    best = model.choose(kind, groups, most)
    people = sum(group.people for group in groups)
    return {
        "best": best,
        "floor": model.floor(kind, groups, most),
        "least": int(model.mean(groups, best) * people) if kind == "mean" else 0,
    }


def _group(group: dict[str, Any], at: str, report: Report) -> None:
    gains = [gain for gain in group.get("gains") or [] if gain is not None]
    for n, (earlier, later) in enumerate(pairwise(gains), 1):
        if later > earlier:
            report.add(
                f"{at}.gains[{n}]",
                f"found {later} after {earlier}; expected no more than the portion before adds",
            )
    start = group.get("start")
    if start is not None and gains and start > len(gains):
        report.add(f"{at}.start", f"found {start}, but the group can use {len(gains)} portions")


def _rule(rule: dict[str, Any], at: str, report: Report) -> None:
    if rule.get("type") == "loss" and "most" not in rule:
        report.add(at, "a rule of the type loss needs `most`")
    elif rule.get("type") not in ("loss", None) and "most" in rule:
        report.add(f"{at}.most", "is for rules of the type loss")


def _question(question: dict[str, Any], at: str, report: Report) -> None:
    options = question.get("options") or []
    unique_ids(options, f"{at}.options", report)
    full = sum(option.get("credit") == "full" for option in options)
    if options and full != 1:
        report.add(f"{at}.options", f"expected one option with `credit: full`, found {full}")
