"""A Sphinx extension: activities in a built book, as plain HTML and as LaTeX.

While the book is built, the call ``pv.activity("...")`` leaves a placeholder in the page. This
extension puts the activity in its place after the code has run, makes the page depend on the
activity's file, and adds one script and one style to the pages that have an activity.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from html import unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset_file

from . import page
from .answers import COURSE
from .errors import ActivityError
from .model import FILES, Activity, load
from .show import HOST, MARK

_HERE = re.compile(rf'<div class="{MARK}" data-pv="([^"]*)"></div>')
FOLDER, SCRIPT, STYLE = "pvwidgets", "page.js", "pv.css"
# For pages opened from a disk; see `settle` in js/src/core/storage.ts.
SETTLE = '<script>if (location.protocol === "file:") document.cookie;</script>\n'

logger = logging.getLogger(__name__)


class ActivityNode(nodes.General, nodes.Element):
    """An activity in a page: ``html``, ``latex`` and ``text`` hold its forms."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Set the extension up; Sphinx calls this."""
    # The kernels that run the chapters inherit it, and `pvwidgets.activity` asks for it.
    os.environ[HOST] = "book"
    app.add_config_value("pv_course", COURSE, "env", [str])
    # Pages hold what this code made of an activity: another version of it makes them anew.
    app.add_config_value("pv_code", _fingerprint(), "env", [str])
    app.add_node(
        ActivityNode,
        html=(_visit_html, _leave),
        latex=(_visit_latex, _leave),
        text=(_visit_text, _leave),
    )
    app.connect("doctree-read", _put_in_place)
    app.connect("builder-inited", _copy_assets)
    app.connect("html-page-context", _add_assets)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".json", ".js", ".css"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _put_in_place(app: Sphinx, doctree: nodes.document) -> None:
    places: dict[Any, dict[str, Any]] = {}
    for node in doctree.findall(_may_hold_mark):
        if found := _HERE.search(node.astext()):
            # myst-nb keeps the forms of one output together, and would pick one of them later.
            whole = node.parent if node.parent.get("nb_element") == "mime_bundle" else node
            places[whole] = json.loads(unescape(found.group(1)))
    found_here = {whole: _load(app, what, whole) for whole, what in places.items()}
    kinds = {activity.kind for activity in found_here.values() if activity}
    for whole, activity in found_here.items():
        if activity is None:
            whole.parent.remove(whole)
        else:
            whole.replace_self(_node(app, activity, kinds))
            kinds = set()  # the first brings along the words for all


def _may_hold_mark(node: nodes.Node) -> bool:
    # HTML in an HTML build; in a LaTeX build myst-nb leaves the plain text alone.
    return isinstance(node, (nodes.raw, nodes.literal_block))


def _load(app: Sphinx, what: dict[str, Any], near: nodes.Node) -> Activity | None:
    ref = what["ref"]
    if "/" in ref or ref.endswith(FILES):
        ref = Path(what["folder"], ref)
    try:
        activity = load(ref, seed=what["seed"])
    except ActivityError as error:
        for problem in error.problems:
            logger.warning("%s", problem, location=near, type="pvwidgets", subtype="activity")
        return None
    app.env.note_dependency(str(activity.path.resolve()))
    for other in activity.public.get("gather", ()):
        beside = activity.path.with_name(f"{other['id']}.yml")
        if beside.is_file():
            app.env.note_dependency(str(beside.resolve()))
    return activity if what["key"] else activity.without_key()


def _node(app: Sphinx, activity: Activity, kinds: set[str]) -> ActivityNode:
    return ActivityNode(
        html=page.section(activity, course=app.config.pv_course, words_of=kinds),
        latex=page.latex(activity),
        text=page.text(activity),
    )


def _visit_html(self: Any, node: ActivityNode) -> None:
    self.body.append(node["html"])


def _visit_latex(self: Any, node: ActivityNode) -> None:
    self.body.append(node["latex"])


def _visit_text(self: Any, node: ActivityNode) -> None:
    self.new_state(0)
    self.add_text(node["text"])
    self.end_state(wrap=False)


def _leave(self: Any, node: ActivityNode) -> None:
    pass


def _copy_assets(app: Sphinx) -> None:
    if app.builder.format == "html":
        folder = Path(app.outdir, "_static", FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for asset in (SCRIPT, STYLE):
            copy_asset_file(str(page.STATIC / asset), str(folder))


def _add_assets(
    app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if doctree is not None and next(doctree.findall(ActivityNode), None) is not None:
        app.add_js_file(f"{FOLDER}/{SCRIPT}", loading_method="defer")
        app.add_css_file(f"{FOLDER}/{STYLE}")
    # Before the theme's script in the head, which uses the storage in every page.
    context["metatags"] = context.get("metatags", "") + SETTLE
