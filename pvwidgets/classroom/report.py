"""One HTML file about how a class did: for the instructor, and without names unless asked for.

What is counted is told as "3 of 30", so that it can be read for any size of class. What needs many
learners to mean something, such as how an item tells strong from weak, is left out for few.
"""

from __future__ import annotations

import io
import re
import statistics
import zlib
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import Any

from .. import richtext
from ..kinds.quiz.grade import parts_of
from ..model import Activity
from ..words import words
from .grading import Grades
from .tables import decimal
from .work import GRADED, Row

ENOUGH = 10  # learners, for a distribution and for how an item discriminates
FEW = 5
COMMON = 0.2  # of those who answered: from here on a wrong choice is listed
MAX_LISTED = 12
WEAK = 0.1

Cell = tuple[str, str, str]

STYLE = """
:root{color-scheme:light dark}
body{max-width:62rem;margin:1rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:.5rem 0}
th,td{border:1px solid #8888;padding:.25rem .5rem;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:bold;padding:.25rem 0}
figure{margin:1rem 0}figure svg{max-width:100%;min-width:30rem;height:auto}
.key{outline:2px solid #009e73;outline-offset:-2px}
"""


@dataclass
class _Item:
    """What is known of one item: credit and the rest of the points, and what was chosen."""

    credits: list[float] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)


@dataclass
class _Told:
    """One activity of the class."""

    base: str
    activity: Activity
    statuses: Counter[str] = field(default_factory=Counter)
    items: dict[str, _Item] = field(default_factory=dict)
    chosen: Counter[Cell] = field(default_factory=Counter)
    shares: list[float] = field(default_factory=list)
    pairs: list[tuple[float, float]] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.statuses[row.status] += 1
        told = row.details
        if row.status != GRADED or told is None:
            return
        self.shares.append(told["share"])
        if told["first"] is not None and told["latest"] is not None:
            self.pairs.append((told["first"], told["latest"]))
        whole, count = sum(told["items"].values()), len(told["items"])
        for name, credit in told["items"].items():
            item = self.items.setdefault(name, _Item())
            item.credits.append(credit)
            item.rests.append((whole - credit) / max(1, count - 1))
        self.chosen.update(tuple(one) for one in told["chosen"])


def to_html(grades: Grades, activities: dict[str, Activity], *, names: bool = False) -> str:
    """Return the report.

    Parameters
    ----------
    grades : Grades
        Graded with details.
    activities : dict of str to Activity
        With their keys, by id.
    names : bool, optional
        Whether learners are named; without it, nothing in the report names one.
    """
    told: dict[str, _Told] = {}
    merged = _merged(grades, activities)
    for row in grades.rows:
        if row.activity in merged:
            told.setdefault(row.activity, _Told(row.activity, merged[row.activity])).add(row)
    learners = grades.learners()
    parts = [
        f"<p>{_count(learners, 'learner')}, {_count(len(told), 'activity', 'activities')}.</p>"
    ]
    if learners < FEW and not names:
        parts.append(
            "<p><strong>Of so few learners, what is told here may tell who did what, "
            "without any name.</strong></p>"
        )
    parts += [_statuses(told), *(_activity(one) for one in told.values())]
    if grades.faults:
        parts.append(f"<p>{_count(len(grades.faults), 'file')} could not be used.</p>")
    if names:
        parts.append(_named(grades))
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Class report</title><style>{STYLE}</style></head>\n"
        f"<body><main><h1>Class report</h1>\n{body}\n</main></body></html>\n"
    )


def _merged(grades: Grades, activities: dict[str, Activity]) -> dict[str, Activity]:
    """Return one activity for each name in the list, with the items of all its variants."""
    found: dict[str, Activity] = {}
    used = {(row.activity, row.details["id"]) for row in grades.rows if row.details}
    for base, name in sorted(used):
        one = activities[name]
        if base not in found:
            found[base] = one
            continue
        old = found[base]
        public, key = dict(old.public), dict(old.key or {})
        if isinstance(public.get("cards"), list):
            have = {card["id"] for card in public["cards"]}
            fresh = [card for card in one.public["cards"] if card["id"] not in have]
            public["cards"] = public["cards"] + fresh
        if "cards" in key:
            key["cards"] = key["cards"] | (one.key or {})["cards"]
        found[base] = Activity(old.id, old.kind, old.version, old.title, public, key, old.path)
    for base in grades.activities:
        if base not in found and base in activities:
            found[base] = activities[base]
    return {base: found[base] for base in grades.activities if base in found}


def _statuses(told: dict[str, _Told]) -> str:
    statuses = sorted({status for one in told.values() for status in one.statuses})
    rows = []
    for one in told.values():
        rows.append([one.activity.title, *(str(one.statuses[status]) for status in statuses)])
    return _table("What was handed in", ["activity", *statuses], rows)


def _activity(told: _Told) -> str:
    title = f"<h2>{escape(told.activity.title)}</h2>"
    if not told.shares:
        return f"<section>{title}<p>Nothing was graded.</p></section>"
    parts = [title, _numbers(told), _distribution(told), _items(told)]
    parts += [_confusion(told), _misread(told), _checks(told)]
    return f"<section>{''.join(parts)}</section>"


def _numbers(told: _Told) -> str:
    shares = told.shares
    said = f"Graded: {len(shares)} of {told.statuses.total()}."
    said += f" Mean {_percent(statistics.fmean(shares))}"
    if len(shares) > 1:
        said += f", median {_percent(statistics.median(shares))}"
        said += f", lowest {_percent(min(shares))}, highest {_percent(max(shares))}"
    if len(shares) >= ENOUGH:
        said += f", standard deviation {_percent(statistics.stdev(shares))}"
    return f"<p>{said} of the points.</p>"


def _distribution(told: _Told) -> str:
    if len(told.shares) < ENOUGH:
        return ""
    bins = _bins(told.shares)
    shown = ", ".join(
        f"{10 * n} to {10 * n + 10} %: {count}" for n, count in enumerate(bins) if count
    )
    return _figure("Learners by share of the points", {"learners": bins}, shown)


def _bins(shares: list[float]) -> list[int]:
    counts = Counter(min(9, int(10 * share + 1e-9)) for share in shares)
    return [counts[n] for n in range(10)]


def _items(told: _Told) -> str:
    names = _titles(told.activity)
    many = len(told.shares) >= ENOUGH
    rules = told.activity.kind in ("triangle", "alignment")
    heads = ["rule" if rules else "item", "answered by", "share of the points"]
    heads += ["rule not met by"] if rules else []
    heads += ["tells strong from weak"] if many else []
    rows = []
    for name, item in sorted(told.items.items(), key=lambda one: statistics.fmean(one[1].credits)):
        cells = [names.get(name, name), str(len(item.credits))]
        cells.append(_percent(statistics.fmean(item.credits)))
        if rules:
            cells.append(str(sum(credit == 0 for credit in item.credits)))
        if many:
            cells.append(_discrimination(item))
        rows.append(cells)
    caption = "Rules, those that fail most first" if rules else "Items, the hardest first"
    said = ""
    if many:
        said = (
            "<p>The last column is the correlation of an item with the rest of the points. Below "
            f"{WEAK} (marked !), or negative, look at the wording and the key.</p>"
        )
    return _table(caption, heads, rows) + said


def _discrimination(item: _Item) -> str:
    if len(item.credits) < ENOUGH:
        return "too few"
    try:
        value = statistics.correlation(item.credits, item.rests)
    except statistics.StatisticsError:
        return "all alike"
    return f"{value:.2f}".replace("-", "−") + (" !" if value < WEAK else "")


# --- What was chosen, against the key ------------------------------------------------------------


def _titles(activity: Activity) -> dict[str, str]:
    public = activity.public
    if "rules" in public:
        return {rule["id"]: f"{rule['id']} {rule['title']}" for rule in public["rules"]}
    if activity.kind == "order":
        key = activity.key or {}
        return {
            f"{n} {step + 1}": f"{public['titles'][n]}: {' to '.join(stages[step : step + 2])}"
            for n, chain in enumerate(key["chains"])
            for stages in [chain["stages"]]
            for step in range(len(stages) - 1)
        }
    names = {card["id"]: _line(card["text"]) for card in public.get("cards", ())}
    if activity.kind == "plane":
        names |= {".lawful": "Question: a lawful authorizer"}
        names |= {".affected": "Question: the affected without power"}
        names |= {".steps": "Question: a step towards each opponent"}
    return names


def _line(nodes: Any) -> str:
    text = nodes if isinstance(nodes, str) else richtext.to_text(nodes)
    return " ".join(text.split())


def _places(activity: Activity) -> dict[str, str]:
    if activity.kind == "matrix":
        return {str(name): str(title) for name, title in words()["matrix"]["cells"].items()}
    return {place["id"]: _line(place["title"]) for place in activity.public.get("bins", ())}


def _keyed(activity: Activity, item: str) -> tuple[str, list[str]]:
    """Return the place where a card belongs, and others that earn credit."""
    entry = (activity.key or {})["cards"][item]
    if activity.kind == "sort":
        return entry["bin"], list(entry.get("half", ()))
    more = entry.get("accept", ()) if activity.kind == "plane" else [entry.get("alt", "")]
    return entry["cell"], list(more)


def _confusion(told: _Told) -> str:
    places = _places(told.activity)
    counts: Counter[tuple[str, str]] = Counter()
    for (item, part, value), count in told.chosen.items():
        if not part and places:
            counts[_keyed(told.activity, item)[0], value] += count
    if not counts:
        return ""
    used = [name for name in places if any(name in pair for pair in counts)]
    heads = ["belongs in ↓, was put in →", *(places[name] for name in used)]
    rows = [
        f'<tr><th scope="row">{escape(places[key])}</th>'
        + "".join(
            f'<td class="n{" key" if key == name else ""}">{counts[key, name]}</td>'
            for name in used
        )
        + "</tr>"
        for key in used
    ]
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    return _laid_out("Chosen place against key", top, "".join(rows))


def _misread(told: _Told) -> str:
    """Tell the wrong choices that many made, and what the activity says about each."""
    answered: Counter[tuple[str, str]] = Counter()
    for (item, part, _), count in told.chosen.items():
        answered[item, part] += count
    listed = []
    for (item, part, value), count in told.chosen.most_common():
        found = _wrong(told.activity, item, part, value)
        of = len(told.items[item].credits) if item in told.items else answered[item, part]
        if found and count >= COMMON * of:
            listed.append((count / of, count, of, item, *found))
    listed.sort(key=lambda one: (-one[0], -one[1], one[3]))
    names = _titles(told.activity)
    items = "".join(
        f"<li><p>{escape(names.get(item, item))}<br><strong>{count} of {of} chose: "
        f"{escape(chosen)}</strong></p>{said}</li>"
        for _, count, of, item, chosen, said in listed[:MAX_LISTED]
    )
    if not items:
        return ""
    return f"<h3>Wrong choices that many made, and what lies behind them</h3><ol>{items}</ol>"


def _wrong(activity: Activity, item: str, part: str, value: str) -> tuple[str, str] | None:
    """Return what was chosen and what is said of it; None where it earns credit."""
    if activity.kind == "quiz":
        form = next(p for p in parts_of(activity.public, item) if p["id"] == part)
        entry = (activity.key or {})["cards"][item][part]
        found = next((o for o in entry["told"] if o["id"] == value), None)
        if found is None or (form["type"] == "number" and found is entry["told"][0]):
            return None
        if found.get("points", 0) > 0 or found.get("meets"):
            return None
        return found["name"], richtext.to_html(found.get("said", entry.get("else", [])))
    key, more = _keyed(activity, item)
    if value == key or value in more:
        return None
    feedback = (activity.key or {})["cards"][item]["feedback"]
    if activity.kind == "plane":
        said = [node for nodes in feedback.values() for node in nodes]
    else:
        said = feedback.get(value, feedback.get("else", []))
    return _places(activity).get(value, value), richtext.to_html(said)


def _checks(told: _Told) -> str:
    if not told.pairs:
        return ""
    first, latest = ([pair[n] for pair in told.pairs] for n in (0, 1))
    if told.activity.kind in ("triangle", "alignment"):
        return ""
    better = sum(after > before for before, after in told.pairs)
    said = (
        f"<h3>First check and latest check</h3><p>Of {_count(len(told.pairs), 'learner')} who "
        f"checked, {better} had more points in the latest check than in the first. Mean of the "
        f"first {_percent(statistics.fmean(first))}, of the latest "
        f"{_percent(statistics.fmean(latest))}.</p>"
    )
    if len(told.pairs) < ENOUGH:
        return said
    bars = {"first check": _bins(first), "latest check": _bins(latest)}
    return said + _figure(
        "Learners by share of the points",
        bars,
        "; ".join(
            f"{name}: {', '.join(map(str, counts))} from 0 to 100 % in tenths"
            for name, counts in bars.items()
        ),
    )


def _named(grades: Grades) -> str:
    rows = [
        [
            f"{row.student} ({row.number})" if row.number else row.student,
            row.activity,
            f"{decimal(row.score)} of {decimal(row.max)}",
            row.status,
        ]
        for row in grades.rows
    ]
    return _table("Learners", ["learner", "activity", "points", "status"], rows)


# --- Form --------------------------------------------------------------------------------------


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f'<td class="n">{escape(cell)}</td>' for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return _laid_out(caption, top, body)


def _laid_out(caption: str, head: str, body: str) -> str:
    return _wide(
        caption,
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>",
    )


def _wide(name: str, inner: str) -> str:
    # What is wider than a phone moves sideways by itself, with the arrow keys too.
    label = escape(name, quote=True)
    return f'<div class="wide" role="group" aria-label="{label}" tabindex="0">{inner}</div>'


def _figure(title: str, bars: dict[str, list[int]], told: str) -> str:
    """Return bars by tenths of the points, as SVG that is right on light and dark pages."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    from ..figures.common import BLUE, INK, LOSS, METADATA, plain_settings

    with plain_settings():
        figure = Figure(figsize=(6, 2.4), layout="constrained")
        axes = figure.add_subplot()
        width = 0.9 / len(bars)
        for n, (name, counts) in enumerate(bars.items()):
            left = [i + 0.05 + n * width for i in range(10)]
            axes.bar(
                left, counts, width, align="edge", color=(LOSS, BLUE)[n - len(bars)], label=name
            )
        axes.set_xticks(range(11), [f"{10 * n}" for n in range(11)], color=INK)
        axes.set_xlabel("% of the points", color=INK)
        axes.set_ylabel("learners", color=INK)
        axes.tick_params(colors=INK)
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        for name, spine in axes.spines.items():
            spine.set_visible(name in ("left", "bottom"))
            spine.set_color(INK)
        if len(bars) > 1:
            axes.legend(frameon=False, labelcolor=INK)
        data = io.BytesIO()
        figure.savefig(data, format="svg", metadata=METADATA["svg"], transparent=True)
    svg = data.getvalue().decode("utf-8")
    svg = svg[svg.index("<svg") :].replace(INK, "currentColor")
    own = f"f{zlib.crc32(svg.encode()):x}-"  # ids of several figures on one page must differ
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{own}", svg)
    label = escape(f"{title}: {told}", quote=True)
    svg = svg.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)
    return f"<figure>{_wide(title, svg)}<figcaption>{escape(title)}</figcaption></figure>"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"
