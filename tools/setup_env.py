"""Make .venv and install this package with one of its extras, unless that is done already.

    python3 tools/setup_env.py book

What was installed is written to .venv/pv-state.json. It is done again when pyproject.toml, the
Python or the place of the project has changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[[list[str]], "subprocess.CompletedProcess[str]"]


class SetupError(Exception):
    """The environment could not be made; the message is for the person at the terminal."""


def run_captured(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def say(text: str) -> None:
    print(text, flush=True)


def covered_extras(optional: Mapping[str, list[str]], extra: str) -> set[str]:
    """Return `extra` and the extras that it includes by naming pvwidgets[...]."""
    if extra not in optional:
        raise SetupError(f"pyproject.toml has no extra called {extra!r}.")
    found = {extra}
    for requirement in optional[extra]:
        match = re.match(r"pvwidgets\[([^\]]*)\]", requirement)
        if match:
            for name in match[1].split(","):
                found |= covered_extras(optional, name.strip())
    return found


def read_state(path: Path) -> dict[str, Any]:
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def set_up(extra: str, root: Path = ROOT, run: Run = run_captured) -> bool:
    """Bring root/.venv up to date with `extra`; return whether anything had to be done."""
    pyproject = (root / "pyproject.toml").read_bytes()
    optional = tomllib.loads(pyproject.decode())["project"]["optional-dependencies"]
    covered = covered_extras(optional, extra)
    digest = hashlib.sha256(pyproject).hexdigest()
    venv = root / ".venv"
    python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    state_file = venv / "pv-state.json"
    # The installed package and the scripts of a .venv hold absolute paths.
    base = {"python": sys.version, "root": str(root)}

    state = read_state(state_file)
    fresh = not python.exists() or any(state.get(key) != value for key, value in base.items())
    installed = state.get("installed", {})
    if not fresh and installed.get(extra) == digest:
        return False

    if fresh:
        say(f"== Making .venv with Python {sys.version.split()[0]}")
        # make may be run with this very .venv activated, and it is about to be cleared.
        python_outside = getattr(sys, "_base_executable", sys.executable)
        _check(
            run([python_outside, "-m", "venv", "--clear", str(venv)]),
            "Python could not make .venv; its messages are above.",
        )
        state_file.write_text(json.dumps(base), encoding="utf-8")
    say(f"== Installing pvwidgets[{extra}] into .venv (the first time takes a minute or two)")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _check(
        run([*pip, "--editable", f"{root}[{extra}]"]),
        "pip could not install what the project needs; its messages are above.",
    )
    kept = {name: value for name, value in installed.items() if not fresh and value == digest}
    installed = kept | dict.fromkeys(sorted(covered), digest)
    state_file.write_text(json.dumps(base | {"installed": installed}), encoding="utf-8")
    return True


def _check(done: subprocess.CompletedProcess[str], sentence: str) -> None:
    if done.returncode:
        sys.stderr.write(done.stdout or "")
        raise SetupError(sentence)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: setup_env.py EXTRA", file=sys.stderr)
        return 2
    try:
        set_up(arguments[0])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
