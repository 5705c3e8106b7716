"""One card settled again and again within minutes, many cards the same way (重复刷卡).

A burst is a run of settlements of one card with short gaps at one facility, at one chain or under
one operator. Some counters split every purchase: so each facility and each operator has a rate of
its own. Cards with more bursts than it explains, or with bursts at hours at which neither the place
nor its kind works, make a group, judged by how many cards there are.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.model.scheduled import scheduled_expression
from graphfraud.network.repeaters import (
    BY_CHANCE,
    Links,
    Rates,
    Repeaters,
    joining,
    own_rates,
    repeaters,
)
from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.facility_peers import facilities
from graphfraud.patterns.repeat_groups import Found, groups, tie_table
from graphfraud.patterns.swipe_bursts import acts, links_of, quarters
from graphfraud.patterns.swipe_places import SwipePlaces, swipe_places

DESCRIPTION = Description(
    name="repeat_swipe",
    title_zh="重复刷卡、异常时段集中刷卡",
    title_en="One card settled again and again within minutes",
    looks_for=(
        "Cards settled several times in a row within minutes at one facility, chain or under one "
        "operator, many cards the same way, above all at odd hours or while the settlement system "
        "is maintained."
    ),
    null_model=(
        "Bursts happen in proportion to a card's settlements at the facility's or operator's own "
        "rate, estimated without the cards that stand out and leaning on peers of its kind, level "
        "and region, an operator's no lower than his facilities'; at odd hours by the place's own "
        "share of such hours; cards gamma-Poisson; the number of cards beyond their threshold "
        "against what chance gives, all facilities and operators counted as tests."
    ),
    needs=("claims", "claims.start_time"),
    excuses=("household", "scheduled_treatment"),
    looks_for_zh=(
        "同一张卡在同一机构、同一连锁或同一经办人处数分钟内连续多次结算，且多张卡如此，"
        "尤其发生在异常时段或结算系统维护时段。"
    ),
    statistic=(
        "cards whose bursts k reach the first t ≥ 2 with P(X ≥ t | claims · rate) ≤ 0.025 / cards, "
        "at any hour or at odd hours"
    ),
    source=(
        "Clayton & Kaldor 1987, doi:10.2307/2532003; Atkinson & Riani 2000, Robust Diagnostic "
        "Regression Analysis"
    ),
    law="医疗保障基金使用监督管理条例 第三十八条、第四十条、第四十一条",
)

PARAMETERS = (
    Parameter("ring_level", 0.002, "this pattern's share of the run's one lead in twenty"),
    Parameter("min_persons", 3, "two persons are a couple, three from three homes are a group"),
    Parameter("minutes", 5, "a counter needs that long for a customer who bought something"),
    Parameter("swipes", 3, "a purchase split in two is common, in three hardly"),
    Parameter("most_places", 10, "an operator id at more facilities is a system's, no person's"),
    Parameter("maintenance_from", 0, "minute of the day: systems are maintained after midnight"),
    Parameter("maintenance_until", 300, "minute of the day: before the first counters open"),
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the cards with bursts beyond their places' rates, and the places where several are."""
    context.progress("swipes", 0, None)
    engine = context.engine
    known = facilities(engine)
    most = {"most_places": int(settings["most_places"])}
    clock = engine.frame("patterns/swipe_clock", most).iloc[0]
    claims, clocked = int(clock["claims"]), int(clock["clocked"])
    notes = _notes(claims, clocked)
    told = {"claims": claims, "claims_with_clock": clocked}
    en, zh = tuple(en for en, _ in notes), tuple(zh for _, zh in notes)
    if not clocked:
        return Outcome(tests=told, notes=en, notes_zh=zh)
    rows = _bursts(engine, settings)
    window = int(settings["maintenance_from"]), int(settings["maintenance_until"])
    places = swipe_places(engine, known, window)
    made = acts(rows, places, window)
    links, table = links_of(engine, rows, made, places)
    seen, faint, by_chance = _standing(links, table, places, rows)
    strong = table.assign(
        count=links.count, expected=seen.expected, p=seen.p, faint=faint
    )[seen.standing | faint].reset_index(drop=True)  # fmt: skip
    possible = int(places.margins.persons.sum())
    family = int((places.hours.sum(axis=1) > 0).sum())
    mu = {(str(a), str(b)): float(x) for (a, b), x in zip(places.index, by_chance, strict=True)}
    kinds = dict(zip(known.ids, known.kinds(), strict=True))
    found = Found(strong, made, mu, family, kinds)
    return Outcome(
        groups=groups(found, engine, _summary, possible),
        network=tie_table(strong, possible),
        tests=told | {"bursts": len(made), "bursts_at_odd_hours": int(made["odd"].sum()),
                      "cards_at_places": possible, "places": family, "ties": len(strong)},
        notes=en,
        notes_zh=zh,
    )  # fmt: skip


def _bursts(engine: Engine, settings: Mapping[str, int | float]) -> pd.DataFrame:
    limits = {name: settings[name] for name in ("minutes", "swipes")}
    return engine.frame("patterns/swipe_bursts", limits | {"scheduled": scheduled_expression()})


def _standing(
    links: Links, table: pd.DataFrame, places: SwipePlaces, rows: pd.DataFrame
) -> tuple[Repeaters, np.ndarray, np.ndarray]:
    """Return which cards stand out, at any hour or at odd ones, who joins, and μ of each place.

    The two questions share the persons whom chance may let stand out, half each.
    """
    rates = places.as_their_shops(own_rates(links, places.margins, places.strata))
    share = places.odd_share(quarters(rows, places))
    anytime = repeaters(links, places.margins, rates, BY_CHANCE / 2)
    late = Links(links.place, links.exposure, table["odd"].to_numpy(np.int64))
    by_night = Rates(rates.rate * share, rates.spread)
    nightly = repeaters(late, places.margins, by_night, BY_CHANCE / 2)
    p = np.minimum(1.0, 2 * np.minimum(anytime.p, nightly.p))
    standing = np.asarray(anytime.standing | nightly.standing)
    by_chance = anytime.by_chance + nightly.by_chance
    faint = joining(links, places.margins, p, standing, (rates, by_night))
    return Repeaters(anytime.expected, p, standing, by_chance), faint, by_chance


def _notes(claims: int, clocked: int) -> list[tuple[str, str]]:
    """Return what a reader must know of the clocks, in English and Chinese."""
    if not claims or clocked * 2 >= claims:
        return []
    if not clocked:
        en = "No claim carries a time of day: repeated swipes cannot be judged."
        return [(en, "结算记录均无时刻，无法判断重复刷卡。")]
    share = 1 - clocked / claims
    return [
        (
            f"{share:.0%} of the claims carry no time of day and were not judged.",
            f"{share:.0%} 的结算没有时刻，未作判断。",
        )
    ]


def _summary(bursts: pd.DataFrame, cards: int, expected: float) -> tuple[str, str]:
    """Return what happened in a sentence, in Chinese and English."""
    swipes = int(bursts["claims"].map(len).sum())
    odd, night = float(bursts["odd"].mean()), float(bursts["maintenance"].mean())
    zh = (
        f"{cards} 张卡在数分钟内连续刷卡共 {len(bursts)} 轮、{swipes} 笔，其中 {odd:.0%} 在"
        f"异常时段、{night:.0%} 在系统维护时段；按该处自身水平，"
        f"偶然应有 {expected:.2g} 张卡达到其阈值。"
    )
    en = (
        f"{cards} cards were settled in {len(bursts)} bursts ({swipes} settlements) within "
        f"minutes, {odd:.0%} at odd hours, {night:.0%} during maintenance; at the places' own "
        f"rates, {expected:.2g} cards would reach their threshold by chance."
    )
    return zh, en
