"""Answers to an ordering activity."""

from hypothesis import strategies as st


def fields(public, items):
    return st.fixed_dictionaries({"order": st.permutations(items)})
