"""Tables as Markdown, with each column in the form a reader expects."""

from collections.abc import Mapping
from math import isnan

import pandas as pd

NOTHING = "–"
FORMS: Mapping[str, str] = {
    "recall": "{:.1%}", "precision": "{:.1%}", "low": "{:.1%}", "high": "{:.1%}",
    "share": "{:.1%}", "level": "{:.1%}", "f1": "{:.2f}", "member_f1": "{:.2f}",
    "seconds": "{:.1f}", "least": "{:.3g}", "too_small": "{:.3f}", "too_large": "{:.3f}",
    "chance": "{:.2g}", "p_value": "{:.2g}", "pairs": "{:,}",
} | {f"at_{tail}": "{:.2f}" for tail in ("0.05", "0.01", "0.001", "0.0001")}  # fmt: skip


def markdown(table: pd.DataFrame, heads: Mapping[str, str] | None = None) -> str:
    """Return the table; heads: another name for a column. What is missing is a dash.

    >>> print(markdown(pd.DataFrame({"hits": [1], "recall": [0.5]}), {"hits": "found"}))
    | found | recall |
    | --- | --- |
    | 1 | 50.0% |
    """
    names = [str(name) for name in table.columns]
    rows = [
        [cell(name, value) for name, value in zip(names, row, strict=True)]
        for row in table.itertuples(index=False, name=None)
    ]
    top = [(heads or {}).get(name, name.replace("_", " ")) for name in names]
    lines = [top, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(column: str, value: object) -> str:
    """Return one value in its column's form; a bar would end the cell."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return NOTHING
    form = FORMS.get(column, "{:g}" if isinstance(value, float) else "{}")
    return form.format(value).replace("|", "\\|")
