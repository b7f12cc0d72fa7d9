"""The notebooks that a JupyterLite gets from the sources of the book."""

import json

import pytest

from tools.build_lite import write_contents

CHAPTER = """\
---
kernelspec:
  name: python3
  display_name: Python 3
jupytext:
  text_representation:
    extension: .md
    format_name: myst
---

# A chapter

See {numref}`fig-one`.

```{code-cell} ipython3
:tags: [remove-input]
1 + 1
```
"""
NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def written(tmp_path):
    files = {
        "_toc.yml": "root: chapters/index\nparts: [{chapters: [{file: chapters/one}, "
        "{file: exercises/two/two}]}]\n",
        "chapters/index.md": "# Only words\n",
        "chapters/one.md": CHAPTER,
        "chapters/draft.md": CHAPTER,
        "chapters/examples/three.yml": "x: 1\n",
        "chapters/sample/no-page.ipynb": NOTEBOOK,
        "exercises/two/two.ipynb": NOTEBOOK,
        "exercises/two/answers.json": "{}",
        "exercises/.ipynb_checkpoints/two.ipynb": NOTEBOOK,
    }
    for name, text in files.items():
        path = tmp_path / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "out", write_contents(tmp_path / "out", tmp_path / "book")


def test_pages_with_code_become_notebooks_and_nobodys_answers_go_along(written):
    _, names = written
    assert names == ["chapters/examples/three.yml", "chapters/one.ipynb", "exercises/two/two.ipynb"]


def test_a_chapter_keeps_its_cells_and_hides_what_the_book_hides(written):
    folder, _ = written
    notebook = json.loads((folder / "chapters" / "one.ipynb").read_text(encoding="utf-8"))
    words, code = notebook["cells"]
    assert "".join(words["source"]) == "# A chapter\n\nSee the figure."
    assert ("".join(code["source"]), code["metadata"]) == (
        "1 + 1",
        {"jupyter": {"source_hidden": True}},
    )
    assert notebook["metadata"]["language_info"] == {"name": "python"}
