"""What the pages load, and that they have all their icons and still work with less.

Weights: all that a browser loads for a page, each file compressed by gzip -9, in KB of 1024 bytes.
"""

import base64
import contextlib
import functools
import gzip
import http.server
import io
import re
import threading

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import expect

from pvwidgets.light import FAMILY, SELDOM_NEEDED
from tools.small_book import HEAD, STRICT, build, lay_out, set_address

from .conftest import BOOK, QuietHandler
from .test_pages import PAGES

CHAPTER = "chapters/value-matrix.html"
# Measured earlier on such a page of stock Jupyter Book 1.0.4, without any activity.
STOCK_KB = 828
SEARCH_FILES = ["searchtools.js", "language_data.js", "searchindex.js", "sphinx_highlight.js"]

ADMONITIONS = ["note", "tip", "hint", "warning", "danger", "error", "caution", "attention"]
ADMONITIONS += ["important", "seealso"]
ALL_KINDS = (
    "# All kinds\n\n"
    + "\n".join(f"```{{{kind}}}\nA {kind}.\n```\n" for kind in ADMONITIONS)
    + """
```{admonition} Folded
:class: dropdown
In the fold.
```

```{versionadded} 1.0
New.
```

Icons: {fas}`star` {far}`star` {fab}`github` {octicon}`check`, {download}`references.bib`.
<i class="fa fa-home fa-2x" data-mode="dark"></i>

````{tab-set}
```{tab-item} One
First tab.
```
```{tab-item} Two
Second tab.
```
````

```{dropdown} Open me
In the dropdown.
```

```python
x = 1
```
"""
)


@contextlib.contextmanager
def served(folder):
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def load(context, address):
    """Load a page, without any cache; give the responses by their address."""
    page = context.new_page()
    requests = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    return {
        request.url.split("?")[0]: request.response()
        for request in requests
        if request.url.startswith(("http:", "file:"))
    }


def names(responses):
    return {url.rsplit("/", 1)[1] for url in responses}


def kilobytes(responses):
    return sum(len(gzip.compress(got.body(), 9)) for got in responses.values()) / 1024


def make(folder, *options):
    done = build(folder, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """A book of one page with Jupyter Book's own settings."""
    folder = tmp_path_factory.mktemp("stock")
    (folder / "_config.yml").write_text("title: A book\n", encoding="utf-8")
    lay_out(folder, {"page.md": "# A page\n\nWith some text.\n"}, settings=())
    return make(folder)


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """A book with our settings, an address, and pages with all kinds of things and with none."""
    folder = tmp_path_factory.mktemp("kinds")
    cell = "```{code-cell} ipython3\n:tags: [hide-input]\n1 + 1\n```\n"
    pages = {
        "all.md": ALL_KINDS,
        "none.md": "# No kind\n\nWith some text.\n",
        "cells.md": f"{HEAD}# Cells\n\n{cell}",
        "https://example.org": "Elsewhere",
    }
    lay_out(folder, pages)
    set_address(folder, "https://github.com/example/course")
    return make(folder, *STRICT)


# Weight


def test_a_chapter_weighs_less_than_half_of_a_stock_page(watch, site, chromium, stock):
    ours = load(watch.context(), f"{site}/{CHAPTER}")
    weight = kilobytes(ours)
    # Not by `watch`: a stock page logs errors.
    context = chromium.new_context()
    with served(stock) as address:
        theirs = load(context, f"{address}/page.html")
        their_weight = kilobytes(theirs)
    context.close()
    print(f"ours: {weight:.0f} KB, {len(ours)} files; theirs: {their_weight:.0f}, {len(theirs)}")
    # What is compared is what we think it is.
    assert {"page.js", "pv.css", "value-matrix.html"} <= names(ours)
    assert {"fontawesome.js", "page.html"} <= names(theirs)
    assert 2 * weight < their_weight
    assert 2 * weight < STOCK_KB


@pytest.mark.parametrize("name", [n for n in PAGES if n != "index.html"])
def test_no_page_loads_an_icon_script_or_font(watch, site, name):
    responses = load(watch.context(), f"{site}/{name}")
    assert "fontawesome.js" not in names(responses)
    assert [url for url in responses if "webfonts" in url] == []


def test_the_stylesheet_has_lost_its_icons_and_nothing_else(book, stock):
    name = "_static/styles/pydata-sphinx-theme.css"
    style = (book / name).read_text(encoding="utf-8")
    theirs = (stock / name).read_text(encoding="utf-8")
    assert len(gzip.compress(style.encode(), 9)) < 0.75 * len(gzip.compress(theirs.encode(), 9))
    rules, their_rules = (text.split("}") for text in (style, theirs))
    left = iter(their_rules)
    assert all(rule in left for rule in rules), "the rules that stay are not in their order"
    gone = set(their_rules) - set(rules)
    assert [rule for rule in gone if not re.fullmatch(r'(\.fa-[^{]*){content:"[^"]*"', rule)] == []


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("none.html", []),
        ("cells.html", ["copybutton.css", "copybutton.js", "clipboard.min.js"]),
        ("all.html", [name for name in SELDOM_NEEDED if name not in SEARCH_FILES]),
        ("search.html", SEARCH_FILES),
    ],
)
def test_a_page_loads_what_it_needs(watch, kinds, name, needed):
    loaded = names(load(watch.context(), (kinds / name).as_uri()))
    togglebutton = {"togglebutton.css", "togglebutton.js"}  # its sign is wide
    assert loaded & SELDOM_NEEDED.keys() - togglebutton == set(needed) - togglebutton
    assert set(needed) <= loaded


# Icons

FIND_ICONS = """() => {
  const set = /^fa([bsr]?|-(solid|regular|brands))$/;
  const found = { bare: [], empty: [], drawn: [], characters: [] };
  for (const e of document.querySelectorAll("*")) {
    const what = e.outerHTML.slice(0, 200);
    if ([...e.classList].some((name) => set.test(name))) found.bare.push(what);
    if (e.matches("svg.svg-inline--fa, svg.sd-octicon")) {
      const { width, height } = e.getBoundingClientRect();
      const path = e.querySelector("path")?.getAttribute("d") ?? "";
      const seen = !e.checkVisibility() || (width > 5 && height > 5);
      (path.length > 20 && seen ? found.drawn : found.empty).push(what);
    }
    for (const where of ["::before", "::after"]) {
      const { content, fontFamily } = getComputedStyle(e, where);
      for (const [character] of content.matchAll(/[\\ue000-\\uf8ff]/g))
        found.characters.push([character, fontFamily]);
    }
  }
  return found;
}"""


def drawn_by(style):
    """The characters that have a drawing in the font in a stylesheet."""
    source = re.search(r"base64,([^\"]*)", style.read_text(encoding="utf-8"))
    font = TTFont(io.BytesIO(base64.b64decode(source[1])))
    glyphs = font["glyf"]
    characters = font.getBestCmap().items()
    return {chr(code) for code, glyph in characters if glyphs[glyph].numberOfContours}


def check_icons(page, html):
    found = page.evaluate(FIND_ICONS)
    assert found["bare"] == []
    assert found["empty"] == []
    assert len(found["drawn"]) >= 5
    assert [family for _, family in found["characters"] if FAMILY not in family.split(",")[0]] == []
    characters = {character for character, _ in found["characters"]}
    assert characters <= drawn_by(html / "_static" / "icons.css")
    return found


@pytest.mark.parametrize("name", [n for n in PAGES if n != "index.html"])
@pytest.mark.parametrize("where", ["http", "file"])
def test_every_icon_has_a_drawing(watch, site, book, name, where):
    page = watch.page()
    page.goto(f"{site if where == 'http' else book.as_uri()}/{name}")
    page.wait_for_load_state("networkidle")
    check_icons(page, BOOK)


@pytest.mark.parametrize("script", [True, False])
def test_icons_of_all_kinds_have_a_drawing(watch, kinds, script):
    requests = []
    page = watch.page(java_script_enabled=script)
    page.on("request", lambda request: requests.append(request.url))
    with served(kinds) as address:
        page.goto(f"{address}/all.html", wait_until="networkidle")
        found = check_icons(page, kinds)
        checked = page.evaluate(f"document.fonts.check('900 16px \"{FAMILY}\"')")
    assert checked, "the font is not loaded"
    drawn = "".join(found["drawn"])
    for icon in ("fa-star", "fa-github", "fa-home fa-2x", "sd-octicon-check"):
        assert f" {icon}" in drawn
    assert drawn.count('data-mode="dark"') == 2, "an icon has lost an attribute"
    # Two stars: the solid one and the outline.
    paths = page.eval_on_selector_all("svg.fa-star path", "(all) => all.map((e) => e.outerHTML)")
    assert len(set(paths)) == 2
    # Admonitions, a version, a download and the link to another site.
    assert len(found["characters"]) == len(ADMONITIONS) + 1 + 3
    assert [url for url in requests if "webfonts" in url] == []


def test_an_icon_without_a_drawing_would_be_found(watch, site):
    page = watch.page()
    page.goto(f"{site}/{CHAPTER}")
    page.evaluate(
        """() => document.body.insertAdjacentHTML("beforeend", `
          <i class="fa-solid fa-star"></i>
          <svg class="svg-inline--fa fa-sun"><path d=""/></svg>
          <style>body::after { content: "\\\\f005"; font-family: Other }</style>`)"""
    )
    found = page.evaluate(FIND_ICONS)
    assert len(found["bare"]) == len(found["empty"]) == 1
    assert ["\uf005", "Other"] in found["characters"]
    assert "\uf005" not in drawn_by(BOOK / "_static" / "icons.css")


def test_the_origin_of_the_icons_is_stated(site, watch, book):
    page = watch.page()
    page.goto(f"{site}/{CHAPTER}")
    footer = page.locator("footer.bd-footer-content")
    expect(footer).to_contain_text("Icons: Font Awesome Free, CC BY 4.0")
    style = (book / "_static" / "icons.css").read_text(encoding="utf-8")
    assert "Font Awesome Free" in style
    assert "CC BY 4.0" in style
    assert "SIL OFL 1.1" in style


# What still works


@pytest.mark.parametrize("where", ["http", "file"])
def test_search(watch, site, book, where):
    page = watch.page()
    page.goto(f"{site if where == 'http' else book.as_uri()}/{CHAPTER}")
    page.keyboard.press("Control+k")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.fill("hospital gate")
    field.press("Enter")
    result = page.locator("#search-results li a").first
    expect(result).to_contain_text("The public value matrix")
    expect(page.locator("#search-results p.search-summary")).to_contain_text("found")
    result.click()
    expect(page).to_have_title(re.compile("The public value matrix"))
    # As with the theme's own files: marking words in an activity would stop it from changing them.
    page.wait_for_timeout(300)
    expect(page.locator(".highlighted")).to_have_count(0)


def test_colour_mode(watch, site):
    page = watch.page(color_scheme="light")
    page.goto(f"{site}/{CHAPTER}")
    button = page.get_by_role("button", name="Color mode")
    seen = []
    for _ in range(3):
        icon = button.locator("svg:visible")
        expect(icon).to_have_count(1)
        theme = page.evaluate("document.documentElement.dataset.theme")
        seen.append((icon.get_attribute("data-mode"), theme))
        button.click()
    assert sorted(seen) == [("auto", "light"), ("dark", "dark"), ("light", "light")]


def test_menus_on_a_phone(watch, site):
    page = watch.page(viewport={"width": 320, "height": 800})
    page.goto(f"{site}/{CHAPTER}")
    for button, dialog, link in (
        (".primary-toggle", "#pst-primary-sidebar-modal", "Practice: the public value matrix"),
        (".secondary-toggle", "#pst-secondary-sidebar-modal", "Key ideas"),
    ):
        icon = page.locator(f"{button} svg")
        expect(icon).to_be_visible()
        icon.click()
        expect(page.locator(dialog).get_by_role("link", name=link, exact=True)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(dialog)).to_be_hidden()
        # A pointer that rests on the button brings up its tip, over the next one.
        page.mouse.move(0, 400)
        expect(page.locator(".tooltip")).to_have_count(0)
    page.locator(".search-button svg").click()
    expect(page.locator("#pst-search-dialog")).to_be_visible()


def test_the_copy_button(watch, site):
    context = watch.context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/exercises/matrix/matrix.html")
    code = page.locator(".cell_input div.highlight").first
    code.hover()
    button = code.locator("button.copybtn")
    expect(button.locator("svg")).to_be_visible()
    button.click()
    expect(button).to_have_class(re.compile("success"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == code.locator("pre").inner_text().strip()


def test_tabs_folds_and_dropdowns(watch, kinds):
    page = watch.page()
    page.goto((kinds / "all.html").as_uri())
    for hidden, button in (
        ("Second tab.", page.get_by_text("Two", exact=True)),
        ("In the fold.", page.locator(".admonition.dropdown .toggle-button")),
        ("In the dropdown.", page.get_by_text("Open me", exact=True)),
    ):
        expect(page.get_by_text(hidden)).to_be_hidden()
        button.click()
        expect(page.get_by_text(hidden)).to_be_visible()


def test_download_and_launch_buttons(watch, kinds):
    page = watch.page()
    page.goto((kinds / "cells.html").as_uri())
    check_icons(page, kinds)
    for menu, items in (("launch", 1), ("download", 3)):
        # The menus open as soon as the pointer is there.
        button = page.locator(f".dropdown-{menu}-buttons > button")
        expect(button.locator("svg")).to_be_visible()
        button.hover()
        entries = page.locator(f".dropdown-{menu}-buttons li")
        expect(entries).to_have_count(items)
        for entry in entries.all():
            expect(entry).to_be_visible()
            expect(entry.locator("svg, img")).to_be_visible()
