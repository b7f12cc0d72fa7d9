"""A release from a bank: what is drawn, what goes out, and what stops it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pvwidgets as pv
from pvwidgets import answers, cli, codes, page
from pvwidgets.classroom import grading
from pvwidgets.classroom.assign import assign
from pvwidgets.halves import read_key
from pvwidgets.kinds import part

HERE = Path(__file__).parents[2] / "chapters" / "for-instructors"
BANK, SOURCE = HERE / "sample-bank-public", HERE / "sample-assignment"
SORT, QUIZ = "sample-did-or-changed", "sample-whose-mandate"
HIDDEN = "No <em>family</em> is said to liv&#101; differently"
MEANT = "fewer people were hurt than before"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    shutil.copytree(SOURCE, tmp_path / "source")
    return tmp_path / "source"


def edit(source: Path, change: Callable[[Any], None]) -> None:
    path = source / "assignment.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def solved(activity: pv.Activity, key: dict[str, Any]) -> dict[str, Any]:
    blank = part(activity.kind, "grade").blank(activity.public)
    if activity.kind == "sort":
        placed = {card: key["cards"][card]["bin"] for card in blank["set"]}
        return blank | {"placed": placed}
    right = {item: {"answer": key["cards"][item]["answer"]["told"]} for item in blank["set"]}
    return blank | {
        "answers": {
            item: {"answer": next(o["id"] for o in told["answer"] if o["points"])}
            for item, told in right.items()
        }
    }


def hand_in(folder: Path, keys: Path, names: list[str]) -> None:
    entries = {}
    for name in names:
        held = read_key(keys / f"{name}.key.json")
        activity = pv.load(folder / f"{name}.public.json")
        response = solved(activity, held.key)
        assert pv.grade(activity, response).status == "ungraded"
        entries[name] = {
            "kind": activity.kind,
            "version": 1,
            "saved": answers.now(),
            "response": response,
        }
    (folder / "answers.json").write_text(answers.dump(entries), encoding="utf-8")


def test_a_release_is_answered_and_graded(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "out"
    assign(source, BANK, out, seed="spring", items=2)
    release = {path.name for path in (out / "release").iterdir()}
    assert release == {"assignment.ipynb", f"{SORT}.public.json", f"{QUIZ}.public.json"}
    public = json.loads((out / "release" / f"{SORT}.public.json").read_text(encoding="utf-8"))
    assert len(public["public"]["cards"]) == 2
    assert len(public["public"]["sets"]) == 1
    text = (out / "release" / "assignment.ipynb").read_text(encoding="utf-8")
    assert f'pv.activity(\\"{SORT}.public.json\\")' in text
    assert f'pv.answer(\\"{SORT}\\", ' in text
    shutil.copytree(out / "release", tmp_path / "in" / "ada")
    hand_in(tmp_path / "in" / "ada", out / "keys", [SORT, QUIZ])
    tasks = grading.tasks_of_keys(out / "keys")
    rows = grading.grade_class([tmp_path / "in"], tasks=tasks).rows
    assert [(row.activity, row.status, row.score, row.max) for row in rows] == [
        (SORT, "graded", 8, 8),
        (QUIZ, "graded", 6, 6),
    ]


def test_learners_see_the_release_without_a_verdict(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(source, BANK, tmp_path / "out", seed="spring")
    monkeypatch.chdir(tmp_path / "out" / "release")
    monkeypatch.delenv("PVWIDGETS_HOST", raising=False)
    widget = pv.activity(f"{SORT}.public.json", answers=None)
    assert widget._key is None
    score = pv.score(f"{SORT}.public.json", points=8)
    assert (float(score), float(score.max)) == (0, 8)
    assert '"key":null' in page.section(pv.load(f"{SORT}.public.json"))


def test_the_seed_decides(tmp_path: Path, source: Path) -> None:
    texts = []
    for n, seed in enumerate(["a", "a", "b"]):
        assign(source, BANK, tmp_path / str(n), seed=seed, items=2)
        texts.append((tmp_path / str(n) / "keys" / f"{SORT}.key.json").read_text(encoding="utf-8"))
    assert texts[0] == texts[1] != texts[2]
    assign(source, BANK, tmp_path / "chance")
    told = json.loads((tmp_path / "chance" / "keys" / "release.json").read_text(encoding="utf-8"))
    assert len(told["seed"]) == 16


def test_a_number_that_is_somebody_else_s_in_the_list_takes_no_variant_away(
    tmp_path: Path, source: Path
) -> None:
    # The list has the numbers of the institution, the names of files those of the platform.
    roster = [("Ada Okafor", "900"), ("Bo Li", "17")]
    assign(source, BANK, tmp_path / "out", seed="s", items=2, roster=roster)
    place = tmp_path / "in" / "Ada Okafor_17_assignsubmission_file_"
    shutil.copytree(tmp_path / "out" / "release" / "Ada-Okafor-900", place)
    names = [path.name.removesuffix(".public.json") for path in place.glob("*.public.json")]
    hand_in(place, tmp_path / "out" / "keys", names)
    tasks = grading.tasks_of_keys(tmp_path / "out" / "keys")
    rows = grading.grade_class([tmp_path / "in"], tasks=tasks).rows
    assert {row.status for row in rows if row.student == "Ada Okafor"} == {"graded"}
    assert {row.status for row in rows if row.student == "Bo Li"} == {"missing"}


def test_variants_for_each_learner(tmp_path: Path, source: Path) -> None:
    roster = [("Ada Okafor", "7"), ("Bo Li", "8"), ("Cy Xu", "9")]
    out = tmp_path / "out"
    assign(source / "assignment.ipynb", BANK, out, seed="s", items=2, roster=roster)
    keys = {path.name.removesuffix(".key.json"): path for path in (out / "keys").glob("*.key.json")}
    assert len(keys) == 6
    mine = {}
    for slug in ("Ada-Okafor-7", "Bo-Li-8"):
        folder = out / "release" / slug
        names = sorted(path.name.removesuffix(".public.json") for path in folder.glob("*.public.*"))
        mine[slug] = names
        assert f'"{names[0]}\\"' in (folder / "assignment.ipynb").read_text().replace('\\"s', '"s')
    place = tmp_path / "in" / "Okafor, Ada_7_assignsubmission_file_"
    shutil.copytree(out / "release" / "Ada-Okafor-7", place)
    hand_in(place, out / "keys", mine["Ada-Okafor-7"])
    copied = tmp_path / "in" / "Bo Li_8_assignsubmission_file_"
    shutil.copytree(place, copied)  # hands in Ada's
    stranger = tmp_path / "in" / "Zed_99_assignsubmission_file_"
    shutil.copytree(place, stranger)
    tasks = grading.tasks_of_keys(out / "keys")
    rows = grading.grade_class([tmp_path / "in"], tasks=tasks).rows
    told = {(row.student, row.activity): (row.status, int(row.score)) for row in rows}
    assert told == {
        ("Okafor, Ada", SORT): ("graded", 8),
        ("Okafor, Ada", QUIZ): ("graded", 6),
        ("Bo Li", SORT): ("another variant", 0),
        ("Bo Li", QUIZ): ("another variant", 0),
        ("Zed", SORT): ("another variant", 0),
        ("Zed", QUIZ): ("another variant", 0),
        ("Cy Xu", SORT): ("missing", 0),
        ("Cy Xu", QUIZ): ("missing", 0),
    }


def test_names_in_signs_and_letters_have_a_variant_each(tmp_path: Path, source: Path) -> None:
    # Ram and Rima in Devanagari: without the signs of their vowels they are one.
    roster = [("\u0930\u093e\u092e", ""), ("\u0930\u0940\u092e\u093e", "")]
    assign(source, BANK, tmp_path / "out", seed="s", items=2, roster=roster)
    for name, _ in roster:
        place = tmp_path / "in" / name
        shutil.copytree(tmp_path / "out" / "release" / name, place)
        names = [path.name.removesuffix(".public.json") for path in place.glob("*.public.json")]
        hand_in(place, tmp_path / "out" / "keys", names)
    tasks = grading.tasks_of_keys(tmp_path / "out" / "keys")
    rows = grading.grade_class([tmp_path / "in"], tasks=tasks).rows
    assert [row.status for row in rows] == ["graded"] * 4


def test_a_graded_cell_whose_points_cannot_be_read_stops_a_release(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for cell in (f'pv.score("{SORT}", points=P)', f'pv.score("{SORT}", points=99)'):
        in_cell(cell, "code")(source)
        out = tmp_path / "out"
        assert cli.main(["assign", str(source), "--bank", str(BANK), "--out", str(out)]) == 2
        assert f'pv.score("{SORT}")' in capsys.readouterr().err
        assert not out.exists()
        edit(source, lambda nb: nb["cells"].pop())


# --- What stops a release ----------------------------------------------------------------------


def in_cell(text: str, kind: str = "markdown") -> Callable[[Path], None]:
    return lambda source: edit(
        source,
        lambda nb: nb["cells"].append(
            {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
        ),
    )


def in_metadata(value: Any) -> Callable[[Path], None]:
    return lambda source: edit(source, lambda nb: nb["metadata"].update(extra=value))


def in_output(data: dict[str, Any]) -> Callable[[Path], None]:
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    return lambda source: edit(source, lambda nb: nb["cells"][2].update(outputs=[output]))


def a_file(name: str, text: str | bytes) -> Callable[[Path], None]:
    data = text.encode() if isinstance(text, str) else text
    return lambda source: bool((source / name).write_bytes(data)) and None


CODE = codes.encode(SORT, {"saved": answers.now(), "response": {}})
LEAKS: dict[str, Callable[[Path], None]] = {
    "feedback in a cell": in_cell(f"By the way: {MEANT.capitalize()}."),
    "feedback in lines": in_cell("No work on the steps\nis named here, by the way."),
    "feedback in markup": in_output({"text/html": HIDDEN}),
    "feedback in metadata": in_metadata({"deep": [{"x": MEANT}]}),
    "an item that was not drawn": in_cell("A mechanic repaired the village pump in May."),
    "a widget with its key": in_metadata({"widgets": {"m": {"_key": {"cards": {}, "x": 1}}}}),
    "places in metadata": in_metadata(dict.fromkeys(("toy-loans", "reading-hour"), "done")),
    "places in code": in_cell("s = {'toy-loans': 'done', \"reading-hour\": \"done\"}", "code"),
    "places in a table": in_cell("| toy-loans | done |\n| reading-hour | done |"),
    "places in words": in_cell("- toy loans: **done**\n- reading hour \u2192 done"),
    "places in a file": a_file("k.csv", "toy-loans,done\nreading-hour,done\n"),
    "places by place": in_cell("dict(done=['toy-loans'], changed=['first-letter'])", "code"),
    "places as names": in_cell("dict(toy_loans='done', reading_hour='done')", "code"),
    "an answer code": in_cell(f'pv.answer("{SORT}", "{CODE}")', "code"),
    "an answers file": a_file("answers.json", answers.dump({})),
    "an answers file by another name": a_file("old.txt", answers.dump({})),
    "the activity": a_file("x.yml", (BANK / f"{SORT}.yml").read_bytes()),
    "the activity as text": a_file("x.txt", (BANK / f"{SORT}.yml").read_bytes()),
    "a key file": a_file(f"{SORT}.key.json", "{}"),
    "a key file by another name": a_file("x.json", '{"format": "pvwidgets-key"}'),
    "a page with its key": a_file("feedback.html", page.document(pv.load(BANK / f"{SORT}.yml"))),
    "a feedback page": a_file("feedback.html", f"<p>1. {MEANT.title()}</p>"),
    "a zip file": a_file("more.zip", b"PK"),
    "UTF-16": a_file("x.txt", MEANT.encode("utf-16")),
}  # fmt: skip


@pytest.mark.parametrize("leak", LEAKS)
def test_what_tells_a_key_does_not_go_out(leak: str, tmp_path: Path, source: Path) -> None:
    LEAKS[leak](source)
    with pytest.raises(pv.ActivityError, match="nothing was written"):
        assign(source, BANK, tmp_path / "out", seed="spring", items=2)
    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_what_is_public_may_stand_in_the_notebook(tmp_path: Path, source: Path) -> None:
    in_cell("Does the sentence tell what an office did, or what became different?")(source)
    a_file("picture.png", b"\x89PNG\x00\xff")(source)
    a_file("data.csv", "a,b\n1,2\n")(source)
    in_cell("Items: toy-loans, reading-hour. Places: done, changed. One: toy-loans is done.")(
        source
    )
    assign(source, BANK, tmp_path / "out")
    assert (tmp_path / "out" / "release" / "picture.png").is_file()


def test_arguments_that_cannot_be_used(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*args: str | Path) -> str:
        assert cli.main(["assign", *map(str, args)]) in (1, 2)
        return capsys.readouterr().err

    out = tmp_path / "out"
    assert "holds no" in told(source, "--bank", tmp_path, "--out", out)
    assert "no such folder" in told(source, "--bank", tmp_path / "none", "--out", out)
    assert "there is no notebook" in told(BANK, "--bank", BANK, "--out", out)
    assert "there already" in told(source, "--bank", BANK, "--out", source)
    assert "there are 3" in told(source, "--bank", BANK, "--out", out, "--items", "4")
    assert "there are 8 cards" in told(source, "--bank", BANK, "--out", out, "--items", "9")
    bank = tmp_path / "bank"
    bank.mkdir()
    shutil.copy(pv.load("value-matrix").path, bank)
    in_cell('pv.activity("value-matrix")', "code")(source)
    for name in (SORT, QUIZ):
        shutil.copy(BANK / f"{name}.yml", bank)
    assert "everybody has its key" in told(source, "--bank", bank, "--out", out)
    for bad in ('{"cells": [{"cell_type": "markdown"}]}', '{"cells": [], "x": "\\ud800"}'):
        (source / "more.ipynb").write_text(bad, encoding="utf-8")
        assert "not a notebook" in told(source, "--bank", bank, "--out", out)
    (source / "more.ipynb").unlink()
    (source / "link").symlink_to(bank)
    assert "symbolic link" in told(source, "--bank", bank, "--out", out)
    assert not out.exists()


def test_the_sample_bank_says_that_it_is_public() -> None:
    assert "public" in BANK.name
    assert "everybody can read its keys" in (BANK / "README.md").read_text(encoding="utf-8")
