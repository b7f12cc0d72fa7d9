from hypothesis import strategies as st


def fields(public, items):
    cards = st.sampled_from(items)
    places = st.sampled_from([place["id"] for place in public["bins"]])
    marks = [mark["id"] for mark in public.get("marks", {"options": []})["options"]]
    return st.fixed_dictionaries(
        {
            "placed": st.dictionaries(cards, places).map(lambda placed: _with_room(public, placed)),
            "marks": st.dictionaries(cards, st.sampled_from(marks)) if marks else st.just({}),
        }
    )


def _with_room(public, placed):
    room = {place["id"]: place.get("room", len(placed)) for place in public["bins"]}
    kept = {}
    for card, place in placed.items():
        room[place] -= 1
        if room[place] >= 0:
            kept[card] = place
    return kept
