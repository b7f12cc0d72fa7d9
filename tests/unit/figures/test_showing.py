from __future__ import annotations

import base64
import xml.etree.ElementTree as ET

import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from pvwidgets import figures
from pvwidgets.figures import common
from pvwidgets.figures.sheet import Sheet
from tests.unit.figures.samples import (
    LONG,
    assert_nothing_lies_on_text,
    assert_text_stays_in_its_box,
    contrast,
    html_of,
    picture,
)


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


def test_the_overflow_test_sees_an_overflow():
    sheet = Sheet(100)
    sheet.box("small", (10, 10, 50, 50), "#ffffff")
    sheet.line("small", 12, 40, "far too long for it", common.BODY)
    with pytest.raises(AssertionError, match="leaves small"):
        assert_text_stays_in_its_box(sheet.figure)


@pytest.mark.parametrize("what", ["stroke", "text"])
def test_the_test_of_crossings_sees_one(what):
    sheet = Sheet(100)
    sheet.line("page", 12, 40, "on the line", common.BODY)
    if what == "stroke":
        sheet.stroke([(0, 36), (100, 36)])
    else:
        sheet.line("page", 50, 44, "on the line", common.BODY)
    with pytest.raises(AssertionError, match="on the line"):
        assert_nothing_lies_on_text(sheet.figure)


def test_contrast_is_computed_as_wcag_does():
    assert contrast(to_rgb("#ffffff"), to_rgb("#000000")) == pytest.approx(21)
    assert contrast(to_rgb("#767676"), to_rgb("#ffffff")) == pytest.approx(4.54, abs=0.01)


def test_a_figure_too_wide_for_a_phone_scrolls_and_takes_the_focus():
    sheet = Sheet(100, width=900)
    sheet.line("page", 10, 50, "small", common.BODY)
    wide = figures.describe(sheet.figure, title="Wide", alt="A wide one.", lines=["All of it."])
    frame = ET.fromstring(html_of(wide)).find("div")
    assert frame.attrib["tabindex"] == "0"
    assert frame.attrib["role"] == "region"
    assert frame.attrib["aria-label"] == "Wide"


def test_a_caption_makes_it_a_figure():
    assert ET.fromstring(html_of(picture("matrix"))).tag == "div"
    root = ET.fromstring(html_of(picture("matrix"), caption="Ours & <theirs>"))
    assert root.tag == "figure"
    assert root.get("class") == "pv-figure"
    assert root.find("figcaption").text == "Ours & <theirs>"


def test_words_of_a_learner_cannot_become_markup():
    page = html_of(figures.matrix(LONG))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_notebook_gets_all_forms():
    data, metadata = DisplayFormatter().format(figures.show(picture("matrix")))
    assert set(data) == {"text/html", "application/pdf", "image/png", "text/plain"}
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert base64.b64decode(data["application/pdf"]).startswith(b"%PDF")
    assert data["text/plain"] == figures.text(picture("matrix"))
    assert metadata["image/png"]["width"] == common.SHEET


def test_a_picture_shows_itself():
    own = picture("matrix")._repr_mimebundle_()
    assert own == figures.show(picture("matrix"))._repr_mimebundle_()


def test_a_host_can_ask_for_some_forms():
    shown = figures.show(picture("matrix"))
    assert set(shown._repr_mimebundle_(include=["text/plain"])[0]) == {"text/plain"}
    assert "application/pdf" not in shown._repr_mimebundle_(exclude=["application/pdf"])[0]
