"""Build the book, serve it on this machine, and build it again whenever an input changes.

    .venv/bin/python -m tools.serve --port 8000
    .venv/bin/python -m tools.serve --port 8000 --check    # only say whether the port is free

Changes are found by looking at the inputs' times and sizes. Events from the system miss a file that
an editor has replaced, if the file itself was watched, and any file on some network folders.
"""

from __future__ import annotations

import argparse
import functools
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import Any

# Only the standard library: the check of the port runs before there is a .venv.
from tools.build_book import ROOT, Outcome, build, input_files

HOST = "127.0.0.1"
Snapshot = dict[Path, tuple[int, int]]


class PortError(Exception):
    """The port cannot be used; the message is for the person at the terminal."""


class Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # so that a reload shows the last build
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for what the builds say."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # the browser went away: no matter
            super().handle_error(request, client_address)


def read_port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= 65535:
        return int(text)
    raise PortError(f"{text!r} is not a port: give a whole number up to 65535, as in PORT=8000.")


def open_server(port: int, folder: Path) -> Server:
    """Return a server that holds the port; it answers once its serve_forever runs."""
    other = port + 1 if port < 65535 else 8000
    taken = PortError(f"Port {port} is taken: choose another one, for example PORT={other}.")
    if port:
        # On some systems binding succeeds beside a program that listens on all addresses.
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                raise taken
    try:
        return Server((HOST, port), functools.partial(Handler, directory=str(folder)))
    except PermissionError:
        raise PortError(
            f"Port {port} needs rights that you do not have: choose one above 1023."
        ) from None
    except OSError:
        raise taken from None


def take_snapshot(root: Path) -> Snapshot:
    snapshot = {}
    for path in input_files(root):
        try:
            status = path.stat()
        except OSError:  # removed since it was listed, or a link to nothing
            continue
        snapshot[path] = (status.st_mtime_ns, status.st_size)
    return snapshot


def changed_files(old: Snapshot, new: Snapshot) -> list[Path]:
    return sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


class Watcher:
    """Build again when an input has changed since the last look."""

    def __init__(
        self, root: Path, builder: Callable[[], Outcome], say: Callable[[str], None]
    ) -> None:
        self._root = root
        self._builder = builder
        self._say = say
        self._seen = take_snapshot(root)

    def first_build(self) -> Outcome:
        self._seen = take_snapshot(self._root)  # what changes during the build is built next
        return self._builder()

    def look(self, settle: float = 0.2) -> bool:
        """Rebuild if something has changed; return whether it had."""
        now = take_snapshot(self._root)
        if now == self._seen:
            return False
        while True:  # until whatever is writing has done
            time.sleep(settle)
            later = take_snapshot(self._root)
            if later == now:
                break
            now = later
        names = [path.relative_to(self._root).as_posix() for path in changed_files(self._seen, now)]
        self._seen = now
        if not names:  # changed and changed back
            return False
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        self._say(f"== {names[0]}{more} changed: building the book again")
        try:
            outcome = self._builder()
        except Exception as error:  # our own mistake must not end the server
            outcome = Outcome(False, f"The build itself went wrong: {error!r}")
        self._say(outcome.report)
        if not outcome.ok:
            self._say("The build failed: the last good build is still being served.")
        return True


def say(text: str) -> None:
    print(text, flush=True)


def serve(
    port: int,
    root: Path = ROOT,
    builder: Callable[[], Outcome] = build,
    interval: float = 0.5,
) -> int:
    """Serve until interrupted; return the exit code."""
    html = root / "_build" / "html"
    server = open_server(port, html)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    try:
        watcher = Watcher(root, builder, say)
        say("== Building the book, with warnings as errors")
        outcome = watcher.first_build()
        say(outcome.report)
        if not outcome.ok:
            if not (html / "index.html").exists():
                return 1
            say("The build failed: serving the last good build.")
        thread.start()
        say(f"== The book is at http://{HOST}:{server.server_port}/")
        say("   It is built again when you save a file. Ctrl-C stops.")
        while True:
            time.sleep(interval)
            watcher.look()
    except KeyboardInterrupt:
        say("\nStopped.")
        return 0
    finally:
        if thread.is_alive():
            server.shutdown()
        server.server_close()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Serve the book on this machine.")
    parser.add_argument("--port", default="8000")
    parser.add_argument("--check", action="store_true", help="only say whether the port is free")
    options = parser.parse_args(arguments)
    try:
        port = read_port(options.port)
        if options.check:
            open_server(port, ROOT).server_close()
            return 0
        signal.signal(signal.SIGTERM, _interrupt)
        return serve(port)
    except PortError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
