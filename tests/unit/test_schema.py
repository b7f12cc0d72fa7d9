"""The schema: our check and a JSON Schema validator say the same of the same document."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
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
from pvwidgets.schema import Report, check, read
from tests.unit.samples import CELLS, card, document, save

VALIDATOR = Draft202012Validator(model.json_schema())
GONE = object()


def test_the_file_for_editors_is_fresh() -> None:
    text = json.dumps(model.json_schema(), indent=1, ensure_ascii=False) + "\n"
    assert cli.SCHEMA_FILE.read_text(encoding="utf-8") == text, "pvwidgets schema > schema.json"


def schemas(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield tree
    for child in (*tree.get("properties", {}).values(), *tree.get("oneOf", ())):
        yield from schemas(child)
    if "items" in tree:
        yield from schemas(tree["items"])


def test_it_is_a_json_schema_of_what_our_check_knows() -> None:
    Draft202012Validator.check_schema(model.json_schema())
    by_type = {
        "object": {"properties", "required", "additionalProperties"},
        "array": {"items", "minItems"},
        "string": {"enum", "pattern", "maxLength"},
        "integer": {"minimum", "maximum"},
        "boolean": set(),
    }
    for branch in model.json_schema()["oneOf"]:
        for schema in schemas(branch):
            assert set(schema) <= {"type", "description"} | by_type[schema["type"]]
            if schema["type"] == "object":
                assert schema["additionalProperties"] is False
                assert set(schema["required"]) <= set(schema["properties"])
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


def ours(folder: Path, text: str) -> bool:
    report = Report("sample.yml")
    try:
        node = read(save(folder, text), report)
    except pv.ActivityError:
        return False
    check(node, model.schema_for("matrix"), report)
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
def documents(draw: st.DrawFn) -> Any:
    content: Any = deepcopy(FULL)
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
