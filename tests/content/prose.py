"""The words of a chapter that a learner reads, without code, addresses and markup."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHAPTERS = {
    number: ROOT / "chapters" / f"{slug}.md"
    for number, slug in enumerate(
        [
            "why-public-value",
            "what-it-means",
            "value-matrix",
            "value-chain",
            "people-service-trust",
            "strategic-triangle",
            "authorizing-environment",
            "recognising-value",
            "nobodys-core-business",
            "to-cocreation",
            "leading-cocreation",
            "critics-and-capstone",
        ],
        1,
    )
}
CASES = sorted((ROOT / "chapters" / "cases").glob("*.md"))
PAGES = sorted((ROOT / "chapters").rglob("*.md"))


def prose(text: str) -> str:
    """Return what is read: no front matter, code cells, targets, roles or addresses."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    for what in ("code-cell", "bibliography"):
        text = re.sub(rf"^(`{{3,}})\{{{what}\}}.*?^\1$", "", text, flags=re.S | re.M)
    text = re.sub(r"^`{3,}.*$|^:[\w-]+:.*$|^\([\w-]+\)=$", "", text, flags=re.M)
    text = re.sub(r"\{cite:\w+\}`[^`]*`", "", text)
    text = re.sub(r"\{\w+\}`([^`<]*?)(?:\s*<[^>]*>)?`", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[*#|]+", " ", text)


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", prose(text))


def sentences(text: str) -> str:
    """Return the prose without the rules of tables, for a readability formula."""
    return re.sub(r"^\s*[-: ]+$", "", prose(text), flags=re.M)


def activities(text: str) -> list[str]:
    """Return the ids of the activities that stand in a chapter."""
    return re.findall(r'pv\.activity\("([^"]+)"\)', text)
