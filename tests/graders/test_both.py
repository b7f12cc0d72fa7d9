"""One rule, two languages: the browser's grader and Python's give the same, whatever comes in."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pvwidgets as pv
from pvwidgets.kinds import KINDS, part
from pvwidgets.kinds.matrix.grade import CELLS, SIGNS

VECTORS = Path(__file__).parents[1] / "vectors"

ACTIVITIES = {
    "vectors": pv.load(VECTORS / "matrix" / "activity.yml"),
    "value-matrix": pv.load("value-matrix"),
}

names = st.one_of(
    st.sampled_from(["set", "placed", "signs", "checks", "explained", "tries", "earlier", "n"]),
    st.sampled_from(["__proto__", "constructor", "toString", "one-gain", "", "IW", "gain"]),
    st.text(max_size=5),
)
numbers = st.one_of(
    st.integers(-2, 600),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 1.0, -0.0, 1.5, 1e300, 2**53 + 1]),
)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, names),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=5)),
    max_leaves=12,
)


def placings(cards):
    return st.fixed_dictionaries(
        {
            "placed": st.dictionaries(st.sampled_from(cards), st.sampled_from(CELLS)),
            "signs": st.dictionaries(st.sampled_from(cards), st.sampled_from(SIGNS)),
        }
    )


@st.composite
def attempts(draw, public):
    cards = draw(st.sampled_from(public["sets"]))
    made = draw(st.lists(placings(cards), max_size=4))
    checks = [{"n": n, **one} for n, one in enumerate(made, 1)]
    return {"set": cards, "checks": checks, "explained": draw(st.integers(0, len(checks)))}


@st.composite
def responses(draw, public):
    current = draw(attempts(public))
    return {
        **current,
        **draw(placings(current["set"])),
        "tries": draw(st.integers(0, len(current["checks"]))),
        "earlier": draw(st.lists(attempts(public), max_size=3)),
    }


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, child in items:
        if isinstance(child, (dict, list)):
            yield from places(child, (*path, name))
        else:
            yield (*path, name)


@st.composite
def damaged(draw, public):
    """A good response with one to three faults in it."""
    response = copy.deepcopy(draw(responses(public)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([p for p in places(response) if p] or [("set",)]))
        inside = response
        for name in way:
            inside = inside[name]
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "remove":
                if isinstance(inside, dict):
                    inside.pop(last, None)
                elif isinstance(last, int) and last < len(inside):
                    del inside[last]
            case "add" if isinstance(inside, dict):
                inside[draw(names)] = draw(json_values)
            case _:
                inside[last] = draw(json_values)
    return response


@st.composite
def questions(draw):
    activity = ACTIVITIES[draw(st.sampled_from(sorted(ACTIVITIES)))]
    response = draw(st.one_of(responses(activity.public), damaged(activity.public), json_values))
    return activity, response


def as_json(value):
    # What the browser gets has been JSON once; so has this.
    return json.loads(json.dumps(value))


common = settings(
    max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@common
@given(questions(), st.booleans())
def test_both_grade_the_same(browser_rules, question, with_key):
    activity, response = question
    activity = activity if with_key else activity.without_key()
    theirs = browser_rules.ask("grade", activity.public, activity.key, response)
    assert pv.grade(activity, as_json(response)).to_json() == theirs


@common
@given(questions())
def test_both_fit_the_same(browser_rules, question):
    activity, response = question
    theirs = browser_rules.ask("fit", activity.public, None, response)
    ours = part(activity.kind, "grade").fit(activity.public, as_json(response))
    assert ours == theirs
    part(activity.kind, "grade").validate(activity.public, ours)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "answer"), [("grade", "result"), ("fit", "fitted")])
def test_vectors_in_the_browser(browser_rules, kind, name, answer):
    activity = pv.load(VECTORS / kind / "activity.yml")
    cases = json.loads((VECTORS / kind / f"{name}.json").read_text(encoding="utf-8"))
    assert cases
    for case in cases:
        got = browser_rules.ask(name, activity.public, activity.key, case["response"])
        assert got == case[answer], case["id"]


def test_the_comparison_can_fail(browser_rules):
    # The same question with another key must show: else the tests above would compare nothing.
    activity = ACTIVITIES["vectors"]
    other = copy.deepcopy(activity.key)
    other["cards"]["one-gain"]["cell"] = "CJ"
    case = next(
        c
        for c in json.loads((VECTORS / "matrix" / "grade.json").read_text(encoding="utf-8"))
        if c["id"] == "right"
    )
    assert browser_rules.ask("grade", activity.public, other, case["response"]) != case["result"]
