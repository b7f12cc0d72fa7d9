"""`pv.answer`: work comes back into the file and the widget, unless what is there is newer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pvwidgets as pv
from pvwidgets import answers, codes, handin
from pvwidgets.words import words
from tests.handin.samples import (
    EARLY,
    ID,
    LATE,
    code,
    entry,
    keep,
    partly,
    response,
    right,
    wrong,
)

FILE = Path("answers.json")


def kept():
    return answers.read(FILE).get(ID)


def test_it_restores_file_and_widgets():
    open_already, in_memory = pv.activity(ID), pv.activity(ID, answers=None)
    elsewhere = pv.activity(ID, answers="mine.json")
    said = pv.answer(ID, code(response(partly())))
    assert repr(said) == "Your work of 2026-11-21 10:00 UTC is back."
    assert kept() == entry(response(partly()))  # with the time of the code
    opened_later = pv.activity(ID)
    for widget in (open_already, in_memory, opened_later):
        assert widget.response == response(partly())
        assert widget.result.answered == 11
        assert widget._code == codes.line(ID, entry(response(partly())))
    assert elsewhere.response == {}
    assert not Path("mine.json").exists()
    # The first move after that is newer than the code.
    open_already.response = response(right())
    assert kept()["saved"] > LATE
    assert repr(pv.answer(ID, code(response(partly())))).startswith("This answer code is of 2026")
    assert open_already.response == kept()["response"] == response(right())


def test_the_widget_offers_its_code_at_each_move(monkeypatch):
    widget = pv.activity(ID)
    assert widget._code == ""
    for placed in (partly(), right()):
        widget.response = response(placed)
        assert widget._code == codes.line(ID, kept())
    before = widget._code
    widget.response = {"placed": 1}  # malformed: what was good stays
    assert widget._code == before
    FILE.unlink()
    eval(before, {"pv": pv})
    assert kept()["response"] == response(right())
    assert pv.activity(ID)._code == before


def test_work_that_cannot_be_saved_still_has_a_code(monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    widget = pv.activity(ID)
    monkeypatch.setattr(answers, "_replace", refuse)
    widget.response = response(right())
    assert "not being saved" in widget._notice
    assert widget._code.startswith("pv.answer(")
    said = repr(pv.answer(ID, code(response(right()), "2099-01-01T00:00:00.000Z")))
    assert "could not be written to answers.json: it cannot be written" in said
    # It is shown, and graded, all the same.
    assert pv.activity(ID).result.board.score == 12
    assert repr(pv.score(ID)) == "12"


def test_older_work_is_set_aside_and_not_lost():
    keep(Path(), response(wrong()), EARLY)
    said = repr(pv.answer(ID, code(response(right()), LATE)))
    assert "What was here, of 2026-11-21 10:00 UTC, was older" in said
    assert kept() == entry(response(right()), LATE)
    aside = json.loads(FILE.read_text(encoding="utf-8"))["aside"]
    assert [json.loads(text) for text in aside.values()] == [response(wrong())]


def test_newer_work_stays():
    before = keep(Path(), response(wrong()), LATE).read_bytes()
    assert "newer, of 2026-11-21 11:30 UTC, and was kept" in repr(
        pv.answer(ID, code(response(right()), EARLY))
    )
    assert FILE.read_bytes() == before
    assert pv.activity(ID).response == response(wrong())


def test_the_same_work_changes_nothing():
    before = keep(Path(), response(right())).read_bytes()
    assert repr(pv.answer(ID, code(response(right()), LATE))) == words()["handin"]["same"]
    assert FILE.read_bytes() == before


def test_of_two_codes_the_newer_counts():
    pv.answer(ID, code(response(right()), LATE), answers=None)
    pv.answer(ID, code(response(wrong()), EARLY), answers=None)
    assert repr(pv.score(ID)) == "12"


def test_an_activity_that_nobody_started_writes_nothing():
    assert repr(pv.answer(ID, code({}))) == words()["handin"]["notStarted"]
    pv.activity(ID)
    assert [p.name for p in Path().iterdir()] == []
    before = keep(Path(), response(right()), EARLY).read_bytes()
    pv.answer(ID, code({}, LATE))
    assert FILE.read_bytes() == before
    assert repr(pv.score(ID)) == "12"


def test_a_damaged_file_makes_room():
    FILE.write_text("{torn")
    said = repr(pv.answer(ID, code(response(right()))))
    assert "The damaged file that stood there is now answers.damaged-1.json." in said
    assert kept() == entry(response(right()))


def test_a_damaged_code_changes_nothing():
    before = keep(Path(), response(right())).read_bytes()
    with pytest.raises(codes.CodeError, match="copy it again"):
        pv.answer(ID, code(response(wrong()), LATE)[:-2])
    assert FILE.read_bytes() == before


def test_a_code_of_an_older_activity_is_fitted():
    widget = pv.activity(ID)
    pv.answer(ID, code(response(right() | {"gone": "IW"})))
    assert (widget.result.answered, widget._notice) == (12, words()["ui"]["changed"])


def test_the_book_only_shows_it(monkeypatch):
    monkeypatch.setenv(handin.HOST, "book")
    assert repr(pv.answer(ID, code(response(right())))) == ""
    assert repr(pv.score(ID)) == words()["handin"]["inBook"]
    assert repr(pv.score(ID, key=False)) == words()["handin"]["inBookCount"]
    assert list(Path().iterdir()) == []


def test_what_is_said_is_escaped():
    assert handin.Said(("<b>",))._repr_html_() == "<p>&lt;b&gt;</p>"
