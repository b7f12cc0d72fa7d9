"""A Sphinx extension: the button "Run in the browser" on each page that runs code.

It is on when the environment has ``PV_LITE=1``, as in ``make lite``, which puts a JupyterLite into
the folder ``lite/`` of the built book. Else the book has no such button, and nothing leads there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

NAME = "Run in the browser"
APP = "lite/index.html"  # loads what Python needs, then opens JupyterLab
PAGE = "chapters/run-in-browser"  # what it loads, and where it does not work


def set_tag(app: Sphinx, config: Config) -> None:
    """Let pages say with ``only`` what holds with the button, and what without."""
    if config.pv_lite:
        app.tags.add("lite")


def add_button(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Add the button to the bar at the top of a page that is a notebook."""
    kernel = ((context.get("meta") or {}).get("kernelspec")) if doctree is not None else None
    if not (app.config.pv_lite and kernel):
        return
    pathto = context["pathto"]
    address = f"{pathto(APP, 1)}?path={quote(pagename)}.ipynb"
    context["header_buttons"].append(
        {
            "type": "link",
            "url": address,
            "tooltip": NAME,
            "icon": "fas fa-play",
            "text": NAME,
            "label": "run-in-browser",
        }
    )
    # A browser runs no Python for a page that lies on a disk; there the button leads to the page
    # that says so.
    app.add_js_file(
        None,
        body='if (location.protocol === "file:") addEventListener("DOMContentLoaded", () => {'
        'for (const a of document.querySelectorAll("a.btn-run-in-browser")) '
        f'a.href = "{pathto(PAGE)}"; }});',
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the setting and the steps with Sphinx."""
    app.add_config_value("pv_lite", os.environ.get("PV_LITE") == "1", "env", [bool])
    app.connect("config-inited", set_tag)
    # After the theme has made its list of buttons, at 500, and filled it, at 501.
    app.connect("html-page-context", add_button, priority=502)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
