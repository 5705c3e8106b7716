"""Runs the typing steps of one source on the engine: tables and rejects out, balance checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import EngineError
from graphfraud.model.reasons import REASONS
from graphfraud.workspace import TableCount
from loaders.fragments import Fragments
from loaders.limits import RAW_CHARACTERS
from loaders.plan import TablePlan
from loaders.records import Records

MACROS = ("cells", "ids", "money", "times", "codes", "records")
_BROKEN = "broken_records"


@dataclass
class Outcome:
    """What became of a feed so far: balance per table, primary reasons and flags in rows."""

    tables: dict[str, TableCount] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)


def type_records(engine: Engine, sources: Sequence[Records], target: Path, as_of: date) -> Outcome:
    """Type every source's records; writes tables/*.parquet and rejects.parquet under `target`."""
    outcome = Outcome()
    for macro in MACROS:
        engine.run(f"macros/{macro}")
    engine.run("load/rejects_begin", {"codes": list(REASONS)})
    (target / "tables").mkdir()
    for records in sources:
        records.attach(engine)
        for plan in records.plans:
            file = target / "tables" / f"{plan.table.name}.parquet"
            outcome.tables[plan.table.name] = _type_table(engine, records, plan, file, as_of)
            if plan.table.name == "persons":
                _count_flags(engine, file, outcome.reasons)
    outcome.reasons |= _reasons(engine)
    engine.run("load/rejects_write", {"target": target / "rejects.parquet"})
    return outcome


def _reasons(engine: Engine) -> dict[str, int]:
    """Return the rows for each primary reason; EngineError where one is outside the closed list."""
    found = engine.frame("load/reasons")
    reasons = dict(zip(found["reason"], found["row_count"].astype(int).tolist(), strict=True))
    if unknown := sorted(map(str, set(reasons) - set(REASONS))):
        raise EngineError(
            f"Records were rejected for {', '.join(unknown)}, which is no reason.",
            hint="This is a fault of graphfraud; report it with the file's layout.",
        )
    return reasons


def _type_table(
    engine: Engine, records: Records, plan: TablePlan, target: Path, as_of: date
) -> TableCount:
    fragments = Fragments(plan, as_of, tidy=records.tidy)
    position = "record_no, file_line" if records.numbered else "clean"
    numbering = position if records.numbered else "no_text() AS clean"
    names = fragments.names | {"position": position, "numbering": numbering}
    engine.run("load/typed", fragments.parameters, names=names)
    engine.run(f"load/numbered_by_{'reader' if records.numbered else 'file'}")
    engine.run("load/outcasts", names=names)
    engine.run("load/write_table", {"target": target}, names=names)
    count = _balance(engine, records, plan)
    _check_written(engine, target, names, count)
    if count.loaded < count.read - records.n_broken:
        added = {
            "table": plan.table.name,
            "column_order": list(plan.table.column_names),
            "key_columns": ", ".join(plan.table.key),
            "raw_characters": RAW_CHARACTERS,
        }
        engine.run("load/rejects_add", fragments.parameters | added, names=names)
    if records.n_broken:
        _add_broken(engine, records, plan)
    return count


def _add_broken(engine: Engine, records: Records, plan: TablePlan) -> None:
    for table in records.broken():
        engine.register(_BROKEN, table)
        engine.run("load/rejects_scanned", {"table": plan.table.name}, names={"table": _BROKEN})
        engine.unregister(_BROKEN)


def _balance(engine: Engine, records: Records, plan: TablePlan) -> TableCount:
    """Return the table's balance; EngineError where a record is unaccounted for."""
    found = engine.frame("load/balance")
    rows = dict(zip(found["outcome"], found["row_count"].astype(int), strict=True))
    fen = dict(zip(found["outcome"], map(int, found["fen"]), strict=True))
    if sum(rows.values()) != records.sound:
        raise EngineError(
            f"{plan.table.name}: the scanner found {records.sound:,} records, "
            f"the engine read {sum(rows.values()):,}.",
            hint="This is a fault of graphfraud; report it with the file's layout.",
        )
    return TableCount(
        read=records.sound + records.n_broken,
        read_fen=sum(fen.values()),
        **_named(rows | {"rejected": rows.get("rejected", 0) + records.n_broken}),
        **{f"{name}_fen": value for name, value in _named(fen).items()},
    )


def _check_written(
    engine: Engine, target: Path, names: Mapping[str, str], count: TableCount
) -> None:
    """Raise EngineError where the file does not hold what the balance says."""
    found = engine.frame("load/written", {"file": target}, names=names).iloc[0]
    if (int(found["row_count"]), int(found["fen"])) != (count.loaded, count.loaded_fen):
        raise EngineError(
            f"{target.name} holds {found['row_count']} records, not {count.loaded:,}.",
            hint="This is a fault of graphfraud; report it with the file's layout.",
        )


def _named(values: Mapping[str, int]) -> dict[str, int]:
    return {
        name: int(values.get(name, 0)) for name in ("loaded", "duplicate", "conflict", "rejected")
    }


def _count_flags(engine: Engine, persons: Path, reasons: dict[str, int]) -> None:
    wrong = int(engine.frame("load/checksums", {"file": persons})["row_count"].iloc[0])
    if wrong:
        reasons["id_number_checksum"] = wrong
