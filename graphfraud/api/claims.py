"""One claim as it was loaded, read straight from the feeds that delivered it."""

import pandas as pd

from graphfraud.model.tables import TABLES
from graphfraud.workspace import WorkspaceFolder

COLUMNS = ("feed_id", "record_no", *TABLES["claims"].column_names)


def read_claim(folder: WorkspaceFolder, claim_id: str) -> pd.DataFrame:
    """Return one row for each feed that delivered `claim_id`; columns COLUMNS, amounts in fen."""
    parts = []
    for feed in folder.feeds():
        path = folder.feed_folder(feed.feed_id) / "tables" / "claims.parquet"
        if "claims" in feed.tables and path.is_file():
            rows = pd.read_parquet(path, filters=[("claim_id", "==", claim_id)])
            parts.append(rows.assign(feed_id=feed.feed_id).loc[:, list(COLUMNS)])
    found = [part for part in parts if len(part)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(COLUMNS))
