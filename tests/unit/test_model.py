"""Loading activity files: what an author is told about a bad one, the halves of a good one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

import pvwidgets as pv
from pvwidgets import model, richtext
from pvwidgets.kinds import KINDS
from pvwidgets.kinds.authoring import MAX_SETS
from pvwidgets.schema import MAX_BYTES
from tests.unit.samples import CELLS, bank, card, document, save

ACTIVITIES = sorted(model.FOLDER.glob("*.yml"))
ANY = ", ".join(sorted(KINDS))

GOOD = """\
id: bench
kind: matrix
version: 1
title: A bench
prompt: Choose a cell.
cards:
  - id: lena
    text: Lena can sit down *now*.
    sign: gain
    key: IW
    words: [can sit]
    feedback: {IW: a, CW: b, IJ: c, CJ: d}
  - id: park
    text: The park has benches.
    key: CW
    feedback: {IW: a, CW: b, IJ: c, CJ: d}
  - id: omar
    text: Omar is heard.
    key: IJ
    feedback: {IW: a, CW: b, IJ: c, CJ: d}
  - id: groups
    text: All groups may sit.
    key: CJ
    alt: {cell: CW, reason: It is shared.}
    feedback: {IW: a, CW: "Defensible: b", IJ: c, CJ: d}
"""


def problems(path: str | Path) -> tuple[pv.Problem, ...]:
    with pytest.raises(pv.ActivityError) as caught:
        pv.load(path)
    return caught.value.problems


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_good_file_has_no_problems(tmp_path: Path) -> None:
    activity = pv.load(save(tmp_path, GOOD))
    assert (activity.id, activity.kind, activity.version) == ("bench", "matrix", 1)
    assert activity.title == "A bench"
    assert sorted(activity.sets[0]) == ["groups", "lena", "omar", "park"]


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "said"),
    [
        # Names
        ("title: A", "titel: A", 4, "titel", 'unknown field "titel".*Did you mean "title"'),
        ("sign: gain", "Sign: gain", 9, "cards[0].Sign", 'Did you mean "sign"'),
        ("kind: matrix", "kind: matrx", 2, "kind", f'one of {ANY}, found "matrx".*mean "matrix"'),
        ("kind: matrix", "kind: [matrix]", 2, "kind", f"one of {ANY}, found a list"),
        ("key: IW", "key: WI", 10, "cards[0].key", 'IW, CW, IJ, CJ, found "WI"'),
        ("key: IW", "key: iw", 10, "cards[0].key", 'Did you mean "IW"'),
        ("sign: gain", "sign: gian", 9, "cards[0].sign", 'found "gian".*Did you mean "gain"'),
        ("sign: gain", "colour: red", 9, "cards[0].colour", "expected one of id, case, text"),
        ("cell: CW,", "cel: CW,", 24, "cards[3].alt.cel", 'Did you mean "cell"'),
        ("id: bench", "id: The bench", 1, "id", 'found "The bench", expected a name in small'),
        ("id: bench", 'id: "bench\\n"', 1, "id", r'found "bench\\n", expected a name'),
        ("id: bench", f"id: {'b' * 61}", 1, "id", "61 characters; at most 60"),
        ("id: park", "id: Park-1", 13, "cards[1].id", 'found "Park-1", expected a name in small'),
        # What is missing
        ("title: A bench\n", "", 1, "", 'the field "title" is missing: a short heading'),
        ("kind: matrix\n", "", 1, "", 'the field "kind" is missing'),
        ("    key: IW\n", "", 7, "cards[0]", 'the field "key" is missing'),
        ("{IW: a, CW: b", "{CW: b", 12, "cards[0].feedback", '"IW" is missing.*My Wellbeing'),
        ("cell: CW, reason: It is shared.", "cell: CW", 24, "cards[3].alt", '"reason" is missing'),
        # What is there twice
        ("title: A", "title: B\ntitle: A", 5, "title", "given twice; first in line 4"),
        ("id: omar", "id: lena", 17, "cards[2].id", '"lena" is used twice; first in line 7'),
        # What YAML reads as something else
        ("A bench", "012", 4, "title", "expected a text, found the number 012; put it in quotes"),
        ("A bench", "1.0", 4, "title", "expected a text, found the number 1.0; put it in quotes"),
        ("A bench", "true", 4, "title", r"found true \(read as bool\); put it in quotes"),
        ("A bench", "2026-11-21", 4, "title", r"2026-11-21 \(read as timestamp\); put it in qu"),
        ("A bench", "null", 4, "title", "expected a text, found nothing"),
        ("A bench", "", 4, "title", "expected a text, found nothing"),
        ("A bench", '" "', 4, "title", "expected a text, found an empty one"),
        ("A bench", "[A, bench]", 4, "title", "expected a text, found a list"),
        ("A bench", "{a: bench}", 4, "title", "expected a text, found a block of fields"),
        ("A bench", '"A\\0bench"', 4, "title", r"U\+0000 cannot be shown"),
        ("A bench", '"A \\ud83d\\ude00"', 4, "title", r"U\+D83D cannot be shown"),
        ("[can sit]", "[can sit, 12]", 11, "cards[0].words[1]", "found the number 12; put it in"),
        ("version: 1", "version: 1.0", 3, "version", "a whole number, found the number 1.0"),
        ("version: 1", "version: one", 3, "version", 'a whole number, found "one"'),
        ("version: 1", "version: 0", 3, "version", "found 0, expected a whole number from 1 to"),
        (
            "version: 1",
            f"version: {'9' * 5000}",
            3,
            "version",
            "expected a whole number, found the",
        ),
        ("version: 1", "version: yes", 3, "version", 'a whole number, found "yes"'),
        ("[can sit]", "can sit", 11, "cards[0].words", 'expected a list, found "can sit"'),
        ("{cell: CW, reason: It is shared.}", "CW", 24, "cards[3].alt", r"block of fields \(cell,"),
        # What is no YAML, or YAML that is not used
        ("A bench", "A bench: new", 4, "", r'a text with ": " in it needs quotes'),
        ("    sign", "\tsign", 9, "", "indent with spaces, not tabs"),
        ("A bench", '"A bench', 4, "", "the quotation mark that opens here"),
        ("A bench", "A \x07bench", 4, "", r"U\+0007 is not allowed"),
        ("A bench", "!!python/object/apply:os.system [id]", 4, "", "tag .*os.system is not used"),
        ("A bench", "!!python/name:os.system", 4, "", "tag .* is not used here"),
        ("A bench", "!own bench", 4, "", "the tag !own is not used here"),
        ("A bench", "! bench", 4, "", "the tag ! is not used here"),
        ("A bench", "&t A bench", 4, "", "anchors .* are not used here"),
        ("A bench", "*t", 4, "", r"aliases \(\*name\) are not used here"),
        ("title:", "<<: {title: B}\ntitle:", 4, "<<", 'unknown field "<<"'),
        ("title:", "? [a]\n: b\ntitle:", 4, "", "expected a field's name, found a list"),
        ("title:", "1: b\ntitle:", 4, "1", 'unknown field "1"'),
        ("title:", "---\ntitle:", 4, "", "a second document starts here"),
        # The rules of the matrix
        ("{cell: CW,", "{cell: IW,", 24, "cards[3].alt.cell", "IW lies diagonally to the key CJ"),
        ("{cell: CW,", "{cell: CJ,", 24, "cards[3].alt.cell", r"is the key itself \(CJ\)"),
        ("Defensible: b", "defensible: b", 25, "cards[3].feedback.CW", 'start with "Defensible:"'),
        ("[can sit]", "[can sit, may]", 11, "cards[0].words[1]", '"may" does not occur in the ca'),
        ("[can sit]", "[Can sit]", 11, "cards[0].words[0]", '"Can sit" does not occur'),
        ("cards:", "draw: 6\ncards:", 6, "draw", "found 6, expected a multiple of 4"),
        ("cards:", "draw: 0\ncards:", 6, "draw", "found 0, expected a whole number from 4"),
    ],
)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, line: int, field: str, said: str
) -> None:
    path = save(tmp_path, changed(old, new))
    (problem,) = problems(path)
    assert (problem.file, problem.line, problem.field) == (str(path), line, field)
    assert re.search(said, problem.message)
    assert str(problem).startswith(f"{path}:{line}: {field}")
    assert "\n" not in str(problem)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("", 0, "the file is empty"),
        (" \n\n", 0, "the file is empty"),
        ("# only a comment\n", 0, "the file is empty"),
        ("- a\n- b\n", 1, r"expected a block of fields \(id, kind, .*\), found a list"),
        ("some words\n", 1, r'expected a block of fields \(.*\), found "some words"'),
        ("a: " + "[" * 100_000, 1, "nested more than 12 levels deep"),
        ("".join(f"{' ' * n}a:\n" for n in range(300)), 13, "nested more than 12 levels deep"),
        # The billion laughs, cut short where the first name is given.
        ("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n", 1, "anchors"),
        (GOOD + "---\n" + GOOD, 26, "a second document"),
        (GOOD.encode("utf-16"), 1, "byte 0 is not UTF-8"),
        (changed("A bench", "Café").encode("latin-1"), 4, "byte 44 is not UTF-8; save the file"),
        (b"\x93NUMPY\x00\xff", 1, "byte 0 is not UTF-8"),
        (b"#" * (MAX_BYTES + 1), 0, "the file has 1,000,001 bytes; at most 1,000,000 are read"),
    ],
    ids=range(13),
)
def test_what_is_no_activity_at_all(
    tmp_path: Path, content: str | bytes, line: int, said: str
) -> None:
    (problem,) = problems(save(tmp_path, content))
    assert (problem.line, problem.field) == (line, "")
    assert re.search(said, problem.message)


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("no/such.yml", "cannot be read: No such file"),
        ("/dev/null", "this is not a regular file"),
        (".", "there is no activity"),
        ("./", "this is a folder; expected a YAML file"),
        (Path(), "this is a folder; expected a YAML file"),
        ("a\0b.yml", "cannot be read: .*null"),
        ("a\0b", "there is no activity"),
        ("", "there is no activity"),
        ("a" * 5000, "there is no activity"),
        ("a" * 5000 + ".yml", "cannot be read: File name too long"),
        ("value-matrx", 'Did you mean "value-matrix".*Known: .*value-matrix.*give its path'),
        ("Value-Matrix", 'Did you mean "value-matrix"'),
        (Path("value-matrix"), "cannot be read"),  # a Path is never an id
    ],
    ids=range(13),
)
def test_what_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ref: str | Path, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (problem,) = problems(ref)
    assert re.search(said, problem.message)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yml"
    os.mkfifo(pipe)
    (problem,) = problems(pipe)
    assert "not a regular file" in problem.message


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = changed("version: 1", "version: x").replace("id: park", "id: Park")
    text = text.replace("title:", "tilte:").replace("key: IJ", "key: JI")
    text = text.replace("Defensible: b", "b").replace("can sit]", "may]")
    text = text.replace("cards:", "seed: -1\nextra: 1\ncards:").replace("id: omar", "id: lena")
    found = problems(save(tmp_path, text))
    assert [(p.line, p.field) for p in found] == [
        (3, "version"),
        (4, "tilte"),
        (6, "seed"),
        (7, "extra"),
        (13, "cards[0].words[0]"),
        (15, "cards[1].id"),
        (19, "cards[2].id"),
        (21, "cards[2].key"),
        (27, "cards[3].feedback.CW"),
    ]


def test_at_most_one_card_in_four_has_an_alt(tmp_path: Path) -> None:
    cards = bank(3, alts=3)
    assert len(pv.load(save(tmp_path, document(cards))).sets[0]) == 12
    (problem,) = problems(save(tmp_path, document(cards[:-1])))
    assert problem.field == "cards[6].alt"
    assert problem.message == "3 of 11 cards have an alt; expected at most one in four"


def test_a_draw_needs_enough_cards_of_each_cell(tmp_path: Path) -> None:
    path = save(tmp_path, document(bank(2)[1:7], draw=8))
    assert [problem.message for problem in problems(path)] == [
        "8 cards need 2 with the key IW, found 1",
        "8 cards need 2 with the key CJ, found 1",
    ]


def test_an_unknown_kind_hides_no_other_problem(tmp_path: Path) -> None:
    text = changed("kind: matrix", "knid: matrix").replace("key: IW", "kye: IW")
    assert [p.field for p in problems(save(tmp_path, text))] == ["knid", "cards[0].kye"]


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ("kind: matrix", "kind: [matrix]", ["kind"]),
        ("kind: matrix", "knid: [matrix]", [""]),
        ("kind: matrix", "some: [matrix]", [""]),
        ("kind: matrix\nversion: 1", "version: one", ["", "version"]),
    ],
)
def test_without_a_kind_only_what_all_kinds_share_is_told(
    tmp_path: Path, old: str, new: str, fields: list[str]
) -> None:
    text = changed(old, new).replace("key: IW", "kye: IW")
    assert [p.field for p in problems(save(tmp_path, text))] == fields


def test_the_message_is_all_that_a_notebook_shows(tmp_path: Path) -> None:
    path = save(tmp_path, changed("title: A bench\n", ""))
    with pytest.raises(pv.ActivityError) as caught:
        pv.load(path)
    lines = caught.value._render_traceback_()
    assert lines[1:] == [f'{path}:1: the field "title" is missing: a short heading']
    assert str(caught.value) == lines[1]


@pytest.mark.parametrize(
    ("old", "new", "title", "version"),
    [
        ("A bench", "no", "no", 1),  # only YAML 1.1 reads a Norwegian as false
        ("A bench", '"012"', "012", 1),
        ("A bench", "A  bench # in a park", "A  bench", 1),
        ("version: 1", "version: 012", "A bench", 12),
        ("version: 1", "version: 0x10", "A bench", 16),
        ("version: 1", "version: 1_000", "A bench", 1000),
    ],
)
def test_what_yaml_reads(tmp_path: Path, old: str, new: str, title: str, version: int) -> None:
    activity = pv.load(save(tmp_path, changed(old, new)))
    assert (activity.title, activity.version) == (title, version)


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD + "...\n",
        "# for editors\n---\n" + GOOD,
        "%YAML 1.2\n---\n" + GOOD,
    ],
)
def test_what_editors_add_does_not_matter(tmp_path: Path, content: str) -> None:
    assert pv.load(save(tmp_path, content)).public == pv.load(save(tmp_path, GOOD)).public


def test_an_id_and_a_path_lead_to_the_same_activity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = model.FOLDER / "value-matrix.yml"
    assert pv.load("value-matrix") == pv.load(str(own)) == pv.load(own)
    # A file of that name beside the notebook is not what an id means.
    monkeypatch.chdir(tmp_path)
    save(tmp_path, GOOD, "value-matrix.yml")
    assert pv.load("value-matrix").path == own
    assert pv.load("value-matrix.yml").id == "bench"


def test_importing_and_grading_need_no_jupyter() -> None:
    code = (
        "import sys, pvwidgets as pv\n"
        "pv.grade(pv.load('value-matrix'), {})\n"
        "heavy = {'IPython', 'anywidget', 'ipywidgets', 'traitlets', 'matplotlib', 'sphinx'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# The activities of the package


def test_there_are_activities() -> None:
    assert ACTIVITIES
    assert pv.list_activities() == [path.stem for path in ACTIVITIES]


@pytest.fixture(
    params=[path for path in ACTIVITIES if "\nkind: matrix\n" in path.read_text(encoding="utf-8")],
    ids=lambda path: path.stem,
)
def matrix(request: pytest.FixtureRequest) -> pv.Activity:
    return pv.load(request.param)


@pytest.fixture(params=ACTIVITIES, ids=lambda path: path.stem)
def own(request: pytest.FixtureRequest) -> pv.Activity:
    return pv.load(request.param)


def source(activity: pv.Activity) -> dict[str, Any]:
    return YAML(typ="safe", pure=True).load(activity.path)


def test_the_file_is_named_by_the_id(own: pv.Activity) -> None:
    assert own.path.name == f"{own.id}.yml"


def test_no_id_tells_the_cell(matrix: pv.Activity) -> None:
    telling = {*map(str.lower, CELLS), "my", "our", "individual", "collective"}
    telling |= {"welfare", "wellbeing", "justice", "rights", "duties", "gain", "loss"}
    for card_id in matrix.key["cards"]:
        assert not telling & set(card_id.split("-"))


def test_every_explanation_is_another(matrix: pv.Activity) -> None:
    texts = [text for card in source(matrix)["cards"] for text in card["feedback"].values()]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_every_card_names_its_source_and_the_words_that_decide(matrix: pv.Activity) -> None:
    for made in source(matrix)["cards"]:
        assert all(made.get(name) for name in ("source", "words", "sign")), made["id"]


def strings(tree: Any) -> set[str]:
    if isinstance(tree, str):
        return {tree}
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return set().union(*map(strings, children))


def test_the_public_half_holds_no_key(matrix: pv.Activity) -> None:
    open_text = json.dumps(matrix.public, ensure_ascii=False)
    # The cells and signs to choose from are named, and nothing says which is a card's.
    shared = ("name", "layout", "wide", "columns", "bins", "marks", "bars")
    made_of_cards = {name: matrix.public[name] for name in matrix.public if name not in shared}
    assert not re.search(r"\b(IW|CW|IJ|CJ)\b", json.dumps(made_of_cards, ensure_ascii=False))
    assert not {"gain", "loss", "key", "alt", "sign", "feedback"} & strings(made_of_cards)
    for name in ("key", "alt", "sign", "feedback", "words", "source", "reason", "case"):
        assert f'"{name}":' not in open_text
    for made in source(matrix)["cards"]:
        hidden = [*made["feedback"].values(), made["source"]]
        if "alt" in made:
            hidden.append(made["alt"]["reason"])
        for text in hidden:
            assert richtext.to_text(richtext.blocks(text)) not in open_text, made["id"]
            assert json.dumps(richtext.blocks(text), ensure_ascii=False) not in open_text
    assert all(set(made) == {"id", "text"} for made in matrix.public["cards"])
    assert matrix.without_key().key is None
    assert matrix.without_key().public is matrix.public


HIDDEN = {"feedback", "reason", "model", "arrows", "ratings", "source"}


def hidden(tree: Any, inside: bool = False) -> set[str]:
    """The texts of a file that no learner may see before answering."""
    if isinstance(tree, str):
        return {tree} if inside else set()
    if not isinstance(tree, dict | list):
        return set()
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    return set().union(*(hidden(one, inside or name in HIDDEN) for name, one in pairs))


@pytest.mark.parametrize("name", pv.list_activities())
def test_no_public_half_holds_an_explanation(name: str) -> None:
    activity = pv.load(name)
    data = YAML(typ="safe", pure=True).load(activity.path)
    open_text = json.dumps(activity.public, ensure_ascii=False)
    texts = {one for one in hidden(data) if len(one) > 20}
    assert (
        texts
        or activity.key is None
        or data["kind"]
        in (
            "alignment",
            "share",
            "triangle",
            "writing",
        )
    )
    for text in texts:
        assert json.dumps(richtext.blocks(text), ensure_ascii=False) not in open_text
        assert richtext.to_text(richtext.blocks(text)) not in open_text
    assert activity.without_key().key is None


def test_the_order_of_cards_tells_nothing(tmp_path: Path) -> None:
    cards = bank(4)
    one = pv.load(save(tmp_path, document(cards)))
    two = pv.load(save(tmp_path, document(cards[::-1])))
    assert one.public == two.public
    ids = [card["id"] for card in one.public["cards"]]
    assert ids == sorted(ids)


def test_a_key_is_made_of_the_file(tmp_path: Path) -> None:
    cards = [
        card("a", "IW", sign="loss", words=["Something"], case="C", source="S0.1"),
        *[card(f"b-{n}", "CJ") for n in range(2)],
        card("c", "IJ", "CJ"),
    ]
    key = pv.load(save(tmp_path, document(cards))).key["cards"]
    assert key["a"] == {
        "cell": "IW",
        "sign": "loss",
        "lead": "For whom? Individual. By which measure? Welfare. A loss (−). "
        "Words that decide: “Something”.",
        "tags": {"IW": "usual reading", "CW": "", "IJ": "", "CJ": ""},
        "off": {
            "CW": "For whom? is off. By which measure? is right.",
            "IJ": "By which measure? is off. For whom? is right.",
            "CJ": "Both questions are off.",
        },
        "feedback": {cell: [["p", f"About {cell} and a."]] for cell in CELLS},
    }
    assert key["b-0"]["sign"] == "gain"
    assert "Words" not in key["b-0"]["lead"]
    assert set(key["c"]["off"]) == {"IW", "CW"}
    assert list(key["c"]["tags"].values()) == ["usual reading", "", "", "defensible"]
    assert (key["c"]["alt"], key["c"]["reason"]) == ("CJ", [["p", "It can be heard so of c."]])


# Draws


def test_every_card_is_shown_where_there_is_no_draw(tmp_path: Path) -> None:
    activity = pv.load(save(tmp_path, document(bank(2)[:7])))
    (only,) = activity.sets
    assert sorted(only) == sorted(activity.key["cards"])
    assert pv.load(save(tmp_path, document(bank(2), draw=8))).sets[1:] == []


@settings(max_examples=25)
@given(
    each=st.integers(1, 3),
    more=st.integers(1, 4),
    alts=st.integers(0, 2),
    seed=st.integers(0, 10**9),
)
def test_every_set_is_balanced(
    tmp_path_factory: pytest.TempPathFactory, each: int, more: int, alts: int, seed: int
) -> None:
    cards = bank(each + more, alts)
    path = save(tmp_path_factory.getbasetemp(), document(cards, draw=4 * each))
    activity = pv.load(path, seed=seed)
    key = activity.key["cards"]
    assert 1 <= len(activity.sets) <= MAX_SETS
    for drawn in activity.sets:
        assert len(set(drawn)) == len(drawn) == 4 * each
        assert Counter(key[name]["cell"] for name in drawn) == dict.fromkeys(CELLS, each)
        assert 4 * sum("alt" in key[name] for name in drawn) <= len(drawn)
    assert len({frozenset(drawn) for drawn in activity.sets}) == len(activity.sets)
    assert pv.load(path, seed=seed) == activity
    assert pv.load(path, seed=str(seed)).sets == activity.sets


def test_another_seed_draws_others(tmp_path: Path) -> None:
    path = save(tmp_path, document(bank(6), draw=8, seed=1))
    by_file = pv.load(path)
    assert pv.load(path, seed=1).sets == by_file.sets
    others = {json.dumps(pv.load(path, seed=seed).sets) for seed in range(20)}
    assert len(others) == 20
    # Without a seed the id decides, so that two activities with the same cards differ.
    ids = [pv.load(save(tmp_path, document(bank(6), draw=8, id=name))).sets for name in ("a", "b")]
    assert ids[0] != ids[1]


def test_a_draw_stays_the_same_in_years_to_come(tmp_path: Path) -> None:
    # Answers name the set they were given on: another draw for an old seed would orphan them.
    activity = pv.load(save(tmp_path, document(bank(2), draw=4, seed=2026)))
    assert activity.sets == [
        ["card-1d", "card-1b", "card-0c", "card-1a"],
        ["card-1c", "card-0d", "card-0a", "card-0b"],
        ["card-1c", "card-1d", "card-1b", "card-0a"],
        ["card-0c", "card-0d", "card-0b", "card-1a"],
    ]


def test_a_bank_without_a_fair_draw_is_refused(tmp_path: Path) -> None:
    cards = [card("a", "IW", "CW"), card("b", "CW", "IW")]
    cards += [card(f"c-{n}", ["IJ", "CJ"][n % 2]) for n in range(8)]
    (problem,) = problems(save(tmp_path, document(cards, draw=4)))
    assert problem.field == "draw"
    assert "in every draw more than one card in four has an alt" in problem.message
