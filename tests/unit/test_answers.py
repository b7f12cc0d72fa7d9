"""The answers file: what is read, what wins, and that nothing a learner wrote is lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pvwidgets import answers
from pvwidgets.answers import AnswersError, DamagedError

EARLY, LATE = "2026-11-21T09:59:59.999Z", "2026-11-21T10:00:00.000Z"


def entry(saved: str = EARLY, **response: Any) -> dict[str, Any]:
    return {"kind": "matrix", "version": 1, "saved": saved, "response": response}


def record(**changes: Any) -> dict[str, Any]:
    whole = json.loads(answers.dump({"a": entry(n=1)}))
    return {name: value for name, value in (whole | changes).items() if value is not ...}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.json"


def others(path: Path) -> list[str]:
    """Return what lies beside the answers file, besides its lock."""
    return sorted({item.name for item in path.parent.iterdir()} - {path.name, f".{path.name}.lock"})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)  # fmt: skip
TIMES = st.sampled_from([EARLY, LATE]) | st.integers(1000, 9999).map(lambda y: f"{y}{LATE[4:]}")
ENTRIES = st.dictionaries(
    st.text(max_size=8),
    st.builds(lambda saved, value: entry(saved, value=value), TIMES, JSON),
    max_size=4,
)


@settings(max_examples=100)
@given(ENTRIES)
def test_a_record_reads_as_it_was_written(entries: dict[str, Any]) -> None:
    assert answers.parse(answers.dump(entries)) == entries


@settings(max_examples=100)
@given(ENTRIES, ENTRIES)
def test_the_newer_entry_wins(old: dict[str, Any], new: dict[str, Any]) -> None:
    before = json.dumps([old, new])
    merged = answers.merge(old, new)
    assert merged.keys() == old.keys() | new.keys()
    for name, kept in merged.items():
        known = [entries[name] for entries in (old, new) if name in entries]
        assert kept in known
        assert kept["saved"] == max(one["saved"] for one in known)
    assert answers.merge(merged, new) == answers.merge(merged, old) | merged == merged
    assert json.dumps([old, new]) == before


@pytest.mark.parametrize(
    ("old", "new", "kept"), [(EARLY, LATE, "new"), (LATE, EARLY, "old"), (LATE, LATE, "new")]
)
def test_of_two_entries(path: Path, old: str, new: str, kept: str) -> None:
    answers.write(path, {"a": entry(old, who="old"), "b": entry()})
    answers.write(path, {"a": entry(new, who="new"), "c": entry()})
    read = answers.read(path)
    assert read["a"]["response"] == {"who": kept}
    assert sorted(read) == ["a", "b", "c"]


def test_the_time_is_written_so_that_texts_sort_as_times() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", answers.now())
    assert "2026" < answers.now() < "9999"


def test_the_file_is_for_people_too(path: Path) -> None:
    answers.write(path, {"a": entry(text="é −")})
    assert path.read_text(encoding="utf-8") == (
        '{\n "format": "pvwidgets-answers",\n "version": 1,\n "course": "creating-public-value",\n'
        ' "activities": {\n  "a": {\n   "kind": "matrix",\n   "version": 1,\n'
        f'   "saved": "{EARLY}",\n   "response": {{\n    "text": "é −"\n   }}\n  }}\n }}\n}}\n'
    )


DAMAGED = [
    (b"", "it is not JSON"),
    (b'{"format": "pvwidgets-ans', "it is not JSON"),
    (b"\xff\xfe{\x00}\x00", "it is not UTF-8"),
    (b"[" * 100_000, "it is not JSON"),
    (b"9" * 5000, "it is not JSON"),
    (b" " * (answers.MAX_BYTES + 1), "more than 5,000,000 bytes"),
    ([], "it is not an answers file"),
    (None, "it is not an answers file"),
    ({"cells": [], "nbformat": 4}, "it is not an answers file"),
    (record(format="pvwidgets"), "it is not an answers file"),
    (record(version=...), "it names no version"),
    (record(version="1"), "it names no version"),
    (record(version=True), "it names no version"),
    (record(version=0), "it names no version"),
    (record(version=1.5), "it names no version"),
    (record(activities=...), 'it has no "activities"'),
    (record(activities=[entry()]), 'it has no "activities"'),
    (record(activities={"a": entry(), "b": None}), "its entry 'b' is damaged"),
    (record(activities={"b": []}), "its entry 'b' is damaged"),
    (record(activities={"b": {"response": {}}}), "its entry 'b' is damaged"),
    (record(activities={"b": {"saved": LATE}}), "its entry 'b' is damaged"),
    (record(activities={"b": {"saved": LATE, "response": []}}), "its entry 'b' is damaged"),
    (record(activities={"b": entry("2026-11-21")}), "its entry 'b' is damaged"),
    (record(activities={"b": entry(LATE + "\n")}), "its entry 'b' is damaged"),
    (record(activities={"b": entry("٢٠٢٦" + LATE[4:])}), "its entry 'b' is damaged"),
    (record(activities={"b": entry(1)}), "its entry 'b' is damaged"),
    (record(activities={"b" * 99: 1}), f"its entry '{'b' * 60}' is damaged"),
    (answers.dump({"b": entry(n=1)}).replace("1\n   }", "NaN\n   }"), "NaN is no JSON number"),
    (answers.dump({"b": entry(n=1)}).replace("1\n   }", "-Infinity\n   }"), "-Infinity is no"),
    (answers.dump({"b": entry(n=1)}).replace("1\n   }", "1e999\n   }"), "1e999 is too large"),
]


@pytest.mark.parametrize(("content", "why"), DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_is_put_aside(path: Path, content: Any, why: str) -> None:
    text = content if isinstance(content, (bytes, str)) else json.dumps(content)
    data = text.encode() if isinstance(text, str) else text
    path.write_bytes(data)
    with pytest.raises(DamagedError) as caught:
        answers.read(path)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == data  # reading never moves anything

    spare = answers.write(path, {"c": entry()})
    assert spare == path.with_name("answers.damaged-1.json")
    assert spare.read_bytes() == data
    assert answers.read(path) == {"c": entry()}


def test_no_damaged_file_takes_the_name_of_another(path: Path) -> None:
    spares = []
    for n in range(3):
        path.write_text(f"damaged {n}")
        spares.append(answers.write(path, {}))
    assert [spare.name for spare in spares] == [f"answers.damaged-{n}.json" for n in (1, 2, 3)]
    assert [spare.read_text() for spare in spares] == [f"damaged {n}" for n in range(3)]
    assert answers.write(path, {"a": entry()}) is None


def test_the_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    # Its writer knows how to read it: this one must neither change nor move it.
    path.write_text(json.dumps(record(version=2, activities=["in another form"])))
    before = path.read_bytes()
    for attempt in (lambda: answers.read(path), lambda: answers.write(path, {"a": entry()})):
        with pytest.raises(AnswersError, match=r"by a newer version \(2\) of pvwidgets") as caught:
            attempt()
        assert not isinstance(caught.value, DamagedError)
    assert path.read_bytes() == before
    assert others(path) == []


def make_folder(path: Path) -> None:
    path.mkdir()
    (path / "thesis.txt").write_text("mine")


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [make_folder, make_pipe])
def test_what_is_no_file_is_left_alone(path: Path, make: Any) -> None:
    make(path)
    for attempt in (lambda: answers.read(path), lambda: answers.write(path, {"a": entry()})):
        with pytest.raises(AnswersError, match="it is not a file"):
            attempt()
    assert path.exists()
    assert others(path) == []


def test_a_file_that_cannot_be_read_is_left_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.write(path, {"a": entry()})
    before = path.read_bytes()

    def refuse(*_: Any, **__: Any) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", refuse)
        with pytest.raises(AnswersError, match=r"it cannot be read \(Permission denied\)"):
            answers.write(path, {"a": entry(LATE, n=2)})
    assert path.read_bytes() == before
    assert others(path) == []


@pytest.mark.parametrize("content", [answers.dump({"a": entry()}), "damaged"])
@pytest.mark.parametrize("name", ["replace", "fsync"])
def test_a_write_that_fails_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    path.write_text(content)
    real = os.replace

    def fail(*args: Any, **_: Any) -> None:
        # Putting a damaged file aside, and back, goes on working.
        if name == "replace" and not Path(args[0]).name.startswith("."):
            return real(*args)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail)
        with pytest.raises(AnswersError, match=r"it cannot be written \(No space left on device\)"):
            answers.write(path, {"b": entry()})
    assert path.read_text() == content
    assert others(path) == []


def test_what_was_put_aside_stays(path: Path) -> None:
    answers.write(path, {"a": entry()}, {"a": {"old": 1}})
    answers.write(path, {"b": entry()})
    answers.write(path, {"a": entry(LATE)}, {"a": {"old": 2}})
    aside = json.loads(path.read_text(encoding="utf-8"))["aside"]
    assert aside == {"a:1": '{"old": 1}', "a:2": '{"old": 2}'}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_could_not_be_read_again_is_not_written(path: Path, value: Any) -> None:
    answers.write(path, {"a": entry()})
    with pytest.raises(AnswersError, match="it cannot be written"):
        answers.write(path, {"b": entry(value=value)})
    assert answers.read(path) == {"a": entry()}
    assert others(path) == []


def test_half_an_emoji_keeps_nothing_else_unsaved(path: Path) -> None:
    # A browser writes it so.
    text = answers.dump({"a": entry(text="half")})
    path.write_text(text.replace("half", "half \\ud83d"), encoding="utf-8")
    answers.write(path, {"b": entry()}, {"b": {"old": "\ude00"}})
    assert answers.read(path) == {"a": entry(text="half \ud83d"), "b": entry()}
    answers.write(path, {"c": entry()})
    aside = json.loads(path.read_text(encoding="utf-8"))["aside"]
    assert aside == {"b:1": '{"old": "\ude00"}'}


def test_a_file_may_begin_with_the_mark_of_an_editor(path: Path) -> None:
    answers.write(path, {"a": entry()}, {"a": {"old": 1}})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert answers.read(path) == {"a": entry()}
    assert answers.write(path, {"b": entry()}) is None
    assert answers.read(path) == {"a": entry(), "b": entry()}
    assert json.loads(path.read_text(encoding="utf-8"))["aside"] == {"a:1": '{"old": 1}'}


def test_others_may_read_the_file_and_no_folder_is_made(tmp_path: Path) -> None:
    answers.write(tmp_path / "answers.json", {"a": entry()})
    (tmp_path / "plain.json").write_text("")
    modes = {p.stat().st_mode for p in (tmp_path / "answers.json", tmp_path / "plain.json")}
    assert len(modes) == 1
    with pytest.raises(AnswersError, match="its folder does not exist"):
        answers.write(tmp_path / "nowhere" / "answers.json", {"a": entry()})
    assert not (tmp_path / "nowhere").exists()


def test_no_file_means_no_answers(path: Path) -> None:
    assert answers.read(path) == {}
    assert answers.read(Path("a\0b")) == {}
    with pytest.raises(AnswersError, match="it cannot be written"):
        answers.write(Path("a\0b"), {"a": entry()})


def test_a_lock_that_is_held_is_not_broken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = answers.FileLock(path.with_name(".answers.json.lock"))
    # A shorter wait: how long it takes is not what is tested.
    monkeypatch.setattr(answers, "FileLock", lambda name, timeout: type(lock)(name, timeout=0.05))
    with lock, pytest.raises(AnswersError, match="it cannot be written"):
        answers.write(path, {"a": entry()})
    assert not path.exists()
    answers.write(path, {"a": entry()})
    assert answers.read(path) == {"a": entry()}


def test_threads_lose_nothing(path: Path) -> None:
    names = [f"{thread}-{turn}" for thread in range(4) for turn in range(6)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: answers.write(path, {name: entry(name=name)}), names))
    assert answers.read(path) == {name: entry(name=name) for name in names}


def test_processes_lose_nothing(path: Path) -> None:
    # Both start when they have a line to read, so that they write at the same time.
    code = (
        "import sys; from pathlib import Path; from pvwidgets import answers\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "for turn in range(20):\n"
        "    entry = {'saved': answers.now(), 'response': {'turn': turn}}\n"
        "    answers.write(Path(sys.argv[1]), {f'{sys.argv[2]}-{turn}': entry})\n"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "ab"
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    read = answers.read(path)
    assert sorted(read) == sorted(f"{name}-{turn}" for name in "ab" for turn in range(20))
    assert others(path) == []
