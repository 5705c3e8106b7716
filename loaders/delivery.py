"""Loads a delivery: every file becomes one feed of the workspace, whole or not at all."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from graphfraud.errors import FeedError
from graphfraud.progress import Progress, silent
from graphfraud.settings import Limits
from graphfraud.workspace import WorkspaceFolder
from loaders.feeds import Reading, load_file
from loaders.report import DeliveryError, FeedOutcome, LoadReport

SUFFIXES = (".csv", ".csv.gz", ".xlsx", ".parquet")


def load(
    workspace: WorkspaceFolder,
    paths: Sequence[Path],
    *,
    mapping: Path | None = None,
    as_of: date | None = None,
    progress: Progress = silent,
    limits: Limits | None = None,
) -> LoadReport:
    """Load files, and the files of folders, into the workspace; what is there already stays.

    mapping: a YAML file for other layouts. as_of: a time after this day lies in the future and is
    refused (default: today). Files that cannot be read as a whole are collected in one
    DeliveryError after all others have been loaded; MappingError comes before anything is read.
    """
    reading = Reading.prepare(mapping, as_of, limits or Limits())
    files, ignored = delivered_files(paths)
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
