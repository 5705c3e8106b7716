"""Collects claims that are added after settlement, and which pairs belong together."""

from dataclasses import dataclass, field

import numpy as np

from ..arrays import Bools, Ints, Rng
from ..items import Items
from ..plan import planned
from ..planting import Planting
from ..rhythm import DAY
from ..settlement import Claims
from ..streams import stream
from ..visits import HONEST
from ..world import World


@dataclass
class Ledger:
    """Added claims get numbers from `next_number` on; pairs name claims by number."""

    next_number: int
    added: list[Claims] = field(default_factory=list)
    pairs: list[tuple[int, int, str]] = field(default_factory=list)
    honest: list[tuple[int, int, str]] = field(default_factory=list)
    identities: list[tuple[int, int]] = field(default_factory=list)  # persons who are one human
    copies: list[tuple[Ints, Ints]] = field(default_factory=list)  # (old, new): same goods
    used: set[int] = field(default_factory=set)  # numbers of claims that already play a part

    def append(
        self, claims: Claims, *, same_goods: bool = True, same_encounter: bool = False
    ) -> Ints:
        """Add claims made from others, whose numbers they still carry; return the new numbers.

        `same_goods`: the lines of the others are repeated under the new numbers.
        """
        numbers = self.next_number + np.arange(len(claims), dtype=np.int64)
        self.next_number += len(claims)
        encounter = claims.encounter if same_encounter else numbers
        self.added.append(claims.of(number=numbers, encounter=encounter))
        if same_goods:
            self.copies.append((claims.number, numbers))
        return numbers

    def pair(self, first: Ints, second: Ints, kind: str, *, honest: bool = False) -> None:
        """Note that claims belong together in pairs."""
        known = self.honest if honest else self.pairs
        known.extend((int(a), int(b), kind) for a, b in zip(first, second, strict=True))


@dataclass
class Books:
    """The settled claims with everything that is added to them; claim number n is row n."""

    world: World
    planting: Planting
    claims: Claims
    items: Items
    ledger: Ledger

    def stream(self, part: str) -> Rng:
        """Return the random stream of a part."""
        return stream(self.world.seed, part)

    def planned(self, per: int) -> int:
        """Return how many are planted when one goes to `per` persons."""
        return planned(self.world.people.count, per)

    def draw(self, rng: Rng, count: int, among: Bools) -> Claims:
        """Draw up to `count` honest claims of `among` that have no part yet."""
        pool = np.flatnonzero(among & (self.claims.origin == HONEST))
        used = self.ledger.used
        drawn = rng.choice(pool, min(len(pool), count + len(used)), replace=False)
        free = [row for row in drawn.tolist() if row not in used][:count]
        used.update(free)
        return self.claims.take(np.sort(np.asarray(free, dtype=np.int64)))

    def of_pattern(self, pattern: str) -> dict[int, Claims]:
        """Return the claims of each planted group of a pattern, by group number."""
        groups = enumerate(self.planting.groups, start=1)
        numbers = [number for number, group in groups if group.pattern == pattern]
        order = np.argsort(self.claims.origin, kind="stable")
        origin = self.claims.origin[order]
        edges = {n: np.searchsorted(origin, [n, n + 1]) for n in numbers}
        return {n: self.claims.take(order[low:high]) for n, (low, high) in edges.items()}


def later(rng: Rng, claims: Claims, low: int, high: int) -> Ints:
    """Return settlement times `low` to `high` days later, in office hours."""
    day = claims.settled // DAY + rng.integers(low, high, len(claims))
    return np.asarray(day * DAY + rng.integers(9 * 3600, 17 * 3600, len(claims)))


def elsewhere(rng: Rng, books: Books, claims: Claims) -> Ints:
    """Return for each claim a pooling region other than the one that settled it."""
    regions = books.world.people.regions
    return np.asarray((claims.settle_region + rng.integers(1, regions, len(claims))) % regions)
