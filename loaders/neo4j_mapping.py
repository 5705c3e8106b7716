"""Mapping files for a graph (YAML): how nodes or relationships fill the canonical tables.

tables:
  <table>:
    - from: {node: Visit}         one record for each node of a label, or
      # from: {relationship: PAID, start: Account, end: Account}    for each relationship
      missing: ["NA"]             texts that mean "missing" (optional)
      zone: "+08:00"              where times with a zone are read (optional)
      columns:
        claim_id: id                                   the node's own property
        person_id: {via: MADE, direction: in, node: Patient, property: pid}   one step away
        med_type: {from: kind, map: {"1": pharmacy}}   constant, map, sum: as for files
        payer: start.iban                              of a relationship's ends: start., end.

Labels, types and property names are the graph's own and stay values: no query text is made of them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graphfraud.model.tables import TABLES
from loaders.plan import Rule, TablePlan

_HOMES = ("own", "start", "end", "step")  # the order of cells in what cypher/source returns
_ARROWS = {"out": ("-", "->"), "in": ("<-", "-"), "any": ("-", "-")}


@dataclass(frozen=True)
class Reference:
    """One property to read: of the thing itself, of an end of it, or of a node one step away."""

    name: str
    home: str = "own"
    way: str = ""
    via: str = ""
    node: str = ""

    @property
    def title(self) -> str:
        """Return the reference as people read it.

        >>> Reference("pid", "step", "in", "MADE", "Patient").title
        '<-[MADE]-(Patient).pid'
        """
        if self.home == "step":
            before, behind = _ARROWS[self.way]
            return f"{before}[{self.via}]{behind}({self.node}).{self.name}"
        return self.name if self.home == "own" else f"{self.home}.{self.name}"


@dataclass(frozen=True)
class Origin:
    """The things of which each makes one record: nodes of a label, or relationships of a type."""

    node: str = ""
    relationship: str = ""
    start: str = ""
    end: str = ""

    @property
    def title(self) -> str:
        """Return what is read, as people write it.

        >>> Origin(node="Visit").title
        '(Visit)'
        """
        if self.node:
            return f"({self.node})"
        return f"({self.start})-[{self.relationship}]->({self.end})"


@dataclass(frozen=True)
class GraphSource:
    """One entry of a mapping: what is read from the graph, the table it fills and how.

    references: what is read of each thing, one column of the kept file each; rules: by canonical
    column, their sources are positions in `references`.
    """

    table: str
    file_name: str
    origin: Origin
    references: tuple[Reference, ...]
    rules: Mapping[str, Rule]
    zone: str | None = None

    @property
    def plan(self) -> TablePlan:
        """Return how the references fill the table."""
        return TablePlan(TABLES[self.table], len(self.references), self.rules)

    @property
    def titles(self) -> list[str]:
        """Return the titles of the columns that are read."""
        return [reference.title for reference in self.references]

    @property
    def statement(self) -> str:
        """Return the name of the statement that reads the graph for this source."""
        return "source/nodes" if self.origin.node else "source/relationships"

    def parameters(self) -> dict[str, object]:
        """Return the statement's parameters: all that the mapping says travels as values."""
        own, start, end = ([r.name for r in self._at(home)] for home in _HOMES[:3])
        shared: dict[str, object] = {"properties": own, "zone": self.zone}
        if self.origin.node:
            steps = [
                {"way": r.way, "type": r.via, "node": r.node, "property": r.name}
                for r in self._at("step")
            ]
            return shared | {"label": self.origin.node, "steps": steps}
        ends = {"start_properties": start, "end_properties": end}
        about = {"type": self.origin.relationship, "start": self.origin.start}
        return shared | ends | about | {"end": self.origin.end}

    def places(self) -> list[int]:
        """Return, for each reference, where its cell stands in the statement's rows."""
        row = [reference for home in _HOMES for reference in self._at(home)]
        return [row.index(reference) for reference in self.references]

    def head(self) -> str:
        """Return the first line of the kept file: what was read; never from which server."""
        about = {"graph": self.origin.title, "table": self.table, "columns": self.titles}
        return json.dumps(about, ensure_ascii=False)

    def _at(self, home: str) -> list[Reference]:
        return [reference for reference in self.references if reference.home == home]


@dataclass(frozen=True)
class GraphMapping:
    """A mapping file for a graph, read and checked whole by loaders/neo4j_entries.py."""

    name: str
    sha256: str
    sources: tuple[GraphSource, ...] = field(default=())

    def layout(self, file_name: str) -> GraphSource | None:
        """Return the source whose records a kept file of this name holds."""
        return next((one for one in self.sources if one.file_name == file_name), None)


def listed(faults: Sequence[str]) -> str:
    """Return faults as the lines of a list, behind a colon."""
    return "".join(f"\n- {fault}" for fault in faults) + "\n"
