"""Turns millions of text identifiers into small integers, exactly, in one pass over them.

An open-addressing table holds, per distinct text, 32 bits of its hash and its code. Every hit is
confirmed byte by byte, so two texts that share a hash stay two. The hash comes with the text; what
it is does not matter for the codes' final order, which is the order of the texts' bytes.
"""

from typing import TypeVar

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Bytes = NDArray[np.uint8]

Kind = TypeVar("Kind", bound=np.generic)

_FULLEST = 0.6
_EMPTY = -1
_AT_FIRST = 1 << 12
_BLOCK = 256


class TextCodes:
    """Gives each distinct text a code, in the order in which texts are first met."""

    def __init__(self) -> None:
        """Start without any text."""
        self._count = 0
        self._slots: Longs = np.full(_AT_FIRST, _EMPTY, np.int64)
        self._hashes: Hashes = np.empty(_AT_FIRST, np.uint64)
        self._ends: Longs = np.zeros(_AT_FIRST + 1, np.int64)
        self._text: Bytes = np.empty(_AT_FIRST, np.uint8)

    def add(self, texts: pa.StringArray, hashes: Hashes) -> Ints:
        """Return the code of each text (n, without missing ones); hashes: uint64, n."""
        ends, data = _buffers(texts)
        self._make_room(len(hashes), int(ends[-1] - ends[0]))
        codes = np.empty(len(hashes), np.int32)
        state = (self._slots, self._hashes, self._ends, self._text)
        self._count = int(_find_or_add(ends, data, hashes, codes, *state, self._count))
        wrong = _unconfirmed(ends, data, codes, self._ends, self._text)
        self._count = int(_settle(ends, data, hashes, codes, wrong, *state, self._count))
        return codes

    def ranked(self) -> tuple[Ints, pa.StringArray]:
        """Return (rank of each code, the texts in byte order): what makes codes canonical."""
        ends = self._ends[: self._count + 1]
        buffers = pa.py_buffer(ends), pa.py_buffer(self._text)
        texts = pa.LargeStringArray.from_buffers(self._count, *buffers)
        order = byte_order(ends, self._text)
        rank = np.empty(self._count, np.int32)
        rank[order] = np.arange(self._count, dtype=np.int32)
        return rank, texts.take(pa.array(order))

    def _make_room(self, rows: int, size: int) -> None:
        """Grow so that `rows` new texts of `size` bytes together fit."""
        wanted = self._count + rows
        if wanted > _FULLEST * len(self._slots):
            self._slots = np.full(1 << int(wanted / _FULLEST).bit_length(), _EMPTY, np.int64)
            _refill(self._slots, self._hashes, self._count)
        self._hashes = _grown(self._hashes, self._count, wanted)
        self._ends = _grown(self._ends, self._count + 1, wanted + 1)
        used = int(self._ends[self._count])
        self._text = _grown(self._text, used, used + size + 1)


def _grown(array: NDArray[Kind], used: int, wanted: int) -> NDArray[Kind]:
    """Return `array`, or a copy at least half as long again where `wanted` does not fit."""
    if wanted <= len(array):
        return array
    longer = np.empty(max(wanted, len(array) * 3 // 2), array.dtype)
    longer[:used] = array[:used]
    return longer


def _buffers(texts: pa.StringArray) -> tuple[Longs, Bytes]:
    """Return (ends: n + 1 positions, the bytes they point into) of an Arrow text array."""
    _, ends, data = texts.buffers()
    step = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    positions = np.frombuffer(ends, step)[texts.offset : texts.offset + len(texts) + 1]
    return positions.astype(np.int64), np.frombuffer(data or b"", np.uint8)


def byte_order(ends: Longs, data: Bytes) -> Longs:
    """Return the order that sorts the texts by their bytes, a shorter text before its extensions.

    Texts are compared eight bytes at a time, the last words first (a radix sort by words).
    """
    lengths = np.diff(ends)
    keys = [lengths]
    for at in range((int(lengths.max(initial=0)) + 7) // 8 - 1, -1, -1):
        word = _words(ends, data, at * 8)
        if len(word) and word.min() != word.max():
            keys.append(word)
    order: Longs = np.lexsort(keys)
    return order


@njit(cache=True, nogil=True)
def _words(ends: Longs, data: Bytes, start: int) -> Hashes:
    """Return each text's bytes start … start + 7 as a big-endian number, zeros behind its end."""
    words = np.zeros(len(ends) - 1, np.uint64)
    for i in range(len(words)):
        low, high = ends[i] + start, min(ends[i + 1], ends[i] + start + 8)
        word = np.uint64(0)
        for k in range(low, high):
            word = (word << np.uint64(8)) | np.uint64(data[k])
        if low < high:
            words[i] = word << np.uint64(8 * (8 - (high - low)))
    return words


@njit(cache=True, nogil=True)
def _refill(slots: Longs, hashes: Hashes, count: int) -> None:
    """Put all known codes into an empty table."""
    mask = np.uint64(len(slots) - 1)
    for code in range(count):
        at = hashes[code] & mask
        while slots[at] != -1:
            at = (at + np.uint64(1)) & mask
        slots[at] = np.int64(hashes[code] >> np.uint64(33)) << 32 | code


@njit(cache=True, nogil=True)
def _append(
    ends: Longs, data: Bytes, hashes: Hashes, row: int, at: int,
    slots: Longs, known_hashes: Hashes, known_ends: Longs, known: Bytes, count: int,
) -> None:  # fmt: skip
    """Make the text of `row` the known text `count`, found at `at`."""
    slots[at] = np.int64(hashes[row] >> np.uint64(33)) << 32 | count
    known_hashes[count] = hashes[row]
    to = known_ends[count]
    size = ends[row + 1] - ends[row]
    known[to : to + size] = data[ends[row] : ends[row + 1]]
    known_ends[count + 1] = to + size


@njit(cache=True, nogil=True)
def _eight(data: Bytes, at: np.uint64) -> np.uint64:
    """Return the eight bytes at `at` as one number; compiles to a single load."""
    byte, word, shift = np.uint64(8), np.uint64(0), np.uint64(0)
    for k in range(8):
        word |= np.uint64(data[at + np.uint64(k)]) << shift
        shift += byte
    return word


@njit(cache=True, nogil=True)
def _same(ends: Longs, data: Bytes, row: int, known_ends: Longs, known: Bytes, code: int) -> bool:
    """Say whether the text of `row` is the known text `code`."""
    # Unsigned positions spare the check for indices that count from the end.
    one, eight = np.uint64(1), np.uint64(8)
    a, stop = np.uint64(ends[row]), np.uint64(ends[row + 1])
    b = np.uint64(known_ends[code])
    if np.uint64(known_ends[code + 1]) - b != stop - a:
        return False
    differs = np.uint64(0)
    while a + eight <= stop:
        differs |= _eight(data, a) ^ _eight(known, b)
        a, b = a + eight, b + eight
    while a < stop:
        differs |= np.uint64(data[a] ^ known[b])
        a, b = a + one, b + one
    return bool(differs == 0)


@njit(cache=True, nogil=True)
def _find_or_add(
    ends: Longs, data: Bytes, hashes: Hashes, codes: Ints,
    slots: Longs, known_hashes: Hashes, known_ends: Longs, known: Bytes, count: int,
) -> int:  # fmt: skip
    """Fill `codes` by hash alone, adding what is new; return the new count of known texts.

    Bytes are confirmed afterwards: short loops without dependencies keep the memory busy.
    """
    mask = np.uint64(len(slots) - 1)
    heads = np.empty(_BLOCK, np.int64)
    for low in range(0, len(hashes), _BLOCK):
        high = min(low + _BLOCK, len(hashes))
        for row in range(low, high):
            heads[row - low] = slots[hashes[row] & mask]
        for row in range(low, high):
            tag = np.int64(hashes[row] >> np.uint64(33))
            at = hashes[row] & mask
            while slots[at] != -1 and slots[at] >> 32 != tag:
                at = (at + np.uint64(1)) & mask
            if slots[at] == -1:
                _append(ends, data, hashes, row, at, slots, known_hashes, known_ends, known, count)
                count += 1
            codes[row] = slots[at] & 0xFFFFFFFF
    return count


@njit(cache=True, nogil=True)
def _unconfirmed(ends: Longs, data: Bytes, codes: Ints, known_ends: Longs, known: Bytes) -> Longs:
    """Return the rows whose text is not the one their code stands for."""
    wrong = np.zeros(len(codes), np.bool_)
    starts, heads = np.empty(_BLOCK, np.uint64), np.empty(_BLOCK, np.uint8)
    for low in range(0, len(codes), _BLOCK):
        rows = min(_BLOCK, len(codes) - low)
        # The two short loops fetch what the comparison needs, many cache lines at a time.
        for k in range(rows):
            starts[k] = known_ends[np.uint64(codes[low + k])]
        for k in range(rows):
            heads[k] = known[starts[k]]
        for row in range(low, low + rows):
            wrong[row] = not _same(ends, data, row, known_ends, known, codes[row])
    return np.flatnonzero(wrong)


@njit(cache=True, nogil=True)
def _settle(
    ends: Longs, data: Bytes, hashes: Hashes, codes: Ints, rows: Longs,
    slots: Longs, known_hashes: Hashes, known_ends: Longs, known: Bytes, count: int,
) -> int:  # fmt: skip
    """Give `rows`, whose hash another text had first, their own codes; return the new count."""
    mask = np.uint64(len(slots) - 1)
    for row in rows:
        tag = np.int64(hashes[row] >> np.uint64(33))
        at = hashes[row] & mask
        while slots[at] != -1:
            code = slots[at] & 0xFFFFFFFF
            if slots[at] >> 32 == tag and _same(ends, data, row, known_ends, known, code):
                break
            at = (at + np.uint64(1)) & mask
        if slots[at] == -1:
            _append(ends, data, hashes, row, at, slots, known_hashes, known_ends, known, count)
            count += 1
        codes[row] = slots[at] & 0xFFFFFFFF
    return count
