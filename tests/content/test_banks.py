"""The banks of cards: how many there are, how they are spread, and that no feedback is reused."""

import re
from collections import Counter
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import pvwidgets as pv

ACTIVITIES = Path(pv.__file__).parent / "activities"
CHAPTERS = Path(__file__).parents[2] / "chapters"
CELLS = ("IW", "CW", "IJ", "CJ")

# Each case stands for one sector, so a spread over cases is a spread over sectors.
SECTORS = {
    "A": "library",
    "B": "policing",
    "C": "public health",
    "D": "employment",
    "E": "tax",
    "F": "food safety",
    "G": "flood protection",
    "H": "waste",
}
# The same for the places of the practice notebooks.
PLACES = {
    "Tolverra": "water",
    "Grenholt": "road safety",
    "Marrowick": "housing",
    "Callandria": "care of the old",
    "Oruvale": "transport",
    "Pellamore": "fire protection",
}
# Words that give a cell away to those who do not read the rest of the card.
CUES = re.compile(r"\b(fair|fairly|equal|equally|all|everyone|rights?|same)\b", re.I)
# Somebody is taxed, inspected, searched, fined or made to act. Cards of S0.21 (duties belong on
# the matrix) are of this kind; these older cards carry the code of their cell.
OBLIGED = {
    "stop-near-market",
    "cafe-licence",
    "student-held",
    "fines-audit",
    "flood-levy",
    "snack-bars",
}


def load(name):
    path = ACTIVITIES / f"{name}.yml"
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


MATRIX = load("value-matrix")
PRACTICE = load("practice-matrix")
CARDS = [*MATRIX["cards"], *PRACTICE["cards"]]
SORTS = sorted(p.stem for p in ACTIVITIES.glob("*.yml") if load(p.stem)["kind"] == "sort")

each_card = pytest.mark.parametrize("card", CARDS, ids=[card["id"] for card in CARDS])
each_cell = pytest.mark.parametrize("cell", CELLS)
each_bank = pytest.mark.parametrize("bank", [MATRIX, PRACTICE], ids=lambda bank: bank["id"])


def of(cell, bank):
    return [card for card in bank["cards"] if card["key"] == cell]


def plain(text):
    return " ".join(text.split())


def feedback_texts(value, inside=False):
    """Yield every text below a field called feedback."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from feedback_texts(one, inside or name == "feedback")
    elif isinstance(value, list):
        for one in value:
            yield from feedback_texts(one, inside)
    elif inside and isinstance(value, str):
        yield plain(value)


def twice(texts):
    return [text for text, times in Counter(texts).items() if times > 1]


@pytest.mark.parametrize(("bank", "each"), [(MATRIX, 13), (PRACTICE, 6)])
def test_the_bank_has_its_size(bank, each):
    assert bank["draw"] == 12
    assert {cell: len(of(cell, bank)) for cell in CELLS} == dict.fromkeys(CELLS, each)


def test_no_two_cards_are_alike():
    assert twice(card["id"] for card in CARDS) == []
    assert twice(plain(card["text"]) for card in CARDS) == []


@each_bank
def test_every_card_is_drawn(bank):
    drawn = {name for one in pv.load(bank["id"]).sets for name in one}
    assert drawn == {card["id"] for card in bank["cards"]}


def test_two_sets_of_practice_show_all_its_cards():
    one, two = pv.load("practice-matrix").sets[:2]
    assert {*one, *two} == {card["id"] for card in PRACTICE["cards"]}


@each_bank
@each_cell
def test_a_cell_is_spread_over_cases_and_sectors(cell, bank):
    cases = {card["case"] for card in of(cell, bank)}
    sectors = SECTORS if bank is MATRIX else PLACES
    assert cases <= set(sectors)
    assert len({sectors[case] for case in cases}) >= 6


def test_the_practice_bank_is_not_in_the_book():
    pages = [path.read_text(encoding="utf-8") for path in CHAPTERS.rglob("*.md")]
    assert pages
    assert [place for place in PLACES if any(place in page for page in pages)] == []
    assert [place for place in PLACES if place not in PRACTICE["prompt"]] == []
    assert "invented" in PRACTICE["prompt"]


@each_bank
@each_cell
def test_a_cell_has_gains_and_losses(cell, bank):
    signs = Counter(card["sign"] for card in of(cell, bank))
    assert signs["loss"] >= 3
    assert signs["gain"] >= 3


@each_bank
@pytest.mark.parametrize("cell", ["IJ", "CJ"])
def test_duties_are_among_the_cards_of_justice(cell, bank):
    found = [c for c in of(cell, bank) if c["source"] == "S0.21" or c["id"] in OBLIGED]
    assert len(found) >= 3


def test_older_obligation_cards_are_still_there():
    assert {c["id"] for c in CARDS} >= OBLIGED


@each_bank
def test_cue_words_are_rare(bank):
    cued = [card["id"] for card in bank["cards"] if CUES.search(card["text"])]
    assert 3 * len(cued) <= len(bank["cards"]), cued


@each_bank
def test_few_cards_have_a_second_reading(bank):
    assert 4 * sum("alt" in card for card in bank["cards"]) <= len(bank["cards"])


@each_card
def test_a_second_reading_lies_beside_the_key_and_is_explained(card):
    alt = card.get("alt")
    for cell in CELLS:
        said = plain(card["feedback"][cell])
        assert said.startswith("Defensible: ") == (alt is not None and alt["cell"] == cell)
    if alt is None:
        return
    assert sum(a != b for a, b in zip(alt["cell"], card["key"], strict=True)) == 1
    said = plain(card["feedback"][alt["cell"]])
    assert re.search(r'; the usual reading is [^,]+, because the item says "', said)


@each_card
def test_a_card_is_complete(card):
    assert set(card["feedback"]) == set(CELLS)
    assert card["words"]
    for words in card["words"]:
        assert plain(words) in plain(card["text"])
    assert re.fullmatch(r"S\d\.\d+", card["source"])


@each_card
def test_an_id_does_not_tell_the_cell(card):
    assert not re.search(
        r"individual|collective|welfare|wellbeing|justice|rights|\b(?:iw|cw|ij|cj)\b", card["id"]
    )


@each_card
def test_feedback_quotes_the_card(card):
    text = plain(card["text"]).casefold()
    for cell in CELLS:
        quoted = re.findall(r'"([^"]+)"', plain(card["feedback"][cell]))
        assert any(one.rstrip(".,;:?!").casefold() in text for one in quoted), cell


@pytest.mark.parametrize("name", SORTS)
def test_what_feedback_quotes_stands_on_the_card(name):
    activity = load(name)
    titles = {one["title"].casefold() for one in activity["bins"]}
    for card in activity["cards"]:
        text = plain(card["text"]).casefold()
        for said in card["feedback"].values():
            # A better sentence that the explanation offers is in quotation marks, too.
            own, *_ = plain(said).split("*Rewritten:*")
            for quoted in re.findall(r'"([^"]+)"', own.casefold()):
                if quoted in titles:
                    continue
                pieces = [re.escape(one.strip(" .,;:?!")) for one in quoted.split("…")]
                assert re.search(".*".join(pieces), text), (card["id"], quoted)


def test_no_sentence_of_feedback_is_a_formula():
    sentences = [
        sentence
        for card in CARDS
        for cell in CELLS
        for sentence in re.split(r"(?<=[.?!])\s+", plain(card["feedback"][cell]))
    ]
    assert twice(sentences) == []


@pytest.mark.parametrize(("name", "least"), [("value-chain-cards", 18), ("co-creation-or-not", 14)])
def test_other_banks_have_their_size(name, least):
    assert len(load(name)["cards"]) >= least


@pytest.mark.parametrize("name", ["value-matrix", "value-chain-cards", "co-creation-or-not"])
def test_every_case_is_used(name):
    assert {card["case"] for card in load(name)["cards"] if "case" in card} == set(SECTORS)


@pytest.mark.parametrize("name", sorted(path.stem for path in ACTIVITIES.glob("*.yml")))
def test_no_feedback_is_used_twice(name):
    assert twice(feedback_texts(load(name))) == []
