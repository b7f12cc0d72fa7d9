"""Chains: production (figures 4.1 and 4.2) and service (figures 5.1 and 5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .common import (
    ASIDE,
    BLUE,
    BODY,
    GREEN,
    HEADING,
    INK,
    PURPLE,
    RED,
    STRONG,
    TINT,
    Picture,
    Sign,
    broken,
    describe,
    known,
    plain_settings,
    plain_texts,
    short_alt,
)
from .sheet import Sheet, height_of, set_text

STAGES: dict[str, str] = {
    "inputs": BLUE,
    "activities": GREEN,
    "outputs": RED,
    "outcomes": PURPLE,
}
"""The stages of the public value chain in their order, each with its hue."""

_MODEL: dict[str, list[str]] = {
    "inputs": ["money", "authority", "public spirit"],
    "activities": ["processes", "procedures", "programmes"],
    "outputs": ["services", "obligations", "nudges"],
    "outcomes": ["satisfied clients", "society in a better and juster state"],
}
_ASSUMED = Sign("?", "assumption", None, INK)


# --- Figure 4.1 ----------------------------------------------------------------------


def value_chain(chain: Mapping[str, Sequence[str]] | None = None) -> Picture:
    """Draw the public value chain, with its usual or with your own contents.

    Parameters
    ----------
    chain : mapping of str to sequence of str, optional
        Texts by stage: ``inputs``, ``activities``, ``outputs``, ``outcomes``; and
        ``assumptions``, up to three, one for each arrow in its order. A stage that is
        left out has no entry, an arrow without a text is "an assumption". Boxes grow with
        their texts. Without `chain`, the usual content.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Raises
    ------
    ValueError
        If a stage is not known (the message names the likely intended one), or there are
        more assumptions than arrows.
    TypeError
        If the texts of a stage are not a list of strings.

    Notes
    -----
    Stages and examples: the teaching slides *Nobody's Core Business: The Mission of a City
    Library*, Bloomberg Harvard City Leadership Initiative. That each arrow is a hypothesis,
    and the two wedges, are the course's own reading of Moore (2013), *Recognizing Public
    Value*.
    """
    content: dict[str, list[str]] = {stage: [] for stage in STAGES}
    assumptions: list[str] = []
    if chain is None:
        title, content = "The public value chain", _MODEL
    else:
        title = "The public value chain with your contents"
        for name, texts in chain.items():
            stage = known(name, [*STAGES, "assumptions"], "stage")
            checked = plain_texts(texts, f"chain[{name!r}]")
            if stage == "assumptions":
                assumptions = checked
            else:
                content[stage] = checked
    if len(assumptions) > len(STAGES) - 1:
        raise ValueError(f"there are three arrows, not {len(assumptions)}, to assume something of")
    assumptions += ["an assumption"] * (len(STAGES) - 1 - len(assumptions))
    with plain_settings():
        figure = _draw_value_chain(content, assumptions)

    frame = "Four stages follow one another: inputs, activities, outputs, outcomes."
    arrows = (
        "From stage to stage control falls and value to society rises; each of the three arrows is "
        "an assumption that needs a test."
    )
    stages = [
        f"{stage.capitalize()}: {'; '.join(entry.rstrip('.;') for entry in entries) or 'no entry'}."
        for stage, entries in content.items()
    ]
    order = list(STAGES)
    tests = [
        f"From {order[number]} to {order[number + 1]}: {words.rstrip('.')}."
        for number, words in enumerate(assumptions)
        if words != "an assumption"
    ]
    return describe(
        figure,
        title=title,
        alt=short_alt(
            " ".join((f"{title}.", *stages, arrows, *tests)), f"{title}. {frame} {arrows}"
        ),
        lines=[frame, *stages, arrows, *tests],
    )


def _draw_value_chain(content: Mapping[str, Sequence[str]], assumptions: Sequence[str]) -> Picture:
    width, pad, indent, after = 322, 12, 14, 3
    room = width - 2 * pad - indent
    texts = {
        stage: [broken(entry, room, BODY) for entry in entries]
        for stage, entries in content.items()
    }
    arrows = [set_text(width - 76, (words, BODY)) for words in assumptions]
    gaps = [max(54.0, height_of(lines) + 16) for lines in arrows]

    def height(stage: str) -> float:
        lines = sum(map(len, texts[stage])) or 1
        return 2 * pad + HEADING.leading + lines * BODY.leading + after * len(texts[stage])

    end = sum(map(height, STAGES)) + sum(gaps)
    sheet = Sheet(end + 2)
    y = 1.0
    for number, (stage, hue) in enumerate(STAGES.items()):
        sheet.box(stage, (1, y, width, height(stage)), hue, opacity=TINT, edge=hue)
        top = sheet.lines(stage, 1 + pad, y + pad - 1, [stage.capitalize()], HEADING)
        if not texts[stage]:
            sheet.lines(stage, 1 + pad + indent, top, ["no entry"], ASIDE)
        for lines in texts[stage]:
            sheet.dot(1 + pad + 4, top + 1.02 * BODY.size - BODY.middle, hue)
            top = sheet.lines(stage, 1 + pad + indent, top, lines, BODY) + after
        y += height(stage)
        if number < len(gaps):
            gap = gaps[number]
            sheet.arrow([(26, y + 5), (26, y + gap - 5)], width=2)
            sheet.sign(f"arrow {number}", 54, y + gap / 2, _ASSUMED, 13)
            lines_set = arrows[number]
            sheet.write("page", 76, y + gap / 2 - height_of(lines_set) / 2, lines_set)
            y += gap
    # What falls and what rises
    left, right, middle = 336, 398, end / 2
    sheet.area([(left, 1), (left + 32, 1), (left + 3, end), (left, end)], INK, 0.55)
    sheet.area([(right, 1), (right + 3, 1), (right + 32, end), (right, end)], INK, 0.55)
    sheet.line("page", left + 49, middle, "control falls", STRONG, centred=True, upright=True)
    sheet.line(
        "page", right + 49, middle, "value to society rises", STRONG, centred=True, upright=True
    )
    return sheet.figure
