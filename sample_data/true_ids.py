"""Turns the numbers of what was planted into the ids that stand in the tables."""

import numpy as np

from .arrays import Ints
from .claim_table import claim_ids, rows_by_number
from .columns import Column
from .duplicates.ledger import Ledger
from .planting import Group, Planting
from .registers import doctor_ids, facility_ids, person_ids
from .settlement import Claims
from .truth import TrueDuplicate, TrueGroup, Truth
from .world import World


def true_tables(
    world: World,
    planting: Planting,
    claims: Claims,
    ledger: Ledger,
    difficulty: str,
    counts: dict[str, int],
) -> Truth:
    """Return the truth about the written tables."""
    groups = _groups(world, planting, claims)
    honest = [group.honest for group in planting.groups]
    return Truth(
        difficulty=difficulty,
        rings=tuple(g for g, is_honest in zip(groups, honest, strict=True) if not is_honest),
        lookalikes=tuple(g for g, is_honest in zip(groups, honest, strict=True) if is_honest),
        duplicates=_pairs(world, claims, ledger.pairs),
        duplicate_lookalikes=_pairs(world, claims, ledger.honest),
        counts=counts,
    )


def _groups(world: World, planting: Planting, claims: Claims) -> list[TrueGroup]:
    ids = {
        "person": person_ids(world),
        "facility": facility_ids(world),
        "doctor": doctor_ids(world),
    }
    rows = _rows_by_origin(claims, len(planting.groups))
    return [
        _group(number, group, ids, claim_ids(world, claims, rows[number]).to_pylist())
        for number, group in enumerate(planting.groups)
    ]


def _rows_by_origin(claims: Claims, groups: int) -> list[Ints]:
    order = np.argsort(claims.origin, kind="stable")
    edges = np.searchsorted(claims.origin[order], np.arange(1, groups + 2))
    return [order[edges[n] : edges[n + 1]] for n in range(groups)]


def _group(number: int, group: Group, ids: dict[str, Column], claims: list[str]) -> TrueGroup:
    members = tuple(
        (m.entity_type, ids[m.entity_type][m.number].as_py(), m.role) for m in group.members
    )
    letter = "L" if group.honest else "T"
    parameters = tuple(group.parameters.items())
    return TrueGroup(
        f"{letter}{number + 1:05d}",
        group.pattern,
        group.variant,
        parameters,
        members,
        tuple(claims),
    )


def _pairs(
    world: World, claims: Claims, pairs: list[tuple[int, int, str]]
) -> tuple[TrueDuplicate, ...]:
    row, numbers = (
        rows_by_number(claims),
        np.array([p[:2] for p in pairs], dtype=np.int64).reshape(-1, 2),
    )
    first = claim_ids(world, claims, row[numbers[:, 0]]).to_pylist()
    second = claim_ids(world, claims, row[numbers[:, 1]]).to_pylist()
    return tuple(TrueDuplicate(a, b, p[2]) for a, b, p in zip(first, second, pairs, strict=True))
