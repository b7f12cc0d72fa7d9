"""Turn a notebook with nbgrader's settings into the form that ``otter assign`` reads."""

from __future__ import annotations

import ast
import json
from fractions import Fraction
from typing import Any

from .kinds import part
from .model import load
from .source import called, score_call

#: Each case grades once: with more, otter would be busy for minutes with each learner.
MAX_CASES = 400


def convert(text: str, *, name: str) -> str:
    """Return the otter form of a notebook.

    Each graded cell of `score` is followed by a question with one case for each step of each
    item, so that what otter adds up is what `score` gives. Each manually graded cell becomes a
    manual question. The notebook that learners get does not need otter.

    Parameters
    ----------
    text : str
        The notebook, as JSON.
    name : str
        A name for the assignment.

    Returns
    -------
    str
        The new notebook, as JSON.

    Raises
    ------
    ValueError
        It is not a notebook; or a graded cell does not end with `score` and an activity, or with
        one that has no points or too many steps.
    """
    try:
        notebook: dict[str, Any] = json.loads(text)
        written = [(cell, "".join(cell["source"]), cell["metadata"]) for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("it is not a notebook that can be read") from None
    config = {"name": name, "init_cell": False, "export_cell": False, "run_tests": False}
    cells = [_raw("ASSIGNMENT CONFIG", config)]
    for cell, source, metadata in written:
        settings = metadata.pop("nbgrader", {})
        question = {"name": settings.get("grade_id"), "check_cell": False}
        if not settings.get("grade"):
            cells.append(cell)
        elif settings["solution"]:
            manual = {**question, "manual": True, "points": settings["points"]}
            begin, end = _raw("BEGIN PROMPT"), _raw("END PROMPT")
            cells += [_raw("BEGIN QUESTION", manual), begin, cell, end]
            cells += [_raw("BEGIN SOLUTION"), _raw("END SOLUTION"), _raw("END QUESTION")]
        else:
            cells += [cell, _raw("BEGIN QUESTION", question), _raw("BEGIN TESTS")]
            cells += _cases(source, settings["points"])
            cells += [_raw("END TESTS"), _raw("END QUESTION")]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1) + "\n"


def _cases(source: str, points: float) -> list[dict[str, Any]]:
    call = score_call(source)
    one = called(call) if call else None
    if call is None or one is None:
        raise ValueError('a graded cell does not end with pv.score("...", points=...)')
    ref, activity = one.ref, load(one.ref, seed=one.seed)
    rule = part(activity.kind, "grade")
    blanks = [{**activity.public, "sets": [one]} for one in activity.sets or [[]]]
    boards = [rule.grade(blank, activity.key, rule.blank(blank)).board for blank in blanks]
    if None in boards:
        raise ValueError(
            f'pv.score("{ref}") gives no points, because a person reads what is written there: '
            "have its cell graded manually"
        )
    steps, *others = {int(board.max * rule.steps(activity.key)) for board in boards}
    if others:
        raise ValueError(
            f"the sets of {ref} differ in their number of steps, and otter needs as many cases for "
            "each learner"
        )
    if steps > MAX_CASES:
        raise ValueError(
            f"the points of {ref} go by {steps} steps, and otter needs a case for each: more than "
            f"{MAX_CASES} are not made"
        )
    each = float(Fraction(points) / steps)
    return [_case(ast.unparse(call), step, steps, each) for step in range(1, steps + 1)]


def _case(call: str, step: int, steps: int, points: float) -> dict[str, Any]:
    said = f"Step {step} of {steps} was not reached; pv.score(...) says why."
    lines = [
        '""" # BEGIN TEST CONFIG',
        f"points: {points!r}",
        f"failure_message: {json.dumps(said)}",
        '""" # END TEST CONFIG',
        "import pvwidgets as pv",
        f"assert {call}.reached({step})",
    ]
    return _cell("code", "\n".join(lines)) | {"execution_count": None, "outputs": []}


def _raw(head: str, settings: dict[str, Any] | None = None) -> dict[str, Any]:
    lines = [f"{name}: {json.dumps(value)}" for name, value in (settings or {}).items()]
    return _cell("raw", "\n".join([f"# {head}", *lines]))


def _cell(kind: str, source: str) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
