"""Build the book with warnings as errors and put a good build at _build/html.

    .venv/bin/python -m tools.build_book

Jupyter Book works in _build/work. Only a build without warnings is moved to _build/html, so what is
there is always the last good one. Nothing is built when no input has changed since.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.small_book import JUPYTER_BOOK, STRICT

ROOT = Path(__file__).resolve().parent.parent
# Folders at the top that no page of the book depends on.
NOT_INPUTS = {"BENCHMARKS.md", "_build", "bench", "dist", "docs", "js", "node_modules", "tests"}
# Anything else that changes may alter what code cells put out, and Sphinx does not see that.
PAGE_SUFFIXES = {".ipynb", ".md"}

# Takes the project's folder and the output folder; returns the exit code and all that was printed.
RunBook = Callable[[Path, Path], tuple[int, str]]


@dataclass(frozen=True)
class Outcome:
    """What became of a build: `report` is for the person at the terminal."""

    ok: bool
    report: str


def run_jupyter_book(root: Path, work: Path) -> tuple[int, str]:
    command = [*JUPYTER_BOOK, *STRICT, "--path-output", str(work), str(root)]
    process = subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"PYTHONUTF8": "1"},
        start_new_session=True,  # a Ctrl-C comes to us alone, and we end the build quietly
    )
    try:
        output, _ = process.communicate()
    except BaseException:
        _end(process)
        raise
    return process.returncode, output


def _end(process: subprocess.Popen[str]) -> None:
    for number, seconds in ((signal.SIGINT, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, number)
            process.communicate(timeout=seconds)
        except (OSError, subprocess.TimeoutExpired):
            continue
        return


def input_files(root: Path) -> Iterator[Path]:
    """Yield every file that the book may depend on, hidden and derived ones left out."""
    for folder, folders, files in os.walk(root):
        top = Path(folder) == root
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name != "__pycache__"
            and not (top and name in NOT_INPUTS)
            and not Path(folder, name, "pyvenv.cfg").exists()
        )
        for name in sorted(files):
            passing = name.startswith(".") or name.endswith(("~", ".pyc", ".tmp"))
            passing = passing or (top and name in NOT_INPUTS)
            if not passing and name != "answers.json":  # a learner's own, and no page shows it
                yield Path(folder, name)


def fingerprint(root: Path) -> dict[str, str]:
    """Return the SHA-256 of each input by its path in the project."""
    digests = {}
    for path in input_files(root):
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotFoundError:  # removed since it was listed, as an editor does
            continue
        digests[path.relative_to(root).as_posix()] = digest
    return digests


def build(root: Path = ROOT, run: RunBook = run_jupyter_book, name: str = "html") -> Outcome:
    """Build the book into _build/`name` if an input has changed since the last good build."""
    out = root / "_build"
    suffix = "" if name == "html" else f"-{name}"
    work, html, state_file = out / f"work{suffix}", out / name, out / f"book{suffix}.json"
    inputs = fingerprint(root)
    last = _read_state(state_file)
    before = last["inputs"] if last else {}
    names = inputs.keys() | before.keys()
    changed = {name for name in names if inputs.get(name) != before.get(name)}
    good = last is not None and last["good"] is True

    if good and not changed and (html / "index.html").exists():
        return Outcome(True, "The book is up to date.")

    if any(Path(name).suffix not in PAGE_SUFFIXES for name in changed):
        shutil.rmtree(work, ignore_errors=True)
    elif not good or inputs.keys() != before.keys():
        # Sphinx warns about a page only when it reads it: after a build with warnings, a page that
        # is not read again would pass.
        shutil.rmtree(work / "_build" / ".doctrees", ignore_errors=True)

    work.mkdir(parents=True, exist_ok=True)
    _write_state(state_file, inputs, good=False)  # stays so if this is interrupted
    start = time.monotonic()
    code, output = run(root, work)
    seconds = time.monotonic() - start
    log = out / f"build{suffix}.log"
    log.write_text(output, encoding="utf-8")

    # Jupyter Book only prints what it finds wrong in _config.yml, and goes on.
    if code or "Validation errors in config" in output:
        return Outcome(False, _failure(root, work, log, output))
    _replace(html, work / "_build" / "html")
    _write_state(state_file, inputs, good=True)
    return Outcome(True, f"The book is built, without warnings, in {seconds:.0f} s.")


def _read_state(path: Path) -> dict[str, Any] | None:
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return state if isinstance(state, dict) else None


def _write_state(path: Path, inputs: dict[str, str], *, good: bool) -> None:
    path.write_text(json.dumps({"good": good, "inputs": inputs}, indent=1), encoding="utf-8")


def _replace(html: Path, new: Path) -> None:
    """Put a copy of `new` at `html`, the time in which nothing is there being a rename."""
    incoming, outgoing = (html.with_name(f"{html.name}.{part}") for part in ("new", "old"))
    for leftover in (incoming, outgoing):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(new, incoming)
    if html.exists():
        html.rename(outgoing)
    incoming.rename(html)
    shutil.rmtree(outgoing, ignore_errors=True)


def _failure(root: Path, work: Path, log: Path, output: str) -> str:
    lines = [_plain(line, root) for line in output.splitlines()]
    pattern = re.compile(r"WARNING|ERROR|CRITICAL|Error\b|\[key path")
    # The kernel app's warning is about its own network connection, on this machine.
    telling = [line for line in lines if pattern.search(line) and "[IPKernelApp]" not in line]
    telling = telling or lines[-20:]
    for report in sorted((work / "_build" / "html" / "reports").rglob("*.log")):
        lines = report.read_text(encoding="utf-8", errors="replace").strip().splitlines() or [""]
        telling.append(f"{_plain(str(report), root)} ends: {_plain(lines[-1], root)}")
    telling.append(f"The book was not built. All that was printed is in {_plain(str(log), root)}.")
    return "\n".join(telling)


def _plain(line: str, root: Path) -> str:
    """Return the line without colours, and with paths as a person in the project names them."""
    return re.sub(r"\x1b\[[0-9;]*m", "", line).replace(f"{root}{os.sep}", "").rstrip()


def main() -> int:
    print("== Building the book, with warnings as errors", flush=True)
    try:
        outcome = build()
    except KeyboardInterrupt:
        return 130
    print(outcome.report, file=sys.stdout if outcome.ok else sys.stderr)
    return 0 if outcome.ok else 1


if __name__ == "__main__":
    sys.exit(main())
