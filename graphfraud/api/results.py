"""The results of one run as pandas tables: identifiers are text, amounts integer fen."""

import json
import shutil
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from graphfraud.api.peers import sifted
from graphfraud.api.ring import Ring
from graphfraud.errors import UsageError, WorkspaceError
from graphfraud.model.results import RESULTS

RUN_FILE = "run.json"


class Results:
    """One run's folder, read when asked: `run`, and one DataFrame for each result table."""

    def __init__(self, folder: str | Path) -> None:
        """Point at a run's folder, or at one that `detect --out` wrote."""
        self.folder = Path(folder)

    @cached_property
    def run(self) -> dict[str, Any]:
        """Return run.json: run_id, snapshot_id, parameters, seed, counts, seconds per stage."""
        found: dict[str, Any] = json.loads(_text(self.folder / RUN_FILE))
        return found

    @cached_property
    def rings(self) -> pd.DataFrame:
        """Return the rings by rank: pattern, status, score, p-value, counts, amounts in fen."""
        return self._table("rings")

    @cached_property
    def members(self) -> pd.DataFrame:
        """Return who belongs to which ring, with role and weight."""
        return self._table("ring_members")

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Return the validated ties: observed, expected, lift, p, q, what explains them."""
        return self._table("ring_ties")

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Return the claims of the rings' joint visits, each with feed and record number."""
        sources = self._table("claim_sources")
        return self._table("ring_claims").merge(sources, on="claim_id", how="left")

    @cached_property
    def reasons(self) -> pd.DataFrame:
        """Return the innocent reasons that were looked for, found or not, with sentences."""
        return self._table("ring_reasons")

    @cached_property
    def signals(self) -> pd.DataFrame:
        """Return the rings' conduct signals: value, points, sentences, claims joined by ';'."""
        return self._table("ring_signals")

    @cached_property
    def patterns(self) -> pd.DataFrame:
        """Return what each pattern that found a ring says of it: observed, expected, p."""
        return self._table("ring_patterns")

    @cached_property
    def links(self) -> pd.DataFrame:
        """Return the validated ties of rings that join other things than two persons."""
        return self._table("ring_links")

    @cached_property
    def peers(self) -> pd.DataFrame:
        """Return facilities above their peers: index, value, peers' median, level 1 to 3."""
        return self._table("peer_lines")

    def peer_lines(
        self, *, level: int = 1, indices: Collection[str] = (), facilities: Collection[str] = ()
    ) -> pd.DataFrame:
        """Return the peers' warning lines from `level` on with `excess`, the gravest first."""
        return sifted(self.peers, level=level, indices=indices, facilities=facilities)

    @cached_property
    def duplicates(self) -> pd.DataFrame:
        """Return pairs of claims that may be one expense paid twice; amounts in fen."""
        return self._table("duplicate_claims")

    @cached_property
    def identity_links(self) -> pd.DataFrame:
        """Return pairs of persons that may be one."""
        return self._table("identity_links")

    @cached_property
    def claim_sources(self) -> pd.DataFrame:
        """Return where each claim of the results was delivered: feed, record number, hash."""
        return self._table("claim_sources")

    @cached_property
    def entity_scores(self) -> pd.DataFrame:
        """Return each entity's score and its place in the validated network."""
        return self._table("entity_scores")

    def ring(self, ring_id: str) -> Ring:
        """Return the ring whose id is, or uniquely begins with, `ring_id`."""
        return self._ring(self.whole_id(ring_id))

    def whole_id(self, ring_id: str) -> str:
        """Return the ring's id that is, or uniquely begins with, `ring_id`; UsageError if none."""
        ids = self.rings["ring_id"]
        found = [known for known in ids if known == ring_id] or [
            known for known in ids if ring_id and known.startswith(ring_id)
        ]
        if len(found) != 1:
            count = f"{len(found)} rings" if found else "No ring"
            raise UsageError(
                f"{count} in this run match {ring_id!r}.",
                hint="graphfraud show without an id lists the rings.",
            )
        return str(found[0])

    def save(self, out: str | Path) -> Path:
        """Copy the run's files into the folder `out`; return it."""
        target = Path(out)
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted(self.folder.iterdir()):
            shutil.copyfile(path, target / path.name)
        return target

    def _ring(self, ring_id: str) -> Ring:
        tables = (
            *(self.rings, self.members, self.ties, self.claims, self.reasons),
            *(self.signals, self.patterns, self.links),
        )
        chosen = (table.loc[table["ring_id"] == ring_id] for table in tables)
        row, *parts = (part.reset_index(drop=True) for part in chosen)
        about = {str(key): value for key, value in row.iloc[0].items()}
        facilities = parts[0].loc[parts[0]["entity_type"] == "facility", "entity_id"]
        lines = sifted(self.peers[self.peers["facility_id"].isin(set(facilities))])
        return Ring(ring_id, about, *(*parts, lines))

    def _table(self, name: str) -> pd.DataFrame:
        table = RESULTS[name]
        path = self.folder / table.file
        _text(path, empty=True)
        read = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
        read = read.assign(**{name: None for name in table.added if name not in read})
        missing = [column for column in table.columns if column not in read]
        if missing:
            raise WorkspaceError(
                f"{path} has no column {missing[0]!r}.", hint="Run graphfraud detect again."
            )
        typed = {column: _typed(read[column], kind) for column, kind in table.columns.items()}
        return pd.DataFrame(typed)


def _text(path: Path, *, empty: bool = False) -> str:
    if not path.is_file():
        raise WorkspaceError(f"{path} is missing.", hint="Run graphfraud detect again.")
    return "" if empty else path.read_text(encoding="utf-8")


def _typed(column: "pd.Series[Any]", kind: str) -> "pd.Series[Any]":
    """Turn a column of text into its kind; amounts lose their point and become fen."""
    if kind == "int":
        return column.astype("Int64")
    if kind == "money":
        return column.str.replace(".", "", regex=False).astype("Int64")
    if kind in {"share", "p"}:
        return column.astype("float64")
    if kind == "time":
        return pd.to_datetime(column, format="%Y-%m-%d %H:%M:%S")
    return column.astype("str")
