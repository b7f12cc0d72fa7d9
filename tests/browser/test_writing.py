"""Written answers: typing, models, ratings, what was written before, files and paper.

The activities are made here, each in a page of its own, so that no chapter changes them.
"""

import json

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets import page as html_page
from pvwidgets.words import shown, words

from .looking import LOST, TARGETS
from .test_pages import violations

UI, WRITING = words()["ui"], words()["writing"]
HARM = "<img src=x onerror=alert(1)> & *stars*\n\nSecond paragraph."


def sample(name, purpose, cost):
    ratings = {
        "constructor": {"rating": purpose, "feedback": f"Why *purpose* of {name}."},
        "cost": {"rating": cost, "feedback": f"Why cost of {name}."},
    }
    return {"id": name, "title": f"Text {name}", "text": f"A **bus** {name}.", "ratings": ratings}


def content(name="writing", **more):
    return {
        "id": name,
        "kind": "writing",
        "version": 1,
        "title": f"About {name}",
        "prompt": "Write, then compare.",
        # The names that each object has would do harm.
        "parts": [
            {"id": "constructor", "title": "1. Effect", "prompt": "For *whom*?", "words": 40,
             "model": "Two pupils.\n\n- one\n- two"},
            {"id": "doubt", "prompt": "What may be wrong?", "model": "The bus may be late."},
            {"id": "rest", "prompt": "Anything else?"},
        ],
    } | more  # fmt: skip


RUBRIC = [
    {"id": "constructor", "title": "Purpose", "weight": 2, "anchors": ["a", "b", "c", "d"]},
    {"id": "cost", "title": "Cost", "anchors": ["e", "f", "g", "h"]},
]
RATED = {
    "parts": [{"id": "effect", "prompt": "For whom?"}],
    "rubric": RUBRIC,
    "samples": [sample("first", 1, 0), sample("second", 3, 2)],
    "pass": {"points": 5, "never-zero": ["constructor"]},
}


class Sheet:
    """The activity in a page, by what a learner sees."""

    def __init__(self, page):
        self.page = page
        self.root = page.locator("section.pv-activity[data-ready]")
        expect(self.root).to_be_visible()
        self.fields = self.root.locator("textarea")
        self.status = self.root.locator(".pv-status").first

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    def rate(self, within, *ratings):
        for group, rating in zip(within.get_by_role("group").all(), ratings, strict=True):
            group.get_by_role("radio").nth(rating).check()

    def stored(self, name="writing"):
        text = self.page.evaluate(f"localStorage['pv:creating-public-value:{name}']")
        return json.loads(text)["activities"][name]["response"]

    def sample(self, number):
        return self.root.locator("details").nth(number)

    @property
    def own(self):
        return self.root.get_by_role("group", name=WRITING["own"])


@pytest.fixture
def writer(watch, tmp_path):
    """Opens an activity in a page; with `page`, in that one."""

    def open_page(made=None, *, key=True, page=None, **options):
        made = made or content()
        path = tmp_path / f"{made['id']}.yml"
        path.write_text(json.dumps(made), encoding="utf-8")
        activity = pv.load(path)
        file = tmp_path / f"{made['id']}.html"
        document = html_page.document(activity if key else activity.without_key())
        file.write_text(document, encoding="utf-8")
        page = page or watch.page(**options)
        page.goto(file.as_uri())
        return Sheet(page)

    return open_page


def test_typing_with_the_keyboard_alone_and_a_reload(writer):
    sheet = writer()
    page = sheet.page
    page.keyboard.press("Tab")
    expect(sheet.fields.first).to_be_focused()
    page.keyboard.type("Two pupils who")
    page.keyboard.press("Enter")
    page.keyboard.type("live far away")
    expect(sheet.root).to_contain_text("Words so far: 6.")
    assert sheet.stored()["texts"] == {"constructor": "Two pupils who\nlive far away"}
    expect(sheet.root).to_contain_text("Parts with a text: 1 of 3.")
    page.reload()
    sheet = Sheet(page)
    expect(sheet.fields.first).to_have_value("Two pupils who\nlive far away")
    assert sheet.root.get_attribute("data-score") is None


def test_an_answer_that_came_by_a_code_has_not_changed(writer):
    sheet = writer()
    sheet.fields.first.fill("Two pupils")
    # In a code, and so in the file of a notebook that read one, names are in order of the alphabet.
    sheet.page.evaluate("""() => {
      const [[name, text]] = Object.entries(localStorage);
      const record = JSON.parse(text);
      const { texts, shown, ratings } = record.activities.writing.response;
      record.activities.writing.response = { ratings, shown, texts };
      localStorage[name] = JSON.stringify(record);
    }""")
    sheet.page.reload()
    sheet = Sheet(sheet.page)
    expect(sheet.fields.first).to_have_value("Two pupils")
    expect(sheet.root.locator(".pv-notice")).to_have_count(0)


def test_what_is_too_long_is_said_and_not_kept(writer):
    sheet = writer()
    field = sheet.fields.nth(1)
    field.fill("a" * 3999 + "\U0001f68c")
    expect(field).to_have_attribute("aria-invalid", "false")
    field.press("End")
    field.type("bc")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(sheet.root).to_contain_text(UI["tooLong"].format(n="4002", max="4000"))
    assert sheet.stored()["texts"]["doubt"] == "a" * 3999 + "\U0001f68c"
    field.press("Backspace")
    field.press("Backspace")
    expect(field).to_have_attribute("aria-invalid", "false")


TOO_LONG = "a" * 4001


def answer_menu(sheet, *names):
    """Opens the menu of answers and presses buttons in it."""
    for name in ("answers", *names):
        sheet.button(UI[name]).click()


@pytest.mark.parametrize("do", [("notMe", "notMeYes"), ("delete", "deleteYes")])
def test_a_text_too_long_to_be_kept_goes_with_its_writer(writer, do):
    # Nothing is kept, so nothing that is kept changes: the text stands in the page alone.
    sheet = writer()
    sheet.fields.nth(1).fill(TOO_LONG)
    answer_menu(sheet, *do)
    expect(sheet.fields.nth(1)).to_have_value("")
    expect(sheet.root).not_to_contain_text("4001 letters")


def test_a_text_too_long_to_be_kept_stays_when_its_writer_does(writer):
    sheet = writer()
    sheet.page.evaluate(
        """() => {
          Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); };
        }"""
    )
    sheet.fields.nth(0).fill("Pupils.")
    sheet.fields.nth(1).fill(TOO_LONG)
    answer_menu(sheet, "notMe", "notMeYes")
    expect(sheet.root).to_contain_text(UI["notKept"])
    expect(sheet.fields.nth(1)).to_have_value(TOO_LONG)


def test_what_is_written_stays_text(writer):
    sheet = writer()
    sheet.fields.first.fill(HARM)
    sheet.page.reload()
    sheet = Sheet(sheet.page)
    expect(sheet.fields.first).to_have_value(HARM)
    other = writer(content("gathering", gather=["writing"]), page=sheet.page)
    expect(other.root.locator("img")).to_have_count(0)
    other.root.locator("summary").click()
    assert other.root.locator(".pv-own").first.inner_text() == HARM


@pytest.mark.parametrize("by", ["taps", "keys"])
def test_a_model_only_after_something_was_written(writer, by):
    sheet = writer(has_touch=True)
    compare = sheet.button(WRITING["compare"])
    expect(compare).to_be_disabled()
    expect(sheet.root).to_contain_text(WRITING["compareWhen"])
    sheet.fields.nth(0).fill("Pupils.")
    sheet.fields.nth(1).fill(" \n ")
    expect(compare).to_be_disabled()
    sheet.fields.nth(1).fill("?")
    expect(compare).to_be_enabled()
    expect(sheet.root).not_to_contain_text("The bus may be late.")
    assert sheet.stored()["shown"] is False
    if by == "taps":
        compare.tap()
    else:
        compare.focus()
        sheet.page.keyboard.press("Enter")
    expect(sheet.status).to_contain_text(WRITING["compared"])
    expect(sheet.root.get_by_text("The bus may be late.")).to_be_visible()
    expect(sheet.root.locator(".pv-explanation li")).to_have_text(["one", "two"])
    assert sheet.stored()["shown"] is True
    # Beside the own text where there is room, and there again after a reload.
    left, right = sheet.fields.nth(1), sheet.root.locator(".pv-explanation").nth(1)
    assert left.bounding_box()["x"] + left.bounding_box()["width"] < right.bounding_box()["x"]
    sheet.page.reload()
    expect(Sheet(sheet.page).root.get_by_text("The bus may be late.")).to_be_visible()


def test_samples_first_then_ours_then_the_own_text(writer):
    sheet = writer(content(**RATED))
    first, second = sheet.sample(0), sheet.sample(1)
    for one in (first, second):
        one.locator("summary").click()
    first.get_by_role("radio").nth(1).check()
    expect(first).not_to_contain_text("Why purpose of first.")
    sheet.rate(first, 1, 3)
    expect(sheet.status).to_contain_text(WRITING["rated"])
    expect(first).to_contain_text("Why purpose of first.")
    # Ours stands with the line that we chose: the same as the learner's, and another one.
    lines = first.locator(".pv-option", has=sheet.page.locator(".pv-explanation"))
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("1: b")
    expect(lines.nth(1)).to_contain_text("0: e")
    expect(sheet.own).to_have_count(0)
    sheet.rate(second, 2, 2)
    expect(sheet.own).to_be_visible()
    sheet.rate(sheet.own, 3, 0)
    told = "By your own rating: 6 of 9 points. That would pass: 5 points are needed"
    expect(sheet.own).to_contain_text(told)
    expect(sheet.own).to_contain_text(WRITING["alone"])
    expect(sheet.status).to_contain_text(told)
    # Five points, but a 0 where there must be none.
    sheet.rate(sheet.own, 0, 3)
    expect(sheet.own).to_contain_text("3 of 9 points. That would not pass yet")
    assert sheet.stored()["ratings"] == {
        "first": {"constructor": 1, "cost": 3},
        "second": {"constructor": 2, "cost": 2},
        "own": {"constructor": 0, "cost": 3},
    }
    assert sheet.root.get_attribute("data-score") is None
    sheet.page.reload()
    expect(Sheet(sheet.page).own).to_contain_text("3 of 9 points")


def test_ratings_with_the_keyboard_alone(writer):
    sheet = writer(content(**RATED))
    keys = sheet.page.keyboard
    keys.press("Tab")
    keys.press("Enter")
    expect(sheet.sample(0)).to_have_attribute("open", "")
    keys.press("Tab")
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Space")
    assert sheet.stored()["ratings"] == {"first": {"constructor": 1, "cost": 0}}
    expect(sheet.sample(0)).to_contain_text("Why cost of first.")


def test_enough_points_with_a_zero_do_not_pass(writer):
    rubric = [RUBRIC[0], RUBRIC[1] | {"weight": 2}]
    rule = {"points": 6, "never-zero": ["constructor"]}
    sheet = writer(content(parts=RATED["parts"], rubric=rubric, **{"pass": rule}))
    sheet.rate(sheet.own, 0, 3)
    expect(sheet.own).to_contain_text("6 of 12 points. That would not pass yet")
    sheet.rate(sheet.own, 1, 2)
    expect(sheet.own).to_contain_text("6 of 12 points. That would pass")


def test_a_rubric_without_a_rule_for_passing(writer):
    sheet = writer(content(rubric=RUBRIC))
    expect(sheet.own).to_have_count(0)
    for i in range(2):
        sheet.fields.nth(i).fill("x")
    sheet.button(WRITING["compare"]).click()
    sheet.rate(sheet.own, 1, 1)
    expect(sheet.own).to_contain_text("3 of 9 points. Nobody else has rated it.")


def test_public_half(writer):
    sheet = writer(content(**(RATED | {"parts": content()["parts"]})), key=False)
    expect(sheet.root).to_contain_text(WRITING["noKey"])
    expect(sheet.button(WRITING["compare"])).to_have_count(0)
    for i in range(2):
        sheet.fields.nth(i).fill("x")
    for number in (0, 1):
        sheet.sample(number).locator("summary").click()
        sheet.rate(sheet.sample(number), 1, 1)
    expect(sheet.root.locator(".pv-explanation .pv-explanation")).to_have_count(0)
    sheet.rate(sheet.own, 2, 2)
    expect(sheet.own).to_contain_text("6 of 9 points")
    source = sheet.page.content().split("<script>")[0]
    assert "Why cost" not in source
    assert "may be late" not in source


def test_nothing_is_said_to_be_missing_where_nothing_is(writer):
    sheet = writer(content(parts=RATED["parts"]), key=False)
    expect(sheet.fields).to_have_count(1)
    expect(sheet.root).not_to_contain_text(WRITING["noKey"])


def test_what_was_written_before(writer):
    sheet = writer(content("step-1"))
    sheet.fields.nth(0).fill("Pupils.")
    other = writer(content("gathering", gather=["step-1"]), page=sheet.page)
    other.root.locator("summary").click()
    log = other.root.locator("details")
    expect(log).to_contain_text("About step-1")
    expect(log.locator(".pv-own")).to_have_text(["Pupils.", WRITING["nothing"], WRITING["nothing"]])
    assert log.locator("textarea").count() == 0
    # In another tab the step goes on.
    step = writer(content("step-1"), page=other.page.context.new_page())
    step.fields.nth(1).fill("The bus.")
    expect(log.locator(".pv-own").nth(1)).to_have_text("The bus.")
    # What is kept there may be anything.
    other.page.evaluate(
        """() => {
          const name = "pv:creating-public-value:step-1";
          const record = JSON.parse(localStorage[name]);
          record.activities["step-1"].response = { texts: { doubt: [1], constructor: "Still." } };
          localStorage[name] = JSON.stringify(record);
        }"""
    )
    other.page.reload()
    log = Sheet(other.page).root.locator("details")
    log.locator("summary").click()
    expect(log.locator(".pv-own").first).to_have_text("Still.")
    expect(log.locator(".pv-own").nth(1)).to_have_text(WRITING["nothing"])


def test_a_step_in_the_same_page(writer, tmp_path):
    step, both = content("step-1"), content("gathering", gather=["step-1"])
    sheet = writer(step)
    writer(both, page=sheet.page)
    sections = [html_page.section(pv.load(tmp_path / f"{made['id']}.yml")) for made in (step, both)]
    script = (html_page.STATIC / "page.js").read_text(encoding="utf-8")
    file = tmp_path / "both.html"
    file.write_text(f"<main>{''.join(sections)}</main><script>{script}</script>", encoding="utf-8")
    sheet.page.goto(file.as_uri())
    first, second = sheet.page.locator("section[data-ready]").all()
    second.locator("summary").click()
    second.locator("textarea").nth(2).fill("Mine.")
    first.locator("textarea").nth(0).fill("Pupils again.")
    expect(second.locator(".pv-own").first).to_have_text("Pupils again.")
    expect(second.locator("textarea").nth(2)).to_have_value("Mine.")


def test_markdown(writer):
    sheet = writer()
    sheet.fields.nth(0).fill("Two pupils.\n\nThey live far away.")
    sheet.fields.nth(2).fill("*No.*")
    with sheet.page.expect_download() as waiting:
        sheet.button(WRITING["save"]).click()
    expect(sheet.status).to_contain_text(UI["saved"].format(file="writing.md"))
    assert waiting.value.suggested_filename == "writing.md"
    assert waiting.value.path().read_text(encoding="utf-8") == (
        "# About writing\n\n## 1. Effect\n\nTwo pupils.\n\nThey live far away.\n"
        "\n## What may be wrong?\n\n\n\n## Anything else?\n\n*No.*\n"
    )


def test_paper(writer):
    sheet = writer(content(**(RATED | {"parts": content()["parts"]})))
    sheet.fields.nth(1).fill(HARM)
    page = sheet.page
    page.emulate_media(media="print")
    items = sheet.root.locator(".pv-worksheet .pv-ask").first.locator("> li")
    expect(items.nth(1).locator(".pv-line:visible")).to_have_text([HARM])
    expect(items.nth(0).locator(".pv-line:visible")).to_have_count(6)
    assert items.nth(1).locator(".pv-line").first.inner_text() == HARM
    expect(sheet.root.locator(".pv-worksheet").get_by_text("0: a")).to_be_visible()
    expect(sheet.root.locator(".pv-worksheet details")).to_be_hidden()
    # Taken back, it is not on the next sheet.
    page.emulate_media(media="screen")
    sheet.fields.nth(1).fill("")
    page.emulate_media(media="print")
    expect(items.nth(1).locator(".pv-line:visible")).to_have_count(6)


WIDGET = """
async ([code, traits]) => {
  const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  const calls = {};
  window.model = {
    traits,
    get: (name) => traits[name],
    set(name, value) { traits[name] = value; this.tell(name); },
    tell(name) { (calls[`change:${name}`] ?? []).forEach((call) => call()); },
    on: (events, call) => events.split(" ").forEach((one) => (calls[one] ??= []).push(call)),
    off() {},
    save_changes() {},
  };
  module.default.render({ model, el: document.body });
}
"""


def test_a_widget(watch, tmp_path):
    for made in (content("step-1"), content("gathering", gather=["step-1"])):
        (tmp_path / f"{made['id']}.yml").write_text(json.dumps(made), encoding="utf-8")
    activity = pv.load(tmp_path / "gathering.yml")
    blank = tmp_path / "blank.html"
    blank.write_text("<!doctype html><title>A notebook</title>", encoding="utf-8")
    page = watch.page()
    page.goto(blank.as_uri())
    traits = {
        "_public": activity.public,
        "_key": activity.key,
        "_words": shown(["writing", "code"]),
        "_others": {"step-1": {"texts": {"doubt": "From the file."}}},
        "response": {},
    }
    page.evaluate(WIDGET, [(html_page.STATIC / "widget.js").read_text("utf-8"), traits])
    sheet = Sheet(page)
    sheet.root.locator("summary").click()
    expect(sheet.root.locator(".pv-own").nth(1)).to_have_text("From the file.")
    sheet.fields.first.fill("Mine.")
    assert page.evaluate("model.traits.response.texts") == {"constructor": "Mine."}
    page.evaluate("model.set('_others', { 'step-1': { texts: { doubt: 'Newer.' } } })")
    expect(sheet.root.locator(".pv-own").nth(1)).to_have_text("Newer.")
    with page.expect_download() as waiting:
        sheet.button(WRITING["save"]).click()
    assert "Mine." in waiting.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 320])
def test_axe_and_everything_can_be_read(writer, scheme, width):
    step = writer(content("step-1"), color_scheme=scheme, viewport={"width": width, "height": 800})
    made = content(**(RATED | {"parts": content()["parts"], "gather": ["step-1"]}))
    sheet = writer(made, page=step.page)
    page = sheet.page
    page.evaluate("(theme) => document.documentElement.dataset.theme = theme", scheme)
    assert violations(page, ".pv-activity") == []
    for i in range(2):
        sheet.fields.nth(i).fill("Some words. " * 30)
    sheet.button(WRITING["compare"]).click()
    for summary in sheet.root.locator("summary").all():
        summary.click()
    for number in (0, 1):
        sheet.rate(sheet.sample(number), 1, 1)
    sheet.rate(sheet.own, 2, 2)
    sheet.fields.nth(2).fill("a" * 4001)
    assert violations(page, ".pv-activity") == []
    assert sheet.root.evaluate(LOST) == []
    # A round button is pressed by its line.
    small = [one for one in sheet.root.evaluate(TARGETS) if one[0] and min(one[1:]) < 44]
    assert small == []
    lines = "(all) => all.map((one) => one.getBoundingClientRect().height)"
    assert min(sheet.root.locator(".pv-option > label").evaluate_all(lines)) >= 44
