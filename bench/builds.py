"""How long the book takes to build, with its activities and without."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from bench.report import Section
from bench.stage import CACHE, ROOT, StageError, build_book, write_yaml
from bench.stats import in_words, interleaved, ratio, spread, times

TEXT = ("chapters", "exercises", "_toc.yml", "references.bib")
SETTINGS = ("_config.yml", "_static", "_templates")
FENCE = re.compile(r"^(`{3,})([^\n]*)\n(.*?)^\1`*\n", flags=re.M | re.S)


def without_activities(page: str) -> str:
    """Return a page in Markdown without the cells that show an activity."""

    def without(fence: re.Match[str]) -> str:
        # What stands inside another fence is an example, which nobody runs.
        shows = fence[2].startswith("{code-cell}") and "pv.activity(" in fence[3]
        return "" if shows else fence[0]

    return FENCE.sub(without, page)


def notebook_without_activities(notebook: str) -> str:
    """Return a notebook without the cells that show an activity or use what they made."""
    content = json.loads(notebook)
    gone: set[str] = set()
    kept = []
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            nodes = list(ast.walk(ast.parse("".join(cell["source"]))))
            names = [node for node in nodes if isinstance(node, ast.Name)]
            shows = any(isinstance(n, ast.Attribute) and n.attr == "activity" for n in nodes)
            if shows or any(name.id in gone for name in names):
                gone |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
                continue
        kept.append(cell)
    return json.dumps({**content, "cells": kept}, ensure_ascii=False)


def _copy(names: tuple[str, ...], folder: Path) -> None:
    unwanted = shutil.ignore_patterns(".*", "answers.json", "_build")
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=unwanted)
        else:
            shutil.copy(source, folder / name)


def lay_out() -> dict[str, Path]:
    """Make the two books; return their folders."""
    folders = {"ours": CACHE / "build" / "ours", "stock": CACHE / "build" / "stock"}
    for folder in folders.values():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _copy(TEXT, folder)
    _copy(SETTINGS, folders["ours"])
    settings = {"title": "A book", "author": "Somebody", "bibtex_bibfiles": ["references.bib"]}
    write_yaml(folders["stock"] / "_config.yml", settings)
    taken = 0
    for path in sorted(folders["stock"].rglob("*")):
        if path.suffix in (".md", ".ipynb"):
            text = path.read_text(encoding="utf-8")
            strip = notebook_without_activities if path.suffix == ".ipynb" else without_activities
            path.write_text(strip(text), encoding="utf-8")
            taken += strip(text) != text
    if not taken:
        raise StageError("no page of the book shows an activity")
    return folders


def build_time(folder: Path) -> float:
    shutil.rmtree(folder / "_build", ignore_errors=True)
    start = perf_counter()
    build_book(folder)
    return perf_counter() - start


def measure(rounds: int) -> Section:
    folders = lay_out()
    jobs: dict[str, Callable[[], float]] = {
        name: partial(build_time, folder) for name, folder in folders.items()
    }
    found = interleaved(rounds, jobs)
    compared = ratio(found["ours"], found["stock"])
    section = Section(
        "Building the book",
        "From nothing, every code cell run. *Ours* is the book as it is. *Stock* has the same text "
        "and figures with the stock settings of Jupyter Book, without the cells that show or use "
        f"an activity. {rounds} rounds.",
        ["book", "seconds", "ours / stock"],
        [["ours", spread(found["ours"]), times(compared)], ["stock", spread(found["stock"]), ""]],
    )
    section.means.append(
        "With activities and our settings, the book takes "
        + in_words(compared, "as long")
        + " to build as the stock book without them."
    )
    return section
