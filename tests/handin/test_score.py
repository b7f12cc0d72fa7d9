"""`pv.score`: the points that a grader reads, and what is said about them."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

import pvwidgets as pv
from pvwidgets import answers, codes, handin
from pvwidgets.kinds.matrix import grade as rule
from pvwidgets.kinds.matrix import worksheet
from tests.handin.samples import (
    ACTIVITY,
    CARDS,
    EARLY,
    ID,
    KEY,
    LATE,
    code,
    entry,
    keep,
    partly,
    response,
    right,
    wrong,
)
from tests.unit.samples import bank, document, save

HERE = Path()
SAID = handin.words()["handin"]


def read_by_nbgrader(score, most):
    """What nbgrader makes of the output of a cell; as `determine_grade`, without its settings."""
    from nbformat.v4 import new_code_cell, new_output
    from nbgrader.utils import determine_grade

    data, _ = DisplayFormatter().format(score)
    cell = new_code_cell(metadata={"nbgrader": {"grade": True, "solution": False, "points": most}})
    cell.outputs = [new_output("execute_result", data)]
    return determine_grade(cell)[0]


# Points


@pytest.mark.parametrize(
    ("placed", "points", "shown"),
    [
        (right(), None, "12"),
        (partly(), None, "9.5"),
        (partly(), 12, "9.5"),
        (right(), 0.1, "0.1"),
        (right(), 7, "7"),
        (partly(), 1, "0.7916666666666666"),
        ({}, 12, "0"),
    ],
)
def test_the_points_are_the_text_form(placed, points, shown):
    keep(HERE, response(placed))
    score = pv.score(ID, points=points)
    assert (repr(score), float(score)) == (shown, float(shown))
    most = points or 12
    assert read_by_nbgrader(score, most) == float(shown) <= most


cells = st.sampled_from(rule.CELLS)
boards = st.fixed_dictionaries({}, optional=dict.fromkeys(CARDS, cells))


@settings(deadline=None)
@given(boards, st.integers(1, 1000) | st.floats(1e-6, 1e6))
def test_any_answer_gets_its_points_and_never_more(placed, points):
    pv.answer(ID, code(response(placed)), answers=None)
    score = pv.score(ID, points=points, answers=None)
    handin.given.clear()
    result = pv.grade(ACTIVITY, response(placed))
    assert score.points == Fraction(points) * result.board.score / 12
    assert 0 <= float(repr(score)) <= points
    assert isinstance(ast.literal_eval(repr(score)), (int, float))
    assert (float(score) == points) == (result.board.score == 12)
    # The parts are the points: for a gradebook by item, and for tests passed or failed.
    assert sum(item.score for item in score.items) == result.board.score
    assert sum(score.reached(step) for step in range(1, 25)) == 2 * result.board.score
    assert not score.reached(25)


def test_steps_are_those_of_the_items():
    keep(HERE, response(partly()))
    score = pv.score(ID)
    for number, item in enumerate(score.items):
        reached = [score.reached(2 * number + 1), score.reached(2 * number + 2)]
        assert reached == [item.score >= Fraction(1, 2), item.score == 1]
    with pytest.raises(ValueError, match="from 1"):
        score.reached(0)


@pytest.mark.parametrize("points", [0, -1, True, "12", float("nan"), float("inf"), [1]])
def test_points_that_are_no_number_are_refused(points):
    with pytest.raises(ValueError, match="greater than 0"):
        pv.score(ID, points=points)


def test_a_slip_of_the_instructor_is_told():
    with pytest.raises(ValueError, match="latest"):
        pv.score(ID, check="best")
    with pytest.raises(pv.ActivityError, match="Did you mean"):
        pv.score("value-matrx")


# Which check counts


@pytest.mark.parametrize(
    ("answered", "latest", "first", "said"),
    [
        (response(right()), 12, 12, "board"),
        (response(right(), partly()), 9.5, 9.5, None),
        (response(partly(), partly(), right()), 12, 9.5, None),
        (response({}, right()), 12, 12, None),
    ],
)
def test_the_check_that_counts(answered, latest, first, said):
    keep(HERE, answered)
    for which, points in (("latest", latest), ("first", first)):
        score = pv.score(ID, check=which)
        assert float(score) == points
        assert SAID[said or which] in score.lines


def test_who_looks_at_another_set_keeps_the_points():
    earlier = {"set": CARDS, "checks": response({}, partly(), right())["checks"], "explained": 0}
    other = response({ACTIVITY.sets[1][0]: "IW"}, set=ACTIVITY.sets[1], earlier=[earlier])
    keep(HERE, other)
    assert (repr(pv.score(ID)), repr(pv.score(ID, check="first"))) == ("12", "9.5")
    # A set that comes up again has had its first check.
    again = response({}, right(), earlier=[earlier])
    keep(HERE, again)
    assert (repr(pv.score(ID)), repr(pv.score(ID, check="first"))) == ("12", "9.5")


def test_of_two_sets_the_one_checked_last_counts():
    other = ACTIVITY.sets[1]
    all_right = {card: KEY[card] for card in other}
    halves = all_right | dict.fromkeys(other[:6], "IW")
    earlier = {"set": CARDS, "checks": response({}, {}, partly())["checks"], "explained": 0}
    keep(HERE, response({}, halves, all_right, set=other, earlier=[earlier]))
    first = pv.score(ID, check="first")
    assert repr(pv.score(ID)) == "12"
    assert 0 < float(first) < 12
    assert {item.id for item in first.items} == set(other)


# What is not there, or is not what it should be


def test_nothing_is_handed_in():
    score = pv.score(ID, points=10)
    assert repr(score) == "0"
    said = "There is nothing to grade: neither answers.json nor an answer code holds an answer"
    assert score.lines[0].startswith(said)
    assert "0 of 10 points" in score._repr_html_()
    assert list(HERE.iterdir()) == []
    answers.write(Path("answers.json"), {ID: entry({}), "other": entry(response(right()))})
    assert (repr(pv.score(ID)), pv.score(ID, answers=None).lines) == (
        "0",
        ("There is nothing to grade: no answer to practice-matrix was found.",),
    )


@pytest.mark.parametrize(
    ("stored", "why"),
    [
        (response(right()) | {"placed": 1}, "This answer cannot be graded"),
        (response(right() | {"no-card": "IW"}), "a card that is not in the set"),
        (response(right()) | {"score": 12}, "a field that does not belong there"),
        ({"points": 12}, "a field is missing"),
        (response(right(), set=list(reversed(CARDS))), "not one of the activity's sets"),
    ],
)
def test_a_malformed_answer_earns_nothing(stored, why):
    for answer in (keep(HERE, stored), code(stored)):
        if isinstance(answer, str):
            Path("answers.json").unlink()
            pv.answer(ID, answer, answers=None)
        score = pv.score(ID)
        assert (repr(score), score.items) == ("0", ())
        assert any(why in line for line in score.lines)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{torn", "it is not JSON"),
        (b"12", "it is not an answers file"),
        (b"\xff\xfe", "it is not UTF-8 text"),
        (b" " * 5_000_001, "it has more than 5,000,000 bytes"),
        (b'{"format": "pvwidgets-answers", "version": 2}', "a newer version (2)"),
    ],
)
def test_a_file_that_cannot_be_used_earns_nothing(content, why):
    path = Path("answers.json")
    path.write_bytes(content)
    score = pv.score(ID)
    assert repr(score) == "0"
    assert any(why in line for line in score.lines)
    assert path.read_bytes() == content
    # But an answer code still counts.
    pv.answer(ID, code(response(right())), answers=None)
    assert repr(pv.score(ID)) == "12"
    assert any(why in line for line in pv.score(ID).lines)


def test_a_damaged_code_earns_nothing_and_takes_nothing():
    with pytest.raises(codes.CodeError):
        pv.answer(ID, code(response(right()))[:-1])
    assert repr(pv.score(ID)) == "0"
    assert "copy it again" in " ".join(pv.score(ID).lines)
    keep(HERE, response(partly()))
    assert repr(pv.score(ID)) == "9.5"
    assert "copy it again" in " ".join(pv.score(ID).lines)


def test_an_answer_of_another_kind_earns_nothing():
    keep(HERE, response(right()), kind="triangle")
    score = pv.score(ID)
    assert (repr(score), "another kind of activity" in score.lines[-1]) == ("0", True)


def test_an_answer_to_an_older_version_is_fitted():
    keep(HERE, response(right() | {"gone": "IW"}), version=0)
    score = pv.score(ID)
    assert (repr(score), SAID["version"] in score.lines) == ("12", True)


def test_a_file_under_another_name_is_pointed_out():
    keep(HERE, response(right())).rename("answers (1).json")
    score = pv.score(ID)
    assert repr(score) == "0"
    assert "The folder holds answers (1).json." in score.lines[-1]


# Both


@pytest.mark.parametrize(
    ("in_code", "in_file", "points", "which"),
    [
        ((right(), LATE), (wrong(), EARLY), "12", "The answer code is newer and counts."),
        ((wrong(), EARLY), (right(), LATE), "12", "answers.json is newer and counts."),
        ((right(), EARLY), (right(), LATE), "12", None),
    ],
)
@pytest.mark.parametrize("kept", [True, False])
def test_of_code_and_file_the_newer_counts(in_code, in_file, points, which, kept):
    keep(HERE, response(in_file[0]), in_file[1])
    code_text = code(response(in_code[0]), in_code[1])
    pv.answer(ID, code_text, **({} if kept else {"answers": None}))
    score = pv.score(ID)
    assert repr(score) == points
    told = [line for line in score.lines if "differ" in line]
    assert [which in line for line in told] == ([True] if which else [])


def notebook(*sources, name="mine.ipynb"):
    cells = [{"cell_type": "code", "source": source} for source in sources]
    Path(name).write_text(json.dumps({"cells": cells}))


def test_a_code_counts_wherever_it_stands_in_the_notebook():
    line = codes.line(ID, entry(response(partly())))
    notebook("import pvwidgets as pv", ["pv.score()\n", line])
    assert repr(pv.score(ID)) == repr(pv.score(ID, answers=None)) == "9.5"
    keep(HERE, response(right()), LATE)
    assert repr(pv.score(ID)) == "12"
    assert any("answers.json is newer" in line for line in pv.score(ID).lines)


@pytest.mark.parametrize("how", ["# {}", "x = 1  # {}"])
def test_a_code_in_a_comment_does_not_count(how):
    notebook(how.format(codes.line(ID, entry(response(partly())))))
    assert repr(pv.score(ID)) == "0"


def test_a_code_that_is_damaged_in_the_notebook_is_told_of():
    notebook(codes.line(ID, entry(response(partly())))[:-4] + '")')
    score = pv.score(ID)
    assert (repr(score), "copy it again" in score.lines[-1]) == ("0", True)
    keep(HERE, response(right()))
    assert (repr(pv.score(ID)), "copy it again" in " ".join(pv.score(ID).lines)) == ("12", True)


def test_notebooks_that_cannot_be_read_do_no_harm():
    Path("torn.ipynb").write_text("{")
    Path("odd.ipynb").write_text('{"cells": 1}')
    Path("large.ipynb").write_text(" " * 5_000_001)
    Path("folder.ipynb").mkdir()
    assert repr(pv.score(ID)) == "0"


# What an instructor left behind


def test_an_answers_file_from_the_source_does_not_count(tmp_path, monkeypatch):
    source = tmp_path / "source" / "matrix"
    learner = tmp_path / "autograded" / "ann" / "matrix"
    for folder in (source, learner):
        folder.mkdir(parents=True)
        keep(folder, response(right()), LATE)
    monkeypatch.chdir(learner)
    assert repr(pv.score(ID)) == "12"
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    score = pv.score(ID)
    assert repr(score) == "0"
    assert "the assignment's own folder" in " ".join(score.lines)
    pv.answer(ID, code(response(partly()), EARLY))
    assert repr(pv.score(ID)) == "9.5"


# What is shown


def test_without_the_key_it_says_how_many_are_answered():
    keep(HERE, response(partly(), right()))
    score = pv.score(ID, points=10, key=False)
    assert (repr(score), score.items) == ("0", ())
    assert score.lines == ("11 of 12 answered.", "Nothing is graded here.")
    assert "About" not in score._repr_html_()


def test_each_card_is_told_of():
    keep(HERE, response(partly()))
    score = pv.score(ID, points=24)
    html, text = score._repr_html_(), str(score)
    assert html.count("<li>") == 12
    assert "19 of 24 points" in html
    for shown in (html, text):
        assert shown.count("(2 of 2 points)") == 9
        assert shown.count("(1 of 2 points)") == 1
        assert shown.count("(0 of 2 points)") == 2
        assert SAID["open"] in shown
        assert "Both questions are off." in shown
    assert "You have not checked these answers" in html


def test_points_are_never_rounded_up_to_all():
    assert handin._decimal(Fraction(9999, 1000)) == "9.99"
    assert [handin._decimal(Fraction(n)) for n in (0, 10, 100)] == ["0", "10", "100"]


def test_everything_is_escaped(tmp_path):
    cards = bank(1)
    cards[0]["text"] = "<script>alert(1)</script> & text"
    for cell in rule.CELLS:
        cards[0]["feedback"][cell] = f"<img src=x onerror={cell}>"
    path = save(tmp_path, document(cards, title="<b>A & B</b>"))
    activity = pv.load(path)
    placed = dict.fromkeys(activity.sets[0], "IW")
    one = entry(rule.blank(activity.public) | {"placed": placed})
    answers.write(Path("answers.json"), {activity.id: one})
    html = pv.score(path)._repr_html_()
    assert "&lt;script&gt;" in html
    for bare in ("<script", "<img", "<b>"):
        assert bare not in html
    Path("answers.json").rename("<i>answers.json")
    assert "&lt;i&gt;answers.json" in pv.score(path)._repr_html_()
    assert "<i>" not in pv.score(path)._repr_html_()


def test_a_card_with_a_second_reading(tmp_path):
    path = save(tmp_path, document(bank(2, alts=1)))
    activity = pv.load(path)
    (card,) = (c for c, one in activity.key["cards"].items() if "alt" in one)
    shown = {}
    for cell in rule.CELLS:
        answered = rule.blank(activity.public) | {"placed": {card: cell}}
        board = rule.grade(activity.public, activity.key, answered).board
        items = worksheet.items(activity.public, activity.key, answered, board)
        (item,) = (item for item in items if item.id == card)
        shown[cell] = (item.score, item.said[0][1].split(". ", 1)[1])
    ui = handin.words()["ui"]
    assert shown == {
        "IW": (1, SAID["right"]),
        "CW": (1, SAID["defensible"]),
        "IJ": (Fraction(1, 2), ui["offRowOnly"]),
        "CJ": (Fraction(1, 2), ui["offRowOnly"]),
    }


def test_it_needs_no_network_no_widget_and_says_the_same_each_time():
    keep(HERE, response(partly()))
    program = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise OSError('no network')\n"
        "socket.socket.connect = refuse\n"
        "import pvwidgets as pv\n"
        "score = pv.score('practice-matrix', points=12)\n"
        "assert not {'ipywidgets', 'anywidget', 'IPython'} & set(sys.modules)\n"
        "print(repr(score)); print(score._repr_html_())\n"
    )
    outputs = set()
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
        assert done.stderr == ""  # nbgrader takes a line there for a failed test
        outputs.add(done.stdout)
    (output,) = outputs
    assert output.splitlines()[0] == "9.5"


def test_the_record_can_be_anything():
    for odd in (None, [], "x", {"activities": {ID: {"saved": LATE, "response": [1]}}}):
        Path("answers.json").write_text(json.dumps(odd))
        assert repr(pv.score(ID)) == "0"
