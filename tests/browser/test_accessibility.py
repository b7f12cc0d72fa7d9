"""The classifier by WCAG 2.2; docs/accessibility.md says which test stands for which criterion.

The accessibility trees in tests/goldens/aria/ are renewed, for you to read the difference, by

    PV_RENEW=1 .venv/bin/python -m pytest tests/browser/test_accessibility.py -k tree
"""

import json
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets import page as html_page
from pvwidgets.words import words

from .board import CELLS, Board, diagonal, key_of, texts_of
from .looking import (
    EDGES,
    LINES,
    LOST,
    RINGS,
    TARGETS,
    contrast,
    difference,
    ground_and_ink,
    parse,
    picture,
    resize,
)
from .test_pages import PAGES, violations

UI = words()["ui"]
MARKS = words()["matrix"]["marks"]
ROOT = Path(__file__).parents[2]
GOLDENS = ROOT / "tests" / "goldens" / "aria"
STATES = ["fresh", "chosen", "placed", "checked", "second", "explained", "dialog", "asked"]
SPACING = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
"""
# Clicks as a script makes them count as made by the keyboard; so does the browser's focus ring.
CLICKS = """
async (root, [choices, signs]) => {
  const done = () => new Promise((next) => setTimeout(next));
  for (const [card, cell] of choices) {
    root.querySelector(`[data-drag="${card}"]`).click();
    await done();
    root.querySelector(`[data-cell="${cell}"]`).click();
    await done();
    const sign = root.querySelector(`[data-drag="${card}"] + .pv-signs`).children[signs[card]];
    if (sign) sign.click();
    await done();
  }
}
"""


def wrong_cards(activity):
    return [c for c in key_of(activity) if "alt" not in activity.key["cards"][c]][:2]


def place(board, choices, signs=None):
    board.root.evaluate(CLICKS, [list(choices.items()), signs or {}])


def walk(board, activity):
    """Take the activity through its states, and stop at each."""
    key, wrong = key_of(activity), wrong_cards(activity)
    cards = list(key)
    choices = {c: diagonal(k) if c in wrong else k for c, k in key.items()}
    signs = {c: ["gain", "loss"].index(activity.key["cards"][c]["sign"]) for c in cards}
    signs[cards[-1]] = 1 - signs[cards[-1]]

    yield "fresh"
    first = board.root.locator(f'[data-drag="{cards[0]}"]')
    first.click()
    yield "chosen"
    first.click()
    place(board, {c: choices[c] for c in cards[:2]}, {cards[0]: signs[cards[0]]})
    yield "placed"
    place(board, {c: choices[c] for c in cards[2:]}, signs)
    board.check()
    yield "checked"
    board.button(UI["again"]).click()
    place(board, {c: choices[c] for c in wrong}, {wrong[0]: 1 - signs[wrong[0]]})
    board.check()
    yield "second"
    board.button(UI["explain"]).click()
    board.root.locator("summary").first.click()
    yield "explained"
    board.button(UI["answers"]).click()
    yield "dialog"
    board.root.get_by_role("button", name=UI["delete"]).click()
    yield "asked"


def go_to(wanted, board, activity):
    for state in walk(board, activity):
        if state == wanted:
            return


@pytest.fixture
def plain(watch, tmp_path):
    """A small activity of its own in a page without the book, so that no chapter changes it."""
    texts = {
        "IW": ["A nurse gets home safely at night.", "A boy can see the board again."],
        "CW": ["The lake is too dirty to swim in.", "New jobs come to the valley."],
        "IJ": ["A man is told why he was refused.", "A tenant may see her own file."],
        "CJ": ["Both banks wait equally long for help.", "One side of town pays for both."],
    }
    cards = [
        {
            "id": f"card-{cell.lower()}-{n}",
            "text": text,
            "key": cell,
            "sign": "loss" if text in (texts["CW"][0], texts["CJ"][1]) else "gain",
            "words": [text.split()[-1].strip(".")],
            "feedback": {one: f"What {one} has to do with it." for one in CELLS},
        }
        for cell, pair in texts.items()
        for n, text in enumerate(pair)
    ]
    file = tmp_path / "small.yml"
    content = {"id": "small", "kind": "matrix", "version": 1, "title": "Four effects"}
    content |= {"prompt": "Which value is gained or lost?", "draw": 4, "seed": 1, "cards": cards}
    file.write_text(json.dumps(content), encoding="utf-8")
    activity = pv.load(file)
    html = tmp_path / "small.html"
    html.write_text(html_page.document(activity), encoding="utf-8")

    def open_page(**options):
        page = watch.page(**{"locale": "en-GB", "timezone_id": "UTC"} | options)
        page.clock.set_fixed_time("2026-03-04T05:06:07Z")
        page.goto(html.as_uri())
        return Board(page), activity

    return open_page


def test_the_document_names_every_criterion_and_no_test_that_is_not_there():
    text = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| (\d\.\d\.\d+) ", text, flags=re.M)
    assert len(named) == len(set(named)) == 31 + 24  # of levels A and AA in WCAG 2.2
    code = "".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("test_*.py"))
    tests = set(re.findall(r"`(test_\w+)`", text))
    assert tests
    assert {name for name in tests if f"def {name}(" not in code} == set()


# What a screen reader is given


def test_tree(plain):
    board, activity = plain()
    trees = {state: board.root.aria_snapshot() + "\n" for state in walk(board, activity)}
    assert list(trees) == STATES
    if os.environ.get("PV_RENEW"):
        for state, tree in trees.items():
            (GOLDENS / f"{state}.yml").write_text(tree, encoding="utf-8")
    for state, tree in trees.items():
        assert tree == (GOLDENS / f"{state}.yml").read_text(encoding="utf-8"), state
        # How it is done is said once, not with each card.
        assert tree.count(UI["how"]) == 1, state


def test_the_focus_goes_in_the_order_of_the_tree(plain):
    board, activity = plain()
    go_to("checked", board, activity)
    page = board.page
    page.reload()
    tree = [line.strip() for line in Board(page).root.aria_snapshot().splitlines()]
    wanted = [line for line in tree if line.startswith("- button") and "[disabled]" not in line]
    assert len(wanted) == 4 + 3 * 4 + 5
    seen = []
    for _ in wanted:
        page.keyboard.press("Tab")
        seen.append(page.locator(":focus").aria_snapshot().splitlines()[0])
    assert seen == wanted


def test_a_card_that_came_back_says_where_it_was(opened, matrix):
    board = opened()
    go_to("checked", board, matrix)
    board.button(UI["again"]).click()
    for card in wrong_cards(matrix):
        cell = CELLS[diagonal(key_of(matrix)[card])]
        name = board.root.locator(f'[data-drag="{card}"]')
        expect(name).to_have_accessible_description(UI["tried"].format(cell=cell))


def test_every_control_has_a_name_in_the_browser_itself(plain):
    # The goldens are made by Playwright's rules; this is what Chromium hands to a screen reader.
    board, activity = plain()
    client = board.page.context.new_cdp_session(board.page)
    client.send("Accessibility.enable")
    for state in walk(board, activity):
        nodes = client.send("Accessibility.getFullAXTree")["nodes"]
        controls = [
            node["name"]["value"]
            for node in nodes
            if not node["ignored"] and node["role"]["value"] in ("button", "link", "dialog")
        ]
        assert len(controls) > 6, state
        assert all(controls), state


# The whole task: by keys, with every word that is said, and by single taps

LISTEN = """
() => {
  window.said = [];
  const words = (node) => {
    const own = node.nodeType === 1 ? node : node.parentElement;
    const live = own?.closest("[role=status], [role=alert]");
    const text = live?.textContent.trim();
    if (text) said.push(text);
  };
  new MutationObserver((changes) => changes.forEach((change) => {
    if (change.type === "characterData") words(change.target);
    for (const node of change.addedNodes) words(node);
  })).observe(document.body, { childList: true, characterData: true, subtree: true });
}
"""


class Keys:
    """The keyboard and nothing else. After each key something has the focus, and shows it."""

    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            # Once what the key has set off is done.
            self.page.evaluate("() => new Promise((next) => setTimeout(next))")
            assert self.at("(e) => e !== document.body"), f"{key}: the focus is lost"
            assert self.at("(e) => e.matches(':focus-visible')"), f"{key}: the focus is not shown"

    def at(self, test):
        return self.page.evaluate(f"() => ({test})(document.activeElement)")

    def go(self, test, back=False, at_most=80):
        for _ in range(at_most):
            if self.at(test):
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"no way by Tab to {test}")

    def button(self, name, back=False):
        self.go(f"(e) => e.tagName === 'BUTTON' && e.innerText.trim() === {name!r}", back)
        self.press("Enter")

    def card(self):
        return self.at("(e) => e.dataset.drag")


WAY = {"IW": [], "CW": ["ArrowRight"], "IJ": ["ArrowDown"], "CJ": ["ArrowRight", "ArrowDown"]}
BACK = {"ArrowRight": "ArrowLeft", "ArrowDown": "ArrowUp"}


def test_the_whole_task_by_keyboard_and_all_that_is_said(opened, matrix):
    board = opened()
    page, keys = board.page, Keys(board.page)
    key, texts, wrong = key_of(matrix), texts_of(matrix), wrong_cards(matrix)
    signs = {card: matrix.key["cards"][card]["sign"] for card in key}
    page.clock.set_fixed_time("2026-03-04T05:06:07Z")
    page.evaluate(LISTEN)
    told = []

    def short(card):
        text = texts[card]
        return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"

    def say(name, **values):
        told.append(UI[name].format(**values))

    def left():
        n = board.cards_in(None).count()
        return UI[{0: "left_0", 1: "left_one"}.get(n, "left")].format(n=n)

    def put(card, cell):
        assert keys.card() == card
        keys.press("Enter", *WAY[cell])
        assert keys.at("(e) => e.dataset.cell") == cell
        keys.press("Enter")
        say("selected", card=short(card))
        say("placed", cell=CELLS[cell], left=left())

    # Past the book's bars by its skip link, then on through the chapter.
    keys.press("Tab")
    page.keyboard.press("Enter")
    keys.go("(e) => e.matches('.pv-card')")
    first = matrix.sets[0][0]
    # A change of mind before a cell is chosen, and after.
    keys.press("Enter", "Escape")
    assert keys.card() == first
    say("selected", card=short(first))
    say("deselected", card=short(first))
    put(first, "CJ")
    keys.go(f"(e) => e.dataset.drag === {first!r}")
    keys.press("Escape")
    assert keys.card() == first
    say("deselected", card=short(first))

    for card in matrix.sets[0]:
        put(card, diagonal(key[card]) if card in wrong else key[card])
    # Backwards from the button to check, over the signs.
    marked = []
    while not keys.at("(e) => e.matches('.pv-cell.pv-IW .pv-place')"):
        keys.press("Shift+Tab")
        card = keys.at("(e) => e.closest('.pv-signs')?.previousElementSibling.dataset.drag")
        if card and keys.at("(e) => e.innerText") == MARKS[signs[card]]:
            keys.press("Space")
            assert keys.at("(e) => e.ariaPressed") == "true"
            say("signed", sign=signs[card])
            marked.append(card)
    assert sorted(marked) == sorted(key)
    keys.button(UI["check"])
    say("checked", right=10, total=12, again=UI["lookAgain"].format(n=2))
    assert board.score() == ("10", "12")
    keys.press("Enter")
    say("same")

    keys.button(UI["again"])
    say("triedAgain", n=2)
    for card in sorted(wrong, key=matrix.sets[0].index):
        put(card, diagonal(key[card]))
    assert keys.at("(e) => e.innerText") == UI["check"]
    keys.press("Enter")
    say("checked", right=10, total=12, again=UI["lookAgain"].format(n=2))
    keys.button(UI["explain"])
    say("explained")
    assert keys.at("(e) => e.innerText") == UI["explanations"]
    keys.press("Tab", "Enter")
    assert keys.at("(e) => e.tagName === 'SUMMARY' && e.parentElement.open")

    keys.go(f"(e) => e.innerText === {UI['answers']!r}")
    keys.press("Enter")
    dialog = "(e) => Boolean(e.closest('dialog[open]'))"
    assert keys.at(dialog)
    with page.expect_download() as download:
        keys.button(UI["save"])
    say("saved", file="creating-public-value-answers.json")
    with page.expect_file_chooser() as chooser:
        keys.button(UI["load"])
    chooser.value.set_files(download.value.path())
    expect(page.get_by_role("alert")).to_be_visible()
    same = UI["previewSame"].format(title=matrix.title)
    told.append(UI["preview"] + same + UI["loadYes"] + UI["cancel"])
    keys.button(UI["loadYes"])
    assert keys.at(dialog)
    say("loaded_0")
    # Each of these takes the button away on which the focus was.
    questions = {"deleteSure": "deleteYes", "forgetSure": "deleteYes", "notMeSure": "notMeYes"}
    now = page.evaluate("new Date().toLocaleString()")
    for steps in (
        [("delete", "deleteSure"), ("cancel", None)],
        [("notMe", "notMeSure"), ("notMeYes", "notMeDone"), ("bringBack", "broughtBack")],
        [("notMe", "notMeSure"), ("notMeYes", "notMeDone")],
        [("forget", "forgetSure"), ("deleteYes", "forgotten")],
        [("delete", "deleteSure"), ("deleteYes", "deleted")],
    ):
        for name, words_ in steps:
            keys.button(UI[name])
            assert keys.at(dialog), name
            if words_ in questions:
                # A question is spoken because it gets the focus; its answer is the next stop.
                assert keys.at("(e) => e.ariaLabel") == UI[words_].format(when=now)
                keys.press("Tab")
                assert keys.at("(e) => e.innerText") == UI[questions[words_]]
            elif words_:
                say(words_)
    keys.button(UI["close"])
    assert keys.at("(e) => e.innerText") == UI["answers"]
    keys.press("Enter", "Escape")
    assert keys.at("(e) => e.innerText") == UI["answers"]

    keys.button(UI["over"], back=True)
    say("startedOverFresh")
    assert keys.card() == first
    keys.button(UI["another"])
    say("newSet", n=12)
    assert keys.card() == matrix.sets[1][0]
    assert page.evaluate("said") == told


def test_the_whole_task_by_single_taps(opened, matrix):
    board = opened(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    page, root = board.page, board.root
    key, texts, wrong = key_of(matrix), texts_of(matrix), wrong_cards(matrix)

    def tap(name, where=root):
        where.get_by_role("button", name=name, exact=True).tap()

    def put(card, cell):
        board.card(texts[card]).tap()
        board.cell(cell).tap()

    def mark(card):
        li = root.locator(".pv-cell li").filter(has_text=texts[card])
        tap(UI[matrix.key["cards"][card]["sign"]], li)

    for card, cell in key.items():
        put(card, diagonal(cell) if card in wrong else cell)
        mark(card)
    # Another thought: a card into another cell, and back among the cards to place.
    put(wrong[0], key[wrong[0]])
    board.card(texts[wrong[0]]).tap()
    tap(UI["putBack"])
    put(wrong[0], diagonal(key[wrong[0]]))
    tap(UI["check"])
    assert board.score() == ("10", "12")
    tap(UI["again"])
    for card in wrong:
        put(card, key[card])
    tap(UI["check"])
    assert board.score() == ("12", "12")
    tap(UI["explain"])
    root.locator("summary").first.tap()
    expect(root.locator("details[open]")).to_have_count(1)
    tap(UI["answers"])
    with page.expect_download():
        tap(UI["save"])
    tap(UI["close"])
    expect(root.get_by_role("dialog")).to_be_hidden()
    tap(UI["another"])
    tap(UI["over"])
    expect(board.cards_in(None)).to_have_count(12)


# What is seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_in_forced_colours(opened, matrix, scheme):
    board = opened(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")
    for state in walk(board, matrix):
        # What differs in the dark is the contrast, and these states have all colours.
        if state in ("checked", "asked") or (scheme == "light" and state != "dialog"):
            assert violations(board.page, ".pv-activity") == [], state


@pytest.mark.parametrize("name", [n for n in PAGES if n != "index.html"])
def test_axe_on_every_page_in_forced_colours(watch, site, name):
    page = watch.page(forced_colors="active", reduced_motion="reduce")
    page.goto(f"{site}/{name}")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_differ_in_forced_colours(opened, matrix, scheme):
    board = opened(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")
    page, root = board.page, board.root
    go_to("second", board, matrix)
    page.keyboard.press("Shift")

    def one(selector):
        return root.locator(selector).first.element_handle()

    def look(element, around=8):
        page.evaluate("document.activeElement.blur()")
        element.scroll_into_view_if_needed()
        page.mouse.move(0, 0)
        box = element.bounding_box()
        clip = {"x": box["x"] - around, "y": box["y"] - around}
        clip |= {name: box[name] + 2 * around for name in ("width", "height")}
        before = picture(page, clip=clip)
        element.focus()
        return before, picture(page, clip=clip)

    right, again = one(".pv-is-right .pv-card"), one(".pv-is-again .pv-card")
    pressed, other = one(".pv-sign[aria-pressed=true]"), one(".pv-sign[aria-pressed=false]")
    for element in (right, again, pressed, other, one(".pv-place"), one(".pv-check")):
        before, after = look(element)
        assert difference(before, after) > 300, f"no ring is seen: {element}"
    for element, least in ((right, 300), (other, 300)):
        before, ringed = look(element)
        element.click()
        assert element.get_attribute("aria-pressed") == "true"
        after, after_ringed = look(element)
        assert difference(before, after) > least, f"pressed or not looks alike: {element}"
        assert difference(ringed, after_ringed) > least
        assert difference(after, after_ringed) > 300, f"no ring is seen: {element}"
    # A verdict is told by a sign, a word and the sort of line, whatever the colours are.
    assert verdict(root.locator(".pv-is-right .pv-card").first) == "✓ right"
    assert verdict(root.locator(".pv-is-again .pv-card").first) == "↻ look again"
    lines = [e.evaluate("(e) => getComputedStyle(e).borderLeftStyle") for e in (right, again)]
    assert lines == ["solid", "double"]


def verdict(card):
    # Its sign is seen and not read: its text form, after the slash, is empty.
    mark = "(e) => getComputedStyle(e, '::before').content.split('\"')[1] + e.innerText"
    return " ".join(card.locator(".pv-verdict").evaluate(mark).split())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_and_the_edges_are_seen(opened, matrix, scheme):
    board = opened(color_scheme=scheme, reduced_motion="reduce")
    page = board.page
    for state in walk(board, matrix):
        page.keyboard.press("Shift")
        for edge in board.root.evaluate(EDGES):
            at = f"{state}: {edge}"
            assert contrast(parse(edge["line"]), parse(edge["ground"])) >= 3, at
        inside = board.root
        if state in ("dialog", "asked"):
            inside = board.root.get_by_role("dialog")
        for width, height in ((1280, 800), (320, 640), (320, 256)):
            resize(page, width, height)
            rings = inside.evaluate(RINGS)
            assert len(rings) > 6
            for ring in rings:
                at = f"{state} at {width} x {height}: {ring}"
                assert ring["width"] >= 2, at
                assert contrast(parse(ring["line"]), parse(ring["ground"])) >= 3, at
                assert ring["free"] > 0.6, at
        if state == "dialog":
            # To where the next step starts from.
            inside.focus()


LARGER = {
    "200 %": (640, 400, ""),  # of a window of 1280 x 800
    "400 %": (320, 256, ""),  # of a window of 1280 x 1024
    "text at 200 %": (1280, 800, "html { font-size: 200% !important }"),
    "spacing": (1280, 800, SPACING),
    "spacing on a phone": (320, 640, SPACING),
}


# What is lost of each placed card without the focus and with it.
FOCUSED = f"""
(root) => [...root.querySelectorAll(".pv-cell .pv-card")].map((card) => {{
  document.activeElement.blur();
  const before = ({LOST.strip()})(card);
  card.focus();
  return [before, ({LOST.strip()})(card)];
}})
"""


def test_nothing_is_cut_off(opened, matrix):
    board = opened(reduced_motion="reduce")
    page = board.page
    for state in walk(board, matrix):
        for name, (width, height, style) in LARGER.items():
            resize(page, width, height)
            tag = page.add_style_tag(content=style or "/* */")
            at = f"{state}, {name}"
            lost = board.root.evaluate(LOST)
            assert [what for what in lost if not what.startswith("shortened")] == [], at
            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, f"{at}: {wider} px wider than the window"
            if state == "checked":
                # A placed card may end in "…"; the focus shows it whole, and so does a tap.
                page.keyboard.press("Shift")
                found = board.root.evaluate(FOCUSED)
                assert [lost for _, lost in found if lost] == [], f"{at}, with the focus"
                assert any(before for before, _ in found) or width == 1280
            tag.evaluate("(e) => e.remove()")
        resize(page, 1280, 800)
    go_to("placed", board := opened(viewport={"width": 320, "height": 640}, has_touch=True), matrix)
    board.page.add_style_tag(content=SPACING)
    for card in board.root.locator(".pv-cell .pv-card").all():
        card.tap()
        assert card.evaluate(LOST) == []


def test_reduced_motion(opened, matrix):
    still = """
      () => {
        const moving = [];
        for (const one of document.querySelectorAll(".pv-activity, .pv-activity *"))
          for (const part of [null, "::before", "::after", "::backdrop"]) {
            const { transitionDuration, animationDuration } = getComputedStyle(one, part);
            const times = `${transitionDuration},${animationDuration}`.split(",");
            if (times.some((time) => parseFloat(time) > 0.01)) moving.push(one.className);
          }
        return moving;
      }
    """
    moving = opened(reduced_motion="no-preference")
    assert any("pv-card" in str(name) for name in moving.page.evaluate(still))
    board = opened(reduced_motion="reduce")
    for state in walk(board, matrix):
        assert board.page.evaluate(still) == [], state
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert board.page.evaluate(behaviour) == "auto"


def test_targets_in_all_states(opened, matrix):
    board = opened()
    for state in walk(board, matrix):
        for width in (320, 700, 1280):
            resize(board.page, width, 800)
            targets = board.root.evaluate(TARGETS)
            assert len(targets) > 10
            small = [one for one in targets if min(one[1:]) < 44]
            assert small == [], f"{state} at {width}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_under_every_sort_of_sight(opened, matrix, scheme):
    board = opened(
        color_scheme=scheme,
        reduced_motion="reduce",
        device_scale_factor=2,
        viewport={"width": 700, "height": 800},
    )
    page, root = board.page, board.root
    client = page.context.new_cdp_session(page)
    go_to("second", board, matrix)
    page.evaluate("document.activeElement.blur()")
    resize(page, 700, 100 + int(root.bounding_box()["height"]))
    root.evaluate("(e) => e.scrollIntoView({ block: 'end' })")
    page.mouse.move(0, 0)
    looked = {
        **{f"cell {code}": board.cell(code) for code in CELLS},
        **{f"axes of {code}": board.cell(code).locator("span").first for code in CELLS},
        "right": root.locator(".pv-is-right .pv-verdict").first,
        "again": root.locator(".pv-is-again .pv-card .pv-verdict").first,
        "sign off": root.locator(".pv-cell li > .pv-verdict").first,
        "card": root.locator(".pv-card .pv-text").first,
        "pressed sign": root.locator(".pv-sign[aria-pressed=true]").first,
        "sign": root.locator(".pv-sign[aria-pressed=false]").first,
        "check": board.button(UI["check"]),
        "status": board.status,
        "how": root.locator(".pv-how"),
        "closer look": root.locator(".pv-closer p").first,
        "answers": board.button(UI["answers"]),
    }
    lines = {name: one.evaluate(LINES)[0] for name, one in looked.items()}
    for sight in ("none", "protanopia", "deuteranopia", "tritanopia", "achromatopsia"):
        client.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
        image = picture(page)
        grounds = {}
        for name, box in lines.items():
            ground, ink = ground_and_ink(image.crop([round(2 * v) for v in box]))
            assert contrast(ground, ink) >= 4.5, f"{sight}: {name} {ground} {ink}"
            grounds[name] = ground
            if sight == "achromatopsia":
                assert max(ground) - min(ground) <= 2, "the sight is not simulated"
        # A pressed sign is a dark one among light ones, or a light one among dark ones.
        assert contrast(grounds["pressed sign"], grounds["sign"]) >= 3, sight
    # No hue says anything that is not said in words too.
    for code, name in CELLS.items():
        expect(board.cell(code)).to_contain_text(name)
    for card in root.locator(".pv-cell .pv-card").all():
        assert verdict(card) in ("✓ right", "↻ look again")


def test_what_the_theme_did_not_meet(watch, site):
    page = watch.page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.goto(f"{site}/chapters/value-matrix.html", wait_until="networkidle")
    buttons = page.locator(".bd-header-article .btn").filter(visible=True)
    assert buttons.count() >= 2
    page.keyboard.press("Tab")  # from here on the focus is the keyboard's
    for button in buttons.all():
        button.focus()
        style = button.evaluate(
            "(e) => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth]"
        )
        assert style == ["solid", "3px"], button.get_attribute("aria-label")
    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter((e) => {
          const { transitionDuration, animationDuration } = getComputedStyle(e);
          const each = `${transitionDuration}, ${animationDuration}`.split(", ");
          return Math.max(...each.map(parseFloat)) > 0.01;
        }).map((e) => e.className)"""
    )
    assert moving == []
    page.locator(".bd-header-article [data-bs-toggle=tooltip]").first.hover()
    tip = page.locator(".tooltip")
    expect(tip).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
