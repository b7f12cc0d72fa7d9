"""The preview: one file's page, on this machine only, and told anew after each save."""

from __future__ import annotations

import os
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from pvwidgets import preview
from tests.unit.samples import document, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return save(tmp_path, document(title="The first title"))


@pytest.fixture
def web(path: Path) -> Iterator[ThreadingHTTPServer]:
    server = preview.server(path)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def get(web: ThreadingHTTPServer, where: str) -> str:
    address = f"http://127.0.0.1:{web.server_address[1]}{where}"
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.read().decode()


def test_the_page_shows_the_activity(web: ThreadingHTTPServer) -> None:
    page = get(web, "/")
    assert 'data-activity="sample"' in page
    assert "<title>The first title</title>" in page
    assert 'fetch("/changed")' in page


def test_a_save_is_noticed_and_shown(web: ThreadingHTTPServer, path: Path) -> None:
    seen = [get(web, "/changed")]
    assert get(web, "/changed") == seen[0]
    save(path.parent, document(title="Another one"))
    seen.append(get(web, "/changed"))
    # Some editors keep the length; the time of the save tells then.
    save(path.parent, document(title="Another two"))
    os.utime(path, ns=(1, 1))
    seen.append(get(web, "/changed"))
    assert "<title>Another two</title>" in get(web, "/")
    path.unlink()
    seen.append(get(web, "/changed"))
    assert len(set(seen)) == 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (document(title=""), "title: expected a text, found an empty one"),
        (document(kind="<b>"), "found &quot;&lt;b&gt;&quot;"),
        ("", "the file is empty"),
        (b"\xff", "byte 0 is not UTF-8"),
        (
            b'{"kind": "matrix", "\\ud83d": 1}',
            "unknown field &quot;\\ud83d&quot;",
        ),  # half a character
    ],
    ids=range(5),
)
def test_a_bad_file_shows_its_problems_and_is_watched(
    web: ThreadingHTTPServer, path: Path, content: dict | str | bytes, said: str
) -> None:
    save(path.parent, content)
    page = get(web, "/")
    assert "This file has problems" in page
    assert said in page
    assert 'fetch("/changed")' in page
    assert "<section" not in page
    save(path.parent, document())
    assert 'data-activity="sample"' in get(web, "/")


def test_a_file_that_is_gone_is_a_problem(web: ThreadingHTTPServer, path: Path) -> None:
    path.unlink()
    assert "cannot be read: No such file" in get(web, "/")


@pytest.mark.parametrize("where", ["/sample.yml", "/..", "/static/page.js", "/?a"])
def test_nothing_else_is_served(web: ThreadingHTTPServer, where: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(web, where)


def test_only_this_machine_is_answered(web: ThreadingHTTPServer) -> None:
    host, port = web.server_address[:2]
    assert host == "127.0.0.1"
    # Another address of the same machine reaches a server that listens on all of them.
    with pytest.raises(OSError, match=r"\[Errno"):
        socket.create_connection(("127.0.0.2", port), timeout=1)


def test_serve_until_ctrl_c(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    closed: list[bool] = []

    def stop(_: ThreadingHTTPServer) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ThreadingHTTPServer, "serve_forever", stop)
    monkeypatch.setattr(ThreadingHTTPServer, "server_close", lambda _: closed.append(True))
    monkeypatch.setattr(preview.webbrowser, "open", opened.append)
    assert preview.serve(path) == 0
    (address,) = opened
    assert f"{path} is shown at {address} and reloads" in capsys.readouterr().out
    assert closed
    assert preview.serve(path, open_browser=False) == 0
    assert opened == [address]
