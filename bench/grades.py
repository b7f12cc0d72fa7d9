"""How many responses are graded in a second, in Python and in the browser's code."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import pvwidgets as pv
from bench import samples
from bench.report import Section
from bench.stage import CACHE, ESBUILD, ROOT, StageError, run
from bench.stats import growth, interleaved, ratio, spread, times

SIZES = (12, 50, 100, 200, 500)
SECONDS = 0.25


def in_python(activity: pv.Activity, response: dict[str, Any]) -> float:
    """Return grades per second."""
    start = perf_counter()
    count, spent = 0, 0.0
    while spent < SECONDS:
        status = pv.grade(activity, response).status
        count += 1
        spent = perf_counter() - start
    _graded(status)
    return count / spent


class Node:
    """The front end's grader, which stays warm between questions, as in a page."""

    def __init__(self, script: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def rate(self, activity: pv.Activity, response: dict[str, Any]) -> float:
        assert self._process.stdin
        assert self._process.stdout
        question = {"open": activity.public, "key": activity.key, "response": response}
        self._process.stdin.write(json.dumps({**question, "seconds": SECONDS}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or "{}")
        _graded(answer.get("status"))
        return float(answer["rate"])

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=10)


@contextmanager
def node() -> Iterator[Node]:
    CACHE.mkdir(parents=True, exist_ok=True)
    script = CACHE / "grade.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=warning"]
    source = ROOT / "bench" / "grade.ts"
    # From js/, whose tsconfig.json says what JSX becomes.
    run(
        [str(ESBUILD), str(source), *options, "--inject:jsx.js", f"--outfile={script}"], ROOT / "js"
    )
    grader = Node(script)
    try:
        yield grader
    finally:
        grader.close()


def _graded(status: object) -> None:
    if status != "graded":
        raise StageError(f"the response was to be graded, and it is {status}")


def measure(rounds: int) -> Section:
    with TemporaryDirectory() as folder:
        activities = {size: pv.load(samples.write_activity(size, Path(folder))) for size in SIZES}
    responses = {size: samples.response(activity) for size, activity in activities.items()}
    with node() as browser_code:
        jobs: dict[str, Callable[[], float]] = {}
        for size in SIZES:
            pair = (activities[size], responses[size])
            jobs[f"Python {size}"] = partial(in_python, *pair)
            jobs[f"browser {size}"] = partial(browser_code.rate, *pair)
        rates = interleaved(rounds, jobs, warm_up=True)

    section = Section(
        "Grading",
        "Complete responses with two checks, of activities with more and more cards, on one core: "
        "in Python, and by the front end's code in Node.js, which has the same engine as Chromium. "
        f"{rounds} rounds of {SECONDS} s each.",
        ["cards", "Python, grades a second", "browser's code, grades a second", "Python / browser"],
    )
    for size in SIZES:
        ours, theirs = rates[f"Python {size}"], rates[f"browser {size}"]
        section.rows.append([str(size), spread(ours), spread(theirs), times(ratio(ours, theirs))])
    exponents = {
        name: growth(SIZES, [1 / median(rates[f"{name} {size}"]) for size in SIZES])
        for name in ("Python", "browser")
    }
    section.means.append(
        "The time for a grade grows with the number of cards to the power "
        f"{exponents['Python']:.2f} in Python and {exponents['browser']:.2f} in the browser's "
        "code; 1 would be in proportion."
    )
    class_size = 1000 / median(rates["Python 12"])
    section.means.append(
        f"A thousand responses to the course's activity take Python {class_size:.2g} s."
    )
    return section
