"""`sliders`: the figures of a sharing activity as ipywidgets, for a notebook."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from ... import sheet
from ...errors import ActivityError, Problem
from ...model import load
from ...show import HOST, is_interactive
from ...words import words
from . import model

#: The limit of loss at the start.
LIMIT = 5


class Compared:
    """What divisions give each group, as text and as HTML."""

    def __init__(
        self,
        public: Mapping[str, Any],
        divisions: Mapping[str, Sequence[int]],
        *,
        amounts: bool = True,
    ) -> None:
        groups = model.groups_of(dict(public))
        s = words()["share"]

        def cell(group: model.Group, n: int) -> str:
            amount = f" ({model.amount(public, n)})" if amounts else ""
            return f"{group.outcomes[n]}{amount}"

        # Half a tenth goes up, as in the activity.
        tenths = [
            floor(10 * model.mean(groups, one) + Fraction(1, 2)) for one in divisions.values()
        ]
        means = [f"{n / 10:.1f}" for n in tenths]
        least = [str(model.worst(groups, one)) for one in divisions.values()]
        rows = [
            [group.name, *(cell(group, division[i]) for division in divisions.values())]
            for i, group in enumerate(groups)
        ]
        rows += [[s["mean"], *means], [s["worst"], *least]]
        self.table = sheet.Table(public["outcome"], list(divisions), rows)

    def __repr__(self) -> str:
        return f"{self.table.caption}\n\n{sheet.text([self.table])}"

    def _repr_html_(self) -> str:
        return sheet.html([self.table], [])


def by_rules(public: Mapping[str, Any], limit: int = LIMIT) -> Compared:
    """Return the division at the start beside those that the rules would choose.

    Parameters
    ----------
    public : mapping
        The public half of an activity of the kind ``share``.
    limit : int, optional
        For the rule ``loss``.
    """
    groups = model.groups_of(dict(public))
    names = words()["sliders"]["rules"]
    divisions = {words()["share"]["start"]: [group.start for group in groups]}
    for rule in model.RULES:
        divisions[names[rule].format(limit=limit)] = model.choose(rule, groups, limit)
    # So many columns fit on a phone without the amounts.
    return Compared(public, divisions, amounts=False)


class Sliders:
    """A slider for each group, a menu of rules, and a table that follows them.

    Parameters
    ----------
    public : mapping
        The public half of an activity of the kind ``share``.

    Attributes
    ----------
    box : ipywidgets.VBox
        What a notebook shows; it can stand among other widgets.
    shares : list of ipywidgets.IntSlider
        One for each group, in the unit of the activity.
    rule : ipywidgets.Dropdown
        The rule that is compared with.
    limit : ipywidgets.IntSlider
        How much a group may lose; shown with the rule ``loss``.
    """

    def __init__(self, public: Mapping[str, Any]) -> None:
        # Only here: the book and plain Python need no widgets.
        import ipywidgets as widgets

        self.public = public
        self.groups = model.groups_of(dict(public))
        s, portion = words()["sliders"], public["portion"]

        def drawn(widget: Any, name: str, **settings: Any) -> Any:
            # A layout of its own for each, as one of them is hidden at times.
            layout = widgets.Layout(width="min(34rem, 97%)")
            style = {"description_width": "9rem"}
            return widget(description=name, layout=layout, style=style, **settings)

        self.shares = [
            drawn(
                widgets.IntSlider,
                group.name,
                value=group.start * portion,
                max=(len(group.outcomes) - 1) * portion,
                step=portion,
            )
            for group in self.groups
        ]
        names = [(s["rules"][name].format(limit=s["mine"]), name) for name in model.RULES]
        self.rule = drawn(widgets.Dropdown, s["rule"], options=names)
        most = max(group.outcomes[group.start] - group.outcomes[0] for group in self.groups)
        self.limit = drawn(widgets.IntSlider, s["limit"], value=min(LIMIT, most), max=most)
        self._table = widgets.HTML()
        self._table.add_class("jp-RenderedHTMLCommon")  # tables as JupyterLab lays them out
        lead = widgets.Label(s["lead"].format(unit=public["unit"]))
        self.box = widgets.VBox([lead, *self.shares, self.rule, self.limit, self._table])
        for one in self.shares:
            one.observe(self._moved, names="value")
        for one in (self.rule, self.limit):
            one.observe(self._show, names="value")
        self._show()

    @property
    def division(self) -> list[int]:
        """The portions of each group, as the sliders stand."""
        return [one.value // self.public["portion"] for one in self.shares]

    @property
    def left(self) -> int:
        """The portions that are not given out."""
        return sum(group.start for group in self.groups) - sum(self.division)

    @property
    def compared(self) -> Compared:
        """The start, the sliders, and what the rule would choose."""
        s = words()["share"]
        return Compared(
            self.public,
            {
                s["start"]: [group.start for group in self.groups],
                s["now"]: self.division,
                s["byRule"]: model.choose(self.rule.value, self.groups, self.limit.value),
            },
        )

    @property
    def verdict(self) -> str:
        """What is left to give, and whether the division keeps the rule."""
        s = words()["share"]
        left = model.amount(self.public, self.left)
        kept = model.keeps(self.rule.value, self.groups, self.division, self.limit.value)
        return f"{s['left'].format(left=left)} {s['kept' if kept else 'notKept']}"

    def _moved(self, change: Mapping[str, Any]) -> None:
        if self.left < 0:
            # More than there is: back as far as it goes. Setting it comes here again.
            change["owner"].value += self.left * self.public["portion"]
            return
        self._show()

    def _show(self, _: object = None) -> None:
        self.limit.layout.display = None if self.rule.value == "loss" else "none"
        said = sheet.html([sheet.Para(self.verdict)], [])
        self._table.value = f'{self.compared._repr_html_()}<div role="status">{said}</div>'

    def __repr__(self) -> str:
        return f"{self.compared!r}\n\n{self.verdict}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        # A saved notebook can be read where there are no widgets.
        shown: dict[str, Any] = self.box._repr_mimebundle_()
        return {**shown, "text/plain": repr(self)}


def sliders(ref: str | os.PathLike[str]) -> Sliders | Compared:
    """Show the figures of a sharing activity with sliders of ipywidgets.

    The learner moves portions between the groups, chooses a rule or sets the limit of one, and
    sees the mean, the worst-off, and what the rule would choose. Nothing is kept or graded;
    `activity` does that.

    Parameters
    ----------
    ref : str or path
        An activity of the kind ``share``, as for `activity`.

    Returns
    -------
    Sliders or Compared
        In a notebook, the sliders. While the book is built and in plain Python, a table of what
        each rule would choose; plain Python prints it besides.

    Raises
    ------
    ActivityError
        The file cannot be used, or it is of another kind.
    """
    loaded = load(ref)
    if loaded.kind != "share":
        message = f"is of the kind {loaded.kind}; sliders need one of the kind share"
        raise ActivityError([Problem(str(loaded.path), 0, "kind", message)])
    if os.environ.get(HOST) == "book":
        return by_rules(loaded.public)
    if not is_interactive():
        told = by_rules(loaded.public)
        print(told)
        return told
    return Sliders(loaded.public)
