"""Turns numbers into the texts, times and amounts of the contract: Arrow columns, no loop a row."""

from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from .arrays import Bools, Ints

Column: TypeAlias = pa.Array


def padded(numbers: npt.NDArray[np.integer], width: int) -> Column:
    """Return numbers as text of `width` digits, zeros in front."""
    return pc.utf8_lpad(pa.array(numbers.astype(np.int64)).cast(pa.string()), width, "0")


def together(*parts: Column | str) -> Column:
    """Return the parts of each row behind one another; NULL where one is NULL."""
    return pc.binary_join_element_wise(*parts, "")


def picked(values: Column | list[str] | tuple[str, ...], index: npt.NDArray[np.integer]) -> Column:
    """Return values[index], NULL where the index is negative."""
    source = pa.array(list(values), pa.string()) if isinstance(values, list | tuple) else values
    return source.take(pa.array(index.astype(np.int64), mask=index < 0))


def blank(values: Column, where: Bools) -> Column:
    """Return the values with NULL where `where` holds."""
    return pc.if_else(pa.array(where), pa.scalar(None, values.type), values)


def seconds(times: Ints) -> Column:
    """Return seconds since 1970 as local timestamps."""
    return pa.array(times.astype("datetime64[s]"))


def days(numbers: Ints) -> Column:
    """Return days since 1970 as dates."""
    return pa.array(numbers.astype("datetime64[D]"))


def yuan(fen: Ints) -> Column:
    """Return whole fen as decimals with two digits, without passing through a float."""
    words = np.empty((len(fen), 2), dtype="<i8")
    words[:, 0], words[:, 1] = fen, fen >> 63
    return pa.Array.from_buffers(
        pa.decimal128(18, 2), len(fen), [None, pa.py_buffer(words.tobytes())]
    )


def nulls(count: int) -> Column:
    """Return a text column without a value."""
    return pa.nulls(count, pa.string())


def day_number(day: date) -> int:
    """Return days since 1970.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - date(1970, 1, 1)).days
