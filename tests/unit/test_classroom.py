"""A class's submissions: which layouts are known, what counts, and what hostile files do."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import stat
import struct
import sys
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, TextIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pvwidgets as pv
from pvwidgets import answers, cli, codes, halves
from pvwidgets.classroom import collect as collecting
from pvwidgets.classroom import grading, tables, work
from pvwidgets.classroom import rows as grading_rows
from pvwidgets.classroom.demo import CHOOSERS, make_class
from pvwidgets.classroom.gradebook import fill
from pvwidgets.kinds import part
from tests.unit.samples import bank, document, save

VECTORS = Path(__file__).parents[1] / "vectors"


def _sample() -> pv.Activity:
    with tempfile.TemporaryDirectory() as folder:
        return pv.load(save(Path(folder), document(bank(3))))


SAMPLE = _sample()


@pytest.fixture(scope="module")
def activity() -> pv.Activity:
    return SAMPLE


@pytest.fixture(scope="module")
def task(activity: pv.Activity) -> work.Task:
    return work.Task(activity, activity.id)


def response(activity: pv.Activity, right: int) -> dict[str, Any]:
    """Return an answer that is right for so many cards, and off in both for the others."""
    other = {"IW": "CJ", "CJ": "IW", "CW": "IJ", "IJ": "CW"}
    blank = part("matrix", "grade").blank(activity.public)
    placed = {}
    for n, card in enumerate(blank["set"]):
        assert activity.key is not None
        cell = activity.key["cards"][card]["cell"]
        placed[card] = cell if n < right else other[cell]
    return blank | {"placed": placed}


def entry(activity: pv.Activity, right: int, saved: str = "2026-11-21T10:00:00.000Z") -> Any:
    made = {"kind": "matrix", "version": 1, "saved": saved}
    return made | {"response": response(activity, right)}


def answers_file(activity: pv.Activity, right: int, saved: str = "2026-11-21T10:00:00.000Z") -> str:
    return answers.dump({activity.id: entry(activity, right, saved)})


def notebook(*cells: str) -> str:
    listed = [{"cell_type": "code", "metadata": {}, "source": cell} for cell in cells]
    return json.dumps({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def put(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def packed(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def graded(task: work.Task, *paths: Path) -> grading.Grades:
    return grading.grade_class(paths, tasks=[task])


def whole(grades: grading.Grades) -> tuple[list[work.Row], list[str], list[str]]:
    return list(grades.rows), grades.activities, grades.faults


def written(write: Callable[[grading.Grades, TextIO], None], grades: grading.Grades) -> str:
    out = io.StringIO()
    write(grades, out)
    return out.getvalue()


def handed_in(folder: Path, files: dict[str, str], zipped: bool) -> Path:
    """The files of a class, in a folder or in a zip file."""
    if zipped:
        return put(folder / "class.zip", packed(dict(files)))
    for name, text in files.items():
        put(folder / "class" / name, text)
    return folder / "class"


def brief(grades: grading.Grades) -> dict[str, tuple[str, int]]:
    return {row.student: (row.status, int(row.score)) for row in grades.rows}


# --- Layouts -----------------------------------------------------------------------------------

LAYOUTS = {
    "moodle folders": (
        "Ada Okafor_10001_assignsubmission_file_/answers.json",
        "Bo Li_10002_assignsubmission_file_/answers.json",
        {("Ada Okafor", "10001"), ("Bo Li", "10002")},
    ),
    "moodle files": (
        "Ada Okafor_10001_assignsubmission_file_answers.json",
        "Bo Li_10002_assignsubmission_file_answers.json",
        {("Ada Okafor", "10001"), ("Bo Li", "10002")},
    ),
    "canvas": (
        "okaforada_10001_77_answers.json",
        "libo_LATE_10002_78_answers-1.json",
        {("okaforada", "10001"), ("libo", "10002")},
    ),
    "canvas, one number": (
        "okafor_10001_answers.json",
        "li_10002_answers.json",
        {("okafor", "10001"), ("li", "10002")},
    ),
    "folders": ("ada/week-3/answers.json", "bo/answers.json", {("ada", ""), ("bo", "")}),
    "files": ("ada.json", "bo.json", {("ada", ""), ("bo", "")}),
    "one folder around": ("all/ada/answers.json", "all/bo/x.json", {("ada", ""), ("bo", "")}),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("zipped", [False, True])
def test_layouts(
    layout: str, zipped: bool, tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    one, other, expected = LAYOUTS[layout]
    files = {one: answers_file(activity, 12), other: answers_file(activity, 5)}
    if layout == "one folder around" and not zipped:
        files = {name.removeprefix("all/"): text for name, text in files.items()}
    grades = graded(task, handed_in(tmp_path, files, zipped))
    assert {(row.student, row.number) for row in grades.rows} == expected
    assert sorted(int(row.score) for row in grades.rows) == [5, 12]
    assert {row.status for row in grades.rows} == {"graded"}
    assert grades.faults == []


def test_a_learner_s_own_folder(tmp_path: Path, activity: pv.Activity, task: work.Task) -> None:
    put(tmp_path / "ada" / "answers.json", answers_file(activity, 3))
    put(tmp_path / "ada" / "matrix.ipynb", notebook())
    assert brief(graded(task, tmp_path / "ada")) == {"ada": ("graded", 3)}


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(
    "more",
    [
        ("ada/answers.json", "ada/data/x.csv", "ada/figures/y.png"),
        ("ada/answers.json", "ada/old/matrix.ipynb", "ada/week_3_notes.ipynb", "ada/new/x.csv"),
        ("ada/answers (1).json", "ada/data/x.csv", "ada/figures/y.png", "ada/matrix.ipynb"),
        ("ada/ada.json", "ada/data/x.csv", "ada/figures/y.png", "ada/matrix.ipynb"),
        ("submitted/ada/matrix/answers.json", "submitted/ada/triangle/triangle.ipynb"),
        ("submitted/ada/matrix/answers.json",),
    ],
)
def test_a_class_of_one_keeps_its_name(
    more: tuple[str, ...], zipped: bool, tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    files = {name: notebook() for name in more} | {more[0]: answers_file(activity, 3)}
    path = handed_in(tmp_path, files, zipped)
    if more[0].startswith("submitted") and not zipped:
        path /= "submitted"
    assert brief(graded(task, path)) == {"ada": ("graded", 3)}


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(
    "names",
    [
        ("Ada_1_assignsubmission_file_/answers.json", "Bo_2_assignsubmission_file_/answers.json"),
        ("Ada_1_assignsubmission_file_answers.json", "Bo_2_assignsubmission_file_answers.json"),
        ("ada_1_77_answers.json", "bo_LATE_2_78_answers-1.json"),
    ],
)
def test_a_class_below_a_class_is_nobody_s_answer(
    names: tuple[str, str], zipped: bool, tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    files = {name: answers_file(activity, 12) for name in names}
    section = {"a.zip": packed(dict(files))} if zipped else {f"a/{n}": t for n, t in files.items()}
    for name, data in {**section, "b/answers.json": answers_file(activity, 4)}.items():
        put(tmp_path / "class" / name, data)
    one, other = graded(task, tmp_path / "class").rows
    assert (one.student, one.status, other.status) == ("a", "unreadable", "graded")
    assert "holds the files of several learners" in one.notes[0]


def test_dates_in_names_are_no_numbers_of_learners(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    for name in ("matrix_2026_11_30.ipynb", "triangle_2026_11_30.ipynb"):
        put(tmp_path / "class" / "ada" / name, notebook())
    put(tmp_path / "class" / "ada" / "answers.json", answers_file(activity, 5))
    assert brief(graded(task, tmp_path / "class")) == {"ada": ("graded", 5)}


def test_a_zip_file_that_a_learner_handed_in(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    inner = packed({"my work/answers.json": answers_file(activity, 7), "my work/photo.png": b"x"})
    outer = put(tmp_path / "all.zip", packed({"Ada_17_assignsubmission_file_/work.zip": inner}))
    assert brief(graded(task, outer)) == {"Ada": ("graded", 7)}


@pytest.mark.parametrize("zipped", [False, True])
def test_who_hands_in_only_what_is_passed_over_is_listed(
    zipped: bool, tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    files = {"ada/answers.json": answers_file(activity, 1), ".DS_Store": "x"}
    files |= {"bo/.DS_Store": "x", "cy/.ipynb_checkpoints/m.ipynb": notebook()}
    files |= {"__MACOSX/dee/._m.ipynb": "x", "ada/__MACOSX/x/._m.ipynb": "x"}
    assert brief(graded(task, handed_in(tmp_path, files, zipped))) == {
        "ada": ("graded", 1),
        "bo": ("missing", 0),
        "cy": ("missing", 0),
    }


def test_a_folder_that_cannot_be_opened_is_listed(
    tmp_path: Path, activity: pv.Activity, task: work.Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "ada" / "answers.json", answers_file(activity, 1))
    put(tmp_path / "b.o" / "answers.json", answers_file(activity, 1))
    real = os.scandir

    def scandir(path: str) -> Any:
        if Path(path).name in closed:
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    closed = {"b.o"}
    ada, bo = graded(task, tmp_path).rows
    assert (ada.status, bo.student, bo.status) == ("graded", "b.o", "unreadable")
    assert bo.notes == ["the folder cannot be read (Permission denied)"]
    closed = {tmp_path.name}
    grades = graded(task, tmp_path)
    assert (len(grades.rows), len(grades.faults)) == (0, 1)


def test_names_in_an_old_encoding_are_kept_apart() -> None:
    # So Python gives names of files that are no UTF-8; on some systems there are none.
    one, other = (collecting.clean(name) for name in ("Zo\udce9", "Zo\udceb"))
    assert one != other
    assert one.isprintable()
    assert one.encode()


def test_an_accent_by_itself_makes_nobody_else(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    for n, name in enumerate(("Jos\u00e9", "Jose\u0301")):
        place = tmp_path / str(n) / f"{name}_7_assignsubmission_file_"
        put(place / "answers.json", answers_file(activity, n, f"2026-11-21T10:00:0{n}.000Z"))
    (row,) = graded(task, tmp_path / "0", tmp_path / "1").rows
    assert (row.student, row.number, row.score) == ("Jos\u00e9", "7", 1)


# --- What counts -------------------------------------------------------------------------------


@pytest.mark.parametrize(("newer", "expected"), [("code", 9), ("file", 4)])
def test_the_newer_counts(
    newer: str, expected: int, tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    old, new = "2026-11-21T10:00:00.000Z", "2026-11-21T11:00:00.000Z"
    code = codes.encode(activity.id, entry(activity, 9, new if newer == "code" else old))
    cell = f"pv.answer('{activity.id}',\n  \"{code}\")"
    put(tmp_path / "c" / "ada" / "m.ipynb", notebook("import os", cell))
    file = answers_file(activity, 4, old if newer == "code" else new)
    put(tmp_path / "c" / "ada" / "answers.json", file)
    (row,) = graded(task, tmp_path / "c").rows
    assert (row.status, row.score) == ("graded", expected)
    assert row.source == ("answer code in m.ipynb" if newer == "code" else "answers.json")
    assert any("differ" in note for note in row.notes)


def test_a_mark_of_the_encoding_is_passed_over(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    code = codes.line(activity.id, entry(activity, 9))
    put(tmp_path / "ada" / "answers.json", answers_file(activity, 5).encode("utf-8-sig"))
    put(tmp_path / "bo" / "m.ipynb", notebook(code).encode("utf-8-sig"))
    assert brief(graded(task, tmp_path)) == {"ada": ("graded", 5), "bo": ("graded", 9)}


def test_nothing_of_a_notebook_is_run(tmp_path: Path, task: work.Task) -> None:
    mark = tmp_path / "run"
    put(tmp_path / "c" / "ada" / "m.ipynb", notebook(f"open({str(mark)!r}, 'w')", "1/0"))
    assert brief(graded(task, tmp_path / "c")) == {"ada": ("missing", 0)}
    assert not mark.exists()


def test_what_a_learner_writes_into_the_graded_cell_does_not_count(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    put(tmp_path / "c" / "ada" / "m.ipynb", notebook(f'pv.score("{activity.id}", points=9999)'))
    put(tmp_path / "c" / "ada" / "answers.json", answers_file(activity, 6))
    (row,) = graded(task, tmp_path / "c").rows
    assert (row.score, row.max) == (6, 12)


def test_points_and_check_of_the_instructor_count(tmp_path: Path, activity: pv.Activity) -> None:
    made = entry(activity, 12)
    kept = {name: made["response"][name] for name in ("placed", "signs")}
    wrong = {name: response(activity, 6)[name] for name in kept}
    made["response"]["checks"] = [{"n": 1, **wrong}, {"n": 2, **kept}]
    put(tmp_path / "c" / "ada" / "answers.json", answers.dump({activity.id: made}))
    for check, score in (("first", 10), ("latest", 20)):
        one = work.Task(activity, activity.id, Fraction(20), check)
        (row,) = graded(one, tmp_path / "c").rows
        assert (row.score, row.max) == (score, 20)


def test_an_assignment_is_read_from_the_instructor_s_notebook(
    tmp_path: Path, activity: pv.Activity
) -> None:
    cells = ['pv.score("sample.yml", key=False)']
    cells.append('import pvwidgets as pv\n\npv.score("sample.yml", points=24, check="first")')
    path = put(tmp_path / "matrix.ipynb", notebook("%magic", *cells))
    save(tmp_path, document(bank(3)))
    (task,) = grading.tasks_of_notebook(path)
    assert (task.base, task.most, task.check) == ("sample", 24, "first")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (['pv.score("sample.yml", points="twelve")'], "points is 'twelve'; expected a number"),
        (['pv.score("sample.yml", points=[1])'], "expected a number greater than 0"),
        (['pv.score("sample.yml", points=1e999)'], "expected a number greater than 0"),
        (['pv.score("sample.yml", points=-12)'], "expected a number greater than 0"),
        (['pv.score("sample.yml", check="best")'], 'expected "latest" or "first"'),
        (['pv.score("sample.yml", points=P)'], "write the value of points= into the call"),
        (['pv.score("sample.yml", **how)'], "write the value of ** into the call"),
        (
            ['pv.score("sample.yml", points=12)', 'pv.score("sample.yml", points=6)'],
            "differ in points or check",
        ),
    ],
)
def test_a_cell_that_would_count_in_another_way_is_refused(
    cells: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path, document(bank(3)))
    path = put(tmp_path / "matrix.ipynb", notebook('pv.score("sample.yml")', *cells))
    assert cli.main(["grade", str(tmp_path), "--assignment", str(path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"{path}: ")
    assert said in told
    assert told.count("\n") == 1


def test_what_says_nothing_of_points_gives_way(tmp_path: Path) -> None:
    save(tmp_path, document(bank(3)))
    cells = ['pv.score("sample.yml")', 'pv.score("sample.yml", points=24)', "model.score(X, y)"]
    path = put(tmp_path / "matrix.ipynb", notebook(*cells, cells[0]))
    (task,) = grading.tasks_of_notebook(path)
    assert task.most == 24
    path.write_bytes('{"cells": "\xe9"}'.encode("latin-1"))
    with pytest.raises(grading.ClassroomError, match="not UTF-8"):
        grading.tasks_of_notebook(path)


def test_the_same_file_of_two_learners_is_said(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    for name in ("ada", "bo"):
        put(tmp_path / name / "answers.json", answers_file(activity, 8))
    rows = list(graded(task, tmp_path).rows)
    assert [row.score for row in rows] == [8, 8]
    assert rows[1].notes[-1] == "the same answer, saved at the same moment, as ada"


def test_without_an_assignment_what_somebody_answered_is_graded(tmp_path: Path) -> None:
    make_class(tmp_path / "demo", 2, refs=("value-matrix", "whose-value"))
    put(tmp_path / "demo" / "submissions" / "zed" / "work.ipynb", notebook("1 + 1"))
    grades = grading.grade_class([tmp_path / "demo" / "submissions"])
    assert grades.activities == ["value-matrix", "whose-value"]
    assert len(grades.rows) == 6
    assert {row.status for row in grades.rows if row.student == "zed"} == {"missing"}


@pytest.mark.parametrize("kind", CHOOSERS)
def test_every_kind_is_graded_as_for_one_learner(kind: str, tmp_path: Path) -> None:
    path = VECTORS / kind / "activity.yml"
    activity = pv.load(path)
    make_class(tmp_path / "demo", 1, refs=(str(path),))
    paths = [tmp_path / "demo" / "submissions"]
    (row,) = grading.grade_class(paths, tasks=[grading.task_of(str(path))], details=True).rows
    (file,) = (tmp_path / "demo").rglob("answers.json")
    one = answers.read(file)[activity.id]
    board = pv.grade(activity, part(kind, "grade").counted(one["response"], "latest")).board
    assert board is not None
    assert row.score * board.max == row.max * board.score
    assert row.details is not None
    assert [name.split()[-1] for name in row.details["items"]] == list(board.items)


def test_the_same_with_several_processes(tmp_path: Path) -> None:
    make_class(tmp_path / "demo", 40)
    paths = [tmp_path / "demo" / "submissions"]
    one, two = (grading.grade_class(paths, jobs=jobs) for jobs in (1, 2))
    assert whole(one) == whole(two)
    assert {"graded", "malformed", "unreadable"} <= one.statuses().keys()


@pytest.mark.parametrize("block", [1, 7, 8])
def test_a_large_class_is_on_the_disk_and_graded_the_same(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_class(tmp_path / "demo", 24)
    folder = tmp_path / "demo" / "submissions"
    first = next(path for path in sorted(folder.iterdir()) if (path / "answers.json").exists())
    shutil.copytree(first, folder / "Zoe Zed_999_assignsubmission_file_")
    small = grading.grade_class([folder])
    monkeypatch.setattr(grading_rows, "BLOCK", block)
    large = grading.grade_class([folder])
    assert whole(small) == whole(large)
    assert len(large.rows) == len(list(large.rows)) == 4 * small.learners()
    assert len(large.rows._last) <= block
    assert any("the same answer" in note for row in large.rows for note in row.notes)
    for write in (tables.write_csv, tables.write_json):
        assert written(write, small) == written(write, large)
    assert list(tables.to_text(small)) == list(tables.to_text(large))


def test_rows_can_be_gone_through_twice_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading_rows, "BLOCK", 2)
    made = [work.Row(str(n), "", "a", "graded") for n in range(5)]
    rows = grading_rows.Rows(made)
    assert list(zip(rows, rows, strict=True)) == list(zip(made, made, strict=True))
    next(iter(rows))
    rows.extend(made)
    assert list(rows) == [*made, *made]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_written_by_rows_is_laid_out_as_a_whole(count: int) -> None:
    made = [work.Row(f"A\u2028 {n}", "", "a", "graded", notes=["x", "y"]) for n in range(count)]
    text = written(tables.write_json, grading.Grades(grading_rows.Rows(made), ["a"], ["gone"]))
    data = json.loads(text)
    assert list(data) == ["format", "version", "activities", "rows", "faults"]
    assert [row["student"] for row in data["rows"]] == [row.student for row in made]
    assert text == json.dumps(data, ensure_ascii=False, indent=1) + "\n"


# --- Hostile and broken files --------------------------------------------------------------------


def hostile(activity: pv.Activity) -> dict[str, tuple[str, str | bytes, str, str]]:
    """Return for each trouble: the file's name, what it holds, its status, and what is said."""
    good = answers_file(activity, 12)
    deep = "[" * 200_000
    bad = json.loads(good)
    bad["activities"]["sample"]["response"]["placed"]["nobody"] = "IW"
    other = json.loads(good)
    other["activities"]["sample"]["kind"] = "sort"
    empty = json.loads(good)
    empty["activities"]["sample"]["response"] = {}
    saved = "2026-11-21T10:00:00.000Z"
    bomb = packed({"answers.json": b"0" * 60_000_000})
    return {
        "deep": ("answers.json", deep, "unreadable", "not JSON"),
        "deep notebook": ("x.ipynb", '{"cells":' + deep, "unreadable", "not a notebook"),
        "nan": (
            "answers.json",
            good.replace('"version": 1,', '"version": NaN,', 1),
            "unreadable",
            "NaN",
        ),
        "infinite": ("answers.json", good.replace(": 0", ": 1e999", 1), "unreadable", "too large"),
        "digits": ("answers.json", good.replace(": 0", ": " + "9" * 9999, 1), "unreadable", "JSON"),
        "utf-16": ("answers.json", good.encode("utf-16"), "unreadable", "not UTF-8"),
        "latin-1": ("answers.json", b'{"caf\xe9": 1}', "unreadable", "not UTF-8"),
        "empty": ("answers.json", "", "unreadable", "not JSON"),
        "large": ("answers.json", b" " * 5_000_001, "unreadable", "more than 5,000,000 bytes"),
        "newer": (
            "answers.json",
            good.replace('"version": 1', '"version": 9', 1),
            "unreadable",
            "newer",
        ),
        "list": ("answers.json", "[]", "unreadable", "not an answers file"),
        "malformed": ("answers.json", json.dumps(bad), "malformed", ""),
        "other kind": ("answers.json", json.dumps(other), "malformed", "another kind"),
        "nothing": ("answers.json", json.dumps(empty), "nothing answered", ""),
        "not placed": (
            "answers.json",
            answers.dump(
                {
                    "sample": {
                        "kind": "matrix",
                        "version": 1,
                        "saved": saved,
                        "response": part("matrix", "grade").blank(activity.public),
                    }
                }
            ),
            "nothing answered",
            "",
        ),
        "bad code": (
            "x.ipynb",
            notebook('pv.answer("sample", "PV1:AAAA.BBBB")'),
            "missing",
            "code",
        ),
        "loose code": ("x.ipynb", notebook("# PV1:" + "A" * 30 + ".BBBB"), "missing", "no usable"),
        "cells": ("x.ipynb", '{"cells": {"a": 1}}', "unreadable", "not a notebook"),
        "no zip": ("x.zip", b"PK\x03\x04 not really", "unreadable", "no zip file"),
        "bomb": ("x.zip", bomb, "unreadable", "more than 5,000,000 bytes"),
        "zip in zip": ("x.zip", packed({"y.zip": packed({})}), "unreadable", "not opened"),
        "outside": ("x.zip", packed({"../answers.json": good}), "unreadable", "leads outside"),
        "absolute": ("x.zip", packed({"/etc/answers.json": good}), "unreadable", "leads outside"),
        "drive": ("x.zip", packed({"C:\\answers.json": good}), "unreadable", "leads outside"),
        "pdf": ("essay.pdf", b"%PDF", "missing", "only other files: essay.pdf"),
    }


TROUBLES = list(hostile(SAMPLE))


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_scores_nothing_is_said_and_the_rest_is_graded(
    trouble: str, tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    name, data, status, said = hostile(activity)[trouble]
    put(tmp_path / "bad" / name, data)
    put(tmp_path / "good" / "answers.json", answers_file(activity, 12))
    bad, good = graded(task, tmp_path).rows
    assert (bad.student, bad.status, bad.score) == ("bad", status, 0)
    assert said in "\n".join(bad.notes)
    assert all("\n" not in note for note in bad.notes)
    assert (good.status, good.score) == ("graded", 12)


def test_a_notebook_of_a_gigabyte_is_not_read(tmp_path: Path, task: work.Task) -> None:
    path = put(tmp_path / "ada" / "x.ipynb", "")
    with path.open("r+b") as file:
        file.truncate(1_000_000_000)  # takes no room on the disk
    (row,) = graded(task, tmp_path).rows
    assert (row.status, row.notes) == ("unreadable", ["x.ipynb has more than 5,000,000 bytes"])


def test_links_and_pipes_are_not_followed(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    secret = put(tmp_path / "secret.json", answers_file(activity, 12))
    put(tmp_path / "c" / "bo" / "answers.json", answers_file(activity, 1))
    (tmp_path / "c" / "ada").mkdir()
    (tmp_path / "c" / "ada" / "answers.json").symlink_to(secret)
    (tmp_path / "c" / "cy").symlink_to(tmp_path / "c" / "bo")
    (tmp_path / "c" / "dee").mkdir()
    os.mkfifo(tmp_path / "c" / "dee" / "answers.json")
    rows = graded(task, tmp_path / "c").rows
    told = {row.student: (row.status, row.score) for row in rows}
    assert told == {
        "ada": ("unreadable", 0),
        "bo": ("graded", 1),
        "cy": ("unreadable", 0),
        "dee": ("unreadable", 0),
    }


def test_a_link_in_a_zip_file_is_not_followed(tmp_path: Path, task: work.Task) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        info = zipfile.ZipInfo("ada/answers.json")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    (row,) = graded(task, put(tmp_path / "c.zip", data.getvalue())).rows
    assert (row.status, row.notes) == (
        "unreadable",
        ["answers.json is a symbolic link, which is not followed"],
    )


def test_a_zip_file_that_lies_about_a_size(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    data = bytearray(packed({"ada/answers.json": b"0" * 20_000_000}))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    (row,) = graded(task, put(tmp_path / "c.zip", bytes(data))).rows
    assert (row.status, row.score) == ("unreadable", 0)


def test_a_path_that_is_not_there_or_no_zip_is_one_line(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    bad = put(tmp_path / "bad.zip", b"nonsense")
    put(tmp_path / "c" / "ada" / "answers.json", answers_file(activity, 2))
    grades = graded(task, tmp_path / "none", bad, tmp_path / "c", tmp_path / "c")
    assert brief(grades) == {"ada": ("graded", 2)}
    assert len(grades.faults) == 3


def test_too_many_files_are_said(tmp_path: Path, activity: pv.Activity, task: work.Task) -> None:
    for n in range(collecting.MAX_FILES + 3):
        put(tmp_path / "ada" / f"{n:03}.json", answers_file(activity, 1))
    (row,) = graded(task, tmp_path).rows
    assert row.status == "graded"
    assert sum("more than 40 files" in note for note in row.notes) == 3


def test_what_one_learner_hands_in_does_not_fill_the_memory(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    cells = []
    for n in range(20):
        made = entry(activity, 12, f"2026-11-21T10:00:00.{n:03}Z")
        made["response"]["set"] = [[]] * 50_000  # a few hundred bytes as a code
        cells.append(f'pv.answer("{activity.id}", "{codes.encode(activity.id, made)}")')
    put(tmp_path / "ada" / "x.ipynb", notebook(*cells))
    tracemalloc.start()
    (row,) = graded(task, tmp_path).rows
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (row.status, row.saved) == ("malformed", "2026-11-21T10:00:00.019Z")
    assert most < 25_000_000


def test_more_answers_than_a_learner_can_have_are_said(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    for n in range(5):
        saved = f"2026-11-21T10:00:00.00{n}Z"
        text = answers.dump({activity.id: entry(activity, n, saved)}, {"x": "x" * 1_200_000})
        put(tmp_path / "ada" / f"{n}.json", text)
    (row,) = graded(task, tmp_path).rows
    assert (row.source, row.score) == ("3.json", 3)
    assert row.notes[-1] == "4.json and those before it hold more than 5,000,000 characters"


def test_more_files_than_are_read_are_said(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    large = '{"cells": [], "x": "' + "x" * 4_900_000 + '"}'
    files = {f"{n:02}.ipynb": large for n in range(12)}
    put(tmp_path / "ada" / "x.zip", packed({"a.json": answers_file(activity, 3), **files}))
    put(tmp_path / "ada" / "z.json", answers_file(activity, 12, "2026-11-22T10:00:00.000Z"))
    (row,) = graded(task, tmp_path).rows
    assert row.score == 3
    assert row.notes == ["10.ipynb and those before it have more than 50,000,000 bytes"]


def test_more_answer_codes_than_are_read_are_said(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    code = codes.encode(activity.id, entry(activity, 4))
    put(tmp_path / "ada" / "x.ipynb", notebook(*[f'pv.answer("sample", "{code}")'] * 51))
    (row,) = graded(task, tmp_path).rows
    assert (row.score, row.notes) == (4, ["x.ipynb: there are more than 50 answer codes"])


def test_a_fault_of_ours_costs_one_learner_only(
    tmp_path: Path, activity: pv.Activity, task: work.Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "ada" / "answers.json", answers_file(activity, 2))
    put(tmp_path / "bo" / "answers.json", answers_file(activity, 2))
    real = grading.grade_submission

    def broken(submission: collecting.Submission, *args: Any) -> Any:
        if submission.student == "ada":
            raise RuntimeError("boom")
        return real(submission, *args)

    monkeypatch.setattr(grading, "grade_submission", broken)
    assert brief(graded(task, tmp_path)) == {"ada": ("unreadable", 0), "bo": ("graded", 2)}


NAMES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["answers.json", "x.ipynb", "../x.json", "/x.json", "a/b/c.zip", "C:\\x.json", "a" * 300]
    ),
    st.lists(st.sampled_from(["..", "a", "", ".", "b_1_assignsubmission_file_"]), max_size=30).map(
        "/".join
    ),
)


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=6), st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_zip_file_is_graded_or_refused_in_words(
    tmp_path: Path, task: work.Task, files: dict[str, bytes], data: st.DataObject
) -> None:
    try:
        whole = packed(dict(files))
    except (ValueError, UnicodeError, OSError, IndexError):
        return
    if files and data.draw(st.booleans(), label="damage"):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole = whole[:place] + data.draw(st.binary(max_size=8)) + whole[place + 3 :]
    wrapped = packed({"ada/inner.zip": whole, "bo.json": b"{}"})
    for content in (whole, wrapped):
        path = put(tmp_path / "any.zip", content)
        collecting._open.clear()
        grades = graded(task, path)
        assert all(row.score == 0 and row.status != "graded" for row in grades.rows)
        told = [*grades.faults, *(note for row in grades.rows for note in row.notes)]
        assert all(line.isprintable() for line in told), told
        assert written(tables.write_csv, grades)
        assert list(tables.to_text(grades))


FIELDS = ["set", "placed", "signs", "checks", "explained", "tries", "earlier", "n", "response"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=len(FIELDS))
    ),
    max_leaves=20,
)


@given(ANYTHING)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_response_is_graded_or_refused_in_words(
    tmp_path: Path, activity: pv.Activity, task: work.Task, value: Any
) -> None:
    record = json.loads(answers_file(activity, 12))
    record["activities"]["sample"]["response"] = value
    put(tmp_path / "c" / "ada" / "answers.json", json.dumps(record))
    (row,) = graded(task, tmp_path / "c").rows
    assert row.score == 0
    assert not any("could not be graded" in note for note in row.notes)


# --- What is written ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "  =1", "\t=1", "\r", "\uff1d1", "\uff201"]
)
def test_a_cell_is_never_a_formula(cell: str) -> None:
    assert tables.guarded(cell) == f"'{cell}"


def test_the_table_as_csv_guards_names(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    put(tmp_path / '=HYPERLINK("http:x")' / "answers.json", answers_file(activity, 2))
    put(tmp_path / "ada" / "@x.json", "[]")
    rows = list(csv.reader(io.StringIO(written(tables.write_csv, graded(task, tmp_path)))))
    assert [cell[0] for row in rows for cell in row if cell[:1] in ("=", "@", "+", "-")] == []
    assert rows[1][0].startswith("'=HYPERLINK")


def test_names_do_nothing_to_a_terminal(tmp_path: Path, task: work.Task) -> None:
    put(tmp_path / "evil\x1b[2J\u202e" / "answers.json", "[]")
    assert all(line.isprintable() for line in tables.to_text(graded(task, tmp_path)))


MOODLE = (
    "\ufeffIdentifier,Full name,Email address,Grade,Maximum grade,Feedback comments\r\n"
    'Participant 10001,"Okafor, Ada",a@x,,100.00,"well, done"\r\n'
    "Participant 10002,Bo Li,b@x,40,100.00,\r\n"
    "Participant 10003,Cy Xu,c@x,-,100.00,\r\n"
)
CANVAS = (
    "Student,ID,SIS User ID,Section,Matrix (99),Matrix Final Score (1)\n"
    "    Points Possible,,,,24,(read only)\n"
    '"Okafor, Ada",10001,s1,A,,0\n'
    '"Li, Bo",555,s2,A,40,0\n'
    '"Xu, Cy",10003,s3,A,,0\n'
)


@pytest.mark.parametrize(("book", "ada", "bo"), [(MOODLE, "75", "50"), (CANVAS, "18", "12")])
def test_a_gradebook_is_filled(
    book: str, ada: str, bo: str, tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    put(tmp_path / "okaforada_10001_1_answers.json", answers_file(activity, 9))
    put(tmp_path / "libo_answers.json", answers_file(activity, 6))
    (tmp_path / "libo_answers.json").rename(tmp_path / "libo.json")
    put(tmp_path / "stranger.json", answers_file(activity, 6))
    filled = fill(book.encode(), graded(task, tmp_path))
    before, after = (list(csv.reader(io.StringIO(text))) for text in (book, filled.text))
    at = before[0].index(filled.column)
    rows = [row for row in after[1:] if "Points" not in row[0]]
    assert [row[at] for row in rows] == [ada, bo, before[-1][at]]
    for old, new in zip(before, after, strict=True):
        assert [c for n, c in enumerate(old) if n != at] == [
            c for n, c in enumerate(new) if n != at
        ]
    assert filled.filled == 2
    said = "\n".join(filled.lines)
    for words in ("not in the gradebook: stranger", "had 40", "handed in nothing: "):
        assert words in said


@pytest.mark.parametrize(
    ("book", "said"),
    [
        # An institution's own number may be that of another learner in the platform.
        ("First name,Last name,ID number,Grade\nAda,Li,900,40\nBo,Xu,17,\n", ""),
        ("First name,Last name,ID number,Grade\nBo,Xu,17,40\n", "not in the gradebook: Ada"),
        (
            "Full name,ID,Grade\nAda Li,900,40\nBo Xu,17,\n",
            "two rows fit, so neither is filled in: Ada Li (17)",
        ),
        (
            "Full name,Grade\nAda Li,40\nAda Li,\n",
            "two rows fit, so neither is filled in: Ada Li (17)",
        ),
    ],
)
def test_a_grade_goes_to_nobody_else(
    book: str, said: str, tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    put(tmp_path / "Ada Li_17_assignsubmission_file_" / "answers.json", answers_file(activity, 9))
    filled = fill(book.encode(), graded(task, tmp_path))
    if said:
        assert (filled.text, filled.filled) == (book, 0)
        assert said in "\n".join(filled.lines)
        assert "handed in nothing: Ada" not in "\n".join(filled.lines)
    else:
        assert filled.text == book.replace("900,40", "900,9")


def test_names_that_differ_in_their_vowel_signs_are_two(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    # Ram and Rima in Devanagari, Kan and Kin in Thai: the vowels are signs, not letters.
    for name in ("\u0930\u093e\u092e", "\u0e01\u0e31\u0e19"):
        put(tmp_path / name / "answers.json", answers_file(activity, 9))
    book = "Name,Grade\n\u0930\u0940\u092e\u093e,\n\u0e01\u0e34\u0e19,\n"
    assert fill(book.encode(), graded(task, tmp_path)).text == book
    own = "Name,Grade\n\u0930\u093e\u092e,\n"
    assert fill(own.encode(), graded(task, tmp_path)).text == own.replace("\u092e,", "\u092e,9")
    # The same name, with the accent as a sign of its own or not, as file systems have it.
    assert work.squeezed("Zoe\u0308 O'Brien") == work.squeezed("ZO\u00cb OBRIEN")
    assert work.squeezed("\u0130pek") == work.squeezed("ipek")


def test_two_submissions_for_one_row_change_nothing(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    for number, right in ((1, 12), (2, 6)):
        name = f"Ada Li_{number}_assignsubmission_file_"
        put(tmp_path / name / "answers.json", answers_file(activity, right))
    book = "Full name,Grade\nAda Li,55\n"
    filled = fill(book.encode(), graded(task, tmp_path))
    assert (filled.text, filled.filled) == (book, 0)
    told = "2 submissions fit this row, so not filled in: Ada Li"
    assert filled.lines == [f"{told} (1)", f"{told} (2)"]


def test_a_part_that_cannot_be_read_is_said(
    tmp_path: Path, activity: pv.Activity, task: work.Task
) -> None:
    put(tmp_path / "Ada" / "work.ipynb", notebook(codes.line(activity.id, entry(activity, 9))))
    put(tmp_path / "Ada" / "answers.json", "{")
    tasks = [task, grading.task_of("whose-value")]
    filled = fill(b"Name,Grade\nAda,\n", grading.grade_class([tmp_path], tasks=tasks))
    assert filled.text.endswith("Ada,9\n")
    assert filled.lines == ["Ada: a part cannot be read, and counts 0"]


def test_a_gradebook_whose_column_is_not_clear(task: work.Task) -> None:
    book = b"Student,ID,Matrix (99),Other (98)\nAda,1,,\n"
    with pytest.raises(grading.ClassroomError, match="Name it with --column"):
        fill(book, grading.Grades())
    assert fill(book, grading.Grades(), "Other (98)").column == "Other (98)"


# --- The command -------------------------------------------------------------------------------


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "demo"
    assert cli.main(["demo-class", str(out), "--students", "12", "--activity", "whose-value"]) == 0
    assert "synthetic" in (out / "SYNTHETIC.txt").read_text(encoding="utf-8")
    command = ["grade", str(out / "submissions"), "--activity", "whose-value"]
    command += ["--csv", str(tmp_path / "g.csv"), "--json", str(tmp_path / "g.json")]
    assert cli.main([*command, "--gradebook", str(out / "gradebook.csv")]) == 0
    told = capsys.readouterr().out
    assert "10 learners: 8 graded, 1 malformed, 1 unreadable" in told
    data = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert len(data["rows"]) == 10
    assert (out / "gradebook-filled.csv").is_file()
    assert cli.main(command) == 2
    assert "is there already" in capsys.readouterr().err
    assert cli.main(["demo-class", str(out), "--students", "1"]) == 2
    assert cli.main(["grade", str(out), "--gradebook", str(out / "gradebook.csv")]) == 2
    assert cli.main(["grade", str(out), "--keys", str(out)]) == 2


def test_a_command_that_cannot_do_all_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], activity: pv.Activity
) -> None:
    make_class(tmp_path / "demo", 2, refs=("whose-value",))
    command = ["grade", str(tmp_path / "demo" / "submissions"), "--activity", "whose-value"]
    book = put(tmp_path / "book.csv", "Name,A (1),B (2)\nAda,,\n")
    table = tmp_path / "g.csv"
    assert cli.main([*command, "--csv", str(table), "--gradebook", str(book)]) == 2
    assert "Name it with --column" in capsys.readouterr().err
    assert cli.main([*command, "--csv", str(tmp_path / "none" / "g.csv")]) == 2
    said = capsys.readouterr()
    assert "there is no such folder" in said.err
    assert said.out == ""  # before the class is graded
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.csv", "demo"]


def test_files_that_would_be_written_over_each_other_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], activity: pv.Activity
) -> None:
    put(tmp_path / "in" / "ada" / "answers.json", answers_file(activity, 1))
    command = ["grade", str(tmp_path / "in"), "--activity", "whose-value"]
    one = str(tmp_path / "g.out")
    assert cli.main([*command, "--csv", one, "--json", f"{tmp_path}/in/../g.out"]) == 2
    assert "two of the files" in capsys.readouterr().err
    assert not Path(one).exists()
    assert cli.main([*command, "--gradebook", "."]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_no_process_is_started_without_work(
    tmp_path: Path, activity: pv.Activity, task: work.Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(grading.CHUNK + 1):
        put(tmp_path / f"s{n}" / "answers.json", answers_file(activity, 1))
    started = []

    class Pool(grading.ProcessPoolExecutor):
        def __init__(self, jobs: int, **rest: Any) -> None:
            started.append(jobs)
            super().__init__(jobs, **rest)

    monkeypatch.setattr(grading, "ProcessPoolExecutor", Pool)
    assert len(grading.grade_class([tmp_path], tasks=[task], jobs=5).rows) == grading.CHUNK + 1
    assert started == [2]


def test_a_command_that_is_stopped_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "list_activities", stop)
    assert cli.main(["list"]) == 130
    assert capsys.readouterr().err == "stopped\n"


def test_a_name_that_a_terminal_has_no_letters_for_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "c" / "\u0141ucja" / "answers.json", "[]")
    screen = io.BytesIO()
    out = io.TextIOWrapper(screen, encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", out)
    command = ["grade", str(tmp_path / "c"), "--activity", "whose-value"]
    assert cli.main([*command, "--csv", str(tmp_path / "g.csv")]) == 0
    out.flush()
    assert b"?ucja" in screen.getvalue()
    assert "\u0141ucja" in (tmp_path / "g.csv").read_text(encoding="utf-8")


def test_a_public_half_and_a_key_are_files(tmp_path: Path, activity: pv.Activity) -> None:
    path = put(tmp_path / "sample.public.json", halves.public_text(activity.public))
    assert pv.load(path) == pv.Activity(
        "sample", "matrix", 1, "A sample", activity.public, None, path
    )
    assert "key" not in json.loads(path.read_text(encoding="utf-8"))
    key = dict(activity.key or {})
    held = halves.KeyFile(activity.public, key, "sample", Fraction(8), "first", ("Ada", "7"))
    put(tmp_path / "sample.key.json", halves.key_text(held))
    assert halves.read_key(tmp_path / "sample.key.json") == held


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"format": "pvwidgets-public", "version": 1}'])
def test_a_damaged_public_half_is_refused_in_words(damage: str, tmp_path: Path) -> None:
    with pytest.raises(pv.ActivityError):
        pv.load(put(tmp_path / "x.public.json", damage))


def test_any_field_that_is_missing_from_a_public_half_is_noticed(
    tmp_path: Path, activity: pv.Activity
) -> None:
    for name in activity.public:
        rest = {key: value for key, value in activity.public.items() if key != name}
        with pytest.raises(pv.ActivityError):
            pv.load(put(tmp_path / "x.public.json", halves.public_text(rest)))
