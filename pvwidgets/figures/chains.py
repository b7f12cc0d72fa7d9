"""Chains: production (figures 4.1 and 4.2) and service (figures 5.1 and 5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .common import (
    ASIDE,
    BLUE,
    BODY,
    GREEN,
    HEADING,
    INK,
    PURPLE,
    RED,
    SHEET,
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
from .sheet import Sheet, Spot, between, height_of, set_text

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


# --- Figure 4.2 ----------------------------------------------------------------------


def feedback_loop() -> Picture:
    """Draw how outcomes feed back into inputs: value, legitimacy, resources.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    The way back from value over legitimacy to resources: Kavanagh (2014), "Defining and
    Creating Value for the Public", *Government Finance Review*, on Moore.
    """
    with plain_settings():
        figure = _draw_feedback_loop()
    title = "The way back from outcomes to inputs"
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. Inputs lead to activities, outputs and outcomes. Outcomes that the public "
            "values bring legitimacy; legitimacy brings resources: money, authority and public "
            "spirit, the inputs of the next round. So the chain is a loop."
        ),
        lines=[
            "Forwards: inputs, activities, outputs, outcomes.",
            "Outcomes that the public values bring legitimacy.",
            "Legitimacy brings resources: money, authority, public spirit.",
            "Resources are the inputs of the next round.",
        ],
    )


def _draw_feedback_loop() -> Picture:
    sheet = Sheet(372)
    spots: list[Spot] = []
    for number, (stage, hue) in enumerate(STAGES.items()):
        at = (1.0, 1 + 104.0 * number, 170.0, 58.0)
        spots.append(sheet.card(stage, at, set_text(150, (stage.capitalize(), HEADING)), hue))
        if number:
            sheet.arrow(between(spots[-2], spots[-1]), width=2.4)
    middle = 350
    back = {
        "value": (270.0, 88.0, [("Value", STRONG), ("the public finds it worth having", BODY)]),
        "legitimacy": (143.0, 84.0, [("Legitimacy", STRONG), ("trust and support", BODY)]),
        "resources": (
            1.0,
            100.0,
            [("Resources", STRONG), ("money, authority, public spirit", BODY)],
        ),
    }
    ring = [spots[-1]]
    for name, (top, height, parts) in back.items():
        at = (middle - 109.0, top, 218.0, height)
        ring.append(sheet.card(name, at, set_text(194, *parts), dashed=True))
    for one, other in pairwise(ring[1:]):
        sheet.arrow(between(one, other), width=2.4, dash="dashed")
    for right, left, back_to in ((ring[1], ring[0], False), (ring[3], spots[0], True)):
        y = left.y
        way = [(left.x + left.w + 5, y), (right.x - right.w - 5, y)]
        sheet.arrow(way[::-1] if back_to else way, width=2.4, dash="dashed")
    return sheet.figure


# --- Figure 5.1 ----------------------------------------------------------------------


def service_chain() -> Picture:
    """Draw the service chain: people, service, trust, with two enablers.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    Three links: Heintzman and Marson (2005), "People, Service and Trust: Is There a Public
    Sector Service Value Chain?", *International Review of Administrative Sciences* 71(4),
    549-575. The two enablers, and citizens as part of *people*, are additions of a later
    article. Whether trust acts back on service is open.
    """
    with plain_settings():
        figure = _draw_service_chain()
    title = "People, service, trust"
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. In the model, engaged employees go with satisfied clients, and satisfied "
            "clients with citizens who trust public institutions. Two enablers were added to it: "
            "innovation, and collaboration and networks. A dotted arrow leads back from trust to "
            "service and people: whether trust acts back is an open question."
        ),
        lines=[
            "People: in the model the employees; citizens were added later.",
            "Service: clients are satisfied with it.",
            "Trust: citizens trust public institutions.",
            "In the model: people to service, service to trust; an association, not a proof.",
            "Added, not in the model: innovation; collaboration and networks.",
            "Open: whether trust acts back on service and people.",
        ],
    )


_LINK, _LINK_GAP = 128.0, 37.0


def _draw_service_chain() -> Picture:
    sheet = Sheet(330)
    links = (
        ("People", "in the model: employees", BLUE),
        ("Service", "satisfied clients", GREEN),
        ("Trust", "of citizens in institutions", PURPLE),
    )
    spots = []
    for number, (name, who, hue) in enumerate(links):
        at = (1 + (_LINK + _LINK_GAP) * number, 74.0, _LINK, 104.0)
        spots.append(sheet.card(name, at, set_text(114, (name, HEADING), (who, BODY)), hue))
        if number:
            sheet.arrow(between(spots[-2], spots[-1], 4), width=2.4)
    top = 69
    sheet.lines("page", SHEET / 2, 2, ["open: does trust act back?"], BODY, centred=True)
    turn = 42
    way = [(spots[2].x, top), (spots[2].x, turn), (spots[0].x, turn), (spots[0].x, top)]
    sheet.arrow(way, width=1.8, dash="dotted")
    sheet.arrow([(spots[1].x, turn), (spots[1].x, top)], width=1.8, dash="dotted")
    for name, left, words in (
        ("innovation", 1.0, "Innovation"),
        ("collaboration", 236.0, "Collaboration and networks"),
    ):
        at = (left, 236.0, 223.0, 58.0)
        sheet.card(name, at, set_text(190, (words, STRONG)), dashed=True)
    for x in (64.0, 207.0, 253.0, 396.0):
        sheet.arrow([(x, 231), (x, 183)], width=1.8, dash="dashed")
    lines = ["dashed: added to the model"]
    sheet.lines("page", SHEET / 2, 302, lines, ASIDE, centred=True)
    return sheet.figure


# --- Figure 5.2 ----------------------------------------------------------------------


def two_chains() -> Picture:
    """Draw the private and the public service chain, one above the other.

    Returns
    -------
    Picture
        A Matplotlib figure, 460 units wide, with its words (`alt_text`, `text`).

    Notes
    -----
    Private: Heskett and others (1997), *The Service Profit Chain*. Public: Heintzman and
    Marson (2005), *International Review of Administrative Sciences* 71(4), 549-575.
    """
    with plain_settings():
        figure = _draw_two_chains()
    title = "Same logic, other bottom line"
    return describe(
        figure,
        title=title,
        alt=(
            f"{title}. Two chains of three links each. Private, after Heskett: satisfied staff, "
            "satisfied customers, profit. Public, after Heintzman and Marson: satisfied staff, "
            "satisfied clients, trust of citizens. The first two links are alike; the last differs."
        ),
        lines=[
            "Private (Heskett and others): staff, then customers, then profit.",
            "Public (Heintzman and Marson): staff, then clients, then trust.",
            "The first two links are alike; the last differs: profit, trust.",
        ],
    )


def _draw_two_chains() -> Picture:
    strips = (
        (
            "Private: Heskett and others",
            (
                ("Staff", "satisfied"),
                ("Customers", "satisfied"),
                ("Profit", "and growth"),
            ),
        ),
        (
            "Public: Heintzman and Marson",
            (("Staff", "satisfied"), ("Clients", "satisfied"), ("Trust", "of citizens")),
        ),
    )
    hues = (BLUE, GREEN, (RED, PURPLE))
    sheet = Sheet(330)
    for row, (heading, links) in enumerate(strips):
        top = 166.0 * row
        sheet.lines("page", 1, top + 2, [heading], HEADING)
        before = None
        for number, (name, what) in enumerate(links):
            hue = hues[number]
            own = hue[row] if isinstance(hue, tuple) else hue
            at = (1 + (_LINK + _LINK_GAP) * number, top + 32, _LINK, 92.0)
            lines = set_text(114, (name, HEADING), (what, BODY))
            spot = sheet.card(f"{row}{name}", at, lines, own)
            if before:
                sheet.arrow(between(before, spot, 4), width=2.4)
            before = spot
    for x, words in ((147.0, "same logic"), (395.0, "other end")):
        sheet.lines("page", x, 294, [words], ASIDE, centred=True)
    return sheet.figure
