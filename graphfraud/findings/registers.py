"""Reads what registers know of the members of groups, for the innocent reasons."""

from collections.abc import Sequence

import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.values import plain_text
from graphfraud.findings.homes import Registers
from graphfraud.patterns.group import Group

# A doctor who sees half of thirty patients or more on one weekday of seven has a fixed clinic day.
CLINIC_DAY = {"least": 30, "share": 0.5}
# Six of ten on one weekday: hospitals admit at most a quarter on any (chance gives it 2 % at ten).
OPERATING_DAY = {"least": 10, "share": 0.6}


def read_registers(engine: Engine, groups: Sequence[Group]) -> Registers:
    """Return addresses, phones, employers, kin, colleagues on a day, clinic and operating days.

    groups: at least one.
    """
    members = sorted({person for group in groups for person in group.persons})
    acts = pd.concat([group.acts[["facility_id", "day"]] for group in groups]).drop_duplicates()
    days = acts.assign(day=pd.to_datetime(acts["day"], unit="s").dt.date)
    engine.register("members", pd.DataFrame({"person_id": pd.Series(members, dtype=str)}))
    engine.register("acts", days)
    try:
        persons = plain_text(engine.frame("findings/person_facts")).set_index("person_id")
        kin = engine.frame("findings/kin")
        crowds = engine.frame("findings/employer_days")
        clinic = engine.frame("findings/clinic_days", CLINIC_DAY)
        operating = engine.frame("findings/operating_days", OPERATING_DAY)
    finally:
        engine.unregister("members")
        engine.unregister("acts")
    keys = zip(
        crowds["facility_id"], pd.to_datetime(crowds["day"]), crowds["employer"], strict=True
    )
    colleagues = dict(zip(keys, crowds["colleagues"].astype(int), strict=True))
    pairs = frozenset(zip(kin["a"], kin["b"], strict=True))
    return Registers(persons, pairs, colleagues, _visits(clinic), _visits(operating))


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
