"""The same people at the same places at the same times, again and again.

Two persons meet when they are at one facility for one kind of care within a window of minutes
(admissions: a day) that shrinks where the place is busy. Their joint days are compared with what
their own habits and the place's traffic give by chance (patterns.ties); the ties that beat it form
groups (patterns.extraction), and each group gets a family-wise p-value from replicates in which
dates are exchanged (patterns.replicates).
"""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from graphfraud.engine.events import Events, events
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.strata import strata
from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Visits
from graphfraud.engine.windows import WindowRule, Windows, groups, windows
from graphfraud.errors import UsageError
from graphfraud.patterns.contract import Context, Description, Group, Outcome, Parameter
from graphfraud.patterns.extraction import Extracted, Rule, extract
from graphfraud.patterns.meetings import meetings
from graphfraud.patterns.replicates import Null, null
from graphfraud.patterns.ties import Ties, counted_pairs, family_size

MINUTES_A_DAY = 1_440
KINDS = ("pharmacy", "outpatient", "inpatient")

DESCRIPTION = Description(
    name="co_visit",
    title_zh="组团就医、同频购药",
    title_en="Acting together: the same places at the same times",
    looks_for=(
        "Persons who turn up at the same pharmacies, clinics or hospitals within minutes of each "
        "other on far more days than their habits and the traffic there explain."
    ),
    null_model=(
        "Dates exchanged within strata (facility × kind of care × part of day × weekday class × "
        "quarter, backed off where thin), times of day kept: pairs against a Poisson law of that "
        "mean, widened where replicates spread more; groups against the replicates' best group."
    ),
    needs=("claims",),
    excuses=(
        "household",
        "care_home",
        "scheduled_treatment",
        "employer_screening",
        "neighbours",
    ),
)

PARAMETERS = (
    Parameter("min_joint_days", 3, "two coincidences are common in a year, three hardly ever"),
    Parameter(
        "chance_ties", 0.0001, "per person: one tie by chance in ten thousand, too few to touch"
    ),
    Parameter("min_persons", 3, "two persons are a couple, three from three homes are a group"),
    Parameter("resolution", 0.1, "the least density inside a community (CPM)"),
    Parameter("join_level", 0.01, "family-wise level at which faint members are taken in"),
    Parameter("ring_level", 0.05, "clean data shows a lead in at most one run in twenty"),
    Parameter("replicates", 99, "enough for p = 0.01; more cost time in proportion"),
    Parameter("window_minutes", 60, "the widest window by the clock"),
    Parameter("strangers", 10, "others expected in a window; keeps the cost linear"),
    Parameter("crowd", 200, "more visits in one window are a mega-event, reported and left out"),
    Parameter("thin", 50, "fewer visits than this make no stratum"),
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the groups of the attached snapshot; every group found, significant or not."""
    _check(settings)
    context.progress("events", 0, None)
    seen = events(context.engine)
    visits, window = prepared(seen, settings)
    rule = _rule(settings, context.seed)
    context.progress("pairs", 0, None)
    law = DateExchange(visits)
    pairs = counted_pairs(visits, law, rule.at_least, context.threads)
    family = family_size(visits, rule.at_least)
    chance = null(
        law,
        rule=rule,
        family=family,
        replicates=int(settings["replicates"]),
        threads=context.threads,
        progress=context.progress,
    )
    ties, found = extract(
        visits, pairs, law, rule=rule, family=family, dispersion=chance.dispersion
    )
    notes = _notes(window)
    table = _tie_table(seen, ties)
    member = np.zeros(visits.n_persons, bool)
    member[[person for one in found for person in one.persons]] = True
    rows = np.flatnonzero(member[visits.person])
    near = seen.at(rows), visits.at(rows)
    return Outcome(
        groups=tuple(_group(*near, ties, table, one, chance) for one in found),
        network=table,
        null_best=chance.best,
        dispersion=chance.dispersion,
        tie_level=ties.level,
        tests=_tests(visits, window, pairs.a, ties, family, chance),
        notes=tuple(en for en, _ in notes),
        notes_zh=tuple(zh for _, zh in notes),
    )


def prepared(seen: Events, settings: Mapping[str, int | float]) -> tuple[Visits, Windows]:
    """Return the visits with groups, windows and strata, in the events' own order."""
    group = groups(seen.facility, seen.kind)
    rule = WindowRule(
        longest=int(settings["window_minutes"] * 60),
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


def _check(settings: Mapping[str, int | float]) -> None:
    """Refuse settings under which no group could be a lead, or a window outgrows the null model."""
    if settings["window_minutes"] > MINUTES_A_DAY:
        raise UsageError(
            f"co_visit.window_minutes is {settings['window_minutes']}.",
            hint=f"A window has at most {MINUTES_A_DAY} minutes, a day.",
        )
    level, least = settings["ring_level"], 1 / (1 + settings["replicates"])
    if not level:
        raise UsageError("co_visit.ring_level is 0.", hint="Give a level above 0, such as 0.05.")
    if least > level:
        raise UsageError(
            f"co_visit.replicates = {settings['replicates']} cannot show a p-value below "
            f"{least:.3f}, but co_visit.ring_level is {level}.",
            hint=f"Take at least {math.ceil(1 / level) - 1} replicates.",
        )


def _rule(settings: Mapping[str, int | float], seed: int) -> Rule:
    return Rule(
        at_least=int(settings["min_joint_days"]),
        chance_ties=float(settings["chance_ties"]),
        resolution=float(settings["resolution"]),
        smallest=int(settings["min_persons"]),
        join_level=float(settings["join_level"]),
        seed=seed,
    )


def _group(
    seen: Events, visits: Visits, ties: Ties, table: pd.DataFrame, found: Extracted, chance: Null
) -> Group:
    """Return a group with everything its numbers are counted from; table: all ties, by name."""
    member = np.zeros(visits.n_persons, bool)
    member[found.persons] = True
    inside = member[ties.a] & member[ties.b]
    own = np.bincount(visits.person[member[visits.person]], minlength=visits.n_persons)
    return Group(
        persons=tuple(seen.person_ids[p] for p in found.persons),
        ties=table[inside].reset_index(drop=True),
        meetings=meetings(seen, visits, found.persons),
        observed=found.observed,
        expected=found.expected,
        statistic=found.statistic,
        p_value=chance.p_value(found.statistic),
        own_visits={seen.person_ids[p]: int(own[p]) for p in found.persons},
    )


def _tie_table(seen: Events, ties: Ties) -> pd.DataFrame:
    names = np.array(seen.person_ids, dtype=object)
    return pd.DataFrame(
        {
            "a": names[ties.a],
            "b": names[ties.b],
            "observed": ties.observed,
            "expected": ties.expected,
            "p": ties.p,
            "q": ties.q,
        }
    )


def _tests(
    visits: Visits, window: Windows, tested: Ints, ties: Ties, family: int, chance: Null
) -> dict[str, int | float]:
    return {
        "visits": len(visits.person),
        "strata": visits.n_strata,
        "pairs_possible": family,
        "pairs_tested": len(tested),
        "ties": len(ties.a),
        "dispersion": chance.dispersion,
        "replicates": len(chance.best),
        "replicates_with_a_group": sum(best > 0 for best in chance.best),
        "visits_without_clock": int(window.clockless.sum()),
        "visits_in_mega_events": int(window.crowded.sum()),
        "visits_left_out": int((visits.stratum < 0).sum()),
    }


def _notes(window: Windows) -> list[tuple[str, str]]:
    """Return what a reader must know of the data, in English and Chinese."""
    clockless, crowded = int(window.clockless.sum()), int(window.crowded.sum())
    too_busy = int((window.window < 0).sum()) - crowded
    share = clockless / max(1, len(window.window))
    notes = (
        (
            share > 0.5,
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
