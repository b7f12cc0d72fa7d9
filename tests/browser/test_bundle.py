"""The bundles in pvwidgets/static are what the sources in js/ make, and they stay small."""

import gzip
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "pvwidgets" / "static"
NODE = shutil.which("node")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("static")
    subprocess.run([NODE, "build.mjs", str(out)], cwd=ROOT / "js", check=True)
    return out


def test_the_bundles_are_fresh(built):
    names = sorted(p.name for p in built.iterdir())
    assert names == sorted(p.name for p in STATIC.iterdir())
    for name in names:
        same = (built / name).read_bytes() == (STATIC / name).read_bytes()
        assert same, f"{name} is stale: make js"


LIMIT = 25_000  # bytes, for all kinds of activity together


@pytest.mark.parametrize("script", ["page.js", "widget.js"])
def test_each_host_gets_little(script):
    size = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in (script, "pv.css"))
    assert size < LIMIT


def test_nothing_in_the_bundles_inserts_markup_or_runs_text():
    for path in STATIC.glob("*.js"):
        code = path.read_text(encoding="utf-8")
        for word in ("eval(", "new Function", "document.write", "insertAdjacentHTML"):
            assert word not in code, f"{word} in {path.name}"
