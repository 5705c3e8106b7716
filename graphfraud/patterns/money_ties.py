"""Ties between a provider and single payees whose payments alone beat chance."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from graphfraud.network.coincidence import (
    combined,
    correlation_tail,
    overlap_law,
    tail,
    within_correlation,
)
from graphfraud.network.significance import adjusted
from graphfraud.patterns.money_evidence import Evidence
from graphfraud.patterns.money_flows import Books

TIE_COLUMNS = ("type_a", "a", "type_b", "b", "observed", "expected", "p", "q")
LEVEL = 0.05  # of q, over all payees tested


def no_ties() -> pd.DataFrame:
    """Return a table of ties without rows."""
    return pd.DataFrame(columns=list(TIE_COLUMNS))


def ties(books: Books, found: Sequence[Evidence]) -> pd.DataFrame:
    """Return provider and payee, where the payee's own cycles and sums beat chance (q ≤ 0.05).

    One row for each holder of the account and facility of the provider; sorted.
    """
    rows = [row for one in found for row in _payees(books, one)]
    if not rows:
        return no_ties()
    table = pd.DataFrame(rows, columns=["a", "b", "observed", "expected", "p"])
    table["q"] = adjusted(table["p"].to_numpy(float), len(table))
    table = table[table["q"] <= LEVEL].assign(type_a="facility", type_b="person")
    whole = table[list(TIE_COLUMNS)].sort_values(["a", "b", "p"])
    return whole.drop_duplicates(["a", "b"]).reset_index(drop=True)


def _payees(books: Books, one: Evidence) -> list[tuple[str, str, int, float, float]]:
    cells = dict(list(one.cells.groupby("payee")))
    rows = []
    for payee, m, n, k, o, fixed in one.overlaps.itertuples(index=False):
        if payee not in cells:
            continue
        law = overlap_law(*(np.array([number], np.int64) for number in (m, n, k)))
        sums = [np.log(cells[payee][name].to_numpy(float)) for name in ("returned", "fund")]
        much = correlation_tail(*within_correlation(np.zeros(len(sums[0]), np.int64), *sums))
        p = combined([tail(law, o), much])
        expected = fixed + float(np.arange(len(law)) @ law)
        places = set(one.route.claims.loc[one.route.claims["payee"] == payee, "facility_id"])
        people = books.persons[int(payee)]
        rows += [(f, i, int(o + fixed), expected, p) for f in sorted(places) for i in people]
    return rows
