"""Settles what several feeds say about the same thing, once a snapshot, whatever their order.

What comes out is kept beside the snapshot: which rows stay out of the analysis and why, and one row
per person, facility and doctor.
"""

from pathlib import Path

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.sources import rows_of
from graphfraud.model.tables import TABLES

ENTITIES = {"persons": "person_id", "facilities": "facility_id", "doctors": "doctor_id"}
FACTS = tuple(name for name in TABLES if name not in ENTITIES)
EXCLUDED = "excluded"


def exclude_rows(engine: Engine, files: dict[str, list[Path]], rejects: list[Path]) -> None:
    """Fill `excluded` and make the views of the fact tables; files: per table, one per feed."""
    engine.run("snapshot/begin")
    for table in FACTS:
        if len(rejects) > 1 and files[table]:
            _exclude_contested(engine, table, rejects)
        if len(files[table]) > 1:
            key = ", ".join(TABLES[table].key or TABLES[table].column_names)
            names = {"rows": rows_of(table), "key": key}
            engine.run("snapshot/repeated", {"table": table}, names=names)
    attach_facts(engine)
    if files["claim_items"]:
        engine.run("snapshot/orphans")
        attach_facts(engine)


def _exclude_contested(engine: Engine, table: str, rejects: list[Path]) -> None:
    key = TABLES[table].key
    if len(key) == 1:
        names = {"rows": rows_of(table), "key": key[0]}
        engine.run("snapshot/contested", {"table": table, "files": rejects}, names=names)


def attach_facts(engine: Engine) -> None:
    """Make the views of the fact tables: their rows without those in `excluded`."""
    counts = engine.arrays("snapshot/excluded_counts")
    reduced = set(counts["table_name"])
    for table in FACTS:
        step = "snapshot/table_without" if table in reduced else "snapshot/table_whole"
        engine.run(step, names={"table": table, "rows": rows_of(table)})


def write_derived(engine: Engine, files: dict[str, list[Path]], target: Path) -> dict[str, int]:
    """Write what was settled into the folder `target`; return contradictions per entity table."""
    engine.run("snapshot/write_excluded", {"target": target / f"{EXCLUDED}.parquet"})
    contradictions = {}
    for table, key in ENTITIES.items():
        merged, contradictions[table] = rows_of(table), 0
        names = {"rows": rows_of(table), "key": key}
        if len(files[table]) > 1:
            contradictions[table] = _contradictions(engine, names)
            merged = f"{table}_merged"
            engine.run("snapshot/merged", names=names | {"merged": merged})
        parameters = {"target": target / f"{table}.parquet"}
        engine.run(f"snapshot/{table}", parameters, names={"merged": merged})
    return contradictions


def _contradictions(engine: Engine, names: dict[str, str]) -> int:
    counts = engine.arrays("snapshot/disagreements", names=names)
    return sum(int(column[0]) for column in counts.values())


def attach_derived(engine: Engine, folder: Path) -> None:
    """Take up from `folder` what `write_derived` wrote, and make every view of the snapshot."""
    engine.run("snapshot/known_excluded", {"file": folder / f"{EXCLUDED}.parquet"})
    attach_facts(engine)
    for table in ENTITIES:
        names = {"table": table, "file_of": f"{table}_file"}
        engine.run("snapshot/entity", {"file": folder / f"{table}.parquet"}, names=names)
