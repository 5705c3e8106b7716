"""Some kinds of a snapshot's graph as arrays: whom the relationships join, and how much they weigh.

What an analyst asks for is checked against the ontology first; then only the columns needed are
read from the part's files. A kind may be folded away: then the rows say which nodes hang on it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import DTypeLike, NDArray

from graphfraud.errors import UsageError
from graphfraud.graph.embedded_rows import Numbering
from graphfraud.graph.part import Part, damaged
from graphfraud.model.ontology import ANY, ONTOLOGY, NodeKind, RelationshipKind

COUNT, NONE = "count", "none"
_NUMBERS = frozenset({"integer", "float"})
_KINDS = (np.int32, np.int32, np.float64)
_BATCH = 1 << 18  # rows: what a projection of ten million needs stays within a gigabyte
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Column = NDArray[Any]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """What to project: kinds in the ontology's order, what weighs, what is folded away.

    weight: a property, count or none. With `through` it is a property of that kind's nodes.
    """

    nodes: tuple[NodeKind, ...]
    relationships: tuple[RelationshipKind, ...]
    weight: str = COUNT
    through: NodeKind | None = None


@dataclass(frozen=True)
class Slice:
    """The nodes asked for, numbered from 0 kind by kind, and the rows between them.

    sizes: nodes of each kind; a, b: the ends of each row; weight: of each, or empty where each
    counts 1. Folded: a is a node of the kind in between, counted from 0, and weight is each one's.
    """

    asked: Asked
    sizes: tuple[int, ...]
    a: Ints
    b: Ints
    weight: Floats

    @property
    def n(self) -> int:
        """Return how many nodes there are."""
        return sum(self.sizes)


def asked_for(
    nodes: Sequence[str],
    relationships: Sequence[str],
    *,
    weight: str = COUNT,
    through: str | None = None,
) -> Asked:
    """Return what the names mean; UsageError for an unknown one, with the nearest known.

    No nodes: those at the relationships' ends. No relationships: all between the nodes.

    >>> asked = asked_for([], ["FILED"])
    >>> [kind.name for kind in asked.nodes]
    ['InsuredPerson', 'Claim']
    """
    middle = _kind(through) if through else None
    between = [_relationship(name) for name in relationships]
    chosen = {_kind(name).name for name in nodes} or _at_ends(between, middle)
    if not chosen:
        raise UsageError("Nothing to project.", hint="Name kinds of nodes or relationships.")
    if middle and middle.name in chosen:
        raise UsageError(f"{middle.name} cannot be kept and folded away.", hint="Leave one out.")
    kinds = tuple(kind for kind in ONTOLOGY.nodes.values() if kind.name in chosen)
    names = {one.name for one in between} or _joining(chosen, middle, weight)
    found = tuple(one for one in ONTOLOGY.relationships.values() if one.name in names)
    asked = Asked(kinds, found, weight, middle)
    _check_weight(asked)
    return asked


def read_slice(part: Part, asked: Asked) -> Slice:
    """Read the rows between the nodes asked for; StoreError for a damaged file."""
    numbering = Numbering([part])
    place, sizes = _places(part, numbering, asked.nodes)
    middle = _places(part, numbering, (asked.through,))[0] if asked.through else place
    weighed = "" if asked.weight in {COUNT, NONE} or asked.through else asked.weight
    read = [
        _joined(rows, numbering, place, middle)
        for one in asked.relationships
        for rows in _batches(part.edges(one.name), weighed)
    ]
    pieces = [[piece[k] for piece in read] for k in range(3)]
    del read
    a, b, weight = (_whole(some, kind) for some, kind in zip(pieces, _KINDS, strict=True))
    if asked.through and asked.weight not in {COUNT, NONE}:
        weight = _column(part, asked.through, asked.weight)
    return Slice(asked, sizes, a, b, weight)


def ids_of(part: Part, kinds: Iterable[NodeKind]) -> pa.ChunkedArray:
    """Return the ids of the nodes of these kinds, kind by kind in their order."""
    chunks = [
        chunk for kind in kinds for chunk in _table(part.nodes(kind.name), ["id"])["id"].chunks
    ]
    return pa.chunked_array(chunks, pa.string())


def _places(
    part: Part, numbering: Numbering, kinds: Sequence[NodeKind]
) -> tuple[Longs, tuple[int, ...]]:
    """Return what to add to a node's number by its kind, and the sizes; far below 0: not asked."""
    held = [kind.name for kind in part.node_kinds()]
    shift = np.full(len(held), -(1 << 60), np.int64)
    sizes, before = [], 0
    for kind in kinds:
        at = held.index(kind.name)
        size = int(numbering.beyond[at] - numbering.firsts[at])
        shift[at] = before - numbering.firsts[at]
        sizes.append(size)
        before += size
    return shift, tuple(sizes)


def _batches(path: Path, weighed: str) -> Iterator[pa.RecordBatch]:
    """Yield a file's rows piece by piece: source, target, and the weight where one is asked for."""
    columns = ["source", "target", *([weighed] if weighed else [])]
    try:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(_BATCH, columns=columns)
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, error) from error


def _joined(
    rows: pa.RecordBatch, numbering: Numbering, place: Longs, middle: Longs
) -> tuple[Ints, Ints, Floats]:
    """Return the rows from `middle` to `place` in either direction; all rows where those agree."""
    source, target, *more = (column.to_numpy(zero_copy_only=False) for column in rows.columns)
    kinds = [np.searchsorted(numbering.firsts, one, side="right") - 1 for one in (source, target)]
    weight = more[0].astype(np.float64) if more else np.empty(0)
    a, b = source + middle[kinds[0]], target + place[kinds[1]]
    keep = (a >= 0) & (b >= 0)
    found = [(a[keep], b[keep])]
    if middle is not place:
        a, b = target + middle[kinds[1]], source + place[kinds[0]]
        other = (a >= 0) & (b >= 0)
        found.append((a[other], b[other]))
    ends = [np.concatenate([pair[k] for pair in found]).astype(np.int32) for k in (0, 1)]
    return ends[0], ends[1], weight[keep] if more else weight


def _column(part: Part, kind: NodeKind, name: str) -> Floats:
    found = _table(part.nodes(kind.name), [name])[name].to_numpy()
    return np.asarray(found, np.float64)


def _table(path: Path, columns: list[str]) -> pa.Table:
    try:
        return pq.read_table(path, columns=columns, partitioning=None)
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, error) from error


def _whole(pieces: Sequence[Column], kind: DTypeLike) -> Column:
    return np.concatenate([np.empty(0, kind), *pieces])


def _kind(name: str) -> NodeKind:
    kind = ONTOLOGY.nodes.get(name)
    if kind is None:
        raise _unknown("kind of node", name, ONTOLOGY.nodes)
    _check_loaded(name, of_findings=kind.of_findings)
    return kind


def _relationship(name: str) -> RelationshipKind:
    kind = ONTOLOGY.relationships.get(name)
    if kind is None:
        raise _unknown("relationship", name, ONTOLOGY.relationships)
    _check_loaded(name, of_findings=kind.of_findings)
    return kind


def _check_loaded(name: str, *, of_findings: bool) -> None:
    if of_findings:
        raise UsageError(
            f"{name} comes from a run, not from what is loaded.",
            hint="From Python, validated_ties(pattern=…) is the network of a pattern.",
        )


def _unknown(what: str, name: str, known: Collection[str]) -> UsageError:
    folded = {one.lower(): one for one in known}
    near = get_close_matches(name.lower(), folded, n=1, cutoff=0.4)
    hint = f"Did you mean {folded[near[0]]}?" if near else f"There are: {', '.join(known)}."
    return UsageError(f"There is no {what} {name!r}.", hint=hint)


def _at_ends(between: Iterable[RelationshipKind], middle: NodeKind | None) -> set[str]:
    found = {name for one in between for name in _possible(one, 0) | _possible(one, 1)}
    return found - ({middle.name} if middle else set())


def _possible(kind: RelationshipKind, end: int) -> set[str]:
    """Return the kinds of node that may stand at an end: ANY is every party of a register."""
    if ANY in kind.ends[end]:
        return {one.name for one in ONTOLOGY.nodes.values() if one.entity_type}
    return set(kind.ends[end])


def _joining(chosen: set[str], middle: NodeKind | None, weight: str) -> set[str]:
    """Return the relationships that may join the nodes, or join them to what is folded away.

    Where a property of theirs weighs, those alone that have it, if any has.
    """
    other = {middle.name} if middle else chosen
    found = {
        one.name: one
        for one in ONTOLOGY.relationships.values()
        if not one.of_findings
        and any(_possible(one, end) & chosen and _possible(one, 1 - end) & other for end in (0, 1))
    }
    having = {name for name, one in found.items() if weight in _numbers(one)}
    return having or set(found)


def _numbers(kind: NodeKind | RelationshipKind) -> list[str]:
    return [one.name for one in kind.columns if one.type in _NUMBERS]


def _check_weight(asked: Asked) -> None:
    """Raise UsageError where the weight is no number of what is asked for."""
    if asked.weight in {COUNT, NONE}:
        return
    kinds: Iterator[NodeKind | RelationshipKind] = iter(
        (asked.through,) if asked.through else asked.relationships
    )
    for kind in kinds:
        numbers = _numbers(kind)
        if asked.weight not in numbers:
            near = get_close_matches(asked.weight, numbers, n=1, cutoff=0.4)
            other = ", ".join((*numbers, COUNT, NONE))
            hint = f"Did you mean {near[0]}?" if near else f"There are: {other}."
            raise UsageError(f"{kind.name} has no number {asked.weight!r}.", hint=hint)
