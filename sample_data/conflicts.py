"""Nobody is in two places at once: honest visits that say so are taken back.

What was planted stays; honest visits and stays give way to it and to each other.
"""

import numpy as np

from .arrays import Bools, Ints
from .visits import HONEST, INPATIENT, Visits
from .world import World

APART = 600  # seconds between two places of one person at least
SPAN = 1 << 36  # seconds; more than any sample lasts, so that persons' time lines do not touch


def untangled(world: World, made: Visits) -> Visits:
    """Return the visits that can all be true, ordered by start, person and place."""
    first = world.rhythm.first_second
    inside = (made.start >= first) & (made.start < world.at(world.rhythm.days, 0))
    made = made.take(inside)
    made = made.take(np.argsort(_line(made), kind="stable"))
    made = made.take(~_stays_in_the_way(made))
    made = made.take(~_during_a_stay(made))
    made = made.take(~_rushed(made))
    return made.take(np.lexsort((made.place, made.person, made.start)))


def _line(made: Visits) -> Ints:
    """Put all persons' times on one line, one person behind the other."""
    return made.person.astype(np.int64) * SPAN + made.start


def _stays_in_the_way(made: Visits) -> Bools:
    """Tell which honest stays overlap an earlier stay or something planted."""
    line, out = _line(made), np.zeros(len(made), dtype=np.bool_)
    stays = np.flatnonzero(made.kind == INPATIENT)
    starts, ends = line[stays], line[stays] + made.stay[stays]
    before = (
        np.concatenate(([np.int64(-1)], np.maximum.accumulate(ends)[:-1])) if len(stays) else ends
    )
    planted = line[made.origin != HONEST]
    hit = np.searchsorted(planted, starts - APART) < np.searchsorted(planted, ends)
    out[stays] = ((before > starts) | hit) & (made.origin[stays] == HONEST)
    return out


def _during_a_stay(made: Visits) -> Bools:
    """Tell which honest visits fall into a stay of the same person."""
    line, stays = _line(made), np.flatnonzero(made.kind == INPATIENT)
    if len(stays) == 0:
        return np.zeros(len(made), dtype=np.bool_)
    reach = np.maximum.accumulate(line[stays] + made.stay[stays])
    last = np.searchsorted(line[stays], line, side="right") - 1
    within = (last >= 0) & (reach[np.maximum(last, 0)] > line)
    return np.asarray(within & (made.kind != INPATIENT) & (made.origin == HONEST))


def _rushed(made: Visits) -> Bools:
    """Tell which honest visits are too close to another place to be reached in time."""
    line = _line(made)
    close = (np.diff(line) < APART) & (np.diff(made.place) != 0)
    after = np.concatenate(([False], close))
    before = np.concatenate((close & (made.origin[1:] != HONEST), [False]))
    return np.asarray((after | before) & (made.origin == HONEST))
