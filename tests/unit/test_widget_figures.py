"""What a widget draws of a learner's answers."""

from __future__ import annotations

from typing import Any

import pytest

import pvwidgets as pv
from pvwidgets.figures import alt_text, text
from pvwidgets.kinds import KINDS, has_part, part
from pvwidgets.show import HOST
from tests.records import VECTORS, edited, loaded
from tests.unit.samples import save
from tests.unit.test_order import GOOD as ORDER


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv(HOST, raising=False)
    monkeypatch.chdir(tmp_path)


def shown(name: str, response: dict[str, Any] | None = None, **more: Any) -> Any:
    widget = pv.activity(name, answers=None, **more)
    if response is not None:
        widget.response = response
    return widget


def start(name: str, edits: dict[str, Any]) -> dict[str, Any]:
    return {"record": edited(pv.load(name).public["start"], edits)}


def test_the_matrix_has_the_cards_where_they_are():
    widget = shown("value-matrix")
    card = widget.activity.sets[0][0]
    blank = part("matrix", "grade").blank(widget.activity.public)
    widget.response = blank | {"placed": {card: "CJ"}}
    card_text = next(c["text"][0] for c in widget.activity.public["cards"] if c["id"] == card)
    assert card_text.rstrip(".")[:30] in text(widget.figure())


def test_a_triangle_has_the_record_in_its_corners():
    name = "triangle-halverton"
    edits = {"authorizers[3].name": "the union of all", "authorizers[3].status": "granted"}
    told = text(shown(name, start(name, edits)).figure())
    assert "the union of all (granted)" in told
    # Before the first move, it is the record of the start; without one, an empty triangle.
    assert "staff union (unknown)" in text(shown(name).figure())
    assert "no outcomes" in text(shown("triangle-own").figure())


def test_a_guided_triangle_has_what_stands_on_the_cards():
    widget = shown("triangle-guided")
    cards = {
        field["id"]: chosen if field["type"] == "one" else [chosen]
        for group in widget.activity.public["groups"]
        for field in group["fields"]
        for chosen in [field["options"][0]["id"]]
    }
    before = text(widget.figure())
    widget.response = {"record": cards}
    assert text(widget.figure()) != before


def test_a_triangle_has_its_lamps():
    name = "triangle-halverton"
    told = text(shown(name).figure("rules"))
    assert "2 authorization, corner legitimacy and support: in doubt." in told
    mended = shown(name, start(name, {"authorizers[3].status": "granted"}))
    assert "2 authorization, corner legitimacy and support: met." in text(mended.figure("rules"))


def test_triangles_turn_with_the_joint_rules():
    activity = loaded("alignment")
    widget = shown(activity.path, {"record": activity.public["start"]})
    first = activity.public["start"]["partners"][0]["name"]
    told = alt_text(widget.figure())
    points = widget.result.board.score
    assert f"{float(points):g} of 6 joint rules met" in told
    assert first in told
    nameless = edited(activity.public["start"], {"partners[0].name": ""})
    widget.response = {"record": nameless}
    assert "partner 1" in alt_text(widget.figure())
    widget.response = {"record": edited(nameless, {"partners[1].name": None})}
    assert "partner 2" in alt_text(widget.figure())
    widget.response = {"record": {"partners": nameless["partners"][:1]}}
    with pytest.raises(ValueError, match="two to four partners, not 1"):
        widget.figure()


def stages_of(picture: Any) -> dict[str, str]:
    lines = [line.removeprefix("- ").partition(": ") for line in text(picture).splitlines()]
    return {stage: told for stage, colon, told in lines if colon}


def test_a_chain_has_the_cards_in_their_order():
    widget = shown("order-the-chain")
    public, key = widget.activity.public, widget.activity.key
    order = sorted(public["sets"][0], key=lambda card: key["stages"][card])
    texts = {card["id"]: card["text"][0].rstrip(".") for card in public["cards"]}
    before = stages_of(widget.figure())
    assert texts[public["sets"][0][0]] in before["Inputs"]
    widget.response = part("order", "grade").blank(public) | {"order": order}
    told = stages_of(widget.figure())
    assert (texts[order[0]] in told["Inputs"], texts[order[-1]] in told["Outcomes"]) == (True, True)
    # Near and far outcomes stand in one stage.
    outcomes = [card for card in order if key["stages"][card] > 2]
    assert told["Outcomes"] == f"{'; '.join(texts[card] for card in outcomes)}."
    # A card out of order stands in a stage that is not its own.
    widget.response = widget.response | {"order": order[::-1]}
    assert texts[order[-1]] in stages_of(widget.figure())["Inputs"]


def test_the_picture_is_of_the_chain_that_is_shown(tmp_path):
    def chain(name, *titles):
        stages = [
            {
                "id": f"s{n}",
                "title": title,
                "cards": [{"id": f"{name}-{n}", "text": f"The *{title}*"}],
            }
            for n, title in enumerate(titles)
        ]
        return {"id": name, "title": name, "stages": stages, "arrows": ["So."] * (len(titles) - 1)}

    chains = [
        chain("letter", "Sent", "Read"),
        chain("drill", "Inputs", "Activities", "Outputs", "Outcomes"),
    ]
    path = save(tmp_path, {**ORDER, "chains": chains})
    drill = pv.load(path).sets[1]
    response = part("order", "grade").blank({"sets": [drill]}) | {"order": sorted(drill)}
    assert stages_of(shown(path, response).figure())["Outputs"] == "The Outputs."
    with pytest.raises(ValueError, match="only for a chain"):
        shown(path).figure()


def test_other_chains_have_no_picture():
    with pytest.raises(ValueError, match="a chain of inputs, activities, outputs, outcomes"):
        shown(VECTORS / "order" / "activity.yml").figure()
    with pytest.raises(ValueError, match="key, which is not at hand"):
        shown("order-the-chain", key=False).figure()


def test_what_is_not_drawn_is_told():
    with pytest.raises(ValueError, match="only for: matrix, order, triangle, alignment"):
        shown("log-01").figure()
    with pytest.raises(ValueError, match='no picture "lamps" of triangle, only: triangle, rules'):
        shown("triangle-own").figure("lamps")
    with pytest.raises(ValueError, match="cannot be graded"):
        shown("triangle-own", {"record": 1}).figure()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if has_part(kind, "figure")])
def test_each_kind_names_its_pictures(kind):
    pictures = part(kind, "figure").PICTURES
    assert pictures
    assert all(map(callable, pictures.values()))
