"""One detection run: snapshot in, result files out, published whole or not at all."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType

import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.engine.snapshot_report import SnapshotReport
from graphfraud.findings import tables
from graphfraud.findings.entities import entity_table
from graphfraud.findings.files import result_hash, write_results
from graphfraud.findings.merging import merged
from graphfraud.findings.needs import missing
from graphfraud.findings.peers.lines import no_lines
from graphfraud.findings.peers.reading import Peers, read_peers
from graphfraud.findings.registers import read_all, ring_claims
from graphfraud.findings.rings import Ring, build_rings, untested
from graphfraud.findings.signals.assess import with_signals
from graphfraud.findings.stability import SETTINGS, Bounds, with_stability
from graphfraud.model.keys import digest
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.patterns.group import Group
from graphfraud.patterns.registry import PATTERNS, chosen, settings
from graphfraud.progress import Progress, silent
from graphfraud.settings import limits
from graphfraud.version import __version__
from graphfraud.workspace import RunRecord, Snapshot, WorkspaceFolder

TIE_ENDS = ("type_a", "a", "type_b", "b")


@dataclass(frozen=True)
class _Found:
    """What one pattern found: groups of enough persons that chance would hardly show."""

    module: ModuleType
    asked: Bounds
    groups: list[Group]


@dataclass
class _Work:
    """What a run gathers on its way; seconds are for people and enter no hash."""

    found: list[_Found] = field(default_factory=list)
    rings: list[Ring] = field(default_factory=list)
    networks: list[pd.DataFrame] = field(default_factory=list)
    duplicates: list[pd.DataFrame] = field(default_factory=list)
    reach: pd.DataFrame | None = None
    peers: Peers = field(default_factory=lambda: Peers(no_lines(), {}))
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tests: dict[str, Mapping[str, object]] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes_zh: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @cached_property
    def network(self) -> pd.DataFrame:
        """Return all ties that beat chance, each pair once; asked for when all are there."""
        empty = pd.DataFrame({end: pd.Series(dtype=str) for end in TIE_ENDS})
        ties = pd.concat([empty, *(network[list(TIE_ENDS)] for network in self.networks)])
        return ties.drop_duplicates().sort_values(list(TIE_ENDS), ignore_index=True)

    @property
    def duplicate_pairs(self) -> pd.DataFrame:
        """Return the duplicate claims of all patterns."""
        if not self.duplicates:
            return pd.DataFrame()
        order = ["claim_id_a", "claim_id_b", "kind"]
        return pd.concat(self.duplicates).sort_values(order, ignore_index=True)


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
        begun = time.perf_counter()
        hashes = write_results(staging, _tables(work, seed))
        work.seconds["results"] = time.perf_counter() - begun
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
    begun = time.perf_counter()
    work.rings = _rings(context, work.found)
    work.seconds["explain"] = time.perf_counter() - begun
    begun = time.perf_counter()
    work.rings = with_signals(engine, merged(work.rings))
    work.seconds["signals"] = time.perf_counter() - begun
    begun = time.perf_counter()
    work.rings = with_stability(work.rings, _bounds(values), seed)
    work.seconds["stability"] = time.perf_counter() - begun
    begun = time.perf_counter()
    progress("compare", 0, None)
    work.peers = read_peers(engine)
    work.seconds["peers"] = time.perf_counter() - begun
    work.networks += [one.group.ties for ring in work.rings for one in (ring, *ring.also)]
    return work, report


def _look(
    module: ModuleType, context: Context, setting: Mapping[str, int | float], work: _Work
) -> None:
    """Run one pattern, unless its data is absent, and keep what it saw."""
    name = module.DESCRIPTION.name
    work.absent[name] = missing(context.engine, module.DESCRIPTION.needs)
    if work.absent[name]:
        return
    outcome: Outcome = module.run(context, setting)
    work.tests[name] = outcome.tests
    work.notes[name], work.notes_zh[name] = outcome.notes, outcome.notes_zh
    if outcome.duplicates is not None:
        work.duplicates.append(outcome.duplicates)
    if outcome.network is not None:
        work.networks.append(outcome.network)
    if outcome.reach is not None:
        work.reach = outcome.reach
    asked = _asked(setting)
    groups = [
        group
        for group in outcome.groups
        if len(group.persons) >= asked.fewest and group.p_value <= asked.level
    ]
    if groups:
        work.found.append(_Found(module, asked, groups))


def _rings(context: Context, found: Sequence[_Found]) -> list[Ring]:
    """Return the groups of all patterns as rings, explained; registers and claims read once."""
    if not found:
        return []
    context.progress("explain", 0, None)
    parts = [one.groups for one in found]
    registers = read_all(context.engine, parts)
    claims = ring_claims(context.engine, [group for part in parts for group in part])
    rings, first = [], 0
    for one, known in zip(found, registers, strict=True):
        number = claims["ring"] - first
        rings += build_rings(
            one.module.DESCRIPTION.name,
            one.groups,
            claims.assign(ring=number)[number.between(0, len(one.groups) - 1)],
            known,
            tested=one.module.DESCRIPTION.excuses,
            level=one.asked.level,
            fewest=one.asked.fewest,
        )
        first += len(one.groups)
    return rings


def _asked(setting: Mapping[str, int | float]) -> Bounds:
    return Bounds(float(setting.get("ring_level", 0.0)), int(setting.get("min_persons", 0)))


def _bounds(values: Mapping[str, Mapping[str, int | float]]) -> dict[str, Bounds]:
    return {name: _asked(setting) for name, setting in values.items()}


def _tables(work: _Work, seed: int) -> dict[str, pd.DataFrame]:
    return {
        "rings": tables.ring_table(work.rings),
        "ring_members": tables.member_table(work.rings),
        "ring_ties": tables.tie_table(work.rings),
        "ring_links": tables.link_table(work.rings),
        "ring_patterns": tables.pattern_table(work.rings),
        "ring_claims": tables.claim_table(work.rings),
        "claim_sources": tables.source_table(work.rings),
        "ring_reasons": tables.reason_table(work.rings),
        "ring_signals": tables.signal_table(work.rings),
        "peer_lines": work.peers.lines,
        "duplicate_claims": work.duplicate_pairs,
        "entity_scores": entity_table(work.rings, work.network, work.reach, seed),
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
        "stability": SETTINGS,
        "seed": seed,
        "counts": {
            "leads": leads,
            "explained": len(work.rings) - leads,
            "duplicates": len(work.duplicate_pairs),
            "ties": len(work.network),
            "peer_lines": len(work.peers.lines),
        },
        "peer_lines": work.peers.counts,
        "peers_not_assessed": {name: list(needs) for name, needs in work.peers.absent.items()},
        "snapshot": json.loads(report.text()),
        "absent_tables": list(report.absent),
        "not_looked_for": {name: list(needs) for name, needs in work.absent.items() if needs},
        "reasons_not_tested": untested(work.rings),
        "tests": work.tests,
        "notes": {name: list(notes) for name, notes in work.notes.items()},
        "notes_zh": {name: list(notes) for name, notes in work.notes_zh.items()},
        "seconds": {name: round(value, 3) for name, value in work.seconds.items()},
        "files": dict(hashes),
        "result_hash": result_hash(dict(hashes)),
    }
