"""The extension that makes pages light: what it does, and that it says so where it cannot."""

import io
import re

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from pvwidgets import light

SOURCE = """\
A page
======

.. raw:: html

   <i class="fas fa-star"></i>
"""
ICON = light.Drawing(10, 20, "M0 0h10z")
DRAWINGS = {("fas", "star"): ICON, ("far", "star"): light.Drawing(30, 40, "M1 1h9z")}


def build(folder, source=SOURCE):
    """Build a page with the theme and this extension alone; give the page and the warnings."""
    folder.joinpath("index.rst").write_text(source, encoding="utf-8")
    warnings = io.StringIO()
    with docutils_namespace():
        Sphinx(
            folder,
            None,
            folder / "out",
            folder / "trees",
            "html",
            {
                "extensions": ["sphinx_book_theme", "pvwidgets.light"],
                "html_theme": "sphinx_book_theme",
                "suppress_warnings": ["config.cache"],
            },
            status=None,
            warning=warnings,
        ).build()
    return (folder / "out" / "index.html").read_text(encoding="utf-8"), warnings.getvalue()


@pytest.fixture
def no_seldom_needed(monkeypatch):
    # The extensions that these files are of are not there.
    search = {name: sign for name, sign in light.SELDOM_NEEDED.items() if sign is light._SEARCH}
    monkeypatch.setattr(light, "SELDOM_NEEDED", search)


def test_a_page(tmp_path, no_seldom_needed):
    page, warnings = build(tmp_path)
    assert warnings == ""
    assert "fontawesome.js" not in page
    assert "searchindex.js" not in page
    assert '<i class="' not in page
    assert '<svg class="svg-inline--fa fa-star" aria-hidden="true" viewBox="0 0 576 512">' in page
    assert "_static/icons.css?v=" in page
    assert "searchindex.js" in (tmp_path / "out" / "search.html").read_text(encoding="utf-8")


def test_a_second_build_is_like_the_first(tmp_path, no_seldom_needed):
    first = build(tmp_path)
    style = (tmp_path / "out" / "_static" / light.THEME_STYLE).read_bytes()
    assert build(tmp_path) == first
    build(tmp_path, SOURCE + "\nMore.\n")
    assert (tmp_path / "out" / "_static" / light.THEME_STYLE).read_bytes() == style


def test_an_icon_that_does_not_exist_is_reported(tmp_path, no_seldom_needed):
    _, warnings = build(tmp_path, SOURCE.replace("fa-star", "fa-no-such-icon"))
    assert "index: there is no icon of the classes 'fas fa-no-such-icon'" in warnings


def test_a_file_that_pages_no_longer_load_is_reported(tmp_path):
    page, warnings = build(tmp_path)
    assert "does not load clipboard.min.js any more" in warnings
    assert "<svg" in page


@pytest.mark.parametrize("name", ["ICON_SCRIPT", "ICON_FONT", "ICON_LICENCE", "BOOK_THEME_STYLE"])
def test_without_a_file_of_the_theme_pages_stay_whole(tmp_path, monkeypatch, name):
    monkeypatch.setattr(light, name, "scripts/renamed")
    page, warnings = build(tmp_path)
    assert "the theme has changed: it has no scripts/renamed" in warnings
    assert "scripts/fontawesome.js" in page
    assert '<i class="fas fa-star"></i>' in page
    assert "icons.css" not in page


def test_another_template_bridge_is_reported(monkeypatch):
    class Config:
        template_bridge = "another"

    said = []
    monkeypatch.setattr(light, "_warn", said.append)
    config = Config()
    light.choose_templates(None, config)
    assert config.template_bridge == "another"
    assert len(said) == 1
    config.template_bridge = None
    light.choose_templates(None, config)
    light.choose_templates(None, config)
    assert config.template_bridge == light.BRIDGE
    assert len(said) == 1


@pytest.mark.parametrize("text", ["", '(function(){d("fas",p)', '{"bars":[1,2,[],"f0c9","M0"]}'])
def test_a_changed_icon_script_is_noticed(text):
    with pytest.raises(light.ThemeChangedError):
        light.read_drawings(text)


def test_a_changed_stylesheet_is_noticed(tmp_path):
    with pytest.raises(light.ThemeChangedError):
        light.thin('.a{b:c}.fa-bars:before{content:"x"}', [])
    with pytest.raises(light.ThemeChangedError):
        light.icon_style(tmp_path, "", [".a{b:c}"])


def test_icons_that_scripts_make_stay_in_the_stylesheet():
    rules = "".join(f'.fa-icon-{n}:before{{content:"x"}}' for n in range(1000))
    kept = '.fa-times:before,.fa-xmark:before{content:"y"}'
    style = f'a{{b:c}}{rules}{kept}.fa-gone:before{{content:"z"}}'
    assert light.thin(style, ['e.className="fa-solid fa-xmark"']) == "a{b:c}" + kept


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<i class="fa-solid fa-star fa-lg"></i>',
            '<svg class="svg-inline--fa fa-star fa-lg" aria-hidden="true" viewBox="0 0 10 20">'
            '<path fill="currentColor" d="M0 0h10z"/></svg>',
        ),
        (
            '<span id="a" class="far fa-star" aria-hidden="true">\n</span>',
            '<svg class="svg-inline--fa fa-star" id="a" aria-hidden="true" viewBox="0 0 30 40">'
            '<path fill="currentColor" d="M1 1h9z"/></svg>',
        ),
        ('<i class="other"></i>', None),
        ('<i class="fas fa-star">text</i>', None),
        ('<code>&lt;i class="fas fa-star"&gt;&lt;/i&gt;</code>', None),
    ],
)
def test_draw(html, expected):
    assert light.draw(f"<p>{html}</p>", DRAWINGS) == (f"<p>{expected or html}</p>", [])


@pytest.mark.parametrize(
    "element",
    [
        '<script src="a.js"></script>',
        '<script defer src="../_static/a.js?v=1"></script>',
        '<script data-x="y" src="_static/scripts/a.js"></script>',
        '<link rel="stylesheet" href="_static/a.js" />',
    ],
)
def test_drop(element):
    page = f'<p>\n  {element}\n<script src="_static/ba.js"></script><a href="a.js">a</a>'
    assert light.drop(page, "a.js") == page.replace(f"  {element}\n", "")
    assert light.drop("<p>a.js</p>", "a.js") is None


@pytest.mark.parametrize(
    ("asset", "needed", "unneeded"),
    [
        ("copybutton.js", "<pre>", "<p>pre</p>"),
        ("togglebutton.js", '<div class="a toggle">', '<button class="dropdown-toggle btn">'),
        ("togglebutton.js", '<div class="admonition dropdown tip">', '<div class="dropdown x">'),
        ("togglebutton.js", '<div class="dropdown admonition">', '<div class="admonition x">'),
        ("togglebutton.css", '<details class="hide above-input">', '<p class="hidden">'),
        ("design-tabs.js", '<div class="sd-tab-set">', '<div class="sd-card" data-sd-tabs="sd-t">'),
        ("sphinx-design.min.css", '<span class="x sd-octicon">', '<p id="sd-x" class="asd-b">'),
        ("searchtools.js", '<div id="search-results">', '<form class="bd-search">'),
    ],
)
def test_signs(asset, needed, unneeded):
    assert re.search(light.SELDOM_NEEDED[asset], needed)
    assert not re.search(light.SELDOM_NEEDED[asset], unneeded)
