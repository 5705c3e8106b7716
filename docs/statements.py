"""Writes the statements of cypher/ that follow from the ontology, kind by kind: `make docs`.

Neo4j takes labels, types and property names only as literal text; so every kind has statements of
its own. A test compares the files with what this module would write.
"""

from collections.abc import Iterator
from pathlib import Path

from graphfraud.model.ontology import ONTOLOGY, NodeKind, Property, RelationshipKind

FOLDER = Path(__file__).resolve().parents[1] / "cypher"
NOTE = "// Written by `make docs` from the ontology; change that."
# What loading writes down beside the graph, by label.
BOOKKEEPING = {
    "Graph": "number snapshot state round batch_rows checksum run run_state run_checksum touched",
    "GraphCounter": "name last touched",
    "LoadBatch": "id graph",
    "LoadLane": "graph number touched",
}
CONVERSIONS = {"time": "localdatetime({})", "date": "date({})"}


def statements() -> dict[str, str]:
    """Return every statement that follows from the ontology, by its name."""
    found: dict[str, str] = {}
    for kind in ONTOLOGY.nodes.values():
        found |= dict(_of_node(kind))
    for relationship in ONTOLOGY.relationships.values():
        found |= dict(_of_relationship(relationship))
    found["schema/tokens"] = _tokens()
    found["read/search_exact"] = _search("is", "=", _ids() + _names())
    found["read/search_prefix"] = _search("begins with", "STARTS WITH", _ids() + _names())
    found["read/search_part"] = _search("has inside", "CONTAINS", _names())
    found["read/search_near"] = _search_near()
    return {name: f"{text.rstrip()}\n" for name, text in sorted(found.items())}


def file_name(kind: str, label: str = "") -> str:
    """Return a kind's part of a statement's name.

    >>> file_name("InsuredPerson"), file_name("Facility", "Pharmacy")
    ('insuredperson', 'facility_pharmacy')
    """
    return f"{kind}_{label}".lower().strip("_")


def _head(purpose: str, parameters: str, returns: str) -> str:
    lines = (("Purpose:   ", purpose), ("Parameters:", parameters), ("Returns:   ", returns))
    return "\n".join([NOTE, *(f"// {name} {text}" for name, text in lines), ""])


def _of_node(kind: NodeKind) -> Iterator[tuple[str, str]]:
    name = file_name(kind.name)
    for label in ("", *kind.labels):
        yield f"load/nodes_{file_name(kind.name, label)}", _load_nodes(kind, label)
    yield f"schema/id_{name}", _index(f"id_{name}", "INDEX", f"(n:{kind.name}) ON (n.id)")
    if kind.caption:
        index = f"(n:{kind.name}) ON (n.{kind.caption})"
        yield f"schema/name_{name}", _index(f"name_{name}", "TEXT INDEX", index)
    yield f"read/find_{name}", _find(kind)
    yield f"read/all_{name}", _all_nodes(kind)


def _of_relationship(kind: RelationshipKind) -> Iterator[tuple[str, str]]:
    name = file_name(kind.name)
    yield f"load/edges_{name}", _load_edges(kind)
    yield f"read/all_{name}", _all_edges(kind)


def _index(name: str, sort: str, what: str) -> str:
    head = _head("find nodes of one kind by what they are called.", "none", "nothing")
    return f"{head}CREATE {sort} {name} IF NOT EXISTS FOR {what}"


def _load_nodes(kind: NodeKind, label: str) -> str:
    labels = f"Entity:{kind.name}" + (f":{label}" if label else "")
    columns = ["node", "id", *(one.name for one in kind.columns)]
    fixed = ["key: $base + row[0]", "graph: $graph", "id: row[1]"]
    pairs = fixed + [f"{one.name}: {_value(one, n)}" for n, one in enumerate(kind.columns, 2)]
    body = ",\n  ".join(pairs)
    return (
        f"{_head_of_load(f'add a batch of nodes {labels}, once.', columns)}"
        f"{_GUARD}UNWIND $rows AS row\n"
        f"CREATE (n:{labels} {{\n  {body}\n}})\nRETURN count(n) AS added"
    )


def _load_edges(kind: RelationshipKind) -> str:
    hub, other = kind.sides
    columns = [hub, f"LIST<LIST>: {', '.join([other, *(one.name for one in kind.columns)])}"]
    pairs = [f"{one.name}: {_value(one, n)}" for n, one in enumerate(kind.columns, 1)]
    body = " {\n  " + ",\n  ".join(pairs) + "\n}" if pairs else ""
    return (
        f"{_head_of_load(f'add a batch of relationships {kind.name}, once.', columns)}"
        f"{_GUARD}UNWIND $rows AS hub\n"
        f"MATCH ({hub}:Entity {{key: $base + hub[0]}})\nUNWIND hub[1] AS row\n"
        f"MATCH ({other}:Entity {{key: $base + row[0]}})\n"
        f"CREATE (source)-[r:{kind.name}{body}]->(target)\nRETURN count(r) AS added"
    )


def _head_of_load(purpose: str, columns: list[str]) -> str:
    rows = f"rows LIST<LIST>: {', '.join(columns)}"
    return _head(
        purpose,
        f"graph, round: which load of which graph; base: graph * 2^40; lane: whose lock to take;\n"
        f"//             batch: the batch's id, unique in the database; {rows}",
        "added: rows, or 0 where the graph was removed or is being made anew",
    )


# The guard makes a batch happen once: it is committed with the rows or not at all, and its id is
# unique, so a batch that was committed unheard cannot be committed again. A load that was given up
# carries an older round and finds no graph to write to: whoever changes the round takes the locks
# of all lanes, so each batch is committed before or begins after. Batches in two lanes do not wait
# for each other.
_GUARD = (
    "MATCH (l:LoadLane {graph: $graph, number: $lane})\n"
    "SET l.touched = true // takes the lock: a removal waits for this batch, or this batch for it\n"
    "WITH l\n"
    "MATCH (g:Graph {number: $graph}) WHERE g.round = $round\n"
    "CREATE (:LoadBatch {id: $batch, graph: $graph})\n"
    "WITH g\n"
)


def _value(one: Property, place: int) -> str:
    return CONVERSIONS.get(one.type, "{}").format(f"row[{place}]")


def _find(kind: NodeKind) -> str:
    head = _head(f"the {kind.en} with an id.", "graph, id", "key")
    return f"{head}MATCH (n:{kind.name} {{id: $id, graph: $graph}})\nRETURN n.key AS key"


def _all_nodes(kind: NodeKind) -> str:
    """Return the statement that reads nodes back whole, for the checksum."""
    known = ", ".join(f"'{one}'" for one in ("Entity", kind.name))
    values = [f"n.id, [label IN labels(n) WHERE NOT label IN [{known}]] AS labels"]
    values += [_text("n", one) for one in kind.columns]
    head = _head(
        f"every {kind.en} of a graph, whole, to be summed up.",
        "graph; first, beyond: its range of keys",
        "key, id, additional labels, each property; last the number of properties, 100 more\n"
        "//             where the node says that it is another graph's",
    )
    return (
        f"{head}MATCH (n:Entity:{kind.name})\nWHERE n.key >= $first AND n.key < $beyond\n"
        f"RETURN n.key AS key, {', '.join(values)},\n"
        "  size(keys(n)) + CASE WHEN n.graph = $graph THEN 0 ELSE 100 END AS width"
    )


def _all_edges(kind: RelationshipKind) -> str:
    values = ["a.key AS source", "b.key AS target"]
    values += [_text("r", one) for one in kind.columns]
    head = _head(
        f"every relationship {kind.name} of a graph, whole, to be summed up.",
        "first, beyond: a range of keys",
        "source, target, each property; last the number of properties",
    )
    return (
        f"{head}MATCH (a:Entity)-[r:{kind.name}]->(b:Entity)\n"
        "WHERE a.key >= $first AND a.key < $beyond\n"
        f"RETURN {', '.join(values)}, size(keys(r)) AS width"
    )


def _text(variable: str, one: Property) -> str:
    value = f"{variable}.{one.name}"
    return f"{f'toString({value})' if one.type in CONVERSIONS else value} AS {one.name}"


def _tokens() -> str:
    """Return the statement that makes every name known, so that a reader may ask for any."""
    labels = sorted({"Entity", *BOOKKEEPING, *ONTOLOGY.nodes} | _labels())
    names = {one.name for kind in _kinds() for one in kind.columns} | {"key", "graph", "id"}
    names |= {name for names in BOOKKEEPING.values() for name in names.split()}
    lists = (("labels", labels), ("types", list(ONTOLOGY.relationships)), ("names", sorted(names)))
    lines = [f"WITH {', '.join(f'{_texts(v)} AS {k}' for k, v in lists)}"]
    lines += [
        "CALL (labels) { UNWIND labels AS label CALL db.createLabel(label) RETURN count(*) AS a }",
        "CALL (types) {",
        "  UNWIND types AS type CALL db.createRelationshipType(type)",
        "  RETURN count(*) AS b",
        "}",
        "CALL (names) { UNWIND names AS name CALL db.createProperty(name) RETURN count(*) AS c }",
        "RETURN a, b, c",
    ]
    head = _head("make every label, type and property name known.", "none", "how many of each")
    return head + "\n".join(lines)


def _kinds() -> tuple[NodeKind | RelationshipKind, ...]:
    return (*ONTOLOGY.nodes.values(), *ONTOLOGY.relationships.values())


def _labels() -> set[str]:
    return {label for kind in ONTOLOGY.nodes.values() for label in kind.labels}


def _texts(values: list[str]) -> str:
    return f"[{', '.join(repr(value) for value in values)}]"


def _ids() -> list[tuple[str, str]]:
    return [(kind.name, "id") for kind in ONTOLOGY.nodes.values()]


def _names() -> list[tuple[str, str]]:
    return [(kind.name, kind.caption) for kind in ONTOLOGY.nodes.values() if kind.caption]


def _search(how: str, operator: str, places: list[tuple[str, str]]) -> str:
    parts = [
        _search_part(kind, f"n.{name} {operator} $text") for kind, name in dict.fromkeys(places)
    ]
    head = _head(
        f"nodes whose id or name {how} a text.",
        "graph, text, kinds: LIST of labels, limit",
        "key, ascending, the first $limit",
    )
    return head + _united(parts)


def _search_part(kind: str, condition: str) -> str:
    return (
        f"  MATCH (n:{kind})\n  WHERE '{kind}' IN $kinds AND {condition} AND n.graph = $graph\n"
        "  RETURN n.key AS key ORDER BY key LIMIT $limit"
    )


def _united(parts: list[str]) -> str:
    body = "\n  UNION\n".join(parts)
    return f"CALL () {{\n{body}\n}}\nRETURN key ORDER BY key LIMIT $limit"


def _search_near() -> str:
    """Return the statement for names near a text: what has one of its halves, or is it swapped.

    One letter's change leaves one half of the text whole; two swapped neighbours on the seam do
    not, so that one text is asked for by itself.
    """
    parts = [
        f"  MATCH (n:{kind})\n  WHERE '{kind}' IN $kinds AND n.graph = $graph\n"
        f"    AND (n.{name} CONTAINS $left OR n.{name} CONTAINS $right OR n.{name} = $swapped)\n"
        f"    AND $shortest <= size(n.{name}) <= $longest\n"
        f"  RETURN n.key AS key, n.{name} AS name"
        for kind, name in _names()
    ]
    body = "\n  UNION ALL\n".join(parts)
    head = _head(
        "names that may be one letter from a text.",
        "graph, kinds: LIST of labels, left, right: its halves, swapped: it with the two letters "
        "at the seam\n//             swapped, shortest, longest: lengths of a name",
        "key, name",
    )
    return f"{head}CALL () {{\n{body}\n}}\nRETURN key, name ORDER BY key"


def main() -> None:
    """Write every statement that follows from the ontology; remove those that no longer do."""
    wanted = statements()
    for path in FOLDER.rglob("*.cypher"):
        name = path.relative_to(FOLDER).as_posix().removesuffix(".cypher")
        if path.read_text(encoding="utf-8").startswith(NOTE) and name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = FOLDER / f"{name}.cypher"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
