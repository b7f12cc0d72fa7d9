"""The book with its JupyterLite on a plain server of files, and a browser that knows no other."""

import functools
import http.server
import os
import threading
from collections import Counter
from pathlib import Path
from typing import ClassVar

import pytest

SITE = Path(__file__).parents[2] / "_build" / "site"
MINUTE = 60_000  # milliseconds


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files with no header that says anything about isolation or workers."""

    times: ClassVar[Counter] = Counter()
    missing: ClassVar[list] = []

    def log_message(self, *_):
        pass

    def log_request(self, code="-", size="-"):
        if code not in (200, 301, 304):
            self.missing.append(f"{code} {self.path}")

    def copyfile(self, source, outputfile):
        self.times[self.path.split("?")[0]] += 1
        super().copyfile(source, outputfile)


@pytest.fixture(scope="session")
def site():
    assert (SITE / "lite" / "lab" / "index.html").is_file(), "build it first: make lite"
    return SITE


@pytest.fixture(scope="session")
def served(site, tmp_path_factory):
    """The address of the book, in a folder of a web server, as on any host."""
    top = tmp_path_factory.mktemp("web")
    (top / "some").mkdir()
    (top / "some" / "folder").symlink_to(site)
    handler = functools.partial(Handler, directory=str(top))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/folder"
    server.shutdown()


class Reader:
    """One person's browser, which can be closed and opened again with what it has kept."""

    def __init__(self, start, profile, address):
        self.start = start
        self.profile = profile
        self.address = address
        self.context = None
        self.errors = []
        self.foreign = []

    def open(self, path):
        self.context = self.start(
            self.profile,
            executable_path=os.environ["PV_BROWSER"],
            viewport={"width": 1400, "height": 1000},
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                # Workers too: what is intercepted by Playwright may not be all that they ask for.
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            ],
        )
        self.context.set_default_timeout(1.5 * MINUTE)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda e: self.errors.append(str(e.error)))
        self.context.on("request", self._request)
        page = self.context.new_page()
        page.goto(f"{self.address}/{path}")
        return page

    def close(self):
        if self.context:
            self.context.close()
            self.context = None

    def _console(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def _request(self, request):
        host = self.address.removesuffix("/some/folder")
        if not request.url.startswith((f"{host}/", "data:", "blob:")):
            self.foreign.append(request.url)


@pytest.fixture
def reader(chromium, served, tmp_path):
    Handler.missing.clear()
    one = Reader(chromium.browser_type.launch_persistent_context, tmp_path / "profile", served)
    yield one
    one.close()
    assert one.foreign == []
    assert Handler.missing == []
    assert one.errors == []
