"""One detection run: snapshot in, result files out, published whole or not at all."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.engine.snapshot_report import SnapshotReport
from graphfraud.findings import tables
from graphfraud.findings.entities import entity_table
from graphfraud.findings.files import result_hash, write_results
from graphfraud.findings.joint_visits import joint_visits, ring_claims
from graphfraud.findings.registers import read_registers
from graphfraud.findings.rings import Ring, build_rings
from graphfraud.model.keys import digest
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.patterns.registry import PATTERNS, chosen, settings
from graphfraud.progress import Progress, silent
from graphfraud.settings import limits
from graphfraud.version import __version__
from graphfraud.workspace import RunRecord, Snapshot, WorkspaceFolder

NO_TIES = pd.DataFrame({"a": pd.Series(dtype=str), "b": pd.Series(dtype=str)})


@dataclass
class _Work:
    """What a run gathers on its way; seconds are for people and enter no hash."""

    rings: list[Ring] = field(default_factory=list)
    network: pd.DataFrame = field(default_factory=lambda: NO_TIES)
    duplicates: pd.DataFrame = field(default_factory=pd.DataFrame)
    tests: dict[str, Mapping[str, object]] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes_zh: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def detect(
    workspace: WorkspaceFolder,
    *,
    snapshot: Snapshot,
    patterns: Sequence[str] | None = None,
    seed: int,
    parameters: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> RunRecord:
    """Run the named patterns (None: all) on a snapshot and publish the run.

    parameters: `pattern.name` = text; UsageError for an unknown one. The same snapshot, patterns,
    parameters and seed give the same bytes; should they ever not, publishing fails and says so.
    """
    names = chosen(list(patterns) if patterns is not None else None)
    values = {name: settings(parameters or {})[name] for name in names}
    asked = json.dumps(values, sort_keys=True)
    run_id = digest(snapshot.snapshot_id, asked, str(seed), __version__)
    with workspace.staging() as staging, workspace.staging() as spill:
        with Engine(temporary=spill, limits=limits(), allowed=[workspace.path]) as engine:
            work, report = _run(engine, workspace, snapshot, values, seed, progress)
        hashes = write_results(staging, _tables(work))
        about = _about(work, report, run_id, values, seed, hashes)
        text = json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (staging / "run.json").write_text(text, encoding="utf-8")
        record = RunRecord(
            run_id, snapshot.snapshot_id, asked, seed, __version__, result_hash(hashes)
        )
        return workspace.publish_run(staging, record)


def _run(
    engine: Engine,
    workspace: WorkspaceFolder,
    snapshot: Snapshot,
    values: Mapping[str, Mapping[str, int | float]],
    seed: int,
    progress: Progress,
) -> tuple[_Work, SnapshotReport]:
    work, begun = _Work(), time.perf_counter()
    report = attach_snapshot(engine, workspace, snapshot, progress)
    work.seconds["attach"] = time.perf_counter() - begun
    context = Context(engine, seed, progress, limits().threads or 2)
    for name, setting in values.items():
        begun = time.perf_counter()
        _look(PATTERNS[name], context, setting, work)
        work.seconds[name] = time.perf_counter() - begun
    return work, report


def _look(
    module: ModuleType, context: Context, setting: Mapping[str, int | float], work: _Work
) -> None:
    """Run one pattern and turn what it saw into rings and duplicates."""
    name = module.DESCRIPTION.name
    outcome: Outcome = module.run(context, setting)
    work.tests[name] = outcome.tests
    work.notes[name], work.notes_zh[name] = outcome.notes, outcome.notes_zh
    if outcome.duplicates is not None:
        work.duplicates = outcome.duplicates
    if outcome.network is not None:
        work.network = outcome.network
    if not outcome.groups:
        return
    context.progress("explain", 0, None)
    visits = joint_visits(outcome.groups)
    registers = read_registers(context.engine, outcome.groups, visits)
    claims = ring_claims(context.engine, visits)
    level, parties = float(setting["ring_level"]), int(setting["min_persons"])
    work.rings += build_rings(name, outcome, claims, registers, level=level, parties=parties)


def _tables(work: _Work) -> dict[str, pd.DataFrame]:
    return {
        "rings": tables.ring_table(work.rings),
        "ring_members": tables.member_table(work.rings),
        "ring_ties": tables.tie_table(work.rings),
        "ring_claims": tables.claim_table(work.rings),
        "claim_sources": tables.source_table(work.rings),
        "ring_reasons": tables.reason_table(work.rings),
        "duplicate_claims": work.duplicates,
        "entity_scores": entity_table(work.rings, work.network),
    }


def _about(
    work: _Work,
    report: SnapshotReport,
    run_id: str,
    values: Mapping[str, Mapping[str, int | float]],
    seed: int,
    hashes: Mapping[str, str],
) -> dict[str, object]:
    """Return run.json: all a reader needs to repeat the run and to know its limits."""
    leads = sum(ring.verdict.status == "lead" for ring in work.rings)
    return {
        "run_id": run_id,
        "snapshot_id": report.snapshot_id,
        "tool_version": __version__,
        "engine": "duckdb",
        "parameters": values,
        "seed": seed,
        "counts": {
            "leads": leads,
            "explained": len(work.rings) - leads,
            "duplicates": len(work.duplicates),
            "ties": len(work.network),
        },
        "snapshot": json.loads(report.text()),
        "absent_tables": list(report.absent),
        "tests": work.tests,
        "notes": {name: list(notes) for name, notes in work.notes.items()},
        "notes_zh": {name: list(notes) for name, notes in work.notes_zh.items()},
        "seconds": {name: round(value, 3) for name, value in work.seconds.items()},
        "files": dict(hashes),
        "result_hash": result_hash(dict(hashes)),
    }
