"""The gallery has a section for each kind of activity, with its file, its fields and itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

import pvwidgets as pv
from pvwidgets.kinds import KINDS
from pvwidgets.model import schema_for

PAGE = Path(__file__).parents[2] / "chapters" / "for-authors" / "gallery.md"
EXAMPLES = sorted((PAGE.parent / "examples").glob("*.yml"))


def sections() -> dict[str, str]:
    """Return the text of each section that is about a kind, by the name of the kind."""
    parts = re.split(r"^## (.*)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    titles = dict(zip(parts[1::2], parts[2::2], strict=True))
    named = {title: re.search(r": `([a-z-]+)`$", title) for title in titles}
    return {found[1]: titles[title] for title, found in named.items() if found}


def test_each_kind_has_its_section_and_no_other_kind_has_one() -> None:
    assert tuple(sections()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_section_shows_one_file_and_what_is_made_of_it(kind: str) -> None:
    text = sections()[kind]
    shown = set(re.findall(r"\{literalinclude\} (\S+)", text))
    (file,) = re.findall(r'pv\.activity\("([^"]+)"\)', text)
    assert shown == {file}
    assert f'fields("{kind}")' in text
    for words in ("**What it asks.**", "**When to use it.**"):
        assert words in text
    activity = pv.load(PAGE.parent / file)
    assert activity.kind == kind
    (pieces,) = re.findall(r':end-before: "(.*)"', text)
    assert (PAGE.parent / file).read_text(encoding="utf-8").count(pieces) == 1


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_named_by_its_id(path: Path) -> None:
    assert pv.load(path).id == path.stem


def test_the_ids_differ_from_those_of_the_course() -> None:
    # In a browser, answers to all activities of the book are kept side by side.
    assert EXAMPLES
    assert not {path.stem for path in EXAMPLES} & set(pv.list_activities())


def test_the_matrix_example_has_what_the_text_beside_it_explains() -> None:
    activity = pv.load(PAGE.parent / "examples" / "school-kitchen.yml")
    cards = activity.key["cards"]
    assert 4 <= len(cards) <= 8
    assert [name for name, key in cards.items() if "alt" in key] == ["valley-farms"]
    assert {key["sign"] for key in cards.values()} == {"gain", "loss"}
    assert [len(drawn) for drawn in activity.sets] == [4] * len(activity.sets)
    assert len(activity.sets) > 1


def test_the_sort_example_has_what_the_text_beside_it_explains() -> None:
    activity = pv.load(PAGE.parent / "examples" / "night-bus.yml")
    cards = activity.key["cards"]
    assert 4 <= len(cards) <= 8
    assert [name for name, key in cards.items() if "half" in key] == ["nine-thousand"]
    assert {key.get("mark") for key in cards.values()} == {"soon", "late", None}
    assert activity.public["layout"] == "strip"
    assert [place.get("room") for place in activity.public["bins"]] == [2, None, None]
    assert activity.public["marks"]["bin"] == "changed"


def names(schema: dict[str, Any], above: str = "") -> Iterator[str]:
    for name, field in schema.get("properties", {}).items():
        yield f"{above}{name}"
        for choice in (field, *field.get("anyOf", ())):
            yield from names(choice, f"{above}{name}.")


def entries(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield each record that stands in a list or under names of the author's own, outer first."""
    if not isinstance(schema, dict):
        return
    for field in schema.get("properties", {}).values():
        for choice in (field, *field.get("anyOf", ())):
            for entry in (choice.get("items"), choice.get("additionalProperties")):
                if isinstance(entry, dict) and "properties" in entry:
                    yield entry
                    yield from entries(entry)
            yield from entries(choice)


@pytest.mark.parametrize("kind", KINDS)
def test_the_tables_name_every_field_and_say_what_it_is(kind: str) -> None:
    cells = [
        token.content
        for token in MarkdownIt().parse(PAGE.read_text(encoding="utf-8"))
        if token.type == "fence" and token.info.startswith("{code-cell}")
    ]
    (code,) = (cell for cell in cells if "def fields(" in cell)
    space: dict[str, Any] = {}
    exec(re.sub(r"^:tags:.*$", "", code, flags=re.MULTILINE), space)
    tables = space["fields"](kind).data
    whole = schema_for(kind)
    fields = [name for record in (whole, *entries(whole)) for name in names(record)]
    assert re.findall(r"^\| `(\S+)` \|", tables, flags=re.MULTILINE) == fields
    plain = re.sub(r"\\(.)", r"\1", tables).lower()
    assert all(field["description"].lower() in plain for field in whole["properties"].values())
    rows = [row for row in tables.splitlines() if row.startswith("| `")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}
    needed = [row.split("`")[1] for row in rows if "**Needed.**" in row]
    assert set(whole["required"]) <= set(needed) < set(fields)
