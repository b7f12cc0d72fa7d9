"""Binder without its containers: the environment from binder/, and the notebooks in it.

What repo2docker would run is run here, in the same order, with the same Python, in a copy of the
project. Its base image, conda's packages and mybinder.org itself are not tried.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from packaging.markers import Marker
from playwright.sync_api import expect

import pvwidgets as pv
from tests.browser.board import Board, key_of
from tests.lab.server import jupyterlab, page_of
from tools.lock import BINDER_LOCK

from .test_reading import NOT_FOR_LEARNERS, entries

ROOT = Path(__file__).parents[2]
NOT_OF_THE_PROJECT = shutil.ignore_patterns(
    ".git", ".venv*", "_build", "dist", "node_modules", "__pycache__", ".*_cache", "answers.json"
)
WIDGET = ".jp-OutputArea-output section.pv-activity"
MINUTE = 60_000  # milliseconds


def python_of_binder():
    """Return the Python that runtime.txt names."""
    wanted = (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip().partition("-")[2]
    ask = "import sys; print('{}.{}'.format(*sys.version_info))"
    for python in (
        getattr(sys, "_base_executable", sys.executable),
        shutil.which(f"python{wanted}"),
    ):
        said = python and subprocess.run([python, "-c", ask], capture_output=True, text=True)
        if said and said.stdout.strip() == wanted:
            return python
    raise AssertionError(f"This needs Python {wanted}, as binder/runtime.txt says.")


class Environment:
    """A copy of the project with the environment that binder/ describes."""

    def __init__(self, top):
        self.project, self.home, self.prefix = top / "project", top / "home", top / "env"
        shutil.copytree(ROOT, self.project, ignore=NOT_OF_THE_PROJECT)
        self.home.mkdir()
        # Nothing of ours: neither the packages of .venv nor the settings of who runs this.
        self.variables = {
            "HOME": str(self.home),
            "PATH": f"{self.prefix / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": "",
            "PYTHONNOUSERSITE": "1",
            "VIRTUAL_ENV": "",
            # As BinderHub sets it.
            "BINDER_LAUNCH_HOST": "https://binder.example/",
        }

    @property
    def python(self):
        return self.prefix / "bin" / "python"

    def run(self, *command):
        done = subprocess.run(
            [str(one) for one in command],
            cwd=self.project,
            env={**os.environ, **self.variables},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def size(self):
        files = (path for path in self.prefix.rglob("*") if not path.is_symlink())
        return sum(path.stat().st_size for path in files if path.is_file())


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    made = Environment(tmp_path_factory.mktemp("binder"))
    start = time.monotonic()
    made.run(python_of_binder(), "-m", "venv", made.prefix)
    made.run("pip", "install", "--no-cache-dir", "-r", "binder/requirements.txt")
    made.run("bash", "binder/postBuild")
    seconds = time.monotonic() - start
    print(f"\nEnvironment of Binder: {made.size() / 1e6:.0f} MB, made in {seconds:.0f} s")
    return made


@pytest.fixture(scope="module")
def lab(environment):
    log = environment.home / "server.log"
    with jupyterlab(
        environment.python, environment.project, log, **environment.variables
    ) as address:
        yield address


def test_there_is_what_the_lock_says_and_nothing_else(environment):
    lines = environment.run("pip", "list", "--format=freeze").split()
    installed = {re.sub("[-_.]+", "-", line.split("==")[0]).lower() for line in lines}
    locked = {
        name
        for name, _, marker, _ in entries(BINDER_LOCK)
        if marker is None or Marker(marker.removeprefix(" ; ")).evaluate()
    }
    assert installed - {"pip", "setuptools"} == locked | {"pvwidgets"}
    assert installed & (NOT_FOR_LEARNERS - {"pip", "setuptools"}) == set()
    environment.run("pip", "check")
    where = environment.run("python", "-c", "import pvwidgets; print(pvwidgets.__file__)")
    # A notebook of the copy runs in its own folder; what it imports is the installed package.
    environment.run("pvwidgets", "list")
    assert "pvwidgets" in where


def choose(page, *names):
    for name in names:
        page.get_by_role("menuitem", name=name).first.click()


def idle(page):
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle", timeout=MINUTE)


def run_all(page, root):
    idle(page)
    choose(page, "Run", re.compile("^Run All Cells$"))
    page.locator(f"{root}[data-ready=true]").first.wait_for(state="attached")
    idle(page)


def restart_and_run_all(page, root):
    # What stands there until the cell has run again is told from what comes.
    page.locator(root).evaluate_all("all => all.forEach(one => one.dataset.old = 'true')")
    choose(page, "Run", re.compile("^Restart Kernel and Run All Cells"))
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.locator(f"{root}:not([data-old])[data-ready=true]").first.wait_for(state="attached")
    idle(page)


def test_an_exercise_from_the_start_to_the_second_run(environment, chromium):
    activity = pv.load("practice-matrix")
    start = time.monotonic()
    log = environment.home / "first.log"
    with (
        jupyterlab(
            environment.python, environment.project, log, **environment.variables
        ) as address,
        page_of(chromium, address, "exercises/matrix/matrix.ipynb") as page,
    ):
        run_all(page, WIDGET)
        board = Board(page, WIDGET)
        seconds = time.monotonic() - start
        print(f"\nFrom the start of the server to the first widget: {seconds:.1f} s")
        # What it says on a server that forgets.
        expect(page.locator(".pv-saved").first).to_contain_text("This is a session on Binder")

        board.sort(activity, key_of(activity), signs=True)
        board.check()
        assert board.score() == ("12", "12")
        restart_and_run_all(page, WIDGET)
        again = Board(page, WIDGET)
        expect(again.cards_in(None)).to_have_count(0)
        assert again.score() == ("12", "12")
    assert (environment.project / "exercises" / "matrix" / "answers.json").is_file()


def test_a_chapter_opens_as_a_notebook_and_runs_twice(environment, lab, chromium):
    root = f'{WIDGET}[data-activity="value-matrix"]'
    activity = pv.load("value-matrix")
    with page_of(chromium, lab, "chapters/value-matrix.md") as page:
        run_all(page, root)
        figure = page.locator(".jp-OutputArea-output :is(img, svg)").first
        figure.wait_for(state="attached")
        card, code = next(iter(key_of(activity).items()))
        board = Board(page, root)
        board.sort(activity, {card: code})
        expect(board.cards_in(code)).to_have_count(1)
        restart_and_run_all(page, root)
        expect(Board(page, root).cards_in(code)).to_have_count(1)
