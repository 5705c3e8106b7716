"""The rows that were not loaded: where they are read, and how many a caller tolerates."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from graphfraud.errors import RejectLimitError
from graphfraud.workspace import WorkspaceFolder

if TYPE_CHECKING:
    from loaders import LoadReport

COLUMNS = (
    "feed_id",
    "file_name",
    "table_name",
    "record_no",
    "line_no",
    "outcome",
    "reason",
    "reasons",
    "column_name",
    "value",
    "amount_fen",
    "raw",
)


def read_rejects(folder: WorkspaceFolder, feed_ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Return every row that was not loaded, one line each, sorted by feed, table and record.

    Columns: COLUMNS; `reasons` is every code, parted by blanks; `amount_fen` is in fen.
    """
    wanted = None if feed_ids is None else set(feed_ids)
    parts = [
        _of_feed(folder, feed.feed_id, feed.file_name)
        for feed in folder.feeds()
        if wanted is None or feed.feed_id in wanted
    ]
    full = [part for part in parts if len(part)]
    if not full:
        return pd.DataFrame(columns=list(COLUMNS))
    order = ["feed_id", "table_name", "record_no"]
    return pd.concat(full, ignore_index=True).sort_values(order, kind="stable", ignore_index=True)


def _of_feed(folder: WorkspaceFolder, feed_id: str, file_name: str) -> pd.DataFrame:
    path = folder.feed_folder(feed_id) / "rejects.parquet"
    if not path.is_file():
        return pd.DataFrame(columns=list(COLUMNS))
    rows = pd.read_parquet(path).assign(feed_id=feed_id, file_name=file_name)
    rows["reasons"] = [" ".join(codes) for codes in rows["reasons"]]
    return rows.loc[:, list(COLUMNS)]


def check_rejects(report: "LoadReport", limit: float) -> None:
    """Raise RejectLimitError where more rows were rejected than `limit` allows.

    Below 1 the limit is a share of the rows read, from 1 on a number of rows. Nothing is undone.
    """
    allowed = limit * report.read if limit < 1 else limit
    if report.rejected > allowed:
        raise RejectLimitError(
            f"{report.rejected:,} of {report.read:,} rows were rejected; the limit is {limit:g}.",
            hint="The other rows are loaded; see the reasons with: graphfraud rejects",
        )
