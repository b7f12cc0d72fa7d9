"""The interface's words; all of them stand in ``words.json``, which the front end reads too."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words() -> dict[str, Any]:
    """Return the catalogue: section, name, text."""
    text = Path(__file__).with_name("words.json").read_text(encoding="utf-8")
    catalogue: dict[str, Any] = json.loads(text)
    return catalogue
