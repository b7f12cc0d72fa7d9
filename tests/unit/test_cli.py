"""The command: what it prints, and the code that it ends with."""

from __future__ import annotations

import json
import socket
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import pvwidgets as pv
from pvwidgets import cli, model
from pvwidgets.kinds import KINDS
from tests.unit.samples import document, save


def run(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int, str, str]:
    try:
        code = cli.main([str(arg) for arg in args])
    except SystemExit as end:  # argparse ends so
        code = end.code
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_is_installed() -> None:
    (command,) = entry_points(group="console_scripts", name="pvwidgets")
    assert command.load() is cli.main


def test_validate_takes_the_package_s_own(capsys: pytest.CaptureFixture[str]) -> None:
    count = len(pv.list_activities())
    assert run(capsys, "validate") == (0, f"{count} checked, all valid\n", "")


def test_validate_tells_every_problem_of_every_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = save(tmp_path, document(), "a.yml")
    one = save(tmp_path, document(title="", vresion=1), "b.yml")
    code, out, err = run(capsys, "validate", one, good, tmp_path / "none.yml", tmp_path)
    assert (code, out) == (1, "5 checked, 3 with problems\n")
    in_one = [
        f"{one}:1: title: expected a text, found an empty one",
        f'{one}:1: vresion: unknown field "vresion"; expected one of id, kind, version, title, '
        'prompt, objective, case, draw, seed, cards. Did you mean "version"?',
    ]
    gone = f"{tmp_path / 'none.yml'}: cannot be read: No such file or directory"
    assert err.splitlines() == [*in_one, gone, *in_one]


def test_validate_looks_into_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deep = tmp_path / "one" / "two"
    deep.mkdir(parents=True)
    save(deep, document(), "a.yml")
    save(tmp_path, document(), "b.yaml")
    save(tmp_path, "not an activity", "notes.txt")
    assert run(capsys, "validate", tmp_path) == (0, "2 checked, all valid\n", "")


def test_validate_does_not_call_nothing_valid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "validate", tmp_path)
    assert (code, out) == (1, "")
    assert err == f"{tmp_path}: there is no .yml or .yaml file in this folder\n"


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "list")
    assert (code, err) == (0, "")
    assert [line.split("\t")[0] for line in out.splitlines()] == pv.list_activities()
    assert "value-matrix\tmatrix\tMatrix classifier\n" in out


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "schema")
    assert (code, err) == (0, "")
    assert json.loads(out) == model.json_schema()
    assert out == cli.SCHEMA_FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["street-lamps", "a", "a1-b2", "b" * 60, "no", "null", "true"])
def test_new_writes_a_file_that_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, name: str
) -> None:
    path = tmp_path / f"{name}.yml"
    code, out, err = run(capsys, "new", kind, name, "--folder", tmp_path)
    assert (code, err) == (0, "")
    assert out == f"{path} written. Look at it: pvwidgets preview {path}\n"
    activity = pv.load(path)
    assert (activity.id, activity.kind, activity.version) == (name, kind, 1)
    assert activity.title == name.replace("-", " ").capitalize()
    assert pv.grade(activity, {}).status == "empty"
    assert run(capsys, "validate", path)[0] == 0


def test_new_writes_here_without_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "new", "matrix", "street-lamps")[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["street-lamps.yml"]


@pytest.mark.parametrize("what", ["file", "folder", "dangling link"])
def test_new_never_writes_over_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    path = tmp_path / "street-lamps.yml"
    if what == "file":
        path.write_text("a day's work")
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "elsewhere")
    code, out, err = run(capsys, "new", "matrix", "street-lamps", "--folder", tmp_path)
    assert (code, out) == (2, "")
    assert err == f"{path} is there already; nothing was changed\n"
    assert list(tmp_path.iterdir()) == [path]
    assert what != "file" or path.read_text() == "a day's work"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["new", "matrx", "lamps"],
            f'there is no kind "matrx"; expected one of {", ".join(KINDS)}. Did you mean "matrix"',
        ),
        (["new", "matrix", "Street lamps"], '"Street lamps" is no id; expected small letters'),
        (["new", "matrix", "../lamps"], '"../lamps" is no id'),
        (["new", "matrix", "lamps\n"], "is no id"),
        (["new", "matrix", ""], '"" is no id'),
        (["new", "matrix", "b" * 61], "is no id"),
        (
            ["new", "matrix", "lamps", "--folder", "none"],
            "none/lamps.yml: No such file or directory",
        ),
        (["new", "matrix"], "required: ID"),
        (["valdate"], "invalid choice: 'valdate'"),
        ([], "required: COMMAND"),
        (["list", "more"], "unrecognized arguments: more"),
        (["preview", "none.yml"], "none.yml: there is no such file"),
        (["preview", "."], ".: there is no such file"),
        (["preview", "none.yml", "--port", "65536"], "'65536' is no port; expected 0 to 65535"),
        (["preview", "none.yml", "--port", "-1"], "'-1' is no port"),
        (["preview", "none.yml", "--port", "http"], "'http' is no port"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    args: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *args)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = save(tmp_path, document())
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        code, out, err = run(capsys, "preview", path, "--port", port, "--no-open")
    assert (code, out) == (2, "")
    assert err == f"port {port} is taken; choose another with --port\n"


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (0, f"pvwidgets {pv.__version__}\n", "")
