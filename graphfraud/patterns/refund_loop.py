"""Swipe, refund, swipe again: cards that go round at one facility, again and again (刷卡即退).

Every place takes claims back and settles them anew now and then; a place, and some persons, more
than others. Persons who loop more often than the place's own rate of corrections explains make a
group, judged by how many of them there are.

A shop's cards are one case: the shop answers for all of them. Goods, dates and operators do not
tell two rings apart: cards loop what their holders are entitled to, worn-out cards are replaced,
and whoever comes at the same hour meets the same shift.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from graphfraud.engine.duckdb import Engine
from graphfraud.model.scheduled import scheduled_expression
from graphfraud.network.repeaters import Links, Margins, Repeaters, joining, own_rates, repeaters
from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.facility_peers import Facilities, facilities
from graphfraud.patterns.repeat_groups import Found, groups, tie_table

DAY = 86_400
FAILURE = 5  # so many persons with a single loop in their lives on one day: the system failed
BUSY = 3.0  # a busy day has three times the usual traffic
FAILURE_LEVEL = 0.01

DESCRIPTION = Description(
    name="refund_loop",
    title_zh="刷卡即退、反复冲销再结算",
    title_en="Swipe, refund, swipe again",
    looks_for=(
        "Cards that are settled, refunded and settled again at the same facility within hours, "
        "again and again, far beyond the facility's own rate of corrections."
    ),
    null_model=(
        "Corrections happen in proportion to a person's claims at the place's own rate, estimated "
        "without the persons who stand out and leaning on peers of its kind, level and region; "
        "persons gamma-Poisson with κ of at least 1; the number of persons beyond their threshold "
        "against the number that chance gives, all places counted as tests."
    ),
    needs=("claims", "claims.refund_of"),
    excuses=("household", "scheduled_treatment"),
    looks_for_zh="同一张卡在同一机构数小时内结算、退费、再结算，反复多次，远超该机构自身的正常冲销水平。",
    statistic=(
        "persons whose loops k reach the first t ≥ 2 with P(X ≥ t | claims · rate) ≤ 0.05 / persons"
    ),
    source="Clayton & Kaldor 1987, doi:10.2307/2532003; Atkinson & Riani 2000, Robust Diagnostic "
    "Regression Analysis",
    law="医疗保障基金使用监督管理条例 第三十八条、第四十条、第四十一条",
)

PARAMETERS = (
    Parameter("ring_level", 0.002, "this pattern's share of the run's one lead in twenty"),
    Parameter("min_persons", 3, "two persons are a couple, three from three homes are a group"),
    Parameter("hours", 24, "a loop is a matter of one visit; a return next week is a return"),
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the persons who loop at a place, and the places where several do."""
    context.progress("refunds", 0, None)
    engine = context.engine
    places = facilities(engine)
    limits = {"hours": float(settings["hours"]), "scheduled": scheduled_expression()}
    loops = engine.frame("patterns/refund_loops", limits)
    failed = _on_failure_days(loops)
    kept = loops[~failed].reset_index(drop=True)
    links, names, margins = _links(engine, kept, places)
    rates = own_rates(links, margins, places.strata)
    seen = repeaters(links, margins, rates)
    family = int((margins.total(np.ones(len(margins.place))) > 0).sum())
    faint = joining(links, margins, seen.p, seen.standing, (rates,))
    strong = _strong(names, seen, faint)
    by_chance = {
        ("facility", name): float(mu) for name, mu in zip(places.ids, seen.by_chance, strict=True)
    }
    kinds = dict(zip(places.ids, places.kinds(), strict=True))
    found = Found(strong, _acts(kept), by_chance, max(1, family), kinds)
    possible = int(margins.persons.sum())
    return Outcome(
        groups=groups(found, engine, _summary, possible),
        network=tie_table(strong, possible),
        tests={
            "loops": len(loops),
            "loops_on_failure_days": int(failed.sum()),
            "persons_at_places": possible,
            "places": family,
            "ties": len(strong),
        },
        notes=_NO_REFUNDS[:1] if loops.empty else (),
        notes_zh=_NO_REFUNDS[1:] if loops.empty else (),
    )


_NO_REFUNDS = (
    "No claim was refunded and settled again within hours.",
    "没有在数小时内退费后再结算的记录。",
)


def _on_failure_days(loops: pd.DataFrame) -> np.ndarray:
    """Return which loops lie on a day on which the system failed: many who never loop otherwise.

    A ring's cards loop on several days; a failure meets whoever happened to be there.
    """
    times = loops.groupby(["facility_id", "person_id"])["day"].transform("nunique")
    once = loops[times == 1].groupby(["facility_id", "day"])["person_id"].nunique()
    if once.empty:
        return np.zeros(len(loops), np.bool_)
    days = (loops["day"].max() - loops["day"].min()) // DAY + 1
    others = once.groupby(level=0).transform("sum") - once
    usual = BUSY * (others + 0.5) / days
    tail = stats.poisson.sf(once - 1, usual)
    many = once.index[(once >= FAILURE) & (tail * days * loops["facility_id"].nunique()
                                            <= FAILURE_LEVEL)]  # fmt: skip
    keys = pd.MultiIndex.from_frame(loops[["facility_id", "day"]])
    return np.asarray(keys.isin(many))


def _links(
    engine: Engine, loops: pd.DataFrame, places: Facilities
) -> tuple[Links, pd.DataFrame, Margins]:
    """Return who loops where, under which names, and the margins of all persons."""
    counted = loops.groupby(["facility_id", "person_id"], as_index=False).size()
    counted["place"] = places.codes(counted["facility_id"])
    margin = engine.frame("patterns/refund_margins").astype(np.int64)
    place, exposure, persons = (
        margin[name].to_numpy() for name in ("place", "exposure", "persons")
    )
    margins = Margins(place, exposure, persons, len(places.ids))
    engine.register("repeats", counted[["place", "person_id"]])
    exposures = engine.frame("patterns/refund_exposures")
    engine.unregister("repeats")
    names = counted.merge(exposures, on=["place", "person_id"])
    names = names.sort_values(["place", "person_id"], ignore_index=True)
    columns = [names[name].to_numpy(np.int64) for name in ("place", "exposure", "size")]
    names = names.drop(columns="place").rename(columns={"facility_id": "place", "size": "count"})
    return Links(*columns), names, margins


def _strong(names: pd.DataFrame, seen: Repeaters, faint: NDArray[np.bool_]) -> pd.DataFrame:
    table = names.assign(place_type="facility", expected=seen.expected, p=seen.p, faint=faint)
    kept: pd.DataFrame = table[seen.standing | faint].reset_index(drop=True)
    return kept


def _acts(loops: pd.DataFrame) -> pd.DataFrame:
    claims = zip(loops["claim_id"], loops["refund_id"], loops["again_id"], strict=True)
    return loops.assign(
        operator_id=loops["operator_id"].fillna("").astype(str),
        claims=pd.Series([list(three) for three in claims], dtype=object),
    )


def _summary(acts: pd.DataFrame, persons: int, expected: float) -> tuple[str, str]:
    """Return what happened in a sentence, in Chinese and English."""
    loops = len(acts)
    zh = (
        f"{persons} 张卡反复结算、退费、再结算共 {loops} 次；按该机构自身的冲销水平，"
        f"偶然应有 {expected:.2g} 张卡达到其阈值。"
    )
    en = (
        f"{persons} cards were settled, refunded and settled again {loops} times; at the place's "
        f"own rate of corrections, {expected:.2g} cards would reach their threshold by chance."
    )
    return zh, en
