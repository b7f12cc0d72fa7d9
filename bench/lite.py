"""From a click to an activity that can be used: the page of the book, and JupyterLite beside it."""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Browser, Page, expect

from bench.browser import VIEWPORT, Site, chromium
from bench.report import Section
from bench.stage import ROOT, StageError, run
from bench.visits import VISITS, Visit, section

SITE = ROOT / "_build" / "site"
NOTEBOOK = "exercises/matrix/matrix"
STATIC = f"site/{NOTEBOOK}.html"
CARD = "section.pv-activity[data-ready] .pv-card"
MINUTES = 5 * 60_000  # milliseconds


class Host(Site):
    """A static host that compresses all that grows smaller and lets browsers keep it a while."""

    def _read(self, path: str) -> tuple[int, dict[str, str], bytes]:
        status, headers, body = super()._read(path)
        if path.endswith(".wasm"):
            body = gzip.compress(body, 9, mtime=0)
            headers["Content-Encoding"] = "gzip"
        if status == 200:
            headers["Cache-Control"] = "max-age=600"
        return status, headers, body


@contextmanager
def profile(browser: Browser, folder: str, foreign: list[str], address: str) -> Iterator[Page]:
    """Open a browser that keeps what it loads in a folder, as a reader's does."""
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=os.environ["PV_BROWSER"],
        viewport=VIEWPORT,  # type: ignore[arg-type]
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking",
              "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    )  # fmt: skip
    context.set_default_timeout(MINUTES)
    context.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((address, "data:", "blob:"))
            else foreign.append(request.url)
        ),
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def idle(page: Page) -> None:
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle", timeout=MINUTES)


def visit(browser: Browser, site: Site, folder: str, *, static: bool) -> Visit:
    """Go to the page or to the notebook of the same exercise; return what it took."""
    foreign: list[str] = []
    site.log.clear()
    with profile(browser, folder, foreign, site.address) as page:
        start, kernel = perf_counter(), None
        if static:
            page.goto(f"{site.address}/{STATIC}", wait_until="commit")
        else:
            address = f"{site.address}/site/lite/index.html?path={NOTEBOOK}.ipynb"
            page.goto(address, wait_until="commit")
            page.locator(".jp-Notebook").wait_for()
            idle(page)
            kernel = perf_counter() - start
            for name in ("Run", "Run All Cells"):
                page.get_by_role("menuitem", name=name, exact=True).click()
        # A click is tried until it would reach the card.
        page.locator(CARD).first.click(trial=True)
        usable = perf_counter() - start
        page.wait_for_timeout(1000)  # for what is loaded late
    if foreign:
        raise StageError(f"something was asked of another host: {foreign[0]}")
    return Visit(sum(size for _, size in site.log) / 1000, len(site.log), kernel, usable)


def measure(rounds: int) -> Section:
    path = os.environ.get("PV_BROWSER")
    if not path:
        raise StageError("PV_BROWSER names no browser: make bench finds one.")
    run([sys.executable, "-m", "tools.build_lite"], ROOT)
    found: dict[str, list[Visit]] = {name: [] for name in VISITS}
    # The second visits are in a browser that was closed in between.
    with Host({"site": SITE}) as site, chromium(path) as browser:
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
                for name, folder in zip(VISITS, (one, other, other), strict=True):
                    found[name].append(visit(browser, site, folder, static=name == VISITS[0]))
        size = _unpacked(site)
    return section(found, rounds, size)


def _unpacked(site: Site) -> float:
    """Return the megabytes of the JupyterLite on the web server."""
    files = (path for path in Path(SITE / "lite").rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files) / 1e6
