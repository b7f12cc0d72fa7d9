"""Answers to a map of power and support."""

from hypothesis import strategies as st


def fields(public, items):
    cells = st.sampled_from([cell["id"] for cell in public["bins"]])
    steps = st.sampled_from([step["id"] for step in public["steps"]])
    actors = st.sampled_from(items)
    return st.fixed_dictionaries(
        {"placed": st.dictionaries(actors, cells), "steps": st.dictionaries(actors, steps)}
    )
