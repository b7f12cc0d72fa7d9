"""Counting: the public value account (8.1), what would have been (8.2), and for whom (8.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .. import cases
from .common import (
    ASIDE,
    BLUE,
    BODY,
    GAIN,
    GREEN,
    HEADING,
    INK,
    LOSS,
    ON_GAIN,
    ON_LOSS,
    PURPLE,
    RED,
    SHEET,
    STRONG,
    TINT,
    Picture,
    Sign,
    clean,
    describe,
    known,
    listed,
    plain_settings,
    short_alt,
    width_of,
)
from .sheet import Lines, Point, Sheet, height_of, set_text

_MINUS = "\u2212"
_SIGNS: dict[int, Sign] = {
    1: Sign("+", "gain", GAIN, ON_GAIN),
    -1: Sign(_MINUS, "loss", LOSS, ON_LOSS),
}


def _number(value: float) -> str:
    """Return a number with its sign, as texts have it."""
    sign = "+" if value > 0 else _MINUS if value < 0 else ""
    return f"{sign}{abs(value):,.10g}"


# --- Figure 8.1 ----------------------------------------------------------------------

_HEADS = {"cost": "Used up", "gain": "Gained"}


def _checked_entries(entries: Iterable[cases.Entry]) -> list[cases.Entry]:
    checked = []
    for entry in entries:
        if not isinstance(entry, cases.Entry):
            raise TypeError(f"an account holds cases.Entry, not {entry!r}")
        known(entry.line, cases.LINES, "line of the account")
        if not clean(entry.text):
            raise ValueError("each entry needs a text")
        if entry.sign not in _SIGNS:
            raise ValueError(f"{entry.text!r}: a sign is 1 or -1, not {entry.sign!r}")
        if entry.money is not None and (isinstance(entry.money, bool) or entry.money < 0):
            raise ValueError(f"{entry.text!r}: money is an amount without a sign")
        checked.append(entry)
    if not checked:
        raise ValueError("an account needs one entry or more")
    return checked


def account(entries: Iterable[cases.Entry] | None = None, *, case: str = "") -> Picture:
    """Draw a public value account: used up, gained, and justice across both.

    Parameters
    ----------
    entries : iterable of pvwidgets.cases.Entry, optional
        The entries, each with its line, its sign and, in the money band, its amount.
        Without them, the first year of San Aurelio's patrols, lamps and stewards.
    case : str, optional
        The place of an invented case; the figure is then marked as invented.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Raises
    ------
    ValueError
        If there is no entry, a text is empty, a line is not known (the message names the
        likely intended one), a sign is not 1 or -1, or an amount has a sign.
    TypeError
        If an entry is not an `Entry`.

    Notes
    -----
    Lines after Moore (2013), *Recognizing Public Value*. What has no price stands in the
    band "not in money"; the sum is of the money band alone. The case is invented.
    """
    given = _checked_entries(cases.SAN_AURELIO if entries is None else entries)
    place = clean(case) or ("San Aurelio, in crowns" if entries is None else "")
    marked = [f"Invented case: {place}."] if place else []
    with plain_settings():
        figure = _draw_account(given, marked[0].rstrip(".") if marked else "")
    title = "A public value account"
    total = _number(cases.money_sum(given))

    def told(entry: cases.Entry) -> str:
        amount = "" if entry.money is None else f" {_number(entry.sign * entry.money)}"
        return (
            f"{entry.line.capitalize()}, {_SIGNS[entry.sign].meaning}, "
            f"{'not in money' if entry.money is None else 'in money'}: "
            f"{clean(entry.text).rstrip('.')}{amount}."
        )

    counts = []
    for words, part in (("used up", "cost"), ("gained", "gain"), ("justice", "justice")):
        those = [entry for entry in given if cases.LINES[entry.line] == part]
        losses = sum(entry.sign < 0 for entry in those)
        counts.append(f"{words}: gains {len(those) - losses}, losses {losses}")
    priced = sum(entry.money is not None for entry in given)
    return describe(
        figure,
        title=title,
        alt=" ".join(
            [
                f"{title}.",
                *marked,
                "What was used up stands on the left, what was gained on the right, justice and "
                "fairness in a line of its own across both.",
                f"Entries, {'; '.join(counts)}.",
                f"{priced} of {len(given)} entries are in money; they sum to {total}. The others "
                "have no price and are in no sum.",
            ]
        ),
        lines=[
            *marked,
            *(told(entry) for entry in given),
            f"Sum of the money band: {total}. What is not in money is in no sum.",
        ],
    )


def _draw_account(given: Sequence[cases.Entry], mark: str) -> Picture:
    half, pad, indent, after = 226.0, 10.0, 32.0, 9.0
    right = SHEET - half - 1

    def lines_of(entry: cases.Entry, width: float) -> Lines:
        amount = [(f"{_number(entry.sign * entry.money)}", STRONG)] if entry.money else []
        return set_text(width - 2 * pad - indent, (clean(entry.text), BODY), *amount)

    def head(line: str, width: float) -> Lines:
        return set_text(width - 2 * pad, (line.capitalize(), ASIDE))

    def by_line(those: Sequence[cases.Entry]) -> list[tuple[str, list[cases.Entry]]]:
        found = [(line, [e for e in those if e.line == line]) for line in cases.LINES]
        return [(line, some) for line, some in found if some]

    def height(those: Sequence[cases.Entry], width: float) -> float:
        total = sum(height_of(lines_of(entry, width)) + after for entry in those)
        heads = sum(height_of(head(line, width)) + 2 for line, _ in by_line(those))
        return (total + heads or BODY.leading) + 2 * pad

    def of(part: str, *, money: bool) -> list[cases.Entry]:
        return [
            entry
            for entry in given
            if cases.LINES[entry.line] == part and (entry.money is not None) == money
        ]

    justice = [entry for entry in given if cases.LINES[entry.line] == "justice"]
    bands = {
        name: {part: of(part, money=money) for part in _HEADS}
        for name, money in (("in money", True), ("not in money", False))
    }
    heights = {
        name: max(height(those, half) for those in band.values()) for name, band in bands.items()
    }
    heading = 30
    justice_height = height(justice, SHEET) + HEADING.leading
    total = heading + sum(heights.values()) + 3 * 36 + 40 + justice_height + (50 if mark else 0)
    sheet = Sheet(total)

    def write(those: Sequence[cases.Entry], name: str, x: float, y: float, width: float) -> None:
        for line, some in by_line(those):
            y = sheet.write(name, x, y, head(line, width)) + 2
            for number, entry in enumerate(some):
                sign = f"{name}/{line} {number}"
                sheet.sign(sign, x + 11, y + 0.66 * BODY.size, _SIGNS[entry.sign], 11)
                y = sheet.write(name, x + indent, y, lines_of(entry, width)) + after
        if not those:
            sheet.lines(name, x, y, ["no entry"], ASIDE)

    for words, x in zip(_HEADS.values(), (1 + half / 2, right + half / 2), strict=True):
        sheet.line("page", x, 20, words, HEADING, centred=True)
    y: float = heading
    for name, band in bands.items():
        sheet.lines("page", 1, y, [name.capitalize()], STRONG)
        y += 30
        for (part, those), x, hue in zip(band.items(), (1.0, right), (RED, BLUE), strict=True):
            box = f"{name} {part}"
            dashed = name != "in money"
            at = (x, y, half, heights[name])
            sheet.box(box, at, hue, opacity=TINT, edge=hue, dashed=dashed)
            write(those, box, x + pad, y + pad, half)
        y += heights[name] + 6
        if name == "in money":
            words = f"Sum of the money band: {_number(cases.money_sum(given))}"
            sheet.lines("page", SHEET / 2, y, [words], STRONG, centred=True)
            y += 40
    at = (1.0, y + 4, SHEET - 2.0, justice_height)
    sheet.box("justice", at, PURPLE, opacity=TINT, edge=PURPLE)
    top = sheet.lines("justice", 1 + pad, y + 12, ["Justice and fairness"], HEADING)
    write(justice, "justice", 1 + pad, top + 4, SHEET)
    if mark:
        sheet.mark(mark, SHEET / 2, at[1] + justice_height + 10, SHEET)
    return sheet.figure


# --- Figure 8.2 ----------------------------------------------------------------------


def counterfactual() -> Picture:
    """Draw what a programme prevented: the counts, and what would perhaps have been.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    Difference in differences of an invented case: `pvwidgets.cases.LUMARI`.
    """
    numbers = cases.LUMARI
    with plain_settings():
        figure = _draw_counterfactual(numbers)
    title = "Measles in Lumari, and without the programme"
    difference = _number(numbers.difference)
    sums = (
        f"({numbers.after} {_MINUS} {numbers.before}) {_MINUS} "
        f"({numbers.other_after} {_MINUS} {numbers.other_before}) = {difference}"
    )
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. Invented case. Cases per 10,000 children under five, before and after. "
            f"Lumari falls from {numbers.before} to {numbers.after}, the comparison district from "
            f"{numbers.other_before} to {numbers.other_after}. With the same change as there, "
            f"Lumari would have come to {numbers.without}. The gap, {abs(numbers.difference)}, is "
            "what can be credited as prevented, if nothing else differed."
        ),
        lines=[
            "Invented case. Cases per 10,000 children under five.",
            f"Lumari: {numbers.before} before, {numbers.after} after, {_number(numbers.change)}.",
            f"Comparison district: {numbers.other_before} before, {numbers.other_after} after, "
            f"{_number(numbers.other_change)}.",
            f"Lumari with the change of the comparison district: {numbers.without}.",
            f"Difference in differences: {sums}.",
        ],
    )


def _draw_counterfactual(numbers: cases.TwoAreas) -> Picture:
    sheet = Sheet(470)
    left, right, top, bottom = 104.0, 306.0, 66.0, 336.0

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / 45

    before, after = (left, y(numbers.before)), (right, y(numbers.after))
    without = (right, y(numbers.without))
    other: list[Point] = [(left, y(numbers.other_before)), (right, y(numbers.other_after))]
    sheet.lines("page", 1, 2, ["Cases per 10,000 children under five"], STRONG)
    sheet.area([before, without, after], GREEN, 0.22)
    sheet.bar((left - 8, bottom, right - left + 16, 1), INK, 0.6)
    for x, words in ((left, "before"), (right, "after")):
        sheet.lines("page", x, bottom + 8, [words], BODY, centred=True)
    sheet.stroke([before, after], width=3, colour=BLUE, opacity=1)
    sheet.stroke([before, without], width=2.4, colour=BLUE, opacity=1, dash="dashed")
    sheet.stroke(other, width=2, colour=RED, opacity=1)
    for point, hue in ((before, BLUE), (after, BLUE), (other[0], RED), (other[1], RED)):
        sheet.dot(*point, hue, 5)

    def at_left(value: int, name: str, up: float) -> None:
        words = f"{name} {value}"
        x = left - 12 - width_of(words, BODY)
        sheet.line("page", x, y(value) + up, words, BODY)

    at_left(numbers.before, "Lumari", -6)
    at_left(numbers.other_before, "other", 18)
    x = right + 30
    sheet.line("page", x, without[1] - 8, f"{numbers.without} without", BODY)
    sheet.line("page", x, other[1][1] + 16, f"{numbers.other_after} other", BODY)
    sheet.line("page", x, after[1] + 6, f"{numbers.after} Lumari", BODY)
    # The gap, as a bracket with its number
    sheet.arrow([(right + 16, without[1]), (right + 16, after[1])], both=True, width=1.2)
    gap = (without[1] + after[1]) / 2 + 14
    lines = set_text(120, (f"{abs(numbers.difference)} prevented", STRONG))
    sheet.write("page", x, gap - height_of(lines) / 2, lines)
    key = (
        "“other” is the comparison district; the dashed line is Lumari with the change of "
        "that district."
    )
    end = sheet.write("page", 1, bottom + 38, set_text(SHEET - 2, (key, ASIDE)))
    sheet.mark("Invented case", SHEET / 2, end + 6, SHEET)
    return sheet.figure


# --- Figure 8.3 ----------------------------------------------------------------------

_INVENTED: dict[str, float] = {"North": 9, "Market": 8, "Harbour": 6, "Hill": -11}


def by_group(changes: Mapping[str, float] | None = None) -> Picture:
    """Draw a change for each group and on average: a mean can rise while one group loses.

    Parameters
    ----------
    changes : mapping of str to number, optional
        Change of each group, in points; the groups count alike in the average. Without
        it, four invented neighbourhoods after service hours were moved.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Raises
    ------
    ValueError
        If there are fewer than two groups, or a name is empty or there twice.
    TypeError
        If a change is not a number.

    Notes
    -----
    The numbers of the course are invented and marked as such.
    """
    table: dict[str, float] = {}
    for group, change in (_INVENTED if changes is None else changes).items():
        name = clean(str(group))
        if not name or name in table:
            raise ValueError(f"each group needs a name of its own, not {group!r}")
        if isinstance(change, bool) or not isinstance(change, int | float):
            raise TypeError(f"{name!r}: a change is a number, not {change!r}")
        table[name] = change
    if len(table) < 2:
        raise ValueError("give two groups or more")
    mean = sum(table.values()) / len(table)
    what = "Change in satisfied users, points"
    marked = ["Invented numbers."] if changes is None else []
    with plain_settings():
        figure = _draw_by_group(table, mean, what if changes is None else "Change", bool(marked))
    title = "Better on average, and for whom"
    losers = [name for name, change in table.items() if change < 0]
    average = f"On average: {_number(round(mean, 1))}."
    lose = f"Below zero: {listed(losers)}." if losers else "No group is below zero."
    groups = [f"{name}: {_number(change)}." for name, change in table.items()]
    return describe(
        figure,
        title=title,
        alt=short_alt(
            " ".join([f"{title}.", *marked, *groups, average, lose]),
            " ".join([f"{title}.", *marked, f"{len(table)} groups.", average, lose]),
        ),
        lines=[*marked, *groups, average, lose],
    )


def _draw_by_group(table: Mapping[str, float], mean: float, what: str, invented: bool) -> Picture:
    rows = [*table.items(), ("Average", mean)]
    names, bar, step = 132.0, 26.0, 12.0
    labels = [
        set_text(names - 8, (name, STRONG if n == len(table) else BODY))
        for n, (name, _) in enumerate(rows)
    ]
    heights = [max(bar, height_of(lines)) + step for lines in labels]
    head = 36.0
    sheet = Sheet(head + sum(heights) + 16 + (48 if invented else 8))
    sheet.lines("page", 1, 2, [what], STRONG)
    most = max(1.0, max(0.0, *(change for _, change in rows)))
    least = min(0.0, *(change for _, change in rows))
    room = SHEET - names - 2 * 62
    scale = room / (most - least)
    zero = names + 62 - least * scale
    y = head
    for number, ((_, change), lines, height) in enumerate(zip(rows, labels, heights, strict=True)):
        last = number == len(table)
        if last:
            sheet.bar((0, y + 1, SHEET, 1), INK, 0.5)
            y += 10
        middle = y + height / 2
        sheet.write("page", 1, middle - height_of(lines) / 2, lines)
        length = abs(change) * scale
        left = zero if change >= 0 else zero - length
        colour = GAIN if change >= 0 else LOSS
        sheet.bar((left, middle - bar / 2, length, bar), colour, 1)
        if last:
            sheet.box("average", (left, middle - bar / 2, length, bar), None, edge=INK)
        words = _number(round(change, 1))
        x = zero + length + 8 if change >= 0 else zero - length - 8 - width_of(words, STRONG)
        sheet.line("page", x, middle + STRONG.middle, words, STRONG)
        y += height
    sheet.bar((zero - 0.75, head - 2, 1.5, y - head + 4), INK, 0.8)
    if invented:
        sheet.mark("Invented numbers", SHEET / 2, y + 10, SHEET)
    return sheet.figure
