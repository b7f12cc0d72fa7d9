"""What the vectors of the quiz cannot show: parts that all questions share, and any number."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pvwidgets as pv
from tests.unit.test_quiz import ONE, SHARED, save

from .strategies.quiz import NUMBERS, fields
from .test_both import by_items, common


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return pv.load(save(tmp_path_factory.mktemp("quiz"), SHARED))


@pytest.fixture(scope="module")
def number(tmp_path_factory):
    question = {
        "id": "n",
        "text": "How many?",
        "type": "number",
        "key": 8.5,
        "tolerance": 0.05,
        "unit": "% of all",
        "feedback": {"right": "So many.", "else": "Count again."},
    }
    return pv.load(save(tmp_path_factory.mktemp("quiz"), ONE | {"questions": [question]}))


@common
@given(st.data())
def test_shared_parts(browser_rules, shared, data):
    response = data.draw(by_items(shared.public, fields))
    theirs = browser_rules.ask("grade", shared.public, shared.key, response)
    assert pv.grade(shared, response).to_json() == theirs


@common
@given(NUMBERS)
def test_numbers(browser_rules, number, text):
    answers = {"answers": {"n": {"answer": text}}}
    response = {
        **pv.kinds.part("quiz", "grade").blank(number.public),
        **answers,
        "checks": [{"n": 1, **answers}],
    }
    ours = pv.grade(number, response)
    assert ours.to_json() == browser_rules.ask("grade", number.public, number.key, response)
    assert ours.score in (Fraction(0), Fraction(1))
