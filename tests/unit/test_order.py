"""Ordering: the rules that a file must keep, and what is made of it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import pvwidgets as pv
from pvwidgets import page
from pvwidgets.kinds.order.grade import held
from pvwidgets.words import words
from tests.records import VECTORS
from tests.unit.samples import save

GOOD: dict[str, Any] = {
    "id": "sample",
    "kind": "order",
    "version": 1,
    "title": "A sample",
    "prompt": "Put in order.",
    "chains": [
        {
            "id": "one",
            "title": "One chain",
            "stages": [
                {"id": "a", "title": "First", "cards": [{"id": "p", "text": "*P* is put in."}]},
                {
                    "id": "b",
                    "title": "Second",
                    "cards": [{"id": "q", "text": "Q is done."}, {"id": "r", "text": "R too."}],
                },
            ],
            "arrows": ["P comes first."],
        }
    ],
}


@pytest.fixture
def data() -> dict[str, Any]:
    return deepcopy(GOOD)


def problems(folder: Path, data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(pv.ActivityError) as caught:
        pv.load(save(folder, data))
    return [(one.field, one.message) for one in caught.value.problems]


def test_a_good_file(tmp_path: Path, data: dict[str, Any]) -> None:
    activity = pv.load(save(tmp_path, data))
    assert activity.public["titles"] == ["One chain"]
    assert [sorted(one) for one in activity.sets] == [["p", "q", "r"]]
    assert activity.key is not None
    assert activity.key["stages"] == {"p": 0, "q": 1, "r": 1}
    assert "First" not in str(activity.public)


def test_the_page_does_not_tell_the_order_of_the_file(tmp_path: Path, data: dict[str, Any]) -> None:
    data["chains"][0]["stages"].reverse()
    public = pv.load(save(tmp_path, data)).public
    assert [card["id"] for card in public["cards"]] == ["p", "q", "r"]


def test_the_start_is_never_right_whatever_the_seed(tmp_path: Path, data: dict[str, Any]) -> None:
    path = save(tmp_path, data)
    for seed in range(40):
        activity = pv.load(path, seed=seed)
        assert activity.key is not None
        stages = [activity.key["stages"][card] for card in activity.sets[0]]
        assert held(stages) == [False]


def test_the_seed_decides(tmp_path: Path, data: dict[str, Any]) -> None:
    data["chains"][0]["stages"][1]["cards"] += [{"id": c, "text": f"{c}."} for c in "stuvw"]
    path = save(tmp_path, data)
    assert pv.load(path, seed=1).sets == pv.load(path, seed=1).sets
    assert len({str(pv.load(path, seed=n).sets) for n in range(10)}) > 5


def test_one_arrow_for_each_step(tmp_path: Path, data: dict[str, Any]) -> None:
    data["chains"][0]["arrows"].append("And again.")
    said = "expected one for each step between the 2 stages, which is 1"
    assert problems(tmp_path, data) == [("chains[0].arrows", f"found 2; {said}")]
    data["chains"][0]["stages"] += [
        {"id": one, "title": one, "cards": [{"id": f"card-{one}", "text": "More."}]}
        for one in ("c", "d")
    ]
    said = "expected one for each step between the 4 stages, which is 3"
    assert problems(tmp_path, data) == [("chains[0].arrows", f"found 2; {said}")]


def test_one_stage_is_no_chain(tmp_path: Path, data: dict[str, Any]) -> None:
    del data["chains"][0]["stages"][1]
    ((field, message),) = problems(tmp_path, data)
    assert field == "chains[0].stages"
    assert "at least 2" in message


def test_an_id_twice_even_in_another_chain(tmp_path: Path, data: dict[str, Any]) -> None:
    second = deepcopy(data["chains"][0]) | {"id": "two"}
    second["stages"][1]["cards"] = [{"id": "z", "text": "Z."}]
    data["chains"].append(second)
    assert problems(tmp_path, data) == [
        ("chains[1].stages[0].cards[0].id", 'the id "p" is used twice; first in line 1')
    ]


def test_stages_and_chains_with_one_id(tmp_path: Path, data: dict[str, Any]) -> None:
    data["chains"][0]["stages"][1]["id"] = "a"
    other = deepcopy(GOOD["chains"][0])
    for stage in other["stages"]:
        for card in stage["cards"]:
            card["id"] += "-2"
    data["chains"].append(other)
    fields = {field for field, _ in problems(tmp_path, data)}
    assert fields == {"chains[1].id", "chains[0].stages[1].id"}


def test_an_unknown_field(tmp_path: Path, data: dict[str, Any]) -> None:
    data["chains"][0]["stages"][0]["crads"] = []
    ((field, message),) = problems(tmp_path, data)
    assert field == "chains[0].stages[0].crads"
    assert 'Did you mean "cards"?' in message


@pytest.mark.parametrize(
    ("stages", "holds"),
    [
        ([0, 1, 2], [True, True]),
        ([0, 0, 1, 1, 2], [True, True]),
        ([0, 1, 0, 2], [False, True]),
        ([2, 0, 1], [True, False]),
        ([2, 1, 0], [False, False]),
    ],
)
def test_held(stages: list[int], holds: list[bool]) -> None:
    assert held(stages) == holds


def test_the_worksheet_shows_every_chain_and_no_stage(tmp_path: Path, data: dict[str, Any]) -> None:
    activity = pv.load(save(tmp_path, data))
    text = page.text(activity)
    assert words()["worksheet"]["orderLead"].split(".")[0] in text
    assert "One chain" in text
    assert "P is put in.\n    Number: ___" in text
    assert "First" not in text
    html = page.section(activity)
    assert "First: P is put in. Second: " in html
    assert "From First to Second" in html
    assert "From First" not in page.section(activity.without_key()).split("pv-words")[0]
    assert "One chain" in page.latex(activity)


def test_the_worksheet_has_the_reason_of_each_step() -> None:
    section = page.section(pv.load(VECTORS / "order" / "activity.yml"))
    for step, said in (
        ("From Put in to Done", "Nobody digs without a plot."),
        ("From Left to Changed", "They eat what is there."),
        ("From Sent to Read", "It has to come before it can be read."),
    ):
        assert f"<dt>{step}</dt><dd><p>{said}</p></dd>" in section
    assert "<p><strong>A letter</strong></p>" in section


def test_the_template_is_a_good_file(tmp_path: Path) -> None:
    from pvwidgets.kinds.order import author

    head = "id: sample\nkind: order\nversion: 1\ntitle: T\n"
    pv.load(save(tmp_path, head + author.TEMPLATE))
