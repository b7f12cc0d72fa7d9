"""Draw a release from an instructor's bank: what learners get in one folder, the keys in another.

Nothing is written when something that would ship tells a key: see `leaks`.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

from .. import answers, codes
from ..errors import ActivityError, Problem
from ..halves import CHECKS, KEY, KEY_FORMAT, PUBLIC, KeyFile, key_text, public_text
from ..kinds.authoring import rank
from ..model import Activity, build, checked, list_activities
from ..source import called, score_calls
from .grading import ClassroomError
from .work import is_letter

#: Of fewer letters, a text is no proof that something of the bank is in a file.
LONG = 20

#: The field that `--items` shortens, or the number that it sets.
_LISTS = {"quiz": "questions", "order": "chains"}
_DRAWS = ("matrix", "sort")
_PACKED = (".zip", ".gz", ".bz2", ".xz", ".7z", ".tar", ".tgz", ".rar", ".whl")
_NAMED = r"""(\b(?:activity|score|load)\(\s*)(["'])({})(?:\.yml|\.yaml)?\2"""
_ANSWER = r"""(\banswer\(\s*)(["'])({})\2"""
_TAGS = ("p", "em", "strong", "code", "ul", "ol", "li", "br", "a")
_HEAD = ("title", "prompt")
#: What an author's file says of an item that a notebook may say too.
_OPEN = ("id", "case", "source", "objective")
_CODE = re.compile(rf"{codes.TAG}:[\w-]{{20,}}\.[\w-]+", re.ASCII)
_AT, _END = r"(?<![\w-])", r"(?![\w-])"
_SIGNS = r"(?=[^\w]*[:,;=|>\t\[({\u2192])[^\w]{1,12}"
_KEYED = re.compile(r"^[ \t-]*(feedback|key)[ \t]*:", re.MULTILINE)


@dataclass(frozen=True)
class Secret:
    """What of one activity must not be in a release.

    Attributes
    ----------
    texts : frozenset of str
        Texts of the bank that are not in the public half, letters and digits alone.
    places : dict of str to str
        Where each item belongs.
    """

    texts: frozenset[str]
    places: dict[str, str]


def assign(
    source: Path,
    bank: Path,
    out: Path,
    *,
    seed: str | None = None,
    items: int | None = None,
    roster: list[tuple[str, str]] | None = None,
) -> str:
    """Draw a release.

    Parameters
    ----------
    source : Path
        A notebook whose cells name activities of the bank, as in ``pv.activity("street-lamps")``,
        or the folder that holds it and what goes out with it.
    bank : Path
        A folder of activity files, ``street-lamps.yml``.
    out : Path
        The new folder, with ``release`` and ``keys`` in it.
    seed : str, optional
        Decides the draw; without it chance does. It is kept with the keys.
    items : int, optional
        How many cards, questions or chains are drawn of each activity.
    roster : list of tuple of str, optional
        Name and number of each learner: then a draw and a folder for each of them.

    Returns
    -------
    str
        What was drawn, in a few words.

    Raises
    ------
    ActivityError
        A file of the bank has problems, or something that would ship tells a key.
    ClassroomError
        An argument cannot be used.
    """
    if out.exists():
        raise ClassroomError(f"{out} is there already; nothing was done")
    files = _files(source)
    notebooks = [path for path in files if path.suffix == ".ipynb"]
    if not notebooks:
        raise ClassroomError(f"{source}: there is no notebook")
    if not bank.is_dir():
        raise ClassroomError(f"{bank}: there is no such folder")
    texts = {path: _cells(path) for path in notebooks}
    known = {path.stem: path for path in sorted(bank.glob("*.y*ml"))}
    names = sorted({name for text in texts.values() for name in _refs(text)})
    _check_names(names, known, bank)
    counting = {name: how for path in notebooks for name, how in _counting(path).items()}
    chosen = secrets.token_hex(8) if seed is None else seed
    learners: list[tuple[str, str] | None] = list(roster) if roster else [None]
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        (fresh / "keys").mkdir()
        top = source if source.is_dir() else source.parent
        taken: set[str] = set()
        for learner in learners:
            folder = fresh / "release" / _slug(learner, taken)
            drawn = {
                name: _draw(known[name], chosen, items, learner, counting.get(name))
                for name in names
            }
            ids = {name: held.public["id"] for name, (held, _) in drawn.items()}
            _release(files, top, folder, ids)
            for held, _ in drawn.values():
                id_ = held.public["id"]
                _write(folder / f"{id_}{PUBLIC}", public_text(held.public))
                _write(fresh / "keys" / f"{id_}{KEY}", key_text(held))
            problems = list(leaks(folder, [secret for _, secret in drawn.values()]))
            if problems:
                raise ActivityError(problems)
        _write(fresh / "keys" / "release.json", _told(chosen, items, names, roster))
        fresh.chmod(0o755)
        fresh.rename(out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    said = f"{', '.join(names)}, seed {chosen}"
    return f"{len(learners)} folders, {said}" if roster else said


def _files(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    if not source.is_dir():
        raise ClassroomError(f"{source}: there is no such file or folder")
    found = []
    for path in sorted(source.rglob("*")):
        if any(part.startswith(".") for part in path.relative_to(source).parts):
            continue
        if path.is_symlink():
            raise ClassroomError(f"{path}: is a symbolic link; put the file itself there")
        if path.is_file():
            found.append(path)
    return found


def _cells(path: Path) -> str:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        json.dumps(notebook, ensure_ascii=False).encode("utf-8")  # half a character is no text
        told = [(c["cell_type"], "".join(c["source"])) for c in notebook["cells"]]
        return "\n".join(text for kind, text in told if kind == "code")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ClassroomError(f"{path}: it is not a notebook that can be read") from None


def _refs(text: str) -> Iterator[str]:
    for found in re.finditer(_NAMED.format("[^\"'\n]+?"), text):
        yield found[3]


def _check_names(names: list[str], known: dict[str, Path], bank: Path) -> None:
    if not names:
        raise ClassroomError('no cell names an activity, as in pv.activity("street-lamps")')
    for name in names:
        if name not in known:
            raise ClassroomError(f'the notebook names "{name}", but {bank} holds no {name}.yml')
        if name in list_activities():
            raise ClassroomError(f"{name} is an activity of the package: everybody has its key")


def _counting(path: Path) -> dict[str, tuple[Fraction | None, str]]:
    """Return points and check of each activity, as the graded cell has them."""
    found: dict[str, tuple[Fraction | None, str]] = {}
    try:
        calls = [called(call) for call in score_calls(path.read_text(encoding="utf-8"))]
    except ValueError as error:
        raise ClassroomError(f"{path}: {error}") from None
    for one in calls:
        if one and one.key and (one.points, one.check) != (None, CHECKS[0]):
            name = one.ref.removesuffix(".yml").removesuffix(".yaml")
            if found.setdefault(name, (one.points, one.check)) != (one.points, one.check):
                raise ClassroomError(
                    f'{path}: two cells of pv.score("{name}") differ in points or check'
                )
    return found


def _slug(learner: tuple[str, str] | None, taken: set[str]) -> str:
    if learner is None:
        return ""
    whole = "-".join(one for one in learner if one)
    kept = "".join(one if is_letter(one) or one == "_" else "-" for one in whole)
    plain = re.sub("-+", "-", kept).strip("-")[:80]
    slug = plain or "learner"
    number = 1
    while slug.casefold() in taken:
        number += 1
        slug = f"{plain}-{number}"
    taken.add(slug.casefold())
    return slug


def _draw(
    path: Path,
    seed: str,
    items: int | None,
    learner: tuple[str, str] | None,
    counting: tuple[Fraction | None, str] | None,
) -> tuple[KeyFile, Secret]:
    data, report = checked(path, str(path))
    report.stop_if_any()
    items_alone = {name: one for name, one in data.items() if name not in _HEAD}
    whole = list(_strings(items_alone, _OPEN))
    base = str(data["id"])
    if base != path.stem:
        raise ClassroomError(f"{path}: its id is {base}; name the file {base}.yml")
    own = f"{seed}:{base}:{'|'.join(learner)}" if learner else f"{seed}:{base}"
    kind = data["kind"]
    if items and kind in _DRAWS:
        data["draw"] = items
    if items and kind in _LISTS:
        field = _LISTS[kind]
        if items > len(data[field]):
            raise ClassroomError(f"{path}: {items} items asked for, there are {len(data[field])}")
        first = sorted(data[field], key=lambda one: rank(own, one))[:items]
        data[field] = [one for one in data[field] if one in first]
    if learner:
        data["id"] = f"{base}-v{hashlib.sha256(own.encode()).hexdigest()[:8]}"
    everything = build(data, report, path, own)
    activity = _only_shown(everything)
    if len(activity.id) > 60:
        raise ClassroomError(f"{path}: the id is too long; for variants at most 50 letters")
    key = activity.key or {}
    points, check = counting or (None, CHECKS[0])
    held = KeyFile(activity.public, key, base, points, check, learner)
    shown = {_squeeze(text) for text in _strings(activity.public)}
    public = " ".join(shown) + " " + _squeeze("".join(_strings(activity.public)))
    told = {_squeeze(_untagged(text)) for text in (*whole, *_strings(key))}
    texts = frozenset(one for one in told if len(one) >= LONG and one not in public)
    return held, Secret(texts, dict(_places(everything.key or {})))


def _only_shown(activity: Activity) -> Activity:
    """Return an activity with its first set alone; the others would show more of the bank."""
    public, key = dict(activity.public), dict(activity.key or {})
    if activity.kind in _DRAWS:
        shown = public["sets"][0]
        public["sets"] = [shown]
        public["cards"] = [card for card in public["cards"] if card["id"] in shown]
        key["cards"] = {name: key["cards"][name] for name in shown}
    return Activity(
        activity.id, activity.kind, activity.version, activity.title, public, key, activity.path
    )


def _places(key: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, entry in (key.get("cards") or {}).items():
        place = entry.get("bin") or entry.get("cell") if isinstance(entry, dict) else None
        if isinstance(place, str):
            yield name, place


def _release(files: list[Path], top: Path, folder: Path, ids: dict[str, str]) -> None:
    for path in files:
        goal = folder / path.relative_to(top)
        goal.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".ipynb":
            goal.write_bytes(path.read_bytes())
            continue
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            text = "".join(cell["source"])
            for name, id_ in ids.items():
                text = re.sub(_ANSWER.format(re.escape(name)), rf"\g<1>\g<2>{id_}\g<2>", text)
                # Only code: it is run in the folder of the notebook.
                file = "../" * (len(path.relative_to(top).parts) - 1) + id_ + PUBLIC
                text = re.sub(_NAMED.format(re.escape(name)), rf"\g<1>\g<2>{file}\g<2>", text)
            cell["source"] = text.splitlines(keepends=True)
        _write(goal, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _told(
    seed: str, items: int | None, names: list[str], roster: list[tuple[str, str]] | None
) -> str:
    told = {"format": "pvwidgets-release", "version": 1, "seed": seed, "items": items}
    told |= {"activities": names, "learners": len(roster) if roster else None}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


# --- What must not go out -------------------------------------------------------------------------


def leaks(folder: Path, kept: Iterable[Secret]) -> Iterator[Problem]:
    """Yield what in a release tells a key, an explanation, an undrawn item, or somebody's answers.

    Parameters
    ----------
    folder : Path
        What learners would get. Every file in it is looked through: notebooks with their metadata,
        outputs and the state of widgets; pages; what else there is.
    kept : iterable of Secret
        What must not be in it.

    Yields
    ------
    Problem
        With the file, and what to do.
    """
    held = list(kept)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        why = _leak(path, held)
        if why:
            yield Problem(str(path.relative_to(folder)), 0, "", f"{why}; nothing was written")


def _leak(path: Path, kept: list[Secret]) -> str:
    name = path.name.lower()
    if name.endswith(_PACKED):
        return "it is packed, so nobody can see what goes out with it"
    if name.endswith(KEY):
        return "it is a file of keys"
    raw = path.read_bytes().decode("utf-8", errors="replace")
    if name == answers.FILE or f'"{answers.FORMAT}"' in raw:
        return "these are somebody's answers"
    if _CODE.search(raw):
        return "there is an answer code in it"
    if path.suffix in (".yml", ".yaml") and _KEYED.search(raw):
        return "it is an activity with its key"
    pieces = [raw]
    values = []
    for text in (raw, *re.findall(r"<script[^>]*json[^>]*>(.*?)</script>", raw, re.S)):
        try:
            values.append(json.loads(text))
        except (ValueError, RecursionError):
            continue
    for value in values:
        pieces += _strings(value)
        if path.name.endswith(PUBLIC) is False and any(_is_key(one) for one in _dicts(value)):
            return "a key stands in it: in a saved widget, a page, or metadata"
    joined = "\n".join(unescape(piece) for piece in pieces)
    squeezed = f"{_squeeze(joined)}\n{_squeeze(_untagged(joined))}"
    if any(text in squeezed for secret in kept for text in secret.texts):
        return "it holds an explanation or an undrawn item of the bank"
    for secret in kept:
        told = sum(
            any(re.search(beside, joined) for beside in _beside(item, place))
            for item, place in secret.places.items()
            if not path.name.endswith(PUBLIC)
        )
        if told > 1:
            return f"it tells where {told} items belong"
    return ""


def _beside(item: str, place: str) -> tuple[str, ...]:
    """Return what an item and its place look like in a table, a list, or a dictionary."""
    # In a name of Python, or in words, a hyphen is something else.
    one, other = (re.escape(name).replace(r"\-", "[-_ ]") for name in (item, place))
    return tuple(f"{_AT}{a}{_SIGNS}{b}{_END}" for a, b in ((one, other), (other, one)))


def _is_key(value: dict[str, Any]) -> bool:
    state = isinstance(value.get("_key"), dict) and bool(value["_key"])
    page = isinstance(value.get("key"), dict) and isinstance(value.get("public"), dict)
    return state or page or value.get("format") == KEY_FORMAT or "feedback" in value


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _dicts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _dicts(one)


def _strings(value: Any, without: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in without:
                yield from _strings(one, without)
    elif isinstance(value, list):
        whole = _flat(value)
        if whole:
            yield whole  # a notebook has its texts in lines, a card in pieces
        for one in value:
            yield from _strings(one, without)


def _flat(value: Any) -> str | None:
    """Return the text of a list of strings and nodes of rich text; None for any other list."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return None
    parts = [_flat(one) for one in (value[1:] if value and value[0] in _TAGS else value)]
    return None if any(part is None for part in parts) else "".join(part or "" for part in parts)


def _untagged(text: str) -> str:
    return re.sub(r"<[^<>]*>", "", text)


def _squeeze(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())
