"""The schema: our check and a JSON Schema validator say the same of the same document."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

import pvwidgets as pv
from pvwidgets import cli, model
from pvwidgets.kinds import KINDS
from pvwidgets.schema import Report, Schema, check, read
from tests.unit.samples import CELLS, card, document, save

VALIDATOR = Draft202012Validator(model.json_schema())
GONE = object()
BY_TYPE = {
    "object": {
        "properties",
        "required",
        "additionalProperties",
        "minProperties",
        "maxProperties",
    },
    "array": {"items", "minItems", "maxItems"},
    "string": {"enum", "pattern", "maxLength"},
    "integer": {"minimum", "maximum"},
    "number": set(),
    "boolean": set(),
}

# All that a schema may say, in one: no kind of activity says it all.
EVERYTHING: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["said"],
    "properties": {
        "said": {
            "type": "object",
            "minProperties": 2,
            "maxProperties": 3,
            "additionalProperties": {"type": "string", "pattern": r"\S", "maxLength": 9},
            "description": "what is said",
        },
        "mixed": {
            "type": "object",
            "properties": {
                "n": {"type": "integer", "minimum": 1, "maximum": 9, "description": "a number"}
            },
            "required": ["n"],
            "additionalProperties": {"type": "number"},
            "maxProperties": 2,
        },
        "few": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "string", "enum": ["a", "b"]},
        },
        "either": {
            "anyOf": [
                {"type": "string", "enum": ["a", "b"]},
                {"type": "boolean"},
                {"type": "number"},
                {"type": "array", "items": {"type": "boolean"}, "maxItems": 1},
                {
                    "type": "object",
                    "properties": {"a": {"type": "boolean", "description": "yes or no"}},
                    "required": ["a"],
                    "additionalProperties": False,
                },
            ]
        },
        "words": {
            "anyOf": [
                {"type": "string", "pattern": r"\S"},
                {"type": "array", "items": {"type": "string", "pattern": r"\S"}},
            ]
        },
        "amount": {"type": "number"},
        "sure": {"type": "boolean"},
        "anything": {},
    },
}


def test_the_file_for_editors_is_fresh() -> None:
    text = json.dumps(model.json_schema(), indent=1, ensure_ascii=False) + "\n"
    assert cli.SCHEMA_FILE.read_text(encoding="utf-8") == text, "pvwidgets schema > schema.json"


def schemas(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield tree
    inner = [*tree.get("properties", {}).values()]
    inner += [tree[name] for name in ("items", "additionalProperties") if name in tree]
    for child in (*inner, *tree.get("oneOf", ()), *tree.get("anyOf", ())):
        if isinstance(child, dict):
            yield from schemas(child)


def test_it_is_a_json_schema_of_what_our_check_knows() -> None:
    Draft202012Validator.check_schema(model.json_schema())
    for branch in model.json_schema()["oneOf"]:
        assert branch["additionalProperties"] is False
        for schema in schemas(branch):
            if "anyOf" in schema:
                assert set(schema) <= {"anyOf", "description"}
                # The first of the type that was found is the one that counts.
                types = [choice["type"] for choice in schema["anyOf"]]
                assert len(types) == len(set(types))
                assert not {"integer", "number"} <= set(types)
                continue
            assert set(schema) <= {"type", "description"} | BY_TYPE[schema["type"]]
            if schema["type"] == "object":
                # Either the names are known, or what stands under any name is.
                assert "additionalProperties" in schema
                if schema["additionalProperties"] is not False:
                    assert schema["additionalProperties"]["type"]
                assert set(schema.get("required", [])) <= set(schema.get("properties", {}))
            elif schema["type"] == "string":
                # Our check refuses a text of spaces alone, so the schema has to say it too.
                assert "enum" in schema or "pattern" in schema
            elif schema["type"] == "integer":
                assert {"minimum", "maximum"} <= set(schema)


def test_every_field_tells_an_author_what_it_is_for() -> None:
    for branch in model.json_schema()["oneOf"]:
        for schema in schemas(branch):
            for name, child in schema.get("properties", {}).items():
                assert child.get("description"), name


def test_the_schema_of_everything_says_everything() -> None:
    Draft202012Validator.check_schema(EVERYTHING)
    used = {(one.get("type"), word) for one in schemas(EVERYTHING) for word in one}
    known = {(name, word) for name, all_words in BY_TYPE.items() for word in all_words}
    assert known | {(name, "type") for name in BY_TYPE} | {(None, "anyOf")} == {
        (name, word) for name, word in used if word != "description"
    }


@pytest.mark.parametrize("kind", [*KINDS, None])
def test_a_schema_is_not_shared(kind: str | None) -> None:
    model.schema_for(kind)["properties"]["extra"] = {}
    assert "extra" not in model.schema_for(kind)["properties"]
    assert "extra" not in model.BASE


def ours(folder: Path, text: str, schema: Schema | None = None) -> bool:
    report = Report("sample.yml")
    try:
        node = read(save(folder, text), report)
    except pv.ActivityError:
        return False
    check(node, schema or model.schema_for("matrix"), report)
    return not report.problems


def as_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


def as_yaml(content: Any) -> str:
    out = io.StringIO()
    YAML(typ="safe", pure=True).dump(content, out)
    return out.getvalue()


def put(content: Any, path: tuple[str | int, ...], value: Any) -> Any:
    changed = deepcopy(content)
    place = changed
    for step in path[:-1]:
        place = place[step]
    if value is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return changed


FULL = document(
    [
        card("one", "IW", "CW", sign="loss", case="C", words=["changes"], source="S0.1"),
        card("two", "CJ"),
    ],
    objective="Know.",
    case="A",
    draw=4,
    seed=0,
)


@pytest.mark.parametrize("write", [as_json, as_yaml])
@pytest.mark.parametrize(
    ("path", "value", "good"),
    [
        (("title",), "A", True),
        (("title",), "a" * 120, True),
        (("title",), "a" * 121, False),
        (("title",), "é" * 120, True),
        (("title",), "", False),
        (("title",), " \n", False),
        (("title",), "no", True),
        (("title",), "012", True),
        (("title",), "2026-11-21", True),
        (("title",), "a: b # c", True),
        (("title",), 12, False),
        (("title",), True, False),
        (("title",), None, False),
        (("title",), GONE, False),
        (("title",), ["a"], False),
        (("id",), "a-1-b2", True),
        (("id",), "a--b", False),
        (("id",), "-a", False),
        (("id",), "1a", False),
        (("id",), "é", False),
        (("id",), "a" * 61, False),
        (("kind",), "Matrix", False),
        (("version",), 1, True),
        (("version",), 0, False),
        (("version",), 100_000, True),
        (("version",), 100_001, False),
        (("version",), 1.5, False),
        (("version",), "1", False),
        (("version",), True, False),
        (("draw",), GONE, True),
        (("draw",), None, False),
        (("extra",), "a", False),
        (("cards",), [], False),
        (("cards",), {}, False),
        (("cards", 1), "two", False),
        (("cards", 0, "alt"), GONE, True),
        (("cards", 0, "alt"), {}, False),
        (("cards", 0, "alt", "reason"), GONE, False),
        (("cards", 0, "words"), [], True),
        (("cards", 0, "words"), [""], False),
        (("cards", 0, "sign"), "gain", True),
        (("cards", 0, "sign"), "+", False),
        (("cards", 0, "feedback", "CW"), GONE, False),
        (("cards", 0, "feedback", "XX"), "a", False),
        (("cards", 0, "key"), "IJ ", False),
    ],
    ids=range(45),
)
def test_near_misses(
    tmp_path: Path, write: Any, path: tuple[str | int, ...], value: Any, good: bool
) -> None:
    content = put(FULL, path, value)
    assert VALIDATOR.is_valid(content) is good
    assert ours(tmp_path, write(content)) is good


EXAMPLE = {
    "said": {"a": "yes", "b": "no"},
    "mixed": {"n": 1, "x": -2.5},
    "few": ["a"],
    "either": [True],
    "words": ["a"],
    "amount": 8.5,
    "sure": False,
    "anything": [{"a": None}],
}
SURELY_GOOD: list[tuple[tuple[str, ...], Any]] = [
    (("said", "a"), "no"),
    (("said", "c"), "both"),
    (("said", "true"), "a"),
    (("said", "null"), "a"),
    (("said", "1"), "a"),
    (("mixed", "x"), GONE),
    (("mixed", "x"), 3),
    (("few",), ["a", "b"]),
    (("either",), "a"),
    (("either",), True),
    (("either",), -21),
    (("either",), 0.5),
    (("either",), []),
    (("either",), {"a": False}),
    (("words",), "a"),
    (("words",), "12"),
    (("words",), []),
    (("amount",), -21),
    (("amount",), 0),
    (("amount",), 123456789012345),
    (("amount",), -0.125),
    (("sure",), True),
    (("anything",), None),
    (("anything",), {"a": {}}),
    (("anything",), 1e300),
    (("anything",), GONE),
]
SURELY_BAD: list[tuple[tuple[str, ...], Any]] = [
    ((), []),
    ((), {}),
    (("said",), {}),
    (("said",), ["a", "b"]),
    (("said", "b"), GONE),
    (("said", "a"), ""),
    (("said", "a"), "more than nine"),
    (("said", "a"), True),
    (("said",), {"a": "a", "b": "b", "c": "c", "d": "d"}),
    (("mixed", "n"), GONE),
    (("mixed", "n"), 10),
    (("mixed", "n"), 1.5),
    (("mixed", "x"), "1"),
    (("mixed", "x"), True),
    (("mixed", "y"), 1),
    (("few",), []),
    (("few",), ["a", "b", "a"]),
    (("few",), ["c"]),
    (("few",), "a"),
    (("either",), "c"),
    (("either",), None),
    (("either",), [True, False]),
    (("either",), ["a"]),
    (("either",), {}),
    (("either",), {"a": True, "b": True}),
    (("words",), 12),
    (("words",), True),
    (("words",), {"a": "b"}),
    (("words",), [""]),
    (("amount",), "1"),
    (("amount",), True),
    (("amount",), None),
    (("amount",), [1]),
    (("sure",), "true"),
    (("sure",), "yes"),
    (("sure",), 1),
    (("sure",), None),
    (("extra",), 1),
]


@pytest.mark.parametrize("write", [as_json, as_yaml])
@pytest.mark.parametrize(
    ("path", "value", "good"),
    [(*row, True) for row in SURELY_GOOD] + [(*row, False) for row in SURELY_BAD],
    ids=range(len(SURELY_GOOD) + len(SURELY_BAD)),
)
def test_near_misses_of_everything(
    tmp_path: Path, write: Any, path: tuple[str, ...], value: Any, good: bool
) -> None:
    content = put(EXAMPLE, path, value) if path else value
    assert Draft202012Validator(EVERYTHING).is_valid(content) is good
    assert ours(tmp_path, write(content), EVERYTHING) is good


@pytest.mark.parametrize(
    ("text", "line", "field", "said"),
    [
        ("said: {a: b}", 1, "said", "expected at least 2 in this block, found 1"),
        ("said: {a: a, b: b, c: c, d: d}", 1, "said", "expected at most 3 in this block, found 4"),
        ("few: [a, b, a]", 1, "few", "expected at most 2 in this list, found 3"),
        ("few: []", 1, "few", "expected at least 1 in this list, found 0"),
        ("said:\n  a: a\n  b: 12", 3, "said.b", "a text, found the number 12; put it in quotes"),
        ("said:\n  a: a\n  a: b", 3, "said.a", "given twice; first in line 2"),
        ('said:\n  a: a\n  "\\0": b', 3, "said", r"the character U\+0000 cannot be shown"),
        ("words: 12", 1, "words", "expected a text or a list, found the number 12"),
        ("words: {}", 1, "words", "expected a text or a list, found a block of fields"),
        ("amount: two", 1, "amount", 'a number such as -21 or 8.5, found "two"'),
        ('amount: "2"', 1, "amount", 'found "2"; take the quotes away'),
        ("amount: 1,5", 1, "amount", 'a number such as -21 or 8.5, found "1,5"'),
        # Exact to the last digit, or not at all.
        ("amount: 1e5", 1, "amount", "a number such as"),
        ("amount: .nan", 1, "amount", "a number such as"),
        ("amount: -.inf", 1, "amount", "a number such as"),
        ("amount: 0x10", 1, "amount", "a number such as"),
        ("amount: 0.1234567", 1, "amount", "a number such as"),
        ("amount: 1234567890123456", 1, "amount", "a number such as"),
        ("sure: yes", 1, "sure", 'true or false, found "yes"'),
    ],
)
def test_what_is_said_of_everything(
    tmp_path: Path, text: str, line: int, field: str, said: str
) -> None:
    report = Report("sample.yml")
    check(read(save(tmp_path, text), report), EVERYTHING, report)
    found = [p for p in report.problems if "is missing" not in p.message and p.field == field]
    assert [problem.line for problem in found] == [line]
    assert re.search(said, found[0].message)


@pytest.mark.parametrize(
    ("written", "value"),
    [("-21", "-21"), ("8.50", "8.50"), ("+0.1", "+0.1"), ("1_000", "1000"), ("007", "007")],
)
def test_a_number_is_read_as_it_is_written(tmp_path: Path, written: str, value: str) -> None:
    report = Report("sample.yml")
    node = read(save(tmp_path, f"amount: {written}"), report)
    assert check(node, EVERYTHING, report)["amount"] == value


NAMES = ["id", "kind", "title", "cards", "text", "key", "alt", "feedback", "draw", "IW", "x", ""]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 201) | st.integers(),
    # JSON Schema takes 1.0 for a whole number; in YAML it is a float, and we say so.
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: number % 1),
    st.sampled_from(["", " ", "a", "a-b", "matrix", "gain", "null", "0x1", "1_0", "~", *CELLS]),
    st.text(alphabet="ab0 -_:#*'\"\\é−[]{}&!%@`,?|>=<\n\t🙂", max_size=12),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(content: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(content, (dict, list)):
        for step, child in content.items() if isinstance(content, dict) else enumerate(content):
            yield from places(child, (*path, step))


@st.composite
def documents(draw: st.DrawFn, start: Any = FULL) -> Any:
    content: Any = deepcopy(start)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(list(places(content)) or [()]))
        if path and isinstance(path[-1], str) and draw(st.booleans()):
            path = (*path[:-1], draw(st.sampled_from(NAMES)))
            content = put(content, path, draw(VALUES))
        elif path:
            content = put(content, path, draw(VALUES | st.just(GONE)))
    return content


@settings(max_examples=200)
@given(content=documents() | VALUES, write=st.sampled_from([as_json, as_yaml]))
def test_two_checks_agree(
    tmp_path_factory: pytest.TempPathFactory, content: Any, write: Any
) -> None:
    text = write(content)
    assert ours(tmp_path_factory.getbasetemp(), text) == VALIDATOR.is_valid(content), text


def is_plain(content: Any) -> bool:
    """Whether all numbers are such as authors write: others are good JSON, but refused by us."""
    if isinstance(content, dict):
        return all(map(is_plain, content.values()))
    if isinstance(content, list):
        return all(map(is_plain, content))
    number = isinstance(content, (int, float)) and not isinstance(content, bool)
    return not number or bool(re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", repr(content)))


SMALL = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 11)
    | st.sampled_from([0.5, -2.125, "", " ", "a", "b", "true", "null", "12", "more than nine"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "n", "x", "true", "1"]), inner, max_size=4)
    ),
    max_leaves=5,
)


@settings(max_examples=200)
@given(
    content=(
        documents(EXAMPLE) | st.fixed_dictionaries({}, optional=dict.fromkeys(EXAMPLE, SMALL))
    ).filter(is_plain),
    write=st.sampled_from([as_json, as_yaml]),
)
def test_two_checks_agree_on_everything(
    tmp_path_factory: pytest.TempPathFactory, content: Any, write: Callable[[Any], str]
) -> None:
    text = write(content)
    valid = Draft202012Validator(EVERYTHING).is_valid(content)
    assert ours(tmp_path_factory.getbasetemp(), text, EVERYTHING) == valid, text


ODD = "aid: \n-[]{}&*!|>'\"%#,?\t1\r\x85\u2028“é\x07~"
WHOLE = (model.FOLDER / "value-matrix.yml").read_text(encoding="utf-8")[:1200]


@st.composite
def slips(draw: st.DrawFn) -> str:
    """Return an activity with something typed or taken out at some place."""
    whole = WHOLE.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    at, length = draw(st.integers(0, len(whole))), draw(st.integers(0, 5))
    return whole[:at] + draw(st.text(ODD, max_size=3)) + whole[at + length :]


@settings(max_examples=120)
@given(slips() | st.text(ODD, max_size=40) | st.binary(max_size=40))
@example("\r\r\r\ra: b: c")
@example("%YAML 1.1\n---\n\u2028\u2028\u2028\u2028a: b: c")
def test_no_file_is_too_odd(tmp_path_factory: pytest.TempPathFactory, text: str | bytes) -> None:
    path = save(tmp_path_factory.getbasetemp(), text)
    lines = len(path.read_bytes().decode(errors="replace").splitlines()) + 1
    problems: tuple[pv.Problem, ...] = ()
    try:
        pv.load(path)
    except pv.ActivityError as error:
        problems = error.problems
    assert all(problem.message and 0 <= problem.line <= lines for problem in problems)
