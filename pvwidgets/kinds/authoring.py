"""What the kinds share in reading what an author wrote: pieces of schemas, common rules, draws."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any

from ..errors import did_you_mean
from ..schema import Report, Schema
from ..words import words

MAX_SETS = 8

Item = dict[str, Any]


def text(longest: int, description: str) -> Schema:
    """Return the schema of a text that is not empty.

    Parameters
    ----------
    longest : int
        In letters.
    description : str
        For the author.
    """
    return {
        "type": "string",
        "pattern": r"\S",
        "maxLength": longest,
        "description": description,
    }


def item_id(description: str) -> Schema:
    """Return the schema of an id within a file."""
    return {
        "type": "string",
        "pattern": r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        "maxLength": 60,
        "description": "a name in small letters, digits and hyphens, unique in the file; "
        + description,
    }


def record(properties: dict[str, Schema], required: list[str], description: str) -> Schema:
    """Return the schema of a block with these fields and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
        "description": description,
    }


def listing(items: Schema, least: int, most: int, description: str) -> Schema:
    """Return the schema of a list."""
    return {
        "type": "array",
        "minItems": least,
        "maxItems": most,
        "items": items,
        "description": description,
    }


CASE = text(60, "the case that it comes from")
SOURCE = text(60, "a code of the source that it illustrates")
SEED: Schema = {
    "type": "integer",
    "minimum": 0,
    "maximum": 999_999_999,
    "description": "a number that decides what is drawn together and in which order; any will do",
}
WORDS: Schema = {
    "type": "array",
    "description": "the words of the text that decide",
    "items": text(200, "words that occur in the card's text"),
}


def unknown(found: Any, names: Iterable[Any]) -> str:
    """Return what to say of a name that is none of those expected, with the likely one."""
    known = [str(name) for name in names]
    return f'found "{found}", expected one of: {", ".join(known)}.{did_you_mean(str(found), known)}'


def unique_ids(items: list[Item], at: str, report: Report) -> None:
    """Note every id that is used twice in a list.

    Parameters
    ----------
    items : list of dict
        Entries with an ``id``.
    at : str
        Where the list stands, for example ``cards``.
    report : Report
        Where problems are noted.
    """
    seen: dict[str, int] = {}
    for i, item in enumerate(items):
        name = item.get("id")
        if name in seen:
            first = report.lines[f"{at}[{seen[name]}].id"]
            report.add(f"{at}[{i}].id", f'the id "{name}" is used twice; first in line {first}')
        elif name:
            seen[name] = i


def words_occur(item: Item, at: str, report: Report) -> None:
    """Note deciding words that do not stand in an item's text."""
    whole = " ".join(str(item.get("text") or "").split())
    for n, word in enumerate(item.get("words") or []):
        one = " ".join((word or "").split())
        if whole and one not in whole:  # a missing text has been told already
            meant = _meant(one, whole)
            report.add(f"{at}.words[{n}]", f'"{one}" does not occur in the card\'s text{meant}')


def _meant(words: str, whole: str) -> str:
    plain = words.strip("\"'“”„‘’ ")
    if plain and plain in whole:
        return "; without its quotation marks it does"
    near = re.search(re.escape(plain), whole, re.IGNORECASE) if plain else None
    return f'. Did you mean "{near[0]}"?' if near else "; copy the words from there"


def deciding(card: Item) -> str:
    """Return the sentence that names the words of a card that decide; none where there are none."""
    found = ", ".join(f"“{one}”" for one in card.get("words", []))
    return str(words()["ui"]["words"].format(words=found)) if found else ""


def rank(seed: str, item: Item) -> bytes:
    """Return what to sort items by for an order that a seed decides."""
    # A hash, not `random`: the same draw on every Python, now and in ten years.
    return hashlib.sha256(f"{seed}:{item['id']}".encode()).digest()


def shuffled(items: Iterable[Item], seed: str) -> list[str]:
    """Return the items' ids in an order that a seed decides."""
    return [str(one["id"]) for one in sorted(items, key=lambda one: rank(seed, one))]


def draws(
    pools: list[list[Item]],
    quotas: list[int],
    seed: str,
    fits: Callable[[list[Item]], bool] = lambda chosen: True,
) -> list[list[str]]:
    """Draw up to `MAX_SETS` different sets of ids, so many from each pool.

    The sets are drawn here and not in the browser, because the public half does not know which
    item belongs where.

    Parameters
    ----------
    pools : list of list of dict
        The items by key.
    quotas : list of int
        How many of each pool are drawn; at most its size.
    seed : str
        Decides the draw.
    fits : callable, optional
        Refuses a draw.
    """
    ranked = [sorted(pool, key=lambda one: rank(seed, one)) for pool in pools]
    sets: list[list[str]] = []
    seen: set[frozenset[str]] = set()
    for turn in range(50 * MAX_SETS):
        chosen = [
            pool[(turn * each + lap * (number + 1) + k) % len(pool)]
            for number, (pool, each) in enumerate(zip(ranked, quotas, strict=True))
            if pool
            for lap in [turn * each // len(pool)]
            for k in range(each)
        ]
        names = frozenset(str(one["id"]) for one in chosen)
        if len(names) < sum(quotas) or names in seen or not fits(chosen):
            continue
        seen.add(names)
        sets.append(shuffled(chosen, f"{seed}:{turn}"))
        if len(sets) == MAX_SETS:
            break
    return sets


def spread(sizes: list[int], draw: int) -> list[int]:
    """Return how many of a draw come from each pool: as even as the pools' sizes allow."""
    quotas = [0] * len(sizes)
    while sum(quotas) < draw:
        open_ = [i for i, size in enumerate(sizes) if quotas[i] < size]
        if not open_:
            break
        quotas[min(open_, key=lambda i: (quotas[i], i))] += 1
    return quotas
