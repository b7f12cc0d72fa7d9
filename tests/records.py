"""Records for tests: that of an activity, with edits such as ``{"needs[0].giver": ""}``."""

import copy
import json
import re
from pathlib import Path

import pvwidgets as pv

VECTORS = Path(__file__).parent / "vectors"
KINDS = ("triangle", "alignment")


def loaded(kind):
    return pv.load(VECTORS / kind / "activity.yml")


def cases(kind):
    found = json.loads((VECTORS / kind / "report.json").read_text(encoding="utf-8"))
    assert found
    return found


def edited(record, edits):
    """Return a record with each path set to its value; null takes it out."""
    record = copy.deepcopy(record)
    for path, value in edits.items():
        *way, last = [int(s) if s.isdigit() else s for s in re.findall(r"\w+", path)]
        inside = record
        for step in way:
            inside = inside[step]
        if value is None:
            del inside[last]
        elif isinstance(last, int) and last == len(inside):
            inside.append(value)
        else:
            inside[last] = value
    return record


def record_of(activity, case):
    base = {} if case.get("empty") else activity.public["start"]
    return edited(base, case["edits"])
