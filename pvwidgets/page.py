"""An activity in a published page: plain HTML with its data inline, and no kernel behind it.

The data stands in a script element of a type that browsers do not run, and before it the
worksheet that a reader without script sees. ``static/page.js`` turns the two into the activity.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from . import richtext, sheet
from .answers import COURSE
from .kinds import part
from .model import Activity
from .words import shown, words

STATIC = Path(__file__).parent / "static"


def section(
    activity: Activity, *, course: str = COURSE, words_of: Iterable[str] | None = None
) -> str:
    """Return the HTML of an activity.

    Parameters
    ----------
    activity : Activity
        Without its key half, the page holds no answers and says "Check completeness".
    course : str, optional
        Answers are kept in the browser under this name.
    words_of : iterable of str, optional
        Bring along the interface's words for these kinds, by default for this activity's. A page
        with several activities needs them once: the others get none.

    Returns
    -------
    str
        One ``section.pv-activity``. The page must load ``page.js`` and ``pv.css``.
    """
    data = {"course": course, "public": activity.public, "key": activity.key}
    kinds = [activity.kind] if words_of is None else list(words_of)
    told = part(activity.kind, "worksheet")
    answers = [] if activity.key is None else told.answers(activity.public, activity.key)
    work = sheet.html(told.blocks(activity.public), answers)
    return (
        f'<section class="pv-activity" data-activity="{escape(activity.id)}"'
        f' aria-label="{escape(activity.title)}">'
        f'<div class="pv-worksheet"><p class="pv-title">{escape(activity.title)}</p>'
        f"<noscript><p>{escape(words()['worksheet']['noscript'])}</p></noscript>"
        f"{richtext.to_html(activity.public['prompt'])}{work}</div>"
        f"{_inline('pv-words', shown(kinds)) if kinds else ''}"
        f"{_inline('pv-data', data)}</section>"
    )


def _inline(name: str, data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Inside a script element only these could end or open something.
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script type="application/json" class="{name}">{text}</script>'


def text(activity: Activity) -> str:
    """Return an activity as plain text: title, prompt, cards, room for answers."""
    prompt = richtext.to_text(activity.public["prompt"], sheet.WIDTH)
    body = sheet.text(part(activity.kind, "worksheet").blocks(activity.public))
    return f"{activity.title}\n{'=' * len(activity.title)}\n\n{prompt}\n\n{body}"


def latex(activity: Activity) -> str:
    """Return an activity as LaTeX: title, prompt, cards, room for answers."""
    prompt = richtext.to_latex(activity.public["prompt"])
    body = sheet.latex(part(activity.kind, "worksheet").blocks(activity.public))
    return f"\\paragraph{{{richtext.tex(activity.title)}}}\\mbox{{}}\n\n{prompt}{body}"


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
