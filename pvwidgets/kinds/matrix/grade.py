"""Grade the sorting of cards on the public value matrix. Pure, exact, standard library only.

`js/src/kinds/matrix/grade.ts` is the same rule for the browser; `tests/vectors/matrix/` binds the
two, and a property test compares them on random responses.

The rule is this course's own: half a point for the right column (for whom?), half for the right
row (by which measure?). A card with a defensible second cell has one doubtful axis, on which
either value earns its half; that axis is left out of the card's part in the axis bars.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...results import Check, Malformed, Result, as_count

CELLS = ("IW", "CW", "IJ", "CJ")
SIGNS = ("gain", "loss")
MASTERY = Fraction(4, 5)
MASTERY_AXIS = Fraction(3, 4)
MAX_CHECKS = 500
MAX_EARLIER = 100

#: The least that a part can earn: a gradebook that knows only right and wrong asks for each half.
STEP = Fraction(1, 2)


def blank(public: dict[str, Any]) -> dict[str, Any]:
    """Return the response of a learner who has only opened the activity.

    Its fields: ``set``, the ids of the cards that were drawn; ``placed`` and ``signs``, the board
    as it stands, by card id; ``checks``, every check of this set with its number ``n`` since the
    learner last started over; ``explained``, how many checks were made when all explanations were
    first asked for, 0 if never; ``tries``, checks since the last start; ``earlier``, the checks
    made on sets drawn before, one entry for each.
    """
    return {
        "set": list(public["sets"][0]),
        "placed": {},
        "signs": {},
        "checks": [],
        "explained": 0,
        "tries": 0,
        "earlier": [],
    }


def validate(public: dict[str, Any], response: Any) -> None:
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
    _fields(response, "", ("set", "placed", "signs", "checks", "explained", "tries", "earlier"))
    _attempt(public, response, "")
    if as_count(response["tries"], len(response["checks"])) is None:
        raise Malformed("not-a-number", "tries")
    _placing(response, response["set"], "")
    earlier = response["earlier"]
    if not isinstance(earlier, list):
        raise Malformed("not-a-list", "earlier")
    if len(earlier) > MAX_EARLIER:
        raise Malformed("too-many", "earlier")
    for i, attempt in enumerate(earlier):
        at = f"earlier[{i}]"
        _fields(attempt, at, ("set", "checks", "explained"))
        _attempt(public, attempt, at)


def _fields(value: Any, at: str, names: tuple[str, ...]) -> None:
    if not isinstance(value, dict):
        raise Malformed("not-an-object", at)
    for name in names:
        if name not in value:
            raise Malformed("missing-field", f"{at}.{name}".lstrip("."))
    if len(value) > len(names):
        raise Malformed("unknown-field", at)


def _attempt(public: dict[str, Any], attempt: dict[str, Any], at: str) -> None:
    dot = f"{at}." if at else ""
    cards = attempt["set"]
    if not isinstance(cards, list):
        raise Malformed("not-a-list", f"{dot}set")
    if cards not in public["sets"]:
        raise Malformed("not-a-set", f"{dot}set")
    checks = attempt["checks"]
    if not isinstance(checks, list):
        raise Malformed("not-a-list", f"{dot}checks")
    if len(checks) > MAX_CHECKS:
        raise Malformed("too-many", f"{dot}checks")
    for i, check in enumerate(checks):
        here = f"{dot}checks[{i}]"
        _fields(check, here, ("n", "placed", "signs"))
        number = as_count(check["n"], MAX_CHECKS)
        if number is None or number < 1 or (i == 0 and number != 1):
            raise Malformed("not-a-number", f"{here}.n")
        _placing(check, cards, here)
    explained = as_count(attempt["explained"], len(checks))
    if explained is None:
        raise Malformed("not-a-number", f"{dot}explained")


def _placing(value: dict[str, Any], cards: list[str], at: str) -> None:
    dot = f"{at}." if at else ""
    known = set(cards)
    for name, allowed, code in (
        ("placed", CELLS, "unknown-cell"),
        ("signs", SIGNS, "unknown-sign"),
    ):
        chosen = value[name]
        if not isinstance(chosen, dict):
            raise Malformed("not-an-object", f"{dot}{name}")
        if any(card not in known for card in chosen):
            raise Malformed("unknown-card", f"{dot}{name}")
        if any(choice not in allowed for choice in chosen.values()):
            raise Malformed(code, f"{dot}{name}")


def fit(public: dict[str, Any], response: Any) -> dict[str, Any]:
    """Return what of a stored response still fits an activity that has changed since.

    Cards that are still there stay where the learner put them. Checks are kept only with the
    very set that they were made on, because a first check counts for a whole set.

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
        validate(public, response)
    except Malformed:
        pass
    else:
        return dict(response)
    old = response if isinstance(response, dict) else {}
    placed = old["placed"] if isinstance(old.get("placed"), dict) else {}
    signs = old["signs"] if isinstance(old.get("signs"), dict) else {}
    drawn = old["set"] if isinstance(old.get("set"), list) else []
    fresh = blank(public)
    best = -1
    for cards in public["sets"]:
        overlap = sum(2 * (card in placed) + (card in drawn) for card in cards)
        if overlap > best:
            best = overlap
            fresh["set"] = list(cards)
    fresh["placed"] = {c: placed[c] for c in fresh["set"] if c in placed and placed[c] in CELLS}
    fresh["signs"] = {c: signs[c] for c in fresh["set"] if c in signs and signs[c] in SIGNS}
    attempts = list(old["earlier"]) if isinstance(old.get("earlier"), list) else []
    current = {name: old.get(name) for name in ("set", "checks", "explained")}
    if _fits(public, current) and current["set"] == fresh["set"]:
        fresh.update(current)
        fresh["tries"] = as_count(old.get("tries"), len(fresh["checks"])) or 0
    fresh["earlier"] = [a for a in attempts if _fits(public, a)][:MAX_EARLIER]
    return fresh


def _fits(public: dict[str, Any], attempt: Any) -> bool:
    try:
        _fields(attempt, "", ("set", "checks", "explained"))
        _attempt(public, attempt, "")
    except Malformed:
        return False
    return True


def counted(response: dict[str, Any], which: str) -> dict[str, Any]:
    """Return a well-formed response whose board is what counts when it is handed in.

    Parameters
    ----------
    response : dict
        A response that `validate` let pass.
    which : str
        ``latest`` or ``first``: the check to take. It is one of the set on the board or, where
        that set was not checked yet, of the set checked before it: who looks at another set after
        checking one keeps the points. Where nothing was ever checked, the board stands as it is.
    """
    attempts = (*response["earlier"], response)
    checked = [attempt for attempt in attempts if attempt["checks"]]
    if not checked:
        return response
    cards = checked[-1]["set"]
    if which == "latest":
        check = checked[-1]["checks"][-1]
    else:
        check = next(attempt["checks"][0] for attempt in checked if attempt["set"] == cards)
    nothing = {"checks": [], "explained": 0, "tries": 0, "earlier": []}
    return {"set": cards, "placed": check["placed"], "signs": check["signs"], **nothing}


def grade(public: dict[str, Any], key: dict[str, Any] | None, response: dict[str, Any]) -> Result:
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
        ``board`` is the sorting as it stands; ``first`` and ``latest`` are the recorded checks of
        this set. ``mastery`` is judged on the first check of any set.
    """
    cards = response["set"]
    answered = len(response["placed"])
    if key is None:
        return Result("ungraded", answered, len(cards))
    checks = response["checks"]
    # A set that comes up again has had its first check already.
    firsts: list[tuple[list[str], Check]] = []
    for attempt in (*response["earlier"], response):
        drawn = attempt["set"]
        if attempt["checks"] and all(drawn != known for known, _ in firsts):
            firsts.append((drawn, _check(key, drawn, attempt["checks"][0])))
    return Result(
        "graded",
        answered,
        len(cards),
        board=_check(key, cards, response),
        first=next((check for drawn, check in firsts if drawn == cards), None),
        latest=_check(key, cards, checks[-1]) if checks else None,
        mastery=any(_mastered(check) for _, check in firsts),
    )


def _check(key: dict[str, Any], cards: list[str], choices: dict[str, Any]) -> Check:
    score = Fraction(0)
    axes = {"column": [0, 0], "row": [0, 0]}
    signs = 0
    items: dict[str, str] = {}
    for card in cards:
        entry = key["cards"][card]
        chosen = choices["placed"].get(card)
        signs += choices["signs"].get(card) == entry["sign"]
        off = []
        for place, axis in enumerate(("column", "row")):
            doubtful = "alt" in entry and entry["alt"][place] != entry["cell"][place]
            right = chosen is not None and (doubtful or chosen[place] == entry["cell"][place])
            if right:
                score += STEP
            else:
                off.append(axis)
            if not doubtful:
                axes[axis][0] += right
                axes[axis][1] += 1
        if chosen is None:
            items[card] = "open"
        elif len(off) == 2:
            items[card] = "both"
        elif off:
            items[card] = off[0]
        else:
            items[card] = "right" if chosen == entry["cell"] else "defensible"
    parts = {name: (right, of) for name, (right, of) in axes.items()}
    parts["sign"] = (signs, len(cards))
    return Check(score, Fraction(len(cards)), parts, items)


def _mastered(check: Check) -> bool:
    bars = (check.parts["column"], check.parts["row"])
    return check.score >= MASTERY * check.max and all(r >= MASTERY_AXIS * of for r, of in bars)
