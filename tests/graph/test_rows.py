"""Batches of rows for the server: cut by row number alone, whatever the file looks like inside."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j.rows import Stream, batches, streams
from tests.graph.loads import small_parts

COLUMNS = ("node", "id", "med_type", "start_time", "total_amount_fen")


def claims(file: Path) -> Stream:
    return Stream("Claim", "load/nodes_claim", file, COLUMNS, 3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    part = small_parts(tmp_path / "workspace").base
    return Path(shutil.copyfile(part.nodes("Claim"), tmp_path / "Claim.parquet"))


def test_batches_do_not_depend_on_row_groups(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.parquet"
    pq.write_table(pq.read_table(file), other, row_group_size=1)
    for size in (1, 2, 3, 10):
        found = list(batches(claims(file), size))
        assert found == list(batches(claims(other), size))
        assert [len(rows) for rows in found][:-1] == [size] * (len(found) - 1)


def test_times_travel_as_iso_text_and_amounts_as_numbers(file: Path) -> None:
    (rows,) = batches(claims(file), 10)
    assert rows[0][1:] == ["C1", "pharmacy", "2025-03-01T08:00:00", 1000]


def test_a_damaged_file_is_named(file: Path) -> None:
    whole = file.read_bytes()
    for content in (b"no Parquet", whole[: len(whole) // 2], b""):
        file.write_bytes(content)
        with pytest.raises(StoreError, match=r"Claim\.parquet cannot be read") as refused:
            list(batches(claims(file), 10))
        assert "--rebuild" in refused.value.hint


def test_a_damaged_file_of_labelled_nodes_is_named(tmp_path: Path) -> None:
    part = small_parts(tmp_path / "workspace").base
    (items,) = (one for one in streams(part) if one.name == "Item_Drug")
    items.file.write_bytes(b"no Parquet")
    with pytest.raises(StoreError, match=r"Item\.parquet cannot be read"):
        list(batches(items, 10))
    with pytest.raises(StoreError, match=r"Item\.parquet cannot be read"):
        list(streams(part))


def test_each_label_has_a_stream_of_its_own(tmp_path: Path) -> None:
    part = small_parts(tmp_path / "workspace").base
    found = {one.name: one.rows for one in streams(part)}
    assert (found["Facility_Pharmacy"], found["Item"], found["Item_Drug"]) == (1, 1, 1)
    assert sum(found.values()) == sum(
        total.n
        for totals in (part.checksum.nodes, part.checksum.edges)
        for total in totals.values()
    )
