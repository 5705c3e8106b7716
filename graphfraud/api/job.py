"""What a job on a projection gives: a table by node, and how it was made, to keep side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from graphfraud.errors import UsageError

ABOUT = "job.json"
FORMATS = ("csv", "parquet")


@dataclass(frozen=True)
class Job:
    """A finished job.

    table: kind, id and the values of each node; about: algorithm, parameters, seed, library,
    quality, counts, seconds and whether the same again gives the same bytes.
    """

    table: pd.DataFrame
    about: Mapping[str, Any]

    def save(self, out: str | Path, form: str = "csv") -> Path:
        """Write NAME.csv or NAME.parquet and job.json into the folder `out`; return it.

        Floats are written with all their digits; seconds, which differ, stand in job.json alone.
        """
        if form not in FORMATS:
            raise UsageError(f"There is no format {form!r}.", hint=f"Known: {', '.join(FORMATS)}.")
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        name = str(self.about["job"])
        if form == "csv":
            self.table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        else:
            self.table.to_parquet(folder / f"{name}.parquet", index=False)
        text = json.dumps(self.about, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / ABOUT).write_text(text + "\n", encoding="utf-8")
        return folder
