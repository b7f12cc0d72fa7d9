"""The plugin with which a skipped test fails a run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


IN_A_TEST = "import pytest\n\ndef test_it():\n    {}\n"
# Nothing of the file is collected then, so no worker runs any of it.
WHOLE_FILE = "import pytest\n\npytest.skip('no browser', allow_module_level=True)\n"


@pytest.mark.parametrize(
    "workers", [(), ("-p", "xdist.plugin", "-n", "2", "--dist", "loadfile")], ids=["one", "two"]
)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (IN_A_TEST.format("assert True"), 0),
        (IN_A_TEST.format("pytest.skip('no browser here')"), 1),
        (IN_A_TEST.format("assert False"), 1),
        (WHOLE_FILE, 1),
    ],
    ids=["passes", "skips", "fails", "skips a file"],
)
def test_only_a_run_without_skips_passes(
    tmp_path: Path, text: str, code: int, workers: tuple[str, ...]
) -> None:
    (tmp_path / "test_it.py").write_text(text)
    (tmp_path / "test_other.py").write_text("def test_other():\n    assert True\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "tools.no_skip", "-p", "no:cacheprovider"]
    command += workers
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), "-c", str(tmp_path / "pytest.ini"), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert ("1 skipped: install what they miss" in done.stdout) == ("skip" in text)
