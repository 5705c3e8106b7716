"""The same basket again and again: many persons, on a day or a few days, at one facility.

Regulation on the supervision of medical-insurance funds (State Council order 735), articles 38 and
40. The steps stand in the files template_basket_…: chance, groups.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from graphfraud.engine.coded_claims import code_claims
from graphfraud.model.scheduled import scheduled_expression
from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.group import Group
from graphfraud.patterns.template_basket_chance import Flags, Margins, chance, margins
from graphfraud.patterns.template_basket_groups import build_group, chance_of, joined

CUT = 0.2  # templates less likely than this are worth returning at all
FAINT = 0.001  # a day to look at: what chance shows on one day in a thousand
TEMPLATE = ["facility_id", "med_type", "basket"]

DESCRIPTION = Description(
    name="template_basket",
    title_zh="模板化开药",
    title_en="One basket for everybody",
    looks_for=(
        "The same goods in the same quantities billed to many persons on a day or a few days at "
        "one facility, far more often than elsewhere and on its other days."
    ),
    looks_for_zh="同一机构在一天或数天内为许多人结算完全相同的一组项目，远多于其他机构及其自身其他日期。",
    null_model=(
        "Each basket keeps the larger of its share elsewhere in the region (facility left out, "
        "backed off to all regions) and on the facility's other days; counts are beta-binomial, "
        "clustered by day as the basket is elsewhere, and at least as a day's baskets are."
    ),
    statistic=(
        "Persons × days with the basket, X of N billed on those days, against a beta-binomial; "
        "Bonferroni over facilities × baskets of the region × choices of as many days."
    ),
    source=(
        "Skellam 1948 (beta-binomial); Jaccard 1901 (resemblance of sets); "
        "医疗保障基金使用监督管理条例"
    ),
    law="医疗保障基金使用监督管理条例 第三十八条、第四十条",
    needs=("claims",),
    excuses=("household", "care_home", "scheduled_treatment", "employer_screening"),
)

PARAMETERS = (
    Parameter("ring_level", 0.002, "this pattern's part of the run's one in twenty"),
    Parameter("min_persons", 3, "two patients are a couple, three from three homes are a group"),
    Parameter("min_lines", 2, "one good is no basket: a vaccination or a check-up stands alone"),
    Parameter("min_others", 0.5, "of a template's bills: fewer persons are the same ones again"),
    Parameter("resemblance", 0.6, "of four lines one may be another: three in common of five"),
)

NOTE = (
    "No claim has lines: claims of the same amount are compared, which says less than baskets.",
    "结算没有明细：按相同金额比较，说服力弱于相同项目组合。",
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the templates of the attached snapshot, with the persons they were billed to."""
    engine, persons = context.engine, int(settings["min_persons"])
    context.progress("baskets", 0, None)
    by_amount = not engine.arrays("patterns/template_basket_lines")["lines"][0]
    code_claims(engine)
    days = engine.frame(
        "patterns/template_basket_days",
        {
            "smallest": int(settings["min_lines"]),
            "persons": persons,
            "by_amount": by_amount,
        },
    )
    notes = ((NOTE[0],), (NOTE[1],)) if by_amount and len(days) else ((), ())
    if not len(days):
        return Outcome(tests={"templates_tested": 0})
    limits = margins(engine.frame("patterns/template_basket_margins", {"persons": persons}))
    hits = _hits(days, limits)
    groups = _groups(context, hits, limits, settings, by_amount=by_amount) if len(hits) else ()
    return Outcome(
        groups=groups,
        tests={
            "templates_possible": limits.family,
            "days_tested": len(days),
            "days_found": len(hits),
            "likeness_of_a_day": limits.likeness,
            "by_amount": int(by_amount),
        },
        notes=notes[0],
        notes_zh=notes[1],
    )


def _hits(days: pd.DataFrame, limits: Margins) -> pd.DataFrame:
    """Return the days of the templates: days hardly due to chance, that together beat it."""
    # Days of one template hide each other while each is the other's "other day": hence two rounds.
    apart = chance(days, limits.likeness, np.zeros(len(days), bool)).p <= FAINT
    for _ in range(2):
        rows = _with_chance(days, limits, apart)
        apart = (rows["p"] <= FAINT).to_numpy(bool)
    hits = _with_chance(days, limits, apart)[apart]
    # Of the same template, or of none: what is left is tested as a whole.
    number = hits.groupby(TEMPLATE, sort=True).ngroup()
    strong = {
        key: law[1] <= CUT
        for key, law in ((key, _law(part, limits)) for key, part in hits.groupby(number))
    }
    kept = hits[number.map(strong).astype(bool)].reset_index(drop=True)
    return kept.assign(template=kept.groupby(TEMPLATE, sort=True).ngroup())


def _with_chance(days: pd.DataFrame, limits: Margins, apart: Flags) -> pd.DataFrame:
    found = chance(days, limits.likeness, apart)
    return days.assign(share=found.share, correlation=found.correlation, p=found.p)


def _groups(
    context: Context,
    hits: pd.DataFrame,
    limits: Margins,
    settings: Mapping[str, int | float],
    *,
    by_amount: bool,
) -> tuple[Group, ...]:
    engine = context.engine
    engine.register("template_hits", hits[["template", "day", *TEMPLATE]])
    asked: dict[str, object] = {
        "alike": float(settings["resemblance"]),
        "by_amount": by_amount,
        "scheduled": scheduled_expression(),
    }
    claims = engine.frame("patterns/template_basket_claims", asked)
    kinds = engine.frame("patterns/template_basket_kinds")
    engine.unregister("template_hits")
    kind = dict(zip(kinds["facility_id"], kinds["kind"], strict=True))
    built = []
    for numbers in joined(claims, int(hits["template"].max()) + 1):
        laws = {number: _law(hits[hits["template"] == number], limits) for number in numbers}
        best = min(numbers, key=lambda number: (laws[number][1], number))
        rows = hits[hits["template"] == best]
        group = build_group(
            rows,
            _of(claims, numbers, best),
            kind=str(kind[rows["facility_id"].iloc[0]]),
            chance=laws[best][0],
            by_amount=by_amount,
        )
        built.append(group)
    return tuple(one for one in built if one.p_value <= CUT and _of_many(one, settings))


def _of_many(group: Group, settings: Mapping[str, int | float]) -> bool:
    """Tell whether it is for ever new persons: the same ones again are a matter of co_visit."""
    persons = group.acts["a"].nunique()
    many = persons >= float(settings["min_others"]) * len(group.acts)
    return many and len(group.persons) >= int(settings["min_persons"])


def _law(rows: pd.DataFrame, limits: Margins) -> tuple[Callable[[int], float], float]:
    days = int(limits.days[(rows["facility_id"].iloc[0], rows["med_type"].iloc[0])])
    law = chance_of(rows, limits.family, days)
    return law, law(int(rows["alike"].sum()))


def _of(claims: pd.DataFrame, numbers: list[int], best: int) -> pd.DataFrame:
    """Return the claims of all variants; only those of the best template count as the template."""
    mine = claims[claims["template"].isin(numbers)].copy()
    resembles = mine["resemblance"].where(mine["template"] == best, mine["resemblance"] * 0.99)
    mine = mine.assign(resemblance=resembles).sort_values(
        ["claim_id", "resemblance"], ascending=[True, False]
    )
    return mine.drop_duplicates("claim_id").sort_values(["day", "person_id", "claim_id"])
