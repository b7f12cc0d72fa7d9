"""Written answers of any sort: texts, whether the model was opened, ratings."""

from hypothesis import strategies as st

texts = st.one_of(st.text(max_size=20), st.sampled_from(["", " \n", "a" * 4000, "\u00a0"]))


def responses(public):
    parts = [part["id"] for part in public["parts"]]
    raters = [*(sample["id"] for sample in public["samples"]), "own"]
    criteria = [one["id"] for one in public["rubric"]]
    rated = (
        st.dictionaries(st.sampled_from(criteria), st.integers(0, 3)) if criteria else st.just({})
    )
    return st.fixed_dictionaries(
        {
            "texts": st.dictionaries(st.sampled_from(parts), texts),
            "shown": st.booleans(),
            "ratings": st.dictionaries(st.sampled_from(raters), rated),
        }
    )
