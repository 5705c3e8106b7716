"""What a snapshot holds once its feeds are settled: counts that a reader can add up."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.resolve import ENTITIES, FACTS
from graphfraud.engine.sources import rows_of


@dataclass(frozen=True)
class TableReport:
    """Rows of a table: delivered = kept + duplicate + conflict + missing_reference.

    For persons, facilities and doctors: entities kept, of them `derived` from claims alone, and
    `conflict` counts attributes left empty because feeds contradict each other.
    """

    delivered: int = 0
    kept: int = 0
    duplicate: int = 0
    conflict: int = 0
    missing_reference: int = 0
    derived: int = 0


@dataclass(frozen=True)
class SnapshotReport:
    """A snapshot's tables, the tables that no feed delivers, and what its claims lack.

    visits, untimed: pharmacy and outpatient claims, and those that start at midnight sharp;
    loose_refunds, loose_payments: kept, though the claim they name is not in the snapshot.
    """

    snapshot_id: str
    tables: Mapping[str, TableReport]
    absent: tuple[str, ...]
    visits: int
    untimed: int
    loose_refunds: int
    loose_payments: int

    @property
    def untimed_share(self) -> float:
        """Return the share of pharmacy and outpatient claims without a clock time, in [0, 1]."""
        return self.untimed / self.visits if self.visits else 0.0

    def text(self) -> str:
        """Return the report as JSON."""
        return json.dumps(asdict(self), sort_keys=True, indent=1)


def parse_report(text: str) -> SnapshotReport:
    """Return the report that `SnapshotReport.text` wrote."""
    fields = json.loads(text)
    tables = {name: TableReport(**counts) for name, counts in fields.pop("tables").items()}
    absent = tuple(fields.pop("absent"))
    return SnapshotReport(tables=tables, absent=absent, **fields)


def report_on(
    engine: Engine, snapshot_id: str, absent: tuple[str, ...], contradictions: Mapping[str, int]
) -> SnapshotReport:
    """Count what is attached; contradictions: attributes per entity table."""
    facts = engine.arrays("snapshot/claim_facts")
    tables = _fact_tables(engine)
    for name in ENTITIES:
        counts = engine.arrays("snapshot/entity_counts", names={"table": name})
        entities, derived = int(counts["n"][0]), int(counts["derived"][0])
        delivered = _delivered(engine, name)
        tables[name] = TableReport(
            delivered, entities, conflict=contradictions[name], derived=derived
        )
    numbers = {name: int(column[0]) for name, column in facts.items()}
    return SnapshotReport(snapshot_id, tables, absent, **numbers)


def _fact_tables(engine: Engine) -> dict[str, TableReport]:
    columns = engine.arrays("snapshot/excluded_counts")
    out: dict[str, dict[str, int]] = {name: {} for name in FACTS}
    for name, outcome, n in zip(*columns.values(), strict=True):
        out[name][outcome] = int(n)
    counts = {name: _delivered(engine, name) for name in FACTS}
    return {
        name: TableReport(counts[name], counts[name] - sum(kinds.values()), **kinds)
        for name, kinds in out.items()
    }


def _delivered(engine: Engine, table: str) -> int:
    return int(engine.arrays("snapshot/counts", names={"rows": rows_of(table)})["n"][0])
