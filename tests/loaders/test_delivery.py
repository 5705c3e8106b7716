"""A delivery as a whole: folders, repeated files, faults collected, what is kept."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphfraud.errors import EngineError, FeedError
from graphfraud.workspace import WorkspaceFolder
from loaders import DeliveryError, load
from loaders.delivery import delivered_files
from loaders.records import Records
from loaders.report import LoadReport

if TYPE_CHECKING:
    from tests.loaders.conftest import Loaded

Loading = Callable[..., list["Loaded"]]
CLAIMS = (
    "claim_id,person_id,facility_id,med_type,start_time,total_amount\n"
    "C1,P1,F1,11,2025-01-02,10\nC2,P1,F1,xx,2025-01-02,20\n"
)


def test_a_folder_its_faults_and_what_is_passed_over(
    workspace: WorkspaceFolder, tmp_path: Path
) -> None:
    folder = tmp_path / "delivery"
    (folder / "below").mkdir(parents=True)
    (folder / "a.csv").write_text(CLAIMS)
    (folder / "b.csv").write_text("what,ever\n")
    (folder / "c.csv").write_text("")
    (folder / "notes.txt").write_text("x")
    seen: list[tuple[str, int, int | None]] = []
    with pytest.raises(DeliveryError, match="2 of 3 files cannot be read") as caught:
        load(workspace, [folder], progress=lambda *step: seen.append(step))
    report = caught.value.report
    assert "b.csv has no header" in caught.value.message
    assert "c.csv is empty" in caught.value.message
    assert report.ignored == ("notes.txt",)
    assert [outcome.feed.file_name for outcome in report.feeds] == ["a.csv"]
    assert (report.read, report.loaded, report.rejected, report.rejected_share) == (2, 1, 1, 0.5)
    assert len(workspace.feeds()) == 1
    total = len(CLAIMS) + len("what,ever\n")
    assert seen[-1] == ("load", total, total)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


def test_the_same_bytes_twice_are_one_feed(load_files: Loading, tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_text(CLAIMS)
    first, second = load_files(paths)
    assert (first.already, second.already) == (False, True)
    assert first.feed == second.feed


def test_what_a_feed_keeps(load_files: Loading, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CLAIMS)
    (loaded,) = load_files([path])
    assert (loaded.folder / "source" / "a.csv").read_text() == CLAIMS
    assert loaded.feed.sha256 == hashlib.sha256(CLAIMS.encode()).hexdigest()
    assert (loaded.feed.format, loaded.feed.encoding) == ("csv", "utf-8")
    assert loaded.feed.reasons == {"unknown_code": 1}
    assert loaded.feed.notes == ()
    fields = ["C1", "P1", "F1", "11", "2025-01-02", "10"]
    text = "".join(f"{len(field)}:{field}" for field in fields)
    (row,) = loaded.rows("claims")
    assert row["record_hash"] == hashlib.sha256(text.encode()).digest()
    assert row["record_no"] == 1


def test_unused_and_doubled_columns_are_told(load_files: Loading, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(
        "setl_id,psn_no,fixmedins_code,med_type,begndate,adm_date,medfee_sumamt,zzz\n"
        "C1,P1,F1,11,,2025-01-02,10,z\n"
    )
    (loaded,) = load_files([path])
    assert loaded.feed.notes[:2] == (
        "columns not used: zzz", "claims.start_time is taken from begndate, then adm_date",
    )  # fmt: skip
    assert len(loaded.rows("claims")) == 1


def test_paths_that_are_not_there(workspace: WorkspaceFolder, tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"none.csv cannot be read: No such file"):
        load(workspace, [tmp_path / "none.csv"])
    with pytest.raises(FeedError, match="nothing to load"):
        delivered_files([tmp_path / "workspace"])
    assert LoadReport().rejected_share == 0


def test_a_record_lost_between_scanner_and_engine_is_noticed(
    load_files: Loading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CLAIMS)

    def one_more(**given: object) -> Records:
        return Records(**(given | {"sound": 3}))  # type: ignore[arg-type]

    monkeypatch.setattr("loaders.delimited.Records", one_more)
    with pytest.raises(EngineError, match="scanner found 3 records, the engine read 2"):
        load_files([path])


def test_the_day_of_loading_is_in_the_id_only_where_it_decided(
    tmp_path: Path, workspace: WorkspaceFolder
) -> None:
    header = "claim_id,person_id,facility_id,med_type,start_time,total_amount\n"
    past, late = tmp_path / "past.csv", tmp_path / "late.csv"
    past.write_text(header + "C1,P1,F1,pharmacy,2025-01-02 08:00:00,1.00\n", encoding="utf-8")
    late.write_text(header + "C2,P1,F1,pharmacy,2026-03-02 08:00:00,1.00\n", encoding="utf-8")
    other = WorkspaceFolder.open(tmp_path / "other", create=True)
    days = date(2026, 1, 31), date(2026, 12, 31)
    first = load(workspace, [past, late], as_of=days[0]).feeds
    second = load(other, [past, late], as_of=days[1]).feeds
    same = {a.feed.file_name: a.feed.feed_id for a in first}
    assert {b.feed.file_name: same[b.feed.file_name] == b.feed.feed_id for b in second} == {
        "past.csv": True,
        "late.csv": False,
    }
    again = load(workspace, [past, late], as_of=days[1]).feeds
    assert all(outcome.already for outcome in again)
    assert len(workspace.feeds()) == 2
