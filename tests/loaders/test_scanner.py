"""The compiled scanner against Python's csv module, and what it says of broken records."""

import csv
import io
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import scanner
from loaders.limits import FIELD_BYTES

COMMA = ord(",")
_COMPILED = (
    "utf8_length", "gb18030_length", "_character", "_oddity", "_padding", "_line", "_quoted",
    "_record", "_wide", "_long", "scan",
)  # fmt: skip


@pytest.fixture(params=["compiled", "interpreted"])
def form(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test on the machine code and on the Python it was compiled from."""
    if request.param == "interpreted":
        for name in _COMPILED:
            monkeypatch.setattr(scanner, name, getattr(scanner, name).py_func)
    return str(request.param)


def records(
    content: bytes, encoding: int = scanner.UTF8, at_once: int = 100
) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield (bytes, line, fields, flags) of every record."""
    data = np.frombuffer(content, np.uint8)
    at, line = 0, 1
    while at < len(data):
        spans, flags = np.empty((at_once, 4), np.int64), np.empty(at_once, np.int16)
        found, at, line, _ = scanner.scan(
            data, at, line, COMMA, encoding, scanner.ordinary_bytes(COMMA), spans, flags
        )
        for (start, end, first, fields), seen in zip(
            spans[:found].tolist(), flags[:found].tolist(), strict=True
        ):
            yield content[start:end], first, fields, seen


def faults(content: bytes, encoding: int = scanner.UTF8) -> list[int]:
    return [flags & scanner.FAULTS for _, _, _, flags in records(content, encoding)]


texts = st.text(st.sampled_from('ab ,;"\n\r\t中é😀+'), max_size=6)
tables = st.lists(st.lists(texts, min_size=2, max_size=4), min_size=1, max_size=8)


@settings(deadline=None)  # the first call compiles
@given(tables, st.sampled_from(["\n", "\r\n"]), st.sampled_from([1, 2, 100]))
def test_agrees_with_python_on_well_formed_files(
    table: list[list[str]], end: str, at_once: int
) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(table)
    found = list(records(stream.getvalue().encode(), at_once=at_once))
    assert [fields for _, _, fields, _ in found] == [len(row) for row in table]
    read = [next(csv.reader(io.StringIO(raw.decode(), newline=""))) for raw, *_ in found]
    assert read == table
    assert not any(flags & scanner.FAULTS for *_, flags in found)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a,b\nc,d", [0, 0]),
        (b'"a\nb",c\nd,e\n', [0, 0]),
        (b'"a,b\nc,d\ne,f\n', [scanner.UNCLOSED, 0, 0]),
        (b'"a"x,b\nc,d\n', [scanner.UNCLOSED, 0]),
        (b'a,"b', [scanner.UNCLOSED]),
        (b"a\0,b\n", [scanner.LOST]),
        (b"a\xff,b\nc,d\n", [scanner.UNDECODABLE, 0]),
        ("a\ufffd,b\n".encode(), [scanner.LOST]),
        (b"\xed\xa0\x80,b\n", [scanner.UNDECODABLE]),
        (b"\xc0\xaf,\xe0\x80\xaf,\xf0\x80\x80\xaf,\xf4\x90\x80\x80", [scanner.UNDECODABLE]),
        (b'"\xff",b\n', [scanner.UNDECODABLE]),
        ("é,中,😀\n".encode(), [0]),
        ('"é",b c,x+y\n'.encode(), [0]),
        (b'"\xff,b\nc,d\n', [scanner.UNDECODABLE | scanner.UNCLOSED, 0]),
        (b"\n\r\n\ra,b\r", [0]),
        (b"", []),
    ],
)
def test_faults(form: str, content: bytes, expected: list[int]) -> None:
    del form
    assert faults(content) == expected


def test_lines_are_counted_through_quotes_and_all_line_ends(form: str) -> None:
    del form
    content = b'a\n\n"b\r\nc\rd\ne",x\r\nf\rg'
    assert [line for _, line, _, _ in records(content)] == [1, 3, 7, 8]


def test_limits_of_lines_and_fields(form: str) -> None:
    del form
    assert faults(b"x" * FIELD_BYTES + b",y\n") == [0]
    assert faults(b"x" * (FIELD_BYTES + 1) + b",y\n") == [scanner.LONG_FIELD]
    assert faults(b"y," + b"x" * (FIELD_BYTES + 1)) == [scanner.LONG_FIELD]
    assert faults(b'"' + b"x" * (FIELD_BYTES + 1) + b'",y\nz,z\n') == [scanner.LONG_FIELD, 0]


def test_a_line_beyond_a_mebibyte() -> None:
    long = b",".join([b"x" * 60_000] * 18)
    assert faults(long + b"\nc,d\n") == [scanner.LONG_LINE, 0]


@settings(deadline=None)  # the first call compiles
@given(st.binary(max_size=60))
def test_utf8_is_judged_as_python_does(content: bytes) -> None:
    whole = b"x" + content.translate(None, b'\r\n",\0') + b"y"
    try:
        valid = "\ufffd" not in whole.decode()
    except UnicodeDecodeError:
        valid = False
    assert (faults(whole) == [0]) is valid


@settings(deadline=None)  # the first call compiles
@given(st.binary(max_size=60))
def test_gb18030_is_judged_as_python_does(content: bytes) -> None:
    whole = b"x" + content.translate(None, b'\r\n",\0') + b"y"
    try:
        valid = "\ufffd" not in whole.decode("gb18030")
    except UnicodeDecodeError:
        valid = False
    assert (faults(whole, scanner.GB18030) == [0]) is valid


def test_gb18030_four_byte_characters(form: str) -> None:
    del form
    assert faults("㐀😀,中\n".encode("gb18030"), scanner.GB18030) == [0]
    assert faults(b"\x84\x31\xa4\x37", scanner.GB18030) == [scanner.LOST]
    assert faults(b"\xff\xfe\x30,\x81\x30\x7f\x30,\x81", scanner.GB18030) == [scanner.UNDECODABLE]


@pytest.mark.parametrize(
    "text", [" a,b", "a ,b", "a,b\t", '" a",b', "\u3000a,b", "a+b,c", "a\x7f,b"]
)
def test_untidy_fields_are_seen(form: str, text: str) -> None:
    del form
    for encoding, codec in ((scanner.UTF8, "utf-8"), (scanner.GB18030, "gb18030")):
        (*_, flags), *_ = records(text.encode(codec), encoding)
        assert flags & scanner.UNTIDY
    (*_, plain), *_ = records(b'a b,"c d"\n')
    assert not plain & scanner.UNTIDY
