"""Publishing: staging -> on disk -> renamed into place -> one catalog row, whole or not at all.

The row is what makes a folder exist for everybody else. A process killed between the rename and
the row leaves a folder nobody sees; the next load of the same file checks it against its own
manifest and only adds the row, or removes it where it does not hold.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from graphfraud.errors import WorkspaceError
from graphfraud.workspace import ledger
from graphfraud.workspace.catalog import Catalog
from graphfraud.workspace.durable import (
    FileEntry,
    file_entries,
    remove_tree,
    sync_folder,
    sync_tree,
)
from graphfraud.workspace.inspect import damages
from graphfraud.workspace.manifest import MANIFEST, manifest_text, parse_manifest
from graphfraud.workspace.records import Feed, RunRecord


def seal_feed(staging: Path, feed: Feed) -> tuple[Feed, list[FileEntry]]:
    """Write the manifest over everything in `staging`, put it on disk, read-only; list it."""
    _check_balance(feed)
    entries = file_entries(staging, feed.files)
    hashes = {entry.path: entry.sha256 for entry in entries}
    if hashes.get(f"source/{feed.file_name}") != feed.sha256:
        raise WorkspaceError(
            f"{feed.file_name} changed while it was being loaded.",
            hint="Load it again when nobody writes to it.",
        )
    sealed = replace(feed, files=hashes, loaded_at=ledger.now())
    manifest = manifest_text(sealed).encode()
    (staging / MANIFEST).write_bytes(manifest)
    sync_tree(staging)
    entries.append(FileEntry(MANIFEST, hashlib.sha256(manifest).hexdigest(), len(manifest)))
    return sealed, entries


def whole_feed(root: Path, catalog: Catalog, feed_id: str) -> Feed | None:
    """Return the feed when its folder holds to the last byte; take over one that a kill left.

    The caller keeps other publishers out.
    """
    folder = f"feeds/{feed_id}"
    feed = ledger.feed(catalog, feed_id)
    if feed is None:
        return _adopt(root, catalog, feed_id)
    whole = not any(damages(root, folder, ledger.files(catalog, folder)))
    return feed if whole else None


def place_feed(
    root: Path, catalog: Catalog, staging: Path, feed: Feed, files: Sequence[FileEntry]
) -> None:
    """Move a sealed feed to its place and make it visible; replaces a damaged one."""
    row = partial(ledger.add_feed, catalog, feed, files)
    _place(root, catalog, staging, f"feeds/{feed.feed_id}", row)


def place_run(root: Path, catalog: Catalog, staging: Path, run: RunRecord) -> RunRecord:
    """Move a run's sealed files to their place and make them visible; returns it with hashes."""
    entries = file_entries(staging)
    row = partial(ledger.add_run, catalog, run, entries)
    _place(root, catalog, staging, f"runs/{run.run_id}", row)
    return replace(run, files={entry.path: entry.sha256 for entry in entries})


def _place(
    root: Path, catalog: Catalog, staging: Path, folder: str, make_visible: Callable[[], None]
) -> None:
    target = root / folder
    remove_tree(target)
    try:
        staging.rename(target)
        sync_folder(target.parent)
        make_visible()
    except BaseException:
        if target.exists() and not ledger.files(catalog, folder):
            target.rename(staging)  # back under its owner, who clears it away
        raise


def _adopt(root: Path, catalog: Catalog, feed_id: str) -> Feed | None:
    folder = f"feeds/{feed_id}"
    feed = _left_behind(root, feed_id)
    if feed is None:
        remove_tree(root / folder)
        return None
    feed = replace(feed, loaded_at=ledger.now())
    sync_folder(root / "feeds")
    ledger.add_feed(catalog, feed, file_entries(root / folder))
    return feed


def _left_behind(root: Path, feed_id: str) -> Feed | None:
    manifest = root / "feeds" / feed_id / MANIFEST
    try:
        text = manifest.read_text(encoding="utf-8")
        feed = parse_manifest(text)
    except (OSError, ValueError, WorkspaceError):
        return None
    expected = [FileEntry(path, sha256, 0) for path, sha256 in feed.files.items()]
    found = [str(damage) for damage in damages(root, f"feeds/{feed_id}", expected)]
    only_manifest = [f"feeds/{feed_id}/{MANIFEST} is unexpected"]
    return feed if feed.feed_id == feed_id and found == only_manifest else None


def _check_balance(feed: Feed) -> None:
    for table, count in sorted(feed.tables.items()):
        if not count.balanced():
            raise WorkspaceError(
                f"{feed.file_name}: read is not loaded + duplicate + conflict + rejected "
                f"in {table}: {count}.",
                hint="This is a fault of graphfraud; report it with the file's layout.",
            )
