"""An activity where no script runs: HTML, LaTeX and plain text, and the data in a page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import pvwidgets as pv
from pvwidgets import cli, page, richtext, sheet
from pvwidgets.kinds import KINDS
from pvwidgets.kinds.matrix import worksheet
from pvwidgets.sheet import Answer, Item, Items, Para, Table
from pvwidgets.words import shown, words
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

         Individual            Collective
Welfare  My Wellbeing          Our Wellbeing
Justice  My Rights and Duties  Our Rights and Duties

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
    answered = worksheet.answers(activity.public, activity.key)
    read = Reader(sheet.html(worksheet.blocks(activity.public), answered))
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
    words = _inline(without, "pv-words")
    for word in ("<details>", "About", "Defensible", "Usual reading"):
        assert word not in without.replace(words, "")
    # The cells and signs are named once, to choose from: no card says its own.
    for word in ('"IW"', '"gain"'):
        assert _inline(without, "pv-data").count(word) == 1
    # And the words are the same for every activity of the kind.
    assert words == _inline(whole, "pv-words")


def _inline(html: str, name: str) -> str:
    (found,) = re.findall(rf'<script type="application/json" class="{name}">.*?</script>', html)
    return str(found)


@pytest.mark.parametrize("keyed", [True, False])
def test_html_is_escaped(nasty: pv.Activity, keyed: bool) -> None:
    activity = nasty if keyed else nasty.without_key()
    for html in (page.section(activity), page.document(activity)):
        read = Reader(html)
        names = {tag for tag, _ in read.found}
        assert not {"b", "i"} & names
        sections = [attributes for tag, attributes in read.found if tag == "section"]
        assert [one["aria-label"] for one in sections] == [NASTY]
        inline = [a for tag, a in read.found if tag == "script" and a.get("type")]
        assert inline == [
            {"type": "application/json", "class": name} for name in ("pv-words", "pv-data")
        ]
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


# The words of the front end


def words_in(html: str) -> list[dict[str, dict[str, str]]]:
    found = re.findall(r'class="pv-words">(.*?)</script>', html)
    return [json.loads(text) for text in found]


def test_an_activity_brings_along_the_words_of_its_kind(activity: pv.Activity) -> None:
    (brought,) = words_in(page.section(activity))
    assert brought == {name: words()[name] for name in ("ui", "matrix")}


@pytest.mark.parametrize("kinds", [["matrix"], ["sort", "matrix"], ["sort", "sort"]])
def test_the_first_of_several_brings_along_the_words_for_all(
    activity: pv.Activity, kinds: list[str]
) -> None:
    first, second = page.section(activity, words_of=kinds), page.section(activity, words_of=())
    assert words_in(first) == [{name: words()[name] for name in ("ui", *kinds)}]
    assert words_in(second) == []


@pytest.mark.parametrize("kind", KINDS)
def test_words_for_python_alone_do_not_reach_the_page(kind: str) -> None:
    assert not {"malformed", "worksheet"} & set(shown([kind]))
    assert set(shown([kind])) <= {"ui", kind}


# What a worksheet is made of

LONG = (
    "A sentence that is a good deal longer than what fits into one line of a terminal, so it "
    "goes on."
)
SHEET = [
    Para("A lead."),
    Para("Loud.", strong=True),
    Para(richtext.blocks(f"One paragraph.\n\n- {LONG}\n- *two*")),
    Table("A table", ["one", "two"], [["first", "a", "b"], ["second", "", "d"]]),
    Items(
        [
            Item(richtext.inlines("*Sit* down."), blanks=["Place", "+ or −"]),
            Item(["Stand up."], blanks=["Place"]),
        ],
        cut=True,
    ),
    Items(
        [
            Item(richtext.blocks("Why?\n\nSay it."), choices=["yes", richtext.inlines("*no*")]),
            Item([LONG], choices=[LONG], lines=2),
        ]
    ),
]


def test_blocks_as_text() -> None:
    line = "    " + "_" * 75
    assert sheet.text(SHEET) == (
        f"""\
A lead.

Loud.

One paragraph.
- A sentence that is a good deal longer than what fits into one line of a
  terminal, so it goes on.
- two

        one  two
first   a    b
second       d

 1. Sit down.
    Place: ______________________   + or −: ___
 2. Stand up.
    Place: ___

 1. Why?
    Say it.
    [ ] yes
    [ ] no
 2. A sentence that is a good deal longer than what fits into one line of a
    terminal, so it goes on.
    [ ] A sentence that is a good deal longer than what fits into one line of a
        terminal, so it goes on.
{line}
{line}"""
    )


def test_blocks_as_html() -> None:
    assert sheet.html(SHEET, []) == (
        "<p>A lead.</p><p><strong>Loud.</strong></p>"
        f"<p>One paragraph.</p><ul><li><p>{LONG}</p></li><li><p><em>two</em></p></li></ul>"
        "<table><caption>A table</caption>"
        '<thead><tr><td></td><th scope="col">one</th><th scope="col">two</th></tr></thead>'
        '<tbody><tr><th scope="row">first</th><td>a</td><td>b</td></tr>'
        '<tr><th scope="row">second</th><td></td><td>d</td></tr></tbody></table>'
        '<ol class="pv-cut">'
        '<li><p><em>Sit</em> down.</p><p class="pv-blank"><span>Place</span>+ or −</p></li>'
        '<li><p>Stand up.</p><p class="pv-blank">Place</p></li></ol>'
        '<ol class="pv-ask"><li><p>Why?</p><p>Say it.</p>'
        '<ul class="pv-ticks"><li>yes</li><li><em>no</em></li></ul></li>'
        f'<li><p>{LONG}</p><ul class="pv-ticks"><li>{LONG}</li></ul>'
        '<p class="pv-line"></p><p class="pv-line"></p></li></ol>'
    )


def test_blocks_as_latex() -> None:
    rule, short = r"\rule{5cm}{0.4pt}", r"\rule{1cm}{0.4pt}"
    assert sheet.latex(SHEET) == (
        "A lead.\n\n\\textbf{Loud.}\n\n"
        "One paragraph.\n\n"
        f"\\begin{{itemize}}\n\\item {LONG}\n\n\n\\item \\emph{{two}}\n\n\n\\end{{itemize}}\n\n\n"
        "\\begin{center}\\begin{tabular}{|l|l|l|}\\hline\n"
        " & one & two \\\\ \\hline\nfirst & a & b \\\\ \\hline\nsecond &  & d \\\\ \\hline\n"
        "\\end{tabular}\\end{center}\n\n"
        "\\begin{enumerate}\n\\item \\emph{Sit} down.\n"
        f"\nPlace: {rule} \\quad + or --: {short}\n"
        f"\\item Stand up.\n\nPlace: {short}\n\\end{{enumerate}}\n\n"
        "\\begin{enumerate}\n\\item Why?\n\nSay it.\n\n\n"
        "\\begin{itemize}\n\\item[$\\Box$] yes\n\\item[$\\Box$] \\emph{no}\n\\end{itemize}\n"
        f"\\item {LONG}\n\\begin{{itemize}}\n\\item[$\\Box$] {LONG}\n\\end{{itemize}}\n"
        "\n\\rule{\\linewidth}{0.4pt}\n\n\\rule{\\linewidth}{0.4pt}\n\\end{enumerate}\n"
    )


def test_answers_as_html() -> None:
    answers = [
        Answer(["Sit down."], "Usual reading: a < b.", [("Here & there", richtext.blocks("Why."))]),
        Answer(richtext.blocks("One.\n\nTwo."), "Yes."),
    ]
    assert sheet.html([], answers) == (
        "<details><summary>Answers and explanations</summary><ol>"
        "<li><p>Sit down.</p><p><strong>Usual reading: a &lt; b.</strong></p>"
        "<dl><dt>Here &amp; there</dt><dd><p>Why.</p></dd></dl></li>"
        "<li><p>One.</p><p>Two.</p><p><strong>Yes.</strong></p></li></ol></details>"
    )


def everywhere(text: str) -> list[sheet.Block]:
    """Return blocks with a text in each place that can hold one; it stands there 14 times."""
    return [
        Para(text),
        Para([text], strong=True),
        Para([["ul", ["li", text]]]),
        Table(text, [text, text], [[text, text, text]]),
        Items([Item([text], choices=[text, [text]], blanks=[text, text])]),
    ]


def test_blocks_are_escaped_in_html() -> None:
    html = sheet.html(everywhere(NASTY), [Answer([NASTY], NASTY, [(NASTY, [NASTY])])])
    read = Reader(html)
    assert not {"b", "script"} & {tag for tag, _ in read.found}
    assert html.count("&lt;/script&gt;&lt;b x=&#x27;1&#x27;&gt;&quot;&amp;amp;") == 14 + 4


def test_blocks_are_escaped_in_latex() -> None:
    latex = sheet.latex(everywhere(NASTY_LATEX))
    safe = r"{[}a{]} 5 \% of \$3 \& c\_d \{e\} \textbackslash{}input"
    # A table's caption is for screen readers; the text above a table says what it is.
    assert latex.count("input") == latex.count(safe) == 14 - 1


@pytest.mark.parametrize("text", [LONG, "a" * 60, "word " * 60, NASTY])
def test_no_line_of_text_is_wider_than_a_terminal(text: str) -> None:
    lines = sheet.text(everywhere(text.strip())).splitlines()
    assert max(map(len, lines)) <= sheet.WIDTH
    everything = "".join(lines).replace(" ", "")
    assert everything.count(text.replace(" ", "").replace("\u2028", "")) >= 14 - 1


def test_a_wide_table_is_told_row_by_row_in_text() -> None:
    table = Table("", ["one", "two"], [["first", "a", LONG], ["second", "", "d"]])
    assert sheet.text([table]) == (
        """\
first
  one: a
  two: A sentence that is a good deal longer than what fits into one line of a
  terminal, so it goes on.
second
  one:
  two: d"""
    )


def test_a_hundred_items_are_numbered_and_fit() -> None:
    lines = sheet.text([Items([Item([LONG])] * 100)]).splitlines()
    assert lines[-2].startswith("100. A sentence")
    assert lines[-1].startswith("     ")
    assert max(map(len, lines)) <= sheet.WIDTH


# The worksheet of a sorting activity

SORT = {
    "kind": "sort",
    "bins": [
        {"id": "here", "title": "Here", "text": "in this room", "room": 1},
        {"id": "there", "title": "There & then", "text": "in another"},
        {"id": "gone", "title": "Gone", "room": 2},
        {"id": "else-where", "title": "Elsewhere"},
    ],
    "marks": {"bin": "there", "label": "Near or far?", "options": {"near": "near", "far": "far"}},
    "cards": [
        {
            "id": "a",
            "text": "The *lamp* is lit.",
            "key": "here",
            "half": ["there", "gone"],
            "feedback": {"here": "It is.", "there": "May be.", "gone": "No.", "else-where": "N."},
        },
        {
            "id": "b",
            "text": "The chair stands outside.",
            "key": "there",
            "mark": "near",
            "feedback": {"here": "No.", "there": "Outside.", "gone": "No.", "else-where": "N."},
        },
    ],
}


@pytest.fixture
def sorting(tmp_path: Path) -> pv.Activity:
    content = document(title="Lamps", prompt="Sort.", **SORT)
    return pv.load(save(tmp_path, content))


def test_sort_as_text(sorting: pv.Activity) -> None:
    assert page.text(sorting) == (
        """\
Lamps
=====

Sort.

Worksheet: write a place on each card. On paper you can also cut the cards out
and lay them in columns.

- Here: in this room; room for 1
- There & then: in another
- Gone: room for 2
- Elsewhere

 1. The chair stands outside.
    Place: ______________________   Near or far?: ___
 2. The lamp is lit.
    Place: ______________________   Near or far?: ___"""
    )


def test_sort_as_html(sorting: pv.Activity) -> None:
    read = Reader(page.section(sorting))
    lists = read.texts["ul"]
    assert lists == [
        "Here: in this room; room for 1There & then: in anotherGone: room for 2Elsewhere"
    ]
    # A list within a paragraph would end it.
    assert "<p><ul>" not in page.section(sorting)
    (answers,) = read.texts["details"]
    assert "Usual reading: Here. Acceptable: There & then, Gone." in answers
    assert read.texts["dt"] == ["Here", "There & then", "Gone", "Elsewhere"] * 2
    assert read.texts["dd"][4:6] == ["It is.", "May be."]
    without = Reader(page.section(sorting.without_key()))
    assert "details" not in without.texts
    assert "Outside" not in "".join(without.texts["script"])


def test_what_is_said_of_the_other_places_is_in_the_answers(tmp_path: Path) -> None:
    names = ["here", "there", "gone", "up", "down"]
    content = document(
        **SORT
        | {
            "bins": [{"id": name, "title": name.title()} for name in names],
            "marks": {**SORT["marks"]},
            "cards": [
                {
                    "id": "a",
                    "text": "Lit.",
                    "key": "up",
                    "feedback": {"up": "High.", "down": "Low.", "else": "Neither high nor low."},
                }
            ],
        }
    )
    read = Reader(page.section(pv.load(save(tmp_path, content))))
    assert read.texts["dt"] == ["Up", "Down", "Other places"]
    assert read.texts["dd"][-1] == "Neither high nor low."


@pytest.mark.parametrize("keyed", [True, False])
def test_sort_is_escaped(tmp_path: Path, keyed: bool) -> None:
    bins = [{"id": name, "title": NASTY[:50] + name, "text": NASTY} for name in "abcd"]
    card = SORT["cards"][0]
    said = {"text": NASTY, "key": "a", "half": ["b"], "feedback": dict.fromkeys("abcd", NASTY)}
    marks = {"bin": "a", "label": NASTY, "options": {"x": NASTY[:40], "y": "y"}}
    content = document(**{**SORT, "bins": bins, "marks": marks, "cards": [card | said]})
    activity = pv.load(save(tmp_path, content))
    activity = activity if keyed else activity.without_key()
    read = Reader(page.section(activity))
    assert "b" not in read.texts
    assert [a["class"] for tag, a in read.found if tag == "script"] == ["pv-words", "pv-data"]
    assert "input" not in page.latex(activity)
    assert r"\&amp;" in page.latex(activity)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_starts_with_has_its_worksheet(tmp_path: Path, kind: str) -> None:
    assert cli.main(["new", kind, "sample", "--folder", str(tmp_path)]) == 0
    activity = pv.load(tmp_path / "sample.yml")
    assert max(map(len, page.text(activity).splitlines())) < 80
    latex = page.latex(activity)
    assert sorted(re.findall(r"\\begin\{(\w+)\}", latex)) == sorted(
        re.findall(r"\\end\{(\w+)\}", latex)
    )
    Reader(page.section(activity))
