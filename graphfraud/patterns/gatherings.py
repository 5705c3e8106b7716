"""Groups that gather: what the patterns of persons at one place at one time have in common.

Joint days of persons are compared with what their own habits and the place's traffic give by chance
(patterns.ties); the ties that beat it form groups (patterns.extraction), each with a family-wise
p-value from replicates in which dates are exchanged (patterns.replicates).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.events import Events
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.visits import Visits
from graphfraud.engine.windows import Windows
from graphfraud.patterns.contract import Context, Outcome, Parameter
from graphfraud.patterns.extraction import Extracted, Rule, able, extract
from graphfraud.patterns.gathering_groups import Level, Wording, groups_of, tie_table
from graphfraud.patterns.preparation import notes, prepared, repeated_visits
from graphfraud.patterns.replicates import Null, null
from graphfraud.patterns.rhythm import Rhythms
from graphfraud.patterns.ties import Ties, counted_pairs, family_size, validated

# What these patterns have in common; each adds how often, how faint, how near and how busy.
SHARED = (
    Parameter("min_persons", 3, "two persons are a couple, three from three homes are a group"),
    Parameter("chance_ties", 0.0001, "published ties, per person: one by chance in ten thousand"),
    Parameter("resolution", 0.1, "the least density inside a community (CPM)"),
    Parameter(
        "join_level", 0.05, "family-wise: a stranger taken in by chance in one group of twenty"
    ),
    Parameter(
        "ring_level", 0.01, "this pattern's share of the one run in twenty with a chance lead"
    ),
)


@dataclass(frozen=True)
class Search:
    """What was searched and found: pairs tested, ties, groups, and what chance shows."""

    tested: int
    family: int
    ties: Ties
    found: list[Extracted]
    chance: Null


def gatherings(
    context: Context,
    seen: Events,
    settings: Mapping[str, int | float],
    wording: Wording,
    *,
    repeated: bool = False,
) -> Outcome:
    """Find the groups of these events; every group found, significant or not.

    repeated: only persons' repeated visits to a place are compared, and only joint days in company
    count (rare kinds of care, see patterns.company).
    """
    everything, window = prepared(seen, settings)
    compared = repeated_visits(everything, int(settings["min_joint_days"])) if repeated else None
    rows = np.arange(len(seen)) if compared is None else np.flatnonzero(compared)
    seen, visits = seen.at(rows), everything.at(rows)
    context.progress("pairs", 0, None)
    search = _search(context, DateExchange(everything), visits, settings, compared)
    rhythms = None if repeated else _rhythms(context, everything, settings, search)
    least = int(settings["min_joint_days"])
    level = Level(float(settings["join_level"]), search.chance.dispersion, least)
    told = notes(window, by_day=repeated)
    return Outcome(
        groups=groups_of(
            context.engine,
            seen,
            visits,
            search.found,
            chance=search.chance,
            rhythms=rhythms,
            level=level,
            wording=wording,
            company=repeated,
        ),
        network=_network(seen, search.ties),
        tests=_tests(visits, window, search),
        notes=tuple(en for en, _ in told),
        notes_zh=tuple(zh for _, zh in told),
    )


def _search(
    context: Context,
    law: DateExchange,
    visits: Visits,
    settings: Mapping[str, int | float],
    compared: NDArray[np.bool_] | None,
) -> Search:
    """Compare `visits`, those of the law's that are `compared` (None: all of them)."""
    rule = _rule(settings, context.seed)
    pairs = counted_pairs(visits, law, rule.at_least, context.threads)
    family = family_size(visits, rule.at_least)
    chance = null(
        law,
        rule=rule,
        family=family,
        replicates=int(settings["replicates"]),
        threads=context.threads,
        progress=context.progress,
        compared=compared,
    )
    kappa = chance.dispersion
    persons = able(visits, rule.at_least)
    parts = rule.parts(persons, pairs, family, kappa)
    everyone = None if compared is None else law.visits
    found = extract(visits, parts, law, rule=rule, everyone=everyone)
    by_chance = float(settings["chance_ties"]) * persons
    ties = validated(pairs, family=family, by_chance=by_chance, dispersion=kappa)
    return Search(len(pairs.a), family, ties, found, chance)


def _rhythms(
    context: Context, visits: Visits, settings: Mapping[str, int | float], search: Search
) -> Rhythms:
    """Return the comparison with rhythms kept; admissions, a few a person, have no rhythm."""
    rule = _rule(settings, context.seed)
    return Rhythms(
        replace(visits),  # kept until rings are explained: without what the search has sorted
        rule=rule,
        able=able(visits, rule.at_least),
        family=search.family,
        dispersion=search.chance.dispersion,
        thin=int(settings["thin"]),
        replicates=int(settings["replicates"]),
    )


def _rule(settings: Mapping[str, int | float], seed: int) -> Rule:
    return Rule(
        at_least=int(settings["min_joint_days"]),
        faint_ties=float(settings["faint_ties"]),
        resolution=float(settings["resolution"]),
        smallest=int(settings["min_persons"]),
        join_level=float(settings["join_level"]),
        seed=seed,
    )


def _network(seen: Events, ties: Ties) -> pd.DataFrame:
    names = np.array(seen.person_ids, dtype=object)
    return tie_table(names[ties.a], names[ties.b], ties.observed, ties.expected, ties.p, ties.q)


def _tests(visits: Visits, window: Windows, search: Search) -> dict[str, int | float]:
    chance = search.chance
    return {
        "visits": len(visits.person),
        "strata": visits.n_strata,
        "pairs_possible": search.family,
        "pairs_tested": search.tested,
        "ties": len(search.ties.a),
        "dispersion": chance.dispersion,
        "replicates": len(chance.best),
        "replicates_with_a_group": sum(best > 0 for best in chance.best),
        "visits_without_clock": int(window.clockless.sum()),
        "visits_in_mega_events": int(window.crowded.sum()),
        "visits_left_out": int((window.window < 0).sum()),
    }
