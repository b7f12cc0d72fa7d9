"""What the visits of a notebook in the browser took: the table, without a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.report import Section
from bench.stats import in_words, ratio, significant, spread, times

VISITS = ("the page of the book", "JupyterLite, first visit", "JupyterLite, second visit")


@dataclass
class Visit:
    kilobytes: float
    requests: int
    kernel: float | None  # seconds until Python is ready
    usable: float  # seconds until the activity can be used


def section(found: Mapping[str, Sequence[Visit]], rounds: int, size: float) -> Section:
    static = found[VISITS[0]]
    after = [one.usable for one in static]
    made = Section(
        "Running a notebook in the browser",
        "The first exercise: its page in the book, and the same as a notebook in JupyterLite, from "
        "the click on *Run in the browser* until a card of its activity can be clicked, with *Run "
        "All Cells* chosen as soon as Python is ready. The processor is not slowed, and all comes "
        "from this machine, compressed by gzip -9 where that helps, so no bandwidth counts. For "
        "the second visit the browser was closed and opened again. "
        f"{rounds} rounds. JupyterLite is {significant(size)} MB on the web server.",
        [
            "",
            "KB sent",
            "requests",
            "Python ready after, s",
            "usable after, s",
            "time / the page's",
        ],
    )
    for name in VISITS:
        visits = found[name]
        usable = [one.usable for one in visits]
        kernels = [one.kernel for one in visits if one.kernel is not None]
        made.rows.append(
            [
                name,
                spread([one.kilobytes for one in visits]),
                spread([one.requests for one in visits]),
                spread(kernels) if kernels else "",
                spread(usable),
                times(ratio(usable, after)) if visits is not static else "",
            ]
        )
    first, second = found[VISITS[1]], found[VISITS[2]]
    weight = ratio([one.kilobytes for one in first], [one.kilobytes for one in static])
    made.means.append(
        f"The first visit of JupyterLite sends {in_words(weight, 'as many bytes')} as the page, "
        f"the second {significant(median(one.kilobytes for one in second))} KB; its activity can "
        f"be used after {in_words(ratio([one.usable for one in first], after), 'the time')}, and "
        f"at the second visit {in_words(ratio([one.usable for one in second], after), 'the time')}."
    )
    return made
