"""Maps of power and support: the rules that a file must keep, and what is made of it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import pvwidgets as pv
from pvwidgets import page
from pvwidgets.kinds.plane import author
from tests.unit.samples import save


def actor(name: str, power: str, support: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": f"The {name}",
        "text": f"A fact about {name}.",
        "power": power,
        "support": support,
        "feedback": {"power": f"Why {name} can.", "support": f"Why {name} will."},
    } | more


GOOD: dict[str, Any] = {
    "id": "sample",
    "kind": "plane",
    "version": 1,
    "title": "A sample",
    "prompt": "Place them.",
    "actors": [
        actor("council", "decisive", "supports", lawful=True),
        actor("union", "some", "opposes", accept=["decisive-opposes"]),
        actor("tenants", "none", "opposes", affected=True),
    ],
    "steps": [
        {"id": "talk", "text": "Talk", "fits": ["union"], "feedback": "It opens things."},
        {"id": "hope", "text": "Hope", "feedback": "It is no step."},
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
    assert activity.public["bins"][0]["id"] == "decisive-opposes"
    assert len(activity.public["bins"]) == 9
    assert activity.key is not None
    assert activity.key["cards"]["union"]["cell"] == "some-opposes"
    public = str(activity.public)
    for secret in ("lawful", "affected", "Why", "fits", "accept"):
        assert secret not in public
    # Nor does the order of the file.
    assert [card["id"] for card in activity.public["cards"]] == ["council", "tenants", "union"]


def test_what_is_said_of_a_place(tmp_path: Path, data: dict[str, Any]) -> None:
    data["steps"].insert(0, {"id": "insist", "text": "Insist", "feedback": "It is no step."})
    key = pv.load(save(tmp_path, data)).key
    assert key is not None
    union, council = key["cards"]["union"], key["cards"]["council"]
    assert union["lead"] == (
        "Some power, opposes is the model's place. Decisive power, opposes can be defended. "
        "Fitting steps: Talk."
    )
    assert council["lead"] == "Decisive power, supports is the model's place."
    assert union["tags"] == {"power": "", "support": ""}
    # Of the axes that are off, and of a place that earns the point nothing.
    assert union["look"] == {
        "decisive-undecided": ["power", "support"],
        "decisive-supports": ["power", "support"],
        "some-undecided": ["support"],
        "some-supports": ["support"],
        "none-opposes": ["power"],
        "none-undecided": ["power", "support"],
        "none-supports": ["power", "support"],
    }
    marked = {name: (one["lawful"], one["affected"]) for name, one in key["cards"].items()}
    assert marked == {
        "council": (True, False),
        "union": (False, False),
        "tenants": (False, True),
    }


def test_the_seed_decides_the_order(tmp_path: Path, data: dict[str, Any]) -> None:
    path = save(tmp_path, data)
    assert pv.load(path, seed=3).sets == pv.load(path, seed=3).sets
    assert len({str(pv.load(path, seed=n).sets) for n in range(10)}) > 2


@pytest.mark.parametrize(
    ("number", "field", "said"),
    [
        (0, "lawful", "an actor with `lawful: true` who has power and does not oppose"),
        (2, "affected", "an actor with `affected: true`"),
    ],
)
def test_each_question_needs_somebody(
    tmp_path: Path, data: dict[str, Any], number: int, field: str, said: str
) -> None:
    del data["actors"][number][field]
    message = f"expected {said}: the questions of the check ask for one"
    assert problems(tmp_path, data) == [("actors", message)]


def test_no_opponent_with_power(tmp_path: Path, data: dict[str, Any]) -> None:
    data["actors"][1]["support"] = "undecided"
    ((field, message),) = problems(tmp_path, data)
    assert field == "actors"
    assert "an actor who opposes and has power" in message


def test_a_lawful_one_who_opposes_is_not_enough(tmp_path: Path, data: dict[str, Any]) -> None:
    data["actors"][0]["support"] = "opposes"
    data["steps"][0]["fits"].append("council")
    ((_, message),) = problems(tmp_path, data)
    assert "lawful" in message


def test_a_lawful_one_without_power_is_not_enough(tmp_path: Path, data: dict[str, Any]) -> None:
    data["actors"][0]["power"] = "none"
    ((_, message),) = problems(tmp_path, data)
    assert "lawful" in message


def test_no_step_fits_an_opponent(tmp_path: Path, data: dict[str, Any]) -> None:
    del data["steps"][0]["fits"]
    said = "opposes and has power, but no step fits; add one to `steps`"
    assert problems(tmp_path, data) == [("actors[1]", said)]


def test_affected_with_power(tmp_path: Path, data: dict[str, Any]) -> None:
    data["actors"][2]["power"] = "some"
    data["steps"][0]["fits"].append("tenants")
    said = "is true, so the power is expected to be none"
    assert problems(tmp_path, data) == [("actors[2].affected", said)]


def test_its_own_place_accepted(tmp_path: Path, data: dict[str, Any]) -> None:
    data["actors"][1]["accept"] = ["some-opposes"]
    said = "is the actor's own place (some-opposes); expected another"
    assert problems(tmp_path, data) == [("actors[1].accept[0]", said)]


def test_a_place_that_is_none(tmp_path: Path, data: dict[str, Any]) -> None:
    data["actors"][1]["accept"] = ["much-opposes"]
    ((field, _),) = problems(tmp_path, data)
    assert field == "actors[1].accept[0]"


def test_a_step_towards_somebody_unknown(tmp_path: Path, data: dict[str, Any]) -> None:
    data["steps"][0]["fits"].append("mayor")
    said = 'found "mayor", expected one of: council, union, tenants.'
    assert problems(tmp_path, data) == [("steps[0].fits[1]", said)]


def test_ids_used_twice(tmp_path: Path, data: dict[str, Any]) -> None:
    data["actors"][0]["id"] = "union"
    data["steps"][1]["id"] = "talk"
    assert [field for field, _ in problems(tmp_path, data)] == ["actors[1].id", "steps[1].id"]


def test_the_worksheet(tmp_path: Path, data: dict[str, Any]) -> None:
    activity = pv.load(save(tmp_path, data))
    text = page.text(activity)
    assert "The union: A fact about union.\n    Power: ___" in text
    assert text.count("Step: ___") == 3
    assert text.index("decisive power") < text.index("some power") < text.index("no power")
    assert "- Talk\n- Hope" in text
    assert "Why" not in text
    # The words of the kind stand behind it.
    html, _, _ = page.section(activity).partition("pv-words")
    assert "Usual reading: Some power, opposes. Defensible too: Decisive power, opposes." in html
    assert "A fitting step towards: The union." in html
    assert "Not a fitting step towards anybody here." in html
    assert "decisive power" in page.latex(activity)


def test_the_template_is_a_good_file(tmp_path: Path) -> None:
    head = "id: sample\nkind: plane\nversion: 1\ntitle: T\n"
    pv.load(save(tmp_path, head + author.TEMPLATE))
