"""The likeliest slips of authors: what is said about each, word for word, and in which line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pvwidgets as pv
from tests.unit.renew_goldens import FOLDER, said

SLIPS = sorted(FOLDER.glob("*.yml"))
RENEW = "If the new message is as meant: .venv/bin/python -m tests.unit.renew_goldens"


@pytest.fixture(params=SLIPS, ids=lambda path: path.stem)
def slip(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_there_are_at_least_twenty_and_each_has_its_message() -> None:
    assert len(SLIPS) >= 20
    assert {path.stem for path in SLIPS} == {path.stem for path in FOLDER.glob("*.txt")}
    assert [path.name[:2] for path in SLIPS] == [f"{n:02}" for n in range(1, len(SLIPS) + 1)]


def test_the_message_is_the_one_that_was_read_and_found_clear(slip: Path) -> None:
    assert said(slip) == slip.with_suffix(".txt").read_text(encoding="utf-8"), RENEW


def test_one_slip_is_one_message_and_names_its_line(slip: Path) -> None:
    (here,) = (
        number
        for number, line in enumerate(slip.read_text(encoding="utf-8").splitlines(), 1)
        if line.endswith("# here")
    )
    with pytest.raises(pv.ActivityError) as caught:
        pv.load(slip)
    (problem,) = caught.value.problems
    assert problem.line == here


def test_a_message_holds_no_word_of_programmers(slip: Path) -> None:
    # What YAML's own reader says stands in brackets at the end, for those who look it up.
    told = re.sub(r" \([^()]*\)$", "", said(slip).strip())
    assert not re.search(
        r"traceback|exception|token|scalar|mapping|sequence|parse|NoneType|dict|str\b", told
    )


def test_a_good_file_is_no_golden(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="is a good file"):
        said(pv.load("value-matrix").path)
