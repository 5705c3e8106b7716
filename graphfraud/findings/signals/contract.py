"""The shape of every conduct signal: a description, and a function from a ring's rows to a Signal.

A signal never returns a bare number: it returns its value with the points that the one table gives
for it, a sentence in each language with the figures, and the claims that decided.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from graphfraud.findings.signals.rows import RingRows
from graphfraud.findings.weights import WEIGHTS

MOST_CLAIMS = 50  # enough to check a signal by hand; the ring lists all of its claims


@dataclass(frozen=True)
class Description:
    """What a signal says of itself; the docs print it whole.

    what, formula, why, source, excuse: sentences; needs: tables, or table.column, without which it
    is not assessed.
    """

    code: str
    title_zh: str
    title_en: str
    what: str
    formula: str
    why: str
    source: str
    excuse: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signal:
    """What one signal says of one ring; value is None, and points 0, where it was not assessed."""

    code: str
    value: float | None
    points: float
    sentence_zh: str
    sentence_en: str
    claims: tuple[str, ...] = ()

    @property
    def assessed(self) -> bool:
        """Say whether the data allowed to look for it."""
        return self.value is not None


class SignalModule(Protocol):
    """A module of this package: DESCRIPTION and look()."""

    DESCRIPTION: Description

    def look(self, rows: RingRows) -> Signal:
        """Look for the signal in the rows of one ring."""


def seen(about: Description, value: float, zh: str, en: str, claims: Iterable[str] = ()) -> Signal:
    """Return the signal with its points; claims: those that decided, the first 50 are kept."""
    value = round(float(value), 6)
    return Signal(about.code, value, WEIGHTS[about.code].of(value), zh, en, _first(claims))


def _first(claims: Iterable[str]) -> tuple[str, ...]:
    """Return the first claims, each once; a large ring's others are never looked at."""
    kept: dict[str, None] = {}
    for claim in claims:
        kept[claim] = None
        if len(kept) == MOST_CLAIMS:
            break
    return tuple(kept)


def unknown(about: Description, zh: str, en: str) -> Signal:
    """Return that the signal was not assessed; zh, en: why."""
    return Signal(about.code, None, 0.0, f"未评估：{zh}。", f"Not assessed: {en}.")


def lacking(about: Description, absent: Iterable[str]) -> Signal:
    """Return that the signal was not assessed: `absent` (tables, columns) was not delivered."""
    names = sorted(absent)
    return unknown(
        about, f"数据中没有 {'、'.join(names)}", f"{', '.join(names)} not in the data delivered"
    )
