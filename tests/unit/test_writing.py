"""Written answers: the rules of their files, their two halves, and what a widget gathers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import pvwidgets as pv
from pvwidgets import answers, page
from pvwidgets.kinds.writing import author
from pvwidgets.kinds.writing.grade import MAX_TEXT
from pvwidgets.show import HOST
from tests.unit.samples import save

RATINGS = {
    "purpose": {"rating": 1, "feedback": "It names *nobody*."},
    "cost": {"rating": 0, "feedback": "No cost at all."},
}


def writing(**more: Any) -> dict[str, Any]:
    return {
        "id": "sample",
        "kind": "writing",
        "version": 1,
        "title": "A sample",
        "prompt": "Write.",
        "parts": [
            {"id": "effect", "title": "1. Effect", "prompt": "For *whom*?", "words": 40,
             "model": "Two pupils can read again."},
            {"id": "doubt", "prompt": "What may be wrong?\n\nSay how you know."},
        ],
    } | more  # fmt: skip


def rated(**more: Any) -> dict[str, Any]:
    rubric = [
        {"id": "purpose", "title": "Purpose", "weight": 2, "anchors": ["a", "b", "c", "d"]},
        {"id": "cost", "title": "Cost", "anchors": ["e", "f", "g", "h"]},
    ]
    sample = {"id": "text-a", "title": "Text A", "text": "A bus.", "ratings": RATINGS}
    return writing(rubric=rubric, samples=[sample]) | more


def problems(path: Path) -> list[str]:
    with pytest.raises(pv.ActivityError) as caught:
        pv.load(path)
    return [f"{one.field}: {one.message}" for one in caught.value.problems]


def test_the_two_halves(tmp_path: Path) -> None:
    activity = pv.load(save(tmp_path, rated(log=2)))
    effect, doubt = activity.public["parts"]
    assert effect == {
        "id": "effect",
        "label": [["strong", "1. Effect"], ["br"], "For ", ["em", "whom"], "?"],
        "title": "1. Effect",
        "type": "long",
        "max": MAX_TEXT,
        "hint": "About 40 words. ",
    }
    assert doubt["label"] == ["What may be wrong?", ["br"], "Say how you know."]
    assert doubt["title"] == "What may be wrong? Say how you know."
    assert (activity.public["models"], activity.public["log"]) == (["effect"], 2)
    assert activity.public["most"] == 9
    assert activity.public["rubric"][0]["label"] == "Purpose (×2)"
    told = json.dumps(activity.public)
    assert activity.key is not None
    for secret in ("Two pupils", "It names ", "No cost at all"):
        assert secret not in told
        assert secret in json.dumps(activity.key)
    assert activity.key["samples"]["text-a"]["purpose"]["option"] == "1"


def test_the_least_that_is_needed(tmp_path: Path) -> None:
    content = writing(parts=[{"id": "effect", "prompt": "For whom?"}])
    activity = pv.load(save(tmp_path, content))
    assert (
        activity.public["rubric"] == activity.public["samples"] == activity.public["models"] == []
    )
    assert not activity.public.keys() & {"most", "pass", "gather", "log"}


def test_the_rule_for_passing_is_said_in_words(tmp_path: Path) -> None:
    rule = {"points": 5, "never-zero": ["purpose", "cost"]}
    said = pv.load(save(tmp_path, rated(**{"pass": rule}))).public["pass"]
    assert said["points"] == 5
    assert said["yes"].startswith(
        "That would pass: 5 points are needed, and no 0 in Purpose or Cost."
    )
    assert "not pass yet" in said["no"]
    assert "Nobody else" in said["no"]
    plain = pv.load(save(tmp_path, rated(**{"pass": {"points": 9}}))).public["pass"]
    assert (plain["nonzero"], "no 0" in plain["yes"]) == ([], False)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (writing(parts=[]), "parts: expected at least 1 in this list, found 0"),
        (
            writing(parts=[{"id": "a", "prompt": "x"}, {"id": "a", "prompt": "y"}]),
            'parts[1].id: the id "a" is used twice; first in line 1',
        ),
        (
            writing(parts=[{"id": "a", "prompt": "Three:\n\n- one\n- two"}]),
            "parts[0].prompt: is the name of a field, so it cannot hold a list; put the list into "
            "the prompt of the activity",
        ),
        (
            rated(rubric=[{"id": "purpose", "title": "P", "anchors": ["a", "b", "c"]}], samples=[]),
            "rubric[0].anchors: expected at least 4 in this list, found 3",
        ),
        (
            rated(samples=[{"id": "own", "title": "T", "text": "x", "ratings": RATINGS}]),
            'samples[0].id: "own" is the name of the learner\'s own text',
        ),
        (
            rated(samples=[{"id": "a", "title": "T", "text": "x",
                            "ratings": {"purpose": RATINGS["purpose"]}}]),
            "samples[0].ratings: there is none for cost",
        ),
        (
            rated(samples=[{"id": "a", "title": "T", "text": "x",
                            "ratings": RATINGS | {"price": RATINGS["cost"]}}]),
            'samples[0].ratings.price: "price" is not in the rubric: purpose, cost',
        ),
        (
            writing(samples=[{"id": "a", "title": "T", "text": "x", "ratings": RATINGS}]),
            'samples[0].ratings.cost: "cost" is not in the rubric: there is none',
        ),
        (
            rated(**{"pass": {"points": 10}}),
            "pass.points: found 10, but the rubric gives 9 at most",
        ),
        (
            rated(**{"pass": {"points": 5, "never-zero": ["price"]}}),
            'pass.never-zero[0]: "price" is not in the rubric: purpose, cost',
        ),
        (writing(gather=["sample"]), "gather[0]: is this activity itself"),
        (
            writing(gather=["../sample"]),
            'gather[0]: found "../sample", expected a name in small letters, digits and hyphens, '
            "unique in the file; here it is that of another activity of this kind. Did you mean "
            '"sample"?',
        ),
    ],
)  # fmt: skip
def test_rules(tmp_path: Path, content: dict[str, Any], message: str) -> None:
    assert message in problems(save(tmp_path, content))


def test_gathering_shows_titles_and_prompts(tmp_path: Path) -> None:
    step = writing(id="step-1", title="Step 1", gather=["sample"])
    save(tmp_path, step, "step-1.yml")
    (one,) = pv.load(save(tmp_path, writing(gather=["step-1"]))).public["gather"]
    assert (one["id"], one["title"]) == ("step-1", "Step 1")
    assert [part["id"] for part in one["parts"]] == ["effect", "doubt"]
    assert "Two pupils" not in json.dumps(one)


def test_gathering_what_cannot_be_gathered(tmp_path: Path) -> None:
    save(tmp_path, writing(id="step-1", parts=[]), "step-1.yml")
    found = problems(
        save(tmp_path, writing(gather=["step-1", "step-1", "nowhere", "value-matrix"]))
    )
    damaged, twice, unknown, other = found
    assert damaged.startswith("gather[0]: its file has a problem of its own: ")
    assert "expected at least 1" in damaged
    assert twice == 'gather[1]: "step-1" is named twice'
    assert unknown.startswith('gather[2]: "nowhere" is not in the activities: ')
    assert other == (
        'gather[3]: "value-matrix" is of the kind matrix; only written answers can be shown'
    )


def test_the_template_can_be_used(tmp_path: Path) -> None:
    text = "id: sample\nkind: writing\nversion: 1\ntitle: A sample\n" + author.TEMPLATE
    assert len(pv.load(save(tmp_path, text)).public["parts"]) == 2


def test_worksheet(tmp_path: Path) -> None:
    activity = pv.load(save(tmp_path, rated()))
    html = page.section(activity)
    assert html.count('<p class="pv-line"></p>') == 12
    assert "<strong>Effect</strong>" in html  # the list has numbers of its own
    assert "<li>1: b</li>" in html
    assert "Two pupils" in html.split("<details>")[1].split("</details>")[0]
    bare = page.section(activity.without_key())
    assert "Two pupils" not in bare
    assert "A bus." in bare
    assert "For whom? About 40 words." in " ".join(page.text(activity).split())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(HOST, raising=False)
    monkeypatch.chdir(tmp_path)
    save(tmp_path, writing(id="step-1"), "step-1.yml")
    save(tmp_path, writing(gather=["step-1"]))
    return tmp_path


def response(text: str) -> dict[str, Any]:
    return {"texts": {"effect": text}, "shown": False, "ratings": {}}


def test_a_widget_knows_what_it_gathers(folder: Path) -> None:
    step = pv.activity("./step-1.yml")
    assert pv.activity("./sample.yml")._others == {}
    step.response = response("Pupils.")
    assert step._others == {}
    gathering = pv.activity("./sample.yml")
    assert gathering._others == {"step-1": response("Pupils.")}
    step.response = response("Pupils and readers.")
    gathering.response = response("Mine.")
    assert gathering._others == {"step-1": response("Pupils and readers.")}
    assert gathering.result.status == "ungraded"
    assert (gathering.result.answered, gathering.result.total) == (1, 2)


def test_a_widget_without_a_file_gathers_nothing(folder: Path) -> None:
    pv.activity("./step-1.yml").response = response("Pupils.")
    assert pv.activity("./sample.yml", answers=None)._others == {}


def test_a_damaged_file_gathers_nothing(folder: Path) -> None:
    Path(answers.FILE).write_text("{", encoding="utf-8")
    widget = pv.activity("./sample.yml")
    assert widget._others == {}
    assert "not JSON" in widget._notice
