"""One invoice paid in two regions: the plainest way one expense is paid twice.

Two claims carry the same invoice number, were paid by funds of different regions, and agree in the
insured person, or in amount, day and facility. Refunded claims and refunds do not count.
"""

from collections.abc import Mapping

from graphfraud.patterns.contract import Context, Description, Outcome, Parameter

DESCRIPTION = Description(
    name="same_invoice",
    title_zh="同一票据跨地区重复报销",
    title_en="One invoice paid in two regions",
    looks_for=(
        "Claims with the same invoice number, paid by funds of different regions, that agree in "
        "the insured person, or in amount, day and facility."
    ),
    looks_for_zh="票据号相同、由不同统筹区基金支付，且参保人相同，或金额、日期、机构均相同的结算。",
    null_model="none: agreement is exact; each pair says which fields agree and which differ.",
    statistic="0.4 + 0.25 same amount + 0.2 same person + 0.1 same day + 0.05 same facility",
    source="医疗保障基金使用监督管理条例 (State Council order 735)",
    law="医疗保障基金使用监督管理条例 第四十一条（重复享受医疗保障待遇）",
    needs=("claims.invoice_no", "claims.settle_region"),
    excuses=("resettled",),
)

PARAMETERS = (
    Parameter("largest_block", 50, "an invoice number on more claims is a placeholder, reported"),
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the duplicate pairs of the attached snapshot."""
    context.progress("same_invoice", 0, None)
    parameters = {"largest_block": int(settings["largest_block"])}
    pairs = context.engine.frame("patterns/same_invoice", parameters)
    skipped = context.engine.frame("patterns/same_invoice_skipped", parameters)
    sizes = [int(claims) for claims in skipped["claims"]]
    return Outcome(
        duplicates=pairs,
        tests={"pairs": len(pairs)},
        notes=tuple(f"An invoice number stands on {n} claims and was not compared." for n in sizes),
        notes_zh=tuple(f"有一个票据号出现在 {n} 笔结算上，未作比对。" for n in sizes),
    )
