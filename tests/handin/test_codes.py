"""The answer code: what goes in comes out, and what was damaged is refused."""

from __future__ import annotations

import base64
import json
import tracemalloc
import zlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pvwidgets import codes
from tests.handin.samples import EARLY, ID, entry, response, right

PLAIN = codes.encode(ID, entry(response(right())))
ALPHABET = "ABCabc019-_=+/.:PV \n\u00e9\udcff"

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip
times = st.datetimes().map(lambda t: f"{t:%Y-%m-%dT%H:%M:%S}.000Z".rjust(24, "0"))


def forged(content: bytes) -> str:
    """A code with a right checksum around anything."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    body = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"{codes.TAG}:{body}.{codes._checksum(body)}"


@given(st.dictionaries(st.text(), values, max_size=5), st.integers(1), times)
def test_an_answer_comes_back_as_it_was(answered, version, saved):
    one = {"kind": "matrix", "version": version, "saved": saved, "response": answered}
    made = codes.encode(ID, one)
    assert made.isascii()
    assert not set(made) & set(" \n\"'\\")
    assert codes.decode(ID, made) == one
    # The same answer always has the same code, in whatever order its fields stand.
    assert codes.encode(ID, dict(reversed(one.items()))) == made


@given(st.data())
def test_a_damaged_code_is_refused_with_a_sentence(data):
    start = data.draw(st.integers(0, len(PLAIN)))
    end = data.draw(st.integers(start, min(start + 5, len(PLAIN))))
    damaged = PLAIN[:start] + data.draw(st.text(ALPHABET, max_size=5)) + PLAIN[end:]
    assume("".join(damaged.split()) != PLAIN)
    with pytest.raises(codes.CodeError) as told:
        codes.decode(ID, damaged)
    (line,) = told.value._render_traceback_()
    assert line.startswith("This answer code cannot be used: ")
    assert line.endswith("Your answers are as they were.")


@given(st.text() | st.binary().map(forged))
def test_no_text_breaks_it(text):
    with pytest.raises(codes.CodeError):
        codes.decode(ID, text)


def test_a_code_is_short():
    # A mail program may break it, and no harm is done.
    assert len(PLAIN) < 500
    assert codes.decode(ID, f" {PLAIN[:80]}\n{PLAIN[80:]}\t") == entry(response(right()))
    assert codes.line(ID, entry({})).startswith('pv.answer("practice-matrix", "PV1:')


@pytest.mark.parametrize(
    ("given_code", "why"),
    [
        (None, "text in quotation marks"),
        ("", "does not begin with PV1:"),
        ("PV1:…", "copy it again as a whole"),
        (PLAIN[:-1], "copy it again as a whole"),
        (PLAIN.swapcase(), "does not begin with PV1:"),
        (PLAIN.replace("PV1", "PV2"), "begins with PV2"),
        ("PV1:" + "A" * codes.MAX_CODE, "larger than an answer can be"),
        (
            codes.encode("triangle", entry({"a": 1})),
            "belongs to triangle and not to practice-matrix",
        ),
        (forged(b"[]"), "no answer in it"),
        (forged(b'{"id": "practice-matrix"}'), "no answer in it"),
        (forged(b'{"id": NaN}'), "no answer in it"),
        (forged(b"[" * 100_000), "no answer in it"),
        (forged(b"\xff"), "no answer in it"),
    ],
)
def test_why_a_code_is_refused(given_code, why):
    with pytest.raises(codes.CodeError, match=why):
        codes.decode(ID, given_code)


def test_a_bomb_does_not_go_off():
    bomb = forged(b" " * 100_000_000)
    assert len(bomb) < codes.MAX_CODE
    tracemalloc.start()
    try:
        with pytest.raises(codes.CodeError, match="larger than an answer can be"):
            codes.decode(ID, bomb)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_what_follows_the_answer_is_not_passed_over():
    good = json.dumps({"id": ID, **entry({})}).encode()
    assert codes.decode(ID, forged(good)) == entry({})
    body = forged(good)[4:].rpartition(".")[0]
    more = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)) + b"more"
    longer = base64.urlsafe_b64encode(more).decode().rstrip("=")
    with pytest.raises(codes.CodeError, match="no answer in it"):
        codes.decode(ID, f"PV1:{longer}.{codes._checksum(longer)}")


deep: dict = {}
for _ in range(100_000):
    deep = {"a": deep}


@pytest.mark.parametrize("odd", [{"a": float("nan")}, {"a": {1}}, {"a": "x" * 2_000_000}, deep])
def test_what_cannot_be_written_has_no_code(odd):
    one = {"kind": "matrix", "version": 1, "saved": EARLY, "response": odd}
    with pytest.raises(codes.CodeError):
        codes.encode(ID, one)
    assert codes.line(ID, one) == ""
