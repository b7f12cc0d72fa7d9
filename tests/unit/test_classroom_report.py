"""The report on a class: what it tells, for any size of class, and whom it names."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import pvwidgets as pv
from pvwidgets import cli, richtext
from pvwidgets.classroom import grading, report
from pvwidgets.classroom.demo import CHOOSERS, make_class

VECTORS = Path(__file__).parents[1] / "vectors"


def made(folder: Path, students: int, *refs: str) -> tuple[grading.Grades, dict[str, pv.Activity]]:
    make_class(folder / "demo", students, refs=refs)
    tasks = [grading.task_of(ref) for ref in refs]
    grades = grading.grade_class([folder / "demo" / "submissions"], tasks=tasks, details=True)
    return grades, {task.activity.id: task.activity for task in tasks}


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.S).split())


@pytest.mark.parametrize("kind", CHOOSERS)
@pytest.mark.parametrize("students", [1, 14])
def test_every_kind_and_size(kind: str, students: int, tmp_path: Path) -> None:
    grades, activities = made(tmp_path, students, str(VECTORS / kind / "activity.yml"))
    page = report.to_html(grades, activities)
    text = words_of(page)
    assert "Graded:" in text
    assert ("tells strong from weak" in text) == (students == 14)
    assert ("<svg" in page) == (students == 14)
    assert ("may tell who did what" in text) == (students == 1)
    assert ("rule not met by" in text) == (kind in ("triangle", "alignment"))
    assert ("Chosen place against key" in text) == (kind in ("matrix", "sort", "plane"))
    for svg in re.findall(r"<svg.*?</svg>", page, flags=re.S):
        ET.fromstring(svg)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_nobody_is_named_unless_asked(tmp_path: Path) -> None:
    grades, activities = made(tmp_path, 12, "value-matrix")
    grades.faults.append("Synthetic Ada Adler.zip: is no zip file")
    page = words_of(report.to_html(grades, activities))
    whole = [row.student.removeprefix("Synthetic ") for row in grades.rows]
    assert not [name for name in whole if name in page]
    assert "Synthetic" not in page
    assert "10001" not in page
    named = report.to_html(grades, activities, names=True)
    assert all(row.student in named for row in grades.rows)


def test_a_misconception_is_told_with_what_lies_behind_it(tmp_path: Path) -> None:
    grades, activities = made(tmp_path, 1, "value-matrix")
    (row,) = grades.rows
    activity = activities["value-matrix"]
    assert row.details is not None
    assert activity.key is not None
    card = row.details["chosen"][0][0]
    right = activity.key["cards"][card]["cell"]
    wrong = {"IW": "CJ", "CJ": "IW", "CW": "IJ", "IJ": "CW"}[right]
    row.details["chosen"] = [(card, "", wrong)]
    page = report.to_html(grades, activities)
    assert "1 of 1 chose:" in page
    assert richtext.to_html(activity.key["cards"][card]["feedback"][wrong]) in page
    row.details["chosen"] = [(card, "", right)]
    assert "chose:" not in report.to_html(grades, activities)


def test_discrimination_is_that_of_the_textbook() -> None:
    item = report._Item([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    assert report._discrimination(item) == "0.87"
    item.credits.reverse()
    assert report._discrimination(item) == "−0.87 !"
    item.credits = [1.0] * 10
    assert report._discrimination(item) == "all alike"


def test_names_of_files_are_no_markup(tmp_path: Path) -> None:
    grades, activities = made(tmp_path, 1, "whose-value")
    next(iter(grades.rows)).student = "<script>alert(1)</script>"
    assert "<script" not in report.to_html(grades, activities, names=True)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_class(tmp_path / "demo", 3)
    command = ["report", str(tmp_path / "demo" / "submissions"), "--out", str(tmp_path / "r.html")]
    assert cli.main(command) == 0
    assert "First check and latest check" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert cli.main(command) == 2
    assert cli.main([*command, "--force"]) == 0
