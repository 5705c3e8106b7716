"""One planted and one clean sample for all tests of the generator, read back as text."""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest

from sample_data import Truth, generate
from sample_data.plan import preset
from sample_data.truth import TrueGroup

PERSONS, DAYS = 12_000, 365
# Look-alikes whose members are found among honest claims, so that they differ with these.
MADE_OF_CLAIMS = {"box_returned", "split_pack", "scan_error", "refund_counter"}


@dataclass(frozen=True)
class Sample:
    """A written sample: its folder, its truth, and its tables on demand."""

    folder: Path
    truth: Truth

    def table(self, name: str) -> pd.DataFrame:
        """Read one table; every cell is text, missing cells are empty."""
        return pd.read_csv(self.folder / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("planted")
    return Sample(folder, generate(folder, persons=PERSONS, days=DAYS, seed=7))


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("clean")
    return Sample(folder, generate(folder, persons=PERSONS, days=DAYS, seed=7, clean=True))


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Return a hard sample with four rings of each pattern."""
    folder = tmp_path_factory.mktemp("hard")
    plan = replace(preset("hard"), persons_per_card_pool=3_000, persons_per_ring=3_000)
    truth = generate(folder, persons=PERSONS, days=DAYS, seed=7, difficulty="hard", plan=plan)
    return Sample(folder, truth)


@pytest.fixture(scope="session")
def hard_claims(hard: Sample) -> pd.DataFrame:
    """Claims of the hard sample with times parsed and amounts in fen."""
    return parsed(hard.table("claims"))


@pytest.fixture(scope="session")
def claims(planted: Sample) -> pd.DataFrame:
    """Claims with times parsed and amounts in fen."""
    return parsed(planted.table("claims"))


def parsed(table: pd.DataFrame) -> pd.DataFrame:
    for column in ("start_time", "end_time", "settle_time"):
        table[column] = pd.to_datetime(table[column])
    for column in ("total_amount", "fund_amount", "cash_amount"):
        table[column] = table[column].str.replace(".", "", regex=False).astype("int64")
    return table


def lookalikes(sample: Sample, kind: str) -> list[TrueGroup]:
    """Return the look-alikes of a kind; there is one at least."""
    groups = [group for group in sample.truth.lookalikes if group.pattern == kind]
    assert groups, kind
    return groups


def entities(group: TrueGroup, entity_type: str = "person", role: str | None = None) -> list[str]:
    """Return the ids of a group's members of a type, in one role or in any."""
    return [e for kind, e, r in group.members if kind == entity_type and role in {None, r}]


def mine(table: pd.DataFrame, group: TrueGroup) -> pd.DataFrame:
    """Return the rows of a group's claims."""
    return table[table["claim_id"].isin(group.claims)]


def one_value(values: pd.Series) -> bool:
    """Tell whether all values are the same."""
    return len(set(values)) == 1
