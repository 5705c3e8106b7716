"""One ring: members, ties, claims, reasons, signals and more, as tables, as a graph, as a picture.

Nodes are named `<entity_type>:<entity_id>`. Persons are joined by ties (how often they came
together against how often chance alone would do that), and to facilities by their claims.
"""

from dataclasses import dataclass, field
from typing import Any

import igraph
import networkx as nx
import pandas as pd


@dataclass(frozen=True, eq=False)
class Ring:
    """One ring of a run; `about` is its row of rings.csv, amounts in fen.

    patterns: what each pattern that found it says of it, its own first; links: ties that join other
    things than two persons; peers: the warning lines of its facilities, with their excess.

    >>> members = {"entity_type": ["person"] * 2, "entity_id": ["1", "2"], "role": ["holder"] * 2}
    >>> ties = {"person_id_a": ["1"], "person_id_b": ["2"], "observed": [12], "expected": [0.3]}
    >>> claims = pd.DataFrame(columns=["claim_id", "person_id", "facility_id", "total_amount"])
    >>> tables = (pd.DataFrame(members), pd.DataFrame(ties), claims, pd.DataFrame())
    >>> graph = Ring("R1", {}, *tables).to_networkx()
    >>> graph.edges["person:1", "person:2"]
    {'kind': 'tie', 'observed': 12, 'expected': 0.3}
    """

    ring_id: str
    about: dict[str, Any]
    members: pd.DataFrame
    ties: pd.DataFrame
    claims: pd.DataFrame
    reasons: pd.DataFrame
    signals: pd.DataFrame = field(default_factory=pd.DataFrame)
    patterns: pd.DataFrame = field(default_factory=pd.DataFrame)
    links: pd.DataFrame = field(default_factory=pd.DataFrame)
    peers: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def also(self) -> pd.DataFrame:
        """Return what the other patterns say that found the ring."""
        return self.patterns.iloc[1:].reset_index(drop=True)

    def to_networkx(self) -> nx.Graph:
        """Return the ring as a networkx graph, nodes and edges in a fixed order.

        Node attributes: entity_type, entity_id, role, weight. Edge attributes: kind `tie`
        (observed, expected, lift, p_value, q_value, explained_by) or kind `visits` (n_claims,
        total_amount in fen).
        """
        graph = nx.Graph(ring_id=self.ring_id)
        for row in _sorted(self.members, ["entity_type", "entity_id"]):
            graph.add_node(_node(row["entity_type"], row["entity_id"]), **_without_ring(row))
        self._add_visits(graph)
        self._add_ties(graph)
        return graph

    def to_igraph(self) -> igraph.Graph:
        """Return the same graph for igraph; a node's name is its attribute `name`."""
        graph = self.to_networkx()
        number = {name: index for index, name in enumerate(graph)}
        edges = [(number[a], number[b]) for a, b in graph.edges]
        result = igraph.Graph(n=len(number), edges=edges)
        result.vs["name"] = list(number)
        _copy(result.vs, [data for _, data in graph.nodes(data=True)])
        _copy(result.es, [data for _, _, data in graph.edges(data=True)])
        return result

    def layout(self) -> dict[str, tuple[float, float]]:
        """Return a place in the plane for each node: the same picture every time.

        Kamada and Kawai 1989 from a circle in canonical order; nothing about it is random.
        """
        graph = self.to_igraph()
        circle = graph.layout_circle()
        places = graph.layout_kamada_kawai(seed=circle) if graph.vcount() > 1 else circle
        return {
            name: (round(float(x), 6), round(float(y), 6))
            for name, (x, y) in zip(graph.vs["name"], places, strict=True)
        }

    def about_plain(self) -> dict[str, Any]:
        """Return the ring's row with Python's own values: missing is None, times are text."""
        return {
            key: str(value) if isinstance(value, pd.Timestamp) else value
            for key, value in ((key, _plain(value)) for key, value in self.about.items())
        }

    def _add_ties(self, graph: nx.Graph) -> None:
        for row in _sorted(self.ties, ["person_id_a", "person_id_b"]):
            a, b = row.pop("person_id_a"), row.pop("person_id_b")
            graph.add_edge(_node("person", a), _node("person", b), kind="tie", **_without_ring(row))
        _name_strangers(graph)

    def _add_visits(self, graph: nx.Graph) -> None:
        keys = ["person_id", "facility_id"]
        sums = self.claims.groupby(keys, as_index=False).agg(
            n_claims=("claim_id", "nunique"), total_amount=("total_amount", "sum")
        )
        for row in _sorted(sums, keys):
            a, b = _node("person", row.pop("person_id")), _node("facility", row.pop("facility_id"))
            graph.add_edge(a, b, kind="visits", **row)
        _name_strangers(graph)


def _node(entity_type: str, entity_id: str) -> str:
    return f"{entity_type}:{entity_id}"


def _name_strangers(graph: nx.Graph) -> None:
    """Give nodes that only an edge names the attributes that members have."""
    for name, data in graph.nodes(data=True):
        if not data:
            entity_type, _, entity_id = name.partition(":")
            data.update(entity_type=entity_type, entity_id=entity_id, role="", weight=0.0)


def _sorted(table: pd.DataFrame, keys: list[str]) -> list[dict[str, Any]]:
    rows = table.sort_values(keys, kind="stable").to_dict("records")
    return [{str(key): _plain(value) for key, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:  # noqa: ANN401  a cell of any kind
    """Turn a missing value into None and a numpy number into Python's."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _without_ring(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "ring_id"}


def _copy(target: Any, attributes: list[dict[str, Any]]) -> None:  # noqa: ANN401  igraph is untyped
    for key in sorted({key for data in attributes for key in data}):
        target[key] = [data.get(key) for data in attributes]
