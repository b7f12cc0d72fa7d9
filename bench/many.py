"""How long a page stands still with as many items as a file of its kind may hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page

import pvwidgets as pv
from bench.browser import SLOWER, Site, opened
from bench.frames import MOVES, WATCH, click
from bench.plenty import KINDS, MOST, data, most
from bench.report import Section
from bench.stage import CACHE, StageError, write_yaml
from bench.stats import interleaved, spread
from pvwidgets import page as html_page

READY = "section.pv-activity[data-ready]"


def lay_out() -> dict[str, Path]:
    """Write a page for each kind; return their folder under the name by which it is served."""
    folder = CACHE / "many"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for kind in KINDS:
        file = folder / f"{kind}.yml"
        write_yaml(file, data(kind, most(kind)))
        activity = pv.load(file)
        (folder / f"{kind}.html").write_text(html_page.document(activity), encoding="utf-8")
    return {"many": folder}


# One move of each kind, and how many moves can be seen in the page. On a board and in a chain a
# move is two taps, and the slower one counts.


def _two(page: Page, first: str, second: str, at: int = 0) -> dict[str, float]:
    chosen, put = click(page, first), click(page, second, at)
    return {name: max(chosen[name], put[name]) for name in chosen}


def _to_a_place(page: Page, turn: int) -> dict[str, float]:
    places = page.locator(".pv-place[data-cell]").count()
    return _two(page, ".pv-tray .pv-card", ".pv-place[data-cell]", turn % places)


def _along(page: Page, turn: int) -> dict[str, float]:
    cards = page.locator(".pv-order .pv-card").count()
    return _two(page, ".pv-order .pv-card", ".pv-order .pv-card", cards - 1 - turn)


def _answer(page: Page, turn: int) -> dict[str, float]:
    return click(page, f".pv-questions > li:nth-child({turn + 1}) .pv-option label")


STEPS: dict[str, Callable[[Page, int], dict[str, float]]] = {
    "sort": _to_a_place,
    "quiz": _answer,
    "order": _along,
    "plane": _to_a_place,
}
#: What a page looks like: it differs after each move that was made.
LOOKS = """() => JSON.stringify([
  [...document.querySelectorAll(":is(.pv-tray, .pv-order) .pv-card")].map((x) => x.dataset.drag),
  document.querySelectorAll(".pv-questions :checked").length,
])"""


def move(browser: Browser, site: Site, kind: str) -> list[dict[str, float]]:
    found = []
    with opened(browser, slower=SLOWER, script=WATCH) as page:
        page.goto(f"{site.address}/many/{kind}.html", wait_until="load")
        page.locator(READY).wait_for()
        page.wait_for_timeout(1000)
        before = page.evaluate(LOOKS)
        for turn in range(MOVES):
            found.append(STEPS[kind](page, turn))
            after = page.evaluate(LOOKS)
            if after == before:
                raise StageError(f"a move in {page.url} changed nothing")
            before = after
    return found


def measure(browser: Browser, site: Site, rounds: int) -> Section:
    jobs = {kind: partial(move, browser, site, kind) for kind in KINDS}
    runs = interleaved(rounds, jobs)
    section = Section(
        "Many items",
        f"{MOST} items, or as many as a file of the kind may hold, in a page of their own, all "
        f"shown; the processor is slowed {SLOWER} times. *sort* and *plane*: choose a card, then "
        "its place. *order*: choose the first card, then where it goes, near the end. *quiz*: "
        "choose an option. Of two clicks the slower counts. Frames and paints as in *Placing a "
        f"card*. {MOVES} moves in each of {rounds} loads.",
        ["kind", "items", "longest frame, ms", "next paint, ms"],
    )
    worst: dict[str, float] = {}
    for kind, found in runs.items():
        values = {what: [one[what] for run in found for one in run] for what in ("frame", "paint")}
        worst[kind] = max(values["frame"])
        section.rows.append(
            [kind, str(most(kind)), spread(values["frame"]), spread(values["paint"])]
        )
    slowest = max(worst, key=lambda kind: worst[kind])
    section.means.append(f"The longest frame of all is {worst[slowest]:.0f} ms, with {slowest}.")
    return section
