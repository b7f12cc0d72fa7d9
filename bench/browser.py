"""A browser with a slow processor, and a web server that compresses and counts."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

SLOWER = 4
# A phone would be narrower; what is compared has to be in view without scrolling.
VIEWPORT = {"width": 1280, "height": 1000}
COMPRESSED = re.compile(r"text/|javascript|json|svg|font/ttf|ms-fontobject")


class Site:
    """Serves folders by name, as a static host does; `log` holds path and bytes of each answer."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self.folders = dict(folders)
        self.log: list[tuple[str, int]] = []
        self._cache: dict[str, tuple[int, dict[str, str], bytes]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, headers, body = site.answer(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # a page that was closed while it was loading

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Site:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, target: str) -> tuple[int, dict[str, str], bytes]:
        path = unquote(urlsplit(target).path)
        if path not in self._cache:
            self._cache[path] = self._read(path)
        answer = self._cache[path]
        if path != "/favicon.ico":
            self.log.append((path, len(answer[2])))
        return answer

    def _read(self, path: str) -> tuple[int, dict[str, str], bytes]:
        _, top, *rest = path.split("/")
        if top == "npm":  # a CDN takes a range of versions too; here is one version
            rest = re.sub(r"(?<=.)@[^/]+", "", "/".join(rest)).split("/")
        file = self.folders.get(top, Path()).joinpath(*rest)
        if top not in self.folders or ".." in rest:
            return 404, {}, b""
        if not file.is_file():
            return 404, {}, b""
        kind = guess_type(file.name)[0] or "application/octet-stream"
        body = file.read_bytes()
        headers = {"Content-Type": kind}
        if COMPRESSED.search(kind):
            body = gzip.compress(body, 9, mtime=0)
            headers["Content-Encoding"] = "gzip"
        return 200, headers, body


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                # Every other host is unknown at once, so that nothing waits for a network.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, *, slower: float = 1, script: str = "") -> Iterator[Page]:
    """Give an empty page with nothing in its cache and storage."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    context.set_default_timeout(120_000)
    page = context.new_page()
    if script:
        page.add_init_script(script)
    if slower != 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    try:
        yield page
    finally:
        context.close()
