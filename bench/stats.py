"""Numbers about numbers: the pure part of the measurements."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import TypeVar

T = TypeVar("T")

# Nearer to 1 than this, a ratio says nothing: runs differ by as much.
SAME = 0.05


def interleaved(
    rounds: int, jobs: Mapping[str, Callable[[], T]], *, warm_up: bool = False
) -> dict[str, list[T]]:
    """Run all jobs in each round, in an order that turns, so that none has the quiet moments.

    With `warm_up`, one more round comes first and is thrown away.
    """
    found: dict[str, list[T]] = {name: [] for name in jobs}
    names = list(jobs)
    for turn in range(-1 if warm_up else 0, rounds):
        start = turn % len(names)
        for name in names[start:] + names[:start]:
            value = jobs[name]()
            if turn >= 0:
                found[name].append(value)
    return found


def ratio(ours: Sequence[float], other: Sequence[float]) -> float:
    """Return the ratio of the medians."""
    below = median(other)
    return median(ours) / below if below else math.nan


def growth(sizes: Sequence[float], times: Sequence[float]) -> float:
    """Return the exponent b of the fit ``time = a * size ** b``: least squares on logarithms."""
    xs = [math.log(size) for size in sizes]
    ys = [math.log(time) for time in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum(
        (a - x) ** 2 for a in xs
    )


def significant(value: float, digits: int = 3) -> str:
    """Return a number with so many digits that count, without an exponent."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    return f"{rounded:,.{max(0, places)}f}"


def spread(values: Sequence[float]) -> str:
    """Return ``median (min–max)``, or the number alone where all are the same."""
    middle, low, high = significant(median(values)), min(values), max(values)
    if low == high:
        return middle
    return f"{middle} ({significant(low)}–{significant(high)})"


def times(value: float) -> str:
    """Return a ratio for a table."""
    if not math.isfinite(value):
        return "–"
    return f"{value:.2f}" if 0.095 <= value < 10 else significant(value, 2)


def in_words(value: float, what: str) -> str:
    """Say what a ratio means: ``0.50 times as long``, or ``about as long`` if it says nothing."""
    return f"about {what}" if abs(value - 1) <= SAME else f"{times(value)} times {what}"
