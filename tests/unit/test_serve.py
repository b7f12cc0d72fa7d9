"""The server of the book: the port, the rebuilds, and what is served meanwhile."""

from __future__ import annotations

import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools import serve as server
from tools.build_book import Outcome


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind((server.HOST, 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("chapters/one.md", "_config.yml", "_build/html/index.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("first")
    return tmp_path


class Builder:
    """Publishes the chapter, unless it has the word `wrong`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.runs = 0

    def __call__(self) -> Outcome:
        self.runs += 1
        text = (self.root / "chapters" / "one.md").read_text()
        if "crash" in text:
            raise RuntimeError("a bug of ours")
        if "wrong" in text:
            return Outcome(False, "one.md:1: WARNING: wrong")
        (self.root / "_build" / "html" / "index.html").write_text(text)
        return Outcome(True, "built")


@pytest.fixture
def builder(root: Path) -> Builder:
    return Builder(root)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watcher(root: Path, builder: Builder, said: list[str]) -> server.Watcher:
    watcher = server.Watcher(root, builder, said.append)
    watcher.first_build()
    return watcher


def look(watcher: server.Watcher) -> bool:
    return watcher.look(settle=0)


# The port


@pytest.mark.parametrize("check", [[], ["--check"]])
def test_a_taken_port_is_said_in_one_sentence(
    taken_port: int,
    check: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "build", lambda: pytest.fail("the port comes before the build"))
    assert server.main(["--port", str(taken_port), *check]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert f"Port {taken_port} is taken" in err


def test_a_port_taken_on_all_addresses_is_seen() -> None:
    with socket.socket() as other:
        other.bind(("", 0))
        other.listen()
        with pytest.raises(server.PortError, match="is taken"):
            server.open_server(other.getsockname()[1], Path())


def test_a_free_port_passes_the_check(taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind((server.HOST, 0))
        free = other.getsockname()[1]
    assert server.main(["--port", str(free), "--check"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("text", ["", "abc", "-1", "8000.5", "65536", "²"])
def test_what_is_no_port_is_said_in_one_sentence(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert server.main([f"--port={text}"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "is not a port" in err


# The rebuilds


def test_nothing_is_built_while_nothing_changes(watcher: server.Watcher, builder: Builder) -> None:
    assert not look(watcher)
    assert builder.runs == 1


def write(root: Path) -> None:
    (root / "chapters" / "one.md").write_text("second, longer")


def write_at_the_top(root: Path) -> None:
    (root / "_config.yml").write_text("second, longer")


def replace_at_the_top(root: Path) -> None:
    # As many editors save: the file is another one afterwards.
    new = root / ".config.swp"
    new.write_text("second, longer")
    new.replace(root / "_config.yml")


def add_in_a_new_folder(root: Path) -> None:
    (root / "exercises" / "two").mkdir(parents=True)
    (root / "exercises" / "two" / "two.ipynb").write_text("{}")


def rename(root: Path) -> None:
    (root / "_config.yml").rename(root / "_config.yaml")


@pytest.mark.parametrize(
    "change", [write, write_at_the_top, replace_at_the_top, add_in_a_new_folder, rename]
)
def test_a_change_is_built_once(
    root: Path, watcher: server.Watcher, builder: Builder, change: Callable[[Path], None]
) -> None:
    change(root)
    assert look(watcher)
    assert not look(watcher)
    assert builder.runs == 2


def test_what_changes_during_a_build_is_built_next(root: Path, said: list[str]) -> None:
    runs = 0

    def builder() -> Outcome:
        nonlocal runs
        runs += 1
        if runs == 1:
            write(root)
        return Outcome(True, "built")

    watcher = server.Watcher(root, builder, said.append)
    watcher.first_build()
    assert look(watcher)
    assert not look(watcher)
    assert runs == 2


def test_the_changed_file_and_the_result_are_said(
    root: Path, watcher: server.Watcher, said: list[str]
) -> None:
    write(root)
    look(watcher)
    assert said == ["== chapters/one.md changed: building the book again", "built"]


@pytest.mark.parametrize(
    ("text", "reason"), [("wrong", "WARNING: wrong"), ("a crash", "a bug of ours")]
)
def test_a_failed_build_is_said_and_mended(
    root: Path, watcher: server.Watcher, said: list[str], text: str, reason: str
) -> None:
    page = root / "_build" / "html" / "index.html"
    (root / "chapters" / "one.md").write_text(text)
    look(watcher)
    assert reason in said[-2]
    assert said[-1] == "The build failed: the last good build is still being served."
    assert page.read_text() == "first"

    (root / "chapters" / "one.md").write_text("mended")
    look(watcher)
    assert said[-1] == "built"
    assert page.read_text() == "mended"


# The whole, in a thread: what a reader's browser gets


def test_the_last_good_page_is_served_fresh_until_the_end(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = Builder(root)
    texts = iter(["second", "wrong", "third"])
    got = []
    ports = []
    real_open = server.open_server

    def open_server(port: int, folder: Path) -> server.Server:
        opened = real_open(port, folder)
        ports.append(opened.server_port)
        return opened

    def sleep(seconds: float) -> None:
        """In place of the wait between two looks: read the page, then change the chapter."""
        if seconds != 0.5:
            return
        with urllib.request.urlopen(f"http://{server.HOST}:{ports[0]}/", timeout=10) as answer:
            got.append((answer.read().decode(), answer.headers["Cache-Control"]))
        text = next(texts, None)
        if text is None:
            raise KeyboardInterrupt
        (root / "chapters" / "one.md").write_text(text)

    monkeypatch.setattr(server, "open_server", open_server)
    monkeypatch.setattr(server.time, "sleep", sleep)
    before = threading.active_count()
    assert server.serve(0, root, builder) == 0
    assert [page for page, _ in got] == ["first", "second", "second", "third"]
    assert {header for _, header in got} == {"no-store"}
    assert threading.active_count() == before
    out, err = capsys.readouterr()
    assert f"http://127.0.0.1:{ports[0]}/" in out
    assert out.endswith("Stopped.\n")
    assert err == ""


def test_a_first_build_that_fails_with_nothing_to_serve_ends(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "_build" / "html" / "index.html").unlink()
    (root / "chapters" / "one.md").write_text("wrong")
    assert server.serve(0, root, Builder(root)) == 1
    assert "WARNING: wrong" in capsys.readouterr().out


def test_a_first_build_that_fails_serves_the_last_good_one(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(server.time, "sleep", interrupt)
    (root / "chapters" / "one.md").write_text("wrong")
    assert server.serve(0, root, Builder(root)) == 0
    assert "serving the last good build" in capsys.readouterr().out
