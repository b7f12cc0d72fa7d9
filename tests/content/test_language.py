"""Spelling and plain style of all that a learner reads: pages and activities."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from spellchecker import SpellChecker

import pvwidgets

from .prose import PAGES, prose

HERE = Path(__file__).parent
ACTIVITIES = sorted((Path(pvwidgets.__file__).parent / "activities").glob("*.yml"))
FILES = [*PAGES, *ACTIVITIES]

# One spelling: British, with -ize.
OTHER = re.compile(
    r"\b(colors?|centers?|neighbors?|neighborhoods?|behaviors?|honors?|labors?|"
    r"favors?|harbors?|offenses?|defenses?|catalogs?|"
    r"(?:organ|recogn|author|real|civil|util|final|standard|character|emphas|critic|maxim|"
    r"minim|summar|special|general|mobil|legitim|priorit|apolog)is(?:e|es|ed|ing|ation|ations))\b",
    re.I,
)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def text_of(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yml":
        data = YAML(typ="safe", pure=True).load(text)
        names = ("id", "kind", "key", "source", "seed")
        text = "\n\n".join(strings({k: v for k, v in data.items() if k not in names}))
    return prose(text)


each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def speller():
    speller = SpellChecker()
    speller.word_frequency.load_words((HERE / "words.txt").read_text(encoding="utf-8").split())
    return speller


@each
def test_spelling(path, speller):
    found = set()
    for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text_of(path)):
        plain = re.sub(r"['’]s?$", "", word.replace("’", "'"))
        # Names begin with a capital; so do sentences, whose words also stand elsewhere.
        if plain[:1].islower() and speller.unknown([plain]):
            found.add(plain)
    assert found == set(), "misspelt, or to be added to tests/content/words.txt"


@each
def test_one_spelling(path):
    assert not [m[0] for m in OTHER.finditer(text_of(path)) if m[0] not in ("Recognising",)]


# Of proselint's checks; the others are about quotation marks and spaces, which Sphinx sets, or
# mistake a heading and the word after it for a word written twice.
STYLE = re.compile(
    r": (cliches|redundancy|hedging|archaism|industrial_language|malapropisms|mixed_metaphors|"
    r"mondegreens|nonwords|oxymorons|skunked_terms|uncomparables|misc\.but|annotations)\b"
)


def test_plain_style(tmp_path):
    for path in FILES:
        (tmp_path / f"{path.stem}{path.suffix}.txt").write_text(text_of(path), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "proselint", "-o", "compact", "check", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    said = done.stdout.splitlines()
    assert said, "proselint has something to say on any text; this time it said nothing at all"
    assert [line.removeprefix(f"{tmp_path}/") for line in said if STYLE.search(line)] == []
