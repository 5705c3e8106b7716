"""Codes for texts: exact whatever the hash, canonical whatever the order."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.engine import text_codes
from graphfraud.engine.text_codes import Hashes, TextCodes, byte_order

KERNELS = ["_words", "_refill", "_append", "_eight", "_same"]
KERNELS += ["_find_or_add", "_unconfirmed", "_settle"]
Hash = Callable[[list[str]], Hashes]


def good(texts: list[str]) -> Hashes:
    values = [int.from_bytes(t.encode().ljust(8, b"\0")[-8:]) * 0x9E3779B97F4A7C15 for t in texts]
    return np.array([value % 2**64 for value in values], np.uint64)


def constant(texts: list[str]) -> Hashes:
    return np.full(len(texts), 0xFFFF_FFFF_0000_0FFF, np.uint64)


def two_values(texts: list[str]) -> Hashes:
    return np.array([len(text) % 2 for text in texts], np.uint64)


def check(batches: list[list[str]], hashed: Hash) -> None:
    names = TextCodes()
    codes = [names.add(pa.array(texts, pa.string()), hashed(texts)) for texts in batches]
    rank, ordered = names.ranked()
    flat = [text for texts in batches for text in texts]
    assert ordered.to_pylist() == sorted(set(flat), key=str.encode)
    ranks = rank[np.concatenate([np.empty(0, np.int32), *codes])]
    assert [ordered[int(n)].as_py() for n in ranks] == flat


TEXTS = st.lists(
    st.lists(st.text(st.sampled_from("0A\0é中"), max_size=20), max_size=12), max_size=4
)


@settings(max_examples=60, deadline=None)
@given(batches=TEXTS, hashed=st.sampled_from([good, constant, two_values]))
def test_codes_stand_for_texts_and_ranks_for_byte_order(
    batches: list[list[str]], hashed: Hash
) -> None:
    check(batches, hashed)


def test_tables_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_codes, "_FULLEST", 0.9)
    batches = [[f"{n:0{width}d}" for n in range(9_000)] for width in (5, 9, 30)]
    check(batches, good)


def test_the_uncompiled_kernels_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KERNELS:
        monkeypatch.setattr(text_codes, name, getattr(text_codes, name).py_func)
    with np.errstate(over="ignore"):
        check([["a", "", "bb", "a"], ["bb", "c" * 17, "c" * 17, "d" * 17]], constant)
        monkeypatch.setattr(text_codes, "_AT_FIRST", 16)
        check([[f"{n % 30}" for n in range(60)], [f"x{n}" for n in range(60)]], good)


def test_slices_and_large_texts_are_read_at_their_place() -> None:
    names = TextCodes()
    texts = pa.array(["x", "y", "z", "y"], pa.large_string()).slice(1)
    assert names.add(texts, good(["y", "z", "y"])).tolist() == [0, 1, 0]
    assert names.ranked()[1].to_pylist() == ["y", "z"]


def test_byte_order_puts_a_text_before_its_extensions() -> None:
    texts = ["ab\0", "ab", "b", "", "a" * 9, "a" * 8]
    data = "".join(texts).encode()
    ends = np.cumsum([0, *map(len, texts)])
    order = byte_order(ends, np.frombuffer(data, np.uint8))
    assert [texts[n] for n in order] == sorted(texts)
