"""Reads what registers know of the members of groups, for the innocent reasons."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.values import plain_text
from graphfraud.findings.homes import Registers
from graphfraud.patterns.group import Group

# A doctor who sees half of thirty patients or more on one weekday of seven has a fixed clinic day.
CLINIC_DAY = {"least": 30, "share": 0.5}
# Six of ten on one weekday: hospitals admit at most a quarter on any (chance gives it 2 % at ten).
OPERATING_DAY = {"least": 10, "share": 0.6}
# Who comes again within 31 days counts as readmitted (出院31天内再住院率, a national indicator).
COURSE = {"days": 31}


def read_registers(engine: Engine, groups: Sequence[Group]) -> Registers:
    """Return addresses, phones, employers, kin, colleagues on a day, clinic and operating days.

    groups: at least one.
    """
    return read_all(engine, [groups])[0]


def read_all(engine: Engine, parts: Sequence[Sequence[Group]]) -> list[Registers]:
    """Return the registers of each part, groups of one pattern, read once for all parts together.

    What is known of a part are its own members; no part may be empty.
    """
    everybody = [group for part in parts for group in part]
    engine.run("findings/admitted")
    with _asked(engine, everybody):
        courses = _visits(engine.frame("findings/courses", COURSE))
        persons = plain_text(engine.frame("findings/person_facts")).set_index("person_id")
        kin = engine.frame("findings/kin")
        crowds = engine.frame("findings/employer_days")
        clinic = _visits(engine.frame("findings/clinic_days", CLINIC_DAY))
    days = pd.to_datetime(crowds["day"])
    keys = zip(crowds["facility_id"], days, crowds["employer"], strict=True)
    colleagues = dict(zip(keys, crowds["colleagues"].astype(int), strict=True))
    pairs = frozenset(zip(kin["a"], kin["b"], strict=True))
    whole = Registers(persons, pairs, colleagues, clinic, courses=courses)
    return [_of_part(engine, whole, part) for part in parts]


def _of_part(engine: Engine, whole: Registers, groups: Sequence[Group]) -> Registers:
    """Return what is known of the members of these groups alone."""
    members = _members(groups)
    inside = set(members)
    with _asked(engine, groups):
        # Members fix no operating day: whose days count depends on who is asked about.
        operating = engine.frame("findings/operating_days", OPERATING_DAY)
    return replace(
        whole,
        persons=whole.persons.loc[members],
        kin=frozenset(pair for pair in whole.kin if inside.issuperset(pair)),
        operations=_visits(operating),
    )


def _members(groups: Sequence[Group]) -> list[str]:
    return sorted({person for group in groups for person in group.persons})


@contextmanager
def _asked(engine: Engine, groups: Sequence[Group]) -> Iterator[None]:
    """Lend the engine the members of the groups, and where and when they acted."""
    acts = pd.concat([group.acts[["facility_id", "day"]] for group in groups]).drop_duplicates()
    days = acts.assign(day=pd.to_datetime(acts["day"], unit="s").dt.date)
    engine.register("members", pd.DataFrame({"person_id": pd.Series(_members(groups), dtype=str)}))
    engine.register("acts", days)
    try:
        yield
    finally:
        engine.unregister("members")
        engine.unregister("acts")


def _visits(table: pd.DataFrame) -> frozenset[tuple[str, str, pd.Timestamp]]:
    when = pd.to_datetime(table["day"])
    return frozenset(zip(table["person_id"], table["facility_id"], when, strict=True))


def ring_claims(engine: Engine, groups: Sequence[Group]) -> pd.DataFrame:
    """Return the groups' claims, see sql/findings/ring_claims.sql; ring: position in groups."""
    parts = [group.claims[["event", "claim_id"]] for group in groups]
    table = pd.concat(parts, keys=range(len(parts)), names=["ring", None]).reset_index("ring")
    engine.register("deciding", table.drop_duplicates().reset_index(drop=True))
    try:
        return engine.frame("findings/ring_claims")
    finally:
        engine.unregister("deciding")
