"""Make a class of synthetic submissions, to try grading and the report with.

Nobody answered them. Every file says so: the names begin with "Synthetic", the answers files have
``"synthetic": true``, and ``SYNTHETIC.txt`` lies beside them.
"""

from __future__ import annotations

import csv
import json
import math
import random
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from .. import answers as record
from .. import codes
from ..kinds import part
from ..kinds.attempts import Form
from ..kinds.quiz.grade import parts_of
from ..model import Activity, load
from .grading import ClassroomError

ACTIVITIES = ("value-matrix", "whose-value", "order-the-chain", "value-chain-cards")
LAYOUTS = ("moodle", "canvas", "plain")
FIRST = [
    "Ada",
    "Bela",
    "Chidi",
    "Dilnoza",
    "Emre",
    "Farah",
    "Goran",
    "Hana",
    "Imani",
    "Joon",
    "Kofi",
    "Lucia",
    "Mehdi",
    "Noor",
    "Olga",
    "Pavel",
    "Quyen",
    "Rosa",
    "Sami",
    "Tove",
    "Ulf",
    "Vera",
    "Wen",
    "Ximena",
    "Yusuf",
    "Zofia",
]
LAST = [
    "Adler",
    "Bauer",
    "Castro",
    "Demir",
    "Eriksen",
    "Fofana",
    "Garcia",
    "Haddad",
    "Ito",
    "Jansen",
    "Kaya",
    "Lund",
    "Moreau",
    "Nkosi",
    "Okafor",
    "Petrov",
    "Quist",
    "Rossi",
    "Silva",
    "Tanaka",
    "Usman",
    "Varga",
    "Weiss",
    "Xu",
    "Yilmaz",
    "Zhang",
]
#: Ways of handing in that are met in every class that is large enough.
SOON = {0: "good", 3: "code", 5: "cut", 7: "odd", 9: "nothing"}
NOTE = (
    "The submissions in this folder are synthetic: a program made them up, and nobody answered "
    "anything. They are for trying `pvwidgets grade` and `pvwidgets report`.\n"
)

Chooser = Callable[[random.Random, Activity, float, dict[str, Any]], dict[str, Any]]


def make_class(
    out: Path,
    students: int,
    *,
    seed: int = 1,
    refs: tuple[str, ...] = ACTIVITIES,
    layout: str = "moodle",
) -> None:
    """Write a class of synthetic submissions into a new folder.

    Parameters
    ----------
    out : Path
        The folder; it is made, and must not be there. The submissions are in ``submissions``, a
        gradebook beside them.
    students : int
        How many learners, from 1 on.
    seed : int, optional
        The same seed makes the same class.
    refs : tuple of str, optional
        Activities by id or path.
    layout : str, optional
        How the files are named: ``moodle``, ``canvas`` or ``plain``.

    Raises
    ------
    ClassroomError
        The folder is there, or an activity has no answers that can be made up.
    """
    if out.exists():
        raise ClassroomError(f"{out} is there already; nothing was done")
    activities = [load(ref) for ref in refs]
    for activity in activities:
        if activity.kind not in CHOOSERS or activity.key is None:
            raise ClassroomError(
                f"no answers can be made up for {activity.id} ({activity.kind}); "
                f"take activities of the kinds {', '.join(CHOOSERS)}"
            )
    folder = out / "submissions"
    folder.mkdir(parents=True)
    (out / "SYNTHETIC.txt").write_text(NOTE, encoding="utf-8")
    book: list[list[str]] = []
    for n in range(students):
        rng = random.Random(f"{seed}:{n}")
        name = f"Synthetic {FIRST[rng.randrange(26)]} {LAST[rng.randrange(26)]}"
        number = str(10_001 + n)
        book.append([f"Participant {number}", name, f"{number}@example.org", "", "100", ""])
        way = SOON.get(n) or _way(rng)
        if way == "nothing":
            continue
        ability = rng.gauss(0.6, 1.0)
        entries = {one.id: _entry(rng, one, ability) for one in activities}
        if way == "part":
            entries.popitem()
        for file, text in _files(rng, entries, way):
            path = _path(folder, layout, name, number, file)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    heads = ["Identifier", "Full name", "Email address", "Grade", "Maximum grade"]
    table = StringIO()
    csv.writer(table).writerows([[*heads, "Feedback comments"], *book])
    (out / "gradebook.csv").write_bytes(table.getvalue().encode("utf-8-sig"))


def _way(rng: random.Random) -> str:
    # cut: the file ends too early; odd: an answer with a card that is not there.
    ways = {"good": 84, "code": 5, "both": 3, "nothing": 4, "part": 2, "cut": 1, "odd": 1}
    return rng.choices(list(ways), list(ways.values()))[0]


def _path(folder: Path, layout: str, name: str, number: str, file: str) -> Path:
    if layout == "canvas":
        words = name.lower().split()
        return folder / f"{words[-1]}{''.join(words[:-1])}_{number}_{number}9_{file}"
    inside = f"{name}_{number}_assignsubmission_file_" if layout == "moodle" else f"{name} {number}"
    return folder / inside / file


def _files(rng: random.Random, entries: dict[str, record.Entry], way: str) -> list[tuple[str, str]]:
    data = json.loads(record.dump(entries))
    if way == "odd":
        first = next(iter(entries))
        data["activities"][first]["response"] = {"set": [], "placed": {"no-such-card": "IW"}}
    text = json.dumps({"synthetic": True, **data}, ensure_ascii=False, indent=1) + "\n"
    if way == "cut":
        text = text[: rng.randrange(10, len(text) - 10)]
    lines = [codes.line(name, entry) for name, entry in entries.items()]
    coded = way in ("code", "both")
    files = [("work.ipynb", _notebook(list(entries), lines if coded else []))]
    return files if way == "code" else [*files, ("answers.json", text)]


def _notebook(names: list[str], lines: list[str]) -> str:
    cells = [_cell("import pvwidgets as pv"), *(_cell(line) for line in lines)]
    cells += [_cell(f'pv.score("{name}")') for name in names]
    whole = {"cells": cells, "metadata": {"synthetic": True}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(whole, indent=1) + "\n"


def _cell(source: str) -> dict[str, Any]:
    told: dict[str, Any] = {"cell_type": "code", "metadata": {}, "source": source}
    return told | {"execution_count": None, "outputs": []}


def _entry(rng: random.Random, activity: Activity, ability: float) -> record.Entry:
    rule = part(activity.kind, "grade")
    response = rule.blank(activity.public)
    choose = CHOOSERS[activity.kind]
    form: Form | None = getattr(rule, "FORM", None)
    if form is None:
        response = choose(rng, activity, ability, response)
    else:
        response["set"] = list(rng.choice(activity.public["sets"]))
        if "order" in form.fields:
            response["order"] = list(response["set"])
        for check in range(rng.choice((0, 1, 1, 2, 2, 3))):
            response |= choose(rng, activity, ability + check, response)
            kept = {name: response[name] for name in form.fields}
            response["checks"].append({"n": check + 1, **json.loads(json.dumps(kept))})
        if not response["checks"]:
            response |= choose(rng, activity, ability, response)
        response["tries"] = len(response["checks"])
    saved = (
        f"2026-{rng.randrange(9, 12):02}-{rng.randrange(1, 29):02}T{rng.randrange(7, 23):02}:"
        f"{rng.randrange(60):02}:{rng.randrange(60):02}.{rng.randrange(1000):03}Z"
    )
    return {
        "kind": activity.kind,
        "version": activity.version,
        "title": activity.title,
        "saved": saved,
        "response": response,
    }


def _knows(rng: random.Random, ability: float, item: str) -> bool:
    # Each item is as hard in every class: the Rasch model, with a little room for guessing.
    hardness = random.Random(item).gauss(0, 1.1)
    return rng.random() < 0.1 + 0.9 / (1 + math.exp(hardness - ability))


def _wrong(rng: random.Random, item: str, options: list[str]) -> str:
    # One of the wrong choices draws most: a misconception, which a report should find.
    drawn = random.Random(f"{item}:lure").choice(options)
    return drawn if rng.random() < 0.7 else rng.choice(options)


def _place(
    rng: random.Random, activity: Activity, ability: float, response: dict[str, Any]
) -> dict[str, Any]:
    key = _key(activity)["cards"]
    matrix = activity.kind == "matrix"
    cells = ["IW", "CW", "IJ", "CJ"] if matrix else [b["id"] for b in activity.public["bins"]]
    field = "bin" if activity.kind == "sort" else "cell"
    room = {} if matrix else {b["id"]: b.get("room", 999) for b in activity.public["bins"]}
    placed: dict[str, str] = {}
    for card in response["set"]:
        right = key[card][field]
        others = [one for one in cells if one != right]
        chosen = right if _knows(rng, ability, card) else _wrong(rng, card, others)
        if sum(one == chosen for one in placed.values()) < room.get(chosen, 999):
            placed[card] = chosen
    told: dict[str, Any] = {"placed": placed}
    if matrix:
        told["signs"] = {
            card: key[card]["sign"] if rng.random() < 0.9 else "gain" for card in response["set"]
        }
    return told


def _quiz(
    rng: random.Random, activity: Activity, ability: float, response: dict[str, Any]
) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for item in response["set"]:
        answers[item] = {}
        for one in parts_of(activity.public, item):
            told = _key(activity)["cards"][item][one["id"]]["told"]
            good = [o["id"] for o in told if o.get("points", 0) > 0 or o.get("meets")]
            bad = [o["id"] for o in told if o["id"] not in good and o["id"]]
            knows = _knows(rng, ability, f"{item}:{one['id']}")
            if one["type"] == "many":
                chosen = good[: one.get("pick", len(good))]
                if not knows and bad:
                    chosen = [*chosen[1:], _wrong(rng, item, bad)]
                answers[item][one["id"]] = chosen
            elif one["type"] == "number":
                answers[item][one["id"]] = told[0]["id"] if knows else (bad or ["12345"])[0]
            else:
                pool = good[:1] if knows or not bad else [_wrong(rng, item, bad)]
                answers[item][one["id"]] = pool[0]
    return {"answers": answers}


def _order(
    rng: random.Random, activity: Activity, ability: float, response: dict[str, Any]
) -> dict[str, Any]:
    stages = _key(activity)["stages"]
    order = sorted(response["set"], key=lambda card: stages[card])
    for n in range(len(order) - 1):
        if not _knows(rng, ability, f"{order[n]}:{n}"):
            order[n], order[n + 1] = order[n + 1], order[n]
    if order == response["set"]:  # as it was first shown, it is nobody's answer
        order.sort(key=lambda card: stages[card])
    return {"order": order}


def _record(
    rng: random.Random, activity: Activity, ability: float, response: dict[str, Any]
) -> dict[str, Any]:
    public = activity.public
    filled = dict(response["record"])
    if "cards" in public:
        key = _key(activity)["cards"]
        for group in public["groups"]:
            for one in group["fields"]:
                ids = [option["id"] for option in one["options"]]
                chosen = [name for name in ids if key[name]["trap"] != _knows(rng, ability, name)]
                first = (chosen or ids)[:1]
                filled[one["id"]] = first[0] if one["type"] == "one" else chosen
    else:
        for name in list(filled):
            if not _knows(rng, ability + 1, name):
                del filled[name]
        filled.pop(rng.choice(list(filled) or [""]), None)
    return {"record": filled}


def _key(activity: Activity) -> dict[str, Any]:
    assert activity.key is not None
    return activity.key


CHOOSERS: dict[str, Chooser] = {
    "matrix": _place,
    "sort": _place,
    "plane": _place,
    "quiz": _quiz,
    "order": _order,
    "triangle": _record,
    "alignment": _record,
}
