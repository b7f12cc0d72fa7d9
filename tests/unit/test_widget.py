"""The widget in Python: what it shows, what it tells other code, and what it keeps in a file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import ipywidgets
import pytest
import traitlets
from IPython.core.formatters import DisplayFormatter

import pvwidgets as pv
from pvwidgets import answers, page
from pvwidgets.kinds.matrix import grade as rule
from pvwidgets.show import HOST, Placeholder
from pvwidgets.words import words
from tests.unit.samples import CELLS, bank, document, save

RIGHT = dict(zip(("card-0a", "card-0b", "card-0c", "card-0d"), CELLS, strict=True))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an activity's file, and work in a folder of a learner's own."""
    monkeypatch.delenv(HOST, raising=False)
    (tmp_path / "learner").mkdir()
    monkeypatch.chdir(tmp_path / "learner")
    return save(tmp_path, document(title="A sample"))


def placed(widget: Any, cells: dict[str, str], **more: Any) -> dict[str, Any]:
    return rule.blank(widget.activity.public) | {"placed": cells} | more


def files() -> list[str]:
    return sorted(item.name for item in Path().iterdir() if not item.name.endswith(".lock"))


# What it shows


def test_plain_python_prints_the_text_form(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    widget = pv.activity(path)
    assert capsys.readouterr().out == page.text(pv.load(path)) + "\n"
    assert repr(widget) == page.text(pv.load(path))


def test_a_prompt_prints_it_by_itself(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)
    pv.activity(path)
    assert capsys.readouterr().out == ""


def test_a_notebook_prints_nothing_beside_the_widget(path: Path) -> None:
    code = (
        "import sys, pvwidgets as pv\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "InteractiveShell.instance()\n"
        "pv.activity(sys.argv[1])\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    env = os.environ | {"IPYTHONDIR": str(path.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    assert done.stdout == ""


def test_it_is_a_widget_among_others(path: Path) -> None:
    widget = pv.activity(path)
    assert isinstance(widget, ipywidgets.DOMWidget)
    box = ipywidgets.VBox([ipywidgets.Label("First this:"), widget])
    assert box.children[1] is widget
    widget.layout.width = "50%"


def test_a_saved_notebook_can_be_read_without_widgets(path: Path) -> None:
    data, _ = DisplayFormatter().format(pv.activity(path))
    assert data["text/plain"] == page.text(pv.load(path))
    assert data["text/latex"] == page.latex(pv.load(path))
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_front_end_gets_what_it_needs(path: Path) -> None:
    widget, activity = pv.activity(path), pv.load(path)
    state = widget.get_state()
    assert (state["_public"], state["_key"]) == (activity.public, activity.key)
    assert (state["response"], state["_notice"]) == ({}, "")
    assert "result" not in state  # the browser has a grader of its own
    assert state["_esm"] == (page.STATIC / "widget.js").read_text(encoding="utf-8")


def test_a_seed_draws_other_cards(tmp_path: Path, path: Path) -> None:
    many = save(tmp_path, document(bank(4), draw=4), "many.yml")
    drawn = {str(pv.activity(many, seed=seed).get_state()["_public"]["sets"]) for seed in "abc"}
    assert len(drawn) == 3


def test_a_bad_file_is_told_of(tmp_path: Path, path: Path) -> None:
    with pytest.raises(pv.ActivityError, match="found an empty one"):
        pv.activity(save(tmp_path, document(title="")))


# What it tells other code


def test_the_result_follows_the_response(path: Path) -> None:
    widget = pv.activity(path)
    assert (widget.response, widget.result.status) == ({}, "empty")
    widget.response = placed(widget, {"card-0a": "IW"})
    assert (widget.result.status, widget.result.answered, widget.result.score) == ("graded", 1, 0)
    check = {"n": 1, "placed": RIGHT, "signs": {}}
    widget.response = placed(widget, RIGHT, checks=[check], tries=1)
    assert (widget.result.score, widget.result.max, widget.result.mastery) == (4, 4, True)
    assert widget.result == pv.grade(pv.load(path), widget.response)
    with pytest.raises(traitlets.TraitError):
        widget.result = None


def test_it_can_be_observed_and_linked(path: Path) -> None:
    widget, twin = pv.activity(path), pv.activity(path, answers=None)
    seen: list[tuple[str, int]] = []
    # An observer of the response finds the result up to date.
    widget.observe(lambda change: seen.append((change.name, widget.result.answered)), "response")
    widget.observe(lambda change: seen.append((change.name, change.new.answered)), "result")
    link = traitlets.link((widget, "response"), (twin, "response"))
    widget.response = placed(widget, {"card-0a": "IW"})
    assert sorted(seen) == [("response", 1), ("result", 1)]
    assert twin.response == widget.response
    twin.response = placed(twin, {})
    assert (widget.response, widget.result.answered) == (twin.response, 0)
    link.unlink()


def test_a_slider_of_the_reader_s_can_follow(path: Path) -> None:
    widget, progress = pv.activity(path), ipywidgets.IntProgress(max=4)
    traitlets.dlink((widget, "result"), (progress, "value"), lambda result: result.answered)
    widget.response = placed(widget, RIGHT)
    assert progress.value == 4


@pytest.mark.parametrize("odd", [{"placed": 1}, {"a": float("nan")}, {"set": ["card-0a"]}])
def test_a_malformed_response_is_told_and_not_kept(path: Path, odd: dict[str, Any]) -> None:
    widget = pv.activity(path)
    widget.response = odd
    assert (widget.result.status, widget.result.score) == ("malformed", 0)
    assert files() == []
    widget.response = placed(widget, RIGHT)
    kept = Path("answers.json").read_bytes()
    widget.response = odd
    assert widget.result.status == "malformed"
    assert Path("answers.json").read_bytes() == kept


@pytest.mark.parametrize("odd", [None, [], "IW", 1])
def test_a_response_is_a_dict(path: Path, odd: Any) -> None:
    widget = pv.activity(path)
    with pytest.raises(traitlets.TraitError):
        widget.response = odd
    assert (widget.response, widget.result.status, files()) == ({}, "empty", [])


def test_without_the_key_nothing_is_judged(path: Path) -> None:
    widget = pv.activity(path, key=False)
    state = widget.get_state()
    assert state["_key"] is None
    sent = json.dumps({name: state[name] for name in ("_public", "_key", "response", "_notice")})
    assert "About" not in sent
    # The cells are named to choose from; no card says its own.
    of_cards = json.dumps([state["_public"]["cards"], state["_public"]["sets"], state["response"]])
    assert not any(f'"{cell}"' in of_cards for cell in CELLS)
    widget.response = placed(widget, RIGHT)
    assert (widget.result.status, widget.result.complete) == ("ungraded", True)
    assert (widget.result.score, widget.result.mastery) == (0, None)
    # A learner's work is kept all the same, and judged where the key is.
    assert pv.activity(path).result.board.score == 4


# What it keeps


def test_an_answer_is_kept_at_once(path: Path) -> None:
    widget = pv.activity(path)
    assert files() == []
    for cells in ({"card-0a": "IW"}, RIGHT):
        widget.response = placed(widget, cells)
        kept = answers.read(Path("answers.json"))["sample"]
        assert (kept["kind"], kept["version"]) == ("matrix", 1)
        assert kept["response"] == widget.response
        assert re.fullmatch(r"[\d-]{10}T[\d:.]{12}Z", kept["saved"])
    assert files() == ["answers.json"]
    assert widget._notice == "Saved in answers.json."


def test_answers_come_back(path: Path) -> None:
    first = pv.activity(path)
    first.response = placed(first, RIGHT)
    before = Path("answers.json").read_bytes()
    second = pv.activity(path)
    assert (second.response, second.result, second._notice) == (first.response, first.result, "")
    # Opening an activity is no answer.
    assert Path("answers.json").read_bytes() == before


def test_an_untouched_widget_writes_nothing(path: Path) -> None:
    widget = pv.activity(path)
    ipywidgets.VBox([widget])
    DisplayFormatter().format(widget)
    widget.response = {}
    widget.close()
    assert list(Path().iterdir()) == []


def test_answers_can_stay_in_memory(path: Path) -> None:
    widget = pv.activity(path, answers=None)
    widget.response = placed(widget, RIGHT)
    assert widget.result.board.score == 4
    assert widget._notice == ""
    assert list(Path().iterdir()) == []


def test_on_binder_it_says_that_the_session_ends(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://binder.example/")
    widget = pv.activity(path)
    assert "without activity it ends" in widget._notice
    assert words()["code"]["copy"] in widget._notice
    widget.response = placed(widget, RIGHT)
    assert widget._notice.startswith("Saved in answers.json. This is a session on Binder")


def test_the_file_stays_the_same_when_the_folder_changes(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = pv.activity(path, answers="mine.json")
    monkeypatch.chdir(tmp_path)
    widget.response = placed(widget, RIGHT)
    assert (tmp_path / "learner" / "mine.json").is_file()
    assert not (tmp_path / "mine.json").exists()


def test_two_kernels_keep_their_answers_in_one_file(path: Path, tmp_path: Path) -> None:
    # Both have read the file, which is not there yet, before either of them writes.
    code = (
        "import sys, pvwidgets as pv\n"
        "from pvwidgets.kinds.matrix.grade import blank\n"
        "widget = pv.activity(sys.argv[1])\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "for card, cell in zip('abcd', ('IW', 'CW', 'IJ', 'CJ')):\n"
        "    placed = widget.response.get('placed', {}) | {f'card-0{card}': cell}\n"
        "    widget.response = blank(widget.activity.public) | {'placed': placed}\n"
    )
    others = [save(tmp_path, document(id=name), f"{name}.yml") for name in ("one", "two")]
    kernels = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(other)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for other in others
    ]
    for kernel in kernels:
        assert "ready\n" in iter(kernel.stdout.readline, "")
    for kernel in kernels:
        kernel.stdin.write("go\n")
        kernel.stdin.flush()
    for kernel in kernels:
        kernel.communicate()
        assert kernel.returncode == 0
    kept = answers.read(Path("answers.json"))
    assert {name: one["response"]["placed"] for name, one in kept.items()} == {
        "one": RIGHT,
        "two": RIGHT,
    }
    assert [pv.activity(other).result.answered for other in others] == [4, 4]


def test_answers_to_an_activity_that_has_changed_are_fitted(path: Path, tmp_path: Path) -> None:
    widget = pv.activity(path)
    check = {"n": 1, "placed": RIGHT, "signs": {}}
    widget.response = placed(widget, RIGHT, checks=[check], tries=1)
    changed = bank(1)
    changed[0]["id"] = "another"
    save(tmp_path, document(changed, version=2))
    again = pv.activity(path)
    assert again.response["placed"] == {name: RIGHT[name] for name in RIGHT if name != "card-0a"}
    assert again.response["checks"] == []
    assert (again.result.status, again.result.answered) == ("graded", 3)
    assert again._notice == words()["ui"]["changed"]
    # The old answer stays in the file until the learner answers again.
    old = answers.read(Path("answers.json"))["sample"]
    assert old["version"] == 1
    again.response = again.response | {"placed": again.response["placed"] | {"another": "IW"}}
    assert answers.read(Path("answers.json"))["sample"]["version"] == 2
    # And even then it is not lost; nor is it put aside once more with each move.
    again.response = again.response | {"placed": {}}
    record = json.loads(Path("answers.json").read_text(encoding="utf-8"))
    assert {name: json.loads(text) for name, text in record["aside"].items()} == {
        "sample:1": old["response"]
    }


def test_a_kernel_killed_between_two_moves_loses_nothing(path: Path) -> None:
    # And one killed while it writes leaves the file as it was: `die` stands for the moment after
    # the new text is on the disk and before it takes the place of the old.
    code = (
        "import os, sys, pathlib, pvwidgets as pv\n"
        "from pvwidgets.kinds.matrix.grade import blank\n"
        "widget = pv.activity(sys.argv[1])\n"
        "def answer(**placed):\n"
        "    cells = {name.replace('_', '-'): cell for name, cell in placed.items()}\n"
        "    widget.response = blank(widget.activity.public) | {'placed': cells}\n"
        "answer(card_0a='IW')\n"
        "def die(*_):\n"
        "    os._exit(9)\n"
        "if sys.argv[2] == 'writing':\n"
        "    pathlib.Path.replace = die\n"
        "    answer(card_0a='IW', card_0b='CW')\n"
        "die()\n"
    )
    for moment in ("between", "writing"):
        done = subprocess.run([sys.executable, "-c", code, str(path), moment], check=False)
        assert done.returncode == 9
        widget = pv.activity(path)
        assert widget.response["placed"] == {"card-0a": "IW"}
        widget.response = placed(widget, RIGHT)
        assert widget._notice == "Saved in answers.json."
        Path("answers.json").unlink()


def test_a_read_only_folder_is_told_of_and_the_work_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = pv.activity(path)

    def refuse(*_: Any, **__: Any) -> None:  # root, as in CI, may write everywhere
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    widget.response = placed(widget, RIGHT)
    assert "it cannot be written (Permission denied)" in widget._notice
    assert (widget.result.answered, files()) == (4, [])


@pytest.mark.parametrize("stored", [{}, {"placed": 1}, {"set": ["card-0a"], "odd": [1]}])
def test_odd_answers_do_no_harm(path: Path, stored: dict[str, Any]) -> None:
    entry = {"saved": answers.now(), "response": stored}
    answers.write(Path("answers.json"), {"sample": entry, "other": entry})
    widget = pv.activity(path)
    assert widget.result.status == ("graded" if stored else "empty")
    assert widget.result.answered == 0
    widget.response = placed(widget, RIGHT)
    kept = answers.read(Path("answers.json"))
    assert kept["other"] == entry
    assert kept["sample"]["response"]["placed"] == RIGHT


def test_a_damaged_file_is_put_aside_and_told_of(path: Path) -> None:
    Path("answers.json").write_text("{torn")
    widget = pv.activity(path)
    assert "not being saved: answers.json: it is not JSON" in widget._notice
    assert (widget.response, files()) == ({}, ["answers.json"])
    widget.response = placed(widget, RIGHT)
    assert files() == ["answers.damaged-1.json", "answers.json"]
    assert "Saved in answers.json." in widget._notice
    assert "answers.damaged-1.json" in widget._notice
    assert Path("answers.damaged-1.json").read_text() == "{torn"
    assert pv.activity(path).response == widget.response


def test_a_newer_file_is_left_alone_and_told_of(path: Path) -> None:
    newer = json.dumps({"format": answers.FORMAT, "version": 2, "activities": {}})
    Path("answers.json").write_text(newer)
    widget = pv.activity(path)
    for cells in ({}, RIGHT):
        assert "answers.json: it was written by a newer version (2)" in widget._notice
        widget.response = placed(widget, cells)
    assert (Path("answers.json").read_text(), files()) == (newer, ["answers.json"])
    assert widget.result.board.score == 4  # the work goes on


def test_a_full_disk_is_told_of_and_the_work_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = pv.activity(path)

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        widget.response = placed(widget, {"card-0a": "IW"})
        assert "it cannot be written (No space left on device)" in widget._notice
        assert "w.response holds it" in widget._notice
        assert (widget.result.answered, files()) == (1, [])
    widget.response = placed(widget, RIGHT)
    assert widget._notice == "Saved in answers.json."
    assert pv.activity(path).response == widget.response


@pytest.mark.parametrize("name", ["", ".", "folder"])
def test_a_folder_is_no_answers_file(path: Path, name: str) -> None:
    Path("folder").mkdir()
    widget = pv.activity(path, answers=name)
    widget.response = placed(widget, RIGHT)
    assert "it is not a file" in widget._notice
    assert files() == ["folder"]


# In the book


def test_the_book_gets_a_placeholder(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOST, "book")
    here = pv.activity(path, seed="<1>", key=False)
    assert isinstance(here, Placeholder)
    assert (here.response, here.result.status) == ({}, "empty")
    html = here._repr_mimebundle_()["text/html"]
    data = re.fullmatch(r'<div class="pv-here" data-pv="([^"<>]*)"></div>', html)
    assert json.loads(unescape(data[1])) == {
        "ref": str(path),
        "seed": "<1>",
        "key": False,
        "folder": str(Path.cwd()),
    }
    assert (capsys.readouterr().out, files()) == ("", [])


def test_the_build_and_not_the_cell_tells_of_a_bad_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOST, "book")
    here = pv.activity("value-matrx")
    assert (here.what["ref"], here.result.status) == ("value-matrx", "empty")
