"""Who sells whose boxes on: relations between facilities against a configuration model.

Repeated boxes are a directed multigraph, first seller → second seller. Under the degree-preserving
null (Newman, Strogatz & Watts 2001, doi:10.1103/PhysRevE.64.026118) a relation s → t is expected
out(s)·in(t)/T times. A ring's own boxes would fill the degrees they are judged by, so each relation
is judged by the degrees and the total without itself and without relations that stand out; what
peers of the same traffic give by chance stands in for degrees that nothing else speaks for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphfraud.network.peers import against_peers
from graphfraud.network.significance import upper_tail

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

STANDS_OUT = 0.01  # family-wise: honest relations are left out in one search in a hundred
ROUNDS = 20


@dataclass(frozen=True)
class Relations:
    """Relations seen at all, sorted by (source, target): codes, boxes, λ, κ and p (all n)."""

    source: Ints
    target: Ints
    observed: Ints
    expected: Floats
    dispersion: Floats
    p: Floats


def relations(source: Ints, target: Ints, traced: Ints, strata: tuple[Ints, ...]) -> Relations:
    """Return the relations of boxes sold first by source, then by target (one entry a box).

    traced: how many lines with a code each facility settled; strata: its peers, finest first. A
    facility that sells its own boxes again is judged by how often its peers do.
    """
    size = max(1, len(traced))
    keys, observed = np.unique(source * size + target, return_counts=True)
    s, t = (np.asarray(part, np.int64) for part in np.divmod(keys, size))
    home = s == t
    boxes = np.bincount(s[home], observed[home], size)[: len(traced)]
    own = against_peers(boxes.astype(np.int64), traced, strata)
    kept = ~home
    for _ in range(ROUNDS):
        expected, dispersion = _elsewhere(s, t, np.where(kept, observed, 0), traced, strata)
        expected = np.where(home, own.expected[s], expected)
        dispersion = np.where(home, own.dispersion[s], dispersion)
        p = upper_tail(observed, expected, dispersion)
        again = kept & (p >= STANDS_OUT / size**2)  # what stood out once stays out
        if (again == kept).all():
            break
        kept = again
    return Relations(s, t, observed.astype(np.int64), expected, dispersion, p)


def _elsewhere(
    s: Ints, t: Ints, boxes: Ints, traced: Ints, strata: tuple[Ints, ...]
) -> tuple[Floats, Floats]:
    """Return λ and κ of relations between two facilities, each judged by the others' boxes."""
    out, into = (np.bincount(end, boxes, len(traced)).astype(np.int64) for end in (s, t))
    giving, taking = against_peers(out, traced, strata), against_peers(into, traced, strata)
    total = boxes.sum() - boxes + 1.0
    sent, doubt_s = _degree(out[s] - boxes, giving.expected[s], giving.dispersion[s])
    received, doubt_t = _degree(into[t] - boxes, taking.expected[t], taking.dispersion[t])
    return sent * received / total, doubt_s + doubt_t + 1 / total


def _degree(others: Ints, by_peers: Floats, kappa: Floats) -> tuple[Floats, Floats]:
    """Return a shop's degree and its κ, from its other boxes and from its peers.

    A rate of mean λ and dispersion κ that shows nothing has the posterior mean λ / (1 + κλ); what
    the shop's other boxes show is added whole, as peers need not be its measure.
    """
    return others + by_peers / (1 + kappa * by_peers), 1 / (1 / np.maximum(kappa, 1e-9) + others)
