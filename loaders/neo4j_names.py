"""Holds a mapping against a graph: names it does not have, and what was probably meant."""

import difflib
from collections import defaultdict
from collections.abc import Iterator

from graphfraud.errors import MappingError
from graphfraud.graph.neo4j.connection import Connection
from loaders.neo4j_mapping import GraphMapping, GraphSource, Reference, listed
from loaders.recognise import shown

_WORDS = {"label": "labels", "relationship": "relationship types", "property": "properties"}
_COMPARED = 100  # characters: comparing names that are no names takes the square of their length


def check_names(connection: Connection, mapping: GraphMapping) -> None:
    """Raise MappingError where the mapping names what is nowhere in the graph, all at once."""
    known = defaultdict[str, set[str]](set)
    for kind, name in connection.rows("source/names"):
        known[str(kind)].add(str(name))
    faults: dict[str, None] = {}
    kinds: dict[str, None] = {}
    for source in mapping.sources:
        for kind, name in _wanted(source):
            if name not in known[kind]:
                faults[f"{source.table}: {kind} {_cut(name)!r}{_meant(name, known[kind])}"] = None
                kinds[kind] = None
    if faults:
        found = (f"Found {_WORDS[kind]}: {shown(sorted(known[kind])) or 'none'}." for kind in kinds)
        raise MappingError(
            f"{mapping.name} names what the graph does not have:{listed(list(faults))}",
            hint=" ".join(found),
        )


def check_filled(connection: Connection, source: GraphSource, rows: int, filled: set[int]) -> None:
    """Raise MappingError where nothing was read, or a column that every row needs is empty."""
    title = shown([source.origin.title])
    if not rows:
        raise MappingError(
            f"The graph has nothing like {title}, which the mapping takes for {source.table}.",
            hint="See that relationship and ends fit together, and the start is the start.",
        )
    for name in source.plan.table.required:
        places = source.rules[name].sources
        if places and not filled.intersection(places):
            reference = source.references[places[0]]
            raise MappingError(
                f"No {title} has {shown([reference.title])}, which the mapping takes for "
                f"{source.table}.{name}.",
                hint=_there(connection, source, reference),
            )


def _wanted(source: GraphSource) -> Iterator[tuple[str, str]]:
    origin = source.origin
    if origin.node:
        yield "label", origin.node
    else:
        yield from (("label", origin.start), ("label", origin.end))
        yield "relationship", origin.relationship
    for reference in source.references:
        if reference.home == "step":
            yield from (("relationship", reference.via), ("label", reference.node))
        yield "property", reference.name


def _meant(name: str, known: set[str]) -> str:
    names = {one.lower(): one for one in sorted(known) if len(one) <= _COMPARED}
    near = difflib.get_close_matches(name[:_COMPARED].lower(), names, n=1)
    return f"; did you mean {names[near[0]]!r}?" if near else ""


def _cut(name: str) -> str:
    return name if len(name) <= _COMPARED else f"{name[:_COMPARED]}…"


def _there(connection: Connection, source: GraphSource, reference: Reference) -> str:
    """Return what there is instead: the properties where the reference looked for one."""
    if reference.home == "own" and source.origin.relationship:
        asked: dict[str, object] = {"type": source.origin.relationship}
        rows = connection.rows("source/relationship_properties", asked)
        return f"Found on {shown([source.origin.relationship])}: {_names(rows)}."
    homes = {"own": source.origin.node, "start": source.origin.start, "end": source.origin.end}
    label = homes.get(reference.home, reference.node)
    rows = connection.rows("source/node_properties", {"label": label})
    turned = " See also whether `direction` is right." if reference.home == "step" else ""
    return f"Found on {shown([label])}: {_names(rows)}.{turned}"


def _names(rows: list[list[object]]) -> str:
    return shown([str(name) for (name,) in rows]) or "nothing"
