"""The instructor's guide: every command in it is run, in order, and does what is said."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pvwidgets.classroom import work

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "chapters" / "for-instructors" / "guide.md"
TEXT = GUIDE.read_text(encoding="utf-8")


def commands() -> list[str]:
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", TEXT, flags=re.M | re.S)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Run the guide's commands in a copy of what they name; return what each printed."""
    here = tmp_path_factory.mktemp("guide")
    shutil.copytree(GUIDE.parent, here / "chapters" / "for-instructors")
    shutil.copytree(ROOT / "exercises", here / "exercises")
    command = here / "bin" / "pvwidgets"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pvwidgets "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)}
    said = {}
    for line in commands():
        done = subprocess.run(
            ["sh", "-c", line], cwd=here, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (line, done.stderr)
        said[line] = done.stdout
    return here, said


def test_the_table_of_notebooks_says_what_they_are_worth() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| [\d and]+ \| (\d+) \| [^|]*: (\d+) \|$", TEXT, flags=re.M
    )
    worth = {}
    for path in ROOT.glob("exercises/*/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        settings = [cell["metadata"].get("nbgrader", {}) for cell in cells]
        graded = [one for one in settings if one.get("grade")]
        machine = sum(one["points"] for one in graded if not one["solution"])
        worth[path.stem] = (machine, sum(one["points"] for one in graded) - machine)
    assert {name: (int(machine), int(person)) for name, machine, person in rows} == worth


def test_there_are_commands_of_every_sort() -> None:
    used = {line.split()[1] for line in commands() if line.startswith("pvwidgets ")}
    assert used == {"assign", "demo-class", "grade", "new", "report", "validate"}


def test_every_command_runs(ran: tuple[Path, dict[str, str]]) -> None:
    _, said = ran
    assert len(said) == len(commands())


def test_they_make_what_the_guide_says(ran: tuple[Path, dict[str, str]]) -> None:
    here, said = ran
    first = next(text for line, text in said.items() if "--keys" in line)
    assert first.count("missing") == 3  # a line for each of two activities, and the sum
    assert len(list((here / "variants" / "release").iterdir())) == 30
    by_notebook = next(text for line, text in said.items() if "--assignment" in line)
    assert by_notebook.count("  graded ") > 20
    with (here / "demo" / "gradebook-filled.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sum(bool(row["Grade"]) for row in csv.DictReader(file)) > 20
    assert "<svg" in (here / "report.html").read_text(encoding="utf-8")


def test_every_status_is_explained() -> None:
    section = TEXT.split("## Grading")[1].split("\n## ")[0]
    assert {status for status in work.STATUSES if f"*{status}*" in section} == set(work.STATUSES)


def test_no_other_command_is_shown() -> None:
    # In another kind of block it would not be run.
    assert set(re.findall(r"```(\S*)", TEXT)) == {"sh", ""}
