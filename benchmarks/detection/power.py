"""How many of the planted rings are found as they get harder to find, by pattern and by axis."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from benchmarks.detection.cells import Answer, Cell
from benchmarks.detection.difficulty import AXES, everywhere
from benchmarks.detection.populations import Population, made
from benchmarks.detection.sizes import Size
from benchmarks.detection.uniformity import rate
from graphfraud.api import evaluate

JACCARD = 0.5  # above it a lead cannot stand for two rings that have nobody in common
EVERY = "all"  # all patterns together
COUNTS = ["rings", "leads", "hits"]


def power_cells(size: Size, seed: int) -> list[Cell]:
    """Return the cells of the power curve: every axis together."""
    return [
        _cell("power", size, at, seed + number, everywhere(at))
        for at in size.steps
        for number in range(size.seeds)
    ]


def sweep_cells(size: Size, seed: int) -> list[Cell]:
    """Return the cells of the sweep: one axis at a time; the easy end is the power curve's."""
    return [
        _cell(axis, size, at, seed + number, {axis: at})
        for axis in AXES
        for at in size.axis_steps
        for number in range(size.axis_seeds)
    ]


def _cell(axis: str, size: Size, at: float, seed: int, difficulty: Mapping[str, float]) -> Cell:
    asked = {
        "axis": axis, "at": at, "seed": seed, "difficulty": dict(difficulty), "days": size.days,
        "persons": size.persons, "persons_per_ring": size.persons_per_ring,
        "parameters": size.parameters,
    }  # fmt: skip
    part = "power" if axis == "power" else "sweep"
    return Cell(part, f"{axis}-{at:g}-{seed}", judged, asked)


def judged(
    *,
    axis: str,
    at: float,
    parameters: Mapping[str, str],
    **population: Any,  # noqa: ANN401
) -> Answer:
    """Make one population, detect with every pattern, and count rings, leads and hits.

    axis, at: what the figures are told under. population: the fields of Population.
    """
    with made(Population(**population)) as (data, workspace):
        results = workspace.detect(parameters=parameters)
        found = evaluate(results, data / "truth")
        seconds = sum(results.run["seconds"].values())
    rows = found.rings.assign(pattern=EVERY), found.patterns
    table = pd.concat(rows)
    table = table[(table["entities"] == "all") & (table["jaccard"] == JACCARD)]
    counts = table[["pattern", *COUNTS]].to_dict(orient="records")
    return {"axis": axis, "at": at, "counts": counts, "seconds": seconds}


def recall_table(answers: Iterable[Answer]) -> pd.DataFrame:
    """Return axis, pattern, at, rings, hits, recall, low, high, leads, precision, over all seeds.

    low, high: the 95 % interval of the recall. precision: hits / leads, NaN without leads.
    """
    rows = [
        {"axis": answer["axis"], "at": answer["at"]} | row
        for answer in answers
        for row in answer["counts"]
    ]
    keys = ["axis", "pattern", "at"]
    table = pd.DataFrame(rows).groupby(keys, as_index=False, sort=True)[COUNTS].sum()
    table = table[table["rings"] > 0].reset_index(drop=True)
    found = [rate(int(h), int(n)) for h, n in zip(table["hits"], table["rings"], strict=True)]
    return table.assign(
        recall=[one.share for one in found],
        low=[one.low for one in found],
        high=[one.high for one in found],
        precision=table["hits"] / table["leads"].where(table["leads"] > 0),
    )


def with_easy_end(sweep: pd.DataFrame, power: pd.DataFrame) -> pd.DataFrame:
    """Return the sweep with difficulty 0, which is the same for every axis, taken from `power`."""
    easy = power[power["at"] == 0]
    parts = [easy.assign(axis=axis) for axis in AXES]
    order = ["axis", "pattern", "at"]
    return pd.concat([*parts, sweep]).sort_values(order, ignore_index=True)
