"""A Sphinx extension that removes causes of noise which no setting in ``_config.yml`` removes.

Each function below is one step and says why it is needed. Take a step out when the library named
in it no longer needs it; the tests in ``tests/browser`` tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def settle_launch_buttons(app: Sphinx, config: Config) -> None:
    """Make ``repository.url`` the one setting that decides about launch buttons.

    With a Binder address and no repository, sphinx-book-theme fails with a ``TypeError`` while it
    builds the button's link. With an address as one copies it for ``git clone``, ending in
    ``.git``, the link would lead nowhere.
    """
    options = config.html_theme_options
    address = (options.get("repository_url") or "").rstrip("/").removesuffix(".git")
    options["repository_url"] = address
    if not address:
        options["launch_buttons"] = {}


# Markup of libraries that fails an accessibility check, and what stands there instead.
MARKUP_REPAIRS = {
    # myst-nb: the button that unfolds a cell is labelled "Toggle hidden content" but reads "Show
    # code cell source" (WCAG 2.5.3, Label in Name). Without a label its text is its name.
    '<summary aria-label="Toggle hidden content">': "<summary>",
    # docutils: a list of references whose entries are no list items; the role that they have
    # instead is deprecated in DPUB-ARIA 1.1 (WCAG 1.3.1).
    ' role="doc-biblioentry"': ' role="listitem"',
    # docutils: the empty corner of a table with row names is a header of nothing (WCAG 1.3.1).
    '<th class="head"><p></p></th>': "<td></td>",
}


def repair_markup(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Replace what stands in ``MARKUP_REPAIRS`` in each page.

    What can be put right in a template or in CSS is in ``_templates`` and ``_static/book.css``;
    this is for what a library writes from Python.
    """
    for stock, repaired in MARKUP_REPAIRS.items():
        if "body" in context:
            context["body"] = context["body"].replace(stock, repaired)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the steps with Sphinx."""
    app.connect("config-inited", settle_launch_buttons)
    app.connect("html-page-context", repair_markup)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
