"""Strangers who share a phone or account, and keep to the same facilities: one hand behind them.

Sharing is no evidence by itself (pivot_values): what counts is that the holders, of several homes,
go to the same facilities, or to those of one controller, more than their like (pivot_conduct).
"""

from collections.abc import Mapping

from graphfraud.patterns import pivot_groups
from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.pivot_conduct import conducts, read_town
from graphfraud.patterns.pivot_values import Values, read_values

DESCRIPTION = Description(
    name="shared_pivot",
    title_zh="同一实际控制人",
    title_en="One hand behind strangers",
    looks_for=(
        "Persons of several homes on one phone or bank account whose visits keep to the same "
        "facilities, or to facilities of one controller (legal representative, account, address, "
        "shareholder), beyond what persons of the same region, place and habit do."
    ),
    looks_for_zh=(
        "来自多个家庭、共用同一电话或银行账户的参保人，就诊购药集中于相同机构或同一实际控制人"
        "（法定代表人、账户、地址、股东）名下的机构，超出同地区、同住地、同就诊频次人群的水平。"
    ),
    null_model=(
        "Who holds the value is dealt anew within strata of region, days at that kind of facility "
        "(powers of two) and place (address without its digits, shrunk to the region), the "
        "holders left out. A shared address alone is not tested: neighbours use the same places "
        "anyway; it makes homes, and ties facilities to a controller."
    ),
    statistic=(
        "Days at the facility, or at one controller's facilities, of one member of each home, at "
        "most three at one facility and six in all, summed; exact law by convolution of the "
        "strata's; times all values shared by three homes and all facilities of their regions, or "
        "all controllers of several there, each question with half of the level."
    ),
    source=(
        "Permutation within strata: Good, Permutation, Parametric and Bootstrap Tests (2005); "
        "level shared out: Genovese, Roeder & Wasserman 2006, doi:10.1093/biomet/93.3.509; "
        "outer fence for placeholders: Tukey, Exploratory Data Analysis (1977)."
    ),
    law="医疗保障基金使用监督管理条例 第三十八条、第四十条、第四十一条",
    needs=("claims", "persons"),
    excuses=("household", "care_home", "scheduled_treatment", "employer", "registered_agent"),
)

PARAMETERS = (
    Parameter("ring_level", 0.002, "this pattern's share of one false lead in twenty clean runs"),
    Parameter("min_persons", 3, "a lead needs three independent parties"),
    Parameter(
        "most_holders",
        100,
        "an office's phone, if far out of what is usual as well: left out, told",
    ),
)

SHOWN = 0.2  # groups less likely chance than this are handed on


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the groups of the attached snapshot."""
    context.progress("shared_pivot", 0, None)
    homes, level = int(settings["min_persons"]), float(settings["ring_level"])
    values = read_values(context.engine, at_least=int(settings["most_holders"]), homes=homes)
    tests = {"values": len(values.pivots), "placeholders": len(values.placeholders)}
    notes, notes_zh = _notes(values)
    if not values.pivots:
        return Outcome(tests=tests, notes=notes, notes_zh=notes_zh)
    town = read_town(context.engine, values.pivots, homes)
    found = pivot_groups.parts(conducts(values.pivots, town, homes), level, SHOWN)
    told = [
        part for part in (pivot_groups.with_persons(town, one) for one in found) if part.persons
    ]
    known = pivot_groups.ties(town, told)
    return Outcome(
        groups=pivot_groups.groups(values, town, told, known, level),
        network=known,
        tests=tests | {"sets": len(town.sets)},
        notes=notes,
        notes_zh=notes_zh,
    )


def _notes(values: Values) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which values were left out, in English and Chinese."""
    en = tuple(
        f"A {pivot_groups.KIND_EN[kind]} is held by {n} persons, or is a filler, and was left out."
        for kind, n in values.placeholders
    )
    zh = tuple(
        f"有一个{pivot_groups.KIND_ZH[kind]}登记在 {n} 名参保人名下或为占位值，未作比对。"
        for kind, n in values.placeholders
    )
    return en, zh
