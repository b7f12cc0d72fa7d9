"""Questions, as people answer them: by keyboard, by taps, with a key and without."""

import json

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets import page as html_page
from pvwidgets.words import words

from .conftest import AXE, ROOT

W = words()["quiz"]
UI = words()["ui"]
EXAMPLE = ROOT / "chapters" / "for-authors" / "examples" / "tool-library.yml"
VECTORS = ROOT / "tests" / "vectors" / "quiz" / "activity.yml"

RIGHT = {
    "change-for-somebody": ["61 households"],
    "who-is-served": ["those who borrow", "neighbours who"],
    "full-shelves": ["false", "A loan is a means"],
}


class Quiz:
    def __init__(self, page):
        self.page = page
        self.root = page.locator("section.pv-activity")
        expect(self.root).to_have_attribute("data-ready", "true")
        self.questions = self.root.locator(".pv-questions > li")
        self.status = self.root.locator(".pv-status")
        self.feedback = self.root.locator(".pv-feedback")

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    def choose(self, *texts):
        for text in texts:
            self.root.locator(".pv-option label").filter(has_text=text).click()

    def number(self, text):
        self.root.get_by_role("textbox", name="How many").fill(text)

    def answer(self, number="16", **other):
        for texts in (RIGHT | other).values():
            self.choose(*texts)
        self.number(number)

    def check(self):
        self.button(UI["check"]).click()

    def score(self):
        return self.root.get_attribute("data-score"), self.root.get_attribute("data-max")

    def stored(self):
        text = self.page.evaluate("localStorage['pv:creating-public-value:tool-library']")
        return json.loads(text)["activities"]["tool-library"]["response"]


@pytest.fixture
def opened(watch, tmp_path):
    def open_page(file=EXAMPLE, key=True, dark=False, **options):
        activity = pv.load(file)
        path = tmp_path / "quiz.html"
        path.write_text(
            html_page.document(activity if key else activity.without_key()), encoding="utf-8"
        )
        page = watch.page(**options)
        page.goto(path.as_uri())
        if dark:
            page.evaluate("document.documentElement.dataset.theme = 'dark'")
        return Quiz(page)

    return open_page


def test_taps_alone_and_full_marks(opened):
    quiz = opened(has_touch=True)
    assert quiz.score() == (None, None)
    quiz.answer()
    quiz.check()
    assert quiz.score() == ("4", "4")
    expect(quiz.status).to_contain_text("4 of 4 right. Well done.")
    expect(quiz.feedback).to_contain_text(W["mastered"])
    expect(quiz.questions.locator(".pv-verdict")).to_have_text([UI["statusRight"]] * 4)


def test_keyboard_alone(opened):
    quiz = opened()
    keys = quiz.page.keyboard
    for _ in range(4):
        keys.press("Tab")
        if quiz.page.evaluate("document.activeElement.type") == "radio":
            break

    def focused():
        return quiz.page.evaluate("document.activeElement.closest('label')?.innerText.trim() ?? ''")

    def walk(*texts):
        """Within radio buttons arrows choose; from tick to tick one tabs."""
        for text in texts:
            for _ in range(4):
                if text in focused():
                    break
                keys.press("ArrowDown")
            keys.press("Space")
        keys.press("Tab")

    walk("61 households")
    for _ in range(3):
        if "dealer" not in focused():
            keys.press("Space")
        keys.press("Tab")
    walk("false")
    walk("A loan is a means")
    keys.type("16")
    keys.press("Tab")
    expect(quiz.button(UI["check"])).to_be_focused()
    keys.press("Enter")
    assert quiz.score() == ("4", "4")


def test_feedback_comes_step_by_step(opened):
    quiz = opened()
    quiz.answer(
        "45",
        **{
            "change-for-somebody": ["1,340 tools"],
            "who-is-served": ["those who borrow", "the dealer"],
        },
    )
    quiz.check()
    assert quiz.score() == ("1.5", "4")
    said = ["lies unused on a shelf", "he may sell less", "These 45 would have"]
    for words_ in said:
        expect(quiz.feedback).not_to_contain_text(words_)
    expect(quiz.button(UI["explain"])).to_be_disabled()
    expect(quiz.questions.nth(0)).to_contain_text(W["status"]["half"])
    expect(quiz.questions.nth(1)).to_contain_text(W["status"]["wrong"])
    expect(quiz.questions.nth(2)).to_contain_text(W["status"]["right"])
    quiz.check()
    expect(quiz.status).to_contain_text(W["same"])

    # Another answer takes the verdict away: it was not said of this one.
    quiz.number("61")
    expect(quiz.questions.nth(3).locator(".pv-verdict")).to_have_count(0)
    quiz.number("45")
    quiz.check()
    for words_ in said:
        expect(quiz.feedback).to_contain_text(words_)
    # What is missing is counted and not named.
    expect(quiz.feedback).to_contain_text(W["missing_one"])
    expect(quiz.feedback).not_to_contain_text("They borrow as well")
    expect(quiz.feedback).not_to_contain_text("61 − 45 = 16")

    quiz.button(UI["explain"]).click()
    expect(quiz.feedback.locator(".pv-explanations")).to_be_focused()
    # Of a question with two parts, both.
    parts = ["Empty shelves show a demand", "one would have to ask borrowers"]
    for words_ in [*said, "They borrow as well", "61 − 45 = 16", *parts]:
        expect(quiz.feedback).to_contain_text(words_)
    assert [check["n"] for check in quiz.stored()["checks"]] == [1, 2]


def test_try_again_keeps_what_is_right(opened):
    quiz = opened()
    quiz.answer("45", **{"full-shelves": ["false", "bought too few"]})
    quiz.check()
    quiz.button(UI["again"]).click()
    # The first check does not tell which of two parts is off, so neither stays.
    assert sorted(quiz.stored()["answers"]["full-shelves"]) == []
    expect(quiz.root.get_by_role("textbox")).to_have_value("")
    expect(quiz.root.get_by_role("radio", name="true")).to_be_focused()
    quiz.choose("false", "bought too few")
    quiz.number("16")
    quiz.check()
    # From the second check on each part has its own.
    parts = quiz.questions.nth(2).locator(".pv-field .pv-field")
    expect(parts.nth(0).locator(".pv-verdict")).to_have_text(W["status"]["right"])
    expect(parts.nth(1).locator(".pv-verdict")).to_have_text(W["status"]["wrong"])
    quiz.button(UI["again"]).click()
    assert quiz.stored()["answers"]["full-shelves"] == {"verdict": "false"}
    quiz.choose("A loan is a means")
    quiz.check()
    assert quiz.score() == ("4", "4")
    quiz.button(UI["over"]).click()
    assert quiz.score() == (None, None)
    assert quiz.stored()["answers"] == {}
    assert len(quiz.stored()["checks"]) == 3


def test_what_is_no_number_is_said_and_not_graded(opened):
    quiz = opened()
    quiz.answer("33,000")
    field = quiz.root.get_by_role("textbox")
    expect(field).to_have_attribute("aria-invalid", "true")
    # What stands beside the field is read with it: its unit, and what is wrong.
    why = W["noNumber"].format(text="33,000")
    expect(field).to_have_accessible_description(f"repairs {why}")
    quiz.check()
    expect(quiz.status).to_contain_text("Question 4: “33,000” is not a number")
    assert quiz.score() == (None, None)
    assert quiz.stored()["checks"] == []
    quiz.number(" 16 repairs")
    expect(field).to_have_attribute("aria-invalid", "false")
    quiz.check()
    assert quiz.score() == ("4", "4")


def test_start_over_forgets_what_was_too_long_to_be_kept(opened):
    quiz = opened()
    quiz.number("1" * 401)
    expect(quiz.root).to_contain_text("401 letters, but only")
    quiz.button(UI["over"]).click()
    expect(quiz.root.get_by_role("textbox")).to_have_value("")


def test_no_check_before_all_is_answered(opened):
    quiz = opened(VECTORS)
    quiz.check()
    expect(quiz.status).to_contain_text("1, 2, 3, 4, 5, 6.")
    # Two are to be chosen, no more and no fewer.
    for text in ("ask", "pay", "vote"):
        quiz.questions.nth(5).get_by_label(text).check()
    quiz.check()
    expect(quiz.status).to_contain_text("4, 5, 6.")
    quiz.questions.nth(5).get_by_label("ask").uncheck()
    quiz.check()
    expect(quiz.status).to_contain_text("1, 2, 3, 4, 5.")


def test_answers_survive_a_reload(opened):
    quiz = opened()
    quiz.answer()
    quiz.check()
    expect(quiz.root).to_have_attribute("data-score", "4")
    quiz.page.reload()
    quiz = Quiz(quiz.page)
    assert quiz.score() == ("4", "4")
    expect(quiz.root.get_by_role("textbox")).to_have_value("16")
    expect(quiz.root.get_by_role("radio", name="61 households")).to_be_checked()


@pytest.mark.parametrize("tries", [1, 2])
def test_a_part_that_came_after_the_check_has_no_verdict(opened, tries):
    quiz = opened()
    quiz.answer("8")
    quiz.check()
    # As if the number and the reason had been asked for only since.
    quiz.page.evaluate(
        """(tries) => {
          const [[name, text]] = Object.entries(localStorage);
          const record = JSON.parse(text);
          const { response } = record.activities["tool-library"];
          for (const { answers } of [response, ...response.checks]) {
            for (const answer of Object.values(answers)) delete answer.reason;
            for (const [id, { answer }] of Object.entries(answers)) {
              if (answer === "8") answers[id] = {};
            }
          }
          response.checks = Array(tries).fill(response.checks[0]);
          response.tries = tries;
          localStorage[name] = JSON.stringify(record);
        }""",
        tries,
    )
    quiz.page.reload()
    quiz = Quiz(quiz.page)
    # From the second check on, each part has its own: here true or false.
    expect(quiz.questions.locator(".pv-verdict")).to_have_text(["right"] * (1 + tries))
    expect(quiz.feedback).to_contain_text("2.5 of 4")
    quiz.number("16")
    quiz.choose(RIGHT["full-shelves"][1])
    quiz.check()
    assert quiz.score() == ("4", "4")


def test_the_public_half_gives_no_verdict(opened):
    quiz = opened(key=False)
    expect(quiz.button(UI["check"])).to_have_count(0)
    quiz.answer()
    quiz.button(UI["checkComplete"]).click()
    expect(quiz.status).to_contain_text(W["complete"])
    assert quiz.score() == (None, None)
    expect(quiz.root.locator(".pv-verdict")).to_have_count(0)
    assert "lies unused" not in quiz.page.content()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_a_phone(opened, dark):
    quiz = opened(VECTORS, dark=dark, viewport={"width": 320, "height": 700})
    quiz.page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    for step in range(3):
        if step:
            for group in quiz.root.locator("fieldset:not(:has(fieldset))").all():
                group.locator("input").nth(step - 1).check()
            for box in quiz.questions.nth(5).get_by_role("checkbox").all()[: step + 1]:
                box.check()
            if step == 2:
                quiz.questions.nth(5).get_by_role("checkbox", checked=True).first.uncheck()
            else:
                quiz.questions.nth(5).get_by_role("checkbox").nth(1).check()
            for box in quiz.root.get_by_role("textbox").all():
                box.fill(f"{step}")
            quiz.check()
            assert quiz.score()[1] == "6"
        found = quiz.page.evaluate("axe.run('section.pv-activity')")["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
        wide = quiz.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320
