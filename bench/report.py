"""Tables of what was measured, on the screen and in BENCHMARKS.md."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

PACKAGES = (
    "pvwidgets",
    "anywidget",
    "ipywidgets",
    "jupyter-book",
    "jupyterquiz",
    "myst-nb",
    "Sphinx",
    "sphinx-book-theme",
)


@dataclass
class Section:
    """One measurement: how it was made, its table, and what it means in plain sentences."""

    title: str
    how: str
    head: Sequence[str] = ()
    rows: list[Sequence[str]] = field(default_factory=list)
    means: list[str] = field(default_factory=list)
    failed: bool = False  # nothing was measured, and `how` says why

    def markdown(self) -> str:
        parts = [
            f"## {self.title}",
            self.how,
            table(self.head, self.rows) if self.head else "",
            *self.means,
        ]
        return "\n\n".join(part for part in parts if part) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown: the first column to the left, numbers to the right."""
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"a row of {len(row)} cells in a table of {len(head)}: {row}")
    lines = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    widths = [max(3, *(len(line[i]) for line in lines)) for i in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    padded = [
        [cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(pairs)]
        for pairs in (zip(line, widths, strict=True) for line in lines)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (padded[0], rule, *padded[1:]))


def processor(cpuinfo: str, machine: str) -> str:
    """Return the kind of a processor, not the model: who reads this has another anyway."""
    for mark, maker in (("GenuineIntel", "Intel"), ("AuthenticAMD", "AMD")):
        if mark in cpuinfo:
            return f"{maker} {machine}"
    return machine


def the_machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        size = f"{memory:.0f} GiB of memory"
    except (AttributeError, OSError, ValueError):
        size = "memory unknown"
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8", errors="replace") if info.exists() else ""
    kind = processor(text, platform.machine())
    return f"{cores} cores ({kind}), {size}, {platform.system()}"


def versions(npm: Mapping[str, str], browser: str) -> str:
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    named = {"Python": platform.python_version(), "Node.js": node.stdout.strip().lstrip("v")}
    named |= {"Chromium": browser} if browser else {}
    named |= {name: version(name) for name in PACKAGES}
    named |= npm
    return ", ".join(f"{name} {number}" for name, number in named.items())


def document(sections: Sequence[Section], command: str, made_with: str, seconds: float) -> str:
    """Return BENCHMARKS.md."""
    head = [
        "# Benchmarks",
        f"Made by `{command}`, which writes this file anew; do not edit it.",
        "Each number is a median, with the least and the greatest in parentheses. What is compared "
        "was measured in turn in the same run on the same machine. A ratio is ours divided by the "
        "other: of sizes and times, below 1 is better for us. Absolute times are this machine's; "
        "the ratios carry over better.",
        "\n".join(
            [
                f"- **Date:** {date.today().isoformat()}; the run took {seconds / 60:.0f} minutes.",
                f"- **Machine:** {the_machine()}.",
                f"- **Versions:** {made_with}.",
            ]
        ),
    ]
    return "\n\n".join([*head, *(section.markdown().rstrip() for section in sections)]) + "\n"
