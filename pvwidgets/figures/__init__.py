"""Figures of the course, drawn from data with Matplotlib.

Only `backend`, one of its modules, imports Matplotlib. Each figure function
returns a Matplotlib figure that carries its own words: a title, an alternative
text that tells the relation rather than the look, and a longer text form. In a
notebook or a chapter the last line of a cell shows the picture together with
those words::

    from pvwidgets import figures
    figures.show(figures.matrix())

Which figure is in which file
-----------------------------
- `matrices`: `matrix`, `heat_map`
- `people`: `stakeholders`, `authorizers`
- `chains`: `value_chain`, `feedback_loop`, `service_chain`, `two_chains`
- `triangles`: `limbs`, `triangle_model`, `triangle`, `critics`
- `lamps`: `patterns`, `triangle_rules`
- `accounts`: `account`, `counterfactual`, `by_group`
- `collaboration`: `cross_cutting`, `aligning`
- `cocreation`: `layers`, `governments`, `platform`, `leaderships`

`common` holds what all share, `sheet` what they are drawn with, `showing` how they
are shown. The numbers of the course's cases are in `pvwidgets.cases`.

How a picture is shown
----------------------
*HTML hosts* get one inline SVG, right on light and on dark pages without any
style sheet: the background is left clear, ink is ``currentColor`` (the page's
own text colour) and the cells are tinted with a hue at low opacity, so they
turn pale on white and deep on black. Two pictures, one for each theme, were
not chosen: the classes that switch them differ from host to host, and an opaque
white card is glaring at night. Words in the picture stay text in the page's own
font, so they are sharp at every zoom, can be searched and follow high-contrast
settings. Line breaks are measured with DejaVu Sans, which is wider than the
usual fonts of a page, so that text stays in its box in those too. At 272 px,
what a phone of 320 px leaves in the book, the smallest text is 10 px; a figure that
would need more scrolls in its own frame.

*Print and other hosts* get the same drawing on white, as PDF and PNG;
a terminal gets the text form. So does a Python without Matplotlib, such as one in a browser.

All formats are the same bytes at each run.

JupyterLab removes SVG from notebooks that it does not trust. There only the words
are left until the cell is run.

Captions and cross-references in a chapter
------------------------------------------
MyST-NB applies the cell metadata ``mystnb: figure:`` to every kind of output,
HTML included: it wraps the output in a numbered figure with the caption, and
the name works with ``{numref}``. (``mystnb: image:``, with ``alt``, is for image
outputs only and does nothing here; the alternative text is in the SVG.) ::

    ```{code-cell} ipython3
    ---
    tags: [remove-input]
    mystnb:
      figure:
        name: fig-matrix
        caption: The public value matrix.
    ---
    figures.show(figures.matrix())
    ```

In a notebook there is no such wrapper: give ``show`` the ``caption``.

How to add a figure
-------------------
Draw on a `Sheet` (see `sheet`), in pixels from the top left corner, with the
colours of `common` only (`INK` becomes ``currentColor``; any other colour stays and
must suit both themes), and end with `describe`. Then name it here and in
``tests/unit/figures/samples.py``: the tests of all figures find it there.
"""

from __future__ import annotations

from .accounts import account, by_group, counterfactual
from .chains import feedback_loop, service_chain, two_chains, value_chain
from .cocreation import governments, layers, leaderships, platform
from .collaboration import aligning, cross_cutting
from .common import INK, PAPER, Picture, alt_text, describe, text
from .lamps import PATTERNS, RULES, Pattern, patterns, triangle_rules
from .matrices import CELLS, Cell, heat_map, matrix
from .people import authorizers, stakeholders
from .showing import show
from .triangles import CORNERS, Corner, critics, limbs, triangle, triangle_model

__all__ = [
    "CELLS",
    "CORNERS",
    "INK",
    "PAPER",
    "PATTERNS",
    "RULES",
    "Cell",
    "Corner",
    "Pattern",
    "Picture",
    "account",
    "aligning",
    "alt_text",
    "authorizers",
    "by_group",
    "counterfactual",
    "critics",
    "cross_cutting",
    "describe",
    "feedback_loop",
    "governments",
    "heat_map",
    "layers",
    "leaderships",
    "limbs",
    "matrix",
    "patterns",
    "platform",
    "service_chain",
    "show",
    "stakeholders",
    "text",
    "triangle",
    "triangle_model",
    "triangle_rules",
    "two_chains",
    "value_chain",
]
