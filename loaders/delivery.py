"""Loads a delivery: every file becomes one feed of the workspace, whole or not at all.

A Neo4j graph is delivered as files too: each table read from it is one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from graphfraud.errors import FeedError, UsageError
from graphfraud.progress import Progress, silent
from graphfraud.settings import Limits
from graphfraud.workspace import WorkspaceFolder
from loaders.feeds import Reading, load_file
from loaders.report import DeliveryError, FeedOutcome, LoadReport

SUFFIXES = (".csv", ".csv.gz", ".xlsx", ".parquet")
_GRAPH = re.compile(r"(neo4j|bolt)(\+s|\+ssc)?://", re.IGNORECASE)


def load(
    workspace: WorkspaceFolder,
    paths: Sequence[str | Path],
    *,
    mapping: Path | None = None,
    as_of: date | None = None,
    progress: Progress = silent,
    limits: Limits | None = None,
) -> LoadReport:
    """Load files, and the files of folders, into the workspace; what is there already stays.

    paths: or else, alone, the URI of a Neo4j server as text; its graph is read by the mapping.
    mapping: a YAML file for other layouts. as_of: a time after this day lies in the future and is
    refused (default: today). Files that cannot be read as a whole are collected in one
    DeliveryError after all others have been loaded; MappingError comes before anything is read.
    """
    limits = limits or Limits()
    if graphs := [path for path in paths if isinstance(path, str) and _GRAPH.match(path)]:
        if len(paths) > 1:
            raise UsageError("A graph is loaded alone.", hint="Load files in a call of their own.")
        reading = Reading.prepare(None, as_of, limits)
        return _load_graph(workspace, graphs[0], mapping, reading, progress)
    reading = Reading.prepare(mapping, as_of, limits)
    files, ignored = delivered_files([Path(path) for path in paths])
    return _load_files(workspace, files, ignored, reading, progress)


def _load_graph(
    workspace: WorkspaceFolder, uri: str, mapping: Path | None, reading: Reading, progress: Progress
) -> LoadReport:
    from graphfraud.graph.neo4j.credentials import configured  # noqa: PLC0415  files need no driver
    from loaders.neo4j import read_graph  # noqa: PLC0415  as above
    from loaders.neo4j_entries import read_graph_mapping  # noqa: PLC0415  as above

    server = configured(uri)
    if mapping is None:
        raise UsageError(
            f"{server.uri} holds a graph, and nothing says how it makes tables.",
            hint="Give --mapping FILE; docs/mappings.md shows one for a graph.",
        )
    rules = read_graph_mapping(mapping)
    with workspace.staging(progress) as folder:
        files = read_graph(server, rules, folder, reading.limits, progress)
        return _load_files(workspace, files, (), replace(reading, mapping=rules), progress)


def _load_files(
    workspace: WorkspaceFolder,
    files: Sequence[Path],
    ignored: tuple[str, ...],
    reading: Reading,
    progress: Progress,
) -> LoadReport:
    outcomes: list[FeedOutcome] = []
    faults: list[FeedError] = []
    sizes = [file.stat().st_size if file.is_file() else 0 for file in files]
    for place, file in enumerate(files):
        tick = partial(_tell, progress, file.name, sizes, place)
        tick(0)
        try:
            outcomes.append(load_file(workspace, file, reading, tick))
        except FeedError as fault:
            faults.append(fault)
    progress("load", sum(sizes), sum(sizes))
    report = LoadReport(tuple(outcomes), ignored, tuple(faults))
    if faults:
        raise DeliveryError(report)
    return report


def _tell(progress: Progress, name: str, sizes: list[int], place: int, share: float) -> None:
    """Report the bytes done when `share` of the file at `place` is."""
    progress(f"load {name}", sum(sizes[:place]) + int(sizes[place] * share), sum(sizes))


def delivered_files(paths: Sequence[Path]) -> tuple[list[Path], tuple[str, ...]]:
    """Return the files to load, sorted within each folder, and the names of those passed over."""
    files: list[Path] = []
    ignored: list[str] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        entries = sorted(entry for entry in path.iterdir() if entry.is_file())
        files += [entry for entry in entries if is_ours(entry.name)]
        ignored += [entry.name for entry in entries if not is_ours(entry.name)]
    if not files:
        raise FeedError(
            f"There is nothing to load in {', '.join(map(str, paths)) or 'no path'}.",
            hint=f"Files end in {', '.join(SUFFIXES)}.",
        )
    return files, tuple(ignored)


def is_ours(name: str) -> bool:
    """Say whether a file's name ends as one of the formats that are read.

    >>> is_ours("claims.CSV.gz"), is_ours("~$claims.xlsx"), is_ours("readme.md")
    (True, False, False)
    """
    return name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$"))
