"""`pvwidgets check-source` and `pvwidgets otter`: what an instructor runs before a release."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pvwidgets import cli
from pvwidgets.source import check_source
from tests.handin.samples import ID, code, keep, response, right

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = sorted(p.parent for p in (ROOT / "exercises").glob("*/*.ipynb"))
GRADED = {"grade": True, "solution": False, "points": 12, "grade_id": "a"}


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(ROOT / "exercises" / "matrix", tmp_path / "matrix"))


def write(folder, *sources, **settings):
    cells = [
        {
            "cell_type": "code",
            "source": source.splitlines(keepends=True),
            "metadata": {"nbgrader": GRADED | settings},
        }
        for source in sources
    ]
    (folder / "matrix.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.name)
def test_the_exercises_can_go_out(path):
    assert [p for p in check_source(path) if "answers.json" not in p.file] == []


def test_a_clean_folder(folder, capsys):
    (folder / "answers.json").unlink(missing_ok=True)
    assert cli.main(["check-source", str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder}: ready to go out\n"


@pytest.mark.parametrize(
    "place", ["answers.json", "deep/answers.json", "answers (1).json", "other.json"]
)
def test_an_answers_file_is_refused(folder, place, capsys):
    path = folder / place
    path.parent.mkdir(exist_ok=True)
    keep(folder, response(right())).rename(path)
    assert cli.main(["check-source", str(folder)]) == 1
    assert f"{path}: these are somebody's answers" in capsys.readouterr().err


def test_an_answers_file_is_refused_in_whatever_state(folder):
    for content in (b"", b"{torn", b"\xff"):
        (folder / "answers.json").write_bytes(content)
        assert len(check_source(folder)) == 1
    (folder / "answers.json").rename(folder / "data.json")
    assert check_source(folder) == []


def test_a_copy_in_a_checkpoint_is_found_too(folder):
    hidden = folder / ".ipynb_checkpoints"
    hidden.mkdir(exist_ok=True)
    keep(hidden, response(right()))
    assert len(check_source(folder)) == 1


def test_a_file_of_keys_is_refused(folder):
    (folder / "a.key.json").write_text("{}")
    (folder / "b.json").write_text('{"format": "pvwidgets-key"}')
    problems = check_source(folder)
    assert ["file of keys" in problem.message for problem in problems] == [True, True]


@pytest.mark.parametrize("comment", ["", "# "])
def test_an_answer_code_is_refused(folder, comment):
    write(folder, f'{comment}pv.answer("{ID}", "{code(response(right()))}")', grade=False)
    (problem,) = check_source(folder)
    assert (problem.field, "answer code" in problem.message) == ("cells[0]", True)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('pv.score("a", points=12)', None),
        ('import pvwidgets as pv\n\npv.score("a", points=12)  # graded; by machine', None),
        ('score("a", points=12.0)', None),
        ("assert 1 + 1 == 2", None),  # another way of grading; not ours to judge
        ('pv.score("a", points=12);', "full marks"),
        ('pv.score("a", points=12); # no', "full marks"),
        ('x = pv.score("a", points=12)', "full marks"),
        ('x = pv.score("a", points=12)\nx', "full marks"),
        ('float(pv.score("a", points=12))', "full marks"),
        ('pv.score("a", points=12)\nprint("done")', "full marks"),
        ('if True:\n    pv.score("a", points=12)', "full marks"),
        ('pv.score("a", points=10)', "points=12"),
        ('pv.score("a", points=POINTS)', "points=12"),
        ('pv.score("a")', "points=12"),
        ('pv.score("a", points=12, key=False)', "everybody gets 0"),
        ('%time pv.score("a", points=12)', "plain Python"),
        ('pv.score("a", points=12)  # \ud800', "plain Python"),
        ('pv.score("a", points=12, check="best")', 'expected "latest" or "first"'),
        ('pv.score("a", points=12, check=CHECK)', None),
    ],
)
def test_a_graded_cell_that_would_mislead(folder, source, said):
    write(folder, source)
    problems = check_source(folder)
    if said is None:
        assert problems == []
    else:
        (problem,) = problems
        assert said in problem.message
    write(folder, source, solution=True)
    assert check_source(folder) == []


def test_what_is_no_notebook(folder):
    for content in ("{", "[]", '{"cells": [1]}', '{"cells": [{"source": ""}]}'):
        (folder / "matrix.ipynb").write_text(content)
        (problem,) = check_source(folder)
        assert "not a notebook" in problem.message


def test_a_folder_without_a_notebook_is_not_called_clean(tmp_path, capsys):
    assert cli.main(["check-source", str(tmp_path)]) == 1
    assert cli.main(["check-source", str(tmp_path / "nothing")]) == 2
    assert "there is no notebook" in capsys.readouterr().err


# otter


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_the_form_for_otter(folder, tmp_path, capsys):
    out = tmp_path / "out.ipynb"
    assert cli.main(["otter", str(folder / "matrix.ipynb"), str(out)]) == 0
    cells = cells_of(out)
    texts = ["".join(cell["source"]) for cell in cells]
    tests = [text for text in texts if "BEGIN TEST CONFIG" in text]
    assert len(tests) == 24
    assert len(set(tests)) == 24
    assert all("points: 0.5\n" in text for text in tests)
    assert len({cell["id"] for cell in cells}) == len(cells)
    assert not any("nbgrader" in cell["metadata"] for cell in cells)
    kept = ["".join(cell["source"]) for cell in cells_of(folder / "matrix.ipynb")]
    assert [text for text in texts if text in kept] == kept


def test_an_activity_of_one_s_own_is_found_beside_the_notebook(folder, tmp_path, capsys):
    shutil.copy(ROOT / "pvwidgets" / "activities" / "value-matrix.yml", folder / "mine.yml")
    write(folder, 'pv.score("mine.yml", points=6, seed=3)', points=6)
    out = tmp_path / "out.ipynb"
    assert cli.main(["otter", str(folder / "matrix.ipynb"), str(out)]) == 0
    assert "points: 0.25\n" in "".join("".join(cell["source"]) for cell in cells_of(out))


@pytest.mark.parametrize(
    "source",
    [
        "x = 1",
        "pv.score('a');",
        "pv.score()",
        "%magic",
        "pv.score('value-matrix', points=P)",
        "pv.score('value-matrix', points=12, check='best')",
    ],
)
def test_what_cannot_be_turned_is_told(folder, tmp_path, source, capsys):
    write(folder, source)
    out = tmp_path / "out.ipynb"
    assert cli.main(["otter", str(folder / "matrix.ipynb"), str(out)]) == 1
    assert "pv.score" in capsys.readouterr().err
    assert not out.exists()


def test_no_notebook_cannot_be_turned(tmp_path, capsys):
    (tmp_path / "a.ipynb").write_text("{")
    assert cli.main(["otter", str(tmp_path / "a.ipynb"), str(tmp_path / "b.ipynb")]) == 1
    assert "not a notebook" in capsys.readouterr().err
    (tmp_path / "a.ipynb").write_bytes(b'{"cells": "\xe9"}')
    assert cli.main(["otter", str(tmp_path / "a.ipynb"), str(tmp_path / "b.ipynb")]) == 1
    assert "not UTF-8" in capsys.readouterr().err
    assert cli.main(["otter", str(tmp_path / "none.ipynb"), str(tmp_path / "b.ipynb")]) == 2
