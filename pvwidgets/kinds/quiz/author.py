"""What an author writes for a quiz, the rules it must keep, and its two halves."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from ...schema import Report, Schema
from ..authoring import CASE, SEED, SOURCE, item_id, listing, record, text, unique_ids, unknown
from .grade import parse
from .halves import ELSE, TRUTHS, halves

#: The fields of a question of each type besides id, text and type; those with a star are needed.
FIELDS = {
    "one": ("options*",),
    "many": ("options*",),
    "true-false": ("key*", "feedback*", "reasons*"),
    "number": ("key*", "feedback*", "tolerance", "unit", "slips"),
    "cover": ("pick*", "needs*", "options*"),
}
NOTES = ("id", "text", "case", "source")
#: The field by which an option of each type says what it is worth.
CREDIT = {"one": "credit", "many": "right", "cover": "covers", "true-false": "credit"}

_SAID = text(2000, "what to say to a learner who chose it")
_NAMED: Schema = {
    "type": "object",
    "minProperties": 2,
    "maxProperties": 12,
    "additionalProperties": text(160, "what stands beside the button, or in the menu"),
    "description": "the choices: an id and its text",
}
_OPTION = record(
    {
        "id": item_id("learners can find it in the page, so it must not give the key away"),
        "text": text(400, "what can be chosen; *emphasis* only"),
        "credit": {
            "type": "string",
            "enum": ["full", "half", "none"],
            "description": "for one, and for reasons: what it earns; without it, none",
        },
        "right": {"type": "boolean", "description": "for many: true where it should be ticked"},
        "covers": {
            "type": "array",
            "maxItems": 12,
            "items": text(60, "the id of a need"),
            "description": "for cover: the needs that it meets; [] for none",
        },
        "feedback": _SAID,
    },
    ["id", "text", "feedback"],
    "an option",
)
_TOLERANCE: Schema = {"type": "number", "description": "how far off is still right; without it, 0"}
_UNIT = text(80, "what stands after the field of a number")
_FEEDBACK: Schema = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": _SAID,
    "description": "true-false: one for true and one for false; number: right and else; an answer "
    "with options: one for each, or one under `else` for those that have none of their own",
}
_SLIPS = listing(
    record(
        {
            "value": {"type": "number", "description": "a wrong number that is likely"},
            "feedback": _SAID,
        },
        ["value", "feedback"],
        "a wrong number",
    ),
    1,
    12,
    "wrong numbers with an explanation of their own",
)
_CHOICE = text(60, "the id of an option")

SCHEMA: dict[str, Schema] = {
    "shuffle": {
        "type": "boolean",
        "description": "false keeps the options in the order of the file; without it, true",
    },
    "seed": SEED,
    "parts": listing(
        record(
            {
                "id": item_id("answers are written under it"),
                "label": text(120, "what is asked"),
                "type": {
                    "type": "string",
                    "enum": ["one", "many", "number"],
                    "description": "one option, several, or a number",
                },
                "options": _NAMED,
                "unit": _UNIT,
            },
            ["id", "label", "type"],
            "a part",
        ),
        1,
        8,
        "what is asked of every question; without it, each question has a type of its own",
    ),
    "questions": listing(
        record(
            {
                "id": item_id("it must not give the key away"),
                "text": text(1200, "the question; *emphasis* only"),
                "type": {
                    "type": "string",
                    "enum": list(FIELDS),
                    "description": "the type of a question, where the file has no `parts`",
                },
                "options": listing(_OPTION, 2, 12, "one, many, cover: what can be chosen"),
                "key": {
                    "anyOf": [
                        {"type": "boolean", "description": "whether the statement is true"},
                        {"type": "number", "description": "the right number"},
                    ],
                    "description": "true-false: true or false; number: the right number",
                },
                "reasons": listing(_OPTION, 2, 12, "true-false: reasons to choose from"),
                "tolerance": _TOLERANCE,
                "unit": _UNIT,
                "feedback": _FEEDBACK,
                "slips": _SLIPS,
                "pick": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 11,
                    "description": "cover: how many options are to be chosen",
                },
                "needs": {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 12,
                    "additionalProperties": text(120, "its name"),
                    "description": "cover: what the chosen options must meet together",
                },
                "answers": {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 8,
                    "additionalProperties": record(
                        {
                            "key": {
                                "anyOf": [
                                    _CHOICE,
                                    {"type": "number", "description": "the right number"},
                                    listing(_CHOICE, 1, 12, "the ids of the right options"),
                                ],
                                "description": "the right option, list of options, or number",
                            },
                            "full": listing(_CHOICE, 1, 6, "other options with full credit"),
                            "half": listing(_CHOICE, 1, 6, "options that earn half"),
                            "tolerance": _TOLERANCE,
                            "feedback": _FEEDBACK,
                            "slips": _SLIPS,
                        },
                        ["key", "feedback"],
                        "the answer to a part",
                    ),
                    "description": "where the file has `parts`: the answer to each, under its id",
                },
                "case": CASE,
                "source": SOURCE,
            },
            ["id", "text"],
            "a question",
        ),
        1,
        60,
        "the questions, in the order in which they are asked",
    ),
}

REQUIRED = ["questions"]

TEMPLATE = """
prompt: Answer with the report of the library in mind.
questions:
  - id: evenings
    text: Which sentence tells what became different for somebody?
    type: one                  # exactly one; others: many, true-false, number, cover
    options:                   # they are shuffled; "shuffle: false" keeps this order
      - id: open
        text: The reading room was open on 46 evenings.
        feedback: An open door is a chance. The sentence names nobody whose life became different.
      - id: passed
        text: Nine pupils passed the exam that they had failed before.
        credit: full           # full, half or none; without it, none
        feedback: '"Failed before" and "passed" tell a before and an after in people.'
  - id: cost
    text: The evenings cost 9,200 in all. What did one of the 46 evenings cost?
    type: number
    key: 200
    unit: crowns
    feedback:
      right: 9,200 / 46 = 200.
      else: Divide what all evenings cost by how many there were.
"""


def build(
    data: dict[str, Any], report: Report, seed: int | str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check the rules of a quiz and part it into its halves.

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
        What a learner may see before answering, and keys, credit and feedback.

    Raises
    ------
    ActivityError
        A rule is broken.
    """
    parts, questions = data.get("parts") or [], data.get("questions") or []
    unique_ids(questions, "questions", report)
    told = len(report.problems)
    unique_ids(parts, "parts", report)
    for i, part in enumerate(parts):
        _part(part, f"parts[{i}]", report)
    if len(report.problems) > told:  # the answers cannot be held against such parts
        report.stop_if_any()
    needs = {need for question in questions for need in question.get("needs") or {}}
    for i, question in enumerate(questions):
        if parts:
            _shared(question, f"questions[{i}]", parts, report)
        else:
            _single(question, f"questions[{i}]", needs, report)
    report.stop_if_any()
    chosen = str(data.get("seed", data["id"]) if seed is None else seed)
    return halves(data, chosen if data.get("shuffle", True) else None)


def _part(part: dict[str, Any], at: str, report: Report) -> None:
    kind = part.get("type")
    if kind == "number" and "options" in part:
        report.add(f"{at}.options", "a number has no options")
    if kind in ("one", "many"):
        if "options" not in part:
            report.add(at, f'a part of the type {kind} needs the field "options"')
        if "unit" in part:
            report.add(f"{at}.unit", "only a number has a unit")
    for name in part.get("options") or {}:
        if name == ELSE:
            report.add(f"{at}.options.{name}", '"else" has a meaning of its own in feedback')


def _shared(question: dict[str, Any], at: str, parts: list[Any], report: Report) -> None:
    for name in question:
        if name not in (*NOTES, "answers"):
            report.add(
                f"{at}.{name}",
                "the file has `parts`, so a question has only id, text and answers",
            )
    answers = question.get("answers")
    if answers is None:
        report.add(at, 'the file has `parts`, so the field "answers" is missing')
        return
    known = {part.get("id"): part for part in parts}
    for name, answer in answers.items():
        here = f"{at}.answers.{name}"
        if name not in known:
            report.add(here, unknown(name, known))
        else:
            _answer(answer, here, known[name], report)
    for name in known:
        if name and name not in answers:
            report.add(f"{at}.answers", f'there is none for the part "{name}"')


def _answer(answer: dict[str, Any], at: str, part: dict[str, Any], report: Report) -> None:
    kind, key = part.get("type"), answer.get("key")
    if kind is None or key is None:  # told already
        return
    only = {"one": ("full", "half"), "number": ("tolerance", "slips")}.get(kind, ())
    for name in ("full", "half", "tolerance", "slips"):
        if name in answer and name not in only:
            report.add(f"{at}.{name}", f"a part of the type {kind} has no `{name}`")
    if kind == "number":
        _number(answer, at, report)
        return
    wanted = {"one": "the id of an option", "many": "a list of the ids of options"}[kind]
    if isinstance(key, list) != (kind == "many"):
        report.add(f"{at}.key", f"expected {wanted}, for the part is of the type {kind}")
        return
    options = part.get("options") or {}
    keys = key if isinstance(key, list) else [key]
    spots = [
        (f"{at}.key[{n}]" if kind == "many" else f"{at}.key", one) for n, one in enumerate(keys)
    ]
    for name in ("full", "half"):
        spots += [(f"{at}.{name}[{n}]", one) for n, one in enumerate(answer.get(name) or [])]
    seen: set[Any] = set()
    for spot, one in spots:
        if one and one not in options:
            report.add(spot, unknown(one, options))
        elif one in seen:
            report.add(spot, f'"{one}" is named twice')
        seen.add(one)
    _choices_have_feedback(answer.get("feedback") or {}, f"{at}.feedback", options, keys, report)


def _choices_have_feedback(
    feedback: dict[str, Any], at: str, options: dict[str, Any], keys: list[Any], report: Report
) -> None:
    for name in feedback:
        if name not in (*options, ELSE):
            report.add(f"{at}.{name}", unknown(name, (*options, ELSE)))
    missing = [name for name in options if name not in feedback]
    if ELSE in feedback:
        missing = [name for name in missing if name in keys]
    if missing and feedback:
        more = "; `else` does not stand for the key" if ELSE in feedback else ""
        report.add(at, f"there is none for {', '.join(missing)}{more}")
    elif ELSE in feedback and all(name in feedback for name in options):
        report.add(f"{at}.{ELSE}", "every option has feedback of its own; take it out")


def _single(question: dict[str, Any], at: str, needs: set[str], report: Report) -> None:
    if "answers" in question:
        report.add(f"{at}.answers", "the file has no `parts` that could be answered")
    kind = question.get("type")
    if "type" not in question and "answers" not in question:
        report.add(at, f'the field "type" is missing: one of {", ".join(FIELDS)}')
    if kind is None:
        return
    known = [name.rstrip("*") for name in FIELDS[kind]]
    for name in question:
        if name not in (*NOTES, "type", "answers", *known):
            report.add(f"{at}.{name}", f"a question of the type {kind} has no `{name}`")
    lacking = [n[:-1] for n in FIELDS[kind] if n.endswith("*") and n[:-1] not in question]
    for name in lacking:
        report.add(at, f'a question of the type {kind} needs the field "{name}"')
    for field in ("options", "reasons"):
        if field in known:
            _options(question.get(field) or [], f"{at}.{field}", kind, report)
    if kind == "cover" and not lacking:
        _cover(question, at, needs, report)
    if kind == "true-false":
        _true_false(question, at, report)
    if kind == "number":
        _number(question, at, report)


def _options(options: list[Any], at: str, kind: str, report: Report) -> None:
    unique_ids(options, at, report)
    own = CREDIT[kind]
    for i, option in enumerate(options):
        for name in ("credit", "right", "covers"):
            if name in option and name != own:
                report.add(f"{at}[{i}].{name}", f"with {kind}, an option has `{own}` instead")
        if kind == "cover" and own not in option:
            report.add(f"{at}[{i}]", 'the field "covers" is missing; [] where it meets no need')
    if options and kind == "many" and not any(option.get("right") for option in options):
        report.add(at, "no option is right; expected `right: true` with one at least")
    if options and own == "credit" and not any(o.get("credit") == "full" for o in options):
        report.add(at, "no option earns the full point; expected `credit: full` with one at least")


def _cover(question: dict[str, Any], at: str, needs: set[str], report: Report) -> None:
    options, pick = question.get("options") or [], question.get("pick") or 0
    own = set(question.get("needs") or {})
    for i, option in enumerate(options):
        for n, need in enumerate(option.get("covers") or []):
            if need and need not in needs:
                report.add(f"{at}.options[{i}].covers[{n}]", unknown(need, sorted(needs)))
    if pick >= len(options):
        report.add(f"{at}.pick", f"found {pick}, but there are only {len(options)} options")
    elif own and not any(
        own <= {need for option in some for need in option.get("covers") or []}
        for some in combinations(options, pick)
    ):
        report.add(f"{at}.pick", f"no {pick} of the options cover all needs together")


def _true_false(question: dict[str, Any], at: str, report: Report) -> None:
    key, feedback = question.get("key"), question.get("feedback") or {}
    if key is not None and not isinstance(key, bool):
        report.add(f"{at}.key", f"expected true or false, found {key}")
    _exactly(feedback, TRUTHS, f"{at}.feedback", report)


def _number(answer: dict[str, Any], at: str, report: Report) -> None:
    key = answer.get("key")
    _exactly(answer.get("feedback") or {}, ("right", ELSE), f"{at}.feedback", report)
    if key is None:
        return
    exact = parse(key) if isinstance(key, str) else None
    if exact is None:
        report.add(f"{at}.key", f"expected a number, found {str(key).lower()}")
        return
    near = parse(answer.get("tolerance") or "0") or 0
    if near < 0:
        report.add(f"{at}.tolerance", "expected a number that is not below 0")
    seen = [exact]
    for n, slip in enumerate(answer.get("slips") or []):
        value = parse(slip.get("value") or "")
        if value is None:
            continue
        if abs(value - exact) <= near:
            report.add(f"{at}.slips[{n}].value", f"{slip['value']} counts as right")
        elif any(abs(value - other) <= near for other in seen):
            report.add(f"{at}.slips[{n}].value", f"{slip['value']} is taken for an earlier one")
        seen.append(value)


def _exactly(feedback: dict[str, Any], names: tuple[str, ...], at: str, report: Report) -> None:
    for name in feedback:
        if name not in names:
            report.add(f"{at}.{name}", unknown(name, names))
    missing = [name for name in names if name not in feedback]
    if missing and feedback:
        report.add(at, f"there is none for {', '.join(missing)}")
