"""The answer code: one activity's answer as one line of text, for where no file can travel.

``PV1:`` stands before the answer as canonical JSON, deflated, in base64url; after a full stop
follows a checksum of what stands before it. The checksum finds slips of copying. It is no
signature: whoever can run Python can make a code, as they can write an answers file.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from typing import Any

from .answers import Entry, is_entry, parse_json
from .words import words

TAG = "PV1"
MAX_CODE = 200_000
MAX_BYTES = 1_000_000

_FORM = re.compile(r"PV([1-9]\d{0,8}):(.*)", re.ASCII | re.DOTALL)


class CodeError(ValueError):
    """An answer code cannot be used; the message is one sentence for a learner.

    Parameters
    ----------
    reason : str
        Why, without a full stop.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(words()["code"]["bad"].format(why=reason))

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show in place of a traceback."""
        return [str(self)]


def encode(name: str, entry: Entry) -> str:
    """Return the answer code of an entry.

    Parameters
    ----------
    name : str
        The activity's id; it goes into the code, so that a code at the wrong place is noticed.
    entry : dict
        Kind, version, saved time and response, as in an answers file.

    Raises
    ------
    CodeError
        The answer is too large, or cannot be written as JSON.
    """
    try:
        text = json.dumps(
            {**entry, "id": name},
            allow_nan=False,
            ensure_ascii=True,
            separators=(",", ":"),
            sort_keys=True,
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise CodeError(str(error)) from None
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(text.encode("ascii")) + packer.flush()
    body = base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")
    code = f"{TAG}:{body}.{_checksum(body)}"
    if len(text) > MAX_BYTES or len(code) > MAX_CODE:
        raise CodeError(_why("large"))
    return code


def decode(name: str, code: Any) -> Entry:
    """Return the entry that an answer code holds.

    Parameters
    ----------
    name : str
        The id of the activity that it is given for.
    code : str
        From `encode`. White space in it does no harm; mail programs break long lines.

    Returns
    -------
    dict
        An entry as in an answers file. Its response is not judged here: grading does that.

    Raises
    ------
    CodeError
        It is no code, was damaged or is too large, or belongs to another activity.
    """
    if not isinstance(code, str):
        raise CodeError(_why("noText"))
    if len(code) > MAX_CODE:
        raise CodeError(_why("large"))
    found = _FORM.fullmatch("".join(code.split()))
    if not found:
        raise CodeError(_why("noCode", tag=TAG))
    if f"PV{found[1]}" != TAG:
        raise CodeError(_why("newer", tag=f"PV{found[1]}"))
    body, _, checksum = found[2].rpartition(".")
    if checksum != _checksum(body):
        raise CodeError(_why("damaged"))
    value = _unpack(body)
    held = value.pop("id", None) if isinstance(value, dict) else None
    if not isinstance(held, str) or not is_entry(value):
        raise CodeError(_why("noAnswer"))
    if held != name:
        raise CodeError(_why("other", id=held[:60], given=name))
    entry: Entry = value
    return entry


def line(name: str, entry: Entry) -> str:
    """Return the line of Python that brings an answer back; empty where there is no code."""
    try:
        return f'pv.answer("{name}", "{encode(name, entry)}")'
    except CodeError:
        return ""


def _unpack(body: str) -> Any:
    # Bounded: a few bytes can be made to unpack to gigabytes.
    unpacker = zlib.decompressobj(-15)
    try:
        packed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        text = unpacker.decompress(packed, MAX_BYTES + 1)
        if len(text) > MAX_BYTES:
            raise CodeError(_why("large"))
        if not unpacker.eof or unpacker.unused_data:
            raise CodeError(_why("noAnswer"))
        return parse_json(text.decode("utf-8"))
    except CodeError:
        raise
    except (ValueError, RecursionError, zlib.error):
        raise CodeError(_why("noAnswer")) from None


def _checksum(body: str) -> str:
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest[:6]).decode("ascii")


def _why(name: str, **values: Any) -> str:
    return str(words()["code"][name].format(**values))
