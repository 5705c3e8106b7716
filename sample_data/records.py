"""Records as columns: a frozen dataclass of arrays of one length, for visits, claims and items."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from .arrays import Bools, Indexes, Ints


@dataclass(frozen=True)
class Record:
    """Base of the column records; subclasses declare arrays only."""

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(getattr(self, fields(self)[0].name))

    def take(self, rows: Ints | Indexes | Bools) -> Self:
        """Return the chosen rows."""
        return type(self)(*(getattr(self, column.name)[rows] for column in fields(self)))

    def of(self, **columns: npt.ArrayLike) -> Self:
        """Return the rows with some columns replaced; a scalar fills its column."""
        full = {}
        for name, values in columns.items():
            new = np.asarray(values, dtype=getattr(self, name).dtype)
            full[name] = np.broadcast_to(new, (len(self),)).copy()
        return replace(self, **full)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Return the parts behind one another."""
        names = [column.name for column in fields(cls)]
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
