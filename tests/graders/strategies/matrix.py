from hypothesis import strategies as st

from pvwidgets.kinds.matrix.grade import CELLS, SIGNS


def fields(public, items):
    cards = st.sampled_from(items)
    return st.fixed_dictionaries(
        {
            "placed": st.dictionaries(cards, st.sampled_from(CELLS)),
            "signs": st.dictionaries(cards, st.sampled_from(SIGNS)),
        }
    )
