"""The report on a class, in a browser: for everybody, and on a phone."""

import pytest

from pvwidgets.classroom import grading, report
from pvwidgets.classroom.demo import make_class

from .test_pages import violations


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    refs = ("value-matrix", "order-the-chain")
    make_class(folder / "demo", 14, refs=refs)
    hostile = folder / "demo" / "submissions" / "<img src=x onerror=alert(1)>"
    hostile.mkdir()
    (hostile / "answers.json").write_text("{}", encoding="utf-8")
    tasks = [grading.task_of(ref) for ref in refs]
    grades = grading.grade_class([folder / "demo" / "submissions"], tasks=tasks, details=True)
    activities = {task.activity.id: task.activity for task in tasks}
    path = folder / "report.html"
    path.write_text(report.to_html(grades, activities, names=True), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_and_width(watch, written, scheme, width):
    page = watch.page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(written.as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator("img").count() == 0


def test_a_table_that_is_too_wide_moves_with_the_keyboard(watch, written):
    page = watch.page(viewport={"width": 320, "height": 800})
    page.goto(written.as_uri())
    table = page.get_by_role("group", name="Items, the hardest first").first
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(one) => one.scrollLeft > 0", arg=table.element_handle())


def test_numbers_on_a_figure_can_be_read_on_a_phone(watch, written):
    page = watch.page(viewport={"width": 320, "height": 800})
    page.goto(written.as_uri())
    svg = page.locator("figure svg").first
    # Drawn at 576 pixels with letters of 13 and more.
    assert svg.bounding_box()["width"] >= 460
