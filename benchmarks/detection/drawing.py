"""How every picture looks: colours that the colour-blind tell apart, quiet axes, one way to save.

Colours and their order: Okabe & Ito 2008. Lines also differ by marker, for print in black.
"""

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GREY = "#8a8a8a"
STYLE: Any = {
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
    "axes.axisbelow": True, "grid.color": "#e4e4e4", "grid.linewidth": 0.8, "font.size": 9.5,
    "axes.titlesize": 10, "axes.titleweight": "bold", "axes.titlelocation": "left",
    "figure.titlesize": 13, "legend.frameon": False, "figure.constrained_layout.use": True,
    "svg.hashsalt": "graphfraud",
}  # fmt: skip


@contextmanager
def picture(path: Path, rows: int, columns: int, *, size: tuple[float, float]) -> Iterator[Any]:
    """Yield (figure, axes as a flat list) and write the picture; size: inches of one panel."""
    import matplotlib as mpl  # noqa: PLC0415  only who draws needs it

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415  as above

    with mpl.rc_context(STYLE):
        wide, high = size
        figure, axes = plt.subplots(
            rows, columns, figsize=(wide * columns, high * rows), squeeze=False
        )
        try:
            yield figure, list(axes.flat)
            figure.savefig(path, dpi=130)
        finally:
            plt.close(figure)


def headline(figure: Any, title: str, below: str) -> None:  # noqa: ANN401  matplotlib is optional
    """Write the picture's title, and under it what it shows, at the left."""
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold")
    characters = int(figure.get_figwidth() * 14)  # that fit across at this size of type
    text = "\n".join(textwrap.wrap(below, characters))
    figure.supxlabel(text, x=0.01, ha="left", fontsize=8.5, color="#444444")


def without(axes: list[Any]) -> None:
    """Take the panels that are not needed out of the picture."""
    for axis in axes:
        axis.set_axis_off()
