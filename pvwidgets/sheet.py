"""A worksheet as blocks, and the blocks as HTML, LaTeX and plain text.

A kind of activity says what stands on its worksheet; how that looks in each form is said here.
All texts are small Markdown as `richtext` reads it, or plain strings; all are escaped.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from html import escape
from typing import Any

from . import richtext
from .words import words

WIDTH = 79

Nodes = list[Any]


@dataclass(frozen=True)
class Para:
    """A paragraph."""

    text: str | Nodes
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table: a caption, column headings, and rows that begin with their heading."""

    caption: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Item:
    """Something to work on: its text, choices to tick, and blanks to fill in."""

    text: Nodes
    choices: list[str | Nodes] = field(default_factory=list)
    #: What is asked; a blank follows each.
    blanks: list[str] = field(default_factory=list)
    #: Empty lines to write on.
    lines: int = 0


@dataclass(frozen=True)
class Items:
    """A numbered list of things to work on; `cut` ones are cards to cut out."""

    items: list[Item]
    cut: bool = False


@dataclass(frozen=True)
class Answer:
    """The key of an item: its text, the reading if there is one, and what is said of each choice."""

    text: Nodes
    reading: str
    said: list[tuple[str, Nodes]] = field(default_factory=list)


Block = Para | Table | Items


def _rich(text: str | Nodes) -> Nodes:
    return [text] if isinstance(text, str) else text


def html(blocks: list[Block], answers: list[Answer]) -> str:
    """Return a worksheet as HTML, the answers folded away at its end.

    Parameters
    ----------
    blocks : list of Para, Table or Items
        What to work on.
    answers : list of Answer
        Empty where the key is not at hand.

    Returns
    -------
    str
        Elements without ids, scripts or styles of their own; every text is escaped.
    """
    sheet = "".join(_html(block) for block in blocks)
    if not answers:
        return sheet
    told = "".join(_html_answer(one) for one in answers)
    title = escape(words()["worksheet"]["answers"])
    return f"{sheet}<details><summary>{title}</summary><ol>{told}</ol></details>"


def _html(block: Block) -> str:
    if isinstance(block, Para):
        inner = richtext.to_html(_rich(block.text))
        if block.strong:
            return f"<p><strong>{inner}</strong></p>"
        return inner if inner.startswith("<p") else f"<p>{inner}</p>"
    if isinstance(block, Table):
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in block.head)
        rows = "".join(
            f'<tr><th scope="row">{escape(first)}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in rest)
            + "</tr>"
            for first, *rest in block.rows
        )
        return (
            f"<table><caption>{escape(block.caption)}</caption>"
            f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )
    items = "".join(_html_item(item) for item in block.items)
    return f'<ol class="{"pv-cut" if block.cut else "pv-ask"}">{items}</ol>'


def _html_item(item: Item) -> str:
    inner = richtext.to_html(item.text)
    parts = [inner if inner.startswith("<p") else f"<p>{inner}</p>"]
    if item.choices:
        ticks = "".join(f"<li>{richtext.to_html(_rich(choice))}</li>" for choice in item.choices)
        parts.append(f'<ul class="pv-ticks">{ticks}</ul>')
    if item.blanks:
        *first, last = item.blanks
        spans = "".join(f"<span>{escape(blank)}</span>" for blank in first)
        parts.append(f'<p class="pv-blank">{spans}{escape(last)}</p>')
    if item.lines:
        # The first is for what has been written on the screen.
        parts.append('<p class="pv-own"></p>' + '<p class="pv-line"></p>' * item.lines)
    return f"<li>{''.join(parts)}</li>"


def _html_answer(answer: Answer) -> str:
    said = "".join(
        f"<dt>{escape(name)}</dt><dd>{richtext.to_html(why)}</dd>" for name, why in answer.said
    )
    inner = richtext.to_html(answer.text)
    reading = f"<p><strong>{escape(answer.reading)}</strong></p>" if answer.reading else ""
    return (
        f"<li>{inner if inner.startswith('<p') else f'<p>{inner}</p>'}"
        f"{reading}{f'<dl>{said}</dl>' if said else ''}</li>"
    )


def text(blocks: list[Block]) -> str:
    """Return a worksheet as plain text, without answers.

    Parameters
    ----------
    blocks : list of Para, Table or Items
        What to work on.
    """
    return "\n\n".join(_text(block) for block in blocks)


def _text(block: Block) -> str:
    if isinstance(block, Para):
        return richtext.to_text(_rich(block.text), WIDTH)
    if isinstance(block, Table):
        rows = [["", *block.head], *block.rows]
        wide = [max(len(row[i]) for row in rows) + 2 for i in range(len(rows[0]))]
        return "\n".join(
            "".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip()
            for row in rows
        )
    lines: list[str] = []
    for number, item in enumerate(block.items, 1):
        lines.append(
            textwrap.fill(
                richtext.to_text(item.text),
                WIDTH,
                initial_indent=f"{number:2}. ",
                subsequent_indent="    ",
            )
        )
        for choice in item.choices:
            lines.append(
                textwrap.fill(
                    richtext.to_text(_rich(choice)),
                    WIDTH,
                    initial_indent="    [ ] ",
                    subsequent_indent="        ",
                )
            )
        if item.blanks:
            *first, last = item.blanks
            asked = "".join(f"{blank}: {'_' * 22}   " for blank in first)
            lines.append(f"    {asked}{last}: ___")
        lines.extend(["    " + "_" * (WIDTH - 4)] * item.lines)
    return "\n".join(lines)


def latex(blocks: list[Block]) -> str:
    """Return a worksheet as LaTeX, without answers.

    Parameters
    ----------
    blocks : list of Para, Table or Items
        What to work on.
    """
    return "\n".join(_latex(block) for block in blocks)


def _latex(block: Block) -> str:
    tex = richtext.tex
    if isinstance(block, Para):
        return f"{richtext.to_latex(_rich(block.text))}\n"
    if isinstance(block, Table):
        body = " \\\\ \\hline\n".join(
            " & ".join(tex(cell) for cell in row) for row in [["", *block.head], *block.rows]
        )
        columns = "|l" * (len(block.head) + 1)
        return (
            f"\\begin{{center}}\\begin{{tabular}}{{{columns}|}}\\hline\n{body}"
            " \\\\ \\hline\n\\end{tabular}\\end{center}\n"
        )
    return f"\\begin{{enumerate}}\n{''.join(map(_latex_item, block.items))}\\end{{enumerate}}\n"


def _latex_item(item: Item) -> str:
    tex = richtext.tex
    out = f"\\item {richtext.to_latex(item.text)}\n"
    if item.choices:
        ticks = "".join(f"\\item[$\\Box$] {richtext.to_latex(_rich(c))}\n" for c in item.choices)
        out += f"\\begin{{itemize}}\n{ticks}\\end{{itemize}}\n"
    if item.blanks:
        *first, last = item.blanks
        asked = "".join(f"{tex(blank)}: \\rule{{5cm}}{{0.4pt}} \\quad " for blank in first)
        out += f"\n{asked}{tex(last)}: \\rule{{1cm}}{{0.4pt}}\n"
    return out + "\n\\rule{\\linewidth}{0.4pt}\n" * item.lines
