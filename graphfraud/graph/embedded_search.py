"""Finds nodes of the embedded store by what they are called."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graphfraud.engine.duckdb import Engine
from graphfraud.graph.near import halves, has_bytes, one_slip_apart
from graphfraud.model.ontology import ONTOLOGY, NodeKind

HOW = ("exact", "prefix", "part", "fuzzy")
_NEAR_FROM = 3


def rows_of(kind: NodeKind) -> str:
    """Return the name of the view of a kind's nodes.

    >>> rows_of(ONTOLOGY.nodes["Claim"])
    'nodes_claim'
    """
    return f"nodes_{kind.name.lower()}"


def search(
    engine: Engine, names: Path, text: str, kinds: frozenset[str] | None, limit: int
) -> list[tuple[int, str]]:
    """Return numbers and how each was found, as contract.Store.search does."""
    wanted = text.strip()
    if not wanted or limit < 1 or not has_bytes(wanted):
        return []
    chosen = [kind for kind in ONTOLOGY.nodes.values() if kinds is None or kind.name in kinds]
    given = {"text": wanted, "limit": limit}
    about = {**given, "file": names, "kinds": [kind.order for kind in chosen]}
    found = [_found(engine, "store_named", about)]
    found += [_found(engine, "store_ids", given, rows_of(kind)) for kind in chosen]
    if len(wanted) >= _NEAR_FROM and len({node for one in found for node, _ in one}) < limit:
        found.append(_nearly(engine, names, wanted, chosen))
    return _first((pair for one in found for pair in one), limit)


def _found(
    engine: Engine, step: str, parameters: dict[str, object], rows: str = ""
) -> list[tuple[int, int]]:
    names = {"rows": rows} if rows else {}
    columns = engine.arrays(f"graph/{step}", parameters, names=names)
    return list(zip(columns["node"].tolist(), columns["place"].tolist(), strict=True))


def _nearly(engine: Engine, names: Path, text: str, kinds: list[NodeKind]) -> list[tuple[int, int]]:
    """Return the nodes whose name is one slip from a text, each name looked at once."""
    start, finish, swapped = halves(text)
    about = {"file": names, "kinds": [kind.order for kind in kinds], "letters": len(text)}
    about |= {"start": start, "finish": finish, "swapped": swapped}
    rows = engine.arrow("graph/store_nearly", about)
    every = rows.column("name")
    near = [name for name in every.unique().to_pylist() if one_slip_apart(name, text)]
    nodes = rows.filter(pc.is_in(every, pa.array(near, pa.string()))).column("node").to_pylist()
    return [(node, HOW.index("fuzzy")) for node in nodes]


def _first(found: Iterable[tuple[int, int]], limit: int) -> list[tuple[int, str]]:
    best: dict[int, int] = {}
    for node, place in found:
        best[node] = min(place, best.get(node, place))
    ranked = sorted((place, node) for node, place in best.items())
    return [(node, HOW[place]) for place, node in ranked[:limit]]
