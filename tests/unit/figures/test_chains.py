from __future__ import annotations

import pytest

from pvwidgets import figures
from tests.unit.figures.samples import drawn, picture


def test_the_chain_tells_its_stages_and_what_runs_along_it():
    alt = figures.alt_text(picture("value chain"))
    places = [alt.index(f"{stage}: ") for stage in ("Inputs", "Activities", "Outputs", "Outcomes")]
    assert places == sorted(places)
    assert "Outputs: services; obligations; nudges." in alt
    assert "control falls and value to society rises" in alt
    assert drawn(picture("value chain")).count("?") == 3


def test_an_own_chain_tells_its_assumptions():
    own = figures.value_chain(
        {"inputs": ["a grant."], "assumptions": ["pupils come if it is open"]}
    )
    alt = figures.alt_text(own)
    assert "Inputs: a grant." in alt
    assert "Outputs: no entry." in alt
    assert "From inputs to activities: pupils come if it is open." in alt
    assert drawn(own).count("an assumption") == 2


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"output": []}, ValueError, 'Did you mean "outputs"'),
        ({"inputs": "money"}, TypeError, "inputs"),
        ({"inputs": [3]}, TypeError, "3"),
        ({"assumptions": ["x"] * 4}, ValueError, "three arrows, not 4"),
    ],
)
def test_wrong_chains_are_refused(wrong, error, message):
    with pytest.raises(error, match=message):
        figures.value_chain(wrong)


def test_the_way_back_goes_from_value_to_resources():
    alt = figures.alt_text(picture("feedback loop"))
    assert "legitimacy brings resources" in alt
    assert "loop" in alt


def test_the_service_chain_says_what_is_in_the_model_and_what_was_added():
    text = figures.text(picture("service chain"))
    assert "In the model: people to service, service to trust; an association" in text
    assert "Added, not in the model: innovation; collaboration and networks." in text
    assert "open question" in figures.alt_text(picture("service chain"))


def test_the_two_chains_differ_in_the_last_link():
    alt = figures.alt_text(picture("two chains"))
    assert "customers, profit. Public" in alt
    assert "the last differs" in alt
