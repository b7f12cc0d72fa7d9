"""A notebook in the browser alone, from the button in the book to a file that Python grades."""

import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets.answers import read
from tests.browser.board import Board, key_of

from .conftest import MINUTE, Handler

ROOT = Path(__file__).parents[2]
BUTTON = "a.btn-run-in-browser"
WIDGET = ".jp-OutputArea-output section.pv-activity"


def runs_code(name):
    """Say whether a file of the book is a notebook, by its name without suffix."""
    if (ROOT / f"{name}.ipynb").is_file():
        return True
    text = (ROOT / f"{name}.md").read_text(encoding="utf-8")
    return text.startswith("---\n") and "kernelspec:" in text.split("---\n")[1]


def listed():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"], *(one["file"] for part in toc["parts"] for one in part["chapters"])]


NOTEBOOKS = {name: f"{name}.ipynb" for name in listed() if runs_code(name)}


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


def test_all_exercises_and_the_chapters_with_code_are_notebooks():
    numbered = [name for name in listed() if "```{code-cell}" in source(name)]
    exercises = [path.relative_to(ROOT) for path in ROOT.glob("exercises/*/*.ipynb")]
    expected = {*numbered, *(path.with_suffix("").as_posix() for path in exercises)}
    assert len(expected) > 10
    assert expected <= set(NOTEBOOKS)


def source(name):
    path = ROOT / f"{name}.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_button_of_each_page_leads_to_its_notebook(site, name):
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]*)"[^>]*\sclass="[^"]*btn-run-in-browser', html)
    up = "../" * name.count("/")
    assert links == [f"{up}lite/index.html?path={NOTEBOOKS[name]}"]
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
    activity = pv.load("practice-matrix")
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
    expect(run_cell(lab, "points=12")).to_contain_text("12 of 12", timeout=MINUTE)
    lab.keyboard.press("Control+s")
    expect(lab.locator("#jp-main-statusbar")).to_contain_text("Saving completed", timeout=MINUTE)
    folder = tmp_path / "handed-in" / "ada"
    folder.mkdir(parents=True)
    answers = download(lab, "answers.json", folder)
    response = read(answers)["practice-matrix"]["response"]
    graded = pv.grade(activity, response)
    assert (graded.score, graded.max, graded.mastery) == (12, 12, True)
    notebook = json.loads(download(lab, "matrix.ipynb", folder).read_text(encoding="utf-8"))
    (shown,) = [
        output["data"]["text/plain"]
        for cell in notebook["cells"]
        if cell["id"] == "own-result"
        for output in cell["outputs"]
    ]
    assert "".join(shown) == repr(graded)
    assignment = ROOT / "exercises" / "matrix" / "matrix.ipynb"
    table = tmp_path / "grades.json"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pvwidgets", "grade", str(folder.parent)),
            *("--assignment", str(assignment), "--json", str(table)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    print(table.read_text(encoding="utf-8"))


def test_the_first_visit_loads_once_and_the_second_nothing_again(reader, site):
    Handler.times.clear()
    run_in_browser(reader.open("exercises/matrix/matrix.html"))
    first = Counter(Handler.times)
    (packages,) = (site / "lite" / "static").glob("packages-*")
    big = {
        f"/some/folder/lite/static/pyodide/{path.name}"
        for path in (site / "lite" / "static" / "pyodide").iterdir()
    }
    big |= {f"/some/folder/lite/static/{packages.name}/{path.name}" for path in packages.iterdir()}
    # The page that says how far it is has loaded them, the kernel finds them in the cache.
    assert {path: first[path] for path in big} == dict.fromkeys(big, 1)
    lite = {path.removeprefix("/some/folder/") for path in first if "/lite/" in path}
    sizes = [(site / path).read_bytes() for path in lite if (site / path).is_file()]
    plain, small = sum(map(len, sizes)), sum(len(gzip.compress(one, 6)) for one in sizes)
    print(f"first visit: {plain / 1e6:.1f} MB, compressed {small / 1e6:.1f} MB")
    page = (ROOT / "chapters" / "run-in-browser.md").read_text(encoding="utf-8")
    total = re.search(r"loads about (\d+) MB", page)[1]
    without = re.search(r"makes that (\d+) MB", page)[1]
    assert int(total) == pytest.approx(small / 1e6, abs=1)
    assert int(without) == pytest.approx(plain / 1e6, abs=1)
    reader.close()

    Handler.times.clear()
    run_in_browser(reader.open("exercises/matrix/matrix.html"))
    assert big & set(Handler.times) == set()


def test_the_start_says_how_far_it_is_and_what_failed(chromium, served):
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/pyodide.asm.wasm", lambda route: route.abort())
    page.goto(f"{served}/lite/index.html?path=exercises/matrix/matrix.ipynb")
    expect(page.get_by_role("status")).to_contain_text("pyodide.asm.wasm")
    bar = page.get_by_role("progressbar", name=re.compile(r"^Its packages: .* MB"))
    page.wait_for_function("bar => bar.value === bar.max", arg=bar.element_handle())
    python = page.get_by_role("progressbar", name=re.compile("^Python: "))
    assert python.evaluate("bar => bar.value < bar.max")
    page.unroute("**/pyodide.asm.wasm")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/lite/lab/index.html?path=exercises/matrix/matrix.ipynb")
    context.close()


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
