"""How quiet detection is where nothing is to be found, and whether its p-values keep their word.

Two kinds of population for every seed. *Clean*: honest, with couples, homes, units and look-alikes;
run as a user runs it, any lead is a false one. *Alone*: nobody comes with anybody; every ring level
is 1, so that the best group of each pattern shows its family-wise p-value whatever it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.detection.cells import Answer, Cell
from benchmarks.detection.pair_chance import KINDS, pair_values, read_events, visits_of
from benchmarks.detection.populations import Population, made
from benchmarks.detection.sizes import Size
from benchmarks.detection.uniformity import distance, rate
from graphfraud.patterns.registry import PATTERNS, settings

ANY = "any pattern"
SERIES = ("alone", "dates exchanged")
GRID = np.unique(np.concatenate((np.linspace(0, 1, 1001), np.logspace(-6, 0, 61))))
TAILS = (0.05, 0.01, 0.001, 0.0001)


def clean_cells(size: Size, seed: int) -> list[Cell]:
    """Return two cells a clean run: with honest company, and with nobody in company."""
    asked = {"persons": size.clean_persons, "days": size.days, "parameters": size.parameters}
    return [
        cell
        for number in range(size.clean_runs)
        for cell in (
            Cell("clean", str(seed + number), clean_run, asked | {"seed": seed + number}),
            Cell(
                "alone",
                str(seed + number),
                lone_run,
                asked | {"seed": seed + number, "pairs": size.pairs},
            ),
        )
    ]


def clean_run(*, parameters: Mapping[str, str], **population: Any) -> Answer:  # noqa: ANN401
    """Return the leads and the explained rings of each pattern in an honest population."""
    with made(Population(clean=True, **population)) as (_, workspace):
        rings = workspace.detect(parameters=parameters).rings
    return {
        "run": "clean",
        "leads": _counted(rings, "lead"),
        "explained": _counted(rings, "explained"),
    }


def _counted(rings: pd.DataFrame, status: str) -> dict[str, int]:
    counts = rings.loc[rings["status"] == status, "pattern"].value_counts()
    return {str(name): int(count) for name, count in counts.items()}


def lone_run(*, parameters: Mapping[str, str], pairs: int, **population: Any) -> Answer:  # noqa: ANN401
    """Return each pattern's least p-value, and how the p-values of drawn pairs are distributed."""
    wide = dict(parameters) | {f"{name}.ring_level": "1" for name in levels({})}
    with made(Population(clean=True, company=False, **population)) as (_, workspace):
        results = workspace.detect(parameters=wide)
        least = results.rings.groupby("pattern")["p_value"].min()
        seen, tests = read_events(workspace), results.run["tests"]
    drawn = {}
    for pattern in KINDS:
        chosen = settings(dict(parameters))[pattern]
        visits = visits_of(seen, pattern, chosen)
        for series in SERIES:
            values = pair_values(
                visits,
                at_least=int(chosen["min_joint_days"]),
                dispersion=float(tests[pattern]["dispersion"]),
                draws=pairs,
                seed=population["seed"],
                exchanged=series == SERIES[1],
            )
            drawn[f"{pattern}.{series}"] = np.searchsorted(np.sort(values), GRID, "right").tolist()
    return {"run": "alone", "least": {str(k): float(p) for k, p in least.items()}, "drawn": drawn}


def levels(parameters: Mapping[str, str]) -> dict[str, float]:
    """Return the family-wise level of each pattern that has one."""
    values = settings(dict(parameters))
    return {
        name: float(values[name]["ring_level"]) for name in PATTERNS if "ring_level" in values[name]
    }


def family_wise_table(answers: Iterable[Answer], parameters: Mapping[str, str]) -> pd.DataFrame:
    """Return for each pattern and for all: level, runs, runs with a lead, share, its 95 % interval.

    leads, explained: how many in all runs. The level of all patterns together is their sum (Boole).
    """
    runs = [answer for answer in answers if answer["run"] == "clean"]
    allowed = levels(parameters)
    rows = []
    for name, level in [*allowed.items(), (ANY, sum(allowed.values()))]:
        names = list(allowed) if name == ANY else [name]
        leads = [sum(run["leads"].get(one, 0) for one in names) for run in runs]
        explained = sum(run["explained"].get(one, 0) for run in runs for one in names)
        found = rate(sum(count > 0 for count in leads), len(runs))
        rows.append(
            {"pattern": name, "level": level, "runs": found.n, "with_lead": found.hits}
            | {"share": found.share, "low": found.low, "high": found.high}
            | {"leads": sum(leads), "explained": explained}
        )
    return pd.DataFrame(rows)


def least_values(answers: Iterable[Answer]) -> dict[str, NDArray[np.float64]]:
    """Return pattern -> the least p-value of each run in which nobody is in company; 1 for none."""
    runs = [answer["least"] for answer in answers if answer["run"] == "alone"]
    return {
        name: np.sort(np.array([run.get(name, 1.0) for run in runs], np.float64))
        for name in levels({})
    }


def group_table(answers: Iterable[Answer]) -> pd.DataFrame:
    """Return for each pattern the distance of its least p-values from uniform.

    with_group: runs with any group at all. too_small is the dangerous side; chance: its p-value.
    """
    rows = []
    for name, p in least_values(answers).items():
        if not len(p):
            continue
        found = distance(p)
        rows.append(
            {"pattern": name, "runs": found.n, "with_group": int((p < 1).sum())}
            | {"least": float(p[0]), "too_small": found.too_small}
            | {"too_large": found.too_large, "chance": found.chance}
        )
    return pd.DataFrame(rows)


def pair_counts_below(answers: Iterable[Answer]) -> dict[str, NDArray[np.int64]]:
    """Return `PATTERN.SERIES` -> how many drawn pairs of all runs have p ≤ each value of GRID."""
    runs = [answer["drawn"] for answer in answers if answer["run"] == "alone"]
    names = sorted({name for run in runs for name in run})
    return {name: np.sum([run[name] for run in runs], axis=0, dtype=np.int64) for name in names}


def pair_table(answers: Iterable[Answer]) -> pd.DataFrame:
    """Return for each pattern and series: pairs, both distances, and found / expected at TAILS."""
    rows: list[dict[str, object]] = []
    for name, below in pair_counts_below(answers).items():
        pattern, _, series = name.partition(".")
        row: dict[str, object] = {"pattern": pattern, "series": series, "pairs": int(below[-1])}
        if below[-1]:
            share = below / below[-1]
            row |= {"too_small": float(max(0.0, (share - GRID).max()))}
            row |= {"too_large": float(max(0.0, (GRID - share).max()))}
            row |= {
                f"at_{tail:g}": float(share[np.searchsorted(GRID, tail * (1 - 1e-9))] / tail)
                for tail in TAILS
            }
        rows.append(row)
    return pd.DataFrame(rows)
