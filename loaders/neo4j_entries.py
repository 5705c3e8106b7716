"""Turns the entries of a mapping for a graph into sources; every fault is told with its place."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from graphfraud.errors import MappingError
from graphfraud.model.tables import TABLES, Table
from loaders.mapping_check import Faults
from loaders.neo4j_mapping import GraphMapping, GraphSource, Origin, Reference, listed
from loaders.plan import Rule

_ENTRY_KEYS = ("from", "columns", "missing", "zone")
_ORIGINS = (("node",), ("end", "relationship", "start"))
_STEP = ("node", "property", "via")
_REFERENCES = (("property",), _STEP, ("direction", *_STEP))
_COLUMN_KEYS = ("property", "via", "direction", "node", "from", "map", "constant", "sum")
_WAYS = ("out", "in", "any")
_END = re.compile(r"(start|end)\.(.+)", re.DOTALL)
_ZONE = re.compile(r"[+-][0-9]{2}:[0-9]{2}|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z0-9_+-]*)*")


@dataclass
class _Entry:
    """One entry while it is read: its references so far, each once, and what is wrong with it."""

    origin: Origin
    missing: tuple[str, ...]
    faults: Faults
    references: list[Reference] = field(default_factory=list)

    def place(self, where: str, given: object) -> tuple[int, ...]:
        """Return the position of the reference that `given` writes; none where it is faulty."""
        reference = self._written(where, given)
        if reference is None:
            return ()
        if reference not in self.references:
            self.references.append(reference)
        return (self.references.index(reference),)

    def _written(self, where: str, given: object) -> Reference | None:
        if isinstance(given, dict):
            return self._reference(where, given)
        if not _is_name(given):
            self.faults.add(where, "must be a property's name in quotes, or one of via, property")
            return None
        end = None if self.origin.node else _END.fullmatch(str(given))
        return Reference(end[2], end[1]) if end else Reference(str(given))

    def _reference(self, where: str, given: Mapping[str, object]) -> Reference | None:
        direction = given.get("direction", "out")
        if tuple(sorted(map(str, given))) not in _REFERENCES:
            self.faults.add(where, "give `property`, alone or with `via`, `node` and `direction`")
        elif wrong := [key for key, name in given.items() if not _is_name(name)]:
            self.faults.add(f"{where}.{wrong[0]}", "must be a name in quotes")
        elif "via" not in given:
            return Reference(str(given["property"]))
        elif not self.origin.node:
            self.faults.add(where, "`via` is for nodes; a relationship has `start.` and `end.`")
        elif self.faults.check_name(f"{where}.direction", direction, _WAYS):
            via, node = str(given["via"]), str(given["node"])
            return Reference(str(given["property"]), "step", str(direction), via, node)
        return None

    def rule(self, where: str, given: object, kind: str) -> Rule:
        """Return how one column is filled."""
        form = tuple(sorted(map(str, given))) if isinstance(given, dict) else ()
        if not isinstance(given, dict) or form in _REFERENCES:
            return Rule(self.place(where, given), missing=self.missing)
        if form == ("constant",):
            return self._constant(where, given["constant"])
        if form == ("sum",):
            return self._sum(where, given["sum"], kind)
        if form in (("from",), ("from", "map")):
            return self._from(where, given)
        known = [self.faults.check_name(where, key, _COLUMN_KEYS) for key in given]
        if all(known):
            self.faults.add(where, "give one of `property`, `via`, `constant`, `sum`, `from`")
        return Rule()

    def _constant(self, where: str, text: object) -> Rule:
        if not _is_name(text):
            self.faults.add(where, "`constant` must be a text in quotes")
        return Rule(constant=str(text))

    def _sum(self, where: str, parts: object, kind: str) -> Rule:
        if kind != "money":
            self.faults.add(where, "`sum` is for amounts only")
        if not isinstance(parts, list) or len(parts) < 2:
            self.faults.add(where, "`sum` must list at least two properties")
            return Rule()
        places = [place for part in parts for place in self.place(where, part)]
        return Rule(tuple(places), is_sum=True, missing=self.missing)

    def _from(self, where: str, given: Mapping[str, object]) -> Rule:
        values = given.get("map", {})
        if not isinstance(values, dict) or ("map" in given and not values):
            self.faults.add(where, '`map` must give our value for each of theirs, e.g. {"1": M}')
            values = {}
        parts = given["from"] if isinstance(given["from"], list) else [given["from"]]
        places = [place for part in parts for place in self.place(f"{where}.from", part)]
        codes = {str(text): None if code is None else str(code) for text, code in values.items()}
        return Rule(tuple(places), values=codes, missing=self.missing)


def read_graph_mapping(path: Path) -> GraphMapping:
    """Read a mapping file for a graph; MappingError with every fault of the file at once."""
    try:
        content = path.read_bytes()
        document = yaml.safe_load(content.decode())
    except OSError as error:
        raise MappingError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        where = " ".join(str(error).split())
        raise MappingError(f"{path.name} is no YAML: {where}", hint="Check the indents.") from error
    sources, faults = _sources(document)
    if faults:
        raise MappingError(
            f"{path.name} is not a mapping for a graph:{listed(faults)}",
            hint="docs/mappings.md shows one.",
        )
    return GraphMapping(path.name, hashlib.sha256(content).hexdigest(), sources)


def _sources(document: object) -> tuple[tuple[GraphSource, ...], list[str]]:
    """Return the sources that a mapping file's content describes, and all its faults."""
    faults, sources = Faults(), list[GraphSource]()
    if not isinstance(document, dict) or not isinstance(document.get("tables"), dict):
        return (), ["top: there must be `tables:` with a table name under it"]
    for key in document:
        faults.check_name("top", key, ("tables",))
    for name, entries in document["tables"].items():
        if not faults.check_name("tables", name, TABLES):
            continue
        if not isinstance(entries, list) or not entries:
            faults.add(f"tables.{name}", "must be a list, each entry beginning with `- from:`")
            continue
        sources += [
            _source(f"tables.{name}[{place}]", entry, TABLES[name], place, faults)
            for place, entry in enumerate(entries)
        ]
    return tuple(sources), faults.found


def _source(where: str, entry: object, table: Table, number: int, faults: Faults) -> GraphSource:
    given = entry if isinstance(entry, dict) else {}
    for key in given:
        faults.check_name(where, key, _ENTRY_KEYS)
    zone = given.get("zone")
    if zone is not None and not (isinstance(zone, str) and _ZONE.fullmatch(zone)):
        faults.add(f"{where}.zone", 'must be such as "+08:00" or "Asia/Shanghai", in quotes')
    origin = _origin(where, given.get("from"), faults)
    reading = _Entry(origin, _missing(where, given.get("missing"), faults), faults)
    rules = _rules(where, given.get("columns"), table, reading)
    # "graph" says where it came from; sources of one table are told apart by their number.
    name = f"{table.name}{f'_{number + 1}' if number else ''}.graph.jsonl"
    return GraphSource(table.name, name, origin, tuple(reading.references), rules, zone)


def _origin(where: str, given: object, faults: Faults) -> Origin:
    form = tuple(sorted(map(str, given))) if isinstance(given, dict) else ()
    if not isinstance(given, dict) or form not in _ORIGINS:
        faults.add(
            where, "`from:` must be {node: LABEL} or {relationship: TYPE, start: LABEL, end: LABEL}"
        )
        return Origin(node="?")
    for key, name in given.items():
        if not _is_name(name):
            faults.add(f"{where}.from.{key}", "must be a name in quotes")
    return Origin(**{key: str(name) for key, name in given.items()})


def _missing(where: str, given: object, faults: Faults) -> tuple[str, ...]:
    texts = given if isinstance(given, list) else [] if given is None else [given]
    if not all(_is_name(text) for text in texts):
        faults.add(f"{where}.missing", "must be text in quotes (else YAML reads No as false)")
    return tuple(map(str, texts))


def _rules(where: str, columns: object, table: Table, entry: _Entry) -> dict[str, Rule]:
    if not isinstance(columns, dict):
        entry.faults.add(where, "`columns:` must name our columns, each with where it comes from")
        return {}
    place = f"{where}.columns"
    for name in table.required:
        if name not in columns:
            entry.faults.add(place, f"{name!r} is required and missing")
    return {
        name: entry.rule(f"{place}.{name}", given, table.column(name).kind)
        for name, given in columns.items()
        if entry.faults.check_name(place, name, table.column_names)
    }


def _is_name(given: object) -> bool:
    """Say whether YAML read a text or a number: it reads No as false and nothing as null."""
    return isinstance(given, str | int | float) and not isinstance(given, bool) and given != ""
