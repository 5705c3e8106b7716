"""Claims with their dates dealt anew at each provider: who was there stays, when does not.

What is left of any group afterwards is chance (Efron & Tibshirani 1993, ch. 15; Tumminello et al.
2011 for networks of who meets): each place keeps its busy days, each person keeps their places.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from graphfraud.api import Workspace
from graphfraud.model.tables import TABLES

TIMES = ("start_time", "end_time", "settle_time")
PROVENANCE = ["record_no", "record_hash"]


def dealt_anew(claims: pd.DataFrame, seed: int) -> pd.Series:
    """Return by how much each claim moves (timedelta, whole days, indexed by claim_id).

    Start dates are exchanged among the claims of one facility and kind of care; a refund moves with
    the claim that it reverses. The same for any order of the rows.
    """
    rows = claims.drop_duplicates("claim_id").set_index("claim_id").sort_index()
    first = (
        rows["refund_of"].where(rows["refund_of"].isin(rows.index)).fillna(rows.index.to_series())
    )
    own = rows[first == rows.index]
    day, rng = own["start_time"].dt.normalize(), np.random.default_rng(seed)
    dealt = day.copy()
    for _, part in own.groupby(["facility_id", "med_type"], sort=True):
        dealt[part.index] = rng.permutation(day[part.index].to_numpy())
    moved = (dealt - day).reindex(first.to_numpy())
    return pd.Series(moved.to_numpy(), index=rows.index, name="moved")


def moved_claims(claims: pd.DataFrame, moved: pd.Series) -> pd.DataFrame:
    """Return the claims with every time moved along: lengths of stay and times of day remain."""
    by = claims["claim_id"].map(moved)
    return claims.assign(**{name: claims[name] + by for name in TIMES if name in claims})


def moved_payments(payments: pd.DataFrame, moved: pd.Series) -> pd.DataFrame:
    """Return the payments; those for a claim move with it."""
    by = payments["claim_id"].map(moved).fillna(pd.Timedelta(0))
    return payments.assign(paid_time=payments["paid_time"] + by)


def write_permuted(workspace: Workspace, out: Path, seed: int) -> None:
    """Write everything that is loaded as canonical CSV, with the dates of claims dealt anew."""
    tables = {name: loaded(workspace, name) for name in TABLES}
    moved = dealt_anew(tables["claims"], seed)
    tables["claims"] = moved_claims(tables["claims"], moved)
    if len(tables["payments"]):
        tables["payments"] = moved_payments(tables["payments"], moved)
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        if len(table):
            as_delivered(name, table).to_csv(out / f"{name}.csv", index=False)


def loaded(workspace: Workspace, name: str) -> pd.DataFrame:
    """Return the rows of one table of all feeds, as loaded: amounts in fen."""
    folder = workspace.folder
    files = [
        folder.feed_folder(feed.feed_id) / "tables" / f"{name}.parquet"
        for feed in folder.feeds()
        if name in feed.tables
    ]
    parts = [pd.read_parquet(path).drop(columns=PROVENANCE) for path in files if path.is_file()]
    if not parts:
        return pd.DataFrame(columns=list(TABLES[name].column_names))
    return pd.concat(parts, ignore_index=True)


def as_delivered(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as a delivery writes it: amounts in yuan, columns without any value out."""
    money = [column.name for column in TABLES[name].columns if column.kind == "money"]
    given = table.dropna(axis=1, how="all")
    yuan = {
        column: given[column].map(_yuan, na_action="ignore") for column in money if column in given
    }
    return given.assign(**yuan)


def _yuan(fen: float) -> str:
    whole = int(fen)
    return f"{'-' if whole < 0 else ''}{abs(whole) // 100}.{abs(whole) % 100:02}"
