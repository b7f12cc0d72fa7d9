"""The interface's words; all of them stand in ``words.json``.

The front end has none of its own: a page or a widget gets along those of the kinds that it shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words() -> dict[str, Any]:
    """Return the catalogue: section, name, text."""
    text = Path(__file__).with_name("words.json").read_text(encoding="utf-8")
    catalogue: dict[str, Any] = json.loads(text)
    return catalogue


def shown(kinds: Iterable[str]) -> dict[str, Any]:
    """Return the part of the catalogue that a front end with these kinds of activity needs."""
    all_words = words()
    return {name: all_words[name] for name in ("ui", *sorted(set(kinds))) if name in all_words}
