"""Finds the pairs that beat chance, in rounds: what is found no longer serves as a reference.

A doctor who sends patients raises what is expected of the colleagues, and a second one among them
would hide behind the first. So the sequences of the pairs found are taken out of the reference, and
the other pairs of those facilities are looked at again.
"""

from dataclasses import dataclass

import numpy as np

from graphfraud.patterns.doctor_pharmacy_pairs import (
    GROUPS,
    Margins,
    Pairs,
    Patients,
    above_colleagues,
    counted,
    exchanged,
    judged,
    likeliest,
    margins,
    measured,
    spread,
)
from graphfraud.patterns.doctor_pharmacy_sequences import Codes, Sequences
from graphfraud.patterns.doctor_pharmacy_shares import Flags, Floats, concentration

ROUNDS = 3
SAMPLE = 2_000  # pairs that tell the spread: at the level of 1 % some twenty of them


@dataclass(frozen=True)
class Searched:
    """What was found: the pairs with p below the cut, their p by group of patients, best first.

    family: pairs there could have been, times the groups of patients looked at; rho: spread by
    group (rho_exchanged: the part that exchanging doctors shows); weight: pseudo-counts.
    """

    pairs: Pairs
    p: Floats
    used: Flags
    family: int
    rho: Floats
    rho_exchanged: Floats
    weight: float
    looked_at: int


def search(found: Sequences, *, at_least: int, level: float, cut: float, seed: int) -> Searched:
    """Return the pairs whose family-wise p is at most `cut`.

    level: the p at which they leave the reference; at_least: patients that make a
    doctor or a pharmacy worth looking at.
    """
    used = np.ones(len(found), bool)
    weight = concentration(found, used)
    family = margins(found, at_least)
    rho = _spread(found, family, weight, [seed, 1])
    seen = counted(found, family.seat, family.pharmacy) >= at_least
    seen &= above_colleagues(found, family.seat, family.pharmacy)
    seat, pharmacy = family.seat[seen], family.pharmacy[seen]
    tests = max(1, family.family * GROUPS)
    pairs = measured(found, seat, pharmacy, used, weight)
    p = pairs.p_values(rho)
    for _ in range(ROUNDS):
        out = ~_taken(found, pairs, p.min(axis=1) * tests <= level)
        if (out == used).all():
            break
        used = out
        again = np.isin(_facility(found, seat), found.facility[~used])
        renewed = measured(found, seat[again], pharmacy[again], used, weight)
        pairs = _replaced(pairs, again, renewed)
        p = pairs.p_values(rho)
    exchange = _exchanged(found.at(np.flatnonzero(used)), seed)
    mixed = _spread(exchange, margins(exchange, at_least), weight, [seed, 2])
    rho = np.maximum(rho, mixed)
    p = pairs.p_values(rho)
    best = np.flatnonzero(p.min(axis=1, initial=1.0) * tests <= cut)
    best = best[np.lexsort((pharmacy[best], seat[best], p[best].min(axis=1, initial=1.0)))]
    return Searched(pairs.at(best), p[best], used, tests, rho, mixed, weight, len(seat))


def _spread(found: Sequences, among: Margins, weight: float, seed: list[int]) -> Floats:
    """Return the spread among patients on the pairs that the margins choose, by group."""
    generator = np.random.default_rng(seed)
    top = np.flatnonzero(likeliest(found, among))
    if len(top) > SAMPLE:
        top = np.sort(generator.choice(top, SAMPLE, replace=False))
    used = np.ones(len(found), bool)
    return spread(measured(found, among.seat[top], among.pharmacy[top], used, weight), generator)


def _exchanged(found: Sequences, seed: int) -> Sequences:
    return exchanged(found, np.random.default_rng([seed, 3]))


def _facility(found: Sequences, seat: Codes) -> Codes:
    return found.facility[np.searchsorted(found.seat, seat)]


def _taken(found: Sequences, pairs: Pairs, significant: Flags) -> Flags:
    """Tell which sequences belong to the significant pairs."""
    keys = pairs.seat[significant] * found.pharmacies + pairs.pharmacy[significant]
    return np.isin(found.seat * found.pharmacies + found.pharmacy, keys)


def _replaced(pairs: Pairs, rows: Flags, by: Pairs) -> Pairs:
    columns = []
    for name in pairs.__dataclass_fields__:
        column = getattr(pairs, name).copy()
        column[rows] = getattr(by, name)
        columns.append(column)
    return Pairs(*columns)


def patients_of(found: Sequences, searched: Searched) -> Patients:
    """Return the patients of every pair found, with their expected shares."""
    pairs = searched.pairs
    return judged(found, pairs.seat, pairs.pharmacy, searched.used, searched.weight)[0]
