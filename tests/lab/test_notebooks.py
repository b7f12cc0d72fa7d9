"""nbval compares the outputs that a notebook marks; a wrong one must be found."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

EXERCISES = Path(__file__).parents[2] / "exercises"
NOTEBOOKS = sorted(p for p in EXERCISES.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
MARK = "# NBVAL_CHECK_OUTPUT"


def nbval(path):
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider"),
            *("--nbval-lax", "--nbval-current-env", "-c", "/dev/null", str(path)),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=path.parent,
    )


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_wrong_output_is_found(path, tmp_path):
    notebook = nbformat.read(path, as_version=4)
    marked = [c for c in notebook.cells if c.cell_type == "code" and MARK in c.source]
    assert marked, "no cell is compared"
    output = marked[-1].outputs[0]
    output.text = re.sub(r"\d", "7", output.text, count=1) + "one line too many\n"
    copy = tmp_path / path.name
    nbformat.write(notebook, copy)
    done = nbval(copy)
    assert done.returncode == 1, done.stdout
    assert "one line too many" in done.stdout


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_what_is_stored(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert bool(cell.outputs) == (MARK in cell.source), cell.source
            # Not what a learner wrote, nor a path of the author's machine.
            assert all(o.output_type == "stream" for o in cell.outputs)
