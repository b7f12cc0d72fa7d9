"""Every chapter opens as a notebook, runs from top to bottom, and shows its activities."""

import re

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

from pvwidgets.show import HOST
from tests.content.prose import CHAPTERS, activities

WIDGET = "application/vnd.jupyter.widget-view+json"


def test_there_are_twelve_chapters():
    assert sorted(CHAPTERS) == list(range(1, 13))


@pytest.mark.parametrize("number", CHAPTERS)
def test_a_chapter_runs_as_a_notebook(number, tmp_path, monkeypatch):
    monkeypatch.delenv(HOST, raising=False)
    text = CHAPTERS[number].read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="md:myst")
    nbformat.validate(notebook)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": tmp_path}})
    client.execute()

    outputs = [
        output
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type in ("display_data", "execute_result")
    ]
    shown = [output for output in outputs if WIDGET in output.data]
    named = activities(text)
    assert len(shown) == len(named) >= 3
    models = [client.widget_state[output.data[WIDGET]["model_id"]] for output in shown]
    assert [model["_public"]["id"] for model in models] == named
    assert len(outputs) - len(shown) == len(re.findall(r"figures\.show\(", text))
    assert not (tmp_path / "answers.json").exists(), "nobody has answered yet"
