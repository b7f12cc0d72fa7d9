"""One rule, two languages: the browser's grader and Python's give the same, whatever comes in."""

import copy
import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pvwidgets as pv
from pvwidgets.kinds import KINDS, part

from .strategies import STRATEGIES

VECTORS = Path(__file__).parents[1] / "vectors"

ACTIVITIES = [pv.load(VECTORS / kind / "activity.yml") for kind in KINDS]
ACTIVITIES += [pv.load(name) for name in pv.list_activities()]

ODD_NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "length", "", "n", "0"]

numbers = st.one_of(
    st.integers(-2, 600),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 1.0, -0.0, 1.5, 1e300, 2**53 + 1]),
)


def words_of(value):
    """Every short text in plain data, and every name."""
    if isinstance(value, dict):
        return {word for name, child in value.items() for word in {name} | words_of(child)}
    if isinstance(value, list):
        return {word for child in value for word in words_of(child)}
    return {value} if isinstance(value, str) and len(value) <= 60 else set()


@cache
def names(index):
    activity = ACTIVITIES[index]
    fields = list(part(activity.kind, "grade").blank(activity.public))
    return st.one_of(
        st.sampled_from(fields),
        st.sampled_from(ODD_NAMES),
        st.sampled_from(sorted(words_of(activity.public))),
        st.text(max_size=5),
    )


@cache
def json_values(index):
    named = names(index)
    return st.recursive(
        st.one_of(st.none(), st.booleans(), numbers, named),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(named, inner, max_size=5)
        ),
        max_leaves=12,
    )


@st.composite
def attempts(draw, public, fields):
    items = draw(st.sampled_from(public["sets"]))
    made = draw(st.lists(fields(public, items), max_size=4))
    checks = [{"n": n, **one} for n, one in enumerate(made, 1)]
    return {"set": items, "checks": checks, "explained": draw(st.integers(0, len(checks)))}


@st.composite
def by_items(draw, public, fields):
    current = draw(attempts(public, fields))
    return {
        **current,
        **draw(fields(public, current["set"])),
        "tries": draw(st.integers(0, len(current["checks"]))),
        "earlier": draw(st.lists(attempts(public, fields), max_size=3)),
    }


def responses(activity):
    made = STRATEGIES[activity.kind]
    if hasattr(made, "fields"):
        return by_items(activity.public, made.fields)
    return made.responses(activity.public)


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, child in items:
        if isinstance(child, (dict, list)):
            yield from places(child, (*path, name))
        else:
            yield (*path, name)


@st.composite
def damaged(draw, index):
    """A good response with one to three faults in it."""
    response = copy.deepcopy(draw(responses(ACTIVITIES[index])))
    for _ in range(draw(st.integers(1, 3))):
        found = [path for path in places(response) if path]
        if not found:
            break
        *way, last = draw(st.sampled_from(found))
        inside = response
        for name in way:
            inside = inside[name]
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "remove":
                del inside[last]
            case "add" if isinstance(inside, dict):
                inside[draw(names(index))] = draw(json_values(index))
            case _:
                inside[last] = draw(json_values(index))
    return response


def indices(kind):
    return st.sampled_from([n for n, activity in enumerate(ACTIVITIES) if activity.kind == kind])


@st.composite
def questions(draw, kind):
    index = draw(indices(kind))
    activity = ACTIVITIES[index]
    response = draw(st.one_of(responses(activity), damaged(index), json_values(index)))
    return activity, response


def as_json(value):
    # What the browser gets has been JSON once; so has this.
    return json.loads(json.dumps(value))


common = settings(
    max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_every_kind_has_its_answers_and_no_other_has():
    assert set(STRATEGIES) == set(KINDS)
    for kind, made in STRATEGIES.items():
        assert hasattr(made, "fields") != hasattr(made, "responses"), kind


@pytest.mark.parametrize("kind", KINDS)
@settings(common, max_examples=100)
@given(st.data())
def test_the_answers_are_good_before_they_are_damaged(kind, data):
    activity = ACTIVITIES[data.draw(indices(kind))]
    response = as_json(data.draw(responses(activity)))
    part(kind, "grade").validate(activity.public, response)
    assert part(kind, "grade").fit(activity.public, response) == response


@pytest.mark.parametrize("kind", KINDS)
@common
@given(st.data(), st.booleans())
def test_both_grade_the_same(browser_rules, kind, data, with_key):
    activity, response = data.draw(questions(kind))
    activity = activity if with_key else activity.without_key()
    theirs = browser_rules.ask("grade", activity.public, activity.key, response)
    assert pv.grade(activity, as_json(response)).to_json() == theirs


@pytest.mark.parametrize("kind", KINDS)
@common
@given(st.data())
def test_both_fit_the_same(browser_rules, kind, data):
    activity, response = data.draw(questions(kind))
    theirs = browser_rules.ask("fit", activity.public, None, response)
    ours = part(activity.kind, "grade").fit(activity.public, as_json(response))
    assert ours == theirs
    part(activity.kind, "grade").validate(activity.public, ours)


def cases(kind, name):
    return json.loads((VECTORS / kind / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "answer"), [("grade", "result"), ("fit", "fitted")])
def test_vectors_in_the_browser(browser_rules, kind, name, answer):
    activity = pv.load(VECTORS / kind / "activity.yml")
    assert cases(kind, name)
    for case in cases(kind, name):
        got = browser_rules.ask(name, activity.public, activity.key, case["response"])
        assert got == case[answer], case["id"]


@pytest.mark.parametrize(
    ("kind", "card", "field", "value"),
    [("matrix", "one-gain", "cell", "CJ"), ("sort", "constructor", "bin", "left")],
)
def test_the_comparison_can_fail(browser_rules, kind, card, field, value):
    # The same question with another key must show: else the tests above would compare nothing.
    activity = pv.load(VECTORS / kind / "activity.yml")
    other = copy.deepcopy(activity.key)
    assert other["cards"][card][field] != value
    other["cards"][card][field] = value
    case = next(case for case in cases(kind, "grade") if case["id"] == "right")
    assert browser_rules.ask("grade", activity.public, other, case["response"]) != case["result"]


@pytest.mark.parametrize("kind", KINDS)
def test_answers_are_told_apart(browser_rules, kind):
    activity = pv.load(VECTORS / kind / "activity.yml")
    told = [
        browser_rules.ask("grade", activity.public, activity.key, case["response"])
        for case in cases(kind, "grade")
    ]
    assert {one["status"] for one in told} >= {"empty", "malformed", "graded"}
    scores = {tuple(one["latest"]["score"]) for one in told if one["latest"]}
    assert len(scores) >= 3
