"""What every chapter keeps to: its parts, its length, its time, its words."""

import math
import re

import pytest
import textstat

import pvwidgets as pv

from .prose import CHAPTERS, PAGES, activities, prose, sentences, words

PARTS = [
    "What you will be able to do",
    "Key ideas",
    "Worked example",
    "Practise",
    "What people get wrong",
    "Check yourself",
    "Your log: 10 minutes",
    "Reading",
]

each = pytest.mark.parametrize("number", CHAPTERS)


def chapter(number):
    return CHAPTERS[number].read_text(encoding="utf-8")


@each
def test_the_parts_stand_in_their_order(number):
    headings = re.findall(r"^## (.+)$", chapter(number), re.M)
    found = [next(i for i, h in enumerate(headings) if h.startswith(part)) for part in PARTS]
    assert found == sorted(found)
    assert found[0] == 1, "a scene comes first"


@each
def test_length_and_time(number):
    text = chapter(number)
    count = len(words(text))
    assert 2500 <= count <= 3500
    line = re.search(r"^\*\*Time:\*\* about (?:(\d+) hours? ?)?(?:(\d+) minutes)?.*$", text, re.M)
    said = int(line[1] or 0) * 60 + int(line[2] or 0)
    reading = int(re.search(r"Reading takes (\d+) minutes", line[0])[1])
    assert abs(reading - math.ceil(count / 200)) <= 1, count
    parts = [int(n) for n in re.findall(r"\b(\d+)(?=[,. ]| minutes)", line[0].split("Reading")[1])]
    assert abs(sum(parts) - said) <= 3, (parts, said)


@each
def test_it_reads_easily(number):
    # Our aim is grade 8 to 9; short sentences may bring a chapter a little below.
    assert 7 <= textstat.smog_index(sentences(chapter(number))) <= 9.5


@each
def test_what_stands_in_it(number):
    text = chapter(number)
    found = activities(text)
    assert found[-2:] == [f"check-{CHAPTERS[number].stem}", f"log-{number:02}"] or (
        {f"check-{CHAPTERS[number].stem}", f"log-{number:02}"} <= set(found)
    )
    assert len(found) >= 3
    assert "figures.show(" in text
    assert re.search(r"\{cite:[pt]\}`", text)
    assert "{bibliography}" in text
    assert "Teaching case composed for this course" in text
    questions = pv.load(f"check-{CHAPTERS[number].stem}").public["cards"]
    assert 5 <= len(questions) <= 8


def test_every_activity_stands_in_a_page_or_notebook():
    from .prose import ROOT

    used = {name for page in PAGES for name in activities(page.read_text(encoding="utf-8"))}
    for notebook in (ROOT / "exercises").rglob("*.ipynb"):
        used |= set(re.findall(r'pv\.\w+\(\\"([a-z0-9-]+)\\"', notebook.read_text("utf-8")))
    assert set(pv.list_activities()) <= used


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_terms_are_kept(page):
    text = prose(page.read_text(encoding="utf-8"))
    assert not re.findall(r"authorising|authoriser", text, re.I)
    assert "—" not in text
    # "Impact" blurs output and outcome; we may only say that we avoid it.
    for line in text.splitlines():
        if re.search(r"\bimpacts?\b", line, re.I):
            assert re.search(r"avoid|not use|instead of|“impact”|\"impact\"", line), line


def test_the_glossary_is_short_enough_to_be_read():
    page = next(page for page in PAGES if page.stem == "glossary")
    listed = page.read_text(encoding="utf-8").split("```{glossary}\n")[1].split("\n```")[0]
    entries = listed.split("\n\n")
    assert 40 <= len(entries) <= 50
    names = [entry.splitlines()[0].lower() for entry in entries]
    assert names == sorted(names)
