"""What the activities share that are answered item by item and checked: the form of a response.

A response holds the set of items that was drawn, the answers as they stand, every check of this
set, and the checks of sets drawn before. Kinds differ in the fields that hold their answers (the
matrix has ``placed`` and ``signs``), and in how they judge them; both are told by a `Form`.

`js/src/core/attempts.ts` is the same for the browser. Pure, exact, standard library only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..results import Check, Malformed, Result, as_count

MAX_CHECKS = 500
MAX_EARLIER = 100

Public = dict[str, Any]
Answers = dict[str, Any]


class ByItem:
    """A field of answers that maps an item's id to one value.

    Parameters
    ----------
    fits : callable
        ``fits(public, item, value)`` tells whether a value, which may be anything that JSON can
        hold, is one that the item can have.
    code : str
        The `Malformed` code of a value that does not fit.
    """

    def __init__(self, fits: Callable[[Public, str, Any], bool], code: str) -> None:
        self._fits = fits
        self._code = code

    def blank(self, public: Public, items: list[str]) -> Any:
        """Return the field of a learner who has answered nothing."""
        return {}

    def check(self, public: Public, items: list[str], value: Any, at: str) -> None:
        """Raise Malformed unless `value` is such a field."""
        if not isinstance(value, dict):
            raise Malformed("not-an-object", at)
        known = set(items)
        if any(item not in known for item in value):
            raise Malformed("unknown-card", at)
        if not all(self._fits(public, item, one) for item, one in value.items()):
            raise Malformed(self._code, at)

    def keep(self, public: Public, items: list[str], old: Any) -> Any:
        """Return what of a stored field still fits these items."""
        kept = old if isinstance(old, dict) else {}
        return {i: kept[i] for i in items if i in kept and self._fits(public, i, kept[i])}

    def has(self, old: Any, item: str) -> bool:
        """Whether a stored field, of any form, says something of an item."""
        return isinstance(old, dict) and item in old


@dataclass(frozen=True)
class Form:
    """The form of a kind's responses, and how its answers are judged.

    Attributes
    ----------
    fields : dict of str to ByItem
        The fields that hold answers; the first decides what counts as answered.
    judge : callable
        ``judge(public, key, items, answers)`` gives the Check of some answers.
    mastered : callable, optional
        Whether a first check reached the mark; by default 80 % of the points.
    answered : callable, optional
        ``answered(public, response)`` counts the items that are answered; by default the entries
        of the first field.
    of : int, optional
        Into how many equal steps an item's point is parted; a key with a ``scale`` tells it itself.
    """

    fields: dict[str, Any]
    judge: Callable[[Public, dict[str, Any], list[str], Answers], Check]
    mastered: Callable[[Check], bool] | None = None
    answered: Callable[[Public, dict[str, Any]], int] | None = None
    of: int = 1

    def blank(self, public: Public) -> dict[str, Any]:
        """Return the response of a learner who has only opened the activity.

        Its fields: ``set``, the ids of the items that were drawn; the answers as they stand;
        ``checks``, every check of this set with its number ``n`` since the learner last started
        over; ``explained``, how many checks were made when all explanations were first asked for,
        0 if never; ``tries``, checks since the last start; ``earlier``, the checks made on sets
        drawn before, one entry for each.
        """
        items = list(public["sets"][0])
        return {
            "set": items,
            **{name: field.blank(public, items) for name, field in self.fields.items()},
            "checks": [],
            "explained": 0,
            "tries": 0,
            "earlier": [],
        }

    def validate(self, public: Public, response: Any) -> None:
        """Raise Malformed unless a response is of the form of `blank`.

        Parameters
        ----------
        public : dict
            The activity's public half.
        response : object
            Anything that JSON can hold.

        Raises
        ------
        Malformed
            With a code and the place of the first fault; it never repeats what was found there.
        """
        exact(response, "", ("set", *self.fields, "checks", "explained", "tries", "earlier"))
        self._attempt(public, response, "")
        if as_count(response["tries"], len(response["checks"])) is None:
            raise Malformed("not-a-number", "tries")
        self._answers(public, response, response["set"], "")
        earlier = response["earlier"]
        if not isinstance(earlier, list):
            raise Malformed("not-a-list", "earlier")
        if len(earlier) > MAX_EARLIER:
            raise Malformed("too-many", "earlier")
        for i, attempt in enumerate(earlier):
            at = f"earlier[{i}]"
            exact(attempt, at, ("set", "checks", "explained"))
            self._attempt(public, attempt, at)

    def _attempt(self, public: Public, attempt: dict[str, Any], at: str) -> None:
        dot = f"{at}." if at else ""
        items = attempt["set"]
        if not isinstance(items, list):
            raise Malformed("not-a-list", f"{dot}set")
        if items not in public["sets"]:
            raise Malformed("not-a-set", f"{dot}set")
        checks = attempt["checks"]
        if not isinstance(checks, list):
            raise Malformed("not-a-list", f"{dot}checks")
        if len(checks) > MAX_CHECKS:
            raise Malformed("too-many", f"{dot}checks")
        for i, check in enumerate(checks):
            here = f"{dot}checks[{i}]"
            exact(check, here, ("n", *self.fields))
            number = as_count(check["n"], MAX_CHECKS)
            if number is None or number < 1 or (i == 0 and number != 1):
                raise Malformed("not-a-number", f"{here}.n")
            self._answers(public, check, items, here)
        if as_count(attempt["explained"], len(checks)) is None:
            raise Malformed("not-a-number", f"{dot}explained")

    def _answers(self, public: Public, value: dict[str, Any], items: list[str], at: str) -> None:
        dot = f"{at}." if at else ""
        for name, field in self.fields.items():
            field.check(public, items, value[name], f"{dot}{name}")

    def fit(self, public: Public, response: Any) -> dict[str, Any]:
        """Return what of a stored response still fits an activity that has changed since.

        Answers to items that are still there stay. Checks are kept only with the very set that
        they were made on, because a first check counts for a whole set.

        Parameters
        ----------
        public : dict
            The public half as it is now.
        response : object
            What was stored.

        Returns
        -------
        dict
            A well-formed response.
        """
        try:
            self.validate(public, response)
        except Malformed:
            pass
        else:
            return dict(response)
        old = response if isinstance(response, dict) else {}
        name, first = next(iter(self.fields.items()))
        drawn = old["set"] if isinstance(old.get("set"), list) else []
        fresh = self.blank(public)
        best = -1
        for items in public["sets"]:
            overlap = sum(2 * first.has(old.get(name), i) + (i in drawn) for i in items)
            if overlap > best:
                best = overlap
                fresh["set"] = list(items)
        for name, field in self.fields.items():
            fresh[name] = field.keep(public, fresh["set"], old.get(name))
        attempts = list(old["earlier"]) if isinstance(old.get("earlier"), list) else []
        current = {name: old.get(name) for name in ("set", "checks", "explained")}
        if self._fits(public, current) and current["set"] == fresh["set"]:
            fresh.update(current)
            fresh["tries"] = as_count(old.get("tries"), len(fresh["checks"])) or 0
        fresh["earlier"] = [a for a in attempts if self._fits(public, a)][:MAX_EARLIER]
        return fresh

    def _fits(self, public: Public, attempt: Any) -> bool:
        try:
            exact(attempt, "", ("set", "checks", "explained"))
            self._attempt(public, attempt, "")
        except Malformed:
            return False
        return True

    def grade(self, public: Public, key: dict[str, Any] | None, response: dict[str, Any]) -> Result:
        """Grade a well-formed response.

        Parameters
        ----------
        public, key : dict
            The activity's halves; without the key, only completeness is told.
        response : dict
            A response that `validate` let pass.

        Returns
        -------
        Result
            ``board`` is the answers as they stand; ``first`` and ``latest`` are the recorded
            checks of this set. ``mastery`` is judged on the first check of any set.
        """
        items = response["set"]
        if self.answered:
            answered = self.answered(public, response)
        else:
            answered = len(response[next(iter(self.fields))])
        if key is None:
            return Result("ungraded", answered, len(items))
        checks = response["checks"]
        # A set that comes up again has had its first check already.
        firsts: list[tuple[list[str], Check]] = []
        for attempt in (*response["earlier"], response):
            drawn = attempt["set"]
            if attempt["checks"] and all(drawn != known for known, _ in firsts):
                firsts.append((drawn, self.judge(public, key, drawn, attempt["checks"][0])))
        mastered = self.mastered or enough
        return Result(
            "graded",
            answered,
            len(items),
            board=self.judge(public, key, items, response),
            first=next((check for drawn, check in firsts if drawn == items), None),
            latest=self.judge(public, key, items, checks[-1]) if checks else None,
            mastery=any(mastered(check) for _, check in firsts),
        )

    def steps(self, key: dict[str, Any]) -> int:
        """Return into how many equal steps an item's point is parted: it is earned by whole ones.

        A gradebook that knows only right and wrong asks for each step.
        """
        return int(key.get("scale", self.of))

    def counted(self, response: dict[str, Any], which: str) -> dict[str, Any]:
        """Return a well-formed response whose answers are what counts when it is handed in.

        Parameters
        ----------
        response : dict
            A response that `validate` let pass.
        which : str
            ``latest`` or ``first``: the check to take. It is one of the set on the board or, where
            that set was not checked yet, of the set checked before it: who looks at another set
            after checking one keeps the points. Where nothing was ever checked, the answers stand
            as they are.
        """
        attempts = (*response["earlier"], response)
        checked = [attempt for attempt in attempts if attempt["checks"]]
        if not checked:
            return response
        items = checked[-1]["set"]
        if which == "latest":
            check = checked[-1]["checks"][-1]
        else:
            check = next(attempt["checks"][0] for attempt in checked if attempt["set"] == items)
        answers = {name: check[name] for name in self.fields}
        return {"set": items, **answers, "checks": [], "explained": 0, "tries": 0, "earlier": []}


def enough(check: Check) -> bool:
    """Whether a check reaches four fifths of the points."""
    return check.score >= Fraction(4, 5) * check.max


def exact(value: Any, at: str, names: tuple[str, ...]) -> None:
    """Raise Malformed unless a value is an object with exactly these fields."""
    if not isinstance(value, dict):
        raise Malformed("not-an-object", at)
    for name in names:
        if name not in value:
            raise Malformed("missing-field", f"{at}.{name}".lstrip("."))
    if len(value) > len(names):
        raise Malformed("unknown-field", at)
