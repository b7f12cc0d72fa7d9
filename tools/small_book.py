"""Small books, for tests and measurements: laid out from texts, and built by Jupyter Book."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]
# With these and no warning, as the book itself is built.
STRICT = ("-n", "-W", "--keep-going")
SETTINGS = ("_config.yml", "_static", "_templates", "references.bib")
HEAD = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

"""


def lay_out(folder: Path, pages: Mapping[str, str], settings: Iterable[str] = SETTINGS) -> None:
    """Write a book into a folder: pages by their paths, the first at its root, and our settings.

    A page whose path is an address is a link.
    """
    for name in settings:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    root, *others = pages
    entries = [
        {"url": path, "title": pages[path]} if "://" in path else {"file": _stem(path)}
        for path in others
    ]
    toc = {"format": "jb-book", "root": _stem(root)} | ({"chapters": entries} if entries else {})
    # JSON is YAML too.
    (folder / "_toc.yml").write_text(json.dumps(toc), encoding="utf-8")
    for path, text in pages.items():
        if "://" not in path:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")


def _stem(path: str) -> str:
    return path.removesuffix(Path(path).suffix)


def set_address(folder: Path, address: str) -> None:
    """Change one line of ``_config.yml``, as the person does who publishes the book."""
    path = folder / "_config.yml"
    text, changed = re.subn(
        r'^  url: ".*"$', f'  url: "{address}"', path.read_text(encoding="utf-8"), flags=re.M
    )
    if changed != 1:
        raise ValueError("_config.yml has no line for the address, or more than one")
    path.write_text(text, encoding="utf-8")


def build(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build the book in a folder, with this project's code; its pages are in ``_build/html``."""
    # Only our extension may say that this is a book.
    own = {name: value for name, value in os.environ.items() if name != "PVWIDGETS_HOST"}
    path = os.pathsep.join(filter(None, [str(ROOT), own.get("PYTHONPATH", "")]))
    return subprocess.run(
        [*JUPYTER_BOOK, *options, str(folder)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=own | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
        timeout=600,
        check=False,
    )
