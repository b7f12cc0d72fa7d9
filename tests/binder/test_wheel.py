"""The wheel holds all that the package needs, and is built and installed without Node.js."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pvwidgets"
MEGABYTE = 1_000_000
SHOW = """
import pvwidgets as pv, pathlib, sys
assert pathlib.Path(pv.__file__).is_relative_to(sys.argv[1]), pv.__file__
names = pv.list_activities()
from pvwidgets.widget import ActivityWidget
widget = ActivityWidget(pv.load("value-matrix"), answers=None)
print(len(names), len(widget._esm), pv.grade(pv.load("value-matrix"), {}).status)
"""


def run(*command, path=None):
    done = subprocess.run(
        [str(one) for one in command],
        cwd=ROOT,
        # Only programs of this Python: no node, no npm.
        env={**os.environ, "PATH": str(Path(sys.executable).parent), "PYTHONPATH": str(path or "")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    (path,) = folder.glob("*.whl")
    return path


def names_in(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_it_holds_every_file_of_the_package_and_no_other(wheel):
    files = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert {"pvwidgets/static/widget.js", "pvwidgets/words.json", "pvwidgets/py.typed"} <= files
    inside = {name for name in names_in(wheel) if ".dist-info/" not in name}
    assert inside == files


def test_it_says_who_wrote_it_and_under_which_licence(wheel):
    about = {name.split(".dist-info/")[1] for name in names_in(wheel) if ".dist-info/" in name}
    assert {"METADATA", "entry_points.txt", "licenses/LICENSE"} <= about
    assert "licenses/LICENSE-TEXTS.md" in about


def test_it_is_small(wheel):
    print(f"\n{wheel.name}: {wheel.stat().st_size / 1000:.0f} KB")
    assert wheel.stat().st_size < MEGABYTE


def test_it_works_where_it_is_installed(wheel, tmp_path):
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
        "--target", tmp_path / "site", wheel)  # fmt: skip
    told = run(sys.executable, "-P", "-c", SHOW, tmp_path / "site", path=tmp_path / "site")
    assert re.fullmatch(r"\d+ \d{4,} empty\n", told), told
    assert int(told.split()[0]) == len(list((PACKAGE / "activities").glob("*.yml")))
