"""The catalog's rows as feeds, snapshots and runs, and back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import cast

from graphfraud.workspace.catalog import Catalog, CatalogWriter
from graphfraud.workspace.durable import FileEntry
from graphfraud.workspace.manifest import manifest_text, parse_manifest
from graphfraud.workspace.records import Feed, RunRecord, Snapshot


def now() -> str:
    """Return the time in UTC to the second, for people to read."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def add_feed(catalog: Catalog, feed: Feed, files: Sequence[FileEntry]) -> None:
    """Make a published feed visible, in one transaction with the hashes of its files."""
    with catalog.writing() as writer:
        writer.write(
            "add_feed",
            {
                "feed_id": feed.feed_id,
                "manifest": manifest_text(feed),
                "loaded_at": feed.loaded_at,
            },
        )
        _set_files(writer, f"feeds/{feed.feed_id}", files)


def feed(catalog: Catalog, feed_id: str) -> Feed | None:
    """Return one feed, None where the catalog does not know it."""
    rows = catalog.rows("feed", feed_id=feed_id)
    return parse_manifest(*map(str, rows[0])) if rows else None


def feeds(catalog: Catalog) -> list[Feed]:
    """Return every feed, by feed_id."""
    return [parse_manifest(*map(str, row)) for row in catalog.rows("feeds")]


def add_snapshot(catalog: Catalog, snapshot: Snapshot) -> None:
    """Keep a snapshot; where it is known already, only a new name is taken over."""
    key = {"snapshot_id": snapshot.snapshot_id}
    with catalog.writing() as writer:
        writer.write(
            "add_snapshot", key | {"name": snapshot.name, "created_at": snapshot.created_at}
        )
        writer.write("add_snapshot_feed", *(key | {"feed_id": id_} for id_ in snapshot.feed_ids))


def snapshots(catalog: Catalog) -> list[Snapshot]:
    """Return every snapshot, oldest first."""
    rows = (tuple(map(str, row)) for row in catalog.rows("snapshots"))
    return [
        Snapshot(snapshot_id, name, tuple(row[3] for row in group), created_at)
        for (snapshot_id, name, created_at), group in groupby(rows, key=lambda row: row[:3])
    ]


def add_run(catalog: Catalog, run: RunRecord, files: Sequence[FileEntry]) -> None:
    """Make a published run visible, in one transaction with the hashes of its files."""
    with catalog.writing() as writer:
        writer.write(
            "add_run",
            {
                "run_id": run.run_id,
                "snapshot_id": run.snapshot_id,
                "parameters": run.parameters,
                "seed": run.seed,
                "tool_version": run.tool_version,
                "result_hash": run.result_hash,
                "created_at": run.created_at,
            },
        )
        _set_files(writer, f"runs/{run.run_id}", files)


def runs(catalog: Catalog) -> list[RunRecord]:
    """Return every run, newest first."""
    found = [
        RunRecord(
            run_id=str(row[0]),
            snapshot_id=str(row[1]),
            parameters=str(row[2]),
            seed=int(row[3]),
            tool_version=str(row[4]),
            result_hash=str(row[5]),
            created_at=str(row[6]),
        )
        for row in catalog.rows("runs")
    ]
    return [replace(run, files=_hashes(catalog, f"runs/{run.run_id}")) for run in found]


def files(catalog: Catalog, folder: str) -> list[FileEntry]:
    """Return the files that the published `folder` must hold; none where it is not published."""
    rows = catalog.rows("files", folder=folder)
    return [FileEntry(str(path), str(sha256), int(size)) for path, sha256, size in rows]


def folders(catalog: Catalog) -> list[str]:
    """Return every published folder, `feeds/<id>` and `runs/<id>`, sorted."""
    return [cast("str", folder) for (folder,) in catalog.rows("folders")]


def _hashes(catalog: Catalog, folder: str) -> dict[str, str]:
    return {entry.path: entry.sha256 for entry in files(catalog, folder)}


def _set_files(writer: CatalogWriter, folder: str, entries: Sequence[FileEntry]) -> None:
    writer.write("forget_files", {"folder": folder})
    writer.write("add_file", *({"folder": folder} | entry._asdict() for entry in entries))
