"""The rules that read a record: each row of the tables, and the name of the whole."""

from __future__ import annotations

from typing import Any

import pytest

import pvwidgets as pv
from pvwidgets.kinds import records
from pvwidgets.words import words
from tests.records import KINDS, cases, loaded, record_of

MARKS = words()["records"]["marks"]


@pytest.mark.parametrize(
    ("kind", "case"),
    [pytest.param(kind, case, id=f"{kind}-{case['id']}") for kind in KINDS for case in cases(kind)],
)
def test_report(kind: str, case: dict[str, Any]) -> None:
    activity = loaded(kind)
    record = record_of(activity, case)
    records.validate(activity.public, {"record": record})
    read = records.report(activity.public, record)
    assert "".join(MARKS[lamp] for lamp in read["lamps"]) == case["lamps"]
    assert read["name"] == case["name"]
    said = {
        rule["id"]: " ".join(told)
        for rule, told in zip(activity.public["rules"], read["said"], strict=True)
    }
    for rule, words_ in case["says"].items():
        assert words_ in said[rule]
    assert not any("{" in told for told in said.values())
    result = pv.grade(activity, {"record": record})
    assert result.latest is not None
    assert result.latest.score * 2 == 2 * case["lamps"].count("✓") + case["lamps"].count("?")
