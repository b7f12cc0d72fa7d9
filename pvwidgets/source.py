"""Check the folder of an assignment before it goes to learners."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from . import answers, codes
from .errors import Problem
from .halves import CHECKS, KEY, KEY_FORMAT
from .handin import cells_of, counted_by

_CODE = re.compile(rf"{codes.TAG}:[\w-]{{20,}}\.[\w-]+", re.ASCII)


def check_source(folder: Path) -> list[Problem]:
    """Return what must not go out with an assignment, or would be graded wrongly.

    Graders copy every file of an assignment's source over the learners' own, and give full marks
    to a graded cell that puts out no number. Both happen without a word.

    Parameters
    ----------
    folder : Path
        The assignment's source: for nbgrader ``source/<assignment>``.

    Returns
    -------
    list of Problem
        An answers file, a file of keys, an answer code in a notebook, a graded cell of `score` that
        does not end with it or does not agree with its settings, a notebook that cannot be read.
    """
    found: list[Problem] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".ipynb":
            found += _notebook(path)
        elif path.suffix == ".json" and _holds_key(path):
            message = "it is a file of keys, and learners would get it. Delete it here"
            found.append(Problem(str(path), 0, "", message))
        elif path.suffix == ".json" and _holds_answers(path):
            message = "these are somebody's answers; graders would put them over the learners' own"
            found.append(Problem(str(path), 0, "", f"{message}. Delete this file"))
    return found


def _holds_key(path: Path) -> bool:
    text = path.read_text(encoding="utf-8", errors="replace")
    return path.name.endswith(KEY) or f'"{KEY_FORMAT}"' in text


def _holds_answers(path: Path) -> bool:
    text = path.read_text(encoding="utf-8", errors="replace")
    return path.name == answers.FILE or f'"{answers.FORMAT}"' in text


def _notebook(path: Path) -> Iterator[Problem]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        told = [(cell, "".join(cell["source"]), cell["metadata"]) for cell in cells]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Problem(str(path), 0, "", "it is not a notebook that can be read")
        return
    for number, (cell, text, metadata) in enumerate(told):
        at = f"cells[{number}]"
        if _CODE.search(text):
            yield Problem(str(path), 0, at, "there is an answer code in it; delete it")
        settings = metadata.get("nbgrader", {})
        automatic = settings.get("grade") and not settings.get("solution")
        if cell.get("cell_type") == "code" and automatic:
            for message in _graded(text, settings.get("points")):
                yield Problem(str(path), 0, at, message)


def _graded(text: str, points: Any) -> Iterator[str]:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        # Perhaps a magic of IPython; it is for the instructor to know.
        body = []
    if not any(_is_score(node) for one in body for node in ast.walk(one)):
        if re.search(r"\bscore\s*\(", text):
            yield "the graded cell cannot be read as plain Python"
        return
    call = score_call(text)
    if call is None:
        yield "the graded cell must end with pv.score(...), or everybody gets full marks"
        return
    given = {word.arg: getattr(word.value, "value", None) for word in call.keywords}
    if isinstance(given.get("points"), bool) or given.get("points") != points:
        yield f"the cell is worth {points} points; expected points={points} in pv.score(...)"
    if given.get("check") not in (*CHECKS, None):
        yield 'with this check= every answer gets 0; expected "latest" or "first"'
    if given.get("key") is False:
        yield "with key=False nothing is graded, and everybody gets 0"


def score_call(text: str) -> ast.Call | None:
    """Return the call of `score` that a cell ends with, and puts out; None without one."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return None
    last = body[-1] if body else None
    # IPython shows nothing of a line that ends in a semicolon, a comment after it or not.
    shown = not re.search(r";\s*(#[^\n]*\s*)*\Z", text)
    if shown and isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return last.value if _is_score(last.value) else None
    return None


@dataclass(frozen=True)
class Called:
    """What a call of `score` names and sets.

    Attributes
    ----------
    ref : str
        The activity.
    points : Fraction or None
        What a right answer is worth, if that is set.
    check : str
        Which check counts.
    seed : int, str or None
        As for `activity`.
    key : bool
        Whether it grades.
    """

    ref: str
    points: Fraction | None
    check: str
    seed: int | str | None
    key: bool


def called(call: ast.Call) -> Called | None:
    """Return what a call of `score` sets; None for another library's, which names no activity.

    Raises
    ------
    ValueError
        It could not be made as it stands, or only the running notebook knows what it sets.
    """
    try:
        ref = ast.literal_eval(call.args[0])
    except (ValueError, IndexError):
        return None
    if not isinstance(ref, str):
        return None
    at = f'pv.score("{ref}")'
    given: dict[str, Any] = {}
    for word in call.keywords:
        if word.arg in ("points", "check", "seed", "key", None):
            try:
                given[word.arg or ""] = ast.literal_eval(word.value)
            except ValueError:
                name = f"{word.arg}=" if word.arg else "**"
                raise ValueError(f"{at}: write the value of {name} into the call") from None
    check = given.get("check", CHECKS[0])
    try:
        points = counted_by(given.get("points"), check)
    except ValueError as error:
        raise ValueError(f"{at}: {error}") from None
    return Called(ref, points, check, given.get("seed"), given.get("key") is not False)


def score_calls(notebook: str) -> Iterator[ast.Call]:
    """Yield the calls of `score` in the code cells of an instructor's notebook, which is not run.

    Parameters
    ----------
    notebook : str
        The notebook, as JSON.

    Raises
    ------
    ValueError
        It is not a notebook that can be read.
    """
    for text in cells_of(notebook):
        try:
            body = ast.parse(text).body
        except (SyntaxError, ValueError):
            continue
        for node in (node for one in body for node in ast.walk(one)):
            if isinstance(node, ast.Call) and _is_score(node):
                yield node


def _is_score(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name == "score"
