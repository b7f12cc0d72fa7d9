"""The plugin with which a skipped test fails a run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("assert True", 0),
        ("pytest.skip('no browser here')", 1),
        ("assert False", 1),
    ],
)
def test_only_a_run_without_skips_passes(tmp_path: Path, body: str, code: int) -> None:
    (tmp_path / "test_it.py").write_text(f"import pytest\n\ndef test_it():\n    {body}\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "tools.no_skip", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), "-c", str(tmp_path / "pytest.ini"), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert ("1 skipped: install what they miss" in done.stdout) == ("skip" in body)
