"""`pv.sliders`: sharing with ipywidgets, and the table where there are none."""

from __future__ import annotations

import re
import subprocess
import sys
from fractions import Fraction
from html import escape, unescape
from pathlib import Path

import pytest
from ipywidgets import VBox

import pvwidgets as pv
from pvwidgets.kinds.share import model
from pvwidgets.kinds.share.sliders import Compared, Sliders, by_rules
from pvwidgets.words import words
from tests.unit.samples import save
from tests.unit.test_share import GOOD

NAME = "practice-share"
SAID = words()["share"]


@pytest.fixture
def public() -> dict[str, object]:
    return pv.load(NAME).public


@pytest.fixture
def shown(public) -> Sliders:
    return Sliders(public)


def row(table: str, name: str) -> list[str]:
    found = re.search(rf'<th scope="row">{re.escape(escape(name))}</th>(.*?)</tr>', table)
    assert found, table
    return [unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", found[1])]


def test_it_starts_where_the_activity_does(shown, public):
    groups = model.groups_of(public)
    start = [group.start for group in groups]
    assert (shown.division, shown.left) == (start, 0)
    assert [one.description for one in shown.shares] == [group.name for group in groups]
    assert [one.value for one in shown.shares] == [5 * portions for portions in start]
    assert [one.max for one in shown.shares] == [5 * (len(one.outcomes) - 1) for one in groups]
    assert isinstance(shown.box, VBox)
    assert "days" in shown.box.children[0].value


def test_mean_and_worst_off_follow_the_sliders(shown, public):
    groups = model.groups_of(public)
    shown.shares[0].value -= 10
    shown.shares[3].value += 10
    assert shown.division == [2, 6, 5, 7]
    told = shown._table.value
    assert row(told, SAID["mean"])[1] == f"{float(model.mean(groups, [2, 6, 5, 7])):.1f}"
    assert row(told, SAID["worst"])[1] == str(model.worst(groups, [2, 6, 5, 7])) == "48"
    assert row(told, "Bridge End")[1] == "48 (35 days)"
    # Heard as it changes.
    assert f'<div role="status"><p>{shown.verdict}</p></div>' in told


def test_half_a_tenth_goes_up_as_in_the_activity(public):
    groups = model.groups_of(public)
    division = [0, 0, 2, 2]
    assert model.mean(groups, division) == Fraction(4825, 100)
    told = Compared(public, {"so": division})._repr_html_()
    assert row(told, SAID["mean"]) == ["48.3"]


def test_no_more_is_given_than_there_is(shown):
    shown.shares[0].value += 15
    assert (shown.division, shown.left) == ([4, 6, 5, 5], 0)
    shown.shares[3].value -= 10
    assert shown.left == 2
    assert SAID["left"].format(left="10 days") in shown._table.value
    shown.shares[0].value += 15
    assert (shown.division, shown.left) == ([6, 6, 5, 3], 0)


@pytest.mark.parametrize("rule", model.RULES)
def test_the_rule_is_applied(shown, public, rule):
    groups = model.groups_of(public)
    shown.rule.value = rule
    best = model.choose(rule, groups, shown.limit.value)
    last = [row(shown._table.value, group.name)[2] for group in groups]
    assert last == [
        f"{group.outcomes[n]} ({5 * n} days)" for group, n in zip(groups, best, strict=True)
    ]
    # Less for all first: else a slider would stop where nothing is left.
    for one in shown.shares:
        one.value = 0
    for one, portions in zip(shown.shares, best, strict=True):
        one.value = portions * 5
    assert SAID["kept"] in shown._table.value


def test_the_limit_is_the_learner_s(shown, public):
    assert shown.limit.layout.display == "none"
    assert {one.layout.display for one in (*shown.shares, shown.rule)} == {None}
    shown.rule.value = "loss"
    assert shown.limit.layout.display is None
    groups = model.groups_of(public)
    # Who has most to lose can lose it all.
    assert shown.limit.max == max(one.outcomes[one.start] - one.outcomes[0] for one in groups)
    worst = []
    for limit in (0, 5, 10, shown.limit.max):
        shown.limit.value = limit
        worst.append(int(row(shown._table.value, SAID["worst"])[2]))
        assert worst[-1] == model.worst(groups, model.choose("loss", groups, limit))
    assert worst == [40, 36, 31, 14]
    shown.limit.value = 5
    assert SAID["kept"] in shown.verdict  # the start is kept by any limit
    shown.shares[3].value -= 10
    shown.shares[0].value += 10
    assert SAID["notKept"] in shown.verdict


def test_a_saved_notebook_can_be_read_without_widgets(shown):
    data = shown._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "Mean of all people  74.9" in data["text/plain"]


def test_an_author_s_text_is_shown_as_text(tmp_path: Path):
    groups = [{**GOOD["groups"][0], "name": "<b>Hill</b>"}, GOOD["groups"][1]]
    path = save(tmp_path, {**GOOD, "groups": groups, "outcome": "<i>pupils"})
    shown = Sliders(pv.load(path).public)
    assert "&lt;b&gt;Hill&lt;/b&gt;" in shown._table.value
    assert "<i>" not in shown._table.value


def test_the_book_and_plain_python_show_a_table(public, monkeypatch, capsys):
    told = by_rules(public)
    names = [
        told.table.head[0],
        *(rule.format(limit=5) for rule in words()["sliders"]["rules"].values()),
    ]
    assert told.table.head == names
    assert row(told._repr_html_(), SAID["mean"]) == ["74.9", "76.9", "70.7", "73.8", "76.1"]
    assert repr(pv.sliders(NAME)) == repr(told)
    assert capsys.readouterr().out == f"{told!r}\n"
    monkeypatch.setenv("PVWIDGETS_HOST", "book")
    assert isinstance(pv.sliders(NAME), Compared)
    assert capsys.readouterr().out == ""


def test_the_book_loads_no_widgets():
    code = (
        "import os, sys; os.environ['PVWIDGETS_HOST'] = 'book'\n"
        f"import pvwidgets as pv; pv.sliders({NAME!r})\n"
        "print('ipywidgets' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_notebook_gets_the_sliders(monkeypatch):
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)
    assert isinstance(pv.sliders(NAME), Sliders)


def test_another_kind_is_refused():
    with pytest.raises(
        pv.ActivityError, match=r"value-matrix\.yml: kind: is of the kind matrix; .*share"
    ):
        pv.sliders("value-matrix")
