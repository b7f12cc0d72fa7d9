"""Random records of an activity's form."""

from hypothesis import strategies as st

from pvwidgets.kinds.records import fields_of

TEXTS = st.one_of(
    st.sampled_from(["a", "b", "c", " a ", "", "\u00a0", "\ufeffb", "\x1f", "constructor"]),
    st.sampled_from(["Sessions held", "excellence", "preexcellence", "\u017fynergy", "{n}"]),
    st.text(max_size=6),
)
AMOUNTS = st.one_of(
    st.sampled_from(["unknown", "Unknown", "un\u212anown", "", "1,000", "1 000.5", "1,00", "0"]),
    st.sampled_from(["100", "110", "110.000001", "0.3", "0.1", "0.11", "-1", "1e3", "٣", "1."]),
    st.decimals(0, 200, places=2).map(str),
    st.text("0123456789., ", max_size=9),
)
LINES = st.lists(st.sampled_from(["a", "b", " c ", "", "a\u2028b"]), max_size=4).map("\n".join)


def value(field):
    if field["type"] == "list":
        return st.lists(record(field["fields"]), max_size=min(3, field["most"]))
    if field["type"] == "number":
        return AMOUNTS
    if field.get("lines"):
        return LINES
    names = [option["id"] for option in field.get("options", ())]
    if field["type"] == "many":
        each = st.sampled_from(names) if names else TEXTS
        return st.lists(each, max_size=len(names) or 3)
    return st.sampled_from([*names, ""]) if names else TEXTS


def record(fields):
    return st.fixed_dictionaries({}, optional={field["id"]: value(field) for field in fields})


def responses(public):
    return st.fixed_dictionaries({"record": record(fields_of(public))})
