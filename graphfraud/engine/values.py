"""What crosses the border between Python and SQL: parameters going in, columns coming out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from graphfraud.errors import EngineError


def plain(value: object) -> object:
    """Return `value` as the engine takes it: paths, also inside lists, become absolute text.

    >>> plain([1, "a"])
    [1, 'a']
    """
    if isinstance(value, Path):
        return str(value.resolve())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def files_named(parameters: Mapping[str, object]) -> list[str]:
    """Return the paths among the parameters, for an error message.

    >>> files_named({"source": Path("a.parquet"), "limit": 3})
    ['a.parquet']
    """
    values = [value for value in parameters.values() if isinstance(value, (Path, list, tuple))]
    lists = [value if isinstance(value, (list, tuple)) else (value,) for value in values]
    return [str(path) for paths in lists for path in paths if isinstance(path, Path)]


def whole_columns(step: str, columns: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Return the columns without masks: None for missing text; EngineError for missing numbers."""
    return {name: _whole(step, name, column) for name, column in columns.items()}


def _whole(step: str, name: str, column: np.ndarray) -> np.ndarray:
    if not isinstance(column, np.ma.MaskedArray):
        return column
    missing = np.ma.getmaskarray(column)
    if column.dtype == object:
        texts = np.array(column.data)
        texts[missing] = None
        return texts
    if missing.any():
        raise EngineError(f"Step {step} left {name} empty where a number must stand.")
    return np.asarray(column.data)


def plain_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its text as plain objects.

    Arrow's text is for long columns: on the few rows of a group every call costs ten times more.
    """
    return table.astype(dict.fromkeys(table.select_dtypes("str").columns, object))
