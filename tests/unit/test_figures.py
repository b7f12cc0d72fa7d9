from __future__ import annotations

import base64
import itertools
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

import pvwidgets
from pvwidgets import figures

PHONE = 272  # px that a phone of 320 px leaves to a figure in the book

# (ink, ground) of the hosts, as their style sheets set them
HOSTS = {
    "print": (figures.INK, figures.PAPER),
    "book, light": ("#222832", "#ffffff"),
    "book, dark": ("#ced6dd", "#121212"),
    "theme's card in dark mode": ("#222832", "#ced6dd"),
    "JupyterLab, light": ("#212121", "#ffffff"),
    "JupyterLab, dark": ("#ffffff", "#111111"),
}

LONG = {
    "IW": [
        "After a free hearing test at the health post, Mr Duarte is fitted with a *hearing aid* "
        "and can follow his grandchildren's talk again.",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    ],
    "CW": ["W" * 300, "stop-and-search/look-and-listen/wait-and-see/come-and-go"],
    "IJ": ["$x_2$ <script>alert('&')</script> \\frac{1}{2} -->"],
    "CJ": ["公共价值矩阵是公共管理的一个工具" * 4, "public 価値 و العدل न्याय 🚌"],
}

MANY = {code: ["She is told why, and can object."] * 12 for code in figures.CELLS}

ROW = {"IW": 1, "CW": 0, "IJ": -1, "CJ": 0}


def pictures() -> dict[str, figures.Picture]:
    return {
        "matrix": figures.matrix(),
        "matrix, long": figures.matrix(LONG),
        "matrix, many": figures.matrix(MANY),
        "matrix, none": figures.matrix({}),
        "heat map": figures.heat_map(),
        "heat map, long": figures.heat_map(
            {"Programme " * 20 + "(" + "place " * 20 + ")": ROW, "W" * 90: ROW, "x": ROW},
            note="Scores by a group of students, for discussion only, not measured",
        ),
    }


PICTURES = pictures()
each_picture = pytest.mark.parametrize("name", PICTURES)


def html_of(picture: Figure, **how: str) -> str:
    return figures.show(picture, **how)._repr_mimebundle_(include=["text/html"])[0]["text/html"]


# --- Words ---------------------------------------------------------------------------


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
    assert len(figures._PROGRAMMES) == 6
    assert all(set(row) == set(figures.CELLS) for row in figures._PROGRAMMES.values())
    assert "another: 0 of" not in text


def test_a_figure_without_words_is_refused():
    for ask in (figures.alt_text, figures.text, figures.show):
        with pytest.raises(ValueError, match="no words"):
            ask(Figure())
        with pytest.raises(ValueError, match="no words"):
            ask(figures.Picture())
    with pytest.raises(ValueError, match="text form"):
        figures.describe(figures.Picture(), title="A", alt=" ", lines=["a"])
    with pytest.raises(ValueError, match="text form"):
        figures.describe(figures.Picture(), title="A", alt="a", lines=[])


# --- What is refused -----------------------------------------------------------------


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


# --- The drawing ---------------------------------------------------------------------


def measured(picture: Figure):
    canvas = FigureCanvasAgg(picture)
    with figures._plain_settings():
        canvas.draw()
        renderer = canvas.get_renderer()
        boxes = {
            patch.get_gid().removeprefix("box:"): patch.get_window_extent(renderer)
            for patch in picture.axes[0].patches
            if isinstance(patch, FancyBboxPatch)
        }
        texts = [
            (text.get_gid().removeprefix("in:"), text.get_text(), text.get_window_extent(renderer))
            for text in picture.axes[0].texts
        ]
    return boxes, texts


def assert_text_stays_in_its_box(picture: Figure) -> None:
    boxes, texts = measured(picture)
    assert texts
    for name, words, at in texts:
        box = boxes[name]
        inside = (
            box.x0 - 0.5 <= at.x0
            and at.x1 <= box.x1 + 0.5
            and box.y0 - 0.5 <= at.y0
            and at.y1 <= box.y1 + 0.5
        )
        assert inside, f"{words!r} leaves {name}: {at} / {box}"
        for other, foreign in boxes.items():
            if other not in ("page", name):
                assert not at.overlaps(foreign), f"{words!r} of {name} runs into {other}"


@each_picture
def test_text_stays_in_its_box(name):
    assert_text_stays_in_its_box(PICTURES[name])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(list(figures.CELLS)), st.lists(st.text(max_size=120), max_size=3)
    )
)
def test_any_text_stays_in_its_cell(entries):
    assert_text_stays_in_its_box(figures.matrix(entries))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120).filter(figures._clean), st.text(max_size=120))
def test_any_name_and_note_stay_in_their_place(name, note):
    assert_text_stays_in_its_box(figures.heat_map({name: ROW}, note=note))


def test_the_overflow_test_sees_an_overflow():
    sheet = figures._Sheet(100)
    sheet.box("small", (10, 10, 50, 50), "#ffffff")
    sheet.line("small", 12, 40, "far too long for it", figures._BODY)
    with pytest.raises(AssertionError, match="leaves small"):
        assert_text_stays_in_its_box(sheet.figure)


def test_nothing_is_lost_in_line_breaks():
    for code, entries in LONG.items():
        picture = figures.matrix({code: entries})
        drawn = "".join(
            text.get_text() for text in picture.axes[0].texts if text.get_gid() == f"in:{code}"
        )
        for entry in entries:
            assert figures._clean(entry).replace(" ", "") in drawn.replace(" ", "")


def test_every_sign_of_a_score_is_written():
    picture = figures.heat_map()
    signs = [text.get_text() for text in picture.axes[0].texts if ":" in text.get_gid()[3:]]
    counted = {sign: signs.count(sign) for sign in ("+", "0", "\u2212")}
    scores = [score for row in figures._PROGRAMMES.values() for score in row.values()]
    # One more of each is in the legend.
    assert counted == {
        "+": scores.count(1) + 1,
        "0": scores.count(0) + 1,
        "\u2212": scores.count(-1) + 1,
    }


# --- Colour --------------------------------------------------------------------------


def luminance(rgb) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour, ground):
    *rgb, alpha = colour
    return tuple(alpha * c + (1 - alpha) * g for c, g in zip(rgb, ground, strict=True))


def test_contrast_is_computed_as_wcag_does():
    assert contrast(to_rgb("#ffffff"), to_rgb("#000000")) == pytest.approx(21)
    assert contrast(to_rgb("#767676"), to_rgb("#ffffff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("host", HOSTS)
@each_picture
def test_text_stands_out(name, host):
    ink, ground = (to_rgb(colour) for colour in HOSTS[host])
    axes = PICTURES[name].axes[0]
    fills = {
        patch.get_gid().removeprefix("box:"): over(patch.get_facecolor(), ground)
        for patch in axes.patches
        if isinstance(patch, FancyBboxPatch)
    }
    for text in axes.texts:
        red, green, blue, alpha = to_rgba(text.get_color())
        own = ink if (red, green, blue) == to_rgb(figures.INK) else (red, green, blue)
        fill = fills[text.get_gid().removeprefix("in:")]
        found = contrast(over((*own, alpha), fill), fill)
        assert found >= 4.5, f"{text.get_text()!r}: {found:.2f}"


@pytest.mark.parametrize("host", HOSTS)
def test_hues_stand_out(host):
    # The card that the theme sets behind HTML in dark mode is taken away by the book's style
    # sheet; without that, the hues fade there, and words and places still tell the cells apart.
    least = 1.9 if "card" in host else 3
    ground = to_rgb(HOSTS[host][1])
    for cell in figures.CELLS.values():
        assert contrast(to_rgb(cell.hue), ground) >= least, cell.code


@pytest.mark.parametrize("host", HOSTS)
def test_scores_differ_in_black_and_white(host):
    ground = to_rgb(HOSTS[host][1])
    fills = [to_rgb(figures.GAIN), to_rgb(figures.LOSS), ground]
    least = 1.2 if "card" in host else 1.7
    for one, other in itertools.combinations(fills, 2):
        assert contrast(one, other) >= least
    assert len({score.sign for score in figures._SCORES.values()}) == 3


# --- Showing -------------------------------------------------------------------------


@each_picture
def test_html_is_accessible_and_right_in_both_themes(name):
    page = html_of(PICTURES[name])
    root = ET.fromstring(page)
    svg = root.find(".//svg")
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == figures.alt_text(PICTURES[name])
    assert "\n".join(item.text for item in root.iter("li")) == "\n".join(
        line.removeprefix("- ") for line in figures.text(PICTURES[name]).split("\n")[1:]
    )
    # Names and styles would clash with the page and with a second figure of the page.
    assert not re.search(r'<style|<script|<image|\sid="|url\(|xmlns', page)
    assert figures.INK not in page
    assert "currentColor" in page
    assert "DejaVu" not in page
    for text in svg.iter("text"):
        style = dict(part.strip().split(": ", 1) for part in text.get("style").split(";"))
        assert style["font-family"] == "inherit"
        assert style["font-size"].endswith("px")
    assert page.count("font-weight: 700") >= 4
    ground = [path for path in svg.iter("path") if "fill: #ffffff" in path.get("style", "")]
    assert not ground


@each_picture
def test_text_is_legible_on_a_phone_without_scrolling(name):
    page = html_of(PICTURES[name])
    least = float(re.search(r"min-width:([\d.]+)px", page).group(1))
    assert least <= PHONE
    assert "tabindex" not in page
    smallest = min(text.get_fontsize() for text in PICTURES[name].axes[0].texts) * 96 / 72
    assert smallest * PHONE / (PICTURES[name].get_figwidth() * 96) >= 10


def test_a_figure_too_wide_for_a_phone_scrolls_and_takes_the_focus():
    sheet = figures._Sheet(100, width=900)
    sheet.line("page", 10, 50, "small", figures._BODY)
    wide = figures.describe(sheet.figure, title="Wide", alt="A wide one.", lines=["All of it."])
    frame = ET.fromstring(html_of(wide)).find("div")
    assert frame.attrib["tabindex"] == "0"
    assert frame.attrib["role"] == "region"
    assert frame.attrib["aria-label"] == "Wide"


def test_a_caption_makes_it_a_figure():
    assert ET.fromstring(html_of(PICTURES["matrix"])).tag == "div"
    root = ET.fromstring(html_of(PICTURES["matrix"], caption="Ours & <theirs>"))
    assert root.tag == "figure"
    assert root.get("class") == "pv-figure"
    assert root.find("figcaption").text == "Ours & <theirs>"


def test_words_of_a_learner_cannot_become_markup():
    page = html_of(figures.matrix(LONG))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_notebook_gets_all_forms():
    data, metadata = DisplayFormatter().format(figures.show(PICTURES["matrix"]))
    assert set(data) == {"text/html", "application/pdf", "image/png", "text/plain"}
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert base64.b64decode(data["application/pdf"]).startswith(b"%PDF")
    assert data["text/plain"] == figures.text(PICTURES["matrix"])
    assert metadata["image/png"]["width"] == figures._SHEET


def test_a_picture_shows_itself():
    own = PICTURES["matrix"]._repr_mimebundle_()
    assert own == figures.show(PICTURES["matrix"])._repr_mimebundle_()


def test_a_host_can_ask_for_some_forms():
    shown = figures.show(PICTURES["matrix"])
    assert set(shown._repr_mimebundle_(include=["text/plain"])[0]) == {"text/plain"}
    assert "application/pdf" not in shown._repr_mimebundle_(exclude=["application/pdf"])[0]


def test_the_same_bytes_each_time():
    for make in (figures.matrix, figures.heat_map):
        first = figures.show(make())._repr_mimebundle_()
        assert figures.show(make())._repr_mimebundle_() == first
        # whatever style the reader has set
        with mpl.rc_context({"font.size": 30, "svg.fonttype": "path", "savefig.bbox": "tight"}):
            mpl.rcParams["path.sketch"] = (1, 100, 2)
            mpl.rcParams["text.color"] = "red"
            assert figures.show(make())._repr_mimebundle_() == first


def test_the_same_bytes_in_another_process(tmp_path):
    script = (
        "import hashlib, json; from pvwidgets import figures as f\n"
        "for p in (f.matrix(), f.heat_map()):\n"
        "    d = json.dumps(f.show(p)._repr_mimebundle_()).encode()\n"
        "    print(hashlib.sha256(d).hexdigest())\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={
                "PYTHONPATH": str(Path(pvwidgets.__file__).parents[1]),
                "PYTHONHASHSEED": seed,
                "MPLCONFIGDIR": str(tmp_path),
                "SOURCE_DATE_EPOCH": seed * 9,
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "12"
    }
    assert len(runs) == 1


# --- The module ----------------------------------------------------------------------


def test_only_this_module_imports_matplotlib():
    folder = Path(figures.__file__).parent
    modules = list(folder.rglob("*.py"))
    assert len(modules) > 1
    others = [
        path.name
        for path in modules
        if re.search(r"^\s*(import|from) matplotlib", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert others == ["figures.py"]


def test_the_cells_are_those_of_the_activities():
    from pvwidgets.kinds.matrix.grade import CELLS

    assert set(figures.CELLS) == set(CELLS)
