"""Show one activity in a browser while its author edits the file."""

from __future__ import annotations

import sys
import webbrowser
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from . import page
from .errors import ActivityError
from .model import load

# Asks twice a second whether the file has changed. Only `pvwidgets preview` does so; pages of a
# book ask nobody anything.
_RELOAD = """
let seen = null;
setInterval(async () => {
  try {
    const now = await (await fetch("/changed")).text();
    if (seen !== null && now !== seen) location.reload();
    seen = now;
  } catch { /* the server has been stopped */ }
}, 500);
"""


def body(path: Path) -> str:
    """Return the page for a file: the activity, or the list of its problems.

    Parameters
    ----------
    path : Path
        An activity file.
    """
    try:
        return page.document(load(path), script=_RELOAD)
    except ActivityError as error:
        problems = "".join(f"<li>{escape(str(problem))}</li>" for problem in error.problems)
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Problems</title>'
            "<style>body{max-width:60rem;margin:2rem auto;font-family:sans-serif}</style></head>"
            f"<body><main><h1>This file has problems</h1><ul>{problems}</ul>"
            f"<p>The page reloads when the file is saved.</p></main><script>{_RELOAD}</script>"
            "</body></html>"
        )


def changed(path: Path) -> str:
    """Return a text that differs after each change of a file."""
    try:
        info = path.stat()
    except OSError:
        return "gone"
    return f"{info.st_mtime_ns}-{info.st_size}"


def server(path: Path, port: int = 0) -> ThreadingHTTPServer:
    """Return a server of one file's page, bound to this machine only.

    Parameters
    ----------
    path : Path
        An activity file.
    port : int, optional
        0 for any free port.

    Raises
    ------
    OSError
        The port is taken.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/":
                self._answer("text/html", body(path))
            elif self.path == "/changed":
                self._answer("text/plain", changed(path))
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

        def _answer(self, kind: str, text: str) -> None:
            # A problem may quote half a character, which UTF-8 has no bytes for.
            data = text.encode(errors="backslashreplace")
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Keep the terminal quiet."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def serve(path: Path, *, port: int = 0, open_browser: bool = True) -> int:
    """Serve a file's page until Ctrl-C.

    Parameters
    ----------
    path : Path
        An activity file; it need not be valid yet.
    port : int, optional
        0 for any free port.
    open_browser : bool, optional
        Whether to open the address.

    Returns
    -------
    int
        0 at the end, 2 if there is no such file or the port is taken.
    """
    if not path.is_file():
        print(f"{path}: there is no such file", file=sys.stderr)
        return 2
    try:
        web = server(path, port)
    except OSError:
        print(f"port {port} is taken; choose another with --port", file=sys.stderr)
        return 2
    address = f"http://127.0.0.1:{web.server_address[1]}/"
    print(
        f"{path} is shown at {address} and reloads when you save it. Stop with Ctrl-C.", flush=True
    )
    if open_browser:
        webbrowser.open(address)
    try:
        web.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        web.server_close()
    return 0
