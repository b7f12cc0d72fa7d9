"""One way in to grading: pure, exact, no network, no files."""

from __future__ import annotations

from typing import Any, Protocol

from .kinds import part
from .results import Malformed, Result


class Gradable(Protocol):
    """What grading needs of an activity: its kind, its public half and, if at hand, its key."""

    @property
    def kind(self) -> str:
        """Name of the activity's kind."""

    @property
    def public(self) -> dict[str, Any]:
        """What a learner may see before answering."""

    @property
    def key(self) -> dict[str, Any] | None:
        """Keys, credit and feedback; None where only the public half is at hand."""


def grade(activity: Gradable, response: Any) -> Result:
    """Grade a response to an activity.

    Parameters
    ----------
    activity : Activity
        From `pvwidgets.load`; without its key half, only completeness is told.
    response : object
        What a learner answered, as plain data. ``{}`` and None mean: not started.

    Returns
    -------
    Result
        Never raises for a response of any shape: one that is not of the form is ``malformed``,
        scores nothing and says why.
    """
    rule = part(activity.kind, "grade")
    if response is None or response == {}:
        untouched = rule.grade(activity.public, None, rule.blank(activity.public))
        return Result("empty", 0, untouched.total)
    try:
        rule.validate(activity.public, response)
    except Malformed as fault:
        return Result("malformed", problem={"code": fault.code, "at": fault.at})
    result: Result = rule.grade(activity.public, activity.key, response)
    return result
