"""Groups, registers and outcomes made by hand."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from graphfraud.engine.visits import SECONDS_A_DAY
from graphfraud.findings.explanations import Registers
from graphfraud.patterns.contract import Group, Outcome

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
    persons: Sequence[str], table: pd.DataFrame | None = None, *, p_value: float = 0.01
) -> Group:
    """Return a group whose every pair met on ten days, unless `table` says otherwise."""
    pairs = list(combinations(sorted(persons), 2))
    table = meetings(dict.fromkeys(pairs, 10)) if table is None else table
    ties = pd.DataFrame(pairs, columns=["a", "b"]).assign(observed=10, expected=0.1, p=1e-9, q=1e-6)
    observed = len(table[["a", "b", "day"]].drop_duplicates())
    own = dict.fromkeys(sorted(persons), 20)
    return Group(
        tuple(sorted(persons)), ties, table, observed, 0.1 * len(pairs), 99.0, p_value, own
    )


def outcome_of(*groups: Group) -> Outcome:
    """Return an outcome in which replicates showed next to nothing."""
    return Outcome(groups=groups, null_best=(0.0,) * 98 + (5.0,), dispersion=0.0, tie_level=1e-3)


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
    """Return that no meeting of the group is excused."""
    return np.full(len(group.meetings), "", dtype="U20")
