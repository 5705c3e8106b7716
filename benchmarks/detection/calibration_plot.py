"""Draws p-values against the uniform law, and the runs with a lead against the promised level."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from benchmarks.detection.calibration import ANY, GRID, SERIES
from benchmarks.detection.drawing import COLOURS, GREY, MARKERS, headline, picture
from benchmarks.detection.uniformity import distance

LEAST = 1e-5  # of pairs, of which there are many
SMALLEST = 2e-3  # of groups, one a run
COLUMNS = 2


def draw_family_wise(table: pd.DataFrame, path: Path, about: str) -> None:
    """Draw for each pattern the share of clean runs with a lead, its interval, and the level."""
    rows = table.iloc[::-1].reset_index(drop=True)
    with picture(path, 1, 1, size=(8.2, 0.36 * len(rows) + 1.7)) as (figure, (axis,)):
        at = np.arange(len(rows))
        share = 100 * rows["share"]
        ends = np.stack((share - 100 * rows["low"], 100 * rows["high"] - share))
        axis.errorbar(
            share, at, xerr=np.maximum(ends, 0), fmt="o", color=COLOURS[0], capsize=3, lw=1.4,
            label="runs with a lead, 95 % interval",
        )  # fmt: skip
        axis.plot(
            100 * rows["level"], at, "|", color=COLOURS[1], ms=15, mew=2.5, label="promised level"
        )
        for y, hits, runs in zip(at, rows["with_lead"], rows["runs"], strict=True):
            axis.annotate(
                f"{hits} of {runs}", (1.01, y), xycoords=("axes fraction", "data"), va="center"
            )
        axis.set_yticks(at, [name if name != ANY else "any pattern" for name in rows["pattern"]])
        axis.set(xlabel="clean runs with at least one lead, %", xlim=(-0.3, None))
        figure.legend(loc="outside upper right", ncols=2)
        headline(figure, "False leads on clean data", about)


def draw_groups(least: Mapping[str, NDArray[np.float64]], path: Path, about: str) -> None:
    """Draw the distribution of the least p-value of a run, for the patterns that showed groups."""
    shown = {name: p for name, p in least.items() if (p < 1).any()}
    silent = ", ".join(name for name in least if name not in shown) or "none"
    runs = max((len(p) for p in least.values()), default=1)
    with picture(path, 1, 1, size=(7.6, 5.4)) as (figure, (axis,)):
        x = np.logspace(np.log10(SMALLEST), 0, 201)
        high = stats.binom.ppf(0.975, runs, x) / runs
        low = np.maximum(stats.binom.ppf(0.025, runs, x) / runs, SMALLEST)
        told = f"95 % of {runs} uniform runs"
        axis.fill_between(x, low, high, color=GREY, alpha=0.15, lw=0, label=told)
        axis.plot(x, x, color=GREY, lw=1, label="uniform")
        for number, (name, p) in enumerate(shown.items()):
            found = distance(p)
            told = f"{name}: KS {found.statistic:.2f}, too small by {found.too_small:.2f}"
            steps, share = np.sort(p), np.arange(1, len(p) + 1) / len(p)
            axis.step(steps, share, where="post", label=told, **_line(number))
        axis.set(
            title="above the band: too many small p-values", xscale="log", yscale="log",
            xlabel="family-wise p-value of the best group of a run",
            ylabel="share of runs at or below", xlim=(SMALLEST, 1), ylim=(SMALLEST, 1.3),
        )  # fmt: skip
        axis.legend(loc="upper left", fontsize=8)
        about = f"{about} Without any group in any run: {silent}."
        headline(figure, "Family-wise p-values where nobody is in company", about)


def draw_pairs(below: Mapping[str, NDArray[np.int64]], path: Path, about: str) -> None:
    """Draw the p-values of drawn pairs against the uniform law, both axes logarithmic."""
    patterns = list(dict.fromkeys(name.partition(".")[0] for name in below))
    with picture(path, 1, COLUMNS, size=(4.8, 4.9)) as (figure, axes):
        for axis, pattern in zip(axes, patterns, strict=False):
            axis.plot((LEAST, 1), (LEAST, 1), color=GREY, lw=1, label="uniform")
            for number, series in enumerate(SERIES):
                _pair_line(axis, below[f"{pattern}.{series}"], series, number)
            axis.set(
                title=pattern, xscale="log", yscale="log", xlim=(LEAST, 1), ylim=(LEAST, 1.3),
                xlabel="p-value of a pair", ylabel="share of pairs at or below",
            )  # fmt: skip
            axis.legend(loc="upper left", fontsize=8)
        headline(figure, "Pairs of strangers against the law they are tested by", about)


def _pair_line(axis: Any, below: NDArray[np.int64], series: str, number: int) -> None:  # noqa: ANN401
    """Draw one series; where none is left to count, the line ends."""
    total = int(below[-1])
    if not total:
        return
    share = below / total
    kept = (GRID >= LEAST) & (below > 0)
    most = max(0.0, float((share - GRID).max()), float((GRID - share).max()))
    low, high = stats.binom.interval(0.95, total, GRID[kept])
    if not number:
        axis.fill_between(
            GRID[kept], np.maximum(low, 0.5) / total, high / total, color=GREY, alpha=0.2, lw=0,
            label="95 % where independent",
        )  # fmt: skip
    told = f"{series}: {total:,} pairs, KS {most:.3f}"
    axis.plot(GRID[kept], share[kept], label=told, color=COLOURS[number], lw=1.6)


def _line(number: int) -> dict[str, Any]:
    at = number % len(COLOURS)
    return {"color": COLOURS[at], "marker": MARKERS[at], "ms": 4, "lw": 1.4, "clip_on": False}
