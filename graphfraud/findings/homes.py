"""Who lives together, as the registers know it: households, families and care homes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import networkx as nx
import pandas as pd

from graphfraud.patterns.group import Group

HOUSEHOLD_ADDRESS = 8  # more people than this at one address are no household
HOUSEHOLD_PHONE = 6
CARE_HOME_AGE = 60
CARE_HOME_WORDS = ("养老", "敬老", "福利院", "护理院", "老年公寓", "nursing home", "care home")


@dataclass(frozen=True)
class Registers:
    """What is known of the members of all groups.

    persons: person_facts.sql, indexed by person_id; kin: pairs (a, b) of relatives; colleagues:
    (facility_id, day, employer) -> how many of them were there; clinic_visits: (person_id,
    facility_id, day) on the fixed clinic day of the doctor who was seen; operations: the same on
    the hospital's fixed operating day; courses: the same of admissions that continue a treatment.
    """

    persons: pd.DataFrame
    kin: frozenset[tuple[str, str]]
    colleagues: Mapping[tuple[str, pd.Timestamp, str], int]
    clinic_visits: frozenset[tuple[str, str, pd.Timestamp]] = frozenset()
    operations: frozenset[tuple[str, str, pd.Timestamp]] = frozenset()
    courses: frozenset[tuple[str, str, pd.Timestamp]] = frozenset()

    @cached_property
    def told(self) -> Mapping[str, frozenset[str]]:
        """Return of whom an address, a phone, an employer is known."""
        columns = ("address", "phone", "employer")
        known = {column: self.persons[column].fillna("") != "" for column in columns}
        return {column: frozenset(self.persons.index[mask]) for column, mask in known.items()}

    @cached_property
    def relatives(self) -> Mapping[str, list[str]]:
        """Return the relatives of each first person of the pairs, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for a, b in sorted(self.kin):
            found[a].append(b)
        return found


def elderly_addresses(group: Group, facts: pd.DataFrame) -> list[str]:
    """Return the members' addresses that are care homes: by name, or by who lives there."""
    known = facts.reindex(list(group.persons)).dropna(subset=["address"])
    year = pd.to_datetime(group.acts["day"], unit="s").dt.year.max()
    return sorted(set(known.loc[in_care_home(known, year), "address"]))


def in_care_home(facts: pd.DataFrame, year: "int | pd.Series[int]") -> "pd.Series[bool]":
    """Say of each row's address whether it was a care home that year (one for all, or each's)."""
    many = (facts["address"] != "") & (facts["address_size"] > HOUSEHOLD_ADDRESS)
    old = (facts["address_born"] > 0) & (year - facts["address_born"] >= CARE_HOME_AGE)
    names = facts["address"].where(many, "").str.lower()
    return many & (old | names.str.contains("|".join(CARE_HOME_WORDS), regex=True))


def followers(group: Group, registers: Registers) -> dict[str, str]:
    """Return every member but the first of each home -> household or care_home."""
    known = registers.persons.reindex(list(group.persons)).dropna(subset=["address"])
    elderly = known["address"].isin(elderly_addresses(group, registers.persons))
    small = (known["address"] != "") & (known["address_size"] <= HOUSEHOLD_ADDRESS)
    phone = (known["phone"] != "") & (known["phone_size"] <= HOUSEHOLD_PHONE)
    members = set(group.persons)
    kin = [(a, b) for a in group.persons for b in registers.relatives.get(a, ()) if b in members]
    pairs = [*_neighbours(known.loc[small | elderly, "address"]), *kin]
    graph: nx.Graph[str] = nx.Graph([*pairs, *_neighbours(known.loc[phone, "phone"])])
    homes = sorted(sorted(home) for home in nx.connected_components(graph))
    cared = set(known.index[elderly])
    return {
        person: "care_home" if person in cared else "household"
        for _, *others in homes
        for person in others
    }


def _neighbours(values: "pd.Series[str]") -> Iterable[tuple[str, str]]:
    """Yield pairs of persons who hold one value, enough to connect all of them."""
    for _, same in values.groupby(values):
        people = same.index.tolist()
        yield from pairwise(people)
