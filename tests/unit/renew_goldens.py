"""Write anew what authors are told about the files in tests/goldens/author-errors.

    .venv/bin/python -m tests.unit.renew_goldens

Read the difference before you commit it: each message is meant for a tired person who does not
program.
"""

from __future__ import annotations

import os
from pathlib import Path

import pvwidgets as pv
from pvwidgets.kinds import KINDS

FOLDER = Path(__file__).parents[1] / "goldens" / "author-errors"


def said(path: Path) -> str:
    """Return what an author is told about a bad file who works in its folder.

    The kinds that there are stand as ``{kinds}``, so that one more changes no message.
    """
    try:
        pv.load(path)
    except pv.ActivityError as error:
        told = f"{error}\n".replace(f"{path.parent}{os.sep}", "")
        return told.replace(", ".join(sorted(KINDS)), "{kinds}")
    raise AssertionError(f"{path.name} is a good file")


def main() -> None:
    for path in sorted(FOLDER.glob("*.yml")):
        path.with_suffix(".txt").write_text(said(path), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
