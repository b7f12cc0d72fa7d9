"""A Sphinx extension that takes from the built pages what they load and do not use.

A page of Jupyter Book loads 0.5 MB of script and 0.2 MB of fonts, compressed, for a handful of
icons. Here the same icons are drawn into the pages while they are built, and what only some pages
need is loaded by these pages alone. Nothing of the theme is copied into this project: everything is
taken from the theme that is installed.

Each step says why it is safe. Where the theme has changed so that a step no longer fits, Sphinx
warns, which stops ``make book``, and the pages stay as the theme makes them: heavy, but whole. What
a page weighs is tested in ``tests/browser/test_weight.py``.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fontTools import subset  # type: ignore[import-untyped]  # comes with Matplotlib
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.theming import Theme

logger = logging.getLogger(__name__)

# Files of the theme, in its folder `static` and in the book's folder `_static`.
ICON_SCRIPT = "scripts/fontawesome.js"
ICON_LICENCE = "scripts/fontawesome.js.LICENSE.txt"
ICON_FONT = "vendor/fontawesome/webfonts/fa-solid-900.ttf"
THEME_STYLE = "styles/pydata-sphinx-theme.css"
BOOK_THEME_STYLE = "styles/sphinx-book-theme.css"
# Ours, in the book's folder `_static`.
ICON_STYLE = "icons.css"

BRIDGE = f"{__name__}.LightTemplates"


class ThemeChangedError(Exception):
    """The theme is not as a step of this module expects it."""


# What a page loads and does not use

_CODE = r"<pre\b"
_TOGGLE = (
    r'class="(?:[^"]* )?(?:toggle|hide)[ "]'
    r'|class="(?=[^"]*\badmonition\b)(?:[^"]* )?dropdown[ "]'
)
# The search field of all pages only leads to the search page, which has the first of these signs.
_SEARCH = r'id="search-results"|search_as_you_type = true'

# What all pages load though few need it, and the sign in a page's HTML that it does. When in doubt
# the sign is too wide: a file too many is better than one too few.
SELDOM_NEEDED = {
    # The search, and the index of the whole book, which grows with it.
    "searchtools.js": _SEARCH,
    "language_data.js": _SEARCH,
    "searchindex.js": _SEARCH,
    # Marks the words that were searched for. It does so in the search page's results, and in a page
    # only if that does not load searchtools.js, so that with the theme it never did. It should not
    # begin to: it would also mark words in an activity, whose script then cannot change them.
    "sphinx_highlight.js": _SEARCH,
    # sphinx-copybutton puts its buttons on `div.highlight pre`.
    "clipboard.min.js": _CODE,
    "copybutton.js": _CODE,
    "copybutton.css": _CODE,
    # sphinx-togglebutton works on `.toggle, .admonition.dropdown`, and colours `details.hide`.
    "togglebutton.js": _TOGGLE,
    "togglebutton.css": _TOGGLE,
    # sphinx-design: all its classes begin with "sd-", those of tabs with "sd-tab-".
    "design-tabs.js": r'class="(?:[^"]* )?sd-tab-',
    "sphinx-design.min.css": r'class="(?:[^"]* )?sd-',
}


def drop(page: str, asset: str) -> str | None:
    """Return the page without the element that loads the asset, or None if it has no such."""
    element = (
        rf'[ \t]*<(?:script|link)\b[^>]*\b(?:src|href)="(?:[^"]*/)?{re.escape(asset)}(?:\?[^"]*)?"'
        r"[^>]*>(?:</script>)?\n?"
    )
    lighter, found = re.subn(element, "", page)
    return lighter if found else None


# Icons in the HTML

# The classes that say that an element is an icon, and the set that it is of.
ICON_SETS = {
    "fa": "fas",
    "fas": "fas",
    "fa-solid": "fas",
    "far": "far",
    "fa-regular": "far",
    "fab": "fab",
    "fa-brands": "fab",
}


@dataclass(frozen=True)
class Drawing:
    """An icon: the size of its canvas and the path that is filled."""

    width: int
    height: int
    path: str


# By set, "fas", "far" or "fab", and by name in the set.
Drawings = dict[tuple[str, str], Drawing]


def read_drawings(script: str) -> Drawings:
    """Return the drawings that the theme's icon script holds.

    In the script each set is a table, ``{bars:[448,512,["navicon"],"f0c9","M0 96..."],...}``, and
    after each table stands the name under which it is registered.
    """
    icon = re.compile(
        r'["{,](?P<name>[a-z0-9-]+)"?:'
        r'\[(?P<width>\d+),(?P<height>\d+),\[(?P<aliases>[^\]]*)\],"[0-9a-f]+","(?P<path>[^"]*)"\]'
    )
    drawings: Drawings = {}
    start = 0
    for end in re.finditer(r'\(function\(\)\{\w+\("(fa[bsr])",', script):
        for found in icon.finditer(script, start, end.start()):
            drawing = Drawing(int(found["width"]), int(found["height"]), found["path"])
            for name in (found["name"], *re.findall(r'"([a-z0-9-]+)"', found["aliases"])):
                drawings[end[1], name] = drawing
        start = end.end()
    if {name for name, _ in drawings} != set(ICON_SETS.values()):
        raise ThemeChangedError(f"{ICON_SCRIPT} is not laid out as it was")
    return drawings


def draw(page: str, drawings: Drawings) -> tuple[str, list[str]]:
    """Return the page with its icons drawn, and the classes of those without a drawing.

    The theme's script would put the same ``svg`` elements in the same places, at each visit.
    """
    missing = []

    def svg(found: re.Match[str]) -> str:
        classes = found["classes"].split()
        sets = [ICON_SETS[name] for name in classes if name in ICON_SETS]
        if not sets:
            return found[0]
        named = (drawings.get((sets[0], name.removeprefix("fa-"))) for name in classes)
        drawing = next((drawing for drawing in named if drawing), None)
        if drawing is None:
            missing.append(found["classes"])
            return found[0]
        kept = " ".join(["svg-inline--fa", *(name for name in classes if name not in ICON_SETS)])
        others = f"{found['before']} {found['after']}".split()
        # An icon says nothing that the text or the label of its button does not.
        hidden = [] if "aria-hidden" in "".join(others) else ['aria-hidden="true"']
        attributes = " ".join([f'class="{kept}"', *others, *hidden])
        return (
            f'<svg {attributes} viewBox="0 0 {drawing.width} {drawing.height}">'
            f'<path fill="currentColor" d="{drawing.path}"/></svg>'
        )

    element = r'<(i|span)(?P<before>[^>]*)\sclass="(?P<classes>[^"]*)"(?P<after>[^>]*)>\s*</\1>'
    return re.sub(element, svg, page), missing


# Icons in the theme's stylesheets

# A rule that only says which character is which icon. There are some 1400 of them.
_ICON_RULE = re.compile(r'(?<=\})((?:\.fa-[a-z0-9-]+:before,?)+)\{content:"[^"]*"\}')
# Where icon fonts have their characters; written as such or as an escape.
_PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]|\\[ef][0-9a-f]{3}\b")


def thin(style: str, scripts: Iterable[str]) -> str:
    """Return the theme's stylesheet without the rules for icons that are drawn into the pages.

    The rules for icons that a script of the theme makes, such as the cross of an announcement,
    stay. So do the theme's fonts; but a page loads a font only when it shows a character of it.
    """
    made = {name for script in scripts for name in re.findall(r"\bfa-[a-z0-9-]+", script)}
    dropped = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal dropped
        if made.isdisjoint(re.findall(r"fa-[a-z0-9-]+", found[1])):
            dropped += 1
            return ""
        return found[0]

    thinned = _ICON_RULE.sub(keep, style)
    if dropped < 1000:
        raise ThemeChangedError(f"{THEME_STYLE} is not laid out as it was")
    return thinned


ICON_RULES = """\
/* Icons that are drawn into the pages: the rules that the theme's icon script would add. */
.svg-inline--fa { box-sizing: content-box; display: inline-block; height: 1em; overflow: visible;
  vertical-align: -0.125em; }
.svg-inline--fa.fa-2xs { vertical-align: 0.1em; }
.svg-inline--fa.fa-xs { vertical-align: 0; }
.svg-inline--fa.fa-sm { vertical-align: -0.0714285705em; }
.svg-inline--fa.fa-lg { vertical-align: -0.2em; }
.svg-inline--fa.fa-xl { vertical-align: -0.25em; }
.svg-inline--fa.fa-2xl { vertical-align: -0.3125em; }
.svg-inline--fa.fa-fw { width: 1.25em; }
"""

# The licence of the font reserves its name; a part of it has to be called otherwise.
FAMILY = "Book Icons"


def icon_style(font: Path, licence: str, styles: list[str]) -> str:
    """Return the stylesheet for icons, with a font of the few that the stylesheets show.

    The icon in front of an admonition's title, for example, is a character in ``::before``. For a
    character that our font lacks, the browser goes on to the theme's own font.
    """
    family = re.search(r'--fa-font-solid:([^;}"]*)("[^"]*")', styles[0])
    characters = {_character(found) for style in styles for found in _PRIVATE_USE.findall(style)}
    if family is None or not characters:
        raise ThemeChangedError(f"{THEME_STYLE} names no font for icons")
    fonts = f'"{FAMILY}",{family[2]}'
    source = base64.b64encode(part_of_font(font, characters, licence)).decode("ascii")
    # These rules name the font themselves, rather than by the variable.
    literal = re.findall(
        r"([^{}@]+)\{[^{}]*font-family:Font Awesome\\ \d Free;font-weight:900", "".join(styles)
    )
    return "".join(
        [
            f"{licence.strip()}\n",
            "/* The font is a part of the one named above, under another name. */\n",
            # In the file itself: Firefox loads no font from a file in a book opened from a disk.
            f'@font-face {{ font-family: "{FAMILY}"; font-weight: 900; font-display: block;\n'
            f'  src: url("data:font/woff;base64,{source}") format("woff"); }}\n',
            f"html:root {{ --fa-font-solid: {family[1]}{fonts}; }}\n",
            *(f"{selector.strip()} {{ font-family: {fonts}; }}\n" for selector in literal),
            ICON_RULES,
        ]
    )


def part_of_font(font: Path, characters: Iterable[str], licence: str) -> bytes:
    """Return a font, in the format WOFF, that has only the given characters of another one."""
    options = subset.Options()
    options.flavor = "woff"
    part = TTFont(font, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(part)
    names = part["name"]
    names.names = []
    copyright_line = " ".join(re.findall(r"Copyright.*", licence))
    for number, text in {
        0: copyright_line,
        1: FAMILY,
        2: "Regular",
        4: FAMILY,
        6: FAMILY.replace(" ", ""),
        13: "SIL Open Font License 1.1. A part of Font Awesome Free, under another name.",
        14: "https://openfontlicense.org",
    }.items():
        names.setName(text, number, 3, 1, 0x409)
    out = io.BytesIO()
    part.flavor = "woff"
    part.save(out)
    return out.getvalue()


def _character(written: str) -> str:
    return chr(int(written[1:], 16)) if written.startswith("\\") else written


# All of it, as one thing


@dataclass(frozen=True)
class Light:
    """What is made from the theme's files, once for each build."""

    drawings: Drawings
    icon_style: str
    theme_style: str

    @classmethod
    def of_theme(cls, folders: Iterable[str]) -> Light:
        """Read the files in the folders of the theme and of those that it is based on."""
        statics = [Path(folder, "static") for folder in folders]

        def find(name: str) -> Path:
            for static in statics:
                if (static / name).is_file():
                    return static / name
            raise ThemeChangedError(f"it has no {name}")

        def read(name: str) -> str:
            return find(name).read_text(encoding="utf-8")

        scripts = [
            path.read_text(encoding="utf-8")
            for static in statics
            for path in sorted(static.glob("scripts/*.js"))
            if path.name != Path(ICON_SCRIPT).name
        ]
        theme_style = thin(read(THEME_STYLE), scripts)
        return cls(
            drawings=read_drawings(read(ICON_SCRIPT)),
            icon_style=icon_style(
                find(ICON_FONT), read(ICON_LICENCE), [theme_style, read(BOOK_THEME_STYLE)]
            ),
            theme_style=theme_style,
        )

    def page(self, page: str, where: str) -> str:
        """Return the page without what it does not use, and with its icons drawn."""
        page, missing = draw(page, self.drawings)
        for classes in missing:
            _warn("%s: there is no icon of the classes %r", where, classes)
        unused = [asset for asset, sign in SELDOM_NEEDED.items() if not re.search(sign, page)]
        for asset in [ICON_SCRIPT, *unused]:
            lighter = drop(page, asset)
            if lighter is None:
                _warn("%s: it does not load %s any more; see pvwidgets/light.py", where, asset)
            page = lighter or page
        return page


def _warn(message: str, *details: object) -> None:
    logger.warning(message, *details, type="pvwidgets", subtype="light", once=True)


class LightTemplates(BuiltinTemplateLoader):
    """Sphinx's own way from templates to pages, with a last step.

    An event would not do: the last one comes before the templates, and most icons are in these.
    """

    light: Light | None = None

    def init(
        self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None
    ) -> None:
        """Read what is needed of the theme."""
        super().init(builder, theme, dirs)
        if theme is not None:
            try:
                self.light = Light.of_theme(theme.get_theme_dirs())
            except ThemeChangedError as error:
                _warn("the pages stay heavy, for the theme has changed: %s", error)

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Return the text of a page."""
        page = super().render(template, context)
        # What the theme has no part in, like our start page, is light already.
        if self.light is None or THEME_STYLE not in page:
            return page
        return self.light.page(page, context.get("pagename", template))


# The steps


def choose_templates(app: Sphinx, config: Config) -> None:
    """Have Sphinx make its pages with our class."""
    if config.template_bridge not in (None, BRIDGE):
        _warn("the pages stay heavy: something else sets template_bridge")
    else:
        config.template_bridge = BRIDGE


def add_icon_style(app: Sphinx) -> None:
    """Write our stylesheet before the pages, which name its checksum."""
    light = _light(app)
    if light is not None:
        file = Path(app.outdir, "_static", ICON_STYLE)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(light.icon_style, encoding="utf-8")
        app.add_css_file(ICON_STYLE)


def thin_theme_style(app: Sphinx, exception: Exception | None) -> None:
    """Put the thinner stylesheet in the place of the one that Sphinx has copied."""
    light = _light(app)
    if light is not None and exception is None:
        Path(app.outdir, "_static", THEME_STYLE).write_text(light.theme_style, encoding="utf-8")


def _light(app: Sphinx) -> Light | None:
    templates = getattr(app.builder, "templates", None)
    return templates.light if isinstance(templates, LightTemplates) else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the steps with Sphinx."""
    app.connect("config-inited", choose_templates)
    app.connect("builder-inited", add_icon_style)
    app.connect("build-finished", thin_theme_style)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
