"""Turns the numbers of what was planted into the ids that stand in the tables."""

from itertools import islice

import numpy as np

from .arrays import Ints
from .books.ledger import Books
from .claim_table import claim_ids, rows_by_number
from .ids import Ids
from .planting import Group
from .settlement import Claims
from .truth import TrueDuplicate, TrueGroup, Truth

RING, LOOKALIKE = "T", "L"  # first letters of the groups' ids


def build_truth(books: Books, ids: Ids, difficulty: str, counts: dict[str, int]) -> Truth:
    """Return the truth about the written tables."""
    groups, ledger = _groups(books, ids), books.ledger
    return Truth(
        difficulty=difficulty,
        rings=tuple(group for group in groups if group.group_id.startswith(RING)),
        lookalikes=tuple(group for group in groups if group.group_id.startswith(LOOKALIKE)),
        duplicates=_pairs(books.claims, ledger.pairs),
        duplicate_lookalikes=_pairs(books.claims, ledger.honest),
        identities=tuple(
            (ids.text("person", a), ids.text("person", b)) for a, b in ledger.identities
        ),
        counts=counts,
    )


def _groups(books: Books, ids: Ids) -> list[TrueGroup]:
    claims, groups = books.claims, books.planting.groups
    row_of, rows = rows_by_number(claims), _rows_by_origin(claims, len(groups))
    for at, group in enumerate(groups):
        noted = row_of[np.array(group.claims, dtype=np.int64)]
        rows[at] = np.concatenate((rows[at], noted))
    # All ids at once: a call a group would take as long as the claims table.
    texts = iter(claim_ids(claims, np.concatenate([np.empty(0, np.int64), *rows])).to_pylist())
    mine = [list(islice(texts, len(here))) for here in rows]
    return [_group(number, group, ids, mine[number]) for number, group in enumerate(groups)]


def _rows_by_origin(claims: Claims, groups: int) -> list[Ints]:
    order = np.argsort(claims.origin, kind="stable")
    edges = np.searchsorted(claims.origin[order], np.arange(1, groups + 2))
    return [order[edges[n] : edges[n + 1]] for n in range(groups)]


def _group(number: int, group: Group, ids: Ids, claims: list[str]) -> TrueGroup:
    members = ((m.entity_type, ids.text(m.entity_type, m.number), m.role) for m in group.members)
    return TrueGroup(
        group_id=f"{LOOKALIKE if group.honest else RING}{number + 1:05d}",
        pattern=group.pattern,
        variant=group.variant,
        parameters=tuple(group.parameters.items()),
        members=tuple(members),
        claims=tuple(claims),
    )


def _pairs(claims: Claims, pairs: list[tuple[int, int, str]]) -> tuple[TrueDuplicate, ...]:
    row = rows_by_number(claims)
    numbers = np.array([pair[:2] for pair in pairs], dtype=np.int64).reshape(-1, 2)
    first = claim_ids(claims, row[numbers[:, 0]]).to_pylist()
    second = claim_ids(claims, row[numbers[:, 1]]).to_pylist()
    return tuple(TrueDuplicate(a, b, p[2]) for a, b, p in zip(first, second, pairs, strict=True))
