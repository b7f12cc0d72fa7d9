"""Walk through the page "Write your first activity in ten minutes" as its reader would.

The blocks of the page are done in their order. A block of commands is run; a block with a caption
says in it what is to be done: a file to write, to add to or to change, or what is seen after the
commands before it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sysconfig
import urllib.request
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

import nbformat
import pytest
from markdown_it import MarkdownIt
from nbclient import NotebookClient

import pvwidgets as pv

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "chapters" / "for-authors" / "first-activity.md"
FINISHED = PAGE.parent / "examples" / "street-lamps.yml"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@dataclass
class Block:
    language: str
    caption: str
    body: str


def blocks(text: str) -> list[Block]:
    found = []
    for token in MarkdownIt().parse(text):
        if token.type == "fence" and token.info.startswith("{code-block} "):
            option = re.match(r":caption: (.*)\n", token.content)
            body = token.content[option.end() :] if option else token.content
            found.append(Block(token.info.split()[1], option[1] if option else "", body))
    return found


def plain(text: str) -> str:
    """Return a text without its line breaks and with one port for all: a terminal breaks lines."""
    return " ".join(ADDRESS.sub("http://127.0.0.1:PORT/", text).split())


@dataclass
class Walk:
    folder: Path
    seen: str = ""
    address: str = ""
    preview: subprocess.Popen[str] | None = None

    def step(self, block: Block) -> None:
        caption = block.caption
        if block.language == "sh":
            self.seen = "".join(self.run(line) for line in block.body.splitlines())
        elif caption == "What you see":
            assert plain(self.seen) == plain(block.body)
        elif found := re.fullmatch(r"What is in (\S+)", caption):
            assert self.read(found[1]) == block.body
        elif found := re.fullmatch(r"The new (\S+)", caption):
            self.write(found[1], block.body)
        elif found := re.fullmatch(r"More for the end of (\S+)", caption):
            self.write(found[1], self.read(found[1]) + block.body)
        elif found := re.fullmatch(r"The new line (\d+) of (\S+)", caption):
            lines = self.read(found[2]).splitlines(keepends=True)
            lines[int(found[1]) - 1] = block.body
            self.write(found[2], "".join(lines))
        elif found := re.fullmatch(r"A new first line of (\S+)", caption):
            self.write(found[1], block.body + self.read(found[1]))
        elif found := re.fullmatch(r"A cell of a notebook in (\S+)", caption):
            self.run_cell(found[1], block.body)
        else:
            assert not caption, f"nobody knows what to do with {caption!r}"
            assert (self.folder / block.body.strip()).is_file()

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, line: str) -> str:
        env = {k: v for k, v in os.environ.items() if k != "PVWIDGETS_HOST"}
        env["PATH"] = sysconfig.get_path("scripts") + os.pathsep + env["PATH"]
        env["BROWSER"] = "true"  # the command of that name, which opens nothing
        env["PYTHONUNBUFFERED"] = "1"
        process = subprocess.Popen(
            ["sh", "-c", f"exec {line}"],
            cwd=self.folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # Where the tests were started in the background, Ctrl-C is ignored, and what they start
            # would not be stopped by it either.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        assert process.stdout
        if line.startswith("pvwidgets preview "):
            self.preview = process
            return process.stdout.readline()
        said, _ = process.communicate(timeout=300)
        # A checked file may have problems; everything else has to succeed.
        assert process.returncode == 0 or line.startswith("pvwidgets validate "), said
        return said

    def fetch(self) -> str:
        if not self.address:
            self.address = ADDRESS.findall(self.seen)[0]
        with urllib.request.urlopen(self.address, timeout=10) as answer:
            return str(answer.read().decode())

    def stop(self) -> int | None:
        if self.preview is None:
            return None
        self.preview.send_signal(signal.SIGINT)
        try:
            self.preview.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            self.preview.kill()
            raise
        return self.preview.returncode

    def run_cell(self, folder: str, code: str) -> None:
        cell = nbformat.v4.new_code_cell(code)
        notebook = nbformat.v4.new_notebook(cells=[cell])
        place = {"metadata": {"path": str(self.folder / folder)}}
        NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place).execute()
        (output,) = notebook.cells[0].outputs
        assert "application/vnd.jupyter.widget-view+json" in output["data"]
        assert "Ana walks home" in output["data"]["text/plain"]


@pytest.fixture
def walk(tmp_path, monkeypatch):
    """A course with one page, and a reader of the page in its folder."""
    monkeypatch.delenv("PVWIDGETS_HOST", raising=False)
    for name in ("_config.yml", "_static", "_templates", "references.bib"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "index.md").write_text("# A course\n", encoding="utf-8")
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/index\nparts:\n", encoding="utf-8"
    )
    walk = Walk(tmp_path)
    yield walk
    walk.stop()


def test_the_page_leads_to_an_activity_in_a_book_and_in_a_notebook(walk):
    for block in blocks(PAGE.read_text(encoding="utf-8")):
        walk.step(block)
        if block.body.startswith("pvwidgets preview"):
            assert "The clinic now has chairs" in walk.fetch()
        elif block.caption.startswith("The new chapters/street-lamps.yml"):
            assert "Ana walks home" in walk.fetch()
        elif block.caption.startswith("More for the end of chapters/street-lamps.yml"):
            page = walk.fetch()
            assert "This file has problems" in page
            assert escape("street-lamps.yml:18: ") in page
        elif block.caption.startswith("The new line"):
            assert "One rule for all" in walk.fetch()
            # The page shows at its top what is reached here.
            assert walk.read("chapters/street-lamps.yml") == FINISHED.read_text(encoding="utf-8")
    assert walk.stop() == 0
    walk.preview = None

    html = walk.read("_build/html/chapters/street-lamps.html")
    assert 'data-activity="street-lamps"' in html
    assert "One rule for all" in html
    assert "import pvwidgets" not in html
    first = "# yaml-language-server: $schema=schema.json\n"
    for name in ("street-lamps", "more-lamps"):
        path = walk.folder / "chapters" / f"{name}.yml"
        assert path.read_text(encoding="utf-8").startswith(first)
        assert pv.load(path).id == name
    assert (walk.folder / "chapters" / "schema.json").read_text(encoding="utf-8") == (
        ROOT / "pvwidgets" / "activities" / "schema.json"
    ).read_text(encoding="utf-8")


def test_each_sort_of_block_is_there():
    captions = [block.caption for block in blocks(PAGE.read_text(encoding="utf-8"))]
    assert captions.count("What you see") == 4
    for start in ("What is in ", "The new chapters/", "More for the end of _toc", "The new line "):
        assert any(caption.startswith(start) for caption in captions), start
    assert {"A cell of a notebook in chapters", ""} < set(captions)
    # Every block of the page is found, fences of other sorts apart.
    text = PAGE.read_text(encoding="utf-8")
    assert len(captions) == len(re.findall(r"^`{3,}\{code-block\}", text, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("street-lamps.yml written", "street-lamps.yml is written"),
        ("kind: matrix\nversion: 1", "kind: matrix\nversion: 2"),
        ("What you see", "What you hear"),
        ("pvwidgets new matrix", "pvwidgets begin matrix"),
    ],
)
def test_a_page_that_is_not_true_would_be_found(walk, old, new):
    text = PAGE.read_text(encoding="utf-8")
    assert old in text
    until = [block.language for block in blocks(text)].index("yaml") + 1

    def go():
        for block in blocks(text.replace(old, new, 1))[:until]:
            walk.step(block)

    with pytest.raises(AssertionError):
        go()
