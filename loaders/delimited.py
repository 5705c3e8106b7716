"""Reads CSV: decides encoding and delimiter, finds broken records, hands the rest to the engine.

A clean UTF-8 file is read where it lies. Anything else (another encoding, broken or multi-line
records, mixed line ends) is written again as clean UTF-8 with every record's number and line.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import FeedError
from loaders import scanner
from loaders.encodings import CODECS, Votes, decide
from loaders.limits import COLUMNS, LINE_BYTES
from loaders.notes import column_notes
from loaders.plan import TablePlan
from loaders.records import Records
from loaders.survey import Survey, Text, broken_records, sound_parts, survey
from loaders.unpack import gunzip, utf16_codec, utf16_to_utf8

DELIMITERS = {",": 44, "\t": 9, ";": 59, "|": 124}
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


class Layout(Protocol):
    """Which tables a file's columns make; encoding and delimiter where somebody named them."""

    @property
    def encoding(self) -> int | None:
        """Return UTF8 or GB18030 where somebody named it."""

    @property
    def delimiter(self) -> str | None:
        """Return the delimiter where somebody named it."""

    def plans(self, headers: Sequence[str]) -> tuple[TablePlan, ...]:
        """Return the tables; FeedError where the columns make none."""


def read_delimited(path: Path, file_name: str, layout: Layout, work: Path) -> Records:
    """Return the records of a CSV file; FeedError where it cannot be read as a whole."""
    plain, was_utf16 = _plain_bytes(path, file_name, work)
    named = scanner.UTF8 if was_utf16 else layout.encoding
    text, found = _surveyed(_text(plain, file_name, layout), file_name, named)
    headers = _headers(text, found, file_name)
    plans = layout.plans(headers)
    attach = partial(_attach_plain, plain, text.delimiter, found.width)
    if not found.is_plain or text.encoding != scanner.UTF8:
        clean = _rewritten(text, work / "sound.csv", found.width)
        inner = bool(found.flags & scanner.INNER_LINE_END)
        attach = partial(_attach_rewritten, clean, text.delimiter, found.width, parallel=not inner)
    return Records(
        plans=plans,
        sound=found.records - found.broken,
        numbered=attach.func is _attach_rewritten,
        attach=attach,
        broken=partial(broken_records, text),
        n_broken=found.broken,
        tidy=found.is_tidy,
        encoding="utf-16" if was_utf16 else CODECS[text.encoding],
        notes=tuple(column_notes(headers, plans, found.records)),
    )


def _plain_bytes(path: Path, file_name: str, work: Path) -> tuple[Path, bool]:
    """Return the file unpacked and in bytes that the scanner reads, and whether it was UTF-16."""
    if _start(path).startswith(_GZIP):
        path = gunzip(path, work / "unpacked.csv", file_name)
    codec = utf16_codec(_start(path))
    return (utf16_to_utf8(path, work / "utf8.csv", codec), True) if codec else (path, False)


def _start(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)


def _text(path: Path, file_name: str, layout: Layout) -> Text:
    if path.stat().st_size == 0:
        raise FeedError(f"{file_name} is empty.", hint="Deliver the file again.")
    data = np.memmap(path, np.uint8, "r")
    start = len(_BOM) if data[:3].tobytes() == _BOM else 0
    first = data[start : start + LINE_BYTES].tobytes().lstrip(b"\r\n").splitlines()[:1]
    line = first[0] if first else b""
    if b"\0" in line:
        raise FeedError(
            f"{file_name} has NUL bytes in its first line; it may be UTF-16 without its mark.",
            hint="Save it as UTF-8.",
        )
    delimiter = layout.delimiter or _delimiter(line)
    return Text(data, start, DELIMITERS[delimiter], scanner.UTF8)


def _delimiter(line: bytes) -> str:
    """Return the delimiter that parts the header into most columns; | may be half a character.

    >>> _delimiter(b"setl_id;psn_no;begndate")
    ';'
    """
    bare = b"".join(line.split(b'"')[::2]) or line
    parts = {
        name: bare.count(name.encode()) for name in DELIMITERS if name != "|" or line.isascii()
    }
    return max(parts, key=lambda name: parts[name])


def _surveyed(text: Text, file_name: str, named: int | None) -> tuple[Text, Survey]:
    """Scan the file in the encoding that is named, or else that it turns out to have."""
    text = replace(text, encoding=scanner.UTF8 if named is None else named)
    found = survey(text)
    if found.undecodable and named is None:
        other = replace(text, encoding=scanner.GB18030)
        in_gb18030 = survey(other)
        votes = Votes(found.beyond_ascii, found.undecodable, in_gb18030.undecodable)
        if decide(votes, file_name) == scanner.GB18030:
            text, found = other, in_gb18030
    if text.encoding == scanner.GB18030 and text.delimiter == DELIMITERS["|"]:
        raise FeedError(
            f"{file_name} is parted by | in GB18030, where | can be half a character.",
            hint="Save it as UTF-8, or with commas.",
        )
    return text, found


def _headers(text: Text, found: Survey, file_name: str) -> list[str]:
    start, end = found.header
    if end == start:
        raise FeedError(f"{file_name} holds nothing but empty lines.", hint="Deliver it again.")
    if found.width > COLUMNS or end - start > LINE_BYTES:
        raise FeedError(
            f"{file_name} has {found.width:,} columns in {end - start:,} bytes of header.",
            hint=f"At most {COLUMNS} columns and a line of 1 MiB are read.",
        )
    try:
        line = text.data[start:end].tobytes().decode(CODECS[text.encoding])
        stream = io.StringIO(line, newline="")
        headers = next(csv.reader(stream, delimiter=chr(text.delimiter), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FeedError(
            f"{file_name} has a header that cannot be read: {error}.",
            hint="The first line must hold the column names.",
        ) from error
    if len(headers) != found.width:
        raise FeedError(f"{file_name} has an unclosed quote in its header.", hint="Correct it.")
    return headers


def _rewritten(text: Text, target: Path, width: int) -> Path:
    with target.open("wb") as out:
        out.write(chr(text.delimiter).join(_columns(width, numbered=True)).encode() + b"\n")
        for part in sound_parts(text):
            out.write(part)
    return target


def _columns(width: int, *, numbered: bool) -> dict[str, str]:
    numbers = ["record_no", "file_line"] if numbered else []
    return dict.fromkeys([*numbers, *(f"s{place}" for place in range(width))], "VARCHAR")


def _attach_plain(path: Path, delimiter: int, width: int, engine: Engine) -> None:
    _attach(engine, path, delimiter, _columns(width, numbered=False), parallel=True)


def _attach_rewritten(
    path: Path, delimiter: int, width: int, engine: Engine, *, parallel: bool
) -> None:
    _attach(engine, path, delimiter, _columns(width, numbered=True), parallel=parallel)


def _attach(
    engine: Engine, path: Path, delimiter: int, columns: dict[str, str], *, parallel: bool
) -> None:
    parameters = {
        "file": path, "delimiter": chr(delimiter), "columns": columns, "parallel": parallel,
    }  # fmt: skip
    engine.run("load/source_csv", parameters)
