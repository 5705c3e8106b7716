"""Whether the holders of one value keep to the same facilities more than their like would.

A holder's like: persons of the same region who go to that kind of facility as often (in powers of
two), and of the same place (address without its digits) where enough of them are known, the holders
themselves left out. A home counts once, by the member with the most visits. The days of each home
at a set of facilities (one, or all of one controller) are capped, so that no regular customer makes
a group alone; were the value held by others of their like, the sum of the capped days would follow
the convolution of the strata's laws.

Two questions are put: do they keep to one facility, and do they keep to one controller's. Few
controllers have several facilities, and registers name them beforehand: each question has half of
the level, so that the many facilities do not use up the few controllers' share (weighted
Bonferroni: Genovese, Roeder & Wasserman 2006, doi:10.1093/biomet/93.3.509). How many share a value
gives it no weight: a group's size tells in its law already, and offices share the most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.coded_claims import code_claims
from graphfraud.engine.duckdb import Engine
from graphfraud.model.scheduled import SCHEDULED_CODES
from graphfraud.network.coincidence import convolved, tail
from graphfraud.patterns.pivot_values import Pivot

Floats = NDArray[np.float64]

EACH = 3  # days at one facility that count: three make a habit, more say nothing of the group
CAP = 2 * EACH  # days of a home that count in all: regular at two places of one controller
PRIOR = 30  # persons of the region whose weight stands beside a place's own


class Habit(NamedTuple):
    """A person's stratum, and how many facilities persons of their region went to."""

    region: str
    place: str
    habit: int
    facilities: int


@dataclass(frozen=True)
class Town:
    """Who was where: visits: rows of pivot_visits.sql; sets: number -> facilities.

    counts, strata: persons by days for (set, stratum), and persons by stratum.
    """

    visits: pd.DataFrame
    days: Mapping[str, Mapping[str, int]]  # person -> facility -> days
    sets: Mapping[int, tuple[str, ...]]
    kinds: Mapping[int, str]  # of facility, by set
    habits: Mapping[tuple[str, str], Habit]  # by (person, kind)
    counts: Mapping[tuple[int, str, int, str], Floats]
    strata: Mapping[tuple[str, str, int, str], int]


@dataclass(frozen=True)
class Conduct:
    """How often a pivot's homes were at one set of facilities, and what chance gives.

    homes: person ids that stand for their home; days: capped, by person; law: of their sum;
    tests: by how much its p-value counts, for all that was asked.
    """

    pivot: Pivot
    number: int
    facilities: tuple[str, ...]
    homes: tuple[str, ...]
    days: Mapping[str, int]
    law: Floats
    tests: int

    @property
    def observed(self) -> int:
        """Return the sum of the homes' capped days."""
        return sum(self.days[person] for person in self.homes)

    @property
    def expected(self) -> float:
        """Return the sum that chance gives."""
        return float(np.arange(len(self.law)) @ self.law)

    @property
    def p_value(self) -> float:
        """Return the family-wise p-value of what was seen."""
        return self.chance(self.observed)

    def chance(self, units: int) -> float:
        """Return the family-wise p-value of so many capped days."""
        return min(1.0, self.tests * tail(self.law, units)) if units > 0 else 1.0


def read_town(engine: Engine, pivots: Sequence[Pivot], homes: int) -> Town:
    """Return the visits and laws for every set that at least `homes` homes of a pivot went to."""
    people = sorted({person for pivot in pivots for person in pivot.persons})
    engine.register("pivot_people", pd.DataFrame({"person_id": people}))
    codes = "|".join(sorted(code.replace(".", "").upper() for code in SCHEDULED_CODES))
    code_claims(engine)
    visits = engine.frame("patterns/pivot_visits", {"scheduled": f"^({codes})"})
    known = engine.frame("patterns/pivot_habits").itertuples(index=False)
    habits = {
        (who, kind): Habit(region, place, int(n), int(of))
        for who, kind, region, place, n, of in known
    }
    days: dict[str, dict[str, int]] = {}
    for who, facility in zip(visits["person_id"], visits["facility_id"], strict=True):
        mine = days.setdefault(who, {})
        mine[facility] = mine.get(facility, 0) + 1
    in_play = _sets(engine, pivots, days, homes)
    sets = {number: places for number, (_, places) in enumerate(in_play)}
    kinds = {number: kind for number, (kind, _) in enumerate(in_play)}
    table = [(n, kinds[n], facility) for n, places in sets.items() for facility in places]
    engine.register("pivot_sets", pd.DataFrame(table, columns=["number", "kind", "facility_id"]))
    counts: dict[tuple[int, str, int, str], Floats] = {}
    rows = engine.frame("patterns/pivot_counts", {"each": EACH, "cap": CAP})
    for number, region, habit, place, on, persons in rows.itertuples(index=False):
        law = counts.setdefault((int(number), region, int(habit), place), np.zeros(CAP + 1))
        law[int(on)] += persons
    sizes = engine.frame("patterns/pivot_strata").itertuples(index=False)
    strata = {(kind, region, int(habit), place): int(n) for kind, region, habit, place, n in sizes}
    return Town(visits, days, sets, kinds, habits, counts, strata)


def _sets(
    engine: Engine,
    pivots: Sequence[Pivot],
    days: Mapping[str, Mapping[str, int]],
    homes: int,
) -> list[tuple[str, tuple[str, ...]]]:
    """Return kind and facilities of each set in play: one facility, or a controller's of a kind."""
    rows = engine.frame("patterns/pivot_controllers")
    kind_of = dict(zip(rows["facility_id"], rows["kind"], strict=True))
    ties = rows.groupby(["controller", "kind"])["facility_id"]
    whole = {(kind_of[places.iloc[0]], tuple(sorted(set(places)))) for _, places in ties}
    found = {one for one in whole if len(one[1]) > 1}
    for pivot in pivots:
        been: dict[str, set[int]] = {}
        for person, home in pivot.homes.items():
            for facility in days.get(person, {}):
                been.setdefault(facility, set()).add(home)
        found |= {(kind_of[f], (f,)) for f, there in been.items() if len(there) >= homes}
    return sorted(found)


def conducts(pivots: Sequence[Pivot], town: Town, homes: int) -> list[Conduct]:
    """Return the conduct of every pivot at every set in play, sorted by pivot and set."""
    alone, together = _families(pivots, town)
    serving: dict[str, list[int]] = {}
    for number, places in town.sets.items():
        for place in places:
            serving.setdefault(place, []).append(number)
    found = []
    for pivot in pivots:
        people = _representatives(pivot, town)
        been = {place for person in people for place in town.days.get(person, {})}
        for number in sorted({number for place in been for number in serving.get(place, ())}):
            places = town.sets[number]
            days = {person: days_at(town, person, places) for person in pivot.persons}
            if sum(days[person] > 0 for person in people) >= homes:
                laws = [_law(town, pivot, number, days, person) for person in people]
                law = convolved(laws)
                tests = together if len(places) > 1 else alone
                found.append(Conduct(pivot, number, places, people, days, law, tests))
    return found


def _families(pivots: Sequence[Pivot], town: Town) -> tuple[int, int]:
    """Return by how much p-values count: at one facility, and at all of one controller.

    Every pivot with every facility that persons of its holders' regions went to, and with every
    controller of several such facilities, known from the margins alone; twice where both are asked.
    """
    served = {(number, region) for number, region, _, _ in town.counts}
    several = [number for number, places in town.sets.items() if len(places) > 1]
    alone = together = 0
    for pivot in pivots:
        regions = _regions(pivot, town)
        alone += max(1, sum(regions.values()))
        together += sum(any((number, one) in served for one in regions) for number in several)
    questions = 1 + (together > 0)
    return questions * alone, questions * together


def days_at(town: Town, person: str, places: Sequence[str]) -> int:
    """Return on how many days a person was at the places: EACH at one and CAP in all at most."""
    been = town.days.get(person, {})
    return min(CAP, sum(min(EACH, been.get(place, 0)) for place in places))


def usual(town: Town, one: Conduct, person: str) -> float:
    """Return on how many days (capped) a person of the same kind is there."""
    law = _law(town, one.pivot, one.number, one.days, person)
    return float(np.arange(len(law)) @ law)


def surprise(town: Town, one: Conduct, person: str) -> float:
    """Return the chance that a person of the same kind is there so often."""
    return tail(_law(town, one.pivot, one.number, one.days, person), one.days[person])


def _regions(pivot: Pivot, town: Town) -> dict[str, int]:
    """Return how many facilities the persons of each region of the holders went to."""
    kind = min(town.kinds.values(), default="")
    known = [town.habits[person, kind] for person in pivot.homes if (person, kind) in town.habits]
    return {one.region: one.facilities for one in known}


def _representatives(pivot: Pivot, town: Town) -> tuple[str, ...]:
    """Return for each home the person with the most visits, wherever these were."""
    best: dict[int, tuple[int, str]] = {}
    for person, home in sorted(pivot.homes.items()):
        mine = (-sum(town.days.get(person, {}).values()), person)
        best[home] = min(best.get(home, mine), mine)
    return tuple(sorted(person for _, person in best.values()))


def _law(town: Town, pivot: Pivot, number: int, days: Mapping[str, int], person: str) -> Floats:
    """Return the law of the capped days of a person of this one's kind, the holders left out."""
    region, place, habit, _ = town.habits[person, town.kinds[number]]
    wide = _left(town, pivot, number, days, (region, habit, ""))
    law: Floats = (wide + _uniform()) / (wide.sum() + 1)
    if not place:
        return law
    near = _left(town, pivot, number, days, (region, habit, place))
    return np.asarray((near + PRIOR * law) / (near.sum() + PRIOR))


def _left(
    town: Town, pivot: Pivot, number: int, days: Mapping[str, int], stratum: tuple[str, int, str]
) -> Floats:
    """Return how many persons of the stratum were there on 0, 1, … days, the holders left out."""
    region, habit, place = stratum
    law = np.array(town.counts.get((number, *stratum), np.zeros(CAP + 1)))
    law[0] = town.strata.get((town.kinds[number], *stratum), 0) - law[1:].sum()
    for person in pivot.homes:
        mine = town.habits[person, town.kinds[number]]
        if (mine.region, mine.habit) == (region, habit) and place in {"", mine.place}:
            law[days[person]] -= 1
    return np.asarray(np.maximum(law, 0.0))


def _uniform() -> Floats:
    """Return the law that stands in for one unknown person: no count is impossible."""
    return np.full(CAP + 1, 1.0 / (CAP + 1))
