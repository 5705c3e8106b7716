"""What was planted, written beside the tables for whoever checks results; never loaded as data."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class TrueGroup:
    """A planted ring, or an honest look-alike: ids as they stand in the tables."""

    group_id: str
    pattern: str
    variant: str
    parameters: tuple[tuple[str, str], ...]
    members: tuple[tuple[str, str, str], ...]  # entity type, id, role
    claims: tuple[str, ...]


@dataclass(frozen=True)
class TrueDuplicate:
    """Two claims for one expense; `honest` pairs only look so, and `kind` then names the reason."""

    claim_id_a: str
    claim_id_b: str
    kind: str


@dataclass(frozen=True)
class Truth:
    """Everything planted in one sample."""

    difficulty: str
    rings: tuple[TrueGroup, ...]
    lookalikes: tuple[TrueGroup, ...]
    duplicates: tuple[TrueDuplicate, ...]
    duplicate_lookalikes: tuple[TrueDuplicate, ...]
    identities: tuple[tuple[str, str], ...]  # persons who are one human
    counts: dict[str, int]  # rows by table


def write_truth(folder: Path, truth: Truth) -> None:
    """Write the truth files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rings = [
        (
            g.group_id,
            g.pattern,
            g.variant,
            truth.difficulty,
            ";".join(f"{k}={v}" for k, v in g.parameters),
        )
        for g in truth.rings
    ]
    write_rows(
        folder / "rings.csv", ("ring", "pattern", "variant", "difficulty", "parameters"), rings
    )
    members = [(g.group_id, *member) for g in truth.rings for member in g.members]
    write_rows(folder / "ring_members.csv", ("ring", "entity_type", "entity_id", "role"), members)
    claims = [(g.group_id, claim) for g in truth.rings for claim in g.claims]
    write_rows(folder / "ring_claims.csv", ("ring", "claim_id"), claims)
    _write_lookalikes(folder, truth.lookalikes)
    for name, pairs in (
        ("duplicates", truth.duplicates),
        ("duplicate_lookalikes", truth.duplicate_lookalikes),
    ):
        rows = [(pair.claim_id_a, pair.claim_id_b, pair.kind) for pair in pairs]
        write_rows(folder / f"{name}.csv", ("claim_id_a", "claim_id_b", "kind"), rows)
    write_rows(folder / "identities.csv", ("person_id_a", "person_id_b"), truth.identities)


def _write_lookalikes(folder: Path, groups: Sequence[TrueGroup]) -> None:
    persons = {g.group_id: sum(m[0] == "person" for m in g.members) for g in groups}
    rows = [(g.group_id, g.pattern, persons[g.group_id]) for g in groups]
    write_rows(folder / "lookalikes.csv", ("lookalike", "kind", "persons"), rows)
    members = [(g.group_id, g.pattern, *member) for g in groups for member in g.members]
    header = ("lookalike", "kind", "entity_type", "entity_id", "role")
    write_rows(folder / "lookalike_members.csv", header, members)


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one CSV file in UTF-8 with LF."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
