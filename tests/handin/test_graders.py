"""The notebook of the course, handed in to real nbgrader and real otter by README's commands."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

import pvwidgets as pv
from pvwidgets import answers, codes
from pvwidgets.kinds import part
from tests.handin.samples import (
    EARLY,
    ID,
    LATE,
    entry,
    keep,
    partly,
    response,
    right,
    wrong,
)

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
#: What the answers below are worth.
ALL, SOME = 12, 9.5


def readme_commands() -> list[str]:
    """The commands of README's part for instructors, each as a list of lines."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    part = re.search(r"^## For instructors\n(.*?)^## ", text, flags=re.M | re.S)[1]
    blocks = re.findall(r"^```sh\n(.*?)^```", part, flags=re.M | re.S)
    return [line for block in blocks for line in block.splitlines()]


COMMANDS = readme_commands()
OTTER = [line for line in COMMANDS if "otter" in line]
NBGRADER = [line for line in COMMANDS if line not in OTTER and not line.startswith("pip ")]
START, AFTER = NBGRADER[:5], NBGRADER[5:]


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        # Nothing of this machine's own settings, and nothing left in them.
        "HOME": str(folder),
        "JUPYTER_CONFIG_DIR": str(folder / ".jupyter"),
        "IPYTHONDIR": str(folder / ".ipython"),
    }
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def done(line: str, folder: Path) -> str:
    ran = run(line, folder)
    assert ran.returncode == 0, f"{line}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout + ran.stderr


def test_the_commands_of_the_readme_are_all_run() -> None:
    assert [line.split()[0] for line in START] == ["mkdir", "cp", "pvwidgets", "cd", "nbgrader"]
    assert [line.split()[1] for line in AFTER] == ["autograde", "generate_feedback", "export"]
    assert len(OTTER) == 4
    rest = set(COMMANDS) - {*START, *AFTER, *OTTER}
    assert rest == {'pip install ".[graders]"'}  # what tests are run with has it
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r'^  "pvwidgets\[.*\bgraders\b.*\]",$', pyproject, flags=re.M)


def paste(notebook: NotebookNode, *lines: str) -> None:
    """Do as the notebook says: put answer codes in place of the comment."""
    (cell,) = (c for c in notebook.cells if c.source.startswith("# Your answer code"))
    cell.source = "\n".join(lines)


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    (cell,) = (c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)
    return cell


def as_line(answered: object, saved: str = EARLY) -> str:
    return codes.line(ID, entry(answered, saved))


# What each learner hands in. A function may change the notebook and put files beside it.


def all_right(notebook, folder):
    keep(folder, response(right()))
    cell_of(notebook, "defend").source = "*Card:* the night bus\n\nOne. Two. Three."


def partly_right(notebook, folder):
    keep(folder, response({}, partly()))


def code_only(notebook, folder):
    paste(notebook, as_line(response(partly())))


def code_at_the_end(notebook, folder):
    """Run too late, after the graded cell, but it is there."""
    notebook.cells.append(nbformat.v4.new_code_cell(as_line(response(partly()))))


def empty(notebook, folder):
    pass


def malformed(notebook, folder):
    keep(folder, response(right()) | {"score": 12})


def damaged_code(notebook, folder):
    paste(notebook, as_line(response(right())).replace("PV1:", "PV1:x"))


def code_newer(notebook, folder):
    keep(folder, response(wrong()), EARLY)
    paste(notebook, as_line(response(partly()), LATE))


def file_newer(notebook, folder):
    keep(folder, response(partly()), LATE)
    paste(notebook, as_line(response(right()), EARLY))


def tampered(notebook, folder):
    """Points raised, locked cells rewritten, the widget's cell gone."""
    keep(folder, response(partly()))
    cell = cell_of(notebook, ID)
    cell.source, cell.metadata["nbgrader"]["points"] = "12", 100
    cell_of(notebook, "completeness").source = "pv.score = lambda *a, **k: 12"
    notebook.cells.remove(cell_of(notebook, "activity"))


def graded_cell_deleted(notebook, folder):
    keep(folder, response(right()))
    notebook.cells.remove(cell_of(notebook, ID))


def extra_cells(notebook, folder):
    keep(folder, response(partly()))
    new = nbformat.v4.new_code_cell
    at = notebook.cells.index(cell_of(notebook, ID))
    extra = ["pv = 12\nscore = 12", "1 / 0", "import warnings\nwarnings.warn('!')", "12", "not so"]
    notebook.cells[at:at] = [new(source) for source in extra]
    notebook.cells += [new("12"), new("raise SystemExit")]


LEARNERS = {
    # Points, and what the feedback says.
    all_right: (ALL, "12 of 12 points"),
    partly_right: (SOME, "Your latest check counts."),
    code_only: (SOME, "You have not checked these answers"),
    code_at_the_end: (SOME, "9.5 of 12 points"),
    empty: (0, "neither answers.json nor an answer code holds an answer to practice-matrix"),
    malformed: (0, "there is a field that does not belong there"),
    damaged_code: (0, "a character is missing or has been changed"),
    code_newer: (SOME, "The answer code is newer and counts."),
    file_newer: (SOME, "answers.json is newer and counts."),
    tampered: (SOME, "9.5 of 12 points"),
    graded_cell_deleted: (0, ""),
    extra_cells: (SOME, "9.5 of 12 points"),
}
SPOILED = {"spoiled_wrong": 0, "spoiled_code": SOME}


@dataclass
class Course:
    folder: Path
    scores: dict[tuple[str, str], dict[str, str]]
    said: str

    def score(self, learner: str, assignment: str = "matrix") -> float:
        return float(self.scores[assignment, learner]["score"] or 0)

    def feedback(self, learner: str, assignment: str = "matrix") -> str:
        path = self.folder / "feedback" / learner / assignment / "matrix.html"
        return path.read_text(encoding="utf-8")


def hand_in(course: Path, learner: str, change, assignment: str = "matrix") -> Path:
    folder = course / "submitted" / learner / assignment
    shutil.copytree(course / "release" / assignment, folder)
    path = folder / "matrix.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook, folder)
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="session")
def course(tmp_path_factory) -> Course:
    """One course, released, handed in to and graded; everything below looks at its results."""
    top = tmp_path_factory.mktemp("graded")
    shutil.copytree(ROOT / "exercises", top / "exercises")
    for line in START[:3]:
        done(line, top)
    folder = top / "course"
    # An instructor who tried the notebook out, and left the check out.
    spoiled = folder / "source" / "spoiled"
    shutil.copytree(folder / "source" / "matrix", spoiled)
    keep(spoiled, response(right()), LATE)
    refused = run(f"pvwidgets check-source {spoiled}", folder)
    assert refused.returncode == 1
    for assignment in ("matrix", "spoiled"):
        done(START[4].replace("matrix", assignment), folder)

    for change in LEARNERS:
        hand_in(folder, change.__name__, change)
    path = hand_in(folder, "renamed", all_right)
    path.rename(path.with_name("matrix (1).ipynb"))
    hand_in(folder, "spoiled_wrong", lambda n, f: keep(f, response(wrong())), "spoiled")
    hand_in(folder, "spoiled_code", code_only, "spoiled")

    graded = run(AFTER[0], folder)
    done(AFTER[0].replace("matrix", "spoiled"), folder)
    done(AFTER[1], folder)
    done(AFTER[1].replace("matrix", "spoiled"), folder)
    done(AFTER[2], folder)
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        scores = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    return Course(folder, scores, graded.stdout + graded.stderr)


@pytest.mark.parametrize("learner", LEARNERS, ids=lambda change: change.__name__)
def test_nbgrader_gives_the_points(course, learner) -> None:
    points, said = LEARNERS[learner]
    assert course.score(learner.__name__) == points
    assert float(course.scores["matrix", learner.__name__]["max_score"]) == 15
    feedback = course.feedback(learner.__name__)
    assert said in feedback
    failed = "Traceback (most recent call last)" in feedback
    assert failed == (learner in (extra_cells, tampered))


def test_what_was_left_in_the_source_is_not_graded(course) -> None:
    # nbgrader did what it does: the instructor's right answers lie where the learner's were.
    taken = course.folder / "autograded" / "spoiled_wrong" / "spoiled" / "answers.json"
    assert answers.read(taken)[ID]["response"] == response(right())
    for learner, points in SPOILED.items():
        assert course.score(learner, "spoiled") == points
        assert "answers.json is not counted" in course.feedback(learner, "spoiled")


def test_a_renamed_notebook_gets_no_grade_and_is_told_of(course) -> None:
    assert course.score("renamed") == 0
    assert "error processing assignment 'matrix' for student 'renamed'" in course.said
    assert set(re.findall(r"for student '(\w+)'", course.said)) == {"renamed"}


def test_what_waits_for_a_person(course) -> None:
    path = course.folder / "gradebook.db"
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{path}") as gradebook:
        for change in LEARNERS:
            name = change.__name__
            notebook = gradebook.find_submission_notebook("matrix", "matrix", name)
            waits = {grade.name for grade in notebook.grades if grade.needs_manual_grade}
            # A graded cell that is gone has no points, and nbgrader shows it to a person.
            expected = {all_right: {"defend"}, graded_cell_deleted: {ID}}
            assert waits == expected.get(change, set()), name
            if change is all_right:
                (grade,) = (g for g in notebook.grades if g.name == "defend")
                grade.manual_score, grade.needs_manual_grade = 2, False
                assert notebook.score == ALL + 2
        gradebook.db.rollback()


def test_what_is_released(course) -> None:
    release = course.folder / "release" / "matrix"
    assert [p.name for p in release.iterdir()] == ["matrix.ipynb"]
    notebook = nbformat.read(release / "matrix.ipynb", as_version=4)
    nbformat.validate(notebook)
    settings = {
        one["grade_id"]: (one["grade"], one["solution"], one["locked"], one.get("points"))
        for one in (c.metadata["nbgrader"] for c in notebook.cells if "nbgrader" in c.metadata)
    }
    assert settings == {
        "activity": (False, False, True, None),
        "completeness": (False, False, True, None),
        ID: (True, False, True, 12),
        "defend": (True, True, False, 3),
    }
    # No key stands in a cell, and so none in the feedback of what was not answered.
    assert "Defensible" not in course.feedback("empty")


# The other notebooks; the matrix stands for what all of them share

EXERCISES = sorted(path.parent.name for path in ROOT.glob("exercises/*/*.ipynb"))


@pytest.fixture(scope="module")
def api(tmp_path_factory) -> Iterator[NbGraderAPI]:
    """Nbgrader in this process, with all notebooks as sources: much faster than its commands."""
    root = tmp_path_factory.mktemp("exercises")
    shutil.copytree(ROOT / "exercises", root / "source")
    for kept in (root / "source").rglob("answers.json"):
        kept.unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(BIN), prepend=os.pathsep)  # it calls alembic
        config = Config(CourseDirectory={"root": str(root), "course_id": "course"})
        yield NbGraderAPI(config=config)


def released(api: NbGraderAPI, name: str) -> Path:
    folder = Path(api.coursedir.root) / "release" / name
    if not folder.exists():
        made = api.generate_assignment(name)
        assert made["success"], made.get("log")
    return folder


@pytest.mark.parametrize("name", EXERCISES)
def test_each_exercise_can_be_released(api, name) -> None:
    folder = released(api, name)
    assert [path.name for path in folder.iterdir()] == [f"{name}.ipynb"]
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    settings = [c.metadata["nbgrader"] for c in notebook.cells if "nbgrader" in c.metadata]
    assert len({one["grade_id"] for one in settings}) == len(settings)
    machine = [one for one in settings if one["grade"] and not one["solution"]]
    person = [one for one in settings if one["grade"] and one["solution"]]
    shown = [one for one in settings if not one["grade"]]
    assert len(machine) >= 1
    assert len(person) == 1
    assert all(one["locked"] for one in [*machine, *shown])
    sources = {c.metadata.get("nbgrader", {}).get("grade_id"): c.source for c in notebook.cells}
    for one in machine:
        # One can see whether the answer is complete before it is graded.
        assert f'pv.score("{one["grade_id"]}", key=False)' in sources.values()
        assert sources[one["grade_id"]].endswith(
            f'pv.score("{one["grade_id"]}", points={one["points"]})'
        )
    # The rubric stands right below the cell that a person grades, with a point for each question.
    ids = [c.metadata.get("nbgrader", {}).get("grade_id") for c in notebook.cells]
    rubric = notebook.cells[ids.index(person[0]["grade_id"]) + 1].source
    assert "how to rate your own" in rubric
    assert len(re.findall(r"^- .*\?$", rubric, flags=re.M)) == person[0]["points"]


def answered_right(name: str) -> dict[str, object]:
    """Right answers to an activity that is answered item by item or with cards; a record as it
    starts.
    """
    activity = pv.load(name)
    public, key = activity.public, activity.key
    response = part(activity.kind, "grade").blank(public)
    if activity.kind == "sort":
        response["placed"] = {card: one["bin"] for card, one in key["cards"].items()}
    elif activity.kind == "quiz":
        response["answers"] = {
            question: {
                asked: max(one["told"], key=lambda option: option["points"])["id"]
                for asked, one in parts.items()
            }
            for question, parts in key["cards"].items()
        }
    elif "cards" in public:
        fields = {one["id"]: one for group in public["groups"] for one in group["fields"]}
        good = {
            name: [card["id"] for card in one["options"] if not key["cards"][card["id"]]["trap"]]
            for name, one in fields.items()
        }
        response["record"] = {
            name: cards[0] if fields[name]["type"] == "one" else cards
            for name, cards in good.items()
        }
    else:
        response["record"] = public["start"]
    return {"kind": activity.kind, "version": 1, "saved": EARLY, "response": response}


# Sorting, questions with parts, cards for a record and one of several partners, through a real
# kernel.
@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("value-chain", {"practice-cards": 12, "practice-arrow": 8}),
        ("triangle", {"practice-builder": 6}),
        ("collaboration", {"practice-join": 8, "practice-align": 3}),
    ],
)
def test_other_kinds_are_graded(api, name, points) -> None:
    root = Path(api.coursedir.root)
    folder = root / "submitted" / "ada" / name
    shutil.copytree(released(api, name), folder)
    kept = {activity: answered_right(activity) for activity in points}
    (folder / "answers.json").write_text(answers.dump(kept), encoding="utf-8")
    graded = api.autograde(name, "ada")
    assert graded["success"], graded.get("log")
    with api.gradebook as gradebook:
        grades = gradebook.find_submission_notebook(name, name, "ada").grades
        assert {one.name: one.auto_score for one in grades if one.name in points} == points


# otter


@pytest.fixture(scope="session")
def otter(tmp_path_factory) -> Path:
    top = tmp_path_factory.mktemp("otter")
    shutil.copytree(ROOT / "exercises", top / "exercises")
    for line in OTTER[:3]:
        done(line, top)
    path = top / "otter" / "dist" / "student" / "matrix.ipynb"
    notebook = nbformat.read(path, as_version=4)
    paste(notebook, code_line := as_line(response(right()), EARLY))
    nbformat.write(notebook, top / "matrix.ipynb")
    keep(top, response(partly()), LATE)
    with zipfile.ZipFile(top / "handed-in.zip", "w") as file:
        for name in ("matrix.ipynb", "answers.json"):
            file.write(top / name, name)
    assert code_line.startswith("pv.answer")
    done(OTTER[3], top)
    return top


def test_otter_gives_the_points(otter) -> None:
    results = json.loads((otter / "results.json").read_text(encoding="utf-8"))
    (graded,) = (test for test in results["tests"] if test["name"] == ID)
    assert (graded["score"], graded["max_score"]) == (SOME, ALL)
    assert graded["output"].count("Test case passed") == 2 * SOME
    assert graded["output"].count("Test case failed") == 2 * (ALL - SOME)


def test_learners_need_no_otter(otter) -> None:
    path = otter / "otter" / "dist" / "student" / "matrix.ipynb"
    notebook = nbformat.read(path, as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "otter" not in text
    assert 'pv.score("practice-matrix", points=12)' in text
    assert "*My three sentences:*" in path.read_text(encoding="utf-8")
    assert "reached" not in text


def test_a_file_that_is_there_is_not_written_over(otter) -> None:
    before = (otter / "otter" / "matrix.ipynb").read_bytes()
    assert run(OTTER[1], otter).returncode == 2
    assert (otter / "otter" / "matrix.ipynb").read_bytes() == before
