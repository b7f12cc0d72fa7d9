from hypothesis import strategies as st

from pvwidgets.kinds.quiz.grade import parts_of

NUMBERS = st.one_of(
    st.sampled_from(
        ["-21", "−21", "21", "8.5", "8,55", "8.45", "8.550000000000001", "8.5 %", "+0", "-", ""]
    ),
    st.sampled_from(["33,000", "0,125", "1,25", ".5", "5.", "5,", "1e3", "--2", "1.2.3", "٣"]),
    st.integers(-(10**16), 10**16).map(str),
    st.decimals(-100, 100, places=3).map(str),
    # Spaces of every sort, for the two languages do not know the same ones.
    st.text("0123456789.,-+− \t\u00a0\u0085\ufeff\u2003\x1c%", max_size=12),
)


def value(part):
    if part["type"] == "number":
        return NUMBERS
    options = st.sampled_from([option["id"] for option in part["options"]])
    return options if part["type"] == "one" else st.lists(options, unique=True)


def fields(public, items):
    answers = {
        item: st.fixed_dictionaries(
            {}, optional={part["id"]: value(part) for part in parts_of(public, item)}
        )
        for item in items
    }
    return st.fixed_dictionaries({"answers": st.fixed_dictionaries({}, optional=answers)})
