"""A notebook in the browser alone, from the button in the book to a file that Python grades."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets.answers import read
from tests.browser.board import Board, key_of

from .conftest import MINUTE

ROOT = Path(__file__).parents[2]
BUTTON = "a.btn-run-in-browser"
WIDGET = ".jp-OutputArea-output section.pv-activity"
NOTEBOOKS = {
    "chapters/value-matrix": "chapters/value-matrix.ipynb",
    "chapters/for-authors/first-activity": "chapters/for-authors/first-activity.ipynb",
    "chapters/for-authors/gallery": "chapters/for-authors/gallery.ipynb",
}
NOTEBOOKS |= {
    f"exercises/{path.stem}/{path.stem}": f"exercises/{path.stem}/{path.name}"
    for path in ROOT.glob("exercises/*/*.ipynb")
}


def run_in_browser(page):
    """Choose the button; give the tab that it opens, when its kernel has started."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Run in the browser").first.click()
    lab = opened.value
    expect(lab.locator(".jp-Notebook")).to_be_visible(timeout=1.5 * MINUTE)
    expect(lab.locator("#jp-main-statusbar")).to_contain_text("Idle", timeout=1.5 * MINUTE)
    return lab


def choose(page, *names):
    for name in names:
        page.get_by_role("menuitem", name=name, exact=True).click()


def run_all(page):
    page.locator(".jp-Notebook .jp-CodeCell").first.click()
    choose(page, "Run", "Run All Cells")
    page.locator(WIDGET).first.wait_for(state="attached")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle", timeout=MINUTE)


def run_cell(page, source):
    cell = page.locator(".jp-CodeCell").filter(has_text=source).last
    cell.locator(".cm-content").first.click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle", timeout=MINUTE)
    return cell


def download(page, name, folder):
    page.locator(".jp-DirListing-item").filter(has_text=name).click(button="right")
    with page.expect_download() as started:
        choose(page, "Download")
    started.value.save_as(folder / name)
    return folder / name


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_button_of_each_page_leads_to_its_notebook(site, name):
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]*)"[^>]*\sclass="[^"]*btn-run-in-browser', html)
    up = "../" * name.count("/")
    assert links == [f"{up}lite/lab/index.html?path={NOTEBOOKS[name]}"]
    assert (site / "lite" / "files" / NOTEBOOKS[name]).is_file()


def test_no_other_page_has_a_button_and_no_notebook_is_without_one(site):
    pages = {
        path.relative_to(site).with_suffix("").as_posix()
        for path in site.rglob("*.html")
        if "lite" not in path.relative_to(site).parts
        and "btn-run-in-browser" in path.read_text(encoding="utf-8")
    }
    assert pages == set(NOTEBOOKS)
    notebooks = (site / "lite" / "files").rglob("*.ipynb")
    files = {path.relative_to(site / "lite" / "files").as_posix() for path in notebooks}
    assert files == set(NOTEBOOKS.values())


def test_both_halves_of_the_widget_are_of_one_version(site):
    extension = site / "lite" / "extensions" / "anywidget" / "package.json"
    version = json.loads(extension.read_text(encoding="utf-8"))["version"]
    (lock,) = (site / "lite" / "static").glob("packages-*/pyodide-lock.json")
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    assert packages["anywidget"]["version"].startswith(version.removesuffix(".0"))
    assert packages["pvwidgets"]["version"] == pv.__version__


def test_from_the_button_to_a_graded_file(reader, tmp_path):
    activity = pv.load("value-matrix")
    lab = run_in_browser(reader.open("exercises/matrix/matrix.html"))
    run_all(lab)

    board = Board(lab, WIDGET)
    board.sort(activity, key_of(activity), signs=True)
    board.check()
    assert board.score() == ("12", "12")
    for _ in range(10):  # a kernel in a browser may be some moves behind
        result = run_cell(lab, "w.result").locator(".jp-OutputArea-output")
        if "mastery=True" in result.inner_text():
            break
        lab.wait_for_timeout(500)
    expect(result).to_contain_text("mastery=True")
    lab.keyboard.press("Control+s")
    expect(lab.locator(".jp-DirListing")).to_contain_text("answers.json", timeout=MINUTE)
    reader.close()

    lab = run_in_browser(reader.open("exercises/matrix/matrix.html"))
    run_all(lab)
    board = Board(lab, WIDGET)
    for code in ("IW", "CW", "IJ", "CJ"):
        placed = [card for card, cell in key_of(activity).items() if cell == code]
        expect(board.cards_in(code)).to_have_count(len(placed))
    assert board.score() == ("12", "12")

    expect(run_cell(lab, "w.result")).to_contain_text("mastery=True", timeout=MINUTE)
    lab.keyboard.press("Control+s")
    expect(lab.locator("#jp-main-statusbar")).to_contain_text("Saving completed", timeout=MINUTE)
    answers = download(lab, "answers.json", tmp_path)
    response = read(answers)["value-matrix"]["response"]
    graded = pv.grade(activity, response)
    assert (graded.score, graded.max, graded.mastery) == (12, 12, True)
    notebook = json.loads(download(lab, "matrix.ipynb", tmp_path).read_text(encoding="utf-8"))
    (shown,) = [
        output["data"]["text/plain"]
        for cell in notebook["cells"]
        if cell["id"] == "own-result"
        for output in cell["outputs"]
    ]
    assert "".join(shown) == repr(graded)


def test_a_chapter_runs_and_its_figures_are_words(reader):
    lab = run_in_browser(reader.open("chapters/value-matrix.html"))
    run_all(lab)
    figure = lab.locator(".jp-OutputArea-output .pv-figure").first
    figure.scroll_into_view_if_needed()
    expect(figure).to_contain_text("My Wellbeing")
    expect(figure).to_contain_text("pip install matplotlib")


def test_from_a_disk_the_button_leads_to_the_page_that_says_why_not(chromium, site):
    context = chromium.new_context()
    page = context.new_page()
    errors = []
    page.on("console", lambda m: m.type == "error" and errors.append(m.text))
    page.goto((site / "exercises" / "matrix" / "matrix.html").as_uri())
    address = page.locator(BUTTON).first.evaluate("link => link.href")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("does not work from a disk")
    assert errors == []
    context.close()


def test_the_button_fits_on_a_phone(chromium, served):
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{served}/exercises/matrix/matrix.html")
    box = page.locator(BUTTON).first.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
