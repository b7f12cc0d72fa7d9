"""How long Python takes to import the package."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from tempfile import gettempdir

from bench.report import Section
from bench.stats import in_words, interleaved, ratio, spread, times

STATEMENTS = {
    "grading": "import pvwidgets",
    "showing": "from pvwidgets.widget import ActivityWidget",
    "ipywidgets": "import ipywidgets",
    "anywidget": "import anywidget",
}
OURS = ("grading", "showing")
OTHERS = ("ipywidgets", "anywidget")
TIMED = "from time import perf_counter as now; start = now(); {}; print(now() - start)"


def import_time(statement: str) -> float:
    """Return the milliseconds of an import in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", TIMED.format(statement)],
        cwd=gettempdir(),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout) * 1000


def measure(rounds: int) -> Section:
    jobs: dict[str, Callable[[], float]] = {
        name: partial(import_time, statement) for name, statement in STATEMENTS.items()
    }
    found = interleaved(rounds, jobs, warm_up=True)
    section = Section(
        "Importing",
        f"Each in a Python of its own, after a first time that is not counted; {rounds} rounds. "
        "*Grading* is what grades and loads activities; *showing* is the widget, which stands on "
        "anywidget, and that on ipywidgets.",
        ["", "statement", "ms", *(f"it / {other}" for other in OTHERS)],
    )
    for name, statement in STATEMENTS.items():
        compared = [times(ratio(found[name], found[other])) for other in OTHERS]
        section.rows.append(
            [name, f"`{statement}`", spread(found[name])] + (compared if name in OURS else ["", ""])
        )
    for name in OURS:
        section.means.append(
            f"Importing for {name} takes "
            + " and ".join(
                in_words(ratio(found[name], found[other]), "as long") + f" as {other}"
                for other in OTHERS
            )
            + "."
        )
    return section
