"""Notebooks in real JupyterLab: what is done in the browser, the kernel knows."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets import codes
from pvwidgets.words import words
from tests.browser.board import Board, key_of, texts_of

from .server import jupyterlab, page_of

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "exercises" / "matrix" / "matrix.ipynb"
CHAPTER = ROOT / "chapters" / "leading-cocreation.md"
VIEWER = "set-default-viewer markdown myst"
READ = 'print("score", w.result.score, "of", w.result.max, w.result.mastery)'
SHOW = 'pv.activity("practice-matrix")'
CLEAR = 'w.response = {**w.response, "placed": {}}'
SLIDERS = 'pv.sliders("practice-share")'
MINUTE = 60_000  # milliseconds


@pytest.fixture
def folder(tmp_path):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for source in (READ, CLEAR, SLIDERS):
        notebook.cells.append(nbformat.v4.new_code_cell(source))
    nbformat.write(notebook, tmp_path / "matrix.ipynb")
    return tmp_path


@pytest.fixture
def lab(folder):
    """A server of JupyterLab in a folder; gives its address."""
    log = folder / "server.log"
    with jupyterlab(
        sys.executable, folder, log, JUPYTER_CONFIG_DIR=str(folder / ".jupyter")
    ) as address:
        yield address


@pytest.fixture
def page(lab, chromium):
    with page_of(chromium, lab, "matrix.ipynb") as page:
        yield page


def run_cell(page, source):
    # What is run before the kernel answers is dropped.
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle", timeout=MINUTE)
    cell = page.locator(".jp-CodeCell").filter(has_text=source).first
    cell.locator(".cm-content").first.click()
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=MINUTE)
    return cell


def test_browser_and_kernel_agree(page, folder):
    activity = pv.load("practice-matrix")
    root = ".jp-OutputArea-output section.pv-activity"
    # One by one: after "Run All Cells", JupyterLab shows the end and takes the rest off the page.
    run_cell(page, "import pvwidgets")
    run_cell(page, SHOW)
    page.locator(root).wait_for()
    assert not (folder / "answers.json").exists(), "nobody has answered yet"

    board = Board(page, root)
    board.sort(activity, key_of(activity), signs=True)
    board.check()
    assert board.score() == ("12", "12")
    expect(run_cell(page, "w.result.score").locator(".jp-OutputArea-output").last).to_contain_text(
        "score 12 of 12 True", timeout=MINUTE
    )

    record = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    response = record["activities"]["practice-matrix"]["response"]
    assert response["placed"] == key_of(activity)
    assert pv.grade(activity, response).score == 12

    # The way out of a server that forgets.
    line = copied(page)
    assert line == codes.line("practice-matrix", record["activities"]["practice-matrix"])

    # The kernel moves the cards.
    run_cell(page, "w.response = {")
    expect(board.cards_in(None)).to_have_count(12)
    board.tap(texts_of(activity)[activity.sets[0][0]], "CJ")
    expect(board.cards_in("CJ")).to_have_count(1)

    # Run again from the top, with a new kernel: the work is there.
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator('.lm-Menu-item[data-command="kernelmenu:restart"]').click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    expect(page.locator("#jp-main-statusbar")).not_to_contain_text("Idle", timeout=MINUTE)
    run_cell(page, "import pvwidgets")
    run_cell(page, SHOW)
    again = Board(page, root)
    expect(again.cards_in("CJ")).to_have_count(1, timeout=MINUTE)
    expect(again.cards_in(None)).to_have_count(11)

    # The server has forgotten, and the code brings the work back.
    (folder / "answers.json").unlink()
    copy_by_hand(page)
    run_cell(page, SHOW)
    expect(again.cards_in(None)).to_have_count(12)
    cell = page.locator(".jp-CodeCell").filter(has_text="# Your answer code")
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(line)
    done = run_cell(page, "PV1:")
    expect(done.locator(".jp-OutputArea-output")).to_contain_text("is back", timeout=MINUTE)
    expect(again.cards_in(None)).to_have_count(0)
    assert again.score() == ("12", "12")
    restored = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    assert restored["activities"] == record["activities"]


@pytest.mark.parametrize("file", ["Makefile", "binder/postBuild"])
def test_a_double_click_on_a_chapter_opens_a_notebook(file):
    assert VIEWER in (ROOT / file).read_text(encoding="utf-8")


def test_a_chapter_is_a_notebook(lab, folder, chromium):
    shutil.copy(CHAPTER, folder / "chapter.md")
    command = Path(sys.executable).with_name("jupytext-config")
    settings = folder / ".jupyter" / "labconfig" / "default_setting_overrides.json"
    subprocess.run([command, "--settings-file", settings, *VIEWER.split()], check=True)

    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(2 * MINUTE)
    page.goto(f"{lab}/lab/tree/chapter.md")
    page.locator(".jp-Notebook").wait_for()
    bar = page.locator("#jp-main-statusbar")
    expect(bar).to_contain_text("Idle", timeout=2 * MINUTE)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()

    # The end of the notebook is shown, where the log is.
    log = page.locator("section.pv-activity").filter(has_text="Log, step 11")
    expect(log).to_have_attribute("data-ready", "true", timeout=2 * MINUTE)
    log.locator("textarea").first.fill("relational")
    # The kernel is told, and writes it down.
    for _ in range(100):
        if (folder / "answers.json").exists():
            break
        page.wait_for_timeout(200)
    assert "relational" in (folder / "answers.json").read_text(encoding="utf-8")
    page.close()


def test_sliders_of_ipywidgets(page):
    run_cell(page, "import pvwidgets")
    out = run_cell(page, SLIDERS).locator(".jp-OutputArea-output").last
    rows = out.locator("tbody tr")
    expect(rows).to_have_count(6)
    expect(rows.nth(4)).to_contain_text("74.9")
    page.mouse.wheel(0, 4000)  # the notebook draws what is in sight
    sliders = out.get_by_role("slider")
    expect(sliders.first).to_be_visible()
    expect(out.get_by_text(words()["sliders"]["limit"], exact=True)).to_be_hidden()
    out.get_by_role("combobox").select_option(label="Loss up to my limit")
    expect(out.get_by_text(words()["sliders"]["limit"], exact=True)).to_be_visible()
    sliders.first.focus()
    page.keyboard.press("ArrowLeft")
    expect(rows.first.locator("td").nth(1)).to_have_text("78 (15 days)")
    sliders.nth(3).focus()
    page.keyboard.press("ArrowRight")
    expect(rows.nth(3).locator("td").nth(1)).to_have_text("44 (30 days)")
    # All is given out: more for one needs less for another.
    page.keyboard.press("ArrowRight")
    expect(out.get_by_role("status")).to_contain_text("0 days")
    expect(rows.nth(3).locator("td").nth(1)).to_have_text("44 (30 days)")
    expect(out.get_by_role("status")).to_contain_text(words()["share"]["kept"])


def copied(page):
    button = page.get_by_role("button", name=words()["code"]["copy"])
    button.click()
    expect(page.get_by_text(words()["code"]["copied"])).to_be_visible()
    expect(page.get_by_label(words()["code"]["byHand"])).to_be_hidden()
    return page.evaluate("navigator.clipboard.readText()")


def copy_by_hand(page):
    """Where the browser refuses, the line stands there to be copied, and is selected."""
    refuse = "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }"
    page.evaluate(refuse)
    page.get_by_role("button", name=words()["code"]["copy"]).click()
    field = page.get_by_label(words()["code"]["byHand"])
    expect(field).to_be_focused()
    assert page.evaluate("getSelection().toString()") == field.input_value()
    assert field.input_value().startswith('pv.answer("practice-matrix", "PV1:')
