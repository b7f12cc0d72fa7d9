"""A real browser on the built book, with every host but our own server cut off."""

import functools
import http.server
import threading
from pathlib import Path

import pytest

import pvwidgets as pv

from ..conftest import PATIENCE
from . import board

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "_build" / "html"
AXE = ROOT / "js" / "node_modules" / "axe-core" / "axe.min.js"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def book():
    assert (BOOK / "index.html").is_file(), "build the book first: make book"
    return BOOK


@pytest.fixture(scope="session")
def site(book, tmp_path_factory):
    """The book in a folder of a web server, as on any host; gives its address."""
    top = tmp_path_factory.mktemp("web")
    (top / "some").mkdir()
    (top / "some" / "folder").symlink_to(book)
    handler = functools.partial(QuietHandler, directory=str(top))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/folder"
    server.shutdown()


class Watch:
    """Makes contexts, and holds what their pages asked of others or complained about."""

    def __init__(self, chromium):
        self.chromium = chromium
        self.foreign = []
        self.errors = []
        self.contexts = []

    def context(self, **options):
        context = self.chromium.new_context(**options)
        context.route("**/*", self._route)
        context.on("console", self._console)
        context.on("weberror", lambda e: self.errors.append(str(e.error)))
        context.on("requestfailed", self._failed)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        return context

    def page(self, **options):
        return self.context(**options).new_page()

    def _route(self, route):
        url = route.request.url
        if url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
            route.continue_()
        else:
            self.foreign.append(url)
            route.abort()

    def _failed(self, request):
        # Left undone because the page was left, or because scripts are off, is no failure. What a
        # policy forbids shows in the console.
        if request.failure not in ("net::ERR_ABORTED", "csp"):
            self.errors.append(f"failed: {request.url} {request.failure}")

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(message.text)


@pytest.fixture
def watch(chromium):
    watch = Watch(chromium)
    yield watch
    for context in watch.contexts:
        context.close()
    assert watch.foreign == []
    assert watch.errors == []


@pytest.fixture(scope="session")
def matrix():
    return pv.load("value-matrix")


@pytest.fixture
def opened(watch, site):
    """Opens the chapter on the matrix; gives its activity."""

    def open_page(page=None, **options):
        page = page or watch.page(**options)
        page.goto(f"{site}/chapters/value-matrix.html")
        return board.Board(page)

    return open_page
