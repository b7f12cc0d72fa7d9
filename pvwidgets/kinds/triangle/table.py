"""The form and the rules of a strategic triangle, as data that `pvwidgets.kinds.records` reads.

The six rules, the eight patterns and their names are the course's own. A rule is not met where
one of its conditions under ``unmet`` holds; else in doubt where one under ``doubt`` does; else met.
"""

from __future__ import annotations

from typing import Any

from ..forms import (
    NAME,
    amount,
    cells,
    choice,
    empty,
    entries,
    figure,
    line,
    link,
    names,
    ticks,
    when,
)

YES_NO = ("yes", "no")

OUTCOMES = entries(
    "outcomes",
    "Outcomes that you claim",
    "Outcome",
    line("who", "Who is affected? Name the group."),
    line("change", "What becomes different for them?"),
    line("sign", "Which sign would show it?"),
    cells("cells", "Cells of the matrix that it belongs to"),
    most=6,
)
EVIDENCE = ticks(
    "evidence",
    "Evidence that it is needed",
    "law",
    "vote",
    "needs study",
    "complaint data",
    "deliberation",
    "impression",
)
BURDENS = entries(
    "burdens",
    "Who bears a cost, a duty or a loss?",
    "Burden",
    line("bearer", "Who bears it?"),
    line("what", "What do they bear?"),
    most=6,
)
AFFECTED = entries(
    "affected",
    "Groups that are affected",
    "Group",
    line("group", "Which group?"),
    cells("cares", "Cells that they care about"),
    optional=True,
)
AUTHORIZERS = entries(
    "authorizers",
    "Authorizers: those who can say yes or no",
    "Authorizer",
    line("name", "Name", longest=NAME),
    choice(
        "kind",
        "What kind of authorizer?",
        ("elected", "elected body or person"),
        ("legal", "law or court"),
        "funder",
        ("oversight", "board, auditor or other oversight"),
        ("professional", "profession or union"),
        ("public", "the public, or a part of it"),
        "partner",
    ),
    choice("indispensable", "Indispensable: without them it cannot go on?", *YES_NO, empty="no"),
    choice("status", "Where do they stand?", "granted", "likely", "unknown", "opposed"),
    line("step", "Your planned step towards them, if there is one"),
    cells("cares", "Cells that they care about"),
    choice("judges", "Will they judge the result?", *YES_NO, empty="no"),
    choice("sign_agreed", "Have they agreed to the sign?", "yes", "no", "unknown"),
)
NEEDS = entries(
    "needs",
    "What you need from them",
    "Need",
    choice("kind", "What kind of need?", "permission", "money", "cooperation", "acquiescence"),
    line("what", "What exactly?"),
    link("giver", "Who gives it, and has been asked?", "authorizers", "name"),
)
ACTIVITIES = entries(
    "activities",
    "Activities: what will be done",
    "Activity",
    line("name", "Name", longest=NAME),
    choice(
        "owner",
        "Who owns it?",
        ("own", "our own organization"),
        ("partner", "a partner"),
        ("users", "the users"),
        empty="",
    ),
    line("owner_name", "Name of the owner", longest=NAME),
)
RESOURCES = entries(
    "resources",
    "Resources",
    "Resource",
    line("name", "Name", longest=NAME),
    choice(
        "kind",
        "What kind of resource?",
        "money",
        "staff",
        "skills",
        "data",
        "place",
        "authority",
        "public spirit",
    ),
    choice("status", "Do you have it?", "have", "by date", "lack", "unknown"),
    line("date", "If by a date: which date?", longest=NAME),
    link("used_by", "Activities that use it", "activities", "name", many=True),
)
CHAINS = entries(
    "chains",
    "Chains: how an activity leads to an outcome",
    "Chain",
    link("activity", "Activity", "activities", "name"),
    line("output", "Its output"),
    link("outcome", "The outcome that it leads to", "outcomes", "change"),
    line("assumption1", "Assumption: how does the activity lead to the output?"),
    choice(
        "basis1",
        "What supports this first assumption?",
        "tested",
        "test planned",
        ("none", "nothing yet"),
        ("contradicted", "it is contradicted"),
        empty="none",
    ),
    line("assumption2", "Assumption: how does the output lead to the outcome?"),
    choice(
        "basis2",
        "What supports this second assumption?",
        "tested",
        "test planned",
        ("none", "nothing yet"),
        ("contradicted", "it is contradicted"),
        empty="none",
    ),
)
HINT = "A number, or the word unknown. Keep to one currency and one unit of time."
MEANS = [
    amount("money_needed", "Money needed", hint=HINT),
    amount("money_granted", "Money granted"),
    amount("time_needed", "Time needed"),
    amount("time_granted", "Time granted"),
    names(
        "powers_needed",
        "Legal powers needed",
        hint="One on a line; none if you use no power over people.",
        optional=True,
    ),
    names(
        "powers_granted",
        "Legal powers granted for this plan",
        hint="One on a line, in the same words as above.",
        optional=True,
    ),
]

GROUPS: list[dict[str, Any]] = [
    {"title": "Public value", "fields": [OUTCOMES, EVIDENCE, BURDENS, AFFECTED]},
    {"title": "Legitimacy and support", "fields": [AUTHORIZERS, NEEDS]},
    {"title": "Operational capacity", "fields": [ACTIVITIES, RESOURCES, CHAINS]},
    {"title": "Means and mandate", "fields": MEANS},
]
FIELDS = [field for group in GROUPS for field in group["fields"]]

# Words that tell an output or a slogan where a change is asked for.
LOOSE = (
    "(?:sessions?|meetings?|workshops?|trainings?|courses|events) (?:are |were )?(?:held|run|given)"
    "|(?:people|staff|persons|teachers|officers) (?:are |were )?trained"
    "|(?:reports?|leaflets?|brochures?|guidelines?) (?:are |were )?(?:published|printed|issued)"
    "|(?:strategy|policy) (?:is |was )?adopted|capacity (?:is |was )?built|capacity building"
    "|awareness (?:is |was )?raised|awareness raising|number of|excellence|excellent service"
    "|world[ -]class|best practices?|state of the art|cutting[ -]edge|synerg(?:y|ies)"
    "|innovative solutions?|empowerment|stakeholder engagement|modernized|modernised"
)

CLAIMED = ["of", "outcomes", "cells"]
INDISPENSABLE = ["is", ".indispensable", "yes"]
LAWFUL = ["is", ".kind", "elected", "legal"]
BACKS = ["is", ".status", "granted", "likely"]
JUDGES = ["is", ".judges", "yes"]
USED = ["beyond", ".used_by"]
WHO = "Authorizer {n}, “{name}”,"

RULES: list[dict[str, Any]] = [
    {
        "id": "1",
        "title": "purpose",
        "ask": "An outcome, for somebody, with evidence of need and somebody who bears the cost.",
        "checked": "that fields are filled, cells chosen, and what kind of evidence there is",
        "taken": "that the need is real, and that the cells are rightly chosen",
        "at": [150, 34],
        "met": "Each outcome has a group, a change, a sign and cells; there are evidence and a "
        "bearer of the burden.",
        "unmet": [
            when(["fewer", "outcomes", 1], "There is no outcome. Add one under Public value."),
            when(
                ["any", "outcomes", empty(".who")],
                "Outcome {n} does not say who is affected. Name the group.",
            ),
            when(
                ["any", "outcomes", empty(".change")],
                "Outcome {n} does not say what becomes different. Write the change.",
            ),
            when(
                ["any", "outcomes", ["not", ["beyond", ".cells"]]],
                "Outcome {n} has no cell of the matrix. Choose at least one.",
            ),
            when(["fewer", "evidence", 1], "There is no evidence of need. Tick what you have."),
            when(
                ["fewer", "burdens", 1],
                "No burden is named. Say who bears a cost, a duty or a loss.",
            ),
            when(
                ["any", "burdens", empty(".bearer")],
                "Burden {n} has no bearer. Say who carries it.",
            ),
            when(
                ["any", "burdens", empty(".what")],
                "Burden {n} does not say what is borne. Name the cost, duty or loss.",
            ),
            when(
                [
                    "all",
                    ["not", ["fewer", "powers_needed", 1]],
                    ["not", ["both", CLAIMED, ["IJ", "CJ"]]],
                ],
                "Legal powers are needed, but no outcome has a cell of the justice row. Say what "
                "the plan owes to those it obliges.",
            ),
        ],
        "doubt": [
            when(
                ["any", "outcomes", empty(".sign")],
                "Outcome {n} has no sign. Say what would show it.",
            ),
            when(
                ["not", ["beyond", "evidence", ["impression"]]],
                "All evidence is impression. Add a source that others can look at.",
            ),
            when(
                ["any", "outcomes", ["words", ".change", LOOSE]],
                "The change of outcome {n} says “{it}”, which sounds like an output or a slogan. "
                "Say what becomes different for people.",
            ),
        ],
    },
    {
        "id": "2",
        "title": "authorization",
        "ask": "Each need has a giver who was asked, and there is a lawful source among them.",
        "checked": "that givers are named, and their status, kind and steps",
        "taken": "that they were asked, that the status is true, and that nobody is missing",
        "at": [46, 206],
        "met": "Each need has a giver, a lawful authorizer has granted, and nobody indispensable "
        "is open or opposed.",
        "unmet": [
            when(["fewer", "needs", 1], "No need is named. Say what you need from others."),
            when(
                ["any", "needs", empty(".giver")],
                "Need {n} has no giver. Choose the authorizer who has been asked.",
            ),
            when(
                ["not", ["any", "authorizers", LAWFUL]],
                "No authorizer is elected or legal. Add a lawful source.",
            ),
            when(
                ["not", ["any", "authorizers", LAWFUL, ["not", ["is", ".status", "opposed"]]]],
                "All elected or legal authorizers are opposed. Without any lawful source the plan "
                "has to change or to stop.",
            ),
            when(
                [
                    "any",
                    "authorizers",
                    INDISPENSABLE,
                    ["is", ".status", "opposed"],
                    empty(".step"),
                ],
                WHO + " is indispensable and opposed, and no step is planned. Plan one, or change "
                "the plan.",
            ),
        ],
        "doubt": [
            when(
                ["not", ["any", "authorizers", LAWFUL, ["is", ".status", "granted"]]],
                "No elected or legal authorizer has granted yet. Get the vote or the ruling.",
            ),
            when(
                ["any", "authorizers", INDISPENSABLE, ["is", ".status", "unknown"]],
                WHO + " is indispensable, and its status is unknown. Ask, and write down the "
                "answer.",
            ),
            when(
                ["any", "authorizers", INDISPENSABLE, ["is", ".status", "opposed"]],
                WHO + " is indispensable and opposed; a step is planned. Its answer decides.",
            ),
        ],
    },
    {
        "id": "3",
        "title": "capacity",
        "ask": "Each activity has an owner and its means.",
        "checked": "owners, and each resource's status, date and use",
        "taken": "that the owner is able, and that the date will hold",
        "at": [254, 206],
        "met": "Each activity has an owner and a resource, and every resource in use is there or "
        "has its date.",
        "unmet": [
            when(["fewer", "activities", 1], "There is no activity. Say what will be done."),
            when(
                ["any", "activities", empty(".owner")],
                "Activity {n}, “{name}”, has no owner. Say who does it.",
            ),
            when(
                ["any", "activities", ["is", ".owner", "partner", "users"], empty(".owner_name")],
                "Activity {n}, “{name}”, is left to others without a name. Name the owner.",
            ),
            when(
                ["any", "resources", ["is", ".status", "lack"], USED],
                "Resource {n}, “{name}”, is lacking, and {used_by} needs it. Find it, or narrow "
                "the plan.",
            ),
        ],
        "doubt": [
            when(
                ["beyond", ["of", "activities", "name"], ["of", "resources", "used_by"]],
                "No resource is named for: {it}. Say what it needs.",
            ),
            when(
                ["any", "activities", empty(".name")],
                "Activity {n} has no name, so that no resource can be used by it. Name it.",
            ),
            when(
                ["any", "resources", ["is", ".status", "unknown"], USED],
                "Resource {n}, “{name}”, is in use, and its status is unknown. Find out.",
            ),
            when(
                ["any", "resources", ["is", ".status", "by date"], USED, empty(".date")],
                "Resource {n}, “{name}”, is to come by a date, but no date is given. Write it.",
            ),
        ],
    },
    {
        "id": "4",
        "title": "same promise",
        "name": "different promises",
        "ask": "Authorizers back a value that is claimed, and those who judge agree to the sign.",
        "checked": "whether cells overlap, and whether judges agree to the sign",
        "taken": "what people truly care about",
        "at": [86, 118],
        "met": "Backers care about what is claimed, each claimed cell has somebody who cares, and "
        "those who judge agree to the sign.",
        "unmet": [
            when(
                ["not", ["both", CLAIMED, ["of", "authorizers", "cares", BACKS]]],
                "No authorizer who has granted or is likely to cares about any claimed cell. Fill "
                "in what they care about, or claim what they back.",
            ),
            when(
                ["beyond", CLAIMED, ["of", "authorizers", "cares"],
                 ["of", "affected", "cares"]],
                "Nobody cares about a claimed cell: {it}. Find somebody who does, or do not claim "
                "it.",
            ),
        ],
        "doubt": [
            when(
                ["not", ["any", "authorizers", JUDGES]],
                "Nobody judges the result. Say which authorizer will look at it.",
            ),
            when(
                ["any", "authorizers", JUDGES, ["not", ["is", ".sign_agreed", "yes"]]],
                WHO + " will judge the result and has not agreed to the sign. Agree on it before "
                "the start.",
            ),
            when(
                [
                    "any",
                    "authorizers",
                    INDISPENSABLE,
                    BACKS,
                    ["beyond", ".cares"],
                    ["not", ["both", ".cares", CLAIMED]],
                ],
                WHO + " is indispensable, and cares only about cells that are not claimed. Settle "
                "what is promised.",
            ),
        ],
    },
    {
        "id": "5",
        "title": "causal path",
        "name": "wishful arrow",
        "ask": "Each outcome is reached by a chain, and each arrow has an assumption with a basis.",
        "checked": "links, assumptions, and what supports them",
        "taken": "that an assumption is likely, and that a test was a good one",
        "at": [214, 118],
        "met": "A chain reaches each outcome, each activity is in one, and each assumption is "
        "tested or has a test planned.",
        "unmet": [
            when(["fewer", "chains", 1], "There is no chain. Say how an activity leads there."),
            when(
                ["any", "outcomes", ["not", ["both", ".change", ["of", "chains", "outcome"]]]],
                "No chain reaches outcome {n}. Add one that ends there.",
            ),
            when(
                ["any", "activities", ["not", ["both", ".name", ["of", "chains", "activity"]]]],
                "Activity {n}, “{name}”, is in no chain. Say what it leads to, or leave it out.",
            ),
            when(
                ["any", "chains", empty(".output")],
                "Chain {n} has no output. Say what the activity puts out.",
            ),
            when(
                ["any", "chains", ["is", ".basis1", "contradicted"]],
                "The first assumption of chain {n} is contradicted. Change the activity.",
            ),
            when(
                ["any", "chains", ["is", ".basis2", "contradicted"]],
                "The second assumption of chain {n} is contradicted. Change the path.",
            ),
        ],
        "doubt": [
            when(
                ["any", "chains", empty(".assumption1")],
                "The first assumption of chain {n} is empty. Say what must be true for the output.",
            ),
            when(
                ["any", "chains", empty(".assumption2")],
                "The second assumption of chain {n} is empty. Say what must be true for the "
                "outcome.",
            ),
            when(
                ["any", "chains", ["is", ".basis1", "none"]],
                "Nothing supports the first assumption of chain {n}. Plan a test.",
            ),
            when(
                ["any", "chains", ["is", ".basis2", "none"]],
                "Nothing supports the second assumption of chain {n}. Plan a test.",
            ),
        ],
    },
    {
        "id": "6",
        "title": "means match mandate",
        "each": True,
        "ask": "Money, time and powers cover the plan, and none of them lies idle.",
        "checked": "that amounts and named powers fit one another",
        "taken": "that the amounts are right, and that the powers are lawful",
        "at": [150, 206],
        "met": "Money, time and powers granted cover what is needed, and nothing lies idle.",
        "unmet": [
            when(
                ["more", "money_needed", "money_granted", 10],
                "Money granted ({money_granted}) is less than money needed ({money_needed}). Ask "
                "for more, or narrow the plan.",
                "unfunded mandate",
            ),
            when(
                ["more", "time_needed", "time_granted", 10],
                "Time granted ({time_granted}) is less than time needed ({time_needed}). Ask for "
                "more, or narrow the plan.",
                "unfunded mandate",
            ),
            when(
                ["beyond", "powers_needed", "powers_granted"],
                "Needed, but not granted: {it}. Ask for the power, or plan without it.",
                "beyond mandate",
            ),
            when(
                ["more", "money_granted", "money_needed", 11],
                "Money granted ({money_granted}) is more than 1.1 times money needed "
                "({money_needed}). Give it back, or say what it is for.",
                "idle means",
            ),
            when(
                ["beyond", "powers_granted", "powers_needed"],
                "Granted for this plan, but not needed: {it}. Give the power back.",
                "idle means",
            ),
            when(
                ["any", "resources", ["is", ".status", "have"], ["not", USED]],
                "Resource {n}, “{name}”, is there, but no activity uses it. Use it, or release it.",
                "idle means",
            ),
            *(
                when(
                    empty(f"{what}_{which}"),
                    f"{what.capitalize()} {which} is not stated. Write a number, or the word "
                    "unknown.",
                    "not stated",
                )
                for what in ("money", "time")
                for which in ("needed", "granted")
            ),
        ],
        "doubt": [
            when(
                ["is", f"{what}_{which}", "unknown"],
                f"{what.capitalize()} {which} is unknown. Find out the number.",
            )
            for what in ("money", "time")
            for which in ("needed", "granted")
        ],
    },
]  # fmt: skip

# By the corners that are not met: 1 for value, 2 for authorization, 4 for capacity, added up.
ROWS = [
    ("aligned", "", ""),
    (
        "cherished routine",
        "well funded, popular, nobody can say what it changes",
        "reopen the purpose; test the last arrow of the chain; release means",
    ),
    (
        "good deed without leave",
        "done quietly, out of a friendly budget; collapses at the first question",
        "seek authorization early, with evidence, a coalition, or a pilot that has an end date; if "
        "refused, stop",
    ),
    (
        "capacity looking for a purpose",
        "an empty hall, idle software, “we could also …”",
        "look for needs first; offer the capacity to a partner; or let it go",
    ),
    (
        "empty mandate",
        "promises, backlog, tired staff",
        "narrow the promise; build, borrow or co-produce capacity; say openly what cannot be done",
    ),
    (
        "gesture",
        "an announcement after an incident",
        "ask authorizers which outcome would satisfy them; offer a real option",
    ),
    (
        "paper vision",
        "plans, no sponsor, no staff",
        "choose a small part that can be authorized and done",
    ),
    ("drift", "habit", "close it, or start anew"),
]

NAMING: dict[str, Any] = {
    "aligned": "aligned",
    "broken": "broken edge: {it}",
    "notYet": "not yet aligned; in doubt: {it}",
    "wrong": " ({row} if the doubt about {it} goes wrong)",
    "rows": [{"name": name, "signs": signs, "remedy": remedy} for name, signs, remedy in ROWS],
}


def drawn() -> list[Any]:
    """Return the triangle with its six lamps."""
    corners = "L".join("{} {}".format(*rule["at"]) for rule in RULES[:3])
    lamps = [
        [
            "g",
            {"rule": i, "transform": "translate({} {})".format(*rule["at"])},
            ["circle", {"r": 17}],
            ["text", {"class": "pv-mark", "y": 6}, i],
            *_label(rule["title"], *rule["at"]),
        ]
        for i, rule in enumerate(RULES)
    ]
    return figure(["path", {"d": f"M{corners}Z"}], *lamps)


def _label(title: str, x: int, y: int) -> list[Any]:
    """Return the name of a lamp, away from the lines of the triangle."""
    lines = title.rsplit(" ", 1)
    if y == max(rule["at"][1] for rule in RULES):
        aside, first = 0, 33
    else:
        aside, first = (-47 if x < 150 else 47), (-2 if lines[1:] else 5)
    return [["text", {"x": aside, "y": first + 14 * i}, text] for i, text in enumerate(lines)]
