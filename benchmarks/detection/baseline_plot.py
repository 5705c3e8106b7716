"""Draws every method side by side: F1 of rings and members, false leads on clean data, seconds."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.detection.baselines import CLEAN, DIFFICULTIES, OURS
from benchmarks.detection.drawing import COLOURS, headline, picture

BAR = 0.36


def draw_baselines(table: pd.DataFrame, path: Path, about: str) -> None:
    """Draw a row a method at its best setting; `table` as `best_settings` returns it."""
    names = list(dict.fromkeys(_label(table)))
    place = {name: len(names) - 1 - number for number, name in enumerate(names)}
    seen = table[(table["view"] == "gathering") & (table["kind"] != CLEAN)]
    clean = table[(table["view"] == "all") & (table["kind"] == CLEAN)]
    with picture(path, 1, 4, size=(3.3, 0.62 * len(names) + 1.8)) as (figure, axes):
        for axis, column in zip(axes, ("f1", "member_f1"), strict=False):
            _pairs_of_bars(axis, seen, place, column)
        axes[0].set(title="F1 of rings", xlabel="F1 at Jaccard 0.5")
        axes[1].set(title="F1 of their members", xlabel="F1")
        _bars(axes[2], clean, place, "leads", "{:.0f}")
        most = float(clean["leads"].max())
        axes[2].set(title="false leads", xlabel="leads in clean data", xlim=(0, max(1, 1.3 * most)))
        _bars(axes[3], clean, place, "seconds", "{:.2g} s")
        least, most = clean["seconds"].min(), clean["seconds"].max()
        axes[3].set(title="time", xlabel="seconds (logarithmic)", xscale="log")
        axes[3].set(xlim=(least / 3, most * 8))
        for axis in axes:
            axis.set_yticks(list(place.values()), list(place) if axis is axes[0] else [])
            axis.grid(visible=False, axis="y")
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper right", ncols=2)
        headline(figure, "Beside what a user would try first", about)


def _label(table: pd.DataFrame) -> list[str]:
    """Return the methods with their settings, broken where they are long."""
    names = zip(table["method"], table["setting"], strict=True)
    return [f"{method}\n{setting}".replace(", ", ",\n") for method, setting in names]


def _pairs_of_bars(axis: Any, table: pd.DataFrame, place: dict[str, int], column: str) -> None:  # noqa: ANN401
    """Draw one bar a difficulty for each method."""
    for number, kind in enumerate(DIFFICULTIES):
        part = table[table["kind"] == kind]
        at = np.array([place[name] for name in _label(part)]) + (0.5 - number) * BAR
        axis.barh(at, part[column], BAR, color=COLOURS[number], label=kind)
        _write(axis, at, part[column], "{:.2f}")
    axis.set(xlim=(0, 1.15))


def _bars(axis: Any, part: pd.DataFrame, place: dict[str, int], column: str, form: str) -> None:  # noqa: ANN401
    """Draw one bar a method, ours in a colour of its own."""
    at = np.array([place[name] for name in _label(part)], float)
    colours = [COLOURS[2] if method == OURS else COLOURS[4] for method in part["method"]]
    axis.barh(at, part[column], 2 * BAR, color=colours)
    _write(axis, at, part[column], form)


def _write(axis: Any, at: "np.ndarray[Any, Any]", values: "pd.Series[float]", form: str) -> None:  # noqa: ANN401
    for y, value in zip(at, values, strict=True):
        text = " " + form.format(value)
        axis.annotate(text, (value, y), va="center", fontsize=8, annotation_clip=False)
