"""Honest reasons why a provider pays a person: wages, refunds of purchases, family.

What a payment says it is for is never proof: anyone may write "wages". The sums and days are.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.patterns.money_flows import DAY

Texts = NDArray[np.str_]

WAGE_PAYMENTS = 4  # three equal sums in a row happen by chance
WAGE_SPREAD = 0.10  # of the median: overtime and deductions
WAGE_SPAN = 0.8  # of the time in which the payer pays persons
WAGE_GAPS = (6, 35)  # days between: weekly to monthly
REFUND_DAYS = 60
DEPOSIT_DAYS = 7  # a deposit is paid back when the patient leaves
MISTAKES = 2  # purchases a person brings back or is overcharged for


def wages(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which returns are one of a regular series of like sums from one payer to one payee."""
    keys = ["last_payer", "payee"]
    sums = table.groupby([*keys, "came"], as_index=False)["amount"].sum()
    span = table.groupby("last_payer")["came"].agg(["min", "max"])
    series = sums.groupby(keys)
    gap = series["came"].diff() / DAY
    middle = series["amount"].transform("median")
    sums = sums.assign(
        gap=gap,
        usual=gap.groupby([sums[key] for key in keys]).transform("median"),
        off=(sums["amount"] - middle).abs() / middle,
    )
    sums["steady"] = ((sums["gap"] - sums["usual"]).abs() <= sums["usual"] / 4).astype(float)
    sums.loc[sums["gap"].isna(), "steady"] = np.nan
    facts = sums.groupby(keys).agg(
        n=("came", "size"), first=("came", "min"), last=("came", "max"),
        off=("off", "median"), steady=("steady", "mean"), gap=("usual", "first"),
    )  # fmt: skip
    whole = (span["max"] - span["min"]).reindex(facts.index.get_level_values(0)).to_numpy()
    lasting = facts["last"] - facts["first"] >= WAGE_SPAN * (whole - facts["gap"] * DAY)
    often = (facts["n"] >= WAGE_PAYMENTS) & facts["gap"].between(*WAGE_GAPS) & lasting
    regular = often & (facts["off"] <= WAGE_SPREAD) & (facts["steady"] >= WAGE_SPAN)
    found = regular.reindex(pd.MultiIndex.from_frame(table[keys]))
    return np.asarray(found.to_numpy(bool))


def refunds(table: pd.DataFrame, claims: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which direct returns give back a purchase, an overcharge or a deposit.

    table: returns; claims: rows of money_claims.sql with the payee's and provider's numbers.
    A refunded claim, a claim's own price (seldom enough to be a mistake), or a payment in the
    days after a stay and of no more than it cost.
    """
    direct = table.reset_index().rename(columns={"index": "row"})
    direct = direct[direct["layers"] == 0]
    pairs = direct.merge(claims, on=["provider", "payee"])
    age = pairs["came"] // DAY - pairs["second"] // DAY
    recent = pairs[(age >= 0) & (age <= REFUND_DAYS)].assign(age=age)
    amount = recent["amount"]
    price = (amount == recent["total"]) | (amount == recent["cash"])
    back = recent["refunded"] & (price | (amount == recent["fund"]))
    stay = recent["inpatient"] & (recent["age"] <= DEPOSIT_DAYS) & (amount <= recent["total"])
    mistakes = recent.loc[price, ["row", "payee", "provider"]].drop_duplicates()
    often = mistakes.groupby(["provider", "payee"])["row"].transform("size")
    found = np.zeros(len(table), bool)
    found[recent.loc[back | stay, "row"]] = True
    found[mistakes.loc[often <= MISTAKES, "row"]] = True
    return found
