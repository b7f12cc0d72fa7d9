"""How long a page stands still with as many items as a file of its kind may hold."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from ruamel.yaml import YAML

import pvwidgets as pv
from bench.browser import SLOWER, Site, opened
from bench.frames import MOVES, WATCH, click
from bench.report import Section
from bench.stage import CACHE, ROOT, StageError, write_yaml
from bench.stats import interleaved, spread
from pvwidgets import page as html_page
from pvwidgets.kinds import part

MOST = 200
EXAMPLES = ROOT / "chapters" / "for-authors" / "examples"
KINDS = {
    "sort": "night-bus",
    "quiz": "tool-library",
    "order": "flood-drill",
    "plane": "car-free-street",
}
ITEMS = {"sort": "cards", "quiz": "questions", "order": "cards", "plane": "actors"}
READY = "section.pv-activity[data-ready]"


def most(kind: str) -> int:
    """Return how many items a file of the kind may hold, up to `MOST`."""
    schema = part(kind, "author").SCHEMA
    if kind == "order":
        stages = schema["chains"]["items"]["properties"]["stages"]
        cards = stages["items"]["properties"]["cards"]["maxItems"]
        return min(MOST, int(stages["maxItems"] * cards))
    return min(MOST, int(schema[ITEMS[kind]]["maxItems"]))


def repeated(items: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return so many copies in turn, each with an id, and a name, of its own."""
    made = []
    for number in range(count):
        item = copy.deepcopy(items[number % len(items)])
        item["id"] = f"{item['id']}-{number}"
        if "name" in item:
            item["name"] = f"{item['name']} {number + 1}"
        made.append(item)
    return made


def data(kind: str, count: int) -> dict[str, Any]:
    """Return an activity with so many items, all shown: those of the example again and again."""
    path = EXAMPLES / f"{KINDS[kind]}.yml"
    source: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    source["id"] = f"many-{kind}"
    source.pop("draw", None)
    if kind == "order":
        (chain,) = source["chains"]
        chain["stages"] = _stages(chain["stages"], count)
        chain["arrows"] = [chain["arrows"][0]] * (len(chain["stages"]) - 1)
        return source
    items = source[ITEMS[kind]]
    if kind == "sort":
        for place in source["bins"]:
            place.pop("room", None)
    if kind == "quiz":  # a choice among options, as in most questions
        items = [one for one in items if one["type"] == "one"]
    if kind == "plane":
        for one in source["steps"]:
            one.pop("fits", None)
    source[ITEMS[kind]] = repeated(items, count)
    if kind == "plane":  # each opponent with power needs a fitting step
        fits = [one["id"] for one in source["actors"] if one["support"] == "opposes"]
        source["steps"][0]["fits"] = fits
    return source


def _stages(stages: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    room = 12
    cards = repeated([card for stage in stages for card in stage["cards"]], count)
    for number, card in enumerate(cards):
        card["text"] = f"{card['text']}, {number + 1}"
    return [
        {"id": f"stage-{n}", "title": f"Stage {n + 1}", "cards": cards[n * room : (n + 1) * room]}
        for n in range(-(-count // room))
    ]


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
