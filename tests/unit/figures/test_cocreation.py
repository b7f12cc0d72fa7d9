from __future__ import annotations

import pytest

from pvwidgets import figures
from tests.unit.figures.samples import drawn, measured, picture


def test_no_layer_ends_when_the_next_begins():
    boxes = measured(picture("layers")).boxes
    bars = [boxes[name] for name in boxes if name != "page"]
    assert len(bars) == 4
    assert [bar.x0 for bar in bars] == sorted(bar.x0 for bar in bars)
    assert len({round(bar.x1) for bar in bars}) == 1
    assert "none ended when the next began" in figures.alt_text(picture("layers"))


@pytest.mark.parametrize("name", ["governments", "platform"])
def test_a_reconstruction_is_called_so(name):
    for words in (drawn, figures.alt_text, figures.text):
        assert "Our reconstruction" in words(picture(name))


def test_chain_and_ring_are_told():
    alt = figures.alt_text(picture("governments"))
    assert "users, who are the voters again" in alt
    assert "elected members" in alt
    assert "joined to it both ways" in alt


def test_the_platform_stays_and_arenas_end():
    alt = figures.alt_text(picture("platform"))
    assert "The platform stays" in alt
    assert "one has ended" in alt
    assert "ended" in drawn(picture("platform"))


def test_the_four_kinds_of_leadership_are_told():
    alt = figures.alt_text(picture("leaderships"))
    for name in ("Cross-boundary", "Distributive", "Volunteer", "Innovation"):
        assert f"{name}: " in alt
        assert name in drawn(picture("leaderships"))
