"""Persons × facilities × goods denser than any honest block, camouflage included.

Strangers who buy the same few goods at the same few places, each at any time. Edges are goods that
a person buys at several places; the densest block is peeled out (network.dense_blocks), compared
with the best block of replicates in which customers of one place exchange what they buy
(network.regimens), and left with exactly the members who are in it beyond chance.
"""

import math
from collections.abc import Mapping

from graphfraud.errors import UsageError
from graphfraud.patterns.block_chance import Search
from graphfraud.patterns.block_groups import groups, network
from graphfraud.patterns.block_members import Bounds
from graphfraud.patterns.block_search import stepwise
from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.purchases import sales

DESCRIPTION = Description(
    name="dense_block",
    title_zh="多人多店同药聚集购药",
    title_en="Many persons, the same few shops, the same few goods",
    looks_for=(
        "Strangers who buy the same few goods at the same few pharmacies, each at any time, far "
        "more densely than habits and trade there explain; honest purchases beside it change "
        "nothing."
    ),
    looks_for_zh=(
        "互不相识的多名参保人在同样几家药店反复购买同样几种药品，购药时间各异，"
        "密集程度远超个人习惯和店内销售所能解释；夹杂正常购药不影响识别。"
    ),
    null_model=(
        "Customers of one main place who buy about as much exchange what they buy (who buys more "
        "than anyone there takes from several): where each person shops, the trade of each place, "
        "regimens and loyalty stay; the best block of the "
        "same search in each replicate gives the family-wise p-value by a Gumbel law. What a step "
        "finds is left out of the replicates of the next."
    ),
    statistic=(
        "density = (Σ weight of edges − against · weight expected by the places' trade) / (persons "
        "+ columns); weight = 1 / log(buyers of the column + 5)"
    ),
    source=(
        "Hooi et al. 2016 (FRAUDAR, doi:10.1145/2939672.2939747); Abrams, Kulldorff & Kleinman "
        "2010 (doi:10.1186/1476-072X-9-61)"
    ),
    needs=("claims",),
    excuses=("household", "care_home", "scheduled_treatment"),
    law="医疗保障基金使用监督管理条例 第四十条、第四十一条",
)

PARAMETERS = (
    Parameter("ring_level", 0.01, "its share of the one lead in twenty clean runs"),
    Parameter("min_persons", 3, "two persons are a couple, three from three homes are a group"),
    Parameter("min_places", 2, "many customers of one shop are no block: shops in concert are"),
    Parameter(
        "against",
        0.5,
        "share of the weight by chance taken off: at 0 the busiest places win, at 1 peeling has no "
        "direction, for the whole is as expected",
    ),
    Parameter(
        "replicates", 39, "a Gumbel law needs no more; what they leave open is in the p-value"
    ),
    Parameter("thin", 30, "fewer persons than this make no class of their own"),
    Parameter("join_level", 0.01, "family-wise level at which outsiders are taken in"),
)

NO_ITEMS = (
    (
        "There are no claim lines: kinds of care are compared instead of goods. Only persons who "
        "share three places or more can show; most blocks stay hidden, finding none says little."
    ),
    (
        "没有费用明细：按就诊类别而非药品比较，只有共用三家以上机构的人群才可能显现；"
        "多数聚集购药看不出来，未发现不等于没有。"
    ),
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the dense blocks of the attached snapshot."""
    _check(settings)
    context.progress("purchases", 0, None)
    items = bool(context.engine.arrays("patterns/dense_block_has_items")["lines"][0])
    sold = sales(context.engine, items=items)
    notes = () if items or not len(sold.person) else (NO_ITEMS,)
    search = Search(
        against=float(settings["against"]),
        replicates=int(settings["replicates"]),
        thin=int(settings["thin"]),
        seed=context.seed,
        items=items,
        threads=context.threads,
    )
    bounds = _bounds(settings, items=items)
    found = stepwise(sold, search, bounds, float(settings["ring_level"]), context.progress)
    made = groups(context.engine, sold, found, items=items)
    context.engine.drop("dense_claims", "dense_persons", "dense_places", "dense_goods")
    return Outcome(
        groups=made,
        network=network(made),
        tests={
            "sales": len(sold.person),
            "blocks": len(made),
            "replicates": search.replicates,
            "densest_by_chance": max((max(one.chance.best) for one in found), default=0.0),
        },
        notes=tuple(en for en, _ in notes),
        notes_zh=tuple(zh for _, zh in notes),
    )


def _bounds(settings: Mapping[str, int | float], *, items: bool) -> Bounds:
    # Without goods only the places tell a block: neighbours share two, so it takes three.
    places = int(settings["min_places"]) + (not items)
    return Bounds(
        join=float(settings["join_level"]),
        persons=int(settings["min_persons"]),
        places=places,
        goods=2 if items else 1,
    )


def _check(settings: Mapping[str, int | float]) -> None:
    """Refuse settings under which the law of the best block cannot be fitted."""
    if settings["replicates"] < 2:
        raise UsageError(
            f"dense_block.replicates is {settings['replicates']}.", hint="Take at least 2."
        )
    if not math.isfinite(settings["against"]) or settings["against"] > 1:
        raise UsageError(
            f"dense_block.against is {settings['against']}.", hint="Give a share from 0 to 1."
        )
