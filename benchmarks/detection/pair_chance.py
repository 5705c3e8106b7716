"""Pairs of persons against the law they are tested by, whether they ever met or not.

The pairs are drawn by their margins alone: two persons with visits enough, expected to meet often
enough for the figure to say something. A count is a step law, so each p-value is drawn uniformly
within its step (Pearson 1950; Dunn & Smyth 1996): where the law is right, they are uniform.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graphfraud.api import Workspace
from graphfraud.engine.co_attendance import pair_counts
from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import Events, events
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.engine.visits import Visits
from graphfraud.network.significance import upper_tail
from graphfraud.patterns.preparation import prepared
from graphfraud.patterns.replicates import replicate
from graphfraud.settings import limits

KINDS: Mapping[str, tuple[int, ...]] = {"co_visit": (0, 1), "group_admission": (2,)}
LEAST = 0.01  # joint days that chance must give a pair; below, its p-value is the drawing alone
Floats = NDArray[np.float64]


def read_events(workspace: Workspace) -> Events:
    """Return the events of everything loaded."""
    folder = workspace.folder
    with (
        folder.staging() as spill,
        Engine(temporary=spill, limits=limits(), allowed=[folder.path]) as engine,
    ):
        attach_snapshot(engine, folder, folder.snapshot())
        return events(engine)


def visits_of(seen: Events, pattern: str, settings: Mapping[str, int | float]) -> Visits:
    """Return the visits that a pattern of gatherings compares, with windows and strata."""
    rows = np.flatnonzero(np.isin(seen.kind, KINDS[pattern]))
    visits, _ = prepared(seen.at(rows), settings)
    return visits


def pair_values(
    visits: Visits,
    *,
    at_least: int,
    dispersion: float,
    draws: int,
    seed: int,
    exchanged: bool = False,
) -> Floats:
    """Return the p-values of drawn pairs; exchanged: after the null model's own exchange of dates.

    at_least: the visits that each of a pair must have. dispersion: κ of the run.
    """
    law, rng = DateExchange(visits), np.random.default_rng([seed, draws])
    a, b = drawn_pairs(visits, at_least, draws, rng)
    expected = law.expected(a, b)
    often = expected >= LEAST
    count = counts_of(replicate(visits, seed, 0) if exchanged else visits, a[often], b[often])
    p, above = (upper_tail(count + step, expected[often], dispersion) for step in (0, 1))
    return np.asarray(above + rng.random(len(p)) * (p - above))


def drawn_pairs(
    visits: Visits, at_least: int, draws: int, rng: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return distinct pairs a < b of persons with `at_least` compared visits, sorted by (a, b)."""
    counted = visits.person[visits.stratum >= 0]
    able = np.flatnonzero(np.bincount(counted, minlength=visits.n_persons) >= at_least)
    if len(able) < 2:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    ends = np.sort(able[rng.integers(0, len(able), (draws, 2))], axis=1)
    pairs = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0).astype(np.int32)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def counts_of(visits: Visits, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the joint days of each asked pair, 0 for those who never met."""
    met = pair_counts(visits, threads=1)
    key = met.a.astype(np.int64) * visits.n_persons + met.b
    asked = a.astype(np.int64) * visits.n_persons + b
    at = np.searchsorted(key, asked)
    at[at == len(key)] = 0
    known = key[at] == asked if len(key) else np.zeros(len(asked), bool)
    return np.where(known, met.count[at] if len(key) else 0, 0).astype(np.int32)
