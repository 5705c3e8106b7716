"""Draws how many rings are found against how hard they are to find: by pattern, and by axis."""

from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.detection.difficulty import AXES, HARDEST
from benchmarks.detection.drawing import COLOURS, GREY, MARKERS, headline, picture, without
from benchmarks.detection.power import EVERY

COLUMNS = 4
RECALL = "share of rings found"
DIFFICULTY = "difficulty (0: default, 1: hard)"


def draw_power(table: pd.DataFrame, path: Path, about: str) -> None:
    """Draw a panel a pattern: recall with its 95 % interval, and precision, by difficulty."""
    names = ordered(table)
    rows = ceil(len(names) / COLUMNS)
    with picture(path, rows, COLUMNS, size=(3.1, 2.6)) as (figure, axes):
        for number, (axis, name) in enumerate(zip(axes, names, strict=False)):
            _power_panel(axis, table[table["pattern"] == name])
            _frame(axis, name, table["at"].max())
            _label(axis, number, len(names))
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper right", ncols=3)
        without(axes[len(names) :])
        headline(figure, "Power: rings found as they get harder to find", about)


def draw_sweep(table: pd.DataFrame, path: Path, about: str) -> None:
    """Draw a panel a pattern: recall by the difficulty of one axis, the others left at default."""
    names = ordered(table)
    rows = ceil(len(names) / COLUMNS)
    with picture(path, rows, COLUMNS, size=(3.1, 2.6)) as (figure, axes):
        for number, (axis, name) in enumerate(zip(axes, names, strict=False)):
            one = table[table["pattern"] == name]
            for line, key in enumerate(AXES):
                part = one[one["axis"] == key]
                shift = (line - 1.5) * 0.012  # so that equal lines do not hide each other
                axis.plot(part["at"], part["recall"] + shift, label=key, **_line(line))
            _frame(axis, name, table["at"].max())
            _label(axis, number, len(names))
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper right", ncols=4)
        without(axes[len(names) :])
        headline(figure, "Which difficulty costs what: one axis at a time", about)


def ordered(table: pd.DataFrame) -> list[str]:
    """Return the patterns by name, all of them together first."""
    return sorted(set(table["pattern"]), key=lambda name: (name != EVERY, name))


def _power_panel(axis: Any, part: pd.DataFrame) -> None:  # noqa: ANN401  matplotlib is optional
    axis.fill_between(
        part["at"], part["low"], part["high"], color=COLOURS[0], alpha=0.15, lw=0,
        label="95 % interval of recall",
    )  # fmt: skip
    axis.plot(part["at"], part["recall"], label="recall", **_line(0))
    axis.plot(part["at"], part["precision"], label="precision", ls="--", **_line(1))
    ends = [f"{row.hits}/{row.rings}" for row in (*part[:1].itertuples(), *part[-1:].itertuples())]
    told = f"{' → '.join(ends)} rings"
    axis.set_title(told, loc="right", fontsize=8, fontweight="normal", color="#444444")


def _line(number: int) -> dict[str, Any]:
    return {"color": COLOURS[number], "marker": MARKERS[number], "ms": 4, "lw": 1.6}


def _frame(axis: Any, title: str, last: float) -> None:  # noqa: ANN401  matplotlib is optional
    axis.set(title="all patterns" if title == EVERY else title)
    axis.set(xlim=(-0.05, min(HARDEST, last) + 0.05), ylim=(-0.04, 1.06))
    axis.set_yticks((0, 0.25, 0.5, 0.75, 1.0), ("0", "", "50 %", "", "100 %"))
    axis.axvline(1.0, color=GREY, lw=0.9, ls=":")


def _label(axis: Any, number: int, panels: int) -> None:  # noqa: ANN401  as above
    """Name the axes at the left and where no panel stands below."""
    if number % COLUMNS == 0:
        axis.set_ylabel(RECALL)
    if number + COLUMNS >= panels:
        axis.set_xlabel(DIFFICULTY)
