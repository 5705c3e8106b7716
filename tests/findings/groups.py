"""Groups, registers and outcomes made by hand."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from graphfraud.engine.visits import SECONDS_A_DAY
from graphfraud.findings.homes import Registers
from graphfraud.network.significance import log_likelihood_ratio
from graphfraud.patterns.group import Group
from graphfraud.patterns.replicates import Null

MONDAY = 20_003 * SECONDS_A_DAY  # 2024-10-07
Pair = tuple[str, str]
UNKNOWN: dict[str, object] = {
    "address": "", "address_size": 0, "address_born": 0, "phone": "", "phone_size": 0,
    "employer": "", "region": "",
}  # fmt: skip


def meetings(
    days: Mapping[Pair, int], *, facility: str = "P1", scheduled: Iterable[int] = ()
) -> pd.DataFrame:
    """Return one meeting of each pair on each of its first `days` days; scheduled: day numbers."""
    planned = set(scheduled)
    rows = [
        {
            "a": a, "b": b, "facility_id": facility, "kind": 1,
            "day": MONDAY + day * SECONDS_A_DAY, "start_a": MONDAY + day * SECONDS_A_DAY + 32_400,
            "start_b": MONDAY + day * SECONDS_A_DAY + 32_700, "scheduled": day in planned,
        }
        for (a, b), number in sorted(days.items())
        for day in range(number)
    ]  # fmt: skip
    columns = ["a", "b", "facility_id", "kind", "day", "start_a", "start_b", "scheduled"]
    return pd.DataFrame(rows, columns=columns)


def group_of(
    persons: Sequence[str],
    table: pd.DataFrame | None = None,
    *,
    p_value: float | None = None,
    null_best: Sequence[float] = (*(0.0,) * 98, 5.0),
    tie_level: float = 1e-3,
) -> Group:
    """Return a group whose every pair met on ten days, unless `table` says otherwise.

    Its p-value comes from replicates that showed next to nothing, unless `p_value` is given.
    """
    pairs = list(combinations(sorted(persons), 2))
    table = meetings(dict.fromkeys(pairs, 10)) if table is None else table
    ties = pd.DataFrame(pairs, columns=["a", "b"]).assign(observed=10, expected=0.1, p=1e-9, q=1e-6)
    expected = 0.1 * len(pairs)

    def chance(joint_days: int) -> float:
        if p_value is not None:
            return p_value
        return Null(0.0, tuple(null_best)).p_value(log_likelihood_ratio(joint_days, expected))

    return Group(
        members=members_of(sorted(persons)),
        acts=table.assign(unit=table.groupby(["a", "b", "day"]).ngroup(), excuse=""),
        claims=pd.DataFrame({"event": pd.Series(dtype=int), "claim_id": pd.Series(dtype=str)}),
        ties=ties.assign(type_a="person", type_b="person"),
        expected=expected,
        chance=chance,
        summary_zh=f"{len(persons)} 人",
        summary_en=f"{len(persons)} persons",
        tie_level=tie_level,
    )


def members_of(persons: Iterable[str], facilities: Iterable[str] = ("P1",)) -> pd.DataFrame:
    """Return card holders of weight 1 and the places they meet at."""
    rows = [("facility", place, "place_of_joint_visits", 1.0) for place in facilities]
    rows += [("person", person, "card_holder", 1.0) for person in persons]
    return pd.DataFrame(rows, columns=["entity_type", "entity_id", "role", "weight"])


def acts_of(days: Mapping[str, int], *, facility: str = "P1", excuse: str = "") -> pd.DataFrame:
    """Return one act of each person alone on each of the first `days` days."""
    rows = [
        (person, "", facility, MONDAY + day * SECONDS_A_DAY, False, excuse)
        for person, number in sorted(days.items())
        for day in range(number)
    ]
    table = pd.DataFrame(rows, columns=["a", "b", "facility_id", "day", "scheduled", "excuse"])
    return table.assign(unit=np.arange(len(table)))


def registers(
    facts: Mapping[str, Mapping[str, object]] | None = None,
    kin: Iterable[Pair] = (),
    colleagues: Mapping[tuple[str, pd.Timestamp, str], int] | None = None,
) -> Registers:
    """Return registers that know the given facts of persons, and nothing of all others."""
    rows = {person: UNKNOWN | dict(known) for person, known in (facts or {}).items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(UNKNOWN))
    numbers = dict.fromkeys(("address_size", "address_born", "phone_size"), "int64")
    texts = dict.fromkeys(("address", "phone", "employer", "region"), "str")
    return Registers(table.astype(numbers | texts), frozenset(kin), colleagues or {})


def no_excuses(group: Group) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    """Return that no act of the group is excused."""
    return np.full(len(group.acts), "", dtype="U20")
