"""Sound records written again: Python's csv module reads the same fields from them."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import rewriting, scanner

COMMA = ord(",")
texts = st.text(st.sampled_from('ab ,;"\n\r\t中é😀+'), max_size=6)
tables = st.lists(st.lists(texts, min_size=2, max_size=4), min_size=1, max_size=8)


def rewritten(content: bytes) -> bytes:
    """Return the records of `content`, numbered from 1."""
    data = np.frombuffer(content, np.uint8)
    spans, flags = np.empty((100, 4), np.int64), np.empty(100, np.int16)
    ordinary = scanner.ordinary_bytes(COMMA)
    found, *_ = scanner.scan(data, 0, 1, COMMA, scanner.UTF8, ordinary, spans, flags)
    out = np.empty(rewriting.rewritten_size(spans[:found]), np.uint8)
    numbers = np.arange(1, found + 1)
    size = rewriting.rewrite(data, spans[:found], numbers, COMMA, out)
    return out[:size].tobytes()


@settings(deadline=None)  # the first call compiles
@given(tables)
def test_rewritten_records_read_the_same(table: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(table)
    out = rewritten(stream.getvalue().encode() + b'a,b"c"\n')
    rows = list(csv.reader(io.StringIO(out.decode(), newline="")))
    assert [row[2:] for row in rows] == [*table, ["a", 'b"c"']]
    assert [int(row[0]) for row in rows] == list(range(1, len(table) + 2))


@pytest.mark.parametrize("form", ["compiled", "interpreted"])
def test_odd_quotes_are_quoted_and_numbers_lead(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if form == "interpreted":
        for name in ("_digits", "rewrite", "_field"):
            monkeypatch.setattr(rewriting, name, getattr(rewriting, name).py_func)
    lines = b'a,b"c\n' * 9 + b'"d ""e"",f",g\n'
    assert rewritten(lines).splitlines()[8:] == [b'9,9,a,"b""c"', b'10,10,"d ""e"",f",g']
