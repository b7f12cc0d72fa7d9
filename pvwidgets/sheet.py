"""A worksheet as blocks, and the blocks as HTML, LaTeX and plain text.

A kind of activity says what stands on its worksheet; how that looks in each form is said here.
All texts are small Markdown as `richtext` reads it, or plain strings; all are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    """The key of an item: its text, the reading, and what is said of each choice."""

    text: Nodes
    reading: str
    said: list[tuple[str, Nodes]] = field(default_factory=list)


Block = Para | Table | Items


def _rich(text: str | Nodes) -> Nodes:
    return [text] if isinstance(text, str) else text


def _para(block: Para) -> Nodes:
    nodes = _rich(block.text)
    return [["strong", *nodes]] if block.strong and richtext.is_inline(nodes) else nodes


def _paragraphs(nodes: Nodes) -> str:
    inner = richtext.to_html(nodes)
    return f"<p>{inner}</p>" if richtext.is_inline(nodes) else inner


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
        return _paragraphs(_para(block))
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
    parts = [_paragraphs(item.text)]
    if item.choices:
        ticks = "".join(f"<li>{richtext.to_html(_rich(choice))}</li>" for choice in item.choices)
        parts.append(f'<ul class="pv-ticks">{ticks}</ul>')
    if item.blanks:
        *first, last = item.blanks
        spans = "".join(f"<span>{escape(blank)}</span>" for blank in first)
        parts.append(f'<p class="pv-blank">{spans}{escape(last)}</p>')
    parts.append('<p class="pv-line"></p>' * item.lines)
    return f"<li>{''.join(parts)}</li>"


def _html_answer(answer: Answer) -> str:
    said = "".join(
        f"<dt>{escape(name)}</dt><dd>{richtext.to_html(why)}</dd>" for name, why in answer.said
    )
    listed = f"<dl>{said}</dl>" if said else ""
    reading = f"<p><strong>{escape(answer.reading)}</strong></p>"
    return f"<li>{_paragraphs(answer.text)}{reading}{listed}</li>"


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
        return richtext.to_wrapped(_para(block), WIDTH)
    if isinstance(block, Table):
        return _text_table(block)
    return "\n".join(
        line for number, item in enumerate(block.items, 1) for line in _text_item(item, number)
    )


def _text_table(table: Table) -> str:
    rows = [["", *table.head], *table.rows]
    wide = [max(len(row[i]) for row in rows) + 2 for i in range(len(rows[0]))]
    if sum(wide) <= WIDTH:
        return "\n".join(
            "".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip()
            for row in rows
        )
    lines = []
    for first, *rest in table.rows:
        lines.append(_marked("", [first]))
        cells = zip(table.head, rest, strict=True)
        lines += [_marked("  ", [f"{name}: {cell}".rstrip()]) for name, cell in cells]
    return "\n".join(lines)


def _text_item(item: Item, number: int) -> Iterator[str]:
    yield _marked(f"{number:2}. ", item.text)
    for choice in item.choices:
        yield _marked("    [ ] ", _rich(choice))
    if item.blanks:
        *first, last = item.blanks
        asked = "".join(f"{blank}: {'_' * 22}   " for blank in first)
        yield _marked("    ", [f"{asked}{last}: ___"])
    yield from ["    " + "_" * (WIDTH - 4)] * item.lines


def _marked(mark: str, nodes: Nodes) -> str:
    """Return wrapped text with a mark before its first line, and the others indented as far."""
    body = richtext.to_wrapped(nodes, WIDTH - len(mark))
    first, *rest = (mark + body).split("\n")
    return "\n".join([first, *(" " * len(mark) + line if line else "" for line in rest)])


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
        return f"{richtext.to_latex(_para(block))}\n"
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
