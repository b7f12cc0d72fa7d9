"""What the activities share that are a record to fill in, read by rules that switch lamps.

The form of the record and its rules are data in the public half: fields as `js/src/parts/form.tsx`
draws them, and for each rule the conditions under which it is not met or in doubt, each with its
sentence. `js/src/core/records.ts` reads the same data by the same few operators; `tests/vectors/`
and `tests/graders/` bind the two. Pure, exact, standard library only.

A response is ``{"record": {...}}``. In a guided activity the record holds ids of cards, and what
stands on these is put together to the record that the rules read.

A condition is ``[operator, argument, ...]``. A path names a field of the record, or with a dot
before it a field of the entry that is looked at. A set is a path, a list of names, or
``["of", list, field, condition, ...]``: what the entries have in the field for which the conditions
hold. Operators:

``["is", path, value, ...]``
    The field has one of the values; ``""`` is an empty one.
``["not", condition]``, ``["all", condition, ...]``, ``["fewer", list, n]``
    As they say.
``["any", list, condition, ...]``
    For some entry of the list all conditions hold. The first such entry is spoken of.
``["both", set, set]``, ``["beyond", set, set, ...]``
    Something stands in both; something of the first stands in none of the others.
``["more", path, path, tenths]``
    The first amount is larger than so many tenths of the second; not where one is unknown.
``["words", path, pattern]``
    One of the words, whole, occurs in the text.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from ..results import Check, Malformed, Result

#: What JavaScript's ``trim`` takes off, so that both languages do.
SPACES = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
MAX_TEXT = 400
MAX_ENTRIES = 12

MET, DOUBT, UNMET = "met", "doubt", "unmet"
HALVES = {MET: 2, DOUBT: 1, UNMET: 0}

AMOUNT = re.compile(r"([0-9]{1,3}(?:[ ,][0-9]{3}){1,4}|[0-9]{1,15})(?:\.([0-9]{1,6}))?")
UNKNOWN = re.compile("unknown", re.ASCII | re.IGNORECASE)

Public = dict[str, Any]
Record = dict[str, Any]
Defs = list[dict[str, Any]]
Found = dict[str, Any] | None


def fields_of(public: Public) -> Defs:
    """Return the fields that a learner fills in, without their groups."""
    return [field for group in public["groups"] for field in group["fields"]]


def blank(public: Public) -> dict[str, Any]:
    """Return the response of a learner who has only opened the activity."""
    return {"record": public.get("start", {})}


def validate(public: Public, response: Any) -> None:
    """Raise Malformed unless a response holds a record of the activity's form.

    Parameters
    ----------
    public : dict
        The activity's public half.
    response : object
        Anything that JSON can hold. A field that is missing is an empty one.

    Raises
    ------
    Malformed
        With a code and the place of the first fault; it never repeats what was found there.
    """
    if not isinstance(response, dict):
        raise Malformed("not-an-object", "")
    if "record" not in response:
        raise Malformed("missing-field", "record")
    if len(response) > 1:
        raise Malformed("unknown-field", "")
    _check_fields(fields_of(public), response["record"], "record")


def _check_fields(defs: Defs, value: Any, at: str) -> None:
    if not isinstance(value, dict):
        raise Malformed("not-an-object", at)
    named = [field for field in defs if field["id"] in value]
    if len(value) > len(named):
        raise Malformed("unknown-field", at)
    for field in named:
        _check(field, value[field["id"]], f"{at}.{field['id']}")


def _check(field: dict[str, Any], value: Any, at: str) -> None:
    listed = field["type"] in ("list", "many")
    if listed:
        if not isinstance(value, list):
            raise Malformed("not-a-list", at)
        if len(value) > _most(field):
            raise Malformed("too-many", at)
    if field["type"] == "list":
        for i, entry in enumerate(value):
            _check_fields(field["fields"], entry, f"{at}[{i}]")
        return
    for one in value if listed else [value]:
        if not isinstance(one, str):
            raise Malformed("not-text", at)
        if len(one) > field.get("max", MAX_TEXT):
            raise Malformed("too-long", at)
        if not _offered(field, one, listed):
            raise Malformed("unknown-choice", at)


def _most(field: dict[str, Any]) -> int:
    return int(field.get("most") or len(field.get("options", ())) or MAX_ENTRIES)


def _offered(field: dict[str, Any], value: str, listed: bool) -> bool:
    if "options" not in field or (value == "" and not listed):
        return True
    return any(option["id"] == value for option in field["options"])


def fit(public: Public, response: Any) -> dict[str, Any]:
    """Return what of a stored response still fits an activity that has changed since.

    Parameters
    ----------
    public : dict
        The public half as it is now.
    response : object
        What was stored.

    Returns
    -------
    dict
        A well-formed response.
    """
    try:
        validate(public, response)
    except Malformed:
        pass
    else:
        return dict(response)
    old = response.get("record") if isinstance(response, dict) else None
    if not isinstance(old, dict):
        return blank(public)
    return {"record": _kept_fields(fields_of(public), old)}


def _kept_fields(defs: Defs, old: dict[str, Any]) -> Record:
    kept = {}
    for field in defs:
        name = field["id"]
        if name in old:
            value = _kept(field, old[name])
            if value is not None:
                kept[name] = value
    return kept


def _kept(field: dict[str, Any], old: Any) -> Any:
    if field["type"] == "list":
        entries = [one for one in old if isinstance(one, dict)] if isinstance(old, list) else []
        return [_kept_fields(field["fields"], one) for one in entries[: _most(field)]]
    if field["type"] == "many":
        chosen = old if isinstance(old, list) else []
        return [one for one in chosen if _fits(field, [one])][: _most(field)]
    return old if _fits(field, old) else None


def _fits(field: dict[str, Any], value: Any) -> bool:
    try:
        _check(field, value, "")
    except Malformed:
        return False
    return True


def whole(public: Public, record: Record) -> Record:
    """Return the record that the rules read: all fields, trimmed, empty choices as they count.

    A name that stands nowhere in the record, such as an activity that was taken out, is none.

    Parameters
    ----------
    public : dict
        The activity's public half.
    record : dict
        As it stands in a response that `validate` let pass.
    """
    if "cards" in public:
        merged = dict(public["given"])
        for field in fields_of(public):
            chosen = record.get(field["id"]) or []
            for card in [chosen] if isinstance(chosen, str) else chosen:
                for name, value in public["cards"][card].items():
                    merged[name] = _joined(merged.get(name), value)
        record = merged
    defs = public.get("fields") or fields_of(public)
    read = _read(defs, record)
    return _linked(defs, read, read)


def _joined(old: Any, new: Any) -> Any:
    if not old:
        return new
    return old + new if isinstance(new, list) else f"{old}\n{new}"


def _read(defs: Defs, record: Record) -> Record:
    return {field["id"]: _value(field, record.get(field["id"])) for field in defs}


def _value(field: dict[str, Any], value: Any) -> Any:
    if field["type"] == "list":
        return [_read(field["fields"], entry) for entry in value or []]
    if field["type"] == "many":
        return [one.strip(SPACES) for one in value or []]
    text = (value or "").strip(SPACES)
    if field["type"] == "number" and _amount(text) is None:
        return "unknown" if UNKNOWN.fullmatch(text) else ""
    if field.get("lines"):
        return [line for line in (line.strip(SPACES) for line in text.split("\n")) if line]
    return text or field.get("empty", "")


def _linked(defs: Defs, record: Record, all_: Record) -> Record:
    linked = {}
    for field in defs:
        name = field["id"]
        value = record[name]
        if field["type"] == "list":
            value = [_linked(field["fields"], entry, all_) for entry in value]
        elif "from" in field:
            listed, of = field["from"]
            known = [entry[of] for entry in all_[listed]]
            if isinstance(value, list):
                value = [one for one in value if one in known]
            else:
                value = value if value in known else ""
        linked[name] = value
    return linked


def holds(test: list[Any], record: Record, entry: Record | None = None) -> Found:
    """Return what a condition found, for its sentence; None where it does not hold.

    Parameters
    ----------
    test : list
        A condition, see the module's text.
    record : dict
        From `whole`.
    entry : dict, optional
        The entry that the condition is about.
    """
    operator, first, *rest = test
    match operator:
        case "is":
            return {} if _get(first, record, entry) in rest else None
        case "not":
            return {} if holds(first, record, entry) is None else None
        case "all":
            return _all([first, *rest], record, entry)
        case "any":
            for n, one in enumerate(record[first], 1):
                found = _all(rest, record, one)
                if found is not None:
                    return {**one, **found, "n": n}
            return None
        case "fewer":
            return {} if len(record[first]) < rest[0] else None
        case "more":
            one, other = (_amount(_get(path, record, entry)) for path in (first, rest[0]))
            more = one is not None and other is not None and 10 * one > rest[1] * other
            return {} if more else None
        case "words":
            pattern = re.compile(f"(?<![a-z])({rest[0]})(?![a-z])", re.ASCII | re.IGNORECASE)
            word = pattern.search(_get(first, record, entry))
            return {"it": [word[0]]} if word else None
    others = [one for other in rest for one in _set(other, record, entry)]
    wanted = operator == "both"
    it = [one for one in _set(first, record, entry) if (one in others) == wanted]
    return {"it": it} if it else None


def _all(tests: list[Any], record: Record, entry: Record | None) -> Found:
    told: dict[str, Any] = {}
    for test in tests:
        found = holds(test, record, entry)
        if found is None:
            return None
        told.update(found)
    return told


def _get(path: str, record: Record, entry: Record | None) -> Any:
    return entry[path[1:]] if entry is not None and path[0] == "." else record[path]


def _set(what: Any, record: Record, entry: Record | None) -> list[str]:
    found: list[Any] = what
    if isinstance(what, str):
        found = [_get(what, record, entry)]
    elif what[0] == "of":
        _, listed, name, *tests = what
        entries = [one for one in record[listed] if _all(tests, record, one) is not None]
        found = [one[name] for one in entries]
    flat = [one for value in found for one in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys(one for one in flat if one))


def _amount(text: str) -> int | None:
    """Return an amount in millionths; None for unknown, and for what is none."""
    read = AMOUNT.fullmatch(text)
    if not read:
        return None
    return int(re.sub("[ ,]", "", read[1]) + (read[2] or "").ljust(6, "0"))


def report(public: Public, record: Record) -> dict[str, Any]:
    """Let the rules read a record.

    Parameters
    ----------
    public : dict
        The activity's public half.
    record : dict
        As it stands in a response that `validate` let pass.

    Returns
    -------
    dict
        ``lamps``, one for each rule: met, doubt or unmet; ``said``, the sentences of each rule;
        ``name``, what the whole is called; ``row``, the number of the pattern of corners, 0 where
        none is named.
    """
    read = whole(public, record)
    lamps, said, names = [], [], []
    for rule in public["rules"]:
        lamp, told = MET, [rule["met"]]
        for level in (UNMET, DOUBT):
            found = [
                (one, context)
                for one in rule[level]
                if (context := holds(one["if"], read)) is not None
            ]
            if found:
                lamp = level
                shown = found if rule.get("each") else found[:1]
                told = [_fill(one["say"], {**read, **context}, public) for one, context in shown]
                names += [one.get("name", rule.get("name")) for one, _ in found if level == UNMET]
                break
        lamps.append(lamp)
        said.append(told)
    row, name = _name(public, lamps, [name for name in dict.fromkeys(names) if name])
    return {"lamps": lamps, "said": said, "name": name, "row": row}


def _name(public: Public, lamps: list[str], names: list[str]) -> tuple[int, str]:
    """Name the whole: aligned, the row of the corners, broken edges, or what is in doubt."""
    n = public["naming"]
    rows = n.get("rows", [])
    row = doubts = 0
    if rows:
        row = sum(1 << i for i in range(3) if lamps[i] == UNMET)
        doubts = sum(1 << i for i in range(3) if lamps[i] == DOUBT)
    titles = [rule["title"] for rule, lamp in zip(public["rules"], lamps, strict=True)
              if lamp == DOUBT]  # fmt: skip
    if row:
        name = "; ".join([rows[row]["name"], *names])
        if doubts:
            told = {"row": rows[row | doubts]["name"], "it": titles[: doubts.bit_count()]}
            name += _fill(n["wrong"], told, public)
    elif UNMET in lamps:
        name = _fill(n["broken"], {"it": "; ".join(names)}, public)
    elif titles:
        name = _fill(n["notYet"], {"it": titles}, public)
    else:
        name = n["aligned"]
    return row, str(name)


def _fill(template: str, values: dict[str, Any], public: Public) -> str:
    def put(match: re.Match[str]) -> str:
        value = values[match[1]]
        if isinstance(value, list):
            labels = public["labels"]
            return ", ".join(labels.get(one, one) for one in value)
        return str(value)

    return re.sub(r"\{(\w+)\}", put, template)


def grade(public: Public, key: dict[str, Any] | None, response: dict[str, Any]) -> Result:
    """Grade a well-formed response.

    Parameters
    ----------
    public, key : dict
        The activity's halves. The rules are public; without the key no points are given.
    response : dict
        A response that `validate` let pass.

    Returns
    -------
    Result
        One point for each rule that is met, half a point where it is in doubt. ``items`` has the
        lamps, ``parts`` the half points of each rule. Nothing has to be checked by hand: ``board``
        and ``latest`` are the same.
    """
    asked = [field for field in fields_of(public) if not field.get("optional")]
    answered = sum(_filled(response["record"].get(field["id"])) for field in asked)
    if key is None:
        return Result("ungraded", answered, len(asked))
    lamps = report(public, response["record"])["lamps"]
    ids = [rule["id"] for rule in public["rules"]]
    check = Check(
        Fraction(sum(HALVES[lamp] for lamp in lamps), 2),
        Fraction(len(lamps)),
        {name: (HALVES[lamp], 2) for name, lamp in zip(ids, lamps, strict=True)},
        dict(zip(ids, lamps, strict=True)),
    )
    done = all(lamp == MET for lamp in lamps)
    return Result("graded", answered, len(asked), board=check, latest=check, mastery=done)


def counted(response: dict[str, Any], which: str) -> dict[str, Any]:
    """Return what counts when it is handed in: the record as it stands. Nothing is checked."""
    return response


def steps(key: dict[str, Any]) -> int:
    """Return into how many equal steps the point of a rule is parted."""
    return 2


def _filled(value: Any) -> bool:
    return bool(value.strip(SPACES) if isinstance(value, str) else value)
