"""Small Markdown: what it knows, and that nothing in a text becomes markup of its own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pvwidgets import richtext

TAGS = {"p", "ul", "ol", "li", "em", "strong", "code", "br", "a"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("one\ntwo", "<p>one two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("one  \ntwo\\\nthree", "<p>one<br>two<br>three</p>"),
        ("*a* **b** `c*d*`", "<p><em>a</em> <strong>b</strong> <code>c*d*</code></p>"),
        ("*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>"),
        (r"\*a\* 2 * 3 * 4", "<p>*a* 2 * 3 * 4</p>"),
        ("- a\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("1. a\n2. b", "<ol><li><p>a</p></li><li><p>b</p></li></ol>"),
        ("- a\n\n  b\n  1. c", "<ul><li><p>a</p><p>b</p><ol><li><p>c</p></li></ol></li></ul>"),
        ("[a *b*](https://x.org/?c&d)", '<p><a href="https://x.org/?c&amp;d">a <em>b</em></a></p>'),
        ('[a](<https://x.org/"b>)', '<p><a href="https://x.org/%22b">a</a></p>'),
        ("[a](mailto:b@x.org)", '<p><a href="mailto:b@x.org">a</a></p>'),
        ("[a](#part)", '<p><a href="#part">a</a></p>'),
        ("[a](value-matrix.html)", '<p><a href="value-matrix.html">a</a></p>'),
        # What is not small Markdown stays as it was written.
        ("# a", "<p># a</p>"),
        ("> a", "<p>&gt; a</p>"),
        ("a | b", "<p>a | b</p>"),
        ("&lt;b&gt; & c", "<p>&amp;lt;b&amp;gt; &amp; c</p>"),
        ("<b onclick='x'>a</b>", "<p>&lt;b onclick=&#x27;x&#x27;&gt;a&lt;/b&gt;</p>"),
        ("<script>a</script>", "<p>&lt;script&gt;a&lt;/script&gt;</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("<https://x.org>", "<p>&lt;https://x.org&gt;</p>"),
        ("![a](https://x.org/b.png)", '<p>!<a href="https://x.org/b.png">a</a></p>'),
    ],
)
def test_blocks(text: str, html: str) -> None:
    assert richtext.to_html(richtext.blocks(text)) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" a\n *b*  c ", "a <em>b</em> c"),
        ("**a** - b", "<strong>a</strong> - b"),
        (r"2 \* 3", "2 * 3"),
        # A card has emphasis only.
        ("- a", "- a"),
        ("`a` [b](https://x.org)", "`a` [b](https://x.org)"),
        ("<b>a</b>", "&lt;b&gt;a&lt;/b&gt;"),
    ],
)
def test_inlines(text: str, html: str) -> None:
    assert richtext.to_html(richtext.inlines(text)) == html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        r"javascript\:alert(1)",
        "<javascript:alert(1)>",
        "vbscript:a",
        "data:text/html,a",
        "data:image/png;base64,AAAA",
        "data:image/svg+xml,a",
        "file:///etc/hosts",
        "blob:a",
        "about:blank",
        "//x.org/a",
        "https:x.org",
    ],
)
def test_what_never_becomes_a_link(address: str) -> None:
    html = richtext.to_html(richtext.blocks(f"[a]({address})"))
    assert "<a" not in html
    assert "a" in html


class Reader(HTMLParser):
    """Reads HTML strictly and notes elements, addresses and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.addresses += [value or "" for _, value in attrs]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def plain(nodes: list[Any]) -> str:
    return "".join(
        node if isinstance(node, str) else plain(node[2 if node[0] == "a" else 1 :])
        for node in nodes
    )


MARKS = ["*", "**", "`", "[", "](", ")", "[a](", "\\", "- ", "1. ", "  ", "\t", "\n", "\n\n"]
WORDS = [
    "a",
    "é",
    "−",
    " ",
    ":",
    "//",
    "javascript:",
    "data:",
    "https://",
    "\x01",
    "\x00",
    "\u2028",
]
HTML = ["<", ">", "&", '"', "'", "&lt;", "&#58;", "<script>", "</p>", "<!--", "<?", "<![CDATA["]
PIECES = st.sampled_from([*MARKS, *WORDS, *HTML])
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=40)


@settings(max_examples=300)
@given(TEXTS)
@example("[a](\x01javascript:alert(1))")
@example("[a](java\tscript:alert(1))")
@example("*a " * 300 + "a* " * 300)
def test_any_text_becomes_harmless_html(text: str) -> None:
    for nodes in (richtext.blocks(text), richtext.inlines(text)):
        reader = Reader(richtext.to_html(nodes))
        assert reader.tags <= TAGS
        # What a reader sees is what the tree says, so no text was taken for markup.
        assert reader.text == plain(nodes)
        for address in reader.addresses:
            # A browser drops blanks and control characters before it looks for a scheme.
            bare = re.sub(r"[\x00-\x20]", "", address).replace("\\", "/")
            assert urlsplit(bare).scheme in ("", "http", "https", "mailto")
            assert not bare.startswith("//")


@settings(max_examples=200)
@given(TEXTS)
def test_the_tree_is_plain_data_of_known_tags(text: str) -> None:
    def known(nodes: list[Any], tags: set[str]) -> None:
        for node in nodes:
            if not isinstance(node, str):
                assert node[0] in tags
                known(node[2:] if node[0] == "a" else node[1:], TAGS)

    assert all(isinstance(node, list) for node in richtext.blocks(text))
    known(richtext.blocks(text), {"p", "ul", "ol"})
    known(richtext.inlines(text), {"em", "strong"})


@pytest.mark.parametrize(
    ("text", "width", "plain_text"),
    [
        ("*a* **b** `c` [d](https://x.org)", 0, "a b c d"),
        ("one\n\ntwo", 0, "one\ntwo"),
        ("a  \nb", 0, "a\nb"),
        ("- a\n- b", 0, "- a\n- b"),
        ("1. a\n2. b\n   - c\n\n     d", 0, "1. a\n2. b\n   - c\n     d"),
        ("one two three", 8, "one two\nthree"),
        ("- one two three", 9, "- one two\n  three"),
        ("<b>&amp;</b>", 0, "<b>&amp;</b>"),
    ],
)
def test_text(text: str, width: int, plain_text: str) -> None:
    assert richtext.to_text(richtext.blocks(text), width) == plain_text


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("*a* **b** `c_d`", "\\emph{a} \\textbf{b} \\texttt{c\\_d}\n\n"),
        ("[a & b](https://x.org/%20)", "a \\& b\n\n"),
        ("a  \nb", "a\\\\ b\n\n"),
        ("- a", "\\begin{itemize}\n\\item a\n\n\n\\end{itemize}\n"),
        ("1. a", "\\begin{enumerate}\n\\item a\n\n\n\\end{enumerate}\n"),
        ("5 % of $3 #1 ~ ^", "5 \\% of \\$3 \\#1 \\textasciitilde{} \\textasciicircum{}\n\n"),
        (r"\\input{a}", "\\textbackslash{}input\\{a\\}\n\n"),
        # After \item a bare bracket would be read as the item's label.
        ("- [draft] a", "\\begin{itemize}\n\\item {[}draft{]} a\n\n\n\\end{itemize}\n"),
        ("a + or −", "a + or --\n\n"),
    ],
)
def test_latex(text: str, latex: str) -> None:
    assert richtext.to_latex(richtext.blocks(text)) == latex


@settings(max_examples=200)
@given(st.text(alphabet="ab\\{}$&#_%~^[] é\n", max_size=30) | st.text(max_size=30))
def test_no_character_is_special_in_latex(text: str) -> None:
    back = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}
    back |= {"{[}": "[", "{]}": "]"} | {f"\\{c}": c for c in "{}$&#_%"}
    escaped = richtext.tex(text)
    pattern = "|".join(map(re.escape, back))
    assert not re.search(r"[\\{}$&#_%~^\[\]]", re.sub(pattern, "", escaped))
    assert re.sub(pattern, lambda found: back[found[0]], escaped) == text.replace("−", "--")
