"""Communities of any graph by any of the algorithms, numbered the same way every time.

Communities are numbered from 0, the largest first and among equals the one with the smallest
vertex; so a partition has one form whichever algorithm, engine, thread or machine made it.
"""

import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from graphfraud.errors import UsageError
from graphfraud.network import igraph_engine, networkit_engine
from graphfraud.network.adjacency import Adjacency, Edges, Ints, adjacency_of
from graphfraud.network.components import components, core_numbers
from graphfraud.network.label_propagation import label_propagation
from graphfraud.network.leiden import CPM, MODULARITY, leiden, louvain
from graphfraud.network.quality import Quality, quality

ALGORITHMS = ("leiden", "louvain", "label_propagation", "infomap", "components", "core")
COMPILED, IGRAPH, NETWORKIT = "compiled", "igraph", "networkit"
ENGINES = (COMPILED, IGRAPH, NETWORKIT)
OBJECTIVES = (MODULARITY, CPM)
_LIBRARIES = {COMPILED: "numba", IGRAPH: "igraph", NETWORKIT: "networkit"}
_RESOLVED = ("leiden", "louvain")  # those that know a resolution


@dataclass(frozen=True)
class Method:
    """What to compute and how; resolution and objective are Leiden's and Louvain's alone."""

    algorithm: str = "leiden"
    resolution: float = 1.0
    objective: str = MODULARITY
    seed: int = 0
    engine: str = COMPILED

    @property
    def library(self) -> str:
        """Return the library that computes it, with its version."""
        name = _LIBRARIES[self.engine]
        return f"{name} {importlib.metadata.version(name)}"


@dataclass(frozen=True)
class Partition:
    """A community for each vertex, numbered by size, and its figures; `method` as it was run.

    reproducible: whether the same graph and method give the same bytes every time.
    """

    community: Ints
    quality: Quality
    method: Method
    reproducible: bool


def method_of(
    algorithm: str, *, resolution: float, objective: str, seed: int, engine: str = COMPILED
) -> Method:
    """Return a method that exists; UsageError for an unknown word or a combination there is not."""
    for word, known in ((algorithm, ALGORITHMS), (objective, OBJECTIVES), (engine, ENGINES)):
        one_of(word, known)
    if resolution < 0:
        raise UsageError(f"The resolution is {resolution:g}.", hint="Give 0 or more.")
    if algorithm not in _RESOLVED and (resolution, objective) != (1.0, MODULARITY):
        raise UsageError(
            f"{algorithm} knows no resolution and no objective.", hint="leiden and louvain do."
        )
    if engine == COMPILED and algorithm == "infomap":
        engine = IGRAPH  # a flow model of its own, and igraph has the authors' code
    return Method(algorithm, resolution, objective, seed, engine)


def one_of(word: str, known: tuple[str, ...]) -> None:
    """Raise UsageError where a word is none of those known, with the nearest of them."""
    if word not in known:
        near = get_close_matches(word, known, n=1, cutoff=0.4)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        raise UsageError(f"There is no {word!r}.", hint=hint)


def partition(edges: Edges, method: Method) -> Partition:
    """Return the communities of a graph, with their figures."""
    rows = adjacency_of(edges)
    community = grouped(edges, rows, method)
    resolution = method.resolution if method.objective == MODULARITY else 1.0
    told = quality(edges, rows, community, resolution)
    return Partition(community, told, method, reproducible=True)


def grouped(edges: Edges, rows: Adjacency, method: Method) -> Ints:
    """Return each vertex's community, numbered by size (shape n); rows: those of the edges."""
    if method.engine == COMPILED:
        found = _COMPILED[method.algorithm](edges, rows, method)
    elif method.engine == IGRAPH:
        found = igraph_engine.communities(
            edges, method.algorithm, method.resolution, method.objective, method.seed
        )
    else:
        found = networkit_engine.communities(
            edges, method.algorithm, method.resolution, method.objective, method.seed
        )
    return by_size(found)


def by_size(group: Ints) -> Ints:
    """Return groups numbered from 0: the largest first, of equals that with the smallest vertex.

    >>> by_size(np.array([5, 2, 2, 9], np.int32)).tolist()
    [1, 0, 0, 2]
    """
    _, first, at, size = np.unique(
        group, return_index=True, return_inverse=True, return_counts=True
    )
    number = np.empty(len(first), np.int32)
    number[np.lexsort((first, -size))] = np.arange(len(first), dtype=np.int32)
    return number[at]


def _leiden(_edges: Edges, rows: Adjacency, method: Method) -> Ints:
    return leiden(
        rows, _generator(method), resolution=method.resolution, objective=method.objective
    )


def _louvain(_edges: Edges, rows: Adjacency, method: Method) -> Ints:
    return louvain(
        rows, _generator(method), resolution=method.resolution, objective=method.objective
    )


def _generator(method: Method) -> np.random.Generator:
    return np.random.default_rng(method.seed)


_COMPILED: dict[str, Callable[[Edges, Adjacency, Method], Ints]] = {
    "leiden": _leiden,
    "louvain": _louvain,
    "label_propagation": lambda _edges, rows, method: label_propagation(rows, _generator(method)),
    "components": lambda edges, _rows, _method: components(edges),
    "core": lambda _edges, rows, _method: core_numbers(rows),
}
