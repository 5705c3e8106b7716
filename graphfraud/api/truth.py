"""Reads a truth: the folder that `graphfraud sample` writes beside its tables, or anybody's own.

rings.csv and ring_members.csv are a must, every other file may be missing. Identifiers stay text.
"""

from pathlib import Path

import pandas as pd

from graphfraud.api.truth_files import PAGE, read_table
from graphfraud.errors import UsageError
from graphfraud.evaluation.truth import Remark, Truth
from graphfraud.model.codes import CODES

CLAIMS, PERSONS = ("claim_id_a", "claim_id_b"), ("person_id_a", "person_id_b")
MEMBER = ("entity_type", "entity_id")
KINDS = CODES["entity_type"].values  # noqa: PD011  a mapping of spellings, no table
NAMED = 5  # names that a sentence lists before it breaks off


def read_truth(folder: Path) -> Truth:
    """Read a truth; UsageError names the file, the line and what is missing or wrong."""
    _check_folder(folder)
    rings = read_table(folder / "rings.csv", ("ring",), ("pattern",))
    _unique(folder / "rings.csv", rings["ring"])
    members = read_table(folder / "ring_members.csv", ("ring", *MEMBER))
    _known(folder / "ring_members.csv", members["ring"], rings["ring"], "rings.csv")
    members, remarks = _held_by_results(folder / "ring_members.csv", members)
    held = rings["ring"].isin(members["ring"])
    if not held.all():
        empty = sorted(rings.loc[~held, "ring"])
        names = ", ".join(empty[:NAMED]) + (" …" if len(empty) > NAMED else "")
        remarks.append(Remark("rings", {"n": len(empty), "names": names}))
    tables = {
        name: _optional(folder / f"{name}.csv", columns, remarks)
        for name, columns in (
            ("duplicates", CLAIMS),
            ("duplicate_lookalikes", CLAIMS),
            ("identities", PERSONS),
        )
    }
    groups = _lookalikes(folder, remarks)
    return Truth(
        rings.loc[held], members, *groups, **_pairs(folder, tables), remarks=tuple(remarks)
    )


def _check_folder(folder: Path) -> None:
    if (folder / "rings.csv").is_file():
        return
    inside = folder / "truth"
    here = f"Did you mean {inside}?" if (inside / "rings.csv").is_file() else PAGE
    raise UsageError(f"{folder} is no truth: it has no rings.csv.", hint=here)


def _lookalikes(
    folder: Path, remarks: list[Remark]
) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """Return the honest groups and their members; neither where one of the files is missing."""
    paths = [folder / "lookalikes.csv", folder / "lookalike_members.csv"]
    absent = [path.name for path in paths if not path.is_file()]
    if absent:
        remarks += [Remark("absent", {"file": name}) for name in absent]
        return None, None
    groups = read_table(paths[0], ("lookalike", "kind"))
    _unique(paths[0], groups["lookalike"])
    members = read_table(paths[1], ("lookalike", *MEMBER))
    _known(paths[1], members["lookalike"], groups["lookalike"], "lookalikes.csv")
    return groups, members.assign(entity_type=members["entity_type"].map(_kind))


def _optional(path: Path, ids: tuple[str, str], remarks: list[Remark]) -> pd.DataFrame | None:
    if not path.is_file():
        remarks.append(Remark("absent", {"file": path.name}))
        return None
    return read_table(path, ids, ("kind",))


def _pairs(folder: Path, tables: dict[str, pd.DataFrame | None]) -> dict[str, pd.DataFrame | None]:
    for name, table in tables.items():
        for row in [] if table is None else table.itertuples(index=False, name=None):
            if row[0] == row[1]:
                path = folder / f"{name}.csv"
                raise UsageError(f"{path} pairs {row[0]!r} with itself.", hint=PAGE)
    return tables


def _held_by_results(path: Path, members: pd.DataFrame) -> tuple[pd.DataFrame, list[Remark]]:
    """Return the members of kinds that results can hold, and what was left out."""
    kinds = members["entity_type"].map(_kind)
    known = sorted(set(KINDS.values()))
    held = kinds.isin(known)
    if len(members) and not held.any():
        named = ", ".join(sorted(set(members["entity_type"]))[:NAMED])
        raise UsageError(
            f"{path} has no entity_type that results have: {named}.",
            hint=f"They have {', '.join(known)}.",
        )
    out = members.assign(entity_type=kinds).loc[~held]
    remarks = [
        Remark("entity_type", {"kind": kind, "members": len(rows), "rings": rows["ring"].nunique()})
        for kind, rows in out.groupby("entity_type")
    ]
    return members.assign(entity_type=kinds).loc[held], remarks


def _kind(text: str) -> str:
    """Return the code for an entity_type in any spelling that loaders know; others stay."""
    return KINDS.get(text.strip().lower(), text)


def _unique(path: Path, names: "pd.Series[str]") -> None:
    twice = names[names.duplicated()]
    if len(twice):
        raise UsageError(f"{path} lists {twice.iloc[0]!r} twice.", hint="Give each a name once.")


def _known(path: Path, names: "pd.Series[str]", known: "pd.Series[str]", where: str) -> None:
    unknown = names[~names.isin(known)]
    if len(unknown):
        raise UsageError(
            f"{path} names {unknown.iloc[0]!r}, which {where} does not list.",
            hint=f"Add it to {where}.",
        )
