"""The matrix activity where no script runs: a worksheet in HTML, LaTeX and plain text.

Each shows the first set; with the key half the answers follow, folded away or on their own.
`items` is what is said about each card of a response that was handed in.
"""

from __future__ import annotations

import textwrap
from html import escape
from typing import Any

from ... import richtext
from ...results import Check, Item
from ...words import words
from .grade import CELLS, STEP

WIDTH = 79


def _shown(public: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    texts = {card["id"]: card["text"] for card in public["cards"]}
    return [(card, texts[card]) for card in public["sets"][0]]


def _mark(sign: str) -> str:
    return str(words()["matrix"]["marks"][sign])


def html(public: dict[str, Any], key: dict[str, Any] | None) -> str:
    """Return the worksheet as HTML.

    Parameters
    ----------
    public, key : dict
        The activity's halves; without the key no answers are given.

    Returns
    -------
    str
        Elements without ids, scripts or styles of their own; every text is escaped.
    """
    w, m = words()["worksheet"], words()["matrix"]
    head = "".join(f'<th scope="col">{escape(t)}</th>' for t in m["columns"].values())
    body = "".join(
        f'<tr><th scope="row">{escape(row)}</th>'
        + "".join(f"<td>{escape(m['cells'][column + letter])}</td>" for column in "IC")
        + "</tr>"
        for letter, row in m["rows"].items()
    )
    cards = "".join(
        f'<li><p>{richtext.to_html(text)}</p><p class="pv-blank"><span>{escape(w["cell"])}</span>'
        f"{escape(w['sign'])}</p></li>"
        for _, text in _shown(public)
    )
    sheet = (
        f"<p>{escape(w['lead'])}</p>"
        f"<table><caption>{escape(m['name'])}</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
        f'<ol class="pv-cut">{cards}</ol>'
    )
    if key is None:
        return sheet
    answers = "".join(_answer(key["cards"][card], text) for card, text in _shown(public))
    return f"{sheet}<details><summary>{escape(w['answers'])}</summary><ol>{answers}</ol></details>"


def _answer(entry: dict[str, Any], text: list[Any]) -> str:
    m = words()["matrix"]
    explained = "".join(
        f"<dt>{escape(m['cells'][cell])}</dt><dd>{richtext.to_html(entry['feedback'][cell])}</dd>"
        for cell in CELLS
    )
    return (
        f"<li><p>{richtext.to_html(text)}</p><p><strong>{escape(_reading(entry))}</strong></p>"
        f"<dl>{explained}</dl></li>"
    )


def _reading(entry: dict[str, Any]) -> str:
    w, m = words()["worksheet"], words()["matrix"]
    also = f" {w['also']}: {m['cells'][entry['alt']]}." if "alt" in entry else ""
    return f"{w['key']}: {m['cells'][entry['cell']]} ({_mark(entry['sign'])}).{also}"


def text(public: dict[str, Any]) -> str:
    """Return the worksheet as plain text, without answers.

    Parameters
    ----------
    public : dict
        The activity's public half.
    """
    w, m = words()["worksheet"], words()["matrix"]
    lead = textwrap.fill(w["lead"], WIDTH)
    lines = [richtext.to_text(public["prompt"], WIDTH), "", lead, ""]
    wide = max(len(name) for name in m["cells"].values()) + 2
    names = list(m["columns"].values())
    lines.append(" " * 10 + "".join(name.ljust(wide) for name in names).rstrip())
    for letter, row in m["rows"].items():
        cells = (m["cells"][column + letter] for column in m["columns"])
        lines.append(row.ljust(10) + "".join(cell.ljust(wide) for cell in cells).rstrip())
    lines.append("")
    for number, (_, card) in enumerate(_shown(public), 1):
        lines.append(
            textwrap.fill(
                richtext.to_text(card),
                WIDTH,
                initial_indent=f"{number:2}. ",
                subsequent_indent="    ",
            )
        )
        lines.append(f"    {w['cell']}: ______________________   {w['sign']}: ___")
    return "\n".join(lines)


def latex(public: dict[str, Any]) -> str:
    """Return the worksheet as LaTeX, without answers.

    Parameters
    ----------
    public : dict
        The activity's public half.
    """
    w, m = words()["worksheet"], words()["matrix"]
    tex = richtext.tex
    table = " \\\\ \\hline\n".join(
        " & ".join([tex(row), *(tex(m["cells"][column + letter]) for column in m["columns"])])
        for letter, row in m["rows"].items()
    )
    head = " & ".join(["", *(tex(name) for name in m["columns"].values())])
    items = "".join(
        f"\\item {richtext.to_latex(card)}\\\\\n"
        f"{tex(w['cell'])}: \\rule{{5cm}}{{0.4pt}} \\quad "
        f"{tex(w['sign'])}: \\rule{{1cm}}{{0.4pt}}\n"
        for _, card in _shown(public)
    )
    return (
        f"{richtext.to_latex(public['prompt'])}{tex(w['lead'])}\n\n"
        f"\\begin{{center}}\\begin{{tabular}}{{|l|l|l|}}\\hline\n{head} \\\\ \\hline\n{table}"
        " \\\\ \\hline\n\\end{tabular}\\end{center}\n"
        f"\\begin{{enumerate}}\n{items}\\end{{enumerate}}\n"
    )


def items(
    public: dict[str, Any], key: dict[str, Any], response: dict[str, Any], check: Check
) -> list[Item]:
    """Return what is said about each card, in the order of the set.

    Parameters
    ----------
    public, key : dict
        The activity's halves.
    response : dict
        A well-formed response.
    check : Check
        Its board, judged.
    """
    texts = {card["id"]: card["text"] for card in public["cards"]}
    found = []
    for card in response["set"]:
        status = check.items[card]
        cell = response["placed"].get(card)
        said = [["p", _verdict(status, cell, "alt" in key["cards"][card])]]
        if cell is not None:
            said += key["cards"][card]["feedback"][cell]
        score = STEP * {"right": 2, "defensible": 2, "column": 1, "row": 1}.get(status, 0)
        found.append(Item(card, score, 2 * STEP, texts[card], said))
    return found


def _verdict(status: str, cell: str | None, doubtful: bool) -> str:
    ui, m = words()["ui"], words()["matrix"]
    if cell is None:
        return str(words()["handin"]["open"])
    off = {"both": "offBoth", "column": "offColumn", "row": "offRow"}.get(status)
    if off is None:
        verdict = words()["handin"][status]
    else:
        verdict = ui[f"{off}Only" if doubtful and off != "offBoth" else off]
    return f"{ui['youChose'].format(cell=m['cells'][cell])} {verdict}"
