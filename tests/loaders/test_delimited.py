"""CSV as it comes: encodings, line ends, quotes, packing; read right or refused with a sentence."""

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphfraud.errors import FeedError
from loaders import unpack

if TYPE_CHECKING:
    from tests.loaders.conftest import Loaded

LoadOne = Callable[..., "Loaded"]
HEAD = "person_id,name,address\n"
CHINESE = HEAD + "P1,张三,北京市\nP2,李四,上海市\n"
MESSY = CHINESE.encode("gb18030")


def names(loaded: "Loaded") -> list[str]:
    return [row["name"] for row in loaded.rows("persons")]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "utf-16"),
        (CHINESE.replace("\n", "\r\n").encode(), "utf-8"),
        (CHINESE.replace("\n", "\r").encode(), "utf-8"),
        (CHINESE.rstrip().encode(), "utf-8"),
        (CHINESE.replace("\n", "\n\n").encode(), "utf-8"),
        (CHINESE.replace(",", "\t").encode("gb18030"), "gb18030"),
        (CHINESE.replace(",", ";").encode(), "utf-8"),
        (CHINESE.replace(",", "|").encode(), "utf-8"),
        (gzip.compress(CHINESE.encode("gb18030"), mtime=0), "gb18030"),
    ],
)
def test_the_same_table_whatever_its_bytes(
    load_bytes: LoadOne, content: bytes, encoding: str
) -> None:
    loaded = load_bytes(content, "persons.csv")
    assert names(loaded) == ["张三", "李四"]
    assert loaded.feed.encoding == encoding
    plain = load_bytes(CHINESE, "plain_persons.csv")
    assert loaded.rows("persons") == plain.rows("persons")  # record hashes as well


def test_undecodable_records_are_rejected_one_by_one(load_bytes: LoadOne) -> None:
    loaded = load_bytes(CHINESE.encode() + b"P3,\xff\xd5,x\nP4,\xe7\x8e\x8b,y\n", "persons.csv")
    assert names(loaded) == ["张三", "李四", "王"]
    (row,) = loaded.rejects()
    assert (row["record_no"], row["line_no"], row["raw"]) == (3, 4, r"P3,\xff\xd5,x")
    assert row["record_hash"] == hashlib.sha256(b"7:P3,\xff\xd5,x").digest()
    assert loaded.feed.encoding == "utf-8"


def test_one_bad_record_does_not_turn_gb18030_into_utf8(load_bytes: LoadOne) -> None:
    loaded = load_bytes(CHINESE.encode("gb18030") + b"P3,\xff,x\n", "persons.csv")
    assert (names(loaded), loaded.feed.encoding) == (["张三", "李四"], "gb18030")
    assert loaded.reasons() == {3: ["undecodable_text"]}


def test_as_many_records_for_either_encoding_is_no_answer(load_bytes: LoadOne) -> None:
    both = HEAD.encode() + "P1,é,x\n".encode() + b"P2,\xff\xff,x\n"
    tie = both.replace("é".encode(), b"\xc3\xa9\xff")
    with pytest.raises(FeedError, match="neither plain UTF-8 nor plain GB18030"):
        load_bytes(tie, "persons.csv")
    mapping = (
        "tables: {persons: [{source: 'p*.csv', encoding: gbk, columns: {person_id: person_id}}]}"
    )
    assert load_bytes(tie, "persons.csv", mapping).reasons().keys() == {1, 2}


def test_lost_characters_and_nul_are_rejected(load_bytes: LoadOne) -> None:
    loaded = load_bytes(HEAD + "P1,a\0b,x\nP2,\ufffd,x\nP3,ok,x\n", "persons.csv")
    assert loaded.reasons() == {1: ["undecodable_text"], 2: ["undecodable_text"]}
    assert names(loaded) == ["ok"]
    assert loaded.rejects()[0]["raw"] == r"P1,a\x00b,x"


def test_half_a_surrogate_pair_is_rejected(load_bytes: LoadOne) -> None:
    content = (HEAD + "P1,ok,x\nP2,").encode("utf-16") + b"\x00\xd8" + "x,x\n".encode("utf-16-le")
    loaded = load_bytes(content + b"P", "persons.csv")
    assert names(loaded) == ["ok"]
    assert set(loaded.reasons()) == {2, 3}


def test_a_bad_quote_costs_its_line_alone(load_bytes: LoadOne) -> None:
    text = HEAD + 'P1,"a,x\nP2,b,x\nP3,"c"d,x\nP4,5" plate,x\nP5,"two\nlines",x\nP6,e,x\nP7,"f'
    loaded = load_bytes(text, "persons.csv")
    assert names(loaded) == ["b", '5" plate', "two\nlines", "e"]
    assert [row["record_no"] for row in loaded.rows("persons")] == [2, 4, 5, 6]
    assert loaded.reasons() == {
        1: ["unclosed_quote"], 3: ["unclosed_quote"], 7: ["unclosed_quote", "column_count"],
    }  # fmt: skip
    assert [row["line_no"] for row in loaded.rejects()] == [2, 4, 9]


def test_too_many_and_too_few_columns(load_bytes: LoadOne) -> None:
    loaded = load_bytes(HEAD + "P1,a\nP2,b,x,y\nP3,c,x\n", "persons.csv")
    assert loaded.reasons() == {1: ["column_count"], 2: ["column_count"]}
    assert loaded.feed.tables["persons"].read == 3


def test_lines_and_fields_too_long(load_bytes: LoadOne) -> None:
    wide = "x" * 60_000
    text = HEAD + f"P1,{'x' * 70_000},y\nP2,{','.join([wide] * 20)},y\nP3,ok,y\n"
    loaded = load_bytes(text, "persons.csv")
    assert loaded.reasons() == {1: ["field_too_long"], 2: ["line_too_long", "column_count"]}


def test_quotes_around_everything_and_inside(load_bytes: LoadOne) -> None:
    loaded = load_bytes(HEAD + '"P1","a ""b"", c",""\n', "persons.csv")
    (row,) = loaded.rows("persons")
    assert (row["name"], row["address"]) == ('a "b", c', None)


def test_a_header_alone_is_no_fault(load_bytes: LoadOne) -> None:
    loaded = load_bytes(HEAD, "persons.csv")
    assert loaded.feed.tables["persons"].read == 0
    assert "there is a header and no record under it" in loaded.feed.notes
    assert loaded.rows("persons") == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "nothing but empty lines"),
        (b"\n\n", "nothing but empty lines"),
        (HEAD.encode("utf-16-le"), "UTF-16 without its mark"),
        (b"\x1f\x8b\x08\x00damaged", "no whole gzip file"),
        (gzip.compress(b"x" * 99, mtime=0)[:-12], "no whole gzip file"),
        (b"person_id,\xff\xff,name\nP1,a,b\n", "neither plain UTF-8 nor plain GB18030"),
        (b'person_id,name,"address\nP1,a,b\n', "header that cannot be read"),
        (",".join(["person_id", *(f"c{n}" for n in range(600))]).encode(), "601 columns"),
        ("人员编号|姓名\nP1|张\n".encode("gb18030"), "."),
    ],
)
def test_files_that_cannot_be_read_are_named(
    load_bytes: LoadOne, content: bytes, said: str
) -> None:
    with pytest.raises(FeedError, match=said) as caught:
        load_bytes(content, "persons.csv")
    assert "persons.csv" in caught.value.message


def test_a_bar_in_gb18030_is_refused(load_bytes: LoadOne) -> None:
    mapping = (
        "tables: {persons: [{source: 'p*.csv', delimiter: '|', columns: {person_id: person_id}}]}"
    )
    with pytest.raises(FeedError, match="half a character"):
        load_bytes("person_id|name\nP1|张三李\n".encode("gb18030"), "persons.csv", mapping)


def test_a_gzip_bomb_is_refused(
    load_bytes: LoadOne, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(unpack, "RATIO_FROM_BYTES", 1 << 16)
    del tmp_path
    with pytest.raises(FeedError, match="unpacks to more than"):
        load_bytes(gzip.compress(b"0" * (8 << 20), mtime=0), "persons.csv.gz")
