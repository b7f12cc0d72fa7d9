"""The pure parts of the benchmarks: statistics, tables, and what is taken out of the book."""

from __future__ import annotations

import json
import math
import sys

import pytest

import pvwidgets as pv
from bench import __main__ as runner
from bench import builds, classes, plenty, report, samples, stage, stats, visits
from pvwidgets.classroom import grading
from pvwidgets.classroom.demo import make_class

# Statistics


def test_jobs_take_turns() -> None:
    ran: list[str] = []

    def job(name: str) -> int:
        ran.append(name)
        return len(ran)

    jobs = {name: (lambda name=name: job(name)) for name in "abc"}
    found = stats.interleaved(3, jobs)
    assert "".join(ran) == "abcbcacab"
    assert found == {"a": [1, 6, 8], "b": [2, 4, 9], "c": [3, 5, 7]}


def test_a_warm_up_is_thrown_away() -> None:
    ran: list[str] = []
    found = stats.interleaved(2, {"a": lambda: ran.append("a") or len(ran)}, warm_up=True)
    assert found == {"a": [2, 3]}


def test_a_ratio_is_one_of_medians() -> None:
    assert stats.ratio([1, 100, 2], [4, 4, 5]) == 0.5
    assert math.isnan(stats.ratio([1], [0]))


@pytest.mark.parametrize("power", [0, 1, 1.5, 2])
def test_growth_finds_the_exponent(power: float) -> None:
    sizes = [12, 50, 100, 500]
    assert stats.growth(sizes, [3e-4 * n**power for n in sizes]) == pytest.approx(power)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.012345, "0.0123"),
        (1.5, "1.50"),
        (16.666, "16.7"),
        (999.6, "1,000"),
        (123456, "123,000"),
        (math.nan, "–"),
    ],
)
def test_numbers_have_three_digits_that_count(value: float, text: str) -> None:
    assert stats.significant(value) == text


def test_a_spread_is_median_and_ends() -> None:
    assert stats.spread([3, 1, 2]) == "2.00 (1.00–3.00)"
    assert stats.spread([2, 2]) == "2.00"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.50"), (0.998, "1.00"), (0.0123, "0.012"), (12.34, "12"), (math.nan, "–")],
)
def test_ratios_for_a_table(value: float, text: str) -> None:
    assert stats.times(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.50 times as long"),
        (2, "2.00 times as long"),
        (0.96, "about as long"),
        (1.04, "about as long"),
        (1.06, "1.06 times as long"),
    ],
)
def test_ratios_in_words(value: float, text: str) -> None:
    assert stats.in_words(value, "as long") == text


# Tables


def test_a_table_is_laid_out() -> None:
    assert report.table(["page", "ms"], [["ours", "1,000"], ["a|b", "2"]]) == (
        "| page |    ms |\n| ---- | ----: |\n| ours | 1,000 |\n| a\\|b |     2 |"
    )


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a row of 1 cells in a table of 2"):
        report.table(["a", "b"], [["c"]])


def test_a_document_holds_what_is_needed_to_repeat_it() -> None:
    section = report.Section("A thing", "So measured.", ["a", "b"], [["c", "1"]], ["It means d."])
    text = report.document([section], "make something", "Python 3, thing 4", 90)
    assert text.startswith("# Benchmarks\n\nMade by `make something`")
    assert "the run took 2 minutes" in text
    assert "- **Versions:** Python 3, thing 4.\n" in text
    assert " cores (" in text
    assert text.endswith(
        "\n\n## A thing\n\nSo measured.\n\n| a   |   b |\n| --- | --: |\n| c   |   1 |\n\n"
        "It means d.\n"
    )


@pytest.mark.parametrize(
    ("info", "kind"),
    [
        ("vendor_id : GenuineIntel\nmodel name : Wonder 9000", "Intel x86_64"),
        ("vendor_id : AuthenticAMD", "AMD x86_64"),
        ("", "x86_64"),
    ],
)
def test_a_processor_is_named_by_kind(info: str, kind: str) -> None:
    assert report.processor(info, "x86_64") == kind


# What is compared


@pytest.mark.parametrize("cards", [12, 50])
def test_an_activity_has_the_cards_asked_for(tmp_path, cards: int) -> None:
    activity = pv.load(samples.write_activity(cards, tmp_path))
    assert [len(one) for one in activity.sets] == [cards]
    result = pv.grade(activity, samples.response(activity))
    assert (result.status, result.complete, result.max) == ("graded", True, cards)
    assert result.first == result.latest


def test_a_quiz_has_the_texts_and_the_key_of_the_activity() -> None:
    activity = pv.load(samples.ACTIVITY)
    quiz = samples.quiz(activity)
    assert len(quiz) == 12
    assert len({question["question"] for question in quiz}) == 12
    for question in quiz:
        assert sum(answer["correct"] for answer in question["answers"]) == 1
        assert len({answer["feedback"] for answer in question["answers"]}) == 4


PAGE = """# Title

```{code-cell} ipython3
:tags: [remove-input]
figures.show(figures.matrix())
```

Before.

````{code-cell} ipython3
import pvwidgets as pv
pv.activity("value-matrix")
````

After.

````md
```{code-cell} ipython3
pv.activity("an-example")
```
````
"""


def test_activities_are_taken_out_of_a_page() -> None:
    left = builds.without_activities(PAGE)
    assert "figures.show" in left
    assert "value-matrix" not in left
    assert "Before.\n\n\nAfter.\n\n````md\n```{code-cell} ipython3\npv.activity(" in left


def test_activities_are_taken_out_of_a_notebook() -> None:
    code = [
        "import pvwidgets as pv",
        'w = pv.activity("value-matrix")\nw',
        "score = w.result",
        "print(score)",
        'a = pv.load("value-matrix")',
    ]
    cells = [{"cell_type": "code", "source": [text]} for text in code]
    cells.append({"cell_type": "markdown", "source": ["w is a letter"]})
    left = json.loads(builds.notebook_without_activities(json.dumps({"cells": cells})))["cells"]
    assert left == [cells[0], cells[4], cells[5]]


# Many items


@pytest.mark.parametrize("kind", plenty.KINDS)
def test_an_activity_has_as_many_items_as_its_kind_allows(tmp_path, kind: str) -> None:
    count = plenty.most(kind)
    stage.write_yaml(tmp_path / "it.yml", plenty.data(kind, count))
    activity = pv.load(tmp_path / "it.yml")
    assert activity.kind == kind
    assert [len(one) for one in activity.sets] == [count]
    if count < plenty.MOST:
        stage.write_yaml(tmp_path / "it.yml", plenty.data(kind, count + 1))
        with pytest.raises(pv.ActivityError, match="at most"):
            pv.load(tmp_path / "it.yml")


# Classes


@pytest.fixture
def made(tmp_path):
    make_class(tmp_path / "made", 12, refs=("whose-value",))
    return tmp_path / "made" / "submissions"


def test_copies_are_a_class_in_which_nobody_shares_an_answer(tmp_path, made) -> None:
    distinct = len(list(made.iterdir()))
    classes.copies(made, tmp_path / "large", 3 * distinct + 1)
    grades = grading.grade_class([tmp_path / "large"], tasks=[grading.task_of("whose-value")])
    rows = list(grades.rows)
    assert len({(row.student, row.number) for row in rows}) == len(rows) == 3 * distinct + 1
    assert {row.saved[:4] for row in rows if row.source == "answers.json"} >= {"2026", "2027"}
    same = [row for row in rows if any("the same answer" in note for note in row.notes)]
    # The moment in an answer code is not changed.
    assert all(row.source.startswith("answer code") for row in same)


def test_starting_up_does_not_count() -> None:
    assert classes.each(lambda count: 3 + 0.25 * count, (1, 5)) == 0.25


def test_a_time_that_says_nothing_is_not_reported() -> None:
    with pytest.raises(stage.StageError, match="5 submissions took no longer than 1"):
        classes.each(lambda count: -count, (1, 5))


def test_without_nbgrader_the_rest_is_reported(monkeypatch, tmp_path, made) -> None:
    def absent(name: str) -> str:
        raise classes.PackageNotFoundError(name)

    monkeypatch.setattr(classes, "version", absent)
    section = report.Section("A thing", "So.", ["a"], [["b"]])
    classes._against(section, tmp_path, made, 1)
    assert section.means == ["Not compared with nbgrader: nbgrader is not installed."]


def test_what_a_command_takes_is_told(tmp_path) -> None:
    code = "x = bytearray(60_000_000); sum(range(2_000_000))"
    took = classes.cost([sys.executable, "-c", code], tmp_path)
    assert took.megabytes > 57
    assert took.processor > 0
    with pytest.raises(stage.StageError, match="no such thing"):
        classes.cost([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)


# The runner


def test_an_unknown_part_is_refused(capsys) -> None:
    with pytest.raises(SystemExit) as stop:
        runner.main(["pages", "hopes"])
    assert stop.value.code == 2
    assert "unknown: hopes; known: pages, frames" in capsys.readouterr().err


def test_without_a_browser_it_says_so(capsys, monkeypatch) -> None:
    monkeypatch.delenv("PV_BROWSER", raising=False)
    assert runner.main(["pages"]) == 1
    assert "PV_BROWSER" in capsys.readouterr().err


def test_a_part_of_a_run_writes_nothing(capsys, monkeypatch, tmp_path) -> None:
    section = report.Section("A thing", "So.", ["a"], [["b"]])
    monkeypatch.setattr(runner, "OUTPUT", tmp_path / "BENCHMARKS.md")
    monkeypatch.setattr(runner.imports, "measure", lambda rounds: section)
    assert runner.main(["imports"]) == 0
    assert "## A thing" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


# A notebook in the browser


def test_visits_are_compared_with_the_page() -> None:
    page, first, second = visits.VISITS
    table = visits.section(
        {
            page: [visits.Visit(100, 20, None, 1.0), visits.Visit(100, 20, None, 1.0)],
            first: [visits.Visit(15_000, 190, 20.0, 30.0), visits.Visit(15_000, 190, 22.0, 32.0)],
            second: [visits.Visit(2, 3, 10.0, 12.0), visits.Visit(2, 3, 10.0, 12.0)],
        },
        2,
        47.0,
    )
    assert [row[-1] for row in table.rows] == ["", "31", "12"]
    assert table.rows[0][3] == ""
    assert "JupyterLite is 47.0 MB" in table.how
    assert "150 times as many bytes" in table.means[0]
    assert "the second 2.00 KB" in table.means[0]


def test_a_part_that_fails_leaves_the_report_to_the_others(capsys, monkeypatch, tmp_path) -> None:
    def fails(rounds: int) -> report.Section:
        raise stage.StageError("there is no such thing\nand more")

    section = report.Section("A thing", "So.", ["a"], [["b"]])
    monkeypatch.setattr(runner, "OUTPUT", tmp_path / "BENCHMARKS.md")
    monkeypatch.setattr(runner, "PARTS", ("imports", "builds"))
    monkeypatch.setattr(runner.imports, "measure", fails)
    monkeypatch.setattr(runner.builds, "measure", lambda rounds: section)
    monkeypatch.setattr(runner.stage, "npm_versions", dict)
    monkeypatch.setattr(runner, "versions", lambda *_: "thing 4")
    assert runner.main([]) == 1
    assert "there is no such thing" in capsys.readouterr().err
    text = (tmp_path / "BENCHMARKS.md").read_text(encoding="utf-8")
    assert "## imports\n\nNot measured: there is no such thing\n\n## A thing\n" in text
