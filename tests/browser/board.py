"""What a person does with the matrix classifier, by roles and names as they are announced."""

from playwright.sync_api import expect

from pvwidgets import richtext
from pvwidgets.words import words

CELLS = words()["matrix"]["cells"]


class Board:
    def __init__(self, page, root="section.pv-activity"):
        self.page = page
        self.root = page.locator(root).first
        expect(self.root).to_have_attribute("data-ready", "true")

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    def card(self, text):
        # The name of a card starts with its text; a verdict may follow.
        return self.root.locator(".pv-card").filter(has_text=text)

    def cell(self, code):
        return self.root.locator(".pv-place").filter(has_text=CELLS[code])

    def cards_in(self, code):
        area = ".pv-tray" if code is None else f".pv-cell.pv-{code}"
        return self.root.locator(f"{area} .pv-card")

    @property
    def status(self):
        return self.root.get_by_role("status").first

    def tap(self, text, code):
        self.card(text).click()
        self.cell(code).click()

    def sort(self, activity, choices, signs=False):
        """Place the shown cards: choices maps card id to cell."""
        texts = texts_of(activity)
        for card, code in choices.items():
            self.tap(texts[card], code)
            if signs:
                sign = activity.key["cards"][card]["sign"]
                li = self.root.locator(".pv-cell li").filter(has_text=texts[card])
                li.get_by_role("button", name=words()["ui"][sign]).click()

    def check(self):
        self.button("Check answers").click()

    def score(self):
        return self.root.get_attribute("data-score"), self.root.get_attribute("data-max")


def texts_of(activity):
    return {card["id"]: richtext.to_text(card["text"]) for card in activity.public["cards"]}


def key_of(activity, number=0):
    return {card: activity.key["cards"][card]["cell"] for card in activity.sets[number]}


def diagonal(code):
    return {"IW": "CJ", "CJ": "IW", "CW": "IJ", "IJ": "CW"}[code]
