"""Centralities of any graph, each with the error of what was sampled.

Freeman 1977 (degree, betweenness), Page et al. 1999, Seidman 1983 (cores), Marchiori & Latora 2000
(harmonic: closeness that also holds where not everybody is connected).
"""

import importlib.metadata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphfraud.errors import UsageError
from graphfraud.network.adjacency import Adjacency, Edges, adjacency_of
from graphfraud.network.components import core_numbers
from graphfraud.network.pagerank import pagerank
from graphfraud.network.partition import one_of
from graphfraud.network.shortest_paths import shortest_paths

MEASURES = ("degree", "weighted_degree", "pagerank", "betweenness", "harmonic", "core")
USUAL = ("degree", "weighted_degree", "pagerank", "betweenness", "core")
_BY_PATHS = ("betweenness", "harmonic")
Column = NDArray[Any]


@dataclass(frozen=True)
class Measuring:
    """What to measure, and how.

    damping: PageRank's; exact_up_to: the most vertices for which shortest paths are searched from
    all of them; samples: from how many otherwise, drawn by `seed`.
    """

    measures: tuple[str, ...] = USUAL
    damping: float = 0.85
    exact_up_to: int = 5_000
    samples: int = 100
    seed: int = 0

    @property
    def library(self) -> str:
        """Return the library that computes it, with its version."""
        return f"numba {importlib.metadata.version('numba')}"


def measuring_of(
    measures: Sequence[str], *, damping: float, exact_up_to: int, samples: int, seed: int
) -> Measuring:
    """Return what can be measured, in the order of MEASURES; UsageError for anything else."""
    for name in measures:
        one_of(name, MEASURES)
    if not 0 <= damping < 1:
        raise UsageError(f"The damping is {damping:g}.", hint="Give a number from 0 to below 1.")
    if samples < 2:
        raise UsageError(f"{samples} samples have no spread.", hint="Give at least 2.")
    chosen = tuple(name for name in MEASURES if name in set(measures))
    return Measuring(chosen, damping, exact_up_to, samples, seed)


def vertex_values(edges: Edges, how: Measuring) -> tuple[Mapping[str, Column], int]:
    """Return each measure as a column (shape n), and from how many sources paths were searched.

    Sampled measures have a second column, NAME_error: their standard error. PageRank goes by
    weight, shortest paths do not.
    """
    rows = adjacency_of(edges)
    columns: dict[str, Column] = {}
    sources = 0
    for name in how.measures:
        if name not in _BY_PATHS:
            columns[name] = _plain(name, rows, how)
    if asked := [name for name in how.measures if name in _BY_PATHS]:
        searches = rows.n if rows.n <= how.exact_up_to else how.samples
        found = shortest_paths(rows, searches, np.random.default_rng(how.seed))
        sources = found.sources
        for name in asked:
            columns[name] = getattr(found, name)
            if sources < rows.n:
                columns[f"{name}_error"] = getattr(found, f"{name}_error")
    return {name: columns[name] for name in _in_order(columns)}, sources


def _plain(name: str, rows: Adjacency, how: Measuring) -> Column:
    if name == "pagerank":
        return pagerank(rows, how.damping)
    if name == "core":
        return core_numbers(rows)
    return rows.degree if name == "degree" else rows.strength


def _in_order(columns: Mapping[str, Column]) -> list[str]:
    return sorted(columns, key=lambda name: (MEASURES.index(name.removesuffix("_error")), name))
