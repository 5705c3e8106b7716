"""Finds the records of a CSV file in one pass over its bytes, compiled.

Rules (RFC 4180): a field that begins with a quote ends at the next quote that is not doubled, and
must then meet a delimiter or a line end; a quote elsewhere is an ordinary character. LF, CRLF and
CR end a record; an empty line is none. A bad quote costs the physical line it stands in and no
more: reading goes on at the next line. Delimiter, quote and line ends are never part of a longer
character in UTF-8 or GB18030, so structure does not depend on the encoding.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from loaders.limits import FIELD_BYTES, LINE_BYTES

Bytes = NDArray[np.uint8]

UTF8, GB18030 = 0, 1

# What a record can be, as bits: faults first, in order of precedence, then harmless oddities.
UNDECODABLE, UNCLOSED, LONG_LINE, LONG_FIELD, COLUMN_COUNT = 1, 2, 4, 8, 16
# A character was lost before the file reached us: U+FFFD, or NUL where text should be.
LOST = 4096
FAULTS = UNDECODABLE | LOST | UNCLOSED | LONG_LINE | LONG_FIELD | COLUMN_COUNT
NON_ASCII, INNER_LINE_END, STRAY_QUOTE, ENDS_LF, ENDS_CRLF, ENDS_CR = 32, 64, 128, 256, 512, 1024
# A field with blanks around it, a control character or a + somewhere: SQL must look closer.
UNTIDY = 2048

LF, CR, SPACE, QUOTE, PLUS = 10, 13, 32, 34, 43

_ORDINARY = np.ones(256, np.bool_)
_ORDINARY[:32] = False
_ORDINARY[[QUOTE, PLUS]] = False
_ORDINARY[127:] = False


@njit(cache=True, nogil=True)
def utf8_length(data: Bytes, at: int) -> int:  # noqa: PLR0911 - one answer a case
    """Return the bytes of the UTF-8 character at `at`, 0 where there is none, -n for U+FFFD."""
    n, a = len(data), data[at]
    if a < 0xC2 or a > 0xF4 or at + 1 >= n:
        return 0
    b = data[at + 1]
    if a < 0xE0:
        return 2 if b & 0xC0 == 0x80 else 0
    if at + 2 >= n or b & 0xC0 != 0x80 or data[at + 2] & 0xC0 != 0x80:
        return 0
    if a < 0xF0:
        # Overlong forms, surrogates, and the sign that a character was lost before us.
        if (a == 0xE0 and b < 0xA0) or (a == 0xED and b > 0x9F):
            return 0
        return -3 if a == 0xEF and b == 0xBF and data[at + 2] == 0xBD else 3
    if (a == 0xF0 and b < 0x90) or (a == 0xF4 and b > 0x8F):
        return 0
    return 4 if at + 3 < n and data[at + 3] & 0xC0 == 0x80 else 0


@njit(cache=True, nogil=True)
def gb18030_length(data: Bytes, at: int) -> int:
    """Return the bytes of the GB18030 character at `at`, 0 where there is none, -n for U+FFFD."""
    n, a = len(data), data[at]
    if a < 0x81 or a > 0xFE or at + 1 >= n:
        return 0
    b = data[at + 1]
    if 0x40 <= b <= 0xFE and b != 0x7F:
        return 2
    if b < 0x30 or b > 0x39 or at + 3 >= n:
        return 0
    c, d = data[at + 2], data[at + 3]
    if c < 0x81 or c > 0xFE or d < 0x30 or d > 0x39:
        return 0
    # The four-byte codes that are assigned: up to U+FFFF, then from U+10000 to U+10FFFF.
    code = ((np.int64(a) * 256 + b) * 256 + c) * 256 + d
    if code == 0x8431A437:
        return -4
    return 4 if code <= 0x8431A439 or 0x90308130 <= code <= 0xE3329A35 else 0


@njit(cache=True, nogil=True)
def _character(data: Bytes, at: int, encoding: int) -> int:
    """Return the bytes of the character at `at`, 0 for none, negative for one that was lost."""
    if data[at] < 128:
        return -1 if data[at] == 0 else 1
    return utf8_length(data, at) if encoding == UTF8 else gb18030_length(data, at)


@njit(cache=True, nogil=True)
def _oddity(c: int) -> int:
    """Return what a single byte says about its record."""
    if c >= 128:
        return NON_ASCII
    return UNTIDY if c < SPACE or c in (PLUS, 127) else 0


@njit(cache=True, nogil=True)
def _padding(data: Bytes, start: int, end: int) -> int:
    """Return UNTIDY where a field may begin or end with a blank (ASCII, or U+3000 in any code)."""
    if end <= start or (
        data[start] not in (SPACE, 0xE3, 0xA1) and data[end - 1] not in (SPACE, 0x80, 0xA1)
    ):
        return 0
    return UNTIDY


@njit(cache=True, nogil=True)
def _line(data: Bytes, start: int, delimiter: int, encoding: int) -> tuple[int, int, int]:
    """Return (end, fields, flags) of the physical line at `start`, quotes being ordinary."""
    n, at, fields, flags = len(data), start, 1, 0
    while at < n and data[at] != LF and data[at] != CR:
        length = _character(data, at, encoding)
        if data[at] == delimiter:
            fields += 1
        if data[at] >= 128:
            flags |= NON_ASCII
        if length <= 0:
            flags |= LOST if length else UNDECODABLE
            length = max(1, -length)
        at += length
    return at, fields, flags


@njit(cache=True, nogil=True)
def _quoted(data: Bytes, start: int, delimiter: int, encoding: int) -> tuple[int, int, int]:
    """Return (end, lines, flags) of the quoted field at `start`; UNCLOSED where it does not end."""
    n, at, lines, flags = len(data), start + 1, 0, 0
    last = min(n, start + FIELD_BYTES + 2)
    while at < last:
        c = data[at]
        if c == QUOTE:
            if at + 1 < n and data[at + 1] == QUOTE:
                at += 2
                continue
            end = at + 1
            flags |= _padding(data, start + 1, at)
            if end == n or data[end] == delimiter or data[end] == LF or data[end] == CR:
                return end, lines, flags
            return end, lines, flags | UNCLOSED
        if c == LF or (c == CR and not (at + 1 < n and data[at + 1] == LF)):
            lines += 1
            flags |= INNER_LINE_END
        elif c == CR:
            flags |= INNER_LINE_END
        length = _character(data, at, encoding)
        flags |= _oddity(c)
        if length <= 0:
            flags |= LOST if length else UNDECODABLE
            length = max(1, -length)
        at += length
    if last < n and flags & INNER_LINE_END == 0:
        return at, lines, flags | UNCLOSED | LONG_FIELD
    return at, lines, flags | UNCLOSED


@njit(cache=True, nogil=True)
def _record(
    data: Bytes, start: int, delimiter: int, encoding: int, ordinary: NDArray[np.bool_]
) -> tuple[int, int, int, int]:
    """Return (end, fields, inner lines, flags) of the record at `start`."""
    n, at, fields, lines, flags = len(data), start, 1, 0, 0
    field = start
    while at < n:
        c = data[at]
        if ordinary[c]:
            at += 1
        elif c == delimiter:
            flags |= _padding(data, field, at) | _wide(field, at)
            fields += 1
            at += 1
            field = at
        elif c in (LF, CR):
            break
        elif c == QUOTE and at == field:
            at, inner, seen = _quoted(data, at, delimiter, encoding)
            if seen & UNCLOSED:
                end, fields, found = _line(data, start, delimiter, encoding)
                fault = LONG_FIELD if seen & LONG_FIELD else UNCLOSED
                return end, fields, 0, found | fault | _long(start, end)
            lines += inner
            flags |= seen
            field = at
        elif c == QUOTE:
            flags |= STRAY_QUOTE
            at += 1
        else:
            flags |= _oddity(c)
            length = _character(data, at, encoding)
            if length <= 0:
                flags |= LOST if length else UNDECODABLE
                length = max(1, -length)
            at += length
    flags |= _padding(data, field, at) | _wide(field, at)
    return at, fields, lines, flags | _long(start, at)


@njit(cache=True, nogil=True)
def _wide(start: int, end: int) -> int:
    return LONG_FIELD if end - start > FIELD_BYTES else 0


@njit(cache=True, nogil=True)
def _long(start: int, end: int) -> int:
    return LONG_LINE if end - start > LINE_BYTES else 0


@njit(cache=True, nogil=True)
def scan(
    data: Bytes, start: int, line: int, delimiter: int, encoding: int,
    ordinary: NDArray[np.bool_], spans: NDArray[np.int64], flags: NDArray[np.int16],
) -> tuple[int, int, int, bool]:  # fmt: skip
    """Find records from `start` on until the arrays are full or the data ends.

    spans: int64[m, 4], filled with start, end, physical line (1-based), fields of each record;
    flags: int16[m]. Returns (records, where to go on, its line, whether a line was empty).
    """
    n, at, found, gaps = len(data), start, 0, False
    while at < n and found < len(flags):
        begin, first = at, line
        at, fields, lines, seen = _record(data, at, delimiter, encoding, ordinary)
        end = at
        line += lines
        if at < n:
            line += 1
            if data[at] == LF:
                seen |= ENDS_LF
                at += 1
            elif at + 1 < n and data[at + 1] == LF:
                seen |= ENDS_CRLF
                at += 2
            else:
                seen |= ENDS_CR
                at += 1
        if end == begin:
            gaps = True
            continue
        spans[found, 0], spans[found, 1], spans[found, 2], spans[found, 3] = (
            begin,
            end,
            first,
            fields,
        )
        flags[found] = seen
        found += 1
    return found, at, line, gaps


def ordinary_bytes(delimiter: int) -> NDArray[np.bool_]:
    """Return which bytes the scanner may pass over without looking (bool[256])."""
    table = _ORDINARY.copy()
    table[delimiter] = False
    return table
