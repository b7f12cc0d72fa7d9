"""The small Markdown of prompts and feedback, read once here and rendered by every host.

Text becomes a tree of plain data: an inline node is a string or ``[tag, child, ...]`` with the
tags ``em``, ``strong``, ``code`` and ``br``, or ``["a", address, child, ...]``; a block is
``["p", inline, ...]``, or ``["ul" | "ol", ["li", block, ...], ...]``. The browser builds
elements from the tree, so that no host ever inserts markup; HTML in a text is shown as it was
written. Parsing is left to markdown-it-py (CommonMark).
"""

from __future__ import annotations

import html
import re
import textwrap
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

Inline = str | list[Any]
Block = list[Any]

_full = MarkdownIt("zero").enable(["emphasis", "backticks", "link", "list", "escape", "newline"])
_emphasis = MarkdownIt("zero").enable(["emphasis", "escape"])

_SAFE_LINK = re.compile(r"^(https?://|mailto:|#|(?![a-z][a-z0-9+.-]*:|//))", re.IGNORECASE)


def blocks(text: str) -> list[Block]:
    """Parse paragraphs, lists, emphasis, code and links.

    Parameters
    ----------
    text : str
        Small Markdown.

    Returns
    -------
    list
        Block nodes, see the module's text.
    """
    return _blocks(_full.parse(text))


def inlines(text: str) -> list[Inline]:
    """Parse one line of text with emphasis only.

    Parameters
    ----------
    text : str
        Text with ``*em*`` and ``**strong**``; line breaks count as spaces.

    Returns
    -------
    list
        Inline nodes, see the module's text.
    """
    tokens = _emphasis.parseInline(" ".join(text.split()))
    return _inlines(tokens[0].children or []) if tokens else []


def _blocks(tokens: list[Token]) -> list[Block]:
    stack: list[Block] = [["root"]]
    for token in tokens:
        if token.type == "inline":
            stack[-1].extend(_inlines(token.children or []))
        elif token.nesting == 1:
            node: Block = [token.tag]
            stack[-1].append(node)
            stack.append(node)
        elif token.nesting == -1:
            stack.pop()
    return stack[0][1:]


def _inlines(tokens: list[Token]) -> list[Inline]:
    heads: list[list[Any]] = [[]]
    bodies: list[list[Any]] = [[]]
    for token in tokens:
        if token.nesting == 1:
            href = str(token.attrGet("href") or "")
            safe = token.tag != "a" or _SAFE_LINK.match(href)
            heads.append((["a", href] if token.tag == "a" else [token.tag]) if safe else ["em"])
            bodies.append([])
        elif token.nesting == -1:
            node = heads.pop() + bodies.pop()
            bodies[-1].append(node)
        elif token.type == "hardbreak":
            bodies[-1].append(["br"])
        elif token.type == "code_inline":
            bodies[-1].append(["code", token.content])
        else:
            text = " " if token.type == "softbreak" else token.content
            if bodies[-1] and isinstance(bodies[-1][-1], str):
                bodies[-1][-1] += text
            elif text:
                bodies[-1].append(text)
    return bodies[0]


def _parts(node: list[Any]) -> tuple[str, str, list[Any]]:
    return (node[0], node[1], node[2:]) if node[0] == "a" else (node[0], "", node[1:])


def to_html(nodes: list[Any]) -> str:
    """Return HTML of block or inline nodes, with every text escaped."""
    out = []
    for node in nodes:
        if isinstance(node, str):
            out.append(html.escape(node))
            continue
        tag, href, children = _parts(node)
        if tag == "br":
            out.append("<br>")
        else:
            attribute = f' href="{html.escape(href)}"' if tag == "a" else ""
            out.append(f"<{tag}{attribute}>{to_html(children)}</{tag}>")
    return "".join(out)


def to_text(nodes: list[Any], width: int = 0) -> str:
    """Return plain text of block or inline nodes.

    Parameters
    ----------
    nodes : list
        Block or inline nodes.
    width : int, optional
        Wrap at this many characters; 0 for no wrapping.
    """
    parts: list[str] = []
    for node in nodes:
        tag = node[0] if isinstance(node, list) else ""
        if tag in ("ul", "ol"):
            for number, item in enumerate(node[1:], 1):
                mark = "- " if tag == "ul" else f"{number}. "
                body = to_wrapped(item[1:], max(width - len(mark), 0))
                parts.append(mark + body.replace("\n", "\n" + " " * len(mark)) + "\n")
        elif tag == "p":
            parts.append(to_wrapped(node[1:], width) + "\n")
        elif tag == "br":
            parts.append("\n")
        else:
            parts.append(node if isinstance(node, str) else to_text(_parts(node)[2]))
    return "".join(parts).rstrip("\n")


def is_inline(nodes: list[Any]) -> bool:
    """Tell whether nodes stand within a line: no paragraph and no list is among them."""
    return not any(isinstance(node, list) and node[0] in ("p", "ul", "ol") for node in nodes)


def to_wrapped(nodes: list[Any], width: int) -> str:
    """Return plain text of nodes, also of inline ones, every line of it wrapped at `width`."""
    parts = []
    for inline, run in groupby(nodes, lambda node: is_inline([node])):
        text = to_text(list(run), width)
        parts.append(textwrap.fill(text, width) if inline and width else text)
    return "\n".join(parts)


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "−": "--",
    "[": "{[}", "]": "{]}",  # bare, a bracket after \item or \\ would open an option
}  # fmt: skip


def tex(text: str) -> str:
    """Return a text with LaTeX's special characters escaped."""
    return "".join(_TEX.get(c, c) for c in text)


def to_latex(nodes: list[Any]) -> str:
    """Return LaTeX of block or inline nodes, with every text escaped."""
    out = []
    for node in nodes:
        if isinstance(node, str):
            out.append(tex(node))
            continue
        tag, _, children = _parts(node)
        body = to_latex(children)
        if tag in ("ul", "ol"):
            name = "itemize" if tag == "ul" else "enumerate"
            out.append(f"\\begin{{{name}}}\n{body}\\end{{{name}}}\n")
        elif tag == "li":
            out.append(f"\\item {body}\n")
        elif tag == "p":
            out.append(f"{body}\n\n")
        elif tag == "br":
            out.append(r"\\ ")
        else:
            command = {"em": "emph", "strong": "textbf", "code": "texttt"}.get(tag)
            out.append(f"\\{command}{{{body}}}" if command else body)
    return "".join(out)
