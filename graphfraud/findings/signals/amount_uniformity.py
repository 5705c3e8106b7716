"""Signal: amounts that hardly vary."""

import numpy as np
import pandas as pd

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

FEWEST = 5  # a standard deviation from fewer amounts says little

DESCRIPTION = Description(
    code="amount_uniformity",
    title_zh="金额一致",
    title_en="uniform amounts",
    what="How little the amounts of claims of one kind at one place vary.",
    formula="coefficient of variation (standard deviation / mean) of total_amount for each "
    "facility and med_type with 5 claims or more, averaged by number of claims",
    why="Colluders agree on amounts; independent patients do not. A low variance is the classic "
    "variance screen.",
    source="Abrantes-Metz, Froeb, Geweke, Taylor 2006, A variance screen for collusion, "
    "International Journal of Industrial Organization 24(3); Imhof 2017, Simple statistical "
    "screens to detect bid rigging, University of Fribourg working paper 484",
    excuse="A fee set by tariff, such as registration or one session of dialysis: compare with "
    "what others pay at the same place.",
)


def look(rows: RingRows) -> Signal:
    """Return the mean coefficient of variation over places and kinds of visit."""
    care, kinds = pd.factorize(rows.claims["med_type"].to_numpy(object))
    group = rows.places * len(kinds) + care
    amount = rows.claims["total_amount"].to_numpy(float)
    size, total = np.bincount(group), np.bincount(group, amount)
    enough = ((size >= FEWEST) & (total > 0))[group]
    counted = rows.claims.loc[enough, "claim_id"]
    if counted.empty:
        return unknown(
            DESCRIPTION,
            f"没有一处同类单据达到 {FEWEST} 条",
            f"no place has {FEWEST} claims of one kind",
        )
    mean = total / np.maximum(1, size)
    squares = np.bincount(group, (amount - mean[group]) ** 2)
    variation = np.sqrt(squares / np.maximum(1, size - 1)) / np.where(mean > 0, mean, 1)
    value, yuan = float(variation[group[enough]].mean()), float(np.median(amount[enough])) / 100
    zh = f"{len(counted)} 条同处同类单据的金额变异系数为 {value:.2f}，中位数 {yuan:,.2f} 元。"
    en = f"Amounts of {len(counted)} claims vary by {value:.2f} of their mean; median {yuan:,.2f}."
    return seen(DESCRIPTION, value, zh, en, counted)
