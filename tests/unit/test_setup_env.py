"""The making of .venv, with a fake in place of venv and pip; and the check of the Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools.check_python import problem
from tools.setup_env import SetupError, covered_extras, set_up

PYPROJECT = """
[project.optional-dependencies]
figures = ["matplotlib"]
book = ["pvwidgets[figures]", "jupyter-book"]
test = ["pvwidgets[book, figures]", "pytest"]
"""


class FakeRun:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.commands: list[str] = []
        self.fails = ""

    def __call__(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        kind = command[2]
        self.commands.append(kind)
        if kind == "venv":
            python = self.root / ".venv" / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return subprocess.CompletedProcess(command, kind == self.fails, "what it printed\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    return tmp_path


@pytest.fixture
def run(root: Path) -> FakeRun:
    return FakeRun(root)


def test_the_first_time_makes_and_installs(root: Path, run: FakeRun) -> None:
    assert set_up("book", root, run)
    assert run.commands == ["venv", "pip"]


def test_the_second_time_does_nothing(
    root: Path, run: FakeRun, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up("book", root, run)
    capsys.readouterr()
    assert not set_up("book", root, run)
    assert run.commands == ["venv", "pip"]
    assert capsys.readouterr().out == ""


def test_an_extra_that_another_includes_is_there(root: Path, run: FakeRun) -> None:
    set_up("test", root, run)
    assert not set_up("book", root, run)
    assert not set_up("figures", root, run)


def test_an_extra_that_is_missing_is_added(root: Path, run: FakeRun) -> None:
    set_up("book", root, run)
    assert set_up("test", root, run)
    assert run.commands == ["venv", "pip", "pip"]
    assert not set_up("book", root, run)


def test_a_changed_pyproject_installs_again(root: Path, run: FakeRun) -> None:
    set_up("test", root, run)
    (root / "pyproject.toml").write_text(PYPROJECT + "\n")
    assert set_up("book", root, run)
    assert set_up("test", root, run), "only book was installed from the new pyproject.toml"
    assert run.commands == ["venv", "pip", "pip", "pip"]


@pytest.mark.parametrize("what", ["python", "root", "state"])
def test_a_venv_that_no_longer_fits_is_made_anew(root: Path, run: FakeRun, what: str) -> None:
    set_up("book", root, run)
    state = root / ".venv" / "pv-state.json"
    old = {"python": sys.version, "root": str(root), "state": "{"}[what]
    assert old in state.read_text()
    state.write_text(state.read_text().replace(old, "other"))
    assert set_up("book", root, run)
    assert run.commands == ["venv", "pip"] * 2


def test_what_pip_says_is_shown_only_when_it_fails(
    root: Path, run: FakeRun, capsys: pytest.CaptureFixture[str]
) -> None:
    run.fails = "pip"
    with pytest.raises(SetupError, match="pip could not install"):
        set_up("book", root, run)
    assert capsys.readouterr().err == "what it printed\n"

    run.fails = ""
    assert set_up("book", root, run), "a failed installation is tried again"
    assert "what it printed" not in "".join(capsys.readouterr())


def test_an_unknown_extra_is_refused() -> None:
    with pytest.raises(SetupError, match="'boko'"):
        covered_extras({"book": []}, "boko")


@pytest.mark.parametrize("version", [(2, 7), (3, 10)])
def test_an_old_python_is_refused(version: tuple[int, int]) -> None:
    sentence = problem(version, lambda _module: True)
    assert "Python 3.11 or newer" in sentence
    assert f"is Python {version[0]}.{version[1]}" in sentence


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_that_cannot_make_a_venv_is_refused(missing: str) -> None:
    sentence = problem((3, 12), lambda module: module != missing)
    assert f"lacks the module {missing}" in sentence
    assert "python3.12-venv" in sentence


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
def test_a_newer_python_will_do(version: tuple[int, int]) -> None:
    assert problem(version, lambda _module: True) is None
