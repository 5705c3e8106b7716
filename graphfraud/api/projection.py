"""A projection: a graph to compute on, taken from the knowledge graph or from a pattern's ties.

Every step hands over what a notebook may go on with: pandas, igraph, networkx.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.api.job import Job
from graphfraud.graph.slice import COUNT, NONE, Asked, Slice, ids_of, read_slice
from graphfraud.network.adjacency import NO_WEIGHTS, Edges, edges_of
from graphfraud.network.folding import folded
from graphfraud.network.partition import COMPILED, Method, method_of, partition
from graphfraud.network.vertex_values import USUAL, measuring_of, vertex_values
from graphfraud.settings import DEFAULT_SEED

if TYPE_CHECKING:
    import igraph
    import networkx as nx

    from graphfraud.graph.part import Part


@dataclass(frozen=True)
class Projection:
    """An undirected graph: vertices by kind and id, edges in canonical order.

    about: where it comes from, for job.json; nodes: kind, id (row = vertex); values: columns beside
    the edges, each aligned with them.
    """

    nodes: pd.DataFrame
    edges: Edges
    about: Mapping[str, Any]
    values: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many nodes and edges there are, and nodes without an edge."""
        ends = np.zeros(self.edges.n, bool)
        ends[self.edges.a] = ends[self.edges.b] = True
        return {"nodes": self.edges.n, "edges": len(self.edges.a), "alone": int((~ends).sum())}

    def to_pandas(self) -> pd.DataFrame:
        """Return a row an edge: kind_a, id_a, kind_b, id_b, weight, and what else is known."""
        ends = [
            self.nodes.iloc[side].add_suffix(f"_{end}").reset_index(drop=True)
            for end, side in (("a", self.edges.a), ("b", self.edges.b))
        ]
        weight = self.edges.weight if self.edges.weighted else np.ones(len(self.edges.a))
        return pd.concat([*ends, pd.DataFrame({"weight": weight, **self.values})], axis=1)

    def to_igraph(self) -> "igraph.Graph":
        """Return an igraph graph: vertices have kind and name, edges weight where they differ."""
        from graphfraud.network.igraph_engine import graph_of  # noqa: PLC0415  only who asks pays

        graph = graph_of(self.edges)
        graph.vs["kind"], graph.vs["name"] = self.nodes["kind"].tolist(), self.nodes["id"].tolist()
        for name, column in self.values.items():
            graph.es[name] = column.tolist()
        return graph

    def to_networkx(self) -> "nx.Graph[tuple[str, str]]":
        """Return a networkx graph whose nodes are (kind, id): two kinds may share an id."""
        import networkx as nx  # noqa: PLC0415  as above

        graph: nx.Graph[tuple[str, str]] = nx.Graph()
        names = list(zip(self.nodes["kind"], self.nodes["id"], strict=True))
        graph.add_nodes_from(names)
        table = self.to_pandas()[["weight", *self.values]]
        ends = zip(self.edges.a.tolist(), self.edges.b.tolist(), strict=True)
        for (a, b), row in zip(ends, table.to_dict("records"), strict=True):
            graph.add_edge(names[a], names[b], **{str(name): one for name, one in row.items()})
        return graph

    def communities(
        self,
        algorithm: str = "leiden",
        *,
        resolution: float = 1.0,
        objective: str = "modularity",
        seed: int = DEFAULT_SEED,
        engine: str = COMPILED,
    ) -> Job:
        """Return each node's community, numbered from 0, the largest first.

        algorithm: leiden, louvain, label_propagation, infomap, components, core; objective:
        modularity, cpm; engine: compiled, igraph, networkit. UsageError for anything else.
        """
        method = method_of(
            algorithm, resolution=resolution, objective=objective, seed=seed, engine=engine
        )
        begun = time.perf_counter()
        found = partition(self.edges, method)
        seconds = time.perf_counter() - begun
        about = {"job": "communities", **_described(method), "quality": asdict(found.quality)}
        told = self._told(about, seconds, reproducible=found.reproducible)
        return Job(self.nodes.assign(community=found.community), told)

    def centrality(
        self,
        measures: Sequence[str] = USUAL,
        *,
        damping: float = 0.85,
        exact_up_to: int = 5_000,
        samples: int = 100,
        seed: int = DEFAULT_SEED,
    ) -> Job:
        """Return each node's values.

        measures: of degree, weighted_degree, pagerank, betweenness, harmonic, core. Beyond
        `exact_up_to` nodes, betweenness and harmonic are estimated from searches out of `samples`
        nodes, each with its standard error beside it.
        """
        how = measuring_of(
            measures, damping=damping, exact_up_to=exact_up_to, samples=samples, seed=seed
        )
        begun = time.perf_counter()
        columns, sources = vertex_values(self.edges, how)
        seconds = time.perf_counter() - begun
        about = {"job": "centrality", "engine": COMPILED, **_described(how), "sources": sources}
        return Job(self.nodes.assign(**columns), self._told(about, seconds, reproducible=True))

    def _told(
        self, about: Mapping[str, Any], seconds: float, *, reproducible: bool
    ) -> dict[str, Any]:
        told = {**about, "reproducible": reproducible, "seconds": round(seconds, 3)}
        return {**told, "counts": self.counts, "projection": dict(self.about)}


def _described(how: Any) -> dict[str, Any]:  # noqa: ANN401  a Method or a Measuring
    parameters = asdict(how)
    seed, engine = parameters.pop("seed"), parameters.pop("engine", COMPILED)
    unused = isinstance(how, Method) and how.algorithm not in {"leiden", "louvain"}
    for name in ("resolution", "objective") if unused else ():
        parameters.pop(name)
    return {"parameters": parameters, "seed": seed, "engine": engine, "library": how.library}


def project(part: "Part", asked: Asked) -> Projection:
    """Return a projection of a snapshot's graph; UsageError where a weight cannot be one."""
    found = read_slice(part, asked)
    edges = _edges(found)
    kinds = np.repeat([kind.name for kind in asked.nodes], found.sizes)
    ids = ids_of(part, asked.nodes).to_pandas()
    nodes = pd.DataFrame({"kind": pd.Categorical(kinds), "id": ids})
    about = {
        "snapshot_id": part.snapshot_id,
        "nodes": [kind.name for kind in asked.nodes],
        "relationships": [kind.name for kind in asked.relationships],
        "weight": asked.weight,
        "through": asked.through.name if asked.through else None,
    }
    return Projection(nodes, edges, about)


def _edges(found: Slice) -> Edges:
    a, b, weight, how = found.a, found.b, found.weight, found.asked.weight
    if found.asked.through:
        a, b, weight = folded(a, b, weight)
    if how in {COUNT, NONE}:
        weight = NO_WEIGHTS
    return edges_of(found.n, a, b, weight, counted=how == COUNT)
