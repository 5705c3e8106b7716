"""What of a ring hangs on single days: the share of perturbed reruns in which it and members stay.

A rerun leaves out a fifth of the days, as consensus clustering does (Monti et al. 2003,
doi:10.1023/A:1023949509487); each day is left out in exactly a fifth of the reruns (balanced
resampling, Davison, Hinkley & Schechtman 1986, doi:10.1093/biomet/73.3.555). What is left is judged
as the whole was: by the pattern's rule of membership, or where it names none by whether the member
was seen at all; and by the chance of so many units. The search itself is not repeated: the shares
say what a found ring hangs on, not what else might have been found.

Core is who stays in nine reruns of ten, the upper end of what stability selection recommends
(Meinshausen & Bühlmann 2010, doi:10.1111/j.1467-9868.2010.00740.x): whoever hangs on one single day
stays in eight of ten, whoever is held by either of two days in 96 of a hundred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from graphfraud.findings.presence import seen_on
from graphfraud.findings.rings import Ring
from graphfraud.patterns.reruns import Bools, Ints, Reruns

LEFT_OUT = 0.2
RERUNS = 50
CORE_FROM = 0.9
SETTINGS = {"reruns": RERUNS, "left_out": LEFT_OUT, "core_from": CORE_FROM}


@dataclass(frozen=True)
class Bounds:
    """What a pattern asks of a ring: the family-wise level, and the fewest persons."""

    level: float
    fewest: int


@dataclass(frozen=True)
class Stability:
    """In what share of the reruns the ring stood, and of these each member stayed.

    members, standing: in the order of the ring's members; a share is NaN where no dated row names
    the member.
    """

    stood: float
    members: tuple[float, ...]
    standing: tuple[str, ...]


def standings(kinds: Sequence[str], shares: Sequence[float]) -> tuple[str, ...]:
    """Return core or fringe for each member; '' where there is no share.

    Where no member of a kind is core, each of them took part once: nobody stands out from anybody,
    and there is no fringe either.

    >>> standings(["person", "person", "account"], [0.96, 0.8, float("nan")])
    ('core', 'fringe', '')
    >>> standings(["facility", "person", "person"], [1.0, 0.8, 0.8])
    ('core', '', '')
    """
    held = [share >= CORE_FROM for share in shares]
    with_core = {kind for kind, core in zip(kinds, held, strict=True) if core}
    return tuple(
        "" if np.isnan(share) or kind not in with_core else "core" if core else "fringe"
        for kind, share, core in zip(kinds, shares, held, strict=True)
    )


def with_stability(rings: Sequence[Ring], bounds: Mapping[str, Bounds], seed: int) -> list[Ring]:
    """Return the rings with their stability; bounds: of each pattern."""
    return [replace(ring, stability=stability(ring, bounds[ring.pattern], seed)) for ring in rings]


def stability(ring: Ring, bounds: Bounds, seed: int) -> Stability:
    """Return the ring's stability; the same days are left out for every ring of a run."""
    seen = seen_on(ring)
    reruns = leave_out(np.concatenate([seen.day, ring.group.acts["day"].to_numpy(np.int64)]), seed)
    staying = reruns.touched(seen.member, seen.day, len(ring.members))
    persons = (ring.members["entity_type"] == "person").to_numpy()
    own = list(ring.group.persons) == sorted(ring.members.loc[persons, "entity_id"])
    if ring.group.stays is not None and own:
        staying[:, persons] = ring.group.stays(reruns)[:, _order(ring.members[persons])]
    stood = (staying[:, persons].sum(axis=1) >= bounds.fewest) & _beats_chance(ring, bounds, reruns)
    shares = _shares(staying, stood, seen.member)
    kinds = ring.members["entity_type"].tolist()
    return Stability(float(stood.mean()), shares, standings(kinds, shares))


def leave_out(days: Ints, seed: int) -> Reruns:
    """Return the reruns over these days (seconds of midnight, in any order and number).

    A day is left out of the same reruns wherever it is asked for: its own generator says which.
    """
    known = np.unique(days)
    kept = np.ones((RERUNS, len(known)), bool)
    out = round(RERUNS * LEFT_OUT)
    for column, day in enumerate(known.tolist()):
        draw = np.random.default_rng([seed, abs(day), int(day < 0)])
        kept[draw.choice(RERUNS, out, replace=False), column] = False
    return Reruns(known, kept, LEFT_OUT)


def _beats_chance(ring: Ring, bounds: Bounds, reruns: Reruns) -> Bools:
    """Return in which reruns what is left, taken for the whole, beats chance at the ring's level.

    Of a lead only what no innocent reason excuses counts, as in its verdict; of an explained ring
    all that was seen. A unit of d days is left by a share of 1 - left_out^d of the reruns: what is
    left is set in proportion to what reruns leave of the units on average, never above the whole.
    """
    acts = ring.group.acts
    counted = acts[ring.excused == ""] if ring.verdict.status == "lead" else acts
    unit, names = pd.factorize(counted["unit"])
    unit, day = np.unique(np.stack([unit, counted["day"].to_numpy(np.int64)]), axis=1)
    left = reruns.touched(unit, day, len(names)).sum(axis=1)
    usual = (1 - reruns.left_out ** np.bincount(unit, minlength=len(names))).sum()
    whole = np.minimum(len(names), np.floor(left * len(names) / max(usual, 1e-9) + 1e-9))
    counts = whole.astype(int).tolist()
    chance = {count: ring.group.chance(count) for count in set(counts)}
    return np.array([chance[count] <= bounds.level for count in counts], bool)


def _order(persons: pd.DataFrame) -> Ints:
    """Return for each row of persons its place among the sorted ids."""
    return np.asarray(persons["entity_id"].rank(method="first").to_numpy(np.int64) - 1)


def _shares(staying: Bools, stood: Bools, seen: Ints) -> tuple[float, ...]:
    known = np.isin(np.arange(staying.shape[1]), seen) & bool(stood.any())
    shares = staying[stood].sum(axis=0) / max(1, int(stood.sum()))
    return tuple(np.where(known, shares, np.nan).tolist())
