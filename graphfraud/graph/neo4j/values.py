"""Turns what the driver returns into the contract's nodes, relationships and values."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphfraud.errors import StoreError
from graphfraud.graph.contract import Edge, Node, Value
from graphfraud.model.ontology import ONTOLOGY, NodeKind, RelationshipKind


def native(value: Any) -> Value | None:  # noqa: ANN401  whatever a database may hold
    """Return a value as Python's own type: the driver has temporal types of its own.

    >>> native(3), native(None)
    (3, None)
    """
    plain = value.to_native() if hasattr(value, "to_native") else value
    if plain is None or isinstance(plain, Value):
        return plain
    raise StoreError(f"The database returned {type(plain).__name__}, which no graph here holds.")


def node_of(base: int, key: int, labels: Iterable[str], properties: Mapping[str, Any]) -> Node:
    """Return a node from its key, labels and properties; base: the graph's first key."""
    names = set(labels) - {"Entity"}
    kind = next((ONTOLOGY.nodes[name] for name in names if name in ONTOLOGY.nodes), None)
    if kind is None:
        raise StoreError(f"The database has a node without a kind: labels {sorted(names)}.")
    label = next(iter(sorted(names - {kind.name})), "")
    values = _values(kind, properties)
    return Node(key - base, kind.name, str(properties["id"]), label, values)


def edge_of(base: int, name: str, source: int, target: int, properties: Mapping[str, Any]) -> Edge:
    """Return a relationship from its type, the keys of its ends and its properties."""
    values = _values(ONTOLOGY.relationships[name], properties)
    return Edge(name, source - base, target - base, values)


def _values(kind: NodeKind | RelationshipKind, properties: Mapping[str, Any]) -> dict[str, Value]:
    pairs = ((one.name, native(properties.get(one.name))) for one in kind.columns)
    return {name: value for name, value in pairs if value is not None}
