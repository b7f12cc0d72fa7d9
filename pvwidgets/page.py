"""An activity in a published page: plain HTML with its data inline, and no kernel behind it.

The data stands in a script element of a type that browsers do not run, and before it the
worksheet that a reader without script sees. ``static/page.js`` turns the two into the activity.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from . import richtext
from .answers import COURSE
from .kinds import part
from .model import Activity
from .words import words

STATIC = Path(__file__).parent / "static"


def section(activity: Activity, *, course: str = COURSE) -> str:
    """Return the HTML of an activity.

    Parameters
    ----------
    activity : Activity
        Without its key half, the page holds no answers and says "Check completeness".
    course : str, optional
        Answers are kept in the browser under this name.

    Returns
    -------
    str
        One ``section.pv-activity``. The page must load ``page.js`` and ``pv.css``.
    """
    sheet = part(activity.kind, "worksheet").html(activity.public, activity.key)
    return (
        f'<section class="pv-activity" data-activity="{escape(activity.id)}"'
        f' aria-label="{escape(activity.title)}">'
        f'<div class="pv-worksheet"><p class="pv-title">{escape(activity.title)}</p>'
        f"<noscript><p>{escape(words()['worksheet']['noscript'])}</p></noscript>"
        f"{richtext.to_html(activity.public['prompt'])}{sheet}</div>"
        f'<script type="application/json" class="pv-data">{_data(activity, course)}</script>'
        "</section>"
    )


def _data(activity: Activity, course: str) -> str:
    data: dict[str, Any] = {"course": course, "public": activity.public, "key": activity.key}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Inside a script element only these could end or open something.
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def text(activity: Activity) -> str:
    """Return an activity as plain text: title, prompt, cards, room for answers."""
    body = part(activity.kind, "worksheet").text(activity.public)
    return f"{activity.title}\n{'=' * len(activity.title)}\n\n{body}"


def latex(activity: Activity) -> str:
    """Return an activity as LaTeX: title, prompt, cards, room for answers."""
    body = part(activity.kind, "worksheet").latex(activity.public)
    return f"\\paragraph{{{richtext.tex(activity.title)}}}\\mbox{{}}\n\n{body}"


def document(activity: Activity, *, script: str = "") -> str:
    """Return a whole page with one activity in it, script and style inline.

    Parameters
    ----------
    activity : Activity
        What to show.
    script : str, optional
        One more script, for example the one by which ``pvwidgets preview`` reloads.
    """
    style = (STATIC / "pv.css").read_text(encoding="utf-8")
    code = (STATIC / "page.js").read_text(encoding="utf-8").replace("</script", "<\\/script")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(activity.title)}</title><style>{style}"
        "body{max-width:60rem;margin:1rem auto;padding:0 1rem;font-family:sans-serif}"
        "</style></head>"
        f"<body><main>{section(activity)}</main><script>{code}</script>"
        f"{f'<script>{script}</script>' if script else ''}</body></html>"
    )
