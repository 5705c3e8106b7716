"""Reads a CSV file's structure with the compiled scanner, batch by batch."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from loaders import scanner
from loaders.encodings import CODECS
from loaders.limits import RAW_CHARACTERS
from loaders.records import BROKEN
from loaders.rewriting import rewrite, rewritten_size
from loaders.scanner import Bytes

BATCH = 1 << 17
BYTES_AT_ONCE = 32 << 20
_NAMES = {
    scanner.UNDECODABLE: "undecodable_text",
    scanner.LOST: "undecodable_text",
    scanner.UNCLOSED: "unclosed_quote",
    scanner.LONG_LINE: "line_too_long",
    scanner.LONG_FIELD: "field_too_long",
    scanner.COLUMN_COUNT: "column_count",
}
_LINE_ENDS = (scanner.ENDS_LF, scanner.ENDS_CRLF)
_ODD = scanner.INNER_LINE_END | scanner.STRAY_QUOTE | scanner.ENDS_CR | scanner.FAULTS


@dataclass(frozen=True)
class Text:
    """A CSV file as bytes, from behind its byte order mark, and how to read it."""

    data: Bytes
    start: int
    delimiter: int
    encoding: int


@dataclass(frozen=True)
class Batch:
    """Some records in file order: spans and flags as the scanner fills them, and their numbers."""

    spans: NDArray[np.int64]
    flags: NDArray[np.int16]
    numbers: NDArray[np.int64]
    gaps: bool


@dataclass(frozen=True)
class Survey:
    """What a whole file is made of; `records` and `broken` do not count the header.

    header: start and end of its bytes, (0, 0) where there is none. flags: all records' flags
    together. votes: records beyond ASCII and those of them that do not decode.
    """

    header: tuple[int, int]
    width: int
    records: int
    broken: int
    flags: int
    gaps: bool
    beyond_ascii: int
    undecodable: int

    @property
    def is_plain(self) -> bool:
        """Say whether one line is one record, all alike, with nothing to repair."""
        ends = sum(bool(self.flags & end) for end in _LINE_ENDS)
        return not (self.gaps or self.flags & _ODD or ends > 1)

    @property
    def is_tidy(self) -> bool:
        """Say whether no field has blanks around it, control characters or a +."""
        return not self.flags & scanner.UNTIDY


def survey(text: Text) -> Survey:
    """Scan the whole file once."""
    header, width, records, broken, seen, gaps, beyond, lost = (0, 0), 0, -1, 0, 0, False, 0, 0
    for batch in batches(text):
        if len(batch.flags):
            if records < 0:
                header = int(batch.spans[0, 0]), int(batch.spans[0, 1])
                width = int(batch.spans[0, 3])
            broken += int(np.count_nonzero((batch.flags & scanner.FAULTS) * (batch.numbers > 0)))
            seen |= int(np.bitwise_or.reduce(batch.flags))
            outside = (batch.flags & scanner.NON_ASCII) > 0
            beyond += int(np.count_nonzero(outside))
            lost += int(np.count_nonzero(outside & ((batch.flags & scanner.UNDECODABLE) > 0)))
        records += len(batch.flags)
        gaps |= batch.gaps
    return Survey(header, width, max(records, 0), broken, seen, gaps, beyond, lost)


def batches(text: Text) -> Iterator[Batch]:
    """Yield the records of the file, the header as number 0."""
    at, line, number, width = text.start, 1, 0, 0
    ordinary = scanner.ordinary_bytes(text.delimiter)
    while at < len(text.data):
        spans, flags = np.empty((BATCH, 4), np.int64), np.empty(BATCH, np.int16)
        found, at, line, gaps = scanner.scan(
            text.data, at, line, text.delimiter, text.encoding, ordinary, spans, flags
        )
        spans, flags = spans[:found], flags[:found]
        width = width or (int(spans[0, 3]) if found else 0)
        flags[spans[:, 3] != width] |= scanner.COLUMN_COUNT
        yield Batch(spans, flags, np.arange(number, number + found), gaps)
        number += found


def sound_parts(text: Text) -> Iterator[bytes]:
    """Yield the sound records as UTF-8, rewritten with their numbers in front."""
    for batch in batches(text):
        sound = (batch.flags & scanner.FAULTS == 0) & (batch.numbers > 0)
        spans, numbers = batch.spans[sound], batch.numbers[sound]
        parts = np.cumsum(spans[:, 1] - spans[:, 0]) // BYTES_AT_ONCE
        for part in np.unique(parts):
            inside = parts == part
            out = np.empty(rewritten_size(spans[inside]), np.uint8)
            size = rewrite(text.data, spans[inside], numbers[inside], text.delimiter, out)
            written = out[:size].tobytes()
            if text.encoding != scanner.UTF8:
                written = written.decode(CODECS[text.encoding]).encode()
            yield written


def broken_records(text: Text) -> Iterator[pa.Table]:
    """Yield the records that cannot be split into columns, with their reasons and raw text."""
    for batch in batches(text):
        at = np.flatnonzero((batch.flags & scanner.FAULTS) * (batch.numbers > 0))
        if len(at):
            yield _broken_table(text, batch, at)


def _broken_table(text: Text, batch: Batch, at: NDArray[np.intp]) -> pa.Table:
    codec = CODECS[text.encoding]
    raw, hashes = [], []
    for start, end in batch.spans[at, :2].tolist():
        content = text.data[start:end]  # may be gigabytes without a line end: never copied whole
        raw.append(readable(content[: RAW_CHARACTERS * 4].tobytes(), codec)[:RAW_CHARACTERS])
        state = hashlib.sha256(b"%d:" % len(content))
        state.update(content.data)
        hashes.append(state.digest())
    reasons = [
        list(dict.fromkeys(name for bit, name in _NAMES.items() if flags & bit))
        for flags in batch.flags[at].tolist()
    ]
    lines, numbers = batch.spans[at, 2], batch.numbers[at]
    return pa.table([numbers, lines, reasons, raw, hashes], schema=BROKEN)


def readable(content: bytes, codec: str) -> str:
    r"""Return bytes as text, those that do not decode and NUL as backslash escapes.

    >>> readable(b"a\xff\x00", "utf-8")
    'a\\xff\\x00'
    """
    return content.decode(codec, "backslashreplace").replace("\0", "\\x00")
