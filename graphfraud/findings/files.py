"""Writes the result files: the same values give the same bytes on every machine.

CSV, UTF-8, line feeds, minimal quoting; empty means missing; amounts in yuan, shares with six
decimals, p-values with six significant digits.
"""

import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from graphfraud.model.money import yuan
from graphfraud.model.results import RESULTS, ResultTable

MUST_BE_QUOTED = re.compile('[",\r\n]')


def write_results(folder: Path, tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Write every result table (an absent one as its header alone); return file -> SHA-256."""
    hashes = {}
    for name, result in RESULTS.items():
        data = csv_text(result, tables.get(name, pd.DataFrame())).encode()
        (folder / result.file).write_bytes(data)
        hashes[result.file] = hashlib.sha256(data).hexdigest()
    return hashes


def csv_text(result: ResultTable, table: pd.DataFrame) -> str:
    """Return a table as the text of its file, columns in contract order."""
    lines = [",".join(result.columns)]
    if len(table):
        columns = [_texts(kind, table[name]) for name, kind in result.columns.items()]
        lines += (",".join(map(_field, row)) for row in zip(*columns, strict=True))
    return "\n".join(lines) + "\n"


def _field(text: str) -> str:
    """Return one field, in quotes where it must (csv.writer leaves a bare CR in before 3.13).

    >>> print(_field("=1+1"), _field("a,b"))
    =1+1 "a,b"
    """
    if not MUST_BE_QUOTED.search(text):
        return text
    quoted = text.replace('"', '""')
    return f'"{quoted}"'


def _texts(kind: str, values: "pd.Series[Any]") -> list[str]:
    missing = pd.isna(values).tolist()
    if kind == "text":
        return ["" if gone else str(one) for one, gone in zip(values, missing, strict=True)]
    return ["" if gone else _text(kind, one) for one, gone in zip(values, missing, strict=True)]


def _text(kind: str, value: object) -> str:
    """Return one value as text.

    >>> _text("money", 1234), _text("share", 1 / 3), _text("p", 1.23456789e-12)
    ('12.34', '0.333333', '1.23457e-12')
    """
    if kind == "money":
        return yuan(int(str(value)))
    if kind == "int":
        return str(int(str(value)))
    if kind == "share":
        return f"{float(str(value)):.6f}"
    if kind == "p":
        return f"{float(str(value)):.6g}"
    if kind == "time":
        time = value if isinstance(value, datetime) else pd.Timestamp(str(value))
        return time.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def result_hash(hashes: dict[str, str]) -> str:
    """Return one hash over the result files: SHA-256 of their sorted names and hashes.

    What says where rows were delivered stays out: the same claims in other files are one result.
    """
    kept = {result.file for result in RESULTS.values() if result.hashed}
    pairs = sorted((name, digest) for name, digest in hashes.items() if name in kept)
    lines = "".join(f"{digest}  {name}\n" for name, digest in pairs)
    return hashlib.sha256(lines.encode()).hexdigest()
