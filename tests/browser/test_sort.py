"""Cards sorted into named places, by keys, by taps, by mouse, and what is said of each check.

The activities are made here, each in a page of its own, so that no chapter changes them.
"""

import json

import pytest
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets import page as html_page
from pvwidgets.words import words

from .board import Board, texts_of
from .looking import LOST, RINGS, TARGETS, contrast, parse, resize
from .test_pages import violations

UI, SORT = words()["ui"], words()["sort"]

# Such names that one of the page, or one that every object has, would do harm.
BINS = [
    {"id": "constructor", "title": "Spent", "text": "what the town put in", "room": 2},
    {"id": "tray", "title": "Done", "text": "what was offered or made"},
    {"id": "place", "title": "Changed", "text": "what became different for people"},
]
MARKS = {"bin": "place", "label": "Soon or late?", "options": {"soon": "soon", "late": "late"}}
CARDS = [
    ("constructor", "Six drivers were paid for night shifts.", "constructor", {}),
    ("every-hour", "A bus left the station at every full hour.", "tray", {}),
    ("rides", "The bus was used nine thousand times.", "tray", {"half": ["place"]}),
    ("new-job", "Mira could take the job in the bakery.", "place", {"mark": "soon"}),
    ("garden", "A car park has become a garden.", "place", {"mark": "late"}),
]
KEY = {card: bin_ for card, _, bin_, _ in CARDS}
TEXT = {card: text for card, text, _, _ in CARDS}
TITLE = {one["id"]: one["title"] for one in BINS}


def made_of(cards, bins, **more):
    made = [
        {
            "id": card,
            "text": text,
            "key": key,
            "words": [text.split()[-1].strip(".")],
            "feedback": {one["id"]: f"Why {card} and {one['id']}." for one in bins},
            **extra,
        }
        for card, text, key, extra in cards
    ]
    content = {"id": "sorting", "kind": "sort", "version": 1, "title": "The night bus"}
    return content | {"prompt": "Where does it belong?", "bins": bins, "cards": made} | more


def many(number, **more):
    """An activity with many places that have long names."""
    titles = [
        "What the organisation was founded to do",
        "What other people's organisations contribute",
        "Unintended consequences",
        "Who authorises it",
        "Operational capacity of the public institution",
        "Something else that is told, and that belongs to none of the others",
        "Welfare",
    ]
    bins = [
        {"id": f"b{n}", "title": title[:60], "text": "a short line below it"}
        for n, title in enumerate(titles[:number])
    ]
    cards = [
        (f"c{n}", f"The {n}. thing that is told of the bus and the people in it.", f"b{n}", {})
        for n in range(number)
    ]
    return made_of(cards, bins, **more)


NIGHT = made_of(CARDS, BINS, layout="strip", marks=MARKS)


class Sorter(Board):
    def cell(self, code):
        return self.root.locator(f'[data-cell="{code}"]')

    def card(self, text):
        return self.root.locator(".pv-card").filter(has_text=text)

    def cards_in(self, code):
        return self.root.locator(f'[data-drop="{code or "*"}"] .pv-card')

    def mark(self, card, name):
        item = self.root.locator(".pv-cell li").filter(has_text=TEXT[card])
        return item.get_by_role("button", name=name, exact=True)

    def put(self, choices):
        for card, bin_ in choices.items():
            self.tap(TEXT[card], bin_)


@pytest.fixture
def sorter(watch, tmp_path):
    def open_page(content=NIGHT, key=True, page=None, **options):
        file = tmp_path / "sorting.yml"
        file.write_text(json.dumps(content), encoding="utf-8")
        activity = pv.load(file)
        html = tmp_path / "sorting.html"
        shown = activity if key else activity.without_key()
        html.write_text(in_theme(html_page.document(shown), options), encoding="utf-8")
        page = page or watch.page(**{"reduced_motion": "reduce"} | options)
        page.goto(html.as_uri())
        return Sorter(page), activity

    return open_page


def in_theme(html, options):
    """In the book its theme says that it is dark; in a page of its own nothing does."""
    if options.get("color_scheme") != "dark":
        return html
    body = "<style>body { background: #14181e }</style>"
    return html.replace("<html ", '<html data-theme="dark" ').replace("</head>", f"{body}</head>")


def order(activity):
    return {card: KEY[card] for card in activity.sets[0]}


def test_keyboard_alone(sorter):
    board, activity = sorter()
    page = board.page
    way = {"constructor": [], "tray": ["ArrowRight"], "place": ["ArrowDown", "ArrowRight"]}
    board.cards_in(None).first.focus()
    for card, bin_ in order(activity).items():
        assert page.evaluate("document.activeElement.dataset.drag") == card
        page.keyboard.press("Enter")
        expect(board.cell("constructor")).to_be_focused()
        page.keyboard.press("ArrowLeft")  # there is none before the first
        for arrow in way[bin_]:
            page.keyboard.press(arrow)
        expect(board.cell(bin_)).to_be_focused()
        page.keyboard.press("Enter")
        expect(board.status).to_contain_text(f"Placed in {TITLE[bin_]}.")
    expect(board.button(UI["check"])).to_be_focused()
    page.keyboard.press("Shift+Tab")
    signs = page.locator(":focus")
    expect(signs).to_have_class("pv-sign")
    page.keyboard.press("Space")
    expect(signs).to_have_attribute("aria-pressed", "true")
    expect(board.status).to_have_text("Marked as late.")
    board.button(UI["check"]).focus()
    page.keyboard.press("Enter")
    assert board.score() == ("5", "5")
    expect(board.root.locator(".pv-feedback")).to_contain_text(SORT["mastered"])


def test_the_focus_goes_on_with_what_was_passed_over(sorter):
    board, activity = sorter()
    cards = activity.sets[0]
    board.root.locator(f'[data-drag="{cards[-1]}"]').focus()
    board.page.keyboard.press("Enter")
    board.page.keyboard.press("Enter")
    expect(board.root.locator(f'[data-drag="{cards[0]}"]')).to_be_focused()


def test_escape_puts_a_card_back(sorter):
    board, activity = sorter()
    page, first = board.page, activity.sets[0][0]
    board.cards_in(None).first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(board.card(TEXT[first])).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(board.cards_in("constructor")).to_have_count(1)
    board.card(TEXT[first]).focus()
    page.keyboard.press("Escape")
    expect(board.cards_in(None)).to_have_count(len(CARDS))
    expect(board.card(TEXT[first])).to_be_focused()


def test_single_taps(sorter):
    board, activity = sorter(has_touch=True, is_mobile=True, viewport={"width": 320, "height": 700})
    root = board.root
    board.cell("tray").tap()
    expect(board.status).to_have_text(UI["chooseFirst"])
    # A second tap lets go of a card.
    rides = board.card(TEXT["rides"])
    for pressed, said in (("true", "selected"), ("false", "deselected")):
        rides.tap()
        expect(rides).to_have_attribute("aria-pressed", pressed)
        expect(board.status).to_have_text(UI[said].format(card=TEXT["rides"]))
    for card, bin_ in order(activity).items():
        board.card(TEXT[card]).tap()
        board.cell(bin_).tap()
    board.mark("new-job", "soon").tap()
    board.mark("garden", "soon").tap()
    board.button(UI["check"]).tap()
    assert board.score() == ("5", "5")
    expect(root.locator(".pv-feedback")).to_contain_text("Soon or late? 1 of 2 right.")
    expect(root.locator(".pv-cell li").filter(has_text=TEXT["garden"])).to_contain_text(
        "look again: Soon or late?"
    )
    expect(root.locator(".pv-cell li").filter(has_text=TEXT["new-job"])).not_to_contain_text(
        "look again"
    )
    # It was said of the mark that was checked, not of another one.
    board.mark("garden", "late").tap()
    expect(root.locator(".pv-cell").filter(has_text="look again")).to_have_count(0)


def test_a_mark_is_no_point_and_comes_back_alone(sorter):
    board, activity = sorter()
    board.put(order(activity))
    for card in ("new-job", "garden"):
        board.mark(card, "soon").click()
    board.check()
    assert board.score() == ("5", "5")
    expect(board.button(UI["explain"])).to_be_disabled()
    board.button(UI["again"]).click()
    for code in TITLE:
        expect(board.cards_in(code)).to_have_count(list(KEY.values()).count(code))
    expect(board.mark("new-job", "soon")).to_have_attribute("aria-pressed", "true")
    expect(board.mark("garden", "soon")).to_have_attribute("aria-pressed", "false")
    board.mark("garden", "late").click()
    board.check()
    expect(board.root.locator(".pv-feedback")).to_contain_text("Soon or late? 2 of 2 right.")


def test_only_cards_in_one_place_are_marked(sorter):
    board, _ = sorter()
    board.put({"every-hour": "tray", "rides": "place"})
    expect(board.root.get_by_role("group", name="Soon or late?")).to_have_count(1)
    expect(board.mark("every-hour", "soon")).to_have_count(0)
    expect(board.mark("rides", "soon")).to_have_count(1)
    board.tap(TEXT["rides"], "tray")
    expect(board.root.get_by_role("group", name="Soon or late?")).to_have_count(0)


def test_by_mouse(sorter):
    board, _ = sorter(viewport={"width": 1200, "height": 900})
    page = board.page

    def drag(card, target):
        start, end = board.card(TEXT[card]).bounding_box(), target.bounding_box()
        page.mouse.move(start["x"] + 20, start["y"] + 15)
        page.mouse.down()
        page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 15, steps=5)
        page.mouse.up()

    drag("rides", board.cell("tray"))
    expect(board.cards_in("tray")).to_have_text([TEXT["rides"]])
    drag("rides", board.cell("constructor"))
    expect(board.cards_in("constructor")).to_have_text([TEXT["rides"]])
    # The tray of cards, and not the place that an author has called so.
    drag("rides", board.root.locator(".pv-tray"))
    expect(board.cards_in(None)).to_have_count(len(CARDS))


@pytest.mark.parametrize("by", ["tap", "key", "mouse"])
def test_no_more_cards_than_there_is_room_for(sorter, by):
    board, _ = sorter(viewport={"width": 1200, "height": 900})
    page = board.page
    board.put({"constructor": "constructor", "every-hour": "constructor"})
    if by == "tap":
        board.tap(TEXT["rides"], "constructor")
    elif by == "key":
        board.card(TEXT["rides"]).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    else:
        board.card(TEXT["rides"]).drag_to(board.cell("constructor"))
    expect(board.status).to_have_text(UI["full"].format(bin="Spent"))
    expect(board.cards_in("constructor")).to_have_count(2)
    expect(board.cards_in(None)).to_have_count(3)
    # A card that is there already may be put there again.
    page.keyboard.press("Escape")
    board.tap(TEXT["every-hour"], "constructor")
    expect(board.status).to_contain_text("Placed in Spent.")
    expect(board.cards_in("constructor")).to_have_count(2)
    board.tap(TEXT["every-hour"], "tray")
    board.tap(TEXT["rides"], "constructor")
    expect(board.cards_in("constructor")).to_have_count(2)


def test_the_room_is_told(sorter):
    board, _ = sorter()
    expect(board.cell("constructor")).to_contain_text("room for 2")
    expect(board.cell("tray")).not_to_contain_text("room")


def test_answers_survive_a_reload(sorter):
    board, activity = sorter()
    board.put(order(activity) | {"rides": "place"})
    board.mark("garden", "late").click()
    board.check()
    board.page.reload()
    board = Sorter(board.page)
    expect(board.cards_in("place")).to_have_count(3)
    expect(board.mark("garden", "late")).to_have_attribute("aria-pressed", "true")
    expect(board.root.locator(".pv-is-half")).to_have_count(1)
    assert board.score() == ("4.5", "5")


def test_half_a_point_and_the_way_to_a_whole_one(sorter):
    board, activity = sorter()
    board.put(order(activity) | {"rides": "place"})
    board.check()
    assert board.score() == ("4.5", "5")
    rides = board.root.locator(".pv-cell li").filter(has_text=TEXT["rides"])
    expect(rides).to_contain_text(UI["statusHalf"])
    # It is no mistake, so it does not come back by itself; it may be moved.
    expect(board.button(UI["again"])).to_be_disabled()
    expect(board.root).not_to_contain_text(UI["nextHelp"])
    expect(board.button(UI["explain"])).to_be_enabled()
    board.tap(TEXT["rides"], "tray")
    expect(rides).not_to_contain_text(UI["statusHalf"])
    board.check()
    assert board.score() == ("5", "5")


def test_half_a_point_is_explained_on_the_second_check(sorter):
    board, activity = sorter()
    for bin_ in ("constructor", "place"):
        board.put(order(activity) | {"rides": bin_})
        board.check()
    assert board.score() == ("4.5", "5")
    # The first check earned four fifths, which is just enough.
    expect(board.root.locator(".pv-feedback")).to_contain_text(SORT["mastered"])
    closer = board.root.get_by_role("list", name=UI["closer"])
    expect(closer.get_by_role("listitem")).to_have_count(1)
    expect(closer).to_contain_text("Why rides and place.")


def test_wrong_then_right_with_feedback(sorter):
    board, activity = sorter()
    feedback = board.root.locator(".pv-feedback")
    board.put(order(activity) | {"rides": "constructor", "every-hour": "place"})
    board.check()
    assert board.score() == ("3", "5")
    expect(board.status).to_have_text("3 of 5 right. Look again at 2 cards.")
    expect(board.root.locator(".pv-is-again")).to_have_count(2)
    # The first check says which, and not why.
    expect(feedback).to_contain_text(UI["nextHelp"])
    first = UI["firstCheck"].format(score=3, max=5)
    expect(feedback).not_to_contain_text(first)
    expect(board.root).not_to_contain_text("Why rides")
    board.check()
    expect(board.status).to_have_text(UI["same"])

    board.button(UI["again"]).click()
    expect(board.cards_in(None)).to_have_count(2)
    expect(board.cards_in("constructor")).to_have_count(1)
    tried = board.root.locator('[data-drag="rides"]')
    expect(tried).to_have_accessible_description(UI["tried"].format(cell="Spent"))
    board.put({"rides": "constructor", "every-hour": "tray"})
    board.check()
    expect(feedback).not_to_contain_text(UI["nextHelp"])
    expect(feedback.locator(".pv-score")).to_have_text(UI["score"].format(score=4, max=5))
    closer = feedback.get_by_role("list", name=UI["closer"]).get_by_role("listitem")
    expect(closer).to_have_count(1)
    expect(closer).to_contain_text("You chose Spent.")
    expect(closer).to_contain_text("Why rides and constructor.")
    expect(closer).not_to_contain_text("Why rides and tray.")

    board.button(UI["explain"]).click()
    expect(board.root.locator(".pv-explanations")).to_be_focused()
    rides = board.root.locator("details").filter(has_text=TEXT["rides"])
    rides.locator("summary").click()
    expect(rides.locator("p").first).to_contain_text("Done is the best place.")
    expect(rides.locator("dt")).to_have_text(
        ["Done", "Spent (your choice)", "Changed (acceptable)"]
    )
    expect(rides.locator("dd")).to_have_text(
        [f"Why rides and {one}." for one in ("tray", "constructor", "place")]
    )
    expect(feedback).to_contain_text(first)
    expect(feedback).to_contain_text(SORT["notMasteredOne"])


def test_the_other_places_share_one_explanation(sorter):
    bins = [{"id": name, "title": name.title()} for name in ("constructor", "b", "c", "d", "e")]
    content = made_of([("one", "It happened.", "b", {}), ("two", "It did.", "c", {})], bins)
    for card in content["cards"]:
        card["feedback"] = {"b": "About B.", "c": "About C.", "else": "About the others."}
    board, _ = sorter(content)
    for _ in range(2):
        board.tap("It happened.", "constructor")
        board.tap("It did.", "d")
        board.check()
        if board.button(UI["explain"]).is_disabled():
            board.button(UI["again"]).click()
    board.button(UI["explain"]).click()
    happened = board.root.locator("details").filter(has_text="It happened.")
    expect(happened.locator("dt")).to_have_text(["B", "Constructor (your choice)", "C"])
    happened.locator("summary").click()
    expect(happened.locator("dd")).to_have_text(["About B.", "About the others.", "About C."])


def test_another_set_and_start_over(sorter):
    board, activity = sorter(many(4, draw=2))
    shown = [texts_of(activity)[card] for card in activity.sets[0]]
    expect(board.cards_in(None)).to_have_text(shown)
    board.tap(shown[0], "b0")
    board.card(shown[1]).click()
    board.button(UI["over"]).click()
    expect(board.cards_in(None)).to_have_count(2)
    expect(board.root.locator('.pv-card[aria-pressed="true"]')).to_have_count(0)
    if len(activity.sets) > 1:
        board.button(UI["another"]).click()
        second = [texts_of(activity)[card] for card in activity.sets[1]]
        expect(board.cards_in(None)).to_have_text(second)


def test_public_half(sorter):
    board, activity = sorter(key=False)
    expect(board.button(UI["check"])).to_have_count(0)
    board.button(UI["checkComplete"]).click()
    expect(board.status).to_have_text("5 cards still need a place before you can check.")
    board.put(dict.fromkeys(TEXT, "tray"))
    board.button(UI["checkComplete"]).click()
    expect(board.status).to_have_text(UI["complete"])
    assert board.score() == (None, None)
    expect(board.root.locator(".pv-verdict")).to_have_count(0)
    source = board.page.content()
    assert "Why rides" not in source
    assert '"feedback"' not in source.split("<script>")[0]
    board.page.reload()
    expect(Sorter(board.page).cards_in("tray")).to_have_count(len(activity.sets[0]))


def work(board, activity):
    """Take a sorting through its states, and stop at each."""
    texts = texts_of(activity)
    bins = [one["id"] for one in activity.public["bins"]]
    key = {card: activity.key["cards"][card]["bin"] for card in activity.sets[0]}
    yield "fresh"
    cards = list(key)
    board.card(texts[cards[0]]).click()
    yield "chosen"
    board.page.keyboard.press("Escape")
    for _ in range(2):
        for n, card in enumerate(cards):
            wrong = bins[(bins.index(key[card]) + 1) % len(bins)]
            board.tap(texts[card], wrong if n < 2 and wrong != "constructor" else key[card])
        for sign in board.root.locator(".pv-signs > :last-child").all():
            sign.click()
        yield "placed"
        board.check()
        yield "checked"
        board.button(UI["again"]).click()
        yield "again"
        for card in cards[:2]:
            if board.cards_in(None).filter(has_text=texts[card]).count():
                board.tap(texts[card], bins[-1])
        board.check()
        break
    board.button(UI["explain"]).click()
    board.root.locator("summary").first.click()
    yield "explained"


SHAPES = {
    "strip": NIGHT,
    "four": many(4),
    "seven": many(7),
    "chain-of-seven": many(7, layout="strip"),
}


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [*((shape, "light") for shape in SHAPES), ("strip", "dark"), ("seven", "dark")],
)
@pytest.mark.parametrize("width", [1200, 700, 320])
def test_axe_and_everything_can_be_read(sorter, shape, scheme, width):
    board, activity = sorter(
        SHAPES[shape], color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = board.page
    page.add_style_tag(content="* { transition: none !important }")
    for state in work(board, activity):
        assert violations(page, "section.pv-activity") == [], state
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{state}: {wider} px wider than the window"
        lost = [what for what in board.root.evaluate(LOST) if not what.startswith("shortened")]
        assert lost == [], state
        small = [one for one in board.root.evaluate(TARGETS) if min(one[1:]) < 44]
        assert small == [], state


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen(sorter, scheme):
    board, activity = sorter(color_scheme=scheme, viewport={"width": 700, "height": 800})
    for state in work(board, activity):
        if state in ("placed", "checked"):
            board.page.keyboard.press("Tab")  # the ring is for those who use the keyboard
            rings = board.root.evaluate(RINGS)
            assert len(rings) > 8
            for ring in rings:
                assert ring["width"] >= 2, ring
                assert contrast(parse(ring["line"]), parse(ring["ground"])) >= 3, ring


def test_large_text_and_a_narrow_window(sorter):
    board, activity = sorter(SHAPES["seven"], viewport={"width": 1280, "height": 1024})
    for state in work(board, activity):
        if state == "placed":
            resize(board.page, 320, 256)
            wider = board.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0
            resize(board.page, 1280, 1024)


def test_two_activities_share_the_words_of_the_interface(watch, site, book):
    html = (book / "chapters" / "for-authors" / "gallery.html").read_text(encoding="utf-8")
    assert html.count('class="pv-words"') == 1 < html.count('class="pv-data"')
    page = watch.page()
    page.goto(f"{site}/chapters/for-authors/gallery.html")
    sections = page.locator("section.pv-activity")
    assert sections.count() >= 2
    for section in sections.all():
        expect(section).to_have_attribute("data-ready", "true")
    night = Sorter(page, 'section.pv-activity[data-activity="night-bus"]')
    expect(night.root.locator(".pv-how")).to_have_text(SORT["how"])
    kitchen = Board(page, 'section.pv-activity[data-activity="school-kitchen"]')
    expect(kitchen.root.locator(".pv-how")).to_have_text(UI["how"])
