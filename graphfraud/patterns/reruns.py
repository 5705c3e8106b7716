"""What is left of a group when some days are left out: the perturbed input that stability asks for.

A day is left out whole: what happened on one day hangs together, so single rows are no independent
pieces of evidence (a jackknife leaves out clusters, Shao & Wu 1989, doi:10.1214/aos/1176347263).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Reruns:
    """The days of a group, sorted (n), and which of them each rerun keeps (reruns, n).

    left_out: the share of the days that a rerun leaves out; what chance gives shrinks with it.
    """

    days: Ints
    kept: Bools
    left_out: float

    @property
    def size(self) -> int:
        """Return how many reruns there are."""
        return len(self.kept)

    def keeps(self, day: Ints) -> Bools:
        """Return for each row of `day`, one of the days, whether each rerun keeps it (reruns, m).

        >>> kept = np.array([[True, False], [True, True]])
        >>> Reruns(np.array([0, 86400]), kept, 0.25).keeps(np.array([86400])).tolist()
        [[False], [True]]
        """
        return np.asarray(self.kept[:, np.searchsorted(self.days, day)])

    def touched(self, what: Ints, day: Ints, size: int) -> Bools:
        """Return which of the things 0 … size - 1 keep a row: (reruns, size).

        what, day: a row each time a thing was seen.
        """
        found = np.zeros((size, self.size), bool)
        order = np.argsort(what, kind="stable")
        seen, first = np.unique(what[order], return_index=True)
        if len(seen):
            found[seen] = np.logical_or.reduceat(self.keeps(day[order]).T, first, axis=0)
        return found.T
