"""What a written answer looks like. No machine judges it. Pure, standard library only.

`js/src/kinds/writing/grade.ts` is the same for the browser; `tests/vectors/writing/` binds the two.

A response has ``texts`` (a text by part id), ``shown`` (whether the model was opened) and
``ratings``: what the learner gave by the rubric, 0 to 3 by criterion, for each sample by its id and
under `OWN` for the own text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...results import Malformed, Result, as_count
from ..attempts import exact

#: The longest text of one part, in letters: code points, as the browser counts them too.
MAX_TEXT = 4000
OWN = "own"
MAX_RATING = 3

Public = dict[str, Any]


def blank(public: Public) -> dict[str, Any]:
    """Return the response of a learner who has only opened the activity."""
    return {"texts": {}, "shown": False, "ratings": {}}


def validate(public: Public, response: Any) -> None:
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
        With a code and the field of the first fault; it never repeats what was found there.
    """
    exact(response, "", ("texts", "shown", "ratings"))
    texts, shown, ratings = response["texts"], response["shown"], response["ratings"]
    if not _whole(texts, _ids(public["parts"]), _is_text):
        raise Malformed("bad-texts", "texts")
    if not isinstance(shown, bool):
        raise Malformed("bad-shown", "shown")
    criteria = _ids(public["rubric"])
    if not _whole(ratings, _raters(public), lambda one: _whole(one, criteria, _is_rating)):
        raise Malformed("bad-ratings", "ratings")


def fit(public: Public, response: Any) -> dict[str, Any]:
    """Return what of a stored response still fits an activity that has changed since.

    Parameters
    ----------
    public : dict
        The activity's public half.
    response : object
        Anything that JSON can hold.
    """
    old = response if isinstance(response, dict) else {}
    criteria = _ids(public["rubric"])
    rated = _keep(old.get("ratings"), _raters(public), lambda one: isinstance(one, dict))
    return {
        "texts": _keep(old.get("texts"), _ids(public["parts"]), _is_text),
        "shown": old.get("shown") is True,
        "ratings": {who: _keep(one, criteria, _is_rating) for who, one in rated.items()},
    }


def grade(public: Public, key: dict[str, Any] | None, response: dict[str, Any]) -> Result:
    """Tell how many parts have a text.

    Parameters
    ----------
    public, key : dict
        The activity's halves. The key makes no difference: nothing is scored.
    response : dict
        A response that `validate` let pass.
    """
    written = sum(bool(text.strip(" \t\r\n")) for text in response["texts"].values())
    return Result("ungraded", written, len(public["parts"]))


def counted(response: dict[str, Any], which: str) -> dict[str, Any]:
    """Return the response itself: there are no checks to choose from."""
    return response


def _ids(items: Iterable[dict[str, Any]]) -> list[str]:
    return [item["id"] for item in items]


def _raters(public: Public) -> list[str]:
    return [*_ids(public["samples"]), OWN]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT


def _is_rating(value: Any) -> bool:
    return as_count(value, MAX_RATING) is not None


def _keep(old: Any, names: list[str], fits: Callable[[Any], bool]) -> dict[str, Any]:
    kept = old if isinstance(old, dict) else {}
    return {name: kept[name] for name in names if name in kept and fits(kept[name])}


def _whole(value: Any, names: list[str], fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, dict) and len(_keep(value, names, fits)) == len(value)
