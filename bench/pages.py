"""What a page with the activity weighs, and when it can be used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import median

from playwright.sync_api import Browser, Page

from bench.browser import SLOWER, Site, opened
from bench.report import Section
from bench.stage import StageError
from bench.stats import in_words, interleaved, ratio, significant, spread, times

CARD = "section.pv-activity[data-ready] .pv-card"
ANSWER = ".MCButton"
# What the page is called in the table; its address; what can be used once it is ready.
PAGES = {
    "ours": ("ours/twelve", CARD),
    "anywidget": ("anywidget/twelve", CARD),
    "jupyterquiz": ("jupyterquiz/twelve", ANSWER),
    "no activity": ("ours/nothing", "article h1"),
    "ours, in the course's book": ("course/twelve", CARD),
}
OTHERS = ("anywidget", "jupyterquiz", "no activity")
ADDED = ("ours", "anywidget", "jupyterquiz")

# Ready: it is in the page, has a size, and a click in its middle would reach it; then the frame in
# which that came true is painted.
READY = """
window.benchReady = new Promise((resolve) => {
  const look = () => {
    const target = document.querySelector(SELECTOR);
    const box = target?.getBoundingClientRect();
    if (box?.width && box.height) {
      const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (hit && target.contains(hit)) return setTimeout(() => resolve(performance.now()));
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"""


def ready_script(selector: str) -> str:
    return READY.replace("SELECTOR", repr(selector))


def usable_after(browser: Browser, site: Site, name: str) -> float:
    """Load a page with nothing in the cache; return the milliseconds until it can be used."""
    address, selector = PAGES[name]
    with opened(browser, slower=SLOWER, script=ready_script(selector)) as page:
        page.goto(f"{site.address}/{address}.html", wait_until="commit")
        return float(page.evaluate("window.benchReady"))


def weight(browser: Browser, site: Site, name: str) -> tuple[int, int, int]:
    """Load a page to its end; return bytes, requests, and how many of these to other hosts."""
    address, selector = PAGES[name]
    with opened(browser) as page:
        elsewhere: list[str] = []
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((site.address, "data:", "blob:"))
                else elsewhere.append(request.url)
            ),
        )
        site.log.clear()
        page.goto(f"{site.address}/{address}.html", wait_until="networkidle")
        page.locator(selector).first.wait_for()
        page.wait_for_timeout(1000)  # for what is loaded late
        _try(page, selector)
        return sum(size for _, size in site.log), len(site.log) + len(elsewhere), len(elsewhere)


def _try(page: Page, selector: str) -> None:
    """Make sure that what counts as usable does something."""
    page.locator(selector).first.click()
    worked = {
        CARD: f"{CARD}[aria-pressed=true]",
        ANSWER: ".Feedback.correct, .Feedback.incorrect",
    }
    if selector in worked and not page.locator(worked[selector]).count():
        raise StageError(f"a click on {selector} in {page.url} does nothing")


def measure(browser: Browser, site: Site, rounds: int) -> Section:
    weights = {name: weight(browser, site, name) for name in PAGES}
    jobs: dict[str, Callable[[], float]] = {
        name: partial(usable_after, browser, site, name) for name in PAGES
    }
    after = interleaved(rounds, jobs, warm_up=True)
    kilobytes = {name: size / 1000 for name, (size, _, _) in weights.items()}

    section = Section(
        "A page with twelve cards",
        "Five pages with the same words around the activity. *ours*: the activity of this package "
        "in a stock Jupyter Book with the extension `pvwidgets.book`. *anywidget*: the very same "
        "activity as stock Jupyter Book shows a widget, by html-manager and require.js. "
        "*jupyterquiz*: the same twelve texts, answers and reasons as twelve questions. *no "
        "activity*: the same page without one. All are in the stock theme; the last row has the "
        f"settings of this course's book. The processor is slowed {SLOWER} times, the cache is "
        "empty, and all comes from this machine, compressed by gzip -9: neither bandwidth nor a "
        f"CDN's distance counts here. *Usable* is when a click would do something. {rounds} loads.",
        ["page", "KB gzipped", "requests", "to other hosts", "usable after, ms",
         "ours / it: KB", "ours / it: requests", "ours / it: time"],
    )  # fmt: skip
    for name in PAGES:
        _, requests, elsewhere = weights[name]
        compared = [
            times(kilobytes["ours"] / kilobytes[name]),
            times(weights["ours"][1] / requests),
            times(ratio(after["ours"], after[name])),
        ]
        section.rows.append(
            [name, significant(kilobytes[name]), str(requests), str(elsewhere), spread(after[name])]
            + (compared if name in OTHERS else ["", "", ""])
        )
    for name in OTHERS:
        there = kilobytes["ours"] / kilobytes[name]
        section.means.append(
            f"Against {name}: our page has {in_words(there, 'as many bytes')} and can be used "
            f"after {in_words(ratio(after['ours'], after[name]), 'the time')}."
        )
    added = {name: kilobytes[name] - kilobytes["no activity"] for name in ADDED}
    wait = median(after["ours"]) - median(after["no activity"])
    section.means.append(
        "Most of each page is the theme: the activity adds "
        + ", ".join(f"{significant(size)} KB with {name}" for name, size in added.items())
        + f" to the page without one, and with ours {significant(wait)} ms."
    )
    return section
