"""Visits made ready for comparison: settings checked, windows and strata taken, limits told."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.events import Events
from graphfraud.engine.strata import strata
from graphfraud.engine.visits import SECONDS_A_DAY, Visits
from graphfraud.engine.windows import WindowRule, Windows, groups, windows
from graphfraud.errors import UsageError

MINUTES_A_DAY = 1_440
MINUTES_AN_HOUR = 60


def check(pattern: str, settings: Mapping[str, int | float]) -> None:
    """Refuse settings under which no group could be a lead, or a window outgrows the null model."""
    if settings.get("window_minutes", 0) > MINUTES_A_DAY:
        raise UsageError(
            f"{pattern}.window_minutes is {settings['window_minutes']}.",
            hint=f"A window has at most {MINUTES_A_DAY} minutes, a day.",
        )
    level, least = settings["ring_level"], 1 / (1 + settings["replicates"])
    if not level:
        raise UsageError(f"{pattern}.ring_level is 0.", hint="Give a level above 0, such as 0.01.")
    if least > level:
        raise UsageError(
            f"{pattern}.replicates = {settings['replicates']} cannot show a p-value below "
            f"{least:.3f}, but {pattern}.ring_level is {level}.",
            hint=f"Take at least {math.ceil(1 / level) - 1} replicates.",
        )


def prepared(seen: Events, settings: Mapping[str, int | float]) -> tuple[Visits, Windows]:
    """Return the visits with groups, windows and strata, in the events' own order."""
    group = groups(seen.facility, seen.kind)
    rule = WindowRule(
        longest=int(settings.get("window_minutes", MINUTES_AN_HOUR) * 60),  # admissions have none
        strangers=int(settings["strangers"]),
        crowd=int(settings["crowd"]),
    )
    window = windows(group, seen.kind, seen.start, rule)
    # By-day visits are compared by the day: their clock, where there is one, says nothing.
    start = seen.start.copy()
    start[window.clockless] -= start[window.clockless] % SECONDS_A_DAY
    stratum = strata(group, start, excluded=window.window < 0, thin=int(settings["thin"]))
    n_strata = int(stratum.max(initial=-1)) + 1
    persons = len(seen.person_ids)
    return Visits(seen.person, group, start, stratum, window.window, persons, n_strata), window


def repeated_visits(visits: Visits, at_least: int) -> NDArray[np.bool_]:
    """Say which visits are of a person who came to that place as often as a pair must meet."""
    key = visits.group.astype(np.int64) * visits.n_persons + visits.person
    _, place, count = np.unique(key, return_inverse=True, return_counts=True)
    return np.asarray(count[place] >= at_least)


def notes(window: Windows, *, by_day: bool) -> list[tuple[str, str]]:
    """Return what a reader must know of the data, in English and Chinese.

    by_day: this kind of care is compared by the day anyway, so a missing clock is no news.
    """
    clockless, crowded = int(window.clockless.sum()), int(window.crowded.sum())
    too_busy = int((window.window < 0).sum()) - crowded
    share = clockless / max(1, len(window.window))
    notes = (
        (
            share > 0.5 and not by_day,
            f"{share:.0%} of the visits carry no time of day: whole days are compared.",
            f"{share:.0%} 的就诊没有时刻，按整日比较。",
        ),
        (
            crowded > 0,
            f"{crowded} visits lie in mega-events and start no meeting.",
            f"{crowded} 次就诊处于人流极密的时段，不计入共同就诊。",
        ),
        (
            too_busy > 0,
            f"{too_busy} visits are at places too busy, or without a clock, to compare.",
            f"{too_busy} 次就诊因机构过于繁忙或缺少时刻而未作比较。",
        ),
    )
    return [(en, zh) for holds, en, zh in notes if holds]
