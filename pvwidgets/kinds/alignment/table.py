"""The form and the joint rules of a collaboration, as data that `pvwidgets.kinds.records` reads.

The rules J1 to J6 and the names of what fails are the course's own.
"""

from __future__ import annotations

from typing import Any

from ..forms import NAME, cells, choice, empty, entries, figure, line, link, names, when

ASKED = ("yes", "no", "unknown")

JOINT = [
    line("outcome", "Which harm becomes less, or what becomes better, for whom?"),
    line("sign", "Which sign would show it?"),
    cells("cells", "Cells of the matrix that it belongs to"),
]
PARTNERS = entries(
    "partners",
    "Partners, two to four",
    "Partner",
    line("name", "Name", longest=NAME),
    line("home", "What would it say before its own authorizers? One sentence."),
    cells("home_cells", "Cells that this sentence is about"),
    choice("home_agreed", "Has the partner agreed to the sentence?", *ASKED),
    choice("leave", "Leave from its own authorizers?", "granted", "likely", "unknown", "refused"),
    line("leave_by", "Who gave this leave?"),
    line("leave_means", "What may it spend: money, hours, rooms?"),
    line("pays", "What does it pay?"),
    line("gains", "What does it gain?"),
    choice("net", "Taken together, does it gain or lose?", "gains", "even", "loses", "unknown"),
    line("settlement", "If it loses: how is that settled?"),
    choice("settled", "Is this settled?", *ASKED),
    choice("own_line", "Does it go on answering to its own authorizers?", *ASKED),
    most=4,
)
CAPACITIES = entries(
    "capacities",
    "What is needed, and who holds it",
    "Capacity",
    line("name", "What is needed?", longest=NAME),
    link("holder", "Who holds it?", "partners", "name"),
    choice("confirmed", "Has the holder confirmed it?", *ASKED),
)
LINES = "One on a line."
ANSWER = [
    names("answers", "Who answers for the joint sign? Persons or bodies, by name.", hint=LINES),
    names("receives", "Who receives the answer, and can ask back?", hint=LINES),
    line("interval", "How often?", longest=NAME),
]
SEAMS = {"data": "Data", "duties": "Duties", "force": "Force"}
ABOUT = {
    "data": "what may one tell another about a person",
    "duties": "whose professional duty holds in whose house",
    "force": "who may call for force, and when",
}
SETTLED = ("settled", "not needed", "open", "missing")

GROUPS: list[dict[str, Any]] = [
    {"title": "The joint outcome", "fields": JOINT},
    {"title": "Partners", "fields": [PARTNERS]},
    {"title": "Capacities", "fields": [CAPACITIES]},
    {"title": "The answer", "fields": ANSWER},
    {
        "title": "Seams",
        "fields": [
            field
            for seam, title in SEAMS.items()
            for field in (
                choice(seam, f"{title}: {ABOUT[seam]}?", *SETTLED, empty="missing"),
                line(f"{seam}_rule", f"{title}: the rule", optional=True),
            )
        ],
    },
]
FIELDS = [field for group in GROUPS for field in group["fields"]]

WHO = "Partner {n}, “{name}”,"
LOSES = ["is", ".net", "loses"]
NOBODY = "everybody’s aim, nobody’s budget"
FEW = when(["fewer", "partners", 2], "There are fewer than two partners. Add another.")


def _no(field: str) -> list[Any]:
    return ["any", "partners", ["is", f".{field}", "no"]]


def _unknown(field: str) -> list[Any]:
    return ["any", "partners", ["is", f".{field}", "unknown"]]


RULES: list[dict[str, Any]] = [
    {
        "id": "J1",
        "title": "touch",
        "name": "lead agency swallows the others’ aims",
        "ask": "Each partner can say in a sentence of its own why the joint outcome matters to it.",
        "checked": "that sentences are there and agreed, and that their cells touch the joint ones",
        "taken": "that the sentence would convince the partner’s own authorizers",
        "met": "Each partner has agreed to a sentence of its own that shares a cell with the joint "
        "outcome.",
        "unmet": [
            FEW,
            when(empty("outcome"), "There is no joint outcome. Write it."),
            when(["not", ["beyond", "cells"]], "The joint outcome has no cell. Choose one."),
            when(
                ["any", "partners", empty(".home")],
                WHO + " has no sentence for its own authorizers. Write one in its own terms.",
            ),
            when(
                ["any", "partners", ["not", ["both", ".home_cells", "cells"]]],
                "The sentence of partner {n}, “{name}”, shares no cell with the joint outcome. "
                "Find the value of its own that the outcome touches.",
            ),
            when(
                _no("home_agreed"),
                WHO + " has not agreed to its sentence. Let it write its own.",
            ),
        ],
        "doubt": [
            when(
                _unknown("home_agreed"),
                "Whether partner {n}, “{name}”, agrees to its sentence is unknown. Ask.",
            ),
        ],
    },
    {
        "id": "J2",
        "title": "leave",
        "name": NOBODY,
        "ask": "Each partner has leave from its own authorizers, and knows what it may spend.",
        "checked": "that leave has a status, a giver and means",
        "taken": "that the giver could give it",
        "met": "Each partner has leave, and it is said by whom and what may be spent.",
        "unmet": [
            FEW,
            when(
                ["any", "partners", ["is", ".leave", "refused"]],
                WHO + " was refused leave. Change its part, or go on without it.",
            ),
            when(
                ["any", "partners", empty(".leave_by")],
                "It is not said who gave leave to partner {n}, “{name}”. Name the body.",
            ),
            when(
                ["any", "partners", empty(".leave_means")],
                "It is not said what partner {n}, “{name}”, may spend. Write it.",
            ),
        ],
        "doubt": [
            when(
                ["any", "partners", ["is", ".leave", "likely", "unknown"]],
                "Leave for partner {n}, “{name}”, is {leave}. Get the vote or the signature.",
            ),
        ],
    },
    {
        "id": "J3",
        "title": "complement",
        "name": "everybody thought somebody had it",
        "ask": "What is needed has a holder, who has confirmed it.",
        "checked": "that each capacity has a holder, and whether the holder has confirmed",
        "taken": "that nothing needed is missing from the list, and that the holder can do it",
        "met": "Each capacity has a holder who has confirmed it.",
        "unmet": [
            when(["fewer", "capacities", 1], "No capacity is named. Say what is needed."),
            when(
                ["any", "capacities", empty(".holder")],
                "Capacity {n}, “{name}”, has no holder. Choose the partner who holds it.",
            ),
            when(
                ["any", "capacities", ["is", ".confirmed", "no"]],
                "The holder of capacity {n}, “{name}”, has not confirmed it. Settle it, or find "
                "another.",
            ),
        ],
        "doubt": [
            when(
                ["any", "capacities", ["is", ".confirmed", "unknown"]],
                "Whether the holder confirms capacity {n}, “{name}”, is unknown. Ask.",
            ),
        ],
    },
    {
        "id": "J4",
        "title": "balance",
        "name": NOBODY,
        "ask": "It is said what each pays and gains, and who loses is settled with.",
        "checked": "that payments and gains are there, and that a loss has its settlement",
        "taken": "that the sums are right, and the settlement fair",
        "met": "Each partner’s payment and gain are said, and nobody loses without a settlement.",
        "unmet": [
            FEW,
            when(
                ["any", "partners", empty(".pays")],
                "It is not said what partner {n}, “{name}”, pays. Write it.",
            ),
            when(
                ["any", "partners", empty(".gains")],
                "It is not said what partner {n}, “{name}”, gains. Write it.",
            ),
            when(
                ["any", "partners", LOSES, empty(".settlement")],
                WHO + " loses, and there is no settlement. Agree on one.",
            ),
            when(
                ["any", "partners", LOSES, ["is", ".settled", "no"]],
                WHO + " loses, and the settlement is not settled. Settle it.",
            ),
        ],
        "doubt": [
            when(
                _unknown("net"),
                "Whether partner {n}, “{name}”, gains or loses is unknown. Work it out together.",
            ),
            when(
                ["any", "partners", LOSES, ["is", ".settled", "unknown"]],
                WHO + " loses, and whether the settlement holds is unknown. Get it in writing.",
            ),
        ],
    },
    {
        "id": "J5",
        "title": "answer",
        "name": "collaboration to avoid blame",
        "ask": "Some answer by name, others receive; and each keeps its own line as well.",
        "checked": "that names are there and differ, and that lines, sign and interval are stated",
        "taken": "that those who receive the answer will really ask back",
        "met": "Those who answer and those who receive are named and differ, and each partner "
        "keeps its own line.",
        "unmet": [
            when(["fewer", "answers", 1], "Nobody answers. Name a person or a body."),
            when(["fewer", "receives", 1], "Nobody receives the answer. Name somebody else."),
            when(
                ["both", "answers", "receives"],
                "The same name answers and receives: {it}. Let somebody else receive.",
            ),
            when(
                _no("own_line"),
                WHO + " gives up its own line. Nobody else can answer for its money and powers.",
            ),
        ],
        "doubt": [
            when(empty("interval"), "It is not said how often the answer is given. Write it."),
            when(empty("sign"), "The joint outcome has no sign. Say what would show it."),
            when(
                _unknown("own_line"),
                "Whether partner {n}, “{name}”, keeps its own line is unknown. Ask.",
            ),
        ],
    },
    {
        "id": "J6",
        "title": "edges",
        "name": "broken seam",
        "ask": "The seams are settled in writing: data, duties, force.",
        "checked": "that each seam has a status, and a settled one its rule",
        "taken": "that the rule is lawful, and known to those who need it",
        "met": "Data, duties and force are settled with a rule, or not needed.",
        "unmet": [
            condition
            for seam, title in SEAMS.items()
            for condition in (
                when(
                    ["is", seam, "missing"],
                    f"The seam {title.lower()} is missing. Settle {ABOUT[seam]}.",
                ),
                when(
                    ["all", ["is", seam, "settled"], empty(f"{seam}_rule")],
                    f"The seam {title.lower()} is settled, but no rule is written. Write it.",
                ),
            )
        ],
        "doubt": [
            when(
                ["is", seam, "open"],
                f"The seam {title.lower()} is open. Settle {ABOUT[seam]}.",
            )
            for seam, title in SEAMS.items()
        ],
    },
]

NAMING: dict[str, Any] = {
    "aligned": "aligned",
    "broken": "{it}",
    "notYet": "not yet aligned; in doubt: {it}",
}


def drawn(partners: int, problem: str) -> list[Any]:
    """Return triangles around the problem; the style sheet turns them as rules are met."""
    triangles = [
        [
            "g",
            {"transform": f"rotate({360 * n // partners} 150 125)"},
            ["path", {"class": "pv-turn", "d": "M150 76l-18-52h36Z"}],
        ]
        for n in range(partners)
    ]
    return figure(
        ["circle", {"cx": 150, "cy": 125, "r": 40}],
        ["text", {"x": 150, "y": 129}, problem],
        *triangles,
    )
