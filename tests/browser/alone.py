"""One activity in a page of its own, so that no chapter changes it."""

from playwright.sync_api import expect

from pvwidgets import page as html_page

from .test_pages import violations

SMALL = """
() => {
  const all = document.querySelectorAll(".pv-activity :is(button, select, input[type=range])");
  const small = [...all].filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    return one.checkVisibility() && (width < 43.9 || height < 43.9);
  }).map((one) => one.innerText || one.ariaLabel || one.id);
  return document.documentElement.scrollWidth > innerWidth ? [...small, "page too wide"] : small;
}
"""


class Alone:
    def __init__(self, watch, folder, activity, **options):
        file = folder / f"{activity.id}.html"
        file.write_text(html_page.document(activity), encoding="utf-8")
        self.page = watch.page(**options)
        self.page.goto(file.as_uri())
        self.ready()

    def ready(self):
        self.root = self.page.locator("section.pv-activity")
        expect(self.root).to_have_attribute("data-ready", "true")

    def reload(self):
        self.page.reload()
        self.ready()

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    def check(self):
        self.button("Check answers").click()

    @property
    def status(self):
        return self.root.get_by_role("status").last

    @property
    def feedback(self):
        return self.root.locator(".pv-feedback")

    def score(self):
        return self.root.get_attribute("data-score"), self.root.get_attribute("data-max")

    def violations(self):
        """What axe finds, in light and in dark."""
        found = violations(self.page, ".pv-activity")
        self.page.evaluate("document.documentElement.dataset.theme = 'dark'")
        found += violations(self.page, ".pv-activity")
        self.page.evaluate("delete document.documentElement.dataset.theme")
        return found

    def small(self):
        """Buttons that are less than 44 pixels wide or high, and a page that scrolls sideways."""
        return self.page.evaluate(SMALL)
