"""A doctor whose patients end up at one pharmacy far more than its size and distance explain.

Regulation on the supervision of medical-insurance funds (State Council order 735), articles 38 and
40. The steps stand in the files doctor_pharmacy_…: sequences, shares, habits, pairs, search,
patients, members, groups.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.doctor_pharmacy_groups import build_group, joined, tie_table
from graphfraud.patterns.doctor_pharmacy_members import act_table, members, pair_table
from graphfraud.patterns.doctor_pharmacy_search import Searched, patients_of, search
from graphfraud.patterns.doctor_pharmacy_sequences import Sequences, sequences
from graphfraud.patterns.group import Group

CUT = 0.2  # pairs less likely than this are worth returning at all

DESCRIPTION = Description(
    name="doctor_pharmacy",
    title_zh="医药勾连",
    title_en="A doctor's patients at one pharmacy",
    looks_for=(
        "A doctor whose patients, on the day of the visit, end up at one pharmacy far more than "
        "the colleagues' patients do, and more than their own habits explain."
    ),
    looks_for_zh="某医师的患者就诊当日集中到某一药店购药，远超同机构其他医师的患者及其自身购药习惯所能解释的程度。",
    null_model=(
        "Given that a patient buys anywhere that day: the share of the pharmacy among like "
        "patients (by habit there) of the other doctors of the facility, backed off to the kind "
        "and region, raised where department, quarter or weekday make it more usual. Patients are "
        "the units; beta-binomial, as wide as the data and exchanged doctors show."
    ),
    statistic=(
        "Patients who took most of their same-day purchases to the pharmacy, X of N, against a "
        "beta-binomial of mean Σ share / N and correlation 1/(colleagues' sequences + "
        "pseudo-counts + 1) + ρ; all patients, and those who came again and would rarely buy "
        "there; Bonferroni over all doctor × pharmacy pairs of a facility with enough patients."
    ),
    source=(
        "Skellam 1948 (beta-binomial); Hoeffding 1956, doi:10.1214/aoms/1177728178 (bound for "
        "unequal trials); Dempster, Laird & Rubin 1977 (EM); 医疗保障基金使用监督管理条例"
    ),
    law="医疗保障基金使用监督管理条例 第三十八条、第四十条",
    needs=("claims.doctor_id",),
    excuses=("household", "scheduled_treatment", "only_provider"),
)

PARAMETERS = (
    Parameter("ring_level", 0.004, "this pattern's part of the run's one in twenty"),
    Parameter("min_persons", 3, "two patients are a couple, three from three homes are a group"),
    Parameter("dominant_share", 0.8, "four purchases in five: in practice the only one in reach"),
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the doctors and pharmacies of the attached snapshot, with the patients sent."""
    context.progress("sequences", 0, None)
    found = sequences(context.engine)
    if not len(found):
        return Outcome(tests={"sequences": 0})
    context.progress("pairs", 0, None)
    searched = search(
        found,
        at_least=int(settings["min_persons"]),
        level=float(settings["ring_level"]),
        cut=CUT,
        seed=context.seed,
    )
    pairs = pair_table(found, searched)
    groups = _groups(context, found, searched, pairs, settings) if len(pairs) else ()
    network = tie_table(pairs, list(range(len(pairs))), searched)
    return Outcome(
        groups=groups,
        network=network[network["q"] <= settings["ring_level"]].reset_index(drop=True),
        tests=_tests(found, searched),
    )


def _groups(
    context: Context,
    found: Sequences,
    searched: Searched,
    pairs: pd.DataFrame,
    settings: Mapping[str, int | float],
) -> tuple[Group, ...]:
    engine, dominant = context.engine, float(settings["dominant_share"])
    engine.register("referral_pairs", pairs)
    patients = patients_of(found, searched)
    who = members(engine, found, searched, patients)
    own = engine.frame("patterns/doctor_pharmacy_registers").drop_duplicates("pair")
    acts = act_table(found, searched, who, pairs)
    pairs = pairs.assign(own=own["own"].to_numpy(bool))
    engine.unregister("referral_pairs")
    engine.register("referral_acts", acts)
    claims = engine.frame("patterns/doctor_pharmacy_claims", {"dominant": dominant})
    engine.unregister("referral_acts")
    acts = _excused(acts, claims, _dominant(found, searched, dominant))
    built = (
        build_group(numbers, pairs=pairs, acts=acts, claims=claims, members=who, searched=searched)
        for numbers in joined(pairs, who)
    )
    fewest = int(settings["min_persons"])
    return tuple(one for one in built if one.observed and len(one.persons) >= fewest)


def _dominant(found: Sequences, searched: Searched, share: float) -> set[int]:
    """Return the pairs whose pharmacy sells nearly everything that the facility's patients buy."""
    who, where, days = found.habit.T
    result = set()
    for pair, (seat, pharmacy) in enumerate(
        zip(searched.pairs.seat, searched.pairs.pharmacy, strict=True)
    ):
        facility = found.facility[np.searchsorted(found.seat, seat)]
        others = found.person[(found.facility == facility) & (found.seat != seat)]
        here = np.isin(who, others)
        whole = days[here].sum()
        if whole and days[here & (where == pharmacy)].sum() >= share * whole:
            result.add(pair)
    return result


def _excused(acts: pd.DataFrame, claims: pd.DataFrame, dominant: set[int]) -> pd.DataFrame:
    """Return the acts with their excuse: the only pharmacy in reach, or the only one to sell it."""
    keys = ["pair", "person_id", "day"]
    sole = claims[claims["sole"].astype(bool)][keys].drop_duplicates().assign(sole=1)
    acts = acts.merge(sole, on=keys, how="left")
    excused = acts["sole"].notna() | acts["pair"].isin(dominant)
    return acts.assign(excuse=np.where(excused, "only_provider", ""))


def _tests(found: Sequences, searched: Searched) -> dict[str, int | float]:
    return {
        "sequences": len(found),
        "doctors": len(found.ids["doctor"]),
        "pharmacies": found.pharmacies,
        "pairs_possible": searched.family,
        "pairs_tested": searched.looked_at,
        "pairs_found": len(searched.pairs.seat),
        "pseudo_counts": searched.weight,
        "correlation_all": float(searched.rho[0]),
        "correlation_repeated": float(searched.rho[1]),
        "correlation_exchanged": float(searched.rho_exchanged.max()),
    }
