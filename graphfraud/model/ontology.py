"""The knowledge graph's kinds of nodes and relationships, read from ontology.toml, checked whole.

Things with a date that join several parties are nodes, never edges (a claim, a payment); a pivot is
a thing whose sharing links two parties (an account, a phone, an address). After followthemoney.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from graphfraud.model.keys import digest
from graphfraud.model.results import RESULTS
from graphfraud.model.tables import TABLES

ANY = "*"
FINDING_TABLES: Mapping[str, Mapping[str, str]] = {
    **{name: table.columns for name, table in RESULTS.items()},
    "duplicate_sets": {"set_id": "text", "n_claims": "int", "fund_amount_at_risk": "money"},
    "duplicate_members": {
        "set_id": "text", "claim_id": "text", "role": "text", "weight": "share",
    },
}  # fmt: skip
_TYPES = {
    "money": "integer", "int": "integer", "number": "float", "share": "float", "p": "float",
    "time": "time", "date": "date",
}  # fmt: skip
_SOURCE = re.compile(r"(\w+|\*)\.(\w+) -> (\w+)\.(\w+) in (\w+)")
_LABEL, _TYPE = re.compile(r"[A-Z][A-Za-z]+"), re.compile(r"[A-Z]+(_[A-Z]+)*")


@dataclass(frozen=True)
class Property:
    """One property: its name, its type (text, integer, float, time, date) and source column."""

    name: str
    type: str
    column: str


PROVENANCE = (Property("feed", "text", "feed_id"), Property("record_no", "integer", "record_no"))
WATCHED = (
    Property("watch_reason", "text", "watch_reason"),
    Property("listed_on", "date", "first_listed"),
)
WATCHED_TYPES = frozenset({"person", "doctor", "facility", "account", "operator"})


@dataclass(frozen=True)
class Source:
    """Where relationships of one kind come from: two kinds, the columns of their ids, a table."""

    start: str
    start_column: str
    end: str
    end_column: str
    table: str


@dataclass(frozen=True)
class NodeKind:
    """One kind of node, as ontology.toml describes it; `order` is its place there, from 0."""

    name: str
    order: int
    zh: str
    en: str
    table: str
    id: str
    mentions: tuple[tuple[str, str], ...]
    names: tuple[str, str] | None
    entity_type: str
    caption: str
    icon: str
    colour: str
    pivot: bool
    region: str
    through: bool
    label_column: str
    labels: Mapping[str, str]
    properties: tuple[Property, ...]

    @property
    def of_findings(self) -> bool:
        """Say whether its nodes come from a run instead of the snapshot."""
        return self.table in FINDING_TABLES

    @property
    def columns(self) -> tuple[Property, ...]:
        """Return every property a node may have beside its id, in order."""
        watched = WATCHED if self.entity_type in WATCHED_TYPES else ()
        return self.properties + watched + (PROVENANCE if self.table in TABLES else ())


@dataclass(frozen=True)
class RelationshipKind:
    """One kind of relationship; `order` is its place in ontology.toml, from 0."""

    name: str
    order: int
    zh: str
    en: str
    sources: tuple[Source, ...]
    register: str
    time: str
    weight: str
    hub: str
    provenance: bool
    properties: tuple[Property, ...]

    @property
    def of_findings(self) -> bool:
        """Say whether it comes from a run instead of the snapshot."""
        return any(source.table in FINDING_TABLES for source in self.sources)

    @property
    def columns(self) -> tuple[Property, ...]:
        """Return every property a relationship may have, in order; `time` dates it."""
        dated = (Property("time", "time", self.time),) if self.time else ()
        return dated + self.properties + (PROVENANCE if self.provenance else ())

    @property
    def sides(self) -> tuple[str, str]:
        """Return what its two ends are called, the hub first."""
        return ("source", "target") if self.hub == "from" else ("target", "source")

    @property
    def ends(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the kinds it starts from and ends at; ANY stands for all."""
        if self.register:
            return frozenset({ANY}), frozenset({ANY})
        starts, ends = ({getattr(one, end) for one in self.sources} for end in ("start", "end"))
        return frozenset(starts), frozenset(ends)


@dataclass(frozen=True)
class Ontology:
    """Every kind by name, in the file's order."""

    nodes: Mapping[str, NodeKind]
    relationships: Mapping[str, RelationshipKind]

    @cached_property
    def kind_of(self) -> Mapping[str, str]:
        """Return the node kind of each entity_type of relations, watchlist and results."""
        return {one.entity_type: one.name for one in self.nodes.values() if one.entity_type}

    def kind(self, entity_type: str) -> NodeKind:
        """Return the kind of an entity_type; the one for all others where it is not listed.

        >>> ONTOLOGY.kind("person").name, ONTOLOGY.kind("ship").name
        ('InsuredPerson', 'OtherParty')
        """
        return self.nodes[self.kind_of.get(entity_type, self.kind_of[ANY])]


def read_ontology(text: str) -> Ontology:
    """Read an ontology; ValueError names the first thing in it that does not hold together."""
    raw = tomllib.loads(text)
    nodes = {n: _node(n, i, e) for i, (n, e) in enumerate(raw["nodes"].items())}
    found = Ontology(
        nodes, {n: _relationship(n, i, e) for i, (n, e) in enumerate(raw["relationships"].items())}
    )
    for kind in nodes.values():
        _check_node(kind)
    for relationship in found.relationships.values():
        _check_relationship(relationship, nodes)
    types = [kind.entity_type for kind in nodes.values() if kind.entity_type]
    _must(len(set(types)) == len(types) and ANY in types, "entity types must differ, one is *")
    return found


def _node(name: str, order: int, entry: Mapping[str, Any]) -> NodeKind:
    table, label_column = str(entry.get("table", "")), str(entry.get("label_column", ""))
    names = _column_of(entry["names"]) if "names" in entry else None
    properties = _properties(name, table, entry)
    if names:
        properties = (Property("name", "text", names[1]),)
    return NodeKind(
        name, order, entry["zh"], entry["en"], table, str(entry.get("id", "")),
        tuple(_column_of(one) for one in entry.get("mentions", [])), names,
        str(entry.get("entity_type", "")), str(entry.get("caption", "")),
        entry["icon"], entry["colour"], bool(entry.get("pivot", False)),
        str(entry.get("region", "")), bool(entry.get("through", True)),
        label_column, dict(entry.get("labels", {})), properties,
    )  # fmt: skip


def _relationship(name: str, order: int, entry: Mapping[str, Any]) -> RelationshipKind:
    sources = tuple(_source(name, text) for text in entry.get("sources", []))
    register, provenance = str(entry.get("register", "")), bool(entry.get("provenance", False))
    table = sources[0].table if sources else "relations"
    properties = _properties(name, table, entry)
    if register:
        properties = (Property("relation", "text", "relation"), Property("until", "date", "until"))
    return RelationshipKind(
        name, order, entry["zh"], entry["en"], sources, register,
        "since" if register else str(entry.get("time", "")), str(entry.get("weight", "")),
        str(entry.get("hub", "from")), provenance or bool(register), properties,
    )  # fmt: skip


def _properties(kind: str, table: str, entry: Mapping[str, Any]) -> tuple[Property, ...]:
    pairs = dict(entry.get("properties", {}))
    return tuple(Property(n, _type(kind, table, c), c) for n, c in pairs.items())


def _type(kind: str, table: str, column: str) -> str:
    columns = _columns(table)
    _must(column in columns, f"{kind}: {table} has no column {column}")
    return _TYPES.get(columns[column], "text")


def _columns(table: str) -> Mapping[str, str]:
    """Return a table's columns with their kinds; none for a table that is not there."""
    if table in TABLES:
        return {column.name: column.kind for column in TABLES[table].columns}
    return FINDING_TABLES.get(table, {})


def _source(name: str, text: str) -> Source:
    match = _SOURCE.fullmatch(text)
    if match is None:
        raise ValueError(f"ontology.toml: {name}: {text!r} is no source")
    return Source(*match.groups())


def _column_of(text: str) -> tuple[str, str]:
    table, _, column = text.partition(".")
    _must(column in _columns(table), f"there is no column {text}")
    return table, column


def _check_node(kind: NodeKind) -> None:
    known = {one.name for one in kind.properties} | {"id", ""}
    _must(bool(_LABEL.fullmatch(kind.name)), f"{kind.name} is no label")
    _must(not kind.table or kind.id in _columns(kind.table), f"{kind.name}: no id column")
    _must(bool(kind.table or kind.mentions or kind.entity_type), f"{kind.name} has no source")
    _must({kind.caption, kind.region, kind.label_column} <= known, f"{kind.name}: unknown property")
    _must(all(_LABEL.fullmatch(label) for label in kind.labels), f"{kind.name}: labels")
    _must(bool(kind.zh and kind.en and kind.icon and kind.colour), f"{kind.name}: looks")
    _check_money(kind.name, kind.properties)


def _check_relationship(kind: RelationshipKind, nodes: Mapping[str, NodeKind]) -> None:
    known = {one.name for one in kind.properties} | {""}
    _must(bool(_TYPE.fullmatch(kind.name)), f"{kind.name} is no relationship type")
    _must(bool(kind.sources) != bool(kind.register), f"{kind.name}: sources or register")
    _must(kind.weight in known and kind.hub in {"from", "to"}, f"{kind.name}: weight or hub")
    _must(bool(kind.zh and kind.en), f"{kind.name}: names")
    for one in kind.sources:
        columns = {one.start_column, one.end_column} | ({kind.time} - {""})
        _must({one.start, one.end} <= {*nodes, ANY}, f"{kind.name}: unknown kind of node")
        _must(columns <= set(_columns(one.table)), f"{kind.name}: unknown column of {one.table}")
    _check_money(kind.name, kind.properties)


def _check_money(kind: str, properties: tuple[Property, ...]) -> None:
    amounts = {one.name for one in properties if one.column.endswith(("amount", "price", "risk"))}
    _must(all(name.endswith("_fen") for name in amounts), f"{kind}: money must end in _fen")


def _must(holds: bool, otherwise: str) -> None:  # noqa: FBT001  reads as a sentence at its calls
    if not holds:
        raise ValueError(f"ontology.toml: {otherwise}.")


_TEXT = files("graphfraud.model").joinpath("ontology.toml").read_text(encoding="utf-8")
ONTOLOGY = read_ontology(_TEXT)
# What was projected with another ontology is another graph.
EDITION = digest(_TEXT)[:8]
