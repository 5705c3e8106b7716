from pathlib import Path

import pandas as pd
import pytest

from graphfraud.api import Results, Workspace
from graphfraud.errors import UsageError, WorkspaceError
from graphfraud.model.money import fen
from graphfraud.model.results import RESULTS

RING_A, RING_B = "R0000000000000aa", "R0000000000000ab"


def test_identifiers_keep_their_zeros_and_amounts_are_whole_fen(results: Results) -> None:
    assert results.members["entity_id"].tolist() == ["007", "008", "009", "F1"]
    assert results.rings["total_amount"].iloc[0] == fen("1234.50")
    assert results.rings["total_amount"].dtype == "Int64"


def test_missing_cells_are_missing(results: Results) -> None:
    assert pd.isna(results.rings["total_amount"].iloc[1])
    assert pd.isna(results.rings["first_time"].iloc[0])
    assert results.identity_links.empty
    assert results.claim_sources["record_no"].tolist() == [1, 1, 1]


def test_times_are_times(results: Results) -> None:
    assert results.claims["start_time"].iloc[0] == pd.Timestamp(2025, 1, 2, 8)


def test_run_file_is_read(results: Results) -> None:
    assert results.run["notes"] == {"co_visit": ["days used"]}


@pytest.mark.parametrize("asked", [RING_A, RING_A[:-1] + "a"])
def test_ring_is_found_by_its_id(results: Results, asked: str) -> None:
    ring = results.ring(asked)
    assert ring.ring_id == RING_A
    assert set(ring.claims["claim_id"]) == {"C1", "C2", "C3"}
    assert len(ring.ties) == len(ring.reasons) == 1
    assert ring.signals["assessed"].tolist() == ["yes", "no"]
    assert ring.signals["claims"].str.split(";").tolist()[0] == ["C1", "C3"]
    assert ring.signals["value"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("asked", "count"), [("R000", "2 rings"), ("X", "No ring"), ("", "No ring")]
)
def test_unclear_ring_is_refused_with_a_hint(results: Results, asked: str, count: str) -> None:
    with pytest.raises(UsageError, match=count) as caught:
        results.ring(asked)
    assert "graphfraud show" in caught.value.hint


def test_saved_run_reads_the_same(results: Results, tmp_path: Path) -> None:
    saved = Results(results.save(tmp_path / "deep" / "out"))
    pd.testing.assert_frame_equal(saved.rings, results.rings)
    assert (saved.folder / "run.json").read_bytes() == (results.folder / "run.json").read_bytes()


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"rings\.csv is missing"):
        _ = Results(tmp_path).rings
    with pytest.raises(WorkspaceError, match=r"run\.json is missing"):
        _ = Results(tmp_path).run


def test_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "rings.csv").write_text("rank\n1\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="no column 'ring_id'"):
        _ = Results(tmp_path).rings


def test_a_run_of_an_earlier_version_is_read_without_the_columns_it_lacks(store: Workspace) -> None:
    folder = store.results().folder
    for name in ("rings", "ring_members"):
        path = folder / f"{name}.csv"
        known = pd.read_csv(path, dtype=str).drop(columns=list(RESULTS[name].added))
        known.to_csv(path, index=False)
    read = store.results()
    assert read.rings["stability"].isna().all()
    assert read.members["standing"].isna().all()
    assert read.ring(RING_A).about_plain()["stability"] is None
