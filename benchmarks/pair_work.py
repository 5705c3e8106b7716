"""The work that the pair benchmarks time: ours, the floor, and the same projection by peers.

Every contender answers with the number of pairs seen together on at least three days and the sum of
their joint days, so that a fast wrong answer stops the run.
"""

from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from graphfraud.engine.co_attendance import pair_counts
from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import Events, events
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.sources import attach_rows
from graphfraud.engine.visits import Visits
from graphfraud.patterns.co_visit import PARAMETERS
from graphfraud.patterns.preparation import prepared
from graphfraud.patterns.ties import counted_pairs
from graphfraud.settings import Limits

CLAIMS = "claims.parquet"
VISITS = "visits.npz"
THREADS = 2
AT_LEAST = 3
BIN = 3_600  # seconds; peers join on bins of an hour before they compare times
SETTINGS = {parameter.name: parameter.default for parameter in PARAMETERS}
Answer = dict[str, int]
Work = Callable[[], Answer]


def attached(folder: Path) -> Engine:
    """Return an engine with the benchmark's claims as the table of a snapshot of one feed."""
    engine = Engine(temporary=folder / "spill", limits=Limits(threads=THREADS), allowed=[folder])
    attach_rows(engine, "claims", [folder / CLAIMS])
    engine.run("snapshot/table_whole", names={"table": "claims", "rows": "claims_rows"})
    return engine


def save_visits(folder: Path) -> None:
    """Write the arrays that every pair contender starts from."""
    with attached(folder) as engine:
        visits, _ = prepared(events(engine), SETTINGS)
    np.savez(
        folder / VISITS,
        person=visits.person,
        place=visits.group,
        start=visits.start,
        stratum=visits.stratum,
        window_s=visits.window,
        sizes=np.array([visits.n_persons, visits.n_strata]),
    )


def floor(folder: Path) -> Work:
    """Read every column of the Parquet file and sum it: less is not possible."""
    sums = {"BIGINT": "sum({})", "TIMESTAMP": "sum(epoch_us({}))", "BLOB": "sum(octet_length({}))"}

    def work() -> Answer:
        with duckdb.connect(config={"threads": str(THREADS)}) as connection:
            source = connection.read_parquet(str(folder / CLAIMS))
            pairs = zip(source.columns, source.dtypes, strict=True)
            parts = [sums.get(str(kind), "sum(strlen({}))").format(name) for name, kind in pairs]
            source.aggregate(", ".join(parts)).fetchall()
        return {}

    return work


def projection(folder: Path) -> Work:
    """Ours: from Parquet to sorted event arrays."""

    def work() -> Answer:
        with attached(folder) as engine:
            return {"events": len(events(engine))}

    return work


def whole(folder: Path) -> Work:
    """Ours: from Parquet to pair counts with their expectations."""

    def work() -> Answer:
        with attached(folder) as engine:
            seen: Events = events(engine)
        visits, _ = prepared(seen, SETTINGS)
        pairs = counted_pairs(visits, DateExchange(visits), AT_LEAST, THREADS)
        return {"pairs": len(pairs.a), "days": int(pairs.observed.sum())}

    return work


def kernel(folder: Path) -> Work:
    """Ours: the compiled kernel on arrays in memory."""
    columns = _columns(folder)
    person, place, start = columns["person"], columns["place"], columns["start"]
    stratum, window = columns["stratum"], columns["window_s"]
    persons, strata = (int(size) for size in columns["sizes"])

    def work() -> Answer:
        visits = Visits(person, place, start, stratum, window, persons, strata)
        found = pair_counts(visits, at_least=AT_LEAST, threads=THREADS)
        return {"pairs": len(found.a), "days": int(found.count.sum())}

    return work


def by_duckdb(folder: Path) -> Work:
    """Run the kernel's twin in SQL."""
    table = pa.table({name: column for name, column in _columns(folder).items() if name != "sizes"})

    def work() -> Answer:
        limits = Limits(threads=THREADS)
        with Engine(temporary=folder / "spill", limits=limits, keep_order=False) as engine:
            engine.register("windowed_events", table)
            found = engine.arrays("co_attendance", {"at_least": AT_LEAST})
        return {"pairs": len(found["a"]), "days": int(found["days"].sum())}

    return work


def by_polars(folder: Path) -> Work:
    """Do as a polars user would: a join on hour bins, then the comparison of times."""
    columns = {name: column for name, column in _columns(folder).items() if name != "sizes"}
    frame = pl.DataFrame(columns).filter((pl.col("stratum") >= 0) & (pl.col("window_s") >= 0))

    def work() -> Answer:
        keys = ["place", "stratum", "bin"]
        bins = pl.int_ranges(
            pl.col("start") // BIN, (pl.col("start") + pl.col("window_s")) // BIN + 1
        )
        early = frame.lazy().with_columns(bins.alias("bin")).explode("bin")
        late = frame.lazy().with_columns((pl.col("start") // BIN).alias("bin"))
        gap = pl.col("start_late") - pl.col("start")
        first = pl.col("person") < pl.col("person_late")
        met = (gap > 0) | ((gap == 0) & first)
        met &= (gap <= pl.col("window_s")) & (pl.col("person") != pl.col("person_late"))
        found = (
            early.join(late, on=keys, suffix="_late")
            .filter(met)
            .select(
                a=pl.min_horizontal("person", "person_late"),
                b=pl.max_horizontal("person", "person_late"),
                day=pl.when(first).then("start").otherwise("start_late") // 86_400,
            )
            .unique()
            .group_by("a", "b")
            .agg(days=pl.len())
            .filter(pl.col("days") >= AT_LEAST)
            .collect()
        )
        return {"pairs": found.height, "days": int(found["days"].sum())}

    return work


def by_pandas(folder: Path) -> Work:
    """Do as a pandas user would: the same join, a place at a time to stay in memory."""
    columns = {name: column for name, column in _columns(folder).items() if name != "sizes"}
    frame = pd.DataFrame(columns).query("stratum >= 0 and window_s >= 0")

    def work() -> Answer:
        met = pd.concat([_met(place) for _, place in frame.groupby("place")])
        days = met.drop_duplicates().groupby(["a", "b"]).size()
        days = days[days >= AT_LEAST]
        return {"pairs": len(days), "days": int(days.sum())}

    return work


def _met(place: pd.DataFrame) -> pd.DataFrame:
    """Return (a, b, day) of every meeting at one place."""
    low, high = place["start"] // BIN, (place["start"] + place["window_s"]) // BIN
    times = (high - low + 1).to_numpy()
    early = place.loc[place.index.repeat(times)]
    steps = np.arange(len(early)) - np.repeat(np.cumsum(times) - times, times)
    early = early.assign(bin=np.repeat(low.to_numpy(), times) + steps)
    late = place.assign(bin=low)[["stratum", "bin", "start", "person"]]
    both = early.merge(late, on=["stratum", "bin"], suffixes=("", "_late"))
    gap, first = both["start_late"] - both["start"], both["person"] < both["person_late"]
    both = both[
        ((gap > 0) | ((gap == 0) & first))
        & (gap <= both["window_s"])
        & (both["person"] != both["person_late"])
    ]
    pair = both[["person", "person_late"]]
    first_start = both["start"].where(both["person"] < both["person_late"], both["start_late"])
    day = first_start // 86_400
    return pd.DataFrame({"a": pair.min(axis=1), "b": pair.max(axis=1), "day": day})


def _columns(folder: Path) -> dict[str, np.ndarray]:
    with np.load(folder / VISITS) as saved:
        return {name: saved[name] for name in saved.files}


CONTENDERS: dict[str, Callable[[Path], Work]] = {
    "floor": floor,
    "events": projection,
    "whole": whole,
    "kernel": kernel,
    "duckdb": by_duckdb,
    "polars": by_polars,
    "pandas": by_pandas,
}
