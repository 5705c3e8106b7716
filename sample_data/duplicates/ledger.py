"""Collects claims that are added after settlement, and which pairs belong together."""

from dataclasses import dataclass, field

import numpy as np

from ..arrays import Bools, Ints, Rng
from ..rhythm import DAY
from ..settlement import Claims


@dataclass
class Ledger:
    """Added claims get numbers after `next_number`; pairs name claims by number."""

    next_number: int
    added: list[Claims] = field(default_factory=list)
    pairs: list[tuple[int, int, str]] = field(default_factory=list)
    honest: list[tuple[int, int, str]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)  # numbers of claims that already play a part

    def append(self, claims: Claims) -> Ints:
        """Add claims under new numbers and return these."""
        numbers = self.next_number + np.arange(len(claims), dtype=np.int64)
        self.next_number += len(claims)
        self.added.append(claims.of(number=numbers))
        return numbers

    def pair(self, first: Ints, second: Ints, kind: str, *, honest: bool = False) -> None:
        """Note that claims belong together in pairs."""
        known = self.honest if honest else self.pairs
        known.extend((int(a), int(b), kind) for a, b in zip(first, second, strict=True))

    def draw(self, rng: Rng, claims: Claims, count: int, among: Bools) -> Claims:
        """Draw up to `count` claims of `among` that have no part yet."""
        pool = np.flatnonzero(among)
        drawn = rng.choice(pool, min(len(pool), count + len(self.used)), replace=False)
        free = [row for row in drawn.tolist() if int(claims.number[row]) not in self.used][:count]
        chosen = claims.take(np.sort(np.asarray(free, dtype=np.int64)))
        self.used.update(chosen.number.tolist())
        return chosen


def later(rng: Rng, claims: Claims, low: int, high: int) -> Ints:
    """Return settlement times `low` to `high` days later, in office hours."""
    day = claims.settled // DAY + rng.integers(low, high, len(claims))
    return day * DAY + rng.integers(9 * 3600, 17 * 3600, len(claims))
