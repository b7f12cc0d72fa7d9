"""The one record of what a learner answered, shared by notebook and browser.

The record is JSON::

    {"format": "pvwidgets-answers", "version": 1, "course": "creating-public-value",
     "activities": {"value-matrix": {"kind": "matrix", "version": 1,
                                     "title": "Matrix classifier",
                                     "saved": "2026-11-21T10:00:00.000Z", "response": {...}}}}

``activities`` holds one entry for each activity id; ``version`` in an entry is the activity's
version when it was answered; ``title``, which may be missing, is for people to read; ``saved``
is UTC. Of two entries for one activity the newer wins.
A record may also have ``aside``: texts by name, kept as they are because they no longer fit.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import re
import secrets
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

if sys.platform != "emscripten":
    from filelock import FileLock

FORMAT = "pvwidgets-answers"
VERSION = 1
COURSE = "creating-public-value"
FILE = "answers.json"
MAX_BYTES = 5_000_000

_SAVED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)

Entry = dict[str, Any]


class AnswersError(Exception):
    """An answers file cannot be used; the message is one sentence for a learner."""


class DamagedError(AnswersError):
    """What stands in the file is no record of answers, so `write` may put it aside."""


def now() -> str:
    """Return the time as it stands in a record: UTC with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> dict[str, Entry]:
    """Return the entries of a record.

    Parameters
    ----------
    text : str
        JSON as in the module's text. It is data: nothing in it is run.

    Returns
    -------
    dict
        Entries by activity id. Responses are not judged here: grading does that.

    Raises
    ------
    DamagedError
        The text is no record.
    AnswersError
        It is one of a newer version.
    """
    try:
        record = parse_json(text)
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"it is not JSON ({error})") from None
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise DamagedError("it is not an answers file of this course's activities")
    version = record.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise DamagedError("it names no version")
    if version > VERSION:
        raise AnswersError(f"it was written by a newer version ({version}) of pvwidgets")
    activities = record.get("activities")
    if not isinstance(activities, dict):
        raise DamagedError('it has no "activities"')
    for name, entry in activities.items():
        if not is_entry(entry):
            raise DamagedError(f"its entry {name[:60]!r} is damaged")
    return activities


def parse_json(text: str) -> Any:
    """Return what JSON says; ValueError for what JSON has not, or could not write again."""
    # Some editors begin a file with a mark that a browser passes over.
    return json.loads(text.removeprefix("\ufeff"), parse_constant=_no_constant, parse_float=_finite)


def is_entry(value: Any) -> bool:
    """Return whether a value has the form of an entry; its response is not judged."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("saved"), str)
        and bool(_SAVED.fullmatch(value["saved"]))
        and isinstance(value.get("response"), dict)
    )


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):  # 1e999 is JSON, but could not be written again
        raise ValueError(f"{digits[:20]} is too large")
    return number


def dump(entries: dict[str, Entry], aside: dict[str, str] | None = None) -> str:
    """Return the record of some entries, and of texts put aside, as JSON text."""
    record = {"format": FORMAT, "version": VERSION, "course": COURSE, "activities": entries}
    if aside:
        record["aside"] = aside
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    # Half an emoji, cut by an editor: UTF-8 has none, and one text would keep all others unsaved.
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def merge(old: dict[str, Entry], new: dict[str, Entry]) -> dict[str, Entry]:
    """Return the entries of both; of two for one activity the newer, and `new` where they tie."""
    merged = dict(old)
    for name, entry in new.items():
        if name not in merged or merged[name]["saved"] <= entry["saved"]:
            merged[name] = entry
    return merged


def read(path: Path) -> dict[str, Entry]:
    """Return the entries of an answers file; none where there is no file.

    Parameters
    ----------
    path : Path
        The file, of at most 5,000,000 bytes.

    Raises
    ------
    DamagedError
        What stands in it is no record; the file stays as it is.
    AnswersError
        It cannot be read or used; the file stays as it is.
    """
    try:
        if not path.exists():
            return {}
        if not path.is_file():
            raise AnswersError("it is not a file")
        if path.stat().st_size > MAX_BYTES:
            raise DamagedError(f"it has more than {MAX_BYTES:,} bytes")
        return parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise DamagedError("it is not UTF-8 text") from None
    except OSError as error:
        raise AnswersError(f"it cannot be read ({error.strerror or error})") from None


def write(
    path: Path, entries: dict[str, Entry], aside: dict[str, Any] | None = None
) -> Path | None:
    """Merge entries into an answers file, in one step that cannot be seen half done.

    Another kernel may write the same file: under a lock the file is read again, the newer entry
    of each activity kept, and the whole written beside it and moved into its place.

    Parameters
    ----------
    path : Path
        The file; made if it is not there. One that holds no record is moved to another name first.
        One of a newer version, or one that cannot be read, is left alone.
    entries : dict
        Entries by activity id.
    aside : dict, optional
        Responses, by activity id, that no longer fit and are to be kept as they are.

    Returns
    -------
    Path or None
        Where a damaged file was put.

    Raises
    ------
    AnswersError
        Nothing could be written; the file is as it was.
    """
    if not path.parent.is_dir():
        raise AnswersError("its folder does not exist")
    spare = None
    try:
        with _lock(path):
            try:
                text = dump(merge(read(path), entries), _put_aside(path, aside or {}))
            except DamagedError:
                text = dump(entries)
                spare = path.replace(_spare_name(path))
            try:
                _replace(path, text)
            except BaseException:
                if spare:
                    spare.replace(path)
                raise
    except (OSError, TimeoutError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AnswersError(f"it cannot be written ({reason})") from None
    return spare


def _lock(path: Path) -> AbstractContextManager[object]:
    if sys.platform == "emscripten":
        # Python in a browser has no locks that end with their process: a lock file that a closed
        # tab left would bar the way for ever.
        return nullcontext()
    return FileLock(path.with_name(f".{path.name}.lock"), timeout=5)


def _put_aside(path: Path, aside: dict[str, Any]) -> dict[str, str]:
    kept = parse_json(path.read_text(encoding="utf-8")).get("aside") if path.exists() else None
    texts: dict[str, str] = kept if isinstance(kept, dict) else {}
    for name, response in aside.items():
        text = json.dumps(response, ensure_ascii=False)
        if text not in texts.values():
            number = next(n for n in itertools.count(1) if f"{name}:{n}" not in texts)
            texts[f"{name}:{number}"] = text
    return texts


def _replace(path: Path, text: str) -> None:
    # Not tempfile: its files can be read by nobody else, and an instructor collects this one.
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with fresh.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _spare_name(path: Path) -> Path:
    for number in range(1, 1000):
        spare = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        if not spare.exists():
            return spare
    raise OSError("too many damaged copies")
