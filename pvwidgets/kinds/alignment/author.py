"""What an author writes for aligning several triangles, the rules it must keep, and its halves."""

from __future__ import annotations

from typing import Any

from ...schema import Report, Schema
from ...words import words
from ..forms import as_stored, links_hold, public_half, record_schema
from .table import FIELDS, GROUPS, NAMING, PARTNERS, RULES, drawn

SCHEMA: dict[str, Schema] = {
    "record": record_schema(
        FIELDS, "the record of the collaboration at the start; without it, it starts empty"
    ),
}

REQUIRED: list[str] = []

TEMPLATE = """
prompt: A school and a sports club want to open the yard together. Mend what is not aligned.
record:                        # the record at the start; leave it out to start empty
  outcome: children of different streets play together
  cells: [CW]
  partners:
    - {name: school, home: The yard belongs to the quarter., home_cells: [CW], leave: granted,
       leave_by: town council, leave_means: the yard on two evenings}
    - {name: sports club, home: More children come to us., home_cells: [IW], leave: likely}
  capacities:
    - {name: somebody with the key, holder: school}
"""


def build(
    data: dict[str, Any], report: Report, seed: int | str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check the rules of an alignment and part it into its halves.

    Parameters
    ----------
    data : dict
        The fields, already held against `SCHEMA`.
    report : Report
        Where problems are noted; raised here when there are any.
    seed : int or str, optional
        Not used: nothing is drawn.

    Returns
    -------
    public, key : dict
        The form, the rules and the record at the start; the key is empty.

    Raises
    ------
    ActivityError
        A rule is broken.
    """
    given = data.get("record") or {}
    links_hold(FIELDS, given, "record", report)
    report.stop_if_any()
    public = public_half(GROUPS, RULES, NAMING)
    w = words()["records"]
    public["figures"] = [drawn(n, w["problem"]) for n in range(PARTNERS["most"] + 1)]
    public["turns"] = [
        w["turning" if n < len(RULES) else "aligned"].format(n=n, of=len(RULES))
        for n in range(len(RULES) + 1)
    ]
    if given:
        public["start"] = as_stored(FIELDS, given)
    return public, {}
