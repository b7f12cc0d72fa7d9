"""What a division of a service gives each group, and what a rule of sharing would choose.

Pure, exact, standard library only, so that exercises can build on it::

    import pvwidgets as pv
    from pvwidgets.kinds.share import model

    groups = model.groups_of(pv.load("better-for-whom").public)
    division = model.choose("worst", groups)
    model.outcomes(groups, division), model.mean(groups, division)

A *division* is a list with the number of portions of each group; together they are as many as at
the start. A group's outcome depends on its own portions only, and each further portion adds no
more than the one before. This is what makes the simple way of `choose` exact: after what a rule
demands, each portion goes where it adds most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

RULES = ("mean", "worst", "equal", "loss")


@dataclass(frozen=True)
class Group:
    """A group that gets a share.

    Attributes
    ----------
    name : str
        Its name.
    people : int
        How many they are; the weight of the group in the mean.
    outcomes : tuple of int
        Its outcome with 0, 1, 2, ... portions; as many as it can use.
    start : int
        Its portions at the start.
    """

    name: str
    people: int
    outcomes: tuple[int, ...]
    start: int


def groups_of(public: dict[str, Any]) -> list[Group]:
    """Return the groups of an activity.

    Parameters
    ----------
    public : dict
        The public half of an activity of the kind ``share``.
    """
    return [
        Group(one["name"], one["people"], tuple(one["outcomes"]), start)
        for one, start in zip(public["groups"], public["start"], strict=True)
    ]


def amount(public: Mapping[str, Any], portions: int) -> str:
    """Return what some portions come to, with the unit: "1 hour", "6 hours".

    Parameters
    ----------
    public : mapping
        The public half of an activity of the kind ``share``.
    portions : int
        How many portions.
    """
    number = portions * public["portion"]
    return f"{number} {public['unit_one' if number == 1 else 'unit']}"


def outcomes(groups: Sequence[Group], division: Sequence[int]) -> list[int]:
    """Return the outcome of each group.

    Parameters
    ----------
    groups : sequence of Group
        The groups.
    division : sequence of int
        The portions of each.

    Raises
    ------
    ValueError
        The division has another length, or gives a group more than it can use or less than none.
    """
    if len(division) != len(groups):
        raise ValueError(f"{len(division)} shares for {len(groups)} groups")
    for group, portions in zip(groups, division, strict=True):
        if not 0 <= portions < len(group.outcomes):
            raise ValueError(f"{group.name}: {portions} is not from 0 to {len(group.outcomes) - 1}")
    return [group.outcomes[portions] for group, portions in zip(groups, division, strict=True)]


def mean(groups: Sequence[Group], division: Sequence[int]) -> Fraction:
    """Return the mean outcome of all people, exact."""
    total = sum(
        group.people * got for group, got in zip(groups, outcomes(groups, division), strict=True)
    )
    return Fraction(total, sum(group.people for group in groups))


def worst(groups: Sequence[Group], division: Sequence[int]) -> int:
    """Return the outcome of the group that is worst off."""
    return min(outcomes(groups, division))


def loss(groups: Sequence[Group], division: Sequence[int]) -> int:
    """Return how much the group loses that loses most against the start; below 0 if all gain."""
    return max(
        group.outcomes[group.start] - got
        for group, got in zip(groups, outcomes(groups, division), strict=True)
    )


def choose(rule: str, groups: Sequence[Group], most: int = 0) -> list[int]:
    """Return the division that a rule would choose.

    Parameters
    ----------
    rule : str
        ``mean``: the highest mean. ``worst``: the highest outcome of the worst-off, and then the
        highest mean. ``equal``: equal portions; what is left over goes to those who are worst
        off. ``loss``: nobody loses more than `most` against the start, and then the highest mean.
    groups : sequence of Group
        The groups; their portions at the start, added up, are what there is to share.
    most : int, optional
        For ``loss``.

    Raises
    ------
    ValueError
        There is no such rule.
    """
    total = _total(groups)
    if rule == "mean":
        return _fill(groups, [0] * len(groups), total)
    if rule == "worst":
        levels = sorted({got for group in groups for got in group.outcomes})
        floors = [need for level in levels if (need := _need(groups, [level] * len(groups)))]
        return _fill(groups, [need for need in floors if sum(need) <= total][-1], total)
    if rule == "loss":
        return _fill(groups, floor(rule, groups, most), total)
    if rule == "equal":
        return _equal(groups)
    raise ValueError(f'there is no rule "{rule}"; known: {", ".join(RULES)}')


def _need(groups: Sequence[Group], levels: Sequence[int]) -> list[int] | None:
    """Return the fewest portions by which each group reaches its level; None if one never does."""
    need = []
    for group, level in zip(groups, levels, strict=True):
        reached = [n for n, got in enumerate(group.outcomes) if got >= level]
        if not reached:
            return None
        need.append(reached[0])
    return need


def _fill(groups: Sequence[Group], least: Sequence[int], total: int) -> list[int]:
    """Give what is left after a floor, portion by portion, to where it adds most to the mean."""
    division = list(least)
    for _ in range(total - sum(least)):
        open_ = [i for i, group in enumerate(groups) if division[i] + 1 < len(group.outcomes)]
        best = max(open_, key=lambda i: (_gain(groups[i], division[i]), -i))
        division[best] += 1
    return division


def _gain(group: Group, portions: int) -> int:
    return group.people * (group.outcomes[portions + 1] - group.outcomes[portions])


def _equal(groups: Sequence[Group]) -> list[int]:
    """Give portions in rounds, in each round to the worst-off first."""
    division = [0] * len(groups)
    for _ in range(_total(groups)):
        open_ = [i for i, group in enumerate(groups) if division[i] + 1 < len(group.outcomes)]
        least = min(open_, key=lambda i: (division[i], groups[i].outcomes[division[i]], i))
        division[least] += 1
    return division


def floor(rule: str, groups: Sequence[Group], most: int = 0) -> list[int]:
    """Return the portions that a rule wants each group to have at least.

    Parameters
    ----------
    rule : str
        One of `RULES`. For ``mean`` there are none; see `keeps`.
    groups : sequence of Group
        The groups.
    most : int, optional
        For ``loss``.
    """
    if rule == "worst":
        level = worst(groups, choose(rule, groups))
        return _need(groups, [level] * len(groups)) or []
    if rule == "loss":
        return _need(groups, [group.outcomes[group.start] - most for group in groups]) or []
    if rule == "equal":
        return [min(portions, _share(groups)) for portions in _equal(groups)]
    return [0] * len(groups)


def keeps(rule: str, groups: Sequence[Group], division: Sequence[int], most: int = 0) -> bool:
    """Tell whether a division keeps a rule.

    It does when everything is given out and each group has what the rule wants for it; with
    ``equal``, portions that cannot be split evenly may go anywhere. With ``mean`` it does when
    no other division has a higher one.

    Parameters
    ----------
    rule : str
        One of `RULES`.
    groups : sequence of Group
        The groups.
    division : sequence of int
        The portions of each.
    most : int, optional
        For ``loss``.
    """
    given_out = sum(division) == _total(groups)
    enough = all(
        portions >= wanted
        for portions, wanted in zip(division, floor(rule, groups, most), strict=True)
    )
    if rule == "mean":
        enough = mean(groups, division) == mean(groups, choose(rule, groups))
    return given_out and enough


def _total(groups: Sequence[Group]) -> int:
    return sum(group.start for group in groups)


def _share(groups: Sequence[Group]) -> int:
    return _total(groups) // len(groups)
