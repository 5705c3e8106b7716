"""The written tables: contract, rates, determinism, formats."""

import hashlib
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from graphfraud.model.tables import TABLES
from sample_data import Plan, claim_table, generate, item_table

from .conftest import DAYS, MADE_OF_CLAIMS, PERSONS, Sample


def _digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files
    }


def test_every_table_has_the_columns_of_the_contract(planted: Sample) -> None:
    for name, table in TABLES.items():
        header = (planted.folder / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
        assert header.split(",") == list(table.column_names), name


def test_keys_are_unique_and_required_cells_are_filled(planted: Sample) -> None:
    for name, table in TABLES.items():
        rows = planted.table(name)
        assert planted.truth.counts[name] == len(rows) > 0
        assert not (rows[list(table.required)] == "").any(axis=None), name
        if table.key:
            assert not rows.duplicated(list(table.key)).any(), name


def test_claims_name_only_what_the_registers_have(planted: Sample) -> None:
    claims = planted.table("claims")
    for column, name in (
        ("person_id", "persons"),
        ("facility_id", "facilities"),
        ("doctor_id", "doctors"),
    ):
        known = set(planted.table(name)[column])
        assert set(claims[column]) - {""} <= known
    assert set(claims["refund_of"]) - {""} <= set(claims["claim_id"])


def test_rates_are_those_of_a_population(clean: Sample) -> None:
    claims = clean.table("claims")
    a_year = claims["med_type"].value_counts() / (PERSONS * DAYS / 365)
    assert 8 < a_year.sum() < 12.5
    assert 0.40 < a_year["pharmacy"] / a_year.sum() < 0.62
    assert 0.35 < a_year["outpatient"] / a_year.sum() < 0.55
    assert 0.10 < a_year["inpatient"] < 0.22
    assert 0.85 < claims["person_id"].nunique() / PERSONS < 1


def test_densities_of_places(clean: Sample) -> None:
    kinds = clean.table("facilities")["kind"].value_counts()
    assert PERSONS / 3_600 <= kinds["pharmacy"] <= PERSONS / 1_500 + 3
    assert kinds["hospital"] >= 2
    assert set(clean.table("doctors")["facility_id"]) <= set(
        clean.table("facilities")["facility_id"]
    )


def test_nobody_is_served_at_night_but_by_the_planted_and_one_pharmacy(
    planted: Sample, claims: pd.DataFrame
) -> None:
    groups = [*planted.truth.rings, *planted.truth.lookalikes]
    groups = [group for group in groups if group.pattern in {"repeat_swipe", "night_pharmacy"}]
    ours = {claim for group in groups for claim in group.claims}
    pharmacy = claims[claims["med_type"] == "pharmacy"]
    night = pharmacy[pharmacy["start_time"].dt.hour.isin([0, 1, 2, 3, 4, 5, 6, 22, 23])]
    assert set(night["claim_id"]) <= ours
    by_day = claims["claim_id"].isin(ours) & ~claims["claim_id"].isin(night["claim_id"])
    assert set(claims.loc[by_day, "start_time"].dt.hour) <= {21}  # its shutters stay up
    assert len(groups) == 2


def test_mornings_at_hospitals_and_two_peaks_at_pharmacies(claims: pd.DataFrame) -> None:
    hours = claims["start_time"].dt.hour
    hospital = claims["med_type"] == "outpatient"
    assert (hours[hospital] < 12).mean() > 0.6
    count = hours[claims["med_type"] == "pharmacy"].value_counts()
    assert count[10] > 1.5 * count[13] < count[17]


def test_weekends_are_quiet_at_hospitals_only(claims: pd.DataFrame) -> None:
    weekend = claims["start_time"].dt.day_of_week >= 5
    share = weekend.groupby(claims["med_type"]).mean()
    assert share["inpatient"] < 0.2 < share["pharmacy"]


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate(tmp_path / name, persons=1_500, days=120, seed=3)
    assert _digest(tmp_path / "a") == _digest(tmp_path / "b")
    generate(tmp_path / "c", persons=1_500, days=120, seed=4)
    assert _digest(tmp_path / "a")["claims.csv"] != _digest(tmp_path / "c")["claims.csv"]


def _cast(sample: Sample) -> list[object]:
    """Return the look-alikes without those that are made of other claims, once these stand."""
    groups = [g for g in sample.truth.lookalikes if g.pattern not in MADE_OF_CLAIMS]
    return [(group.pattern, group.members) for group in groups]


def test_clean_differs_only_in_what_was_planted(planted: Sample, clean: Sample) -> None:
    assert clean.truth.rings == ()
    assert clean.truth.duplicates == ()
    assert clean.truth.identities == ()
    assert _cast(clean) == _cast(planted)
    assert clean.table("watchlist").empty


def test_parquet_holds_the_same_rows(tmp_path: Path) -> None:
    for kind in ("csv", "parquet"):
        generate(tmp_path / kind, persons=400, days=60, seed=5, format=kind)
    for name in TABLES:
        text = pd.read_csv(tmp_path / "csv" / f"{name}.csv", dtype=str, keep_default_na=False)
        typed = pq.read_table(tmp_path / "parquet" / f"{name}.parquet")
        assert typed.num_rows == len(text)
        first = typed.column(0).to_pylist()
        assert first == text.iloc[:, 0].tolist()


def test_pieces_do_not_show_in_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generate(tmp_path / "whole", persons=300, days=60, seed=2)
    for module in (claim_table, item_table):
        monkeypatch.setattr(module, "PIECE", 100)
    generate(tmp_path / "pieces", persons=300, days=60, seed=2)
    assert _digest(tmp_path / "whole") == _digest(tmp_path / "pieces")


@pytest.mark.parametrize("persons", [100, 350])
def test_small_populations_leave_parts_out_but_do_not_fail(tmp_path: Path, persons: int) -> None:
    truth = generate(tmp_path, persons=persons, days=30, seed=1, difficulty="hard")
    assert truth.difficulty == "hard"
    assert truth.counts["claims"] > persons


def test_nothing_is_planted_where_the_plan_says_so(tmp_path: Path) -> None:
    plan = Plan(persons_per_card_pool=0, persons_per_empty_swipe=0, persons_per_ring=0)
    assert generate(tmp_path, persons=300, days=30, seed=1, plan=plan).rings == ()


@pytest.mark.parametrize(
    ("persons", "days", "kind", "difficulty"),
    [
        (99, 1, "csv", "default"),
        (100, 0, "csv", "default"),
        (100, 1, "xlsx", "default"),
        (100, 1, "csv", "easy"),
    ],
)
def test_senseless_requests_are_refused(
    tmp_path: Path, persons: int, days: int, kind: str, difficulty: str
) -> None:
    with pytest.raises(ValueError, match=r"csv|default or hard"):
        generate(tmp_path, persons=persons, days=days, seed=1, format=kind, difficulty=difficulty)


def test_progress_names_the_stages(tmp_path: Path) -> None:
    stages: list[str] = []
    generate(
        tmp_path,
        persons=200,
        days=20,
        seed=1,
        progress=lambda stage, _done, _total: stages.append(stage),
    )
    assert stages[0] == "people and places"
    assert "write claims" in stages
