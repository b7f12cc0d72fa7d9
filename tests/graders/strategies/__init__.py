"""Random answers, one module for each kind of activity, named like the kind.

A kind that is answered item by item (`pvwidgets.kinds.attempts`) has ``fields(public, items)``: a
strategy for the fields that hold answers, for these items. Any other has ``responses(public)``: a
strategy for whole responses. Both give good ones; `tests.graders.test_both` damages them.
"""

from importlib import import_module
from pathlib import Path

STRATEGIES = {
    path.stem: import_module(f"{__name__}.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path.stem != "__init__"
}
