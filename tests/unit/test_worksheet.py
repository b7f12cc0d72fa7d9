"""An activity where no script runs: HTML, LaTeX and plain text, and the data in a page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import pvwidgets as pv
from pvwidgets import page
from pvwidgets.kinds.matrix import worksheet
from tests.unit.samples import CELLS, bank, card, document, save

# What would break out of an attribute, an element, a script element or a LaTeX argument.
NASTY = "</script><b x='1'>\"&amp;\u2028<!--"
NASTY_LATEX = "[a] 5 % of $3 & c_d {e} \\input"


@pytest.fixture
def activity(tmp_path: Path) -> pv.Activity:
    cards = [
        card("a", "IW", text="A *new* lamp lights the way that an old man takes home at night, so "
             "that he is not afraid any more."),
        card("b", "CW", sign="loss"),
        card("c", "IJ"),
        card("d", "CJ", "CW"),
    ]  # fmt: skip
    prompt = "Choose a *cell*.\n\n- one\n- two"
    return pv.load(save(tmp_path, document(cards, title="The lamp", prompt=prompt)))


@pytest.fixture
def nasty(tmp_path: Path) -> pv.Activity:
    cards = bank(1)
    for made in cards:
        made["text"] = NASTY + made["id"]
        made["feedback"] = {cell: NASTY + cell + made["id"] for cell in CELLS}
    return pv.load(save(tmp_path, document(cards, title=NASTY, prompt=NASTY)))


def test_text(activity: pv.Activity) -> None:
    assert page.text(activity) == (
        """\
The lamp
========

Choose a cell.
- one
- two

Worksheet: write a cell and a sign, + or −, on each card. On paper you can also
cut the cards out and lay them on the matrix.

          Individual             Collective
Welfare   My Wellbeing           Our Wellbeing
Justice   My Rights and Duties   Our Rights and Duties

 1. Something changes for d.
    Cell: ______________________   + or −: ___
 2. Something changes for b.
    Cell: ______________________   + or −: ___
 3. A new lamp lights the way that an old man takes home at night, so that he
    is not afraid any more.
    Cell: ______________________   + or −: ___
 4. Something changes for c.
    Cell: ______________________   + or −: ___"""
    )


@pytest.mark.parametrize("name", pv.list_activities())
def test_a_text_fits_a_terminal(name: str) -> None:
    assert max(map(len, page.text(pv.load(name)).splitlines())) < 80


def test_latex(activity: pv.Activity) -> None:
    latex = page.latex(activity)
    assert latex.startswith("\\paragraph{The lamp}\\mbox{}\n\nChoose a \\emph{cell}.\n")
    assert "Justice & My Rights and Duties & Our Rights and Duties \\\\ \\hline\n" in latex
    assert "\\item A \\emph{new} lamp lights" in latex
    assert latex.count("\\rule{5cm}{0.4pt} \\quad + or --: ") == 4
    opened = re.findall(r"\\begin\{(\w+)\}", latex)
    assert sorted(opened) == sorted(re.findall(r"\\end\{(\w+)\}", latex))
    assert opened == ["itemize", "center", "tabular", "enumerate"]


def test_latex_is_escaped(tmp_path: Path) -> None:
    cards = bank(1)
    cards[0]["text"] = NASTY_LATEX
    latex = page.latex(
        pv.load(save(tmp_path, document(cards, title=NASTY_LATEX, prompt=NASTY_LATEX)))
    )
    safe = r"{[}a{]} 5 \% of \$3 \& c\_d \{e\} \textbackslash{}input"
    assert latex.count(safe) == 3
    assert latex.count("input") == 3
    assert f"\\item {safe}" in latex


class Reader(HTMLParser):
    """Reads HTML, noting elements and the text in each kind of element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("br", "meta"):
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data


def test_html(activity: pv.Activity) -> None:
    read = Reader(worksheet.html(activity.public, activity.key))
    answers = [
        ("Something changes for d.", "Our Rights and Duties (+). Defensible too: Our Wellbeing."),
        ("Something changes for b.", "Our Wellbeing (−)."),
        ("A new lamp lights", "My Wellbeing (+)."),
        ("Something changes for c.", "My Rights and Duties (+)."),
    ]
    for text, (effect, reading) in zip(read.texts["li"][4:], answers, strict=True):
        assert text.startswith(effect)
        assert f"Usual reading: {reading}" in text
    assert read.texts["dd"][:2] == ["About IW and d.", "Defensible: of d it can be said."]
    assert len(read.texts["dd"]) == 16
    assert all(not {"id", "style"} & set(attributes) for _, attributes in read.found)


def test_html_without_the_key_gives_no_answers(activity: pv.Activity) -> None:
    whole = page.section(activity)
    without = page.section(activity.without_key())
    assert "<details>" in whole
    assert "About IW" in whole
    for word in ("<details>", "About", "Defensible", "Usual reading", '"IW"', "gain"):
        assert word not in without


@pytest.mark.parametrize("keyed", [True, False])
def test_html_is_escaped(nasty: pv.Activity, keyed: bool) -> None:
    activity = nasty if keyed else nasty.without_key()
    for html in (page.section(activity), page.document(activity)):
        read = Reader(html)
        names = {tag for tag, _ in read.found}
        assert not {"b", "i"} & names
        sections = [attributes for tag, attributes in read.found if tag == "section"]
        assert [one["aria-label"] for one in sections] == [NASTY]
        (kind,) = [a for tag, a in read.found if tag == "script" and a.get("type")]
        assert kind == {"type": "application/json", "class": "pv-data"}
        # The data come out of the page as they went in.
        (data,) = [text for text in read.texts["script"] if text.startswith('{"course"')]
        assert json.loads(data) == {
            "course": "creating-public-value",
            "public": json.loads(json.dumps(activity.public)),
            "key": json.loads(json.dumps(activity.key)),
        }
        assert "\u2028" not in data


def test_answers_are_kept_under_the_course_s_name(activity: pv.Activity) -> None:
    html = page.section(activity, course="another <course>")
    assert '{"course":"another \\u003ccourse>",' in html


def test_a_document_has_its_script_and_style_inline(activity: pv.Activity) -> None:
    html = page.document(activity, script="let own = 1;")
    read = Reader(html)
    assert [tag for tag, _ in read.found].count("section") == 1
    assert read.texts["title"] == ["The lamp"]
    assert read.texts["script"][-1] == "let own = 1;"
    code = (page.STATIC / "page.js").read_text(encoding="utf-8")
    assert read.texts["script"][-2] == code.replace("</script", "<\\/script")
    # Nothing is asked of another host.
    assert not {"src", "href"} & set().union(*(attributes for _, attributes in read.found))
