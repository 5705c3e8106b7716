"""Reads what the conduct signals look at, for all rings at once: one SQL step a need."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.values import plain_text
from graphfraud.findings.rings import Ring
from graphfraud.findings.signals.rows import RingRows
from graphfraud.model.resale import RESALE_CODES, RESALE_NAMES

LAYERING_DAYS = 30  # a month: longer, and any two payments of a busy account would join
PEER_STAYS = 30  # a month of one bed's: what few stays of a hospital say is doubtful
GO_BETWEEN_PAYEES = 100  # an account that pays more others is a bank, an employer or a platform
ORDINARY_PURPOSES = "工资|薪|奖金|退费|退款|salary|wage|payroll|refund"
REGISTERED = ("signal_claims", "signal_members")


def read_rows(engine: Engine, rings: Sequence[Ring]) -> list[RingRows]:
    """Return the rows of every ring, in the order of `rings`."""
    if not rings:
        return []
    engine.register(
        "signal_claims", _stacked([ring.claims[["event", "claim_id"]] for ring in rings])
    )
    members = [ring.members[["entity_type", "entity_id"]] for ring in rings]
    engine.register("signal_members", _stacked(members))
    try:
        tables = _tables(engine)
    finally:
        for name in REGISTERED:
            engine.unregister(name)
    split = {name: _split(table, len(rings)) for name, table in tables.items()}
    return [
        _rows(ring, {name: parts[n] for name, parts in split.items()})
        for n, ring in enumerate(rings)
    ]


def _tables(engine: Engine) -> dict[str, pd.DataFrame]:
    resale = {"codes": RESALE_CODES, "names": RESALE_NAMES}
    money: dict[str, object] = {"ordinary": ORDINARY_PURPOSES, "days": LAYERING_DAYS}
    return {
        "claims": engine.frame("findings/signals/claims"),
        "baskets": engine.frame("findings/signals/baskets", resale),
        "own": engine.frame("findings/signals/own"),
        "refunds": engine.frame("findings/signals/refunds"),
        "returns": engine.frame("findings/signals/returns", money | {"payees": GO_BETWEEN_PAYEES}),
        "watched": engine.frame("findings/signals/watched"),
        "stays": engine.frame("findings/signals/stays", {"prior": PEER_STAYS}),
    }


def _stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the tables as one with the column `ring`, the position in `parts`."""
    table = pd.concat(parts, keys=range(len(parts)), names=["ring", None])
    return table.reset_index("ring").drop_duplicates().reset_index(drop=True)


def _split(table: pd.DataFrame, rings: int) -> list[pd.DataFrame]:
    """Return each ring's rows without the column `ring`, by which the table is sorted."""
    ends = np.searchsorted(table["ring"].to_numpy(), np.arange(rings + 1))
    rows = plain_text(table.drop(columns="ring"))
    return [rows.iloc[low:high] for low, high in pairwise(ends.tolist())]


def _rows(ring: Ring, tables: Mapping[str, pd.DataFrame]) -> RingRows:
    return RingRows(
        observed=ring.group.observed,
        expected=ring.group.expected,
        days=int(ring.group.acts["day"].nunique()),
        members=ring.members,
        **tables,
    )
