"""The build of the book, with a fake in place of Jupyter Book."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.build_book import build, input_files


class FakeBook:
    """Writes a page that repeats the chapter; warns as Sphinx does, only about pages it reads."""

    def __init__(self) -> None:
        self.runs = 0
        self.kept_doctrees = False
        self.kept_work = False

    def __call__(self, root: Path, work: Path) -> tuple[int, str]:
        self.runs += 1
        html, doctrees = work / "_build" / "html", work / "_build" / ".doctrees"
        self.kept_work, self.kept_doctrees = html.exists(), doctrees.exists()
        html.mkdir(parents=True, exist_ok=True)
        doctrees.mkdir(exist_ok=True)
        text = (root / "chapters" / "one.md").read_text()
        (html / "index.html").write_text(text)
        seen = doctrees / "one.md"
        unread = not seen.exists() or seen.read_text() != text
        seen.write_text(text)
        if "wrong" in text and unread:
            return 1, "reading sources\none.md:3: WARNING: something is wrong\nbuild finished\n"
        return 0, "fine\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("chapters/one.md", "pvwidgets/one.py", "_config.yml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("good")
    return tmp_path


@pytest.fixture
def book() -> FakeBook:
    return FakeBook()


def served(root: Path) -> str:
    return (root / "_build" / "html" / "index.html").read_text()


def test_a_good_build_is_put_in_place(root: Path, book: FakeBook) -> None:
    outcome = build(root, book)
    assert outcome.ok
    assert served(root) == "good"


def test_nothing_is_built_twice(root: Path, book: FakeBook) -> None:
    build(root, book)
    assert build(root, book).report == "The book is up to date."
    assert book.runs == 1


@pytest.mark.parametrize("folder", ["_build/html", "_build"])
def test_what_was_removed_is_built_again(root: Path, book: FakeBook, folder: str) -> None:
    build(root, book)
    shutil.rmtree(root / folder)
    assert build(root, book).ok
    assert served(root) == "good"


def test_a_failed_build_leaves_the_last_good_one(root: Path, book: FakeBook) -> None:
    build(root, book)
    (root / "chapters" / "one.md").write_text("wrong")
    outcome = build(root, book)
    assert not outcome.ok
    assert "one.md:3: WARNING: something is wrong" in outcome.report
    assert "reading sources" not in outcome.report
    assert served(root) == "good"


def test_a_failed_build_fails_again_when_nothing_has_changed(root: Path, book: FakeBook) -> None:
    (root / "chapters" / "one.md").write_text("wrong")
    assert not build(root, book).ok
    assert not build(root, book).ok


def test_a_build_that_was_interrupted_is_done_again(root: Path, book: FakeBook) -> None:
    def interrupted(root: Path, work: Path) -> tuple[int, str]:
        book(root, work)
        raise KeyboardInterrupt

    (root / "chapters" / "one.md").write_text("wrong")
    with pytest.raises(KeyboardInterrupt):
        build(root, interrupted)
    assert not build(root, book).ok


def test_a_changed_chapter_keeps_what_was_built(root: Path, book: FakeBook) -> None:
    build(root, book)
    (root / "chapters" / "one.md").write_text("better")
    assert build(root, book).ok
    assert book.kept_doctrees
    assert served(root) == "better"


@pytest.mark.parametrize(
    "name", ["pvwidgets/one.py", "_config.yml", "pvwidgets/activities/new.yml"]
)
def test_anything_else_builds_from_scratch(root: Path, book: FakeBook, name: str) -> None:
    build(root, book)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("changed")
    assert build(root, book).ok
    assert book.runs == 2
    assert not book.kept_work


def test_a_new_chapter_has_every_page_read(root: Path, book: FakeBook) -> None:
    build(root, book)
    (root / "chapters" / "two.md").write_text("new")
    assert build(root, book).ok
    assert book.kept_work
    assert not book.kept_doctrees


def test_a_faulty_config_fails(root: Path) -> None:
    def run(root: Path, work: Path) -> tuple[int, str]:
        (work / "_build" / "html").mkdir(parents=True)
        return 0, "Warning: Validation errors in config:\n- bad [key path: 'titel']\n"

    outcome = build(root, run)
    assert not outcome.ok
    assert "[key path: 'titel']" in outcome.report


def test_the_reports_of_failed_cells_are_named(root: Path) -> None:
    def run(root: Path, work: Path) -> tuple[int, str]:
        reports = work / "_build" / "html" / "reports"
        reports.mkdir(parents=True)
        red = "\x1b[31mActivityError\x1b[39m: no activity 'matrx'\n"
        (reports / "one.err.log").write_text(f"Traceback\n{red}")
        return (
            1,
            f"[IPKernelApp] WARNING | TCP\n{root}/one.md: WARNING: Executing notebook failed\n",
        )

    warning, report, where = build(root, run).report.splitlines()
    assert warning == "one.md: WARNING: Executing notebook failed"
    assert report.endswith("/reports/one.err.log ends: ActivityError: no activity 'matrx'")
    assert "_build/build.log" in where


def test_what_is_not_an_input_is_left_out(root: Path) -> None:
    for name in (
        ".venv/lib/x.py",
        "env/pyvenv.cfg",
        "env/lib/x.py",
        "_build/html/index.html",
        "js/src/x.ts",
        "tests/unit/x.py",
        "pvwidgets/__pycache__/x.pyc",
        "exercises/.ipynb_checkpoints/x.ipynb",
        "exercises/answers.json",
        "chapters/.#one.md",
        "chapters/one.md~",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (root / "exercises" / "kept.ipynb").write_text("x")
    names = {path.relative_to(root).as_posix() for path in input_files(root)}
    assert names == {"chapters/one.md", "pvwidgets/one.py", "_config.yml", "exercises/kept.ipynb"}
