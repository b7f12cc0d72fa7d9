"""What an author writes for a written answer, the rules it must keep, and its two halves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ... import richtext
from ...errors import ActivityError
from ...schema import Report, Schema, check, read
from ...words import words
from ..authoring import item_id, listing, record, text, unique_ids
from .grade import MAX_RATING, MAX_TEXT, OWN

PARTS = listing(
    record(
        {
            "id": item_id("answers are kept under it"),
            "title": text(120, "a short heading, for the file that learners can save"),
            "prompt": text(2000, "what to write; small Markdown without lists"),
            "words": {
                "type": "integer",
                "minimum": 1,
                "maximum": 600,
                "description": "roughly how many words are wanted",
            },
            "model": text(8000, "one good answer, to compare with afterwards; small Markdown"),
        },
        ["id", "prompt"],
        "something to write",
    ),
    1,
    20,
    "what is to be written, in this order",
)

SCHEMA: dict[str, Schema] = {
    "log": {
        "type": "integer",
        "minimum": 1,
        "maximum": 99,
        "description": "the number of the step, if this is one of the log",
    },
    "gather": listing(
        text(60, "the id of an activity of this kind"),
        1,
        30,
        "activities whose answers are shown above, to build on",
    ),
    "parts": PARTS,
    "rubric": listing(
        record(
            {
                "id": item_id("samples name it in their ratings"),
                "title": text(120, "what is rated"),
                "weight": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 20,
                    "description": "how many times it counts; without it, once",
                },
                "anchors": listing(
                    text(300, "what a text is like that earns this rating"),
                    MAX_RATING + 1,
                    MAX_RATING + 1,
                    "what the ratings 0, 1, 2 and 3 mean, in this order",
                ),
            },
            ["id", "title", "anchors"],
            "one thing to rate",
        ),
        1,
        20,
        "by what learners rate the samples and then their own text",
    ),
    "pass": record(
        {
            "points": {
                "type": "integer",
                "minimum": 1,
                "maximum": 1200,
                "description": "the sum of ratings times weights from which a text would pass",
            },
            "never-zero": listing(
                text(60, "the id of a criterion"), 1, 20, "what must not be rated 0"
            ),
        },
        ["points"],
        "when the learner's own rating would be enough",
    ),
    "samples": listing(
        record(
            {
                "id": item_id("ratings are kept under it, so it must not tell how good it is"),
                "title": text(120, "what stands above it"),
                "text": text(30_000, "the whole text; small Markdown"),
                "ratings": {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": record(
                        {
                            "rating": {
                                "type": "integer",
                                "minimum": 0,
                                "maximum": MAX_RATING,
                                "description": "your own rating",
                            },
                            "feedback": text(2000, "why; small Markdown"),
                        },
                        ["rating", "feedback"],
                        "your rating by one criterion, and why",
                    ),
                    "description": "your rating by each criterion of the rubric, under its id",
                },
            },
            ["id", "title", "text", "ratings"],
            "a text to rate",
        ),
        1,
        6,
        "texts that learners rate before their own, so that they rate as you do",
    ),
}

REQUIRED = ["parts"]

TEMPLATE = """
prompt: Think of the library that you know best. Notes are enough.
parts:
  - id: hours
    prompt: When is it open, and *who* can come then? Name one group that cannot.
    words: 40                  # roughly; nothing is cut
    model: >-                  # shown when the learner has written something
      It is open on weekdays from ten to six. Pupils and pensioners can come. Who works in a shop
      until six cannot, and Saturday is the only day that would help.
  - id: change
    prompt: What would you change, and who would pay for it?
    words: 60
"""


def build(
    data: dict[str, Any], report: Report, seed: int | str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check the rules of a written answer and part it into its halves.

    Parameters
    ----------
    data : dict
        The fields, already held against `SCHEMA`.
    report : Report
        Where problems are noted; raised here when there are any.
    seed : int or str, optional
        Nothing is drawn here.

    Returns
    -------
    public, key : dict
        What a learner may see before answering; models, our ratings and their reasons.

    Raises
    ------
    ActivityError
        A rule is broken.
    """
    parts, rubric = data.get("parts") or [], data.get("rubric") or []
    samples = data.get("samples") or []
    for name, items in (("parts", parts), ("rubric", rubric), ("samples", samples)):
        unique_ids(items, name, report)
    for i, part in enumerate(parts):
        if any(node[0] != "p" for node in richtext.blocks(part.get("prompt") or "")):
            report.add(
                f"parts[{i}].prompt",
                "is the name of a field, so it cannot hold a list; put the list into the prompt of "
                "the activity",
            )
    criteria = [one.get("id") for one in rubric]
    for i, sample in enumerate(samples):
        _sample(sample, f"samples[{i}]", criteria, report)
    _pass(data.get("pass"), rubric, report)
    gathered = _gathered(data, report)
    report.stop_if_any()
    public: dict[str, Any] = {
        "parts": [_part(part) for part in parts],
        "rubric": [_criterion(one) for one in rubric],
        "samples": [
            {"id": one["id"], "title": one["title"], "text": richtext.blocks(one["text"])}
            for one in samples
        ],
    }
    if "log" in data:
        public["log"] = data["log"]
    if rubric:
        public["most"] = _most(rubric)
    if "pass" in data:
        public["pass"] = _rule(data["pass"], rubric)
    if gathered:
        public["gather"] = gathered
    w = words()["worksheet"]
    models = {one["id"]: _headed(w["model"], one["model"]) for one in parts if "model" in one}
    ours = {
        sample["id"]: {
            name: {"option": str(one["rating"]), "feedback": _headed(w["ours"], one["feedback"])}
            for name, one in sample["ratings"].items()
        }
        for sample in samples
    }
    public["models"] = list(models)
    return public, {"models": models, "samples": ours}


def _headed(title: str, said: str) -> list[Any]:
    return [["p", ["strong", title]], *richtext.blocks(said)]


def _part(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part as the field that the front end draws."""
    return {
        "id": part["id"],
        "label": _label(part),
        "title": part.get("title") or " ".join(richtext.to_text(_label(part)).split()),
        "type": "long",
        "max": MAX_TEXT,
        "hint": words()["worksheet"]["about"].format(n=part["words"]) if "words" in part else "",
    }


def _label(part: dict[str, Any]) -> list[Any]:
    label = [["strong", part["title"]], ["br"]] if "title" in part else []
    for number, (_, *inner) in enumerate(richtext.blocks(part["prompt"])):
        label += [["br"], *inner] if number else inner
    return label


def _criterion(one: dict[str, Any]) -> dict[str, Any]:
    weight = one.get("weight", 1)
    times = words()["worksheet"]["times"].format(title=one["title"], n=weight)
    return {
        "id": one["id"],
        "label": one["title"] if weight == 1 else times,
        "type": "one",
        "weight": weight,
        "options": [{"id": str(n), "text": f"{n}: {a}"} for n, a in enumerate(one["anchors"])],
    }


def _most(rubric: list[dict[str, Any]]) -> int:
    return MAX_RATING * sum(one.get("weight") or 1 for one in rubric)


def _rule(rule: dict[str, Any], rubric: list[dict[str, Any]]) -> dict[str, Any]:
    w = words()["worksheet"]
    titles = {one["id"]: one["title"] for one in rubric}
    nonzero = rule.get("never-zero", [])
    alone = words()["writing"]["alone"]
    said = w["passFrom"].format(n=rule["points"])
    if nonzero:
        said += w["passZero"].format(titles=" or ".join(titles[name] for name in nonzero))
    return {
        "points": rule["points"],
        "nonzero": nonzero,
        "yes": f"{w['passes']} {said}. {alone}",
        "no": f"{w['passesNot']} {said}. {alone}",
    }


def _sample(sample: dict[str, Any], at: str, criteria: list[Any], report: Report) -> None:
    if sample.get("id") == OWN:
        report.add(f"{at}.id", f'"{OWN}" is the name of the learner\'s own text')
    ratings = sample.get("ratings") or {}
    for name in ratings:
        if name not in criteria:
            report.add(f"{at}.ratings.{name}", _unknown(name, criteria, "the rubric"))
    if missing := [name for name in criteria if name and name not in ratings]:
        report.add(f"{at}.ratings", f"there is none for {', '.join(missing)}")


def _pass(rule: dict[str, Any] | None, rubric: list[dict[str, Any]], report: Report) -> None:
    if not rule:
        return
    criteria = [one.get("id") for one in rubric]
    most = _most(rubric)
    if (rule.get("points") or 0) > most:
        report.add("pass.points", f"found {rule['points']}, but the rubric gives {most} at most")
    for i, name in enumerate(rule.get("never-zero") or []):
        if name not in criteria:
            report.add(f"pass.never-zero[{i}]", _unknown(name, criteria, "the rubric"))


def _gathered(data: dict[str, Any], report: Report) -> list[dict[str, Any]]:
    """Return title and prompts of the activities whose answers are shown above."""
    found = []
    for i, name in enumerate(data.get("gather") or []):
        at = f"gather[{i}]"
        if name and name == data.get("id"):
            report.add(at, "is this activity itself")
        elif name and name in data["gather"][:i]:
            report.add(at, f'"{name}" is named twice')
        elif name and (other := _other(name, at, report)):
            parts = [{"id": part["id"], "label": _label(part)} for part in other["parts"]]
            empty: dict[str, Any] = {"rubric": [], "samples": []}
            found.append({"id": name, "title": other["title"], "parts": parts, **empty})
    return found


def _other(name: str, at: str, report: Report) -> dict[str, Any] | None:
    # Not `load`: two that gather each other would never come to an end.
    from ...model import FOLDER, list_activities, schema_for
    from .. import KINDS

    near = Path(report.file)
    beside = near.with_name(f"{name}.yml")
    path = beside if near.is_file() and beside.is_file() else FOLDER / beside.name
    if not path.is_file():
        report.add(at, _unknown(name, list_activities(), "the activities"))
        return None
    other = Report(str(path))
    try:
        data: dict[str, Any] = check(read(path, other), schema_for("writing"), other)
        if data.get("kind") in KINDS and data["kind"] != "writing":
            report.add(
                at, f'"{name}" is of the kind {data["kind"]}; only written answers can be shown'
            )
            return None
        other.stop_if_any()
    except ActivityError as error:
        report.add(at, f"its file has a problem of its own: {error.problems[0]}")
        return None
    return data


def _unknown(found: str, names: list[Any], where: str) -> str:
    return f'"{found}" is not in {where}: {", ".join(map(str, names)) or "there is none"}'
