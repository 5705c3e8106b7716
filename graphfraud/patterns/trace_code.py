"""One physical box settled twice: its trace code stands on two claims that were both paid.

Consecutive sales of a box get a verdict: same facility (串换, 空刷), two facilities far apart in
time (回流药), two facilities sooner than a box is carried (a copied code). Returns, split packs,
slips of the scanner, one visit billed in parts and codes that name no single box are set apart.
Every pair of sales is told as a duplicate; facilities that do it beyond chance form groups.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from graphfraud.network.relations import relations
from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.facility_peers import Facilities, facilities
from graphfraud.patterns.trace_relations import networks, tie_table, validated

DUPLICATE_COLUMNS = (
    "claim_id_a", "claim_id_b", "kind", "score", "fund_amount_at_risk", "reason", "reason_zh",
)  # fmt: skip
RESALE = ("same_facility", "far_apart", "close_in_time")
INNOCENT = ("returned", "split_pack", "same_visit")

DESCRIPTION = Description(
    name="trace_code",
    title_zh="药品追溯码重复结算、回流药",
    title_en="One box settled twice: trace codes",
    looks_for=(
        "Boxes whose trace code was settled twice: again at the same facility, at another one long "
        "after, or at another one sooner than the box can have been carried; and the facilities "
        "between which boxes are sold on."
    ),
    null_model=(
        "Slips and copied codes happen everywhere: a facility's repeated codes per traced line "
        "against peers of its kind, level and region; first seller → second seller against a "
        "degree-preserving configuration model without the relation itself, widened as peers "
        "differ; all ordered pairs of facilities counted as tests."
    ),
    needs=("claims", "claim_items.trace_code"),
    excuses=("household", "care_home"),
    looks_for_zh=(
        "同一盒药（追溯码）被结算两次：在同一机构再次结算、隔一段时间在另一机构结算（回流药）、"
        "或在实物来不及流转的时间内在另一机构结算（套码、假药）；并找出机构之间的倒卖关系。"
    ),
    statistic="boxes sold on from s to t; λ = out(s)·in(t)/T without s → t; negative binomial tail",
    source=(
        "Newman, Strogatz & Watts 2001, doi:10.1103/PhysRevE.64.026118; "
        "Tumminello et al. 2011, doi:10.1371/journal.pone.0017994"
    ),
    law="医疗保障基金使用监督管理条例 第三十八条、第四十条、第四十一条",
)

PARAMETERS = (
    Parameter("ring_level", 0.002, "this pattern's share of the run's one lead in twenty"),
    Parameter("min_persons", 3, "two persons are a couple, three from three homes are a group"),
    Parameter("min_boxes", 3, "one box is a slip, two are a coincidence, three are a habit"),
    Parameter(
        "carry_hours", 24, "to be collected, sold on, shelved and sold takes a box more than a day"
    ),
    Parameter("scan_minutes", 60, "a box scanned twice by mistake is still on the counter"),
    Parameter("largest_block", 100, "a code on more claims is a placeholder, reported"),
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the boxes settled twice, and the facilities that sell them on."""
    context.progress("boxes", 0, None)
    places = facilities(context.engine)
    block = {"largest_block": int(settings["largest_block"])}
    traced = context.engine.frame("patterns/trace_boxes", block)
    placeholders = context.engine.frame("patterns/trace_placeholders").iloc[0]
    limits = {name: settings[name] for name in ("carry_hours", "scan_minutes")}
    pairs = context.engine.frame("patterns/trace_pairs", limits)
    notes = _notes(int(placeholders["codes"]), int(placeholders["claims"]))
    paid_twice = pairs[~pairs["verdict"].isin(INNOCENT)]
    verdicts = pairs["verdict"].value_counts().sort_index()
    outcome = _outcome(places, traced, pairs, settings)
    return Outcome(
        groups=outcome.groups,
        network=outcome.network,
        duplicates=_duplicates(paid_twice),
        tests={
            "traced_lines": int(traced["traced"].sum()),
            **{str(name): int(n) for name, n in verdicts.items()},
            "placeholder_codes": int(placeholders["codes"]),
            **outcome.tests,
        },
        notes=tuple(en for en, _ in notes),
        notes_zh=tuple(zh for _, zh in notes),
    )


def _outcome(
    places: Facilities,
    traced: pd.DataFrame,
    pairs: pd.DataFrame,
    settings: Mapping[str, int | float],
) -> Outcome:
    """Return the groups, their network and the counts of the tests, from the judged pairs."""
    # A box is one drug: a code on two drugs was mistyped, which says nothing of a resale.
    resold = pairs[pairs["verdict"].isin(RESALE) & pairs["same_item"]].reset_index(drop=True)
    lines = np.zeros(len(places.ids), np.int64)
    lines[traced["place"].to_numpy()] = traced["traced"]
    source, target = (places.codes(resold[name]) for name in ("facility_a", "facility_b"))
    seen = relations(source, target, lines, places.strata)
    least = int(settings["min_boxes"])
    family = int((lines >= least).sum()) ** 2
    level = float(settings["ring_level"])
    strong = validated(seen, family, least, level)
    return Outcome(
        groups=networks(seen, strong, family, resold, places, (least, level / max(1, family))),
        network=tie_table(seen, strong, family, places),
        tests={
            "relations_possible": family,
            "relations": len(seen.p),
            "ties": int(strong.sum()),
        },
    )


def _duplicates(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs as duplicate sets tell them, the smaller claim id first."""
    table = pairs.assign(kind="trace_code")
    low, high = (table[name].to_numpy(object) for name in ("claim_id_a", "claim_id_b"))
    swap = low > high
    table["claim_id_a"] = pd.Series(high, table.index).where(swap, low)
    table["claim_id_b"] = pd.Series(low, table.index).where(swap, high)
    # Two claims may share several boxes: they are one pair, at the sum of the boxes' money.
    once = table.groupby(["claim_id_a", "claim_id_b"], sort=True, as_index=False).agg(
        {"kind": "first", "score": "max", "fund_amount_at_risk": "sum", "reason": "first",
         "reason_zh": "first"}
    )  # fmt: skip
    return once[list(DUPLICATE_COLUMNS)]


def _notes(codes: int, lines: int) -> list[tuple[str, str]]:
    if not codes:
        return []
    return [
        (
            f"{codes} trace codes (on {lines} claims) name no single box and were left out.",
            f"有 {codes} 个追溯码（涉及 {lines} 笔结算）不能对应单盒药品，未作比对。",
        )
    ]
