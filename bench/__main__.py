"""Measure, print the ratios, and write BENCHMARKS.md.

    make bench
    .venv/bin/python -m bench --quick grades    # one part, few rounds, nothing is written

`PV_BROWSER` names the browser; `make bench` sets it. Nothing here passes or fails by its time.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic

from bench import builds, classes, grades, imports, stage, wheel
from bench.report import Section, document, versions

PARTS = (
    *("pages", "frames", "many", "grades", "classes", "imports", "builds"),
    *("wheel", "kernels", "lite"),
)
IN_BROWSER = {"pages", "frames", "many"}
OUTPUT = stage.ROOT / "BENCHMARKS.md"
COMMAND = "make bench"


def say(text: str) -> None:
    print(text, flush=True)


def attempt(name: str, measure: Callable[[], Section]) -> Section:
    """Measure a part; one that cannot be measured does not cost the others their place."""
    say(f"== Measuring: {name}")
    try:
        section = measure()
    except stage.StageError as error:
        print(error, file=sys.stderr)
        section = Section(name, f"Not measured: {str(error).splitlines()[0]}", failed=True)
    say("\n" + section.markdown())
    return section


def in_browser(parts: Sequence[str], path: str, quick: bool) -> tuple[list[Section], str]:
    from bench import browser, frames, many, pages

    folders = many.lay_out() if "many" in parts else {}
    if {"pages", "frames"} & set(parts):
        say("== Building the pages to compare")
        folders |= {**stage.stage(), "npm": stage.fetch(stage.npm_versions())}
    found = []
    with browser.Site(folders) as site, browser.chromium(path) as chromium:
        for name, measure, rounds in (
            ("pages", pages.measure, 2 if quick else 7),
            ("frames", frames.measure, 1 if quick else 3),
            ("many", many.measure, 1 if quick else 3),
        ):
            if name in parts:
                found.append(attempt(name, partial(measure, chromium, site, rounds)))
        return found, chromium.version


# What these stand on, the unit tests do not have.


def in_kernels(rounds: int) -> Section:
    from bench import kernels

    return kernels.measure(rounds)


def in_lite(rounds: int) -> Section:
    from bench import lite

    return lite.measure(rounds)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure and compare.")
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(PARTS)}; without any, all")
    parser.add_argument("--quick", action="store_true", help="few rounds, to try the programs")
    options = parser.parse_args(arguments)
    parts = options.parts or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(PARTS)}")
    start = monotonic()
    sections: list[Section] = []
    chromium = ""
    try:
        if IN_BROWSER & set(parts):
            path = os.environ.get("PV_BROWSER")
            if not path:
                raise stage.StageError("PV_BROWSER names no browser: make bench finds one.")
            sections, chromium = in_browser(parts, path, options.quick)
        others: dict[str, Callable[[], Section]] = {
            "grades": lambda: grades.measure(2 if options.quick else 7),
            "classes": lambda: (
                classes.measure(1, (50, 500)) if options.quick else classes.measure(1)
            ),
            "imports": lambda: imports.measure(2 if options.quick else 10),
            "builds": lambda: builds.measure(1 if options.quick else 3),
            "wheel": wheel.measure,
            "kernels": lambda: in_kernels(1 if options.quick else 5),
            "lite": lambda: in_lite(1 if options.quick else 5),
        }
        for name, measure in others.items():
            if name in parts:
                sections.append(attempt(name, measure))
    except stage.StageError as error:
        print(error, file=sys.stderr)
        return 1
    seconds = monotonic() - start
    failed = any(section.failed for section in sections)
    if options.quick or set(parts) != set(PARTS):
        say(f"== Done in {seconds:.0f} s; only a whole run writes {OUTPUT.name}")
        return int(failed)
    made_with = versions(stage.npm_versions(), chromium)
    OUTPUT.write_text(document(sections, COMMAND, made_with, seconds), encoding="utf-8")
    say(f"== Done in {seconds:.0f} s: {OUTPUT.name} is written")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
