from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from pvwidgets import figures
from pvwidgets.figures import common, matrices
from tests.unit.figures.samples import (
    HOSTS,
    LONG,
    MANY,
    ROW,
    assert_text_stays_in_its_box,
    contrast,
)


def test_alt_of_the_matrix_says_which_cell_holds_what():
    alt = figures.alt_text(figures.matrix())
    for cell in figures.CELLS.values():
        told = alt.split(f"{cell.column.capitalize()} {cell.row}, {cell.motto}: ")[1].split(".")[0]
        assert told.split("; ") == list(cell.entries)
    assert "welfare (the good)" in alt
    assert "justice (the just)" in alt


def test_alt_follows_the_entries():
    alt = figures.alt_text(figures.matrix({"CJ": ["A *fair* share."], "IW": []}))
    assert "Collective justice, Our Rights and Duties: A fair share." in alt
    assert alt.count("no entry.") == 3
    assert figures.CELLS["CJ"].entries[0] not in alt


def test_a_long_alt_counts_and_leaves_the_rest_to_the_text_form():
    picture = figures.matrix(MANY | {"CJ": ["One."]})
    assert len(figures.alt_text(picture)) < 400
    assert "My Wellbeing, 12;" in figures.alt_text(picture)
    assert "Our Rights and Duties, 1." in figures.alt_text(picture)
    assert figures.text(picture).count("can object") == 36


def test_alt_of_the_heat_map_says_who_gains_and_loses_where():
    picture = figures.heat_map(
        {
            "Buses (Halverton)": {"IW": 1, "CW": 1, "IJ": 0, "CJ": -1},
            "Patrols": {"IW": 0, "CW": 0, "IJ": 0, "CJ": 0},
        }
    )
    alt = figures.alt_text(picture)
    told = "gain in My Wellbeing and Our Wellbeing; loss in Our Rights and Duties"
    assert f"Buses (Halverton): {told}." in alt
    assert "Patrols: no effect in any cell." in alt
    assert "With a gain in one cell and a loss in another: 1 of 2." in alt
    assert f"Buses (Halverton): {told}; no effect in My Rights and Duties." in figures.text(picture)
    assert "Our Wellbeing: gains 1, losses 0, no effect 1." in figures.text(picture)


def test_invented_scores_are_marked_in_picture_and_words():
    for note, mark in ((None, "Invented scores"), ("For class.", "Invented scores. For class")):
        picture = figures.heat_map(note=note)
        drawn = " ".join(text.get_text() for text in picture.axes[0].texts)
        assert mark in drawn
        assert f"{mark}." in figures.alt_text(picture)
        assert f"{mark}." in figures.text(picture)
    assert "Invented" not in figures.text(figures.heat_map({"Buses": ROW}))


def test_the_course_scores_show_what_the_chapter_says():
    text = figures.text(figures.heat_map())
    assert len(matrices._PROGRAMMES) == 6
    assert all(set(row) == set(figures.CELLS) for row in matrices._PROGRAMMES.values())
    assert "another: 0 of" not in text


@pytest.mark.parametrize(
    ("wrong", "likely"),
    [
        ("iw", "IW"),
        ("WI", "IW"),
        ("JC", "CJ"),
        ("CWW", "CW"),
        ("My Wellbeing", "IW"),
        ("our_wellbeing", "CW"),
        ("My rights and duty", "IJ"),
        ("collective justice", "CJ"),
        ("Justice, collective", "CJ"),
    ],
)
def test_an_unknown_cell_is_refused_with_the_likely_one(wrong, likely):
    with pytest.raises(ValueError, match=f'no cell "{wrong}". Did you mean "{likely}"'):
        figures.matrix({wrong: []})
    with pytest.raises(ValueError, match=f'Did you mean "{likely}"'):
        figures.heat_map({"Buses": {wrong: 1}})


@pytest.mark.parametrize("wrong", ["zzz", "", 3, None])
def test_a_cell_like_no_other_gets_no_guess(wrong):
    with pytest.raises(ValueError, match=r"The cells are IW \(My Wellbeing\)") as caught:
        figures.matrix({wrong: []})
    assert "Did you mean" not in str(caught.value)


@pytest.mark.parametrize("wrong", ["one card", [3], [None]])
def test_entries_are_lists_of_strings(wrong):
    with pytest.raises(TypeError, match="'IW'"):
        figures.matrix({"IW": wrong})


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ({}, "one programme"),
        ({"Buses": {}}, "no score for IW, CW, IJ and CJ"),
        ({"Buses": {"IW": 1, "CW": 1, "IJ": 1}}, "'Buses' has no score for CJ"),
        ({"Buses": ROW | {"CJ": 2}}, "CJ: a score is -1, 0 or 1, not 2"),
        ({"Buses": ROW | {"CJ": True}}, "not True"),
        ({"Buses": ROW | {"CJ": "+"}}, "not '\\+'"),
        ({" ": ROW}, "name"),
        ({"A  B": ROW, "A B": ROW}, "name"),
    ],
)
def test_wrong_scores_are_refused(scores, message):
    with pytest.raises(ValueError, match=message):
        figures.heat_map(scores)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(list(figures.CELLS)), st.lists(st.text(max_size=120), max_size=3)
    )
)
def test_any_text_stays_in_its_cell(entries):
    assert_text_stays_in_its_box(figures.matrix(entries))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120).filter(common.clean), st.text(max_size=120))
def test_any_name_and_note_stay_in_their_place(name, note):
    assert_text_stays_in_its_box(figures.heat_map({name: ROW}, note=note))


def test_nothing_is_lost_in_line_breaks():
    for code, entries in LONG.items():
        picture = figures.matrix({code: entries})
        drawn = "".join(
            text.get_text() for text in picture.axes[0].texts if text.get_gid() == f"in:{code}"
        )
        for entry in entries:
            assert common.clean(entry).replace(" ", "") in drawn.replace(" ", "")


def test_every_sign_of_a_score_is_written():
    picture = figures.heat_map()
    signs = [text.get_text() for text in picture.axes[0].texts if ":" in text.get_gid()[3:]]
    counted = {sign: signs.count(sign) for sign in ("+", "0", "\u2212")}
    scores = [score for row in matrices._PROGRAMMES.values() for score in row.values()]
    # One more of each is in the legend.
    assert counted == {
        "+": scores.count(1) + 1,
        "0": scores.count(0) + 1,
        "\u2212": scores.count(-1) + 1,
    }


@pytest.mark.parametrize("host", HOSTS)
def test_scores_differ_in_black_and_white(host):
    ground = to_rgb(HOSTS[host][1])
    fills = [to_rgb(common.GAIN), to_rgb(common.LOSS), ground]
    least = 1.2 if "card" in host else 1.7
    for one, other in itertools.combinations(fills, 2):
        assert contrast(one, other) >= least
    assert len({score.sign for score in matrices._SCORES.values()}) == 3


@pytest.mark.parametrize("host", HOSTS)
def test_hues_stand_out(host):
    # The card that the theme sets behind HTML in dark mode is taken away by the book's style
    # sheet; without that, the hues fade there, and words and places still tell the cells apart.
    least = 1.9 if "card" in host else 3
    ground = to_rgb(HOSTS[host][1])
    for cell in figures.CELLS.values():
        assert contrast(to_rgb(cell.hue), ground) >= least, cell.code


def test_the_cells_are_those_of_the_activities():
    from pvwidgets.kinds.matrix.grade import CELLS

    assert set(figures.CELLS) == set(CELLS)
