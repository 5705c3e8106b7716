"""The shape of every pattern: what it needs, what it looks for, and what it hands to findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import Events, events
from graphfraud.patterns.group import Group
from graphfraud.progress import Progress


@dataclass(frozen=True)
class Description:
    """What a pattern says of itself; shown by `graphfraud patterns`, the app and the docs.

    looks_for, null_model, statistic: sentences; source: papers, laws, standards. needs: tables (and
    columns) without which it says that it cannot run; excuses: codes of the innocent reasons that
    are looked for (reasons.toml); law: the article a reader should review it against.
    """

    name: str
    title_zh: str
    title_en: str
    looks_for: str
    null_model: str
    needs: tuple[str, ...]
    excuses: tuple[str, ...]
    looks_for_zh: str = ""
    statistic: str = ""
    source: str = ""
    law: str = ""


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

    @cached_property
    def events(self) -> Events:
        """Return the snapshot's events, read once a run: several patterns look at them."""
        return events(self.engine)


@dataclass(frozen=True)
class Outcome:
    """What a pattern found: groups, duplicate pairs, and what must be said about the run.

    groups: every candidate, significant or not; network: all ties that beat chance (type_a, a,
    type_b, b, …), of groups or not; reach: entity_type, entity_id, watchlist_reach.
    """

    groups: tuple[Group, ...] = ()
    duplicates: pd.DataFrame | None = None
    network: pd.DataFrame | None = None
    reach: pd.DataFrame | None = None
    tests: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    notes_zh: tuple[str, ...] = ()


class Pattern(Protocol):
    """A module of this package: DESCRIPTION, PARAMETERS and run()."""

    DESCRIPTION: Description
    PARAMETERS: tuple[Parameter, ...]

    def run(self, context: Context, settings: Mapping[str, int | float]) -> Outcome:
        """Look for the pattern on the attached snapshot; settings: every parameter's value."""
