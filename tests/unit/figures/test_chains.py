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
