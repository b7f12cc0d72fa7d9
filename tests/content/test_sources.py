"""Every item of the source documents that must be taught is taught somewhere, and where."""

import csv
from pathlib import Path

from .prose import ROOT

HERE = Path(__file__).parent
ROWS = list(csv.DictReader((HERE / "source-items.csv").open(encoding="utf-8")))
MUST = (HERE / "source-items.txt").read_text(encoding="utf-8").split()


def test_every_item_has_its_place():
    assert len(MUST) == len(set(MUST)) == 129
    assert set(MUST) - {row["item"] for row in ROWS} == set()


def test_every_place_is_there():
    for row in ROWS:
        text = (ROOT / row["file"]).read_text(encoding="utf-8")
        assert f"({row['anchor']})=\n" in text, row


def test_anchors_are_unique():
    seen = {}
    for page in sorted((ROOT / "chapters").rglob("*.md")):
        for line in page.read_text(encoding="utf-8").splitlines():
            if line.startswith("(") and line.endswith(")="):
                assert line not in seen, (line, page, seen.get(line))
                seen[line] = page
