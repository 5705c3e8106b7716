"""Writes the sound records of a CSV file again as clean CSV with their numbers, compiled."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from loaders.scanner import Bytes

LF, QUOTE = 10, 34


@njit(cache=True, nogil=True)
def _digits(number: int, out: Bytes, at: int) -> int:
    """Write a positive number in decimal; returns where it ends."""
    size, rest = 1, number
    while rest >= 10:
        rest //= 10
        size += 1
    for place in range(at + size - 1, at - 1, -1):
        out[place] = 48 + number % 10
        number //= 10
    return at + size


@njit(cache=True, nogil=True)
def rewrite(
    data: Bytes, spans: NDArray[np.int64], numbers: NDArray[np.int64], delimiter: int, out: Bytes
) -> int:
    """Write sound records again: number and line first, LF at the end, every odd quote quoted.

    spans: int64[m, 4] as `scan` fills them; out: at least `rewritten_size(spans)` bytes.
    Returns the bytes written.
    """
    to = 0
    for k in range(len(spans)):
        to = _digits(numbers[k], out, to)
        out[to] = delimiter
        to = _digits(spans[k, 2], out, to + 1)
        at, end = spans[k, 0], spans[k, 1]
        while at <= end:
            out[to] = delimiter
            to += 1
            at, to = _field(data, at, end, delimiter, out, to)
            at += 1
        out[to] = LF
        to += 1
    return to


@njit(cache=True, nogil=True)
def _field(data: Bytes, at: int, end: int, delimiter: int, out: Bytes, to: int) -> tuple[int, int]:
    """Copy the field at `at`; returns where it ends in `data` and in `out`."""
    if at < end and data[at] == QUOTE:
        inside, begin = True, at
        while at < end and (inside or data[at] != delimiter):
            if data[at] == QUOTE and at > begin:
                inside = not inside
            out[to] = data[at]
            at += 1
            to += 1
        return at, to
    stop, stray = at, False
    while stop < end and data[stop] != delimiter:
        stray |= data[stop] == QUOTE
        stop += 1
    if stray:
        out[to] = QUOTE
        to += 1
    while at < stop:
        out[to] = data[at]
        to += 1
        if data[at] == QUOTE:
            out[to] = QUOTE
            to += 1
        at += 1
    if stray:
        out[to] = QUOTE
        to += 1
    return at, to


def rewritten_size(spans: NDArray[np.int64]) -> int:
    """Return an upper bound of what `rewrite` needs for these records, in bytes."""
    return int((spans[:, 1] - spans[:, 0]).sum() * 2 + spans[:, 3].sum() * 2 + len(spans) * 48)
