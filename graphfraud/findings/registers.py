"""Reads what registers know of the members of groups, for the innocent reasons."""

import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.findings.explanations import Registers
from graphfraud.patterns.contract import Group


def read_registers(engine: Engine, groups: tuple[Group, ...], visits: pd.DataFrame) -> Registers:
    """Return addresses, phones, employers, kin, and how many colleagues were there on a day."""
    members = sorted({person for group in groups for person in group.persons})
    engine.register("members", pd.DataFrame({"person_id": pd.Series(members, dtype=str)}))
    engine.register("joint_visits", visits.assign(day=visits["day"].dt.date))
    try:
        persons = engine.frame("findings/person_facts").set_index("person_id")
        kin = engine.frame("findings/kin")
        days = engine.frame("findings/employer_days")
    finally:
        engine.unregister("members")
        engine.unregister("joint_visits")
    keys = zip(days["facility_id"], pd.to_datetime(days["day"]), days["employer"], strict=True)
    colleagues = dict(zip(keys, days["colleagues"].astype(int), strict=True))
    return Registers(persons, frozenset(zip(kin["a"], kin["b"], strict=True)), colleagues)
