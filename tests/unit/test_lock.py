"""The writing of the locks, with a fake in the place of uv."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import build_lite, lock

SUM = "0" * 64


class FakeUv:
    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.kept: list[str] = []
        self.wanted: list[list[str]] = []

    def __call__(self, command: list[str], *, cwd: Path) -> str:
        self.commands.append(command)
        out = Path(command[command.index("--output-file") + 1])
        self.kept.append(out.read_text(encoding="utf-8") if out.exists() else "")
        self.wanted.append(Path(command[-1]).read_text(encoding="utf-8").splitlines())
        first = self.wanted[-1][0].split(">=")[0]
        out.write_text(f"{first}==1 \\\n    --hash=sha256:{SUM}\n", encoding="utf-8")
        return ""


@pytest.fixture
def uv(monkeypatch: pytest.MonkeyPatch) -> FakeUv:
    fake = FakeUv()
    monkeypatch.setattr(build_lite, "run", fake)
    monkeypatch.setattr(lock.shutil, "which", lambda name, path: f"{path}/{name}")
    return fake


def test_what_is_locked_stays_unless_an_upgrade_is_wanted(uv: FakeUv, tmp_path: Path) -> None:
    file = tmp_path / "some.txt"
    lock.write(file, "What it is.", [lock.locked(file, ["a>=1"], [])])
    text = f"# What it is. Written by: make lock\na==1 \\\n    --hash=sha256:{SUM}\n"
    assert file.read_text(encoding="utf-8") == text
    lock.locked(file, ["a>=1"], ["--upgrade"])
    assert uv.kept == ["", text]
    assert "--upgrade" in uv.commands[1]
    assert "--upgrade" not in uv.commands[0]
    assert all("--generate-hashes" in command for command in uv.commands)


def test_each_lock_gets_what_it_is_for(
    uv: FakeUv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BINDER_LOCK", "BUILD_LOCK", "SITE_LOCK", "KERNEL_LOCK", "PYODIDE_LOCK"):
        monkeypatch.setattr(lock, name, tmp_path / name)
    (tmp_path / "PYODIDE_LOCK").write_text('{"version": "1"}')
    core = tmp_path / "core"
    core.mkdir()
    (core / "pyodide-lock.json").write_text('{"packages": {}}')
    archive = tmp_path / "pyodide.tgz"
    archive.write_bytes(b"")
    monkeypatch.setattr(build_lite, "npm_pack", lambda version: archive)
    monkeypatch.setattr(build_lite, "pyodide", lambda: core)
    monkeypatch.setattr(build_lite, "CACHE", tmp_path)

    lock.lock_all()
    binder, builds, site, kernel, extension = uv.wanted
    assert any(one.startswith("jupyterlab>=") for one in binder)
    assert any(one.startswith("matplotlib>=") for one in binder), "from the extra in the extra"
    assert not any(one.startswith(("pvwidgets", "hatchling", "pytest")) for one in binder)
    assert [one.split(">=")[0] for one in builds] == ["hatchling"]
    assert any(one.startswith("jupyterlite-core") for one in site)
    assert {"micropip", "comm"} <= set(kernel)
    assert [one.split(">=")[0] for one in extension] == ["jupyterlab-myst"]
    assert "--no-deps" in uv.commands[-1]
    said = json.loads((tmp_path / "PYODIDE_LOCK").read_text(encoding="utf-8"))
    assert said["sha256"] == build_lite.sha256(archive)


def test_only_what_is_pure_is_held_to_the_version_of_pyodide(tmp_path: Path) -> None:
    file = tmp_path / "pyodide-lock.json"
    packages = {
        "six": {"version": "1.17.0", "file_name": "six-1.17.0-py2.py3-none-any.whl"},
        "numpy": {"version": "2.4.3", "file_name": "numpy-2.4.3-cp314-pyodide_wasm32.whl"},
    }
    file.write_text(json.dumps({"packages": packages}))
    assert lock.pure(file) == "six==1.17.0\n"


def test_without_uv_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lock.shutil, "which", lambda name, path: None)
    with pytest.raises(build_lite.LiteError, match="make lock"):
        lock.locked(tmp_path / "some.txt", ["a"], [])
