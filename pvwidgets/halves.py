"""An activity whose two halves are two files: what learners get, and what stays at home.

``pvwidgets assign`` writes both. ``NAME.public.json`` is the public half, which `load` takes in
place of a YAML file::

    {"format": "pvwidgets-public", "version": 1, "public": {...}}

``NAME.key.json`` holds both halves, so that it is all that is needed for grading::

    {"format": "pvwidgets-key", "version": 1, "public": {...}, "key": {...},
     "base": "street-lamps", "points": 8, "check": "latest", "student": ["Ada Example", "17"]}

``base`` is the name of the activity in the bank, ``points`` and ``check`` are those of the graded
cell, or null; ``student`` is there when the activity was drawn for one learner.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from .answers import parse_json
from .errors import ActivityError, Problem
from .kinds import KINDS, part

PUBLIC, KEY = ".public.json", ".key.json"
PUBLIC_FORMAT, KEY_FORMAT = "pvwidgets-public", "pvwidgets-key"
VERSION = 1
MAX_BYTES = 20_000_000

FORMAT = 1  # of a public half itself
ID = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")

_TEXTS = ("id", "kind", "title")
CHECKS = ("latest", "first")


@dataclass(frozen=True)
class KeyFile:
    """What a key file holds.

    Attributes
    ----------
    public, key : dict
        The two halves.
    base : str
        The name of the activity in the bank it was drawn from.
    points : Fraction or None
        What a right answer is worth; None where it is the activity's own points.
    check : str
        Which check counts.
    student : tuple of str or None
        Name and number of the learner it was drawn for.
    """

    public: dict[str, Any]
    key: dict[str, Any]
    base: str
    points: Fraction | None = None
    check: str = "latest"
    student: tuple[str, str] | None = None


def public_text(public: Mapping[str, Any]) -> str:
    """Return the file of a public half, as JSON."""
    return _text({"format": PUBLIC_FORMAT, "version": VERSION, "public": public})


def key_text(
    held: KeyFile,
) -> str:
    """Return the file of a key, as JSON."""
    points = None if held.points is None else float(held.points)
    told: dict[str, Any] = {"format": KEY_FORMAT, "version": VERSION, "base": held.base}
    told |= {"points": points, "check": held.check}
    if held.student:
        told["student"] = list(held.student)
    return _text({**told, "public": held.public, "key": held.key})


def read_public(path: Path) -> dict[str, Any]:
    """Return a public half from its file.

    Parameters
    ----------
    path : Path
        ``NAME.public.json``.

    Raises
    ------
    ActivityError
        It cannot be used.
    """
    data = _read(path, PUBLIC_FORMAT)
    return _public(path, data)


def read_key(path: Path) -> KeyFile:
    """Return what a key file holds.

    Parameters
    ----------
    path : Path
        ``NAME.key.json``.

    Raises
    ------
    ActivityError
        It cannot be used.
    """
    data = _read(path, KEY_FORMAT)
    public = _public(path, data)
    key, points, student = data.get("key"), data.get("points"), data.get("student")
    rule = part(public["kind"], "grade")
    try:
        if not isinstance(key, dict):
            raise ValueError('it has no "key"')
        rule.grade(public, key, rule.blank(public))
    except (ValueError, *_DAMAGED) as error:
        raise _error(path, f"its key is damaged ({_short(error)})") from None
    check = data.get("check") or CHECKS[0]
    whole = isinstance(points, (int, float)) and not isinstance(points, bool) and points > 0
    if check not in CHECKS or not (points is None or whole):
        raise _error(path, '"points" or "check" is damaged')
    if student is not None and not (
        isinstance(student, list) and len(student) == 2 and all(map(_is_text, student))
    ):
        raise _error(path, '"student" is damaged')
    return KeyFile(
        public,
        key,
        str(data.get("base") or public["id"]),
        None if points is None else Fraction(points),
        check,
        (student[0], student[1]) if student else None,
    )


_DAMAGED = (KeyError, TypeError, IndexError, AttributeError, StopIteration, RecursionError)


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _read(path: Path, form: str) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _error(path, f"has more than {MAX_BYTES:,} bytes")
        data = parse_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _error(path, f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise _error(path, "is not UTF-8 text") from None
    except (ValueError, RecursionError) as error:
        raise _error(path, f"is not JSON ({_short(error)})") from None
    if not isinstance(data, dict) or data.get("format") != form:
        raise _error(path, f'expected "format": "{form}"')
    if data.get("version") != VERSION:
        raise _error(path, f"expected version {VERSION}; another pvwidgets wrote it")
    return data


def _public(path: Path, data: dict[str, Any]) -> dict[str, Any]:
    public = data.get("public")
    try:
        if not isinstance(public, dict) or not all(_is_text(public.get(n)) for n in _TEXTS):
            raise ValueError("a field is missing")
        if public.get("format") != FORMAT or public["kind"] not in KINDS:
            raise ValueError("its kind is not known here")
        if not ID.fullmatch(public["id"]) or len(public["id"]) > 60:
            raise ValueError("its id is none")
        if isinstance(public.get("version"), bool) or not isinstance(public.get("version"), int):
            raise ValueError("it has no version")
        # What every host does with it first: a file that was cut or changed fails here.
        rule = part(public["kind"], "grade")
        blank = rule.blank(public)
        rule.validate(public, blank)
        rule.grade(public, None, blank)
        part(public["kind"], "worksheet").blocks(public)
        for name in getattr(part(public["kind"], "author"), "SHOWN", ()):
            public[name]
        public["prompt"][0][0]
    except (ValueError, *_DAMAGED) as error:
        raise _error(path, f"its public half is damaged ({_short(error)})") from None
    return public


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:120]


def _error(path: Path, message: str) -> ActivityError:
    return ActivityError([Problem(str(path), 0, "", message)])
