"""The p-value of one route on simulated books in which payments follow nothing."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from graphfraud.patterns.money_cycles import Cycles, month_cycles
from graphfraud.patterns.money_evidence import Evidence, Route, evidence
from graphfraud.patterns.money_flows import DAY

M = 12
PAID = (np.arange(M) + 1) * 30 * DAY
CYCLES = Cycles(PAID - 9 * DAY - 1, PAID)
RETURNS = ["provider", "payee", "last_payer", "amount", "left", "came", "layers", "excuse"]


def simulated(seed: int, *, season: bool, share: float = 0.0) -> Evidence | None:
    """Return the evidence on six payees; season: all they do falls into a part of the year.

    share: of the fund's money that returns, instead of payments at random.
    """
    rng = np.random.default_rng([seed, 3])
    paid: list[tuple[object, ...]] = []
    bought: list[tuple[object, ...]] = []
    for payee in range(6):
        first, last = sorted(rng.choice(M + 1, 2, replace=False)) if season else (0, M)
        for cycle in range(first, last):
            fund = [int(rng.lognormal(10, 0.8)) for _ in range(rng.poisson(0.8))]
            settled = PAID[cycle] - 9 * DAY - 1 - rng.integers(0, 29 * DAY)
            bought += [(payee, "F", f"P{payee}", int(settled), fen) for fen in fund]
            at = int(PAID[cycle] + rng.integers(0, 5 * DAY))
            fen = int(share * sum(fund)) if share else int(rng.lognormal(8, 0.7))
            if fen and (share or rng.random() < 0.4):
                paid.append((0, payee, 99, fen, at, at, 0, ""))
    claims = pd.DataFrame(bought, columns=["payee", "facility_id", "person_id", "second", "fund"])
    table = pd.DataFrame(paid, columns=RETURNS)
    if table.empty or claims.empty:
        return None
    return evidence(Route(0, "direct", table, claims), CYCLES, "fund", 1)


@pytest.mark.parametrize("season", [False, True])
def test_p_is_uniform_or_careful_where_nothing_returns(season: bool) -> None:
    found = [simulated(seed, season=season) for seed in range(120)]
    p = np.array([1.0 if one is None else one.chance(one.units) for one in found])
    assert stats.kstest(p, "uniform", alternative="greater").pvalue > 0.01
    for level in (0.01, 0.05, 0.2):
        assert (p <= level).sum() <= stats.binom.ppf(0.999, len(p), level)


def test_what_returns_has_hardly_a_chance_to_be_chance() -> None:
    found = simulated(1, season=False, share=0.3)
    assert found is not None
    assert found.chance(found.units) < 1e-6
    assert found.share == pytest.approx(0.3, abs=0.01)
    assert found.correlation > 0.99


def test_months_hold_their_claims_and_returns() -> None:
    second = [
        int(pd.Timestamp(day).timestamp()) for day in ("2024-01-31", "2024-02-01", "2024-02-29")
    ]
    cycles = month_cycles(second[0], second[2])
    assert len(cycles) == 2
    assert cycles.of_claims(np.array(second)).tolist() == [0, 1, 1]
    assert cycles.of_returns(np.array(second)).tolist() == [0, 1, 1]


def test_what_is_before_or_after_all_cycles_is_in_none() -> None:
    before, after = CYCLES.ends[0] - 40 * DAY, CYCLES.ends[-1] + 1
    assert CYCLES.of_claims(np.array([before, CYCLES.ends[0], after])).tolist() == [-1, 0, -1]
    assert CYCLES.of_returns(np.array([PAID[0] - 1, PAID[0]])).tolist() == [-1, 0]
