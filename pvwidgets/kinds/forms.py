"""How the kinds that are a record to fill in write down their form, their rules and their files."""

from __future__ import annotations

from typing import Any

from ..schema import Report, Schema
from ..words import words
from .authoring import listing, record, text
from .records import MAX_ENTRIES, MAX_TEXT

Field = dict[str, Any]
Rule = dict[str, Any]
Test = list[Any]
Shape = list[Any]

NAME = 120


def line(name: str, label: str, *, longest: int = MAX_TEXT, **more: Any) -> Field:
    """Return a field for one line of text."""
    return {"id": name, "label": label, "type": "text", "max": longest, **more}


def names(name: str, label: str, **more: Any) -> Field:
    """Return a field for names, each on a line of its own."""
    return {"id": name, "label": label, "type": "long", "lines": True, "max": MAX_TEXT, **more}


def amount(name: str, label: str, **more: Any) -> Field:
    """Return a field for a number, or the word unknown."""
    return {"id": name, "label": label, "type": "number", "max": 40, **more}


def choice(name: str, label: str, *options: str | tuple[str, str], empty: str = "unknown") -> Field:
    """Return a field where one thing is chosen; left empty it counts as `empty`."""
    field = {"id": name, "label": label, "type": "one", "menu": True, "options": _options(options)}
    return {**field, "empty": empty} if empty else field


def link(name: str, label: str, listed: str, field: str, *, many: bool = False) -> Field:
    """Return a field where names are chosen that stand in another list of the record."""
    form = {"type": "many"} if many else {"type": "one", "menu": True}
    return {"id": name, "label": label, **form, "from": [listed, field]}


def ticks(name: str, label: str, *options: str | tuple[str, str], **more: Any) -> Field:
    """Return a field where any number of things are chosen."""
    return {"id": name, "label": label, "type": "many", "options": _options(options), **more}


def cells(name: str, label: str, **more: Any) -> Field:
    """Return a field for cells of the public value matrix."""
    return ticks(name, label, *words()["matrix"]["cells"].items(), **more)


def entries(
    name: str, label: str, entry: str, *fields: Field, most: int = MAX_ENTRIES, **more: Any
) -> Field:
    """Return a field for a list of entries, each with fields of its own."""
    form = {"id": name, "label": label, "type": "list", "entry": entry, "most": most}
    return {**form, "fields": list(fields), **more}


def _options(options: tuple[str | tuple[str, str], ...]) -> list[dict[str, str]]:
    pairs = [(one, one) if isinstance(one, str) else one for one in options]
    return [{"id": name, "text": shown} for name, shown in pairs]


def when(test: Test, say: str, name: str | None = None) -> dict[str, Any]:
    """Return a condition of a rule with its sentence, and the name of what is then broken."""
    return {"if": test, "say": say, **({"name": name} if name else {})}


def empty(path: str) -> Test:
    """Return the condition that a text or a choice is empty."""
    return ["is", path, ""]


def record_schema(fields: list[Field], description: str) -> Schema:
    """Return the schema of a record, or of an entry, in an author's file."""
    return record({field["id"]: _schema(field) for field in fields}, [], description)


def _schema(field: Field) -> Schema:
    label = str(field["label"])[0].lower() + str(field["label"])[1:]
    if field["type"] == "list":
        return listing(record_schema(field["fields"], label), 1, field["most"], label)
    if field.get("lines"):
        return listing(text(NAME, label), 1, MAX_ENTRIES, label)
    one: Schema = text(field.get("max", MAX_TEXT), label)
    if "options" in field:
        named = [option["id"] for option in field["options"]]
        one = {"type": "string", "enum": named, "description": label}
    return listing(one, 1, MAX_ENTRIES, label) if field["type"] == "many" else one


def as_stored(fields: list[Field], given: dict[str, Any]) -> dict[str, Any]:
    """Return an author's record as a response holds it: lists of names become lines of a text."""
    stored = {}
    for field in fields:
        name = field["id"]
        if name not in given:
            continue
        value = given[name]
        if field["type"] == "list":
            value = [as_stored(field["fields"], entry or {}) for entry in value]
        elif field.get("lines"):
            value = "\n".join(value)
        stored[name] = value
    return stored


def links_hold(fields: list[Field], given: dict[str, Any], at: str, report: Report) -> None:
    """Note every name in an author's record that stands nowhere in it."""
    _links(fields, given, given, at, report)


def _links(
    fields: list[Field], part: dict[str, Any], given: dict[str, Any], at: str, report: Report
) -> None:
    for field in fields:
        value = part.get(field["id"])
        here = f"{at}.{field['id']}"
        if field["type"] == "list":
            for i, entry in enumerate(value or []):
                _links(field["fields"], entry or {}, given, f"{here}[{i}]", report)
        elif "from" in field and value:
            listed, of = field["from"]
            known = [(entry or {}).get(of) for entry in given.get(listed) or []]
            for one in value if isinstance(value, list) else [value]:
                if one not in known:
                    report.add(here, f'found "{one}", which no `{of}` of `{listed}` has')


def public_half(groups: list[Field], rules: list[Rule], naming: dict[str, Any]) -> dict[str, Any]:
    """Return what the front end needs of a form and its rules.

    Parameters
    ----------
    groups : list of dict
        Fields under titles, in the order in which they are shown.
    rules, naming : list of dict, dict
        As `pvwidgets.kinds.records` reads them.
    """
    w = words()["records"]
    shown = [
        {name: value for name, value in rule.items() if name not in ("at", "checked", "taken")}
        | {"limits": w["checked"].format(**rule)}
        for rule in rules
    ]
    rows = [
        {"name": row["name"], "told": w["row"].format(**row) if row["remedy"] else ""}
        for row in naming.get("rows", [])
    ]
    return {
        "groups": groups,
        "rules": shown,
        "naming": {**naming, **({"rows": rows} if rows else {})},
        "labels": words()["matrix"]["cells"],
        "words": w,
    }


def figure(*shapes: Shape) -> Shape:
    """Return a figure of shapes, each ``[element, attributes, ...children]``.

    A number among the children is the mark of that rule's lamp, and ``rule`` among the attributes
    gives the shape the lamp's look.
    """
    return ["svg", {"class": "pv-figure", "viewBox": "0 0 300 260"}, *shapes]


def bare(fields: list[Field]) -> list[Field]:
    """Return of a form only what is needed to read a record, where nothing of it is drawn."""
    kept = ("id", "type", "from", "empty", "lines")
    return [
        {name: field[name] for name in kept if name in field}
        | ({"fields": bare(field["fields"])} if "fields" in field else {})
        for field in fields
    ]
