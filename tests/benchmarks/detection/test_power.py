"""Recall over several populations, by hand."""

import pytest

from benchmarks.detection.difficulty import AXES
from benchmarks.detection.power import (
    EVERY,
    power_cells,
    recall_table,
    sweep_cells,
    with_easy_end,
)
from benchmarks.detection.sizes import SIZES
from benchmarks.detection.uniformity import rate


def answer(axis: str, at: float, hits: int, leads: int) -> dict[str, object]:
    """Return one population's counts of one pattern with five rings, and of all patterns."""
    counts = {"rings": 5, "leads": leads, "hits": hits}
    names = ("co_visit", EVERY)
    return {"axis": axis, "at": at, "counts": [{"pattern": name} | counts for name in names]}


def test_populations_of_one_difficulty_are_counted_together() -> None:
    found = recall_table([answer("power", 0.0, 5, 5), answer("power", 0.0, 2, 4)])
    assert found["pattern"].tolist() == [EVERY, "co_visit"]
    row = found.iloc[1]
    assert (row["hits"], row["rings"], row["recall"]) == (7, 10, 0.7)
    assert row["precision"] == pytest.approx(7 / 9)
    assert (row["low"], row["high"]) == rate(7, 10)[2:]


def test_nothing_found_has_no_precision() -> None:
    found = recall_table([answer("power", 1.0, 0, 0)])
    assert found["recall"].tolist() == [0.0, 0.0]
    assert found["precision"].isna().all()


def test_sweep_starts_at_the_easy_end_of_every_axis() -> None:
    power = recall_table([answer("power", 0.0, 5, 5), answer("power", 1.0, 1, 1)])
    sweep = recall_table([answer(axis, 1.0, 3, 3) for axis in AXES])
    table = with_easy_end(sweep, power)
    for axis in AXES:
        part = table[(table["axis"] == axis) & (table["pattern"] == EVERY)]
        assert part["at"].tolist() == [0.0, 1.0]
        assert part["hits"].tolist() == [5, 3]


@pytest.mark.parametrize("size", SIZES.values())
def test_cells_name_each_population_once(size: object) -> None:
    cells = [*power_cells(size, 7), *sweep_cells(size, 7)]  # type: ignore[arg-type]
    names = [(cell.part, cell.name) for cell in cells]
    assert len(set(names)) == len(names)
    assert {0.0, 1.0} <= {float(cell.asked["at"]) for cell in cells}
