"""Answers to the sharing of a service."""

from hypothesis import strategies as st


@st.composite
def fields(draw, public, items):
    options = {card["id"]: [one["id"] for one in card["options"]] for card in public["cards"]}
    chosen = {item: draw(st.sampled_from([None, *options[item]])) for item in items}
    left, hours = sum(public["start"]), []
    for group in public["groups"]:
        hours.append(draw(st.integers(0, min(left, len(group["outcomes"]) - 1))))
        left -= hours[-1]
    return {"answers": {k: v for k, v in chosen.items() if v is not None}, "hours": hours}
