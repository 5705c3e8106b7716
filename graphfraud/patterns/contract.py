"""The shape of every pattern: what it needs, what it looks for, and what it hands to findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.duckdb import Engine
from graphfraud.progress import Progress

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Description:
    """What a pattern says of itself; shown by `graphfraud patterns`, the app and the docs.

    needs: tables (and columns) without which it says that it cannot run; excuses: the innocent
    reasons that are looked for.
    """

    name: str
    title_zh: str
    title_en: str
    looks_for: str
    null_model: str
    needs: tuple[str, ...]
    excuses: tuple[str, ...]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a pattern: its default, and why it is what it is."""

    name: str
    default: int | float
    why: str


@dataclass(frozen=True)
class Context:
    """What a pattern may use: an engine with a snapshot attached, a seed, and where to report."""

    engine: Engine
    seed: int
    progress: Progress
    threads: int = 2


@dataclass(frozen=True)
class Group:
    """Persons who act together more than chance allows.

    persons: their ids, sorted; ties: a, b (ids), observed, expected, p, q, tested pairs that beat
    chance; meetings: one row per joint visit of two of them: a, b, facility_id, kind, day (seconds
    of midnight), start_a, start_b, scheduled; observed, expected: joint days of all pairs;
    statistic: their log-likelihood ratio, in nats; p_value: family-wise, by replicates;
    own_visits: every member's visits, joint or not.
    """

    persons: tuple[str, ...]
    ties: pd.DataFrame
    meetings: pd.DataFrame
    observed: int
    expected: float
    statistic: float
    p_value: float
    own_visits: Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """What a pattern found: groups, duplicate pairs, and what must be said about the run.

    null_best: the best statistic of each replicate; dispersion, tie_level: what the ties were
    tested with, so that a group can be tested again without its excused meetings.
    """

    groups: tuple[Group, ...] = ()
    duplicates: pd.DataFrame | None = None
    network: pd.DataFrame | None = None
    null_best: tuple[float, ...] = ()
    dispersion: float = 1.0
    tie_level: float = 0.0
    tests: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    notes_zh: tuple[str, ...] = ()


class Pattern(Protocol):
    """A module of this package: DESCRIPTION, PARAMETERS and run()."""

    DESCRIPTION: Description
    PARAMETERS: tuple[Parameter, ...]

    def run(self, context: Context, settings: Mapping[str, int | float]) -> Outcome:
        """Look for the pattern on the attached snapshot; settings: every parameter's value."""
