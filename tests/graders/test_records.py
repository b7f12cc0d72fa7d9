"""Both languages read a record by the same rules: lamps, sentences, and the name of the whole."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pvwidgets as pv
from pvwidgets.kinds import records
from pvwidgets.words import words
from tests.records import KINDS, VECTORS, cases, edited, loaded, record_of

from .random_records import responses, value

MARKS = words()["records"]["marks"]
ACTIVITIES = {
    **{kind: loaded(kind) for kind in KINDS},
    "guided": pv.load(VECTORS / "triangle" / "guided.yml"),
}
common = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("kind", KINDS)
def test_vectors(browser_rules, kind):
    activity = ACTIVITIES[kind]
    for case in cases(kind):
        record = record_of(activity, case)
        theirs = browser_rules.ask("report", activity.public, None, record)
        assert theirs == records.report(activity.public, record), case["id"]
        assert "".join(MARKS[lamp] for lamp in theirs["lamps"]) == case["lamps"], case["id"]
        assert theirs["name"] == case["name"], case["id"]


@st.composite
def near(draw, activity):
    """The record of a case, with one field changed: most rules stay as they are."""
    kind = activity.kind
    record = record_of(activity, draw(st.sampled_from(cases(kind))))
    field = draw(st.sampled_from(records.fields_of(activity.public)))
    inside = record.get(field["id"])
    if field["type"] == "list" and inside:
        at = draw(st.integers(0, len(inside) - 1))
        one = draw(st.sampled_from(field["fields"]))
        return edited(record, {f"{field['id']}[{at}].{one['id']}": draw(value(one))})
    return {**record, field["id"]: draw(value(field))}


@common
@given(st.data())
def test_both_report_the_same(browser_rules, data):
    activity = ACTIVITIES[data.draw(st.sampled_from(sorted(ACTIVITIES)))]
    any_record = responses(activity.public).map(lambda one: one["record"])
    options = [any_record] if "cards" in activity.public else [any_record, near(activity)]
    record = data.draw(st.one_of(options))
    theirs = browser_rules.ask("report", activity.public, None, record)
    assert records.report(activity.public, record) == theirs


@common
@given(st.data())
def test_both_grade_and_fit_the_same(browser_rules, data):
    activity = ACTIVITIES[data.draw(st.sampled_from(sorted(ACTIVITIES)))]
    response = data.draw(responses(activity.public))
    if data.draw(st.booleans()):
        other = ACTIVITIES[data.draw(st.sampled_from(sorted(ACTIVITIES)))]
        response = data.draw(responses(other.public))
    theirs = browser_rules.ask("grade", activity.public, activity.key, response)
    assert pv.grade(activity, response).to_json() == theirs
    fitted = records.fit(activity.public, response)
    assert browser_rules.ask("fit", activity.public, None, response) == fitted
    records.validate(activity.public, fitted)


def test_the_comparison_can_fail(browser_rules):
    activity = ACTIVITIES["triangle"]
    public = copy.deepcopy(activity.public)
    public["rules"][0]["unmet"].clear()
    ours = records.report(activity.public, {})
    assert browser_rules.ask("report", public, None, {}) != ours
