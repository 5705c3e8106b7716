"""How the columns of a source fill one canonical table: what recognition and mappings agree on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphfraud.model.tables import Table


@dataclass(frozen=True)
class Rule:
    """How one canonical column is filled.

    sources: positions in the source's header; the first that is not empty counts, or the sum of
    all. constant: a text instead of any source. values: a value map, None meaning "missing"; a text
    that is not in it is an unknown code. missing: texts that mean "missing" in this column.
    """

    sources: tuple[int, ...] = ()
    is_sum: bool = False
    constant: str | None = None
    values: Mapping[str, str | None] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class TablePlan:
    """One canonical table from one source: `width` columns delivered, a rule per filled column."""

    table: Table
    width: int
    rules: Mapping[str, Rule]

    @property
    def positions(self) -> frozenset[int]:
        """Return the positions of the source columns that are used."""
        return frozenset(place for rule in self.rules.values() for place in rule.sources)

    def identifiers(self) -> frozenset[int]:
        """Return the positions whose digits matter: what feeds an id column but a line number."""
        return frozenset(
            place
            for name, rule in self.rules.items()
            if self.table.column(name).kind == "id" and name != "line_no"
            for place in rule.sources
        )
