"""`activity`: one call that fits its host, a notebook, the built book or plain Python."""

from __future__ import annotations

import json
import os
import sys
from html import escape
from pathlib import Path
from typing import Any

from . import page
from .errors import ActivityError
from .grading import grade
from .model import load
from .results import Result

HOST = "PVWIDGETS_HOST"
MARK = "pv-here"


class Placeholder:
    """Where an activity belongs in the book; `pvwidgets.book` puts it there after the run.

    The page is filled in after the code has run, because myst-nb keeps the outputs of a run and
    would not see that an activity's file has changed.
    """

    def __init__(self, what: dict[str, Any], result: Result) -> None:
        self.what = what
        #: As of a widget that nobody has touched, so that a notebook's later cells run.
        self.response: dict[str, Any] = {}
        self.result = result

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        data = escape(json.dumps(self.what), quote=True)
        mark = f'<div class="{MARK}" data-pv="{data}"></div>'
        return {"text/html": mark, "text/plain": mark}


def activity(
    ref: str | os.PathLike[str],
    *,
    seed: int | str | None = None,
    answers: str | os.PathLike[str] | None = "answers.json",
    key: bool = True,
) -> Any:
    """Show an activity.

    Parameters
    ----------
    ref : str or path
        The id of an activity of this package, or the path of a file (with a slash in it, or ending
        in ``.yml``, ``.yaml`` or ``.json``).
    seed : int or str, optional
        Draw the cards by this seed in place of the file's own.
    answers : str, path or None, optional
        The file that keeps the answers in a notebook; None keeps them in memory only.
    key : bool, optional
        False leaves the key half out: the activity then says "Check completeness" and gives no
        verdict.

    Returns
    -------
    ActivityWidget
        In a notebook; in plain Python too, where a readable text form is printed besides.
        While the book is built, a placeholder that becomes plain HTML.

    Raises
    ------
    ActivityError
        The file cannot be used; the message lists file, line, field and what was expected.
    """
    if os.environ.get(HOST) == "book":
        return _placeholder(ref, seed, key)
    loaded = load(ref, seed=seed)
    from .widget import ActivityWidget

    widget = ActivityWidget(loaded if key else loaded.without_key(), answers=answers)
    if not is_interactive():
        print(page.text(loaded))
    return widget


def _placeholder(ref: str | os.PathLike[str], seed: int | str | None, key: bool) -> Placeholder:
    here = {"ref": os.fspath(ref), "seed": seed, "key": key, "folder": str(Path.cwd())}
    try:
        untouched = grade(load(ref, seed=seed), {})
    except ActivityError:
        untouched = Result("empty")  # the build itself says what is wrong, with file and line
    return Placeholder(here, untouched)


def is_interactive() -> bool:
    """Tell whether a prompt or a notebook shows what a line returns."""
    if hasattr(sys, "ps1"):
        return True  # the prompt shows the text form by itself
    shell = sys.modules.get("IPython")
    return shell is not None and shell.get_ipython() is not None
