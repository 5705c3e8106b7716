"""Warning lines against a median found one facility at a time, and their errors by simulation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.findings.peers.lines import COLUMNS, _error, index_lines, others_median

SUMS = ["facility_id", "n", "sx", "sy", "sxx", "sxy", "syy"]
FACTS = ["facility_id", "kind", "level", "area"]


def shares(values: list[float], n: int = 10_000) -> pd.DataFrame:
    """Return the sums of n yes-or-no units with each share of yes."""
    rows = [
        (f"F{k:03d}", n, n, hits, n, hits, hits)
        for k, hits in enumerate(round(value * n) for value in values)
    ]
    return pd.DataFrame(rows, columns=SUMS).astype(dict.fromkeys(SUMS[2:], "float64"))


def places(count: int, *, areas: list[str] | None = None, kind: str = "pharmacy") -> pd.DataFrame:
    areas = areas or ["1306"] * count
    rows = [(f"F{k:03d}", kind, "", areas[k]) for k in range(count)]
    return pd.DataFrame(rows, columns=FACTS)


def lines(
    values: list[float], facilities: pd.DataFrame | None = None, n: int = 10_000
) -> pd.DataFrame:
    known = places(len(values)) if facilities is None else facilities
    return index_lines("refund_share", shares(values, n), known, scale=1.0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), max_size=40))
def test_the_median_of_the_others_is_numpy_s(pairs: list[tuple[int, int]]) -> None:
    group = np.array([g for g, _ in pairs], np.int64)
    values = np.array([v for _, v in pairs], float)
    counts, medians = others_median(group, values)
    for k in range(len(pairs)):
        others = np.delete(values, k)[np.delete(group, k) == group[k]]
        assert counts[k] == len(others)
        assert np.isnan(medians[k]) if not len(others) else medians[k] == np.median(others)


def test_the_three_levels() -> None:
    found = lines([0.1] * 11 + [0.119, 0.121, 0.149, 0.151, 0.199, 0.201])
    assert dict(zip(found["facility_id"], found["level"], strict=True)) == {
        "F012": 1, "F013": 1, "F014": 2, "F015": 2, "F016": 3,
    }  # fmt: skip
    assert set(found["peer_median"]) == {0.1}
    assert set(found["n_peers"]) == {16}
    assert set(found["index"]) == {"refund_share"}
    assert list(found.columns) == list(COLUMNS)


def test_a_place_with_little_traffic_gets_no_line() -> None:
    values = [0.1] * 12 + [0.2]
    assert lines(values, n=10_000)["level"].tolist() == [3]
    assert lines(values, n=40).empty  # 8 of 40: twice the median, and within the error
    assert lines([0.1] * 12 + [1.0], n=29).empty  # too few units to have an error
    assert lines([0.1] * 12 + [1.0], n=30)["level"].tolist() == [3]


def test_chance_alone_seldom_draws_a_line() -> None:
    """Forty places of one true share, 100 units each: a line means an excess of two errors."""
    random = np.random.default_rng(5)
    drawn = [random.binomial(100, 0.2, 40) / 100 for _ in range(50)]
    hits = sum(len(lines(list(values), n=100)) for values in drawn)
    assert hits / 2_000 < 0.05


def told(found: pd.DataFrame) -> dict[str, tuple[str, int, float]]:
    """Return where the peers of each line are, how many, and their median."""
    columns = (found[name] for name in ("peers", "n_peers", "peer_median"))
    return dict(zip(found["facility_id"], zip(*columns, strict=True), strict=True))


def test_fewer_than_ten_peers_in_the_area_look_further() -> None:
    values = [0.1] * 10 + [0.3] * 4 + [0.5]
    known = places(15, areas=["1306"] * 10 + ["3502"] * 5)
    found = lines(values, known)
    assert told(found)["F014"] == ("all", 14, 0.1)
    crowd = places(26, areas=["1306"] * 10 + ["3502"] * 16)
    near = lines([0.1] * 10 + [0.3] * 15 + [0.5], crowd)
    # F010 is three times as high as the other region, and as high as its own.
    assert told(near) == {"F025": ("region", 15, 0.3)}


def test_other_kinds_and_levels_are_no_peers() -> None:
    known = places(12).assign(kind=["pharmacy"] * 11 + ["hospital"])
    assert lines([0.1] * 11 + [0.9], known).empty
    known = places(12).assign(level=["3"] * 11 + ["1"])
    assert lines([0.1] * 11 + [0.9], known).empty


def test_above_a_median_of_nought_is_the_third_level_when_it_is_no_accident() -> None:
    assert lines([0.0] * 12 + [0.05])["level"].tolist() == [3]
    assert lines([0.0] * 12 + [0.05], n=40).empty
    assert lines([0.0] * 13).empty


def test_a_multiple_of_next_to_nothing_is_no_line() -> None:
    sums, known = shares([0.001] * 12 + [0.009, 0.011]), places(14)
    assert len(index_lines("x", sums, known, scale=1.0)) == 2
    found = index_lines("x", sums, known, scale=1.0, least=0.01)
    assert found["facility_id"].tolist() == ["F013"]


def test_the_error_of_a_ratio_is_that_of_the_bootstrap() -> None:
    random = np.random.default_rng(9)
    x = random.gamma(2.0, 50.0, 400)
    y = x * random.uniform(0, 0.4, 400)
    picks = random.integers(0, 400, (2_000, 400))
    wanted = (y[picks].sum(axis=1) / x[picks].sum(axis=1)).std()
    row = (("F", 400, x.sum(), y.sum(), (x * x).sum(), (x * y).sum(), (y * y).sum()),)
    sums = pd.DataFrame(row, columns=SUMS)
    assert _error(sums, sums["sy"] / sums["sx"])[0] == pytest.approx(wanted, rel=0.08)


def test_order_does_not_matter_and_nothing_gives_nothing() -> None:
    sums, known = shares([0.1] * 12 + [0.2, 0.4]), places(14)
    there = index_lines("x", sums, known, scale=1.0)
    back = index_lines("x", sums[::-1], known[::-1], scale=1.0)
    pd.testing.assert_frame_equal(there, back)
    assert index_lines("x", sums.iloc[:0], known, scale=1.0).empty
