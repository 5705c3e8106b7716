"""Draws every method side by side: F1 of rings and members, false leads on clean data, seconds."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.detection.baselines import CLEAN, DIFFICULTIES, OURS
from benchmarks.detection.drawing import COLOURS, headline, picture

BAR = 0.36


def draw_baselines(table: pd.DataFrame, path: Path, about: str) -> None:
    """Draw a row a method at its best setting; `table` as `best_settings` returns it, one view."""
    names = _names(table)
    place = {name: len(names) - 1 - number for number, name in enumerate(names)}
    with picture(path, 1, 4, size=(3.3, 0.55 * len(names) + 1.8)) as (figure, axes):
        for axis, column, title in zip(
            axes, ("f1", "member_f1"), ("F1 of rings", "F1 of members"), strict=False
        ):
            for number, kind in enumerate(DIFFICULTIES):
                part = table[table["kind"] == kind]
                at = np.array([place[name] for name in _label(part)]) + (0.5 - number) * BAR
                axis.barh(at, part[column], BAR, color=COLOURS[number], label=kind)
                _write(axis, at, part[column], "{:.2f}")
            axis.set(
                title=title, xlim=(0, 1.15), xlabel="F1 at Jaccard 0.5" if column == "f1" else "F1"
            )
        _single(axes[2], table[table["kind"] == CLEAN], place, "leads", "{:.0f}")
        axes[2].set(title="false leads, clean population", xlabel="leads (each is a false one)")
        _single(axes[3], table[table["kind"] == CLEAN], place, "seconds", "{:.1f} s")
        axes[3].set(title="time, clean population", xlabel="seconds", xscale="log")
        for axis in axes:
            axis.set_yticks(list(place.values()), list(place) if axis is axes[0] else [])
            axis.grid(visible=False, axis="y")
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper right", ncols=2)
        headline(figure, "Beside what a user would try first", about)


def _names(table: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(_label(table)))


def _label(table: pd.DataFrame) -> list[str]:
    return [
        f"{method}\n{setting}"
        for method, setting in zip(table["method"], table["setting"], strict=True)
    ]


def _single(axis: Any, part: pd.DataFrame, place: dict[str, int], column: str, form: str) -> None:  # noqa: ANN401
    at = np.array([place[name] for name in _label(part)], float)
    colours = [COLOURS[2] if method == OURS else COLOURS[4] for method in part["method"]]
    axis.barh(at, part[column], 2 * BAR, color=colours)
    _write(axis, at, part[column], form)
    axis.set_xlim(right=max(1.0, float(part[column].max())) * 1.3)


def _write(axis: Any, at: "np.ndarray[Any, Any]", values: "pd.Series[float]", form: str) -> None:  # noqa: ANN401
    for y, value in zip(at, values, strict=True):
        text = " " + form.format(value)
        axis.annotate(text, (value, y), va="center", fontsize=8, annotation_clip=False)
