"""The numbers of the course's invented cases, each computed in one place.

Places, people and figures were made up for teaching; they prove nothing. The standard
library is enough for this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "AFTER_SCHOOL_LAMPS",
    "BRACKWATER",
    "CELLARS",
    "HALVERTON_PARTNERS",
    "LINES",
    "LUMARI",
    "ROBBERIES",
    "SAN_AURELIO",
    "VELMARK",
    "Entry",
    "Training",
    "TwoAreas",
    "budget",
    "cost_of_each_robbery_fewer",
    "money_sum",
]


@dataclass(frozen=True)
class TwoAreas:
    """Counts before and after in an area with a programme and in one without.

    Attributes
    ----------
    before, after : int
        Where the programme was.
    other_before, other_after : int
        In the comparison area.
    """

    before: int
    after: int
    other_before: int
    other_after: int

    @property
    def change(self) -> int:
        """Change where the programme was."""
        return self.after - self.before

    @property
    def other_change(self) -> int:
        """Change in the comparison area: what would perhaps have come anyway."""
        return self.other_after - self.other_before

    @property
    def without(self) -> int:
        """The count that the same change as in the comparison area would have led to."""
        return self.before + self.other_change

    @property
    def difference(self) -> int:
        """Difference in differences: the change that can be credited to the programme."""
        return self.change - self.other_change


LUMARI = TwoAreas(before=42, after=12, other_before=40, other_after=31)
"""Measles, cases per 10,000 children under five: Lumari and the comparison district."""

CELLARS = TwoAreas(before=120, after=40, other_before=100, other_after=90)
"""Flooded cellars a year: in Brackwater and in a city like it."""

ROBBERIES = TwoAreas(before=340, after=250, other_before=300, other_after=270)
"""Robberies a year: near San Aurelio's market and in the comparison area."""


@dataclass(frozen=True)
class Training:
    """What became of the people in a training programme.

    Attributes
    ----------
    places, finished, in_work_after_3_months, in_work_after_a_year : int
        Persons.
    offers_before : int
        How many of the finishers held a job offer when they began.
    offers_among_those_in_work : int
        How many of these are in work after a year.
    """

    places: int
    finished: int
    in_work_after_3_months: int
    in_work_after_a_year: int
    offers_before: int
    offers_among_those_in_work: int

    @property
    def share_in_work(self) -> float:
        """Share of all places in work after a year, as a number from 0 to 1."""
        return self.in_work_after_a_year / self.places

    @property
    def share_credited(self) -> float:
        """Share of all places that the training can be credited with at most."""
        return (self.in_work_after_a_year - self.offers_among_those_in_work) / self.places


VELMARK = Training(
    places=400,
    finished=260,
    in_work_after_3_months=120,
    in_work_after_a_year=84,
    offers_before=90,
    offers_among_those_in_work=50,
)
"""Youth employment in Velmark."""


# --- A public value account ----------------------------------------------------------

Side = Literal["cost", "gain", "justice"]

LINES: dict[str, Side] = {
    "money used": "cost",
    "authority used": "cost",
    "unintended harm": "cost",
    "mission result": "gain",
    "satisfaction of those served": "gain",
    "satisfaction of those obliged": "gain",
    "unintended good": "gain",
    "justice, single cases": "justice",
    "justice, overall": "justice",
}
"""The lines of a public value account, and the part in which each stands."""


@dataclass(frozen=True)
class Entry:
    """An entry of a public value account.

    Attributes
    ----------
    text : str
        What happened.
    line : str
        One of `LINES`.
    sign : int
        1 for a gain, -1 for a loss.
    money : int, optional
        Amount without a sign, in crowns. Without it the entry stands in the band "not
        in money".
    """

    text: str
    line: str
    sign: Literal[-1, 1]
    money: int | None = None


_CREDITED = ROBBERIES.difference

SAN_AURELIO: tuple[Entry, ...] = (
    Entry("Overtime for patrols and stewards", "money used", -1, 420_000),
    Entry("Lamps in six streets", "money used", -1, 180_000),
    Entry("Training and record forms", "money used", -1, 60_000),
    Entry("5,200 persons stopped; something found on 310 (6 %)", "authority used", -1),
    Entry(
        "Stallholders lose sales, because young customers stay away",
        "unintended harm",
        -1,
        40_000,
    ),
    Entry("Young people who avoid the square after dark: 22 → 35 %", "unintended harm", -1),
    Entry(
        f"Robberies near the market {ROBBERIES.before} → {ROBBERIES.after}; comparison area "
        f"{ROBBERIES.other_before} → {ROBBERIES.other_after}: {-_CREDITED} fewer can be credited",
        "mission result",
        1,
    ),
    Entry("Market users who feel safe: 48 → 61 %", "satisfaction of those served", 1),
    Entry(
        "Of the persons stopped, 38 % say they were treated with respect; the agreed mark was 60 %",
        "satisfaction of those obliged",
        -1,
    ),
    Entry("Evening trade brings market fees that nobody had planned", "unintended good", 1, 25_000),
    Entry("Stewards bring 35 lost children home", "unintended good", 1),
    Entry("46 complaints, 19 upheld", "justice, single cases", -1),
    Entry(
        "A reason and a record given in 4,680 of 5,200 stops (90 %); the year before in 20 %",
        "justice, single cases",
        1,
    ),
    Entry(
        "88 stops per 1,000 residents in Ladera, 31 in Puerto Viejo; found per stop 4 % and 9 %",
        "justice, overall",
        -1,
    ),
)
"""First year of patrols, lamps and stewards in San Aurelio; crowns."""

BRACKWATER: tuple[Entry, ...] = (
    Entry("Two pumps, and street gardens that soak up rain", "money used", -1, 800_000),
    Entry("A levy laid on 3,100 owners", "authority used", -1),
    Entry("Tenants beside the pumps who sleep badly: 0 → 40", "unintended harm", -1),
    Entry(
        f"Flooded cellars {CELLARS.before} → {CELLARS.after}; in a city like it "
        f"{CELLARS.other_before} → {CELLARS.other_after}: {-CELLARS.difference} fewer can be "
        "credited",
        "mission result",
        1,
    ),
    Entry("In the low streets, people who feel safe: 30 → 55 %", "satisfaction of those served", 1),
    Entry("Owners who call the levy fair: 44 → 38 %", "satisfaction of those obliged", -1),
    Entry("Shops beside the gardens sell more", "unintended good", 1, 15_000),
    Entry("12 objections to the levy, all answered within a month", "justice, single cases", 1),
    Entry("Of 18 gardens, 2 are in the poorer half of the city", "justice, overall", -1),
)
"""A year of pumps and street gardens in Brackwater, one entry for each line; crowns."""


def money_sum(entries: Iterable[Entry]) -> int:
    """Sum of the money band, gains less losses, in crowns."""
    return sum(entry.sign * entry.money for entry in entries if entry.money is not None)


def budget(entries: Iterable[Entry]) -> int:
    """Money used, in crowns, without a sign."""
    return -money_sum(entry for entry in entries if entry.line == "money used")


def cost_of_each_robbery_fewer() -> float:
    """Budget of San Aurelio for each robbery fewer that can be credited, in crowns."""
    return budget(SAN_AURELIO) / -ROBBERIES.difference


# --- Halverton -----------------------------------------------------------------------

AFTER_SCHOOL_LAMPS: dict[str, str] = {
    "1": "met",
    "2": "in doubt",
    "3": "not met",
    "4": "in doubt",
    "5": "in doubt",
    "6": "not met",
}
"""How the six rules of alignment stand for the after-school room of Halverton's library."""

HALVERTON_PARTNERS: dict[str, str] = {
    "Library": "an open house, safe for all",
    "Health agency": "lives saved on the spot",
    "Police": "order in the square",
    "Shelter charity": "nobody given up",
}
"""Who meets people in acute distress in Halverton's library, and what each is there for."""
