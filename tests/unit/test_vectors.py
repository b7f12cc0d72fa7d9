"""The cases that bind both graders, read by the Python one. tests/graders reads them too."""

import json
from pathlib import Path

import pytest

import pvwidgets as pv
from pvwidgets.kinds import KINDS, part
from pvwidgets.words import words

VECTORS = Path(__file__).parent.parent / "vectors"


def cases(name):
    found = [
        pytest.param(kind, case, id=f"{kind}-{case['id']}")
        for kind in KINDS
        for case in json.loads((VECTORS / kind / f"{name}.json").read_text(encoding="utf-8"))
    ]
    assert found
    return found


@pytest.mark.parametrize(("kind", "case"), cases("grade"))
def test_grade(kind, case):
    activity = pv.load(VECTORS / kind / "activity.yml")
    result = pv.grade(activity, case["response"])
    assert result.to_json() == case["result"]
    # Malformed, and nothing else, is said to be so, in words.
    assert ("cannot be graded" in result.why) == (result.status == "malformed")


@pytest.mark.parametrize(("kind", "case"), cases("fit"))
def test_fit(kind, case):
    public = pv.load(VECTORS / kind / "activity.yml").public
    rule = part(kind, "grade")
    fitted = rule.fit(public, case["response"])
    assert fitted == case["fitted"]
    rule.validate(public, fitted)


def test_every_reason_has_its_sentence_and_its_case():
    problems = [case.values[1]["result"]["problem"] for case in cases("grade")]
    codes = {problem["code"] for problem in problems if problem}
    assert codes == set(words()["malformed"]) - {"lead"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_the_four_sorts_of_case(kind):
    results = [case.values[1]["result"] for case in cases("grade") if case.values[0] == kind]
    scores = [r["latest"]["score"] for r in results if r["latest"]]
    most = max(n / d for n, d in scores)
    assert any(r["status"] == "malformed" for r in results)
    assert any(0 < n / d < most for n, d in scores)
    assert len({r["status"] for r in results}) >= 3
