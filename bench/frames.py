"""How long a page stands still while a card is placed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from playwright.sync_api import Browser, Page

from bench.browser import SLOWER, Site, opened
from bench.pages import ANSWER, CARD, ready_script
from bench.report import Section
from bench.stage import MANY, StageError
from bench.stats import in_words, interleaved, ratio, spread, times

MOVES = 4
PAGES = {
    "ours": ("ours", CARD),
    "anywidget": ("anywidget", CARD),
    "jupyterquiz": ("jupyterquiz", ANSWER),
}
SIZES = {12: "twelve", MANY: "many"}

# Times of the frames, and what the browser itself says about each click: the time until the next
# paint. It says nothing of one shorter than 16 ms.
WATCH = """
window.bench = { frames: [], clicks: [] };
(() => {
  const tick = (time) => { bench.frames.push(time); requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.interactionId) bench.clicks.push(entry.duration);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
})();
"""
START = "() => { bench.frames.length = 0; bench.clicks.length = 0; }"
STOP = """() => ({
  frame: Math.max(...bench.frames.slice(1).map((time, i) => time - bench.frames[i])),
  paint: Math.max(16, ...bench.clicks),
})"""
# The middle of the nth element that matches, brought into view first.
MIDDLE = """([selector, n]) => {
  const target = document.querySelectorAll(selector)[n];
  if (!target) return null;
  target.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = target.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""


def click(page: Page, selector: str, n: int = 0) -> dict[str, float]:
    """Click as a mouse does; return the longest frame and the time to the next paint, in ms."""
    middle = page.evaluate(MIDDLE, [selector, n])
    if middle is None:
        raise StageError(f"there is no {selector} in {page.url}")
    page.mouse.move(*middle)
    page.wait_for_timeout(100)  # until hovering and scrolling are painted
    page.evaluate(START)
    page.wait_for_timeout(50)
    page.mouse.click(*middle)
    page.wait_for_timeout(300)
    found: dict[str, float] = page.evaluate(STOP)
    return found


def _place(page: Page, turn: int) -> dict[str, float]:
    """Choose a card and then a cell, as a reader does by tapping; the longer of the two counts."""
    chosen = click(page, f".pv-tray {CARD.split()[-1]}")
    cell = ("IW", "CW", "IJ", "CJ")[turn % 4]
    placed = click(page, f".pv-{cell} .pv-place")
    return {name: max(chosen[name], placed[name]) for name in chosen}


def _answer(page: Page, turn: int) -> dict[str, float]:
    return click(page, ANSWER, 4 * turn + turn % 4)


def move_cards(browser: Browser, site: Site, name: str, size: int) -> list[dict[str, float]]:
    book, selector = PAGES[name]
    script = ready_script(selector) + WATCH
    with opened(browser, slower=SLOWER, script=script) as page:
        page.goto(f"{site.address}/{book}/{SIZES[size]}.html", wait_until="load")
        page.evaluate("window.benchReady")
        page.wait_for_timeout(1000)
        step = _answer if name == "jupyterquiz" else _place
        found = [step(page, turn) for turn in range(MOVES)]
        moved = page.locator(
            ".Feedback.correct, .Feedback.incorrect"
            if name == "jupyterquiz"
            else ".pv-cell .pv-card"
        ).count()
        if moved != MOVES:
            raise StageError(f"{moved} of {MOVES} moves were made in {page.url}")
        return found


def measure(browser: Browser, site: Site, rounds: int) -> Section:
    jobs: dict[str, Callable[[], list[dict[str, Any]]]] = {
        f"{name} {size}": partial(move_cards, browser, site, name, size)
        for size in SIZES
        for name in PAGES
    }
    runs = interleaved(rounds, jobs)
    values = {
        job: {what: [move[what] for run in found for move in run] for what in ("frame", "paint")}
        for job, found in runs.items()
    }
    section = Section(
        "Placing a card",
        f"The processor is slowed {SLOWER} times. *Ours* and *anywidget*: choose a card, then its "
        "cell, by mouse clicks; the slower of the two clicks counts. *jupyterquiz*: answer a "
        "question, one click. The longest frame is the longest time between two frames around a "
        "click; on a 60 Hz screen it cannot be below 16.7 ms. The time to the next paint is the "
        "browser's own account of a click, in steps of 8 ms from 16 ms on. "
        f"{MOVES} moves in each of {rounds} loads.",
        ["cards or questions", "in", "longest frame, ms", "next paint, ms",
         "ours / it: frame", "ours / it: paint"],
    )  # fmt: skip
    for size in SIZES:
        ours = values[f"ours {size}"]
        for name in PAGES:
            it = values[f"{name} {size}"]
            compared = [times(ratio(ours[what], it[what])) for what in ("frame", "paint")]
            section.rows.append(
                [str(size), name, spread(it["frame"]), spread(it["paint"])]
                + (["", ""] if name == "ours" else compared)
            )
    grown = ratio(values[f"ours {MANY}"]["frame"], values["ours 12"]["frame"])
    section.means.append(
        f"With {MANY} cards instead of 12, our longest frame takes "
        + in_words(grown, "as long")
        + "."
    )
    for name in ("anywidget", "jupyterquiz"):
        there = ratio(values[f"ours {MANY}"]["frame"], values[f"{name} {MANY}"]["frame"])
        section.means.append(
            f"With {MANY}, ours takes " + in_words(there, "as long") + f" as {name}."
        )
    return section
