"""One delivery in four dresses: canonical CSV, the national platform's CSV, XLSX and Parquet."""

from pathlib import Path

import pandas as pd
import pytest

from graphfraud.api import Workspace, open_workspace
from graphfraud.model.tables import TABLES
from graphfraud.resources import bundled_module
from tests.quick import QUICK

NATIONAL_CODES = {
    "med_type": {"pharmacy": "41", "outpatient": "11", "inpatient": "2101", "manual": "零星报销"},
    "sex": {"M": "1", "F": "女"},
    "kind": {"pharmacy": "定点零售药店", "hospital": "医院", "clinic": "诊所"},
    "insurance_type": {"310": "职工基本医疗保险", "390": "城乡居民基本医疗保险"},
}
PATTERNS = ("co_visit", "doctor_pharmacy", "repeat_swipe", "shared_pivot", "same_invoice")
TABLES_USED = ("persons", "facilities", "doctors", "claims")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    folder = tmp_path_factory.mktemp("sample")
    bundled_module("sample_data").generate(folder, persons=1_500, days=120, seed=77)
    read = {name: pd.read_csv(folder / f"{name}.csv", dtype=str) for name in TABLES_USED}
    return {name: table.fillna("") for name, table in read.items()}


def canonical(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)


def national(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    for name, table in tables.items():
        told = table.assign(
            **{
                column: table[column].map(lambda code, known=known: known.get(code, code))
                for column, known in NATIONAL_CODES.items()
                if column in table
            }
        )
        headers = {column.name: column.aliases[-1] for column in TABLES[name].columns}
        told.rename(columns=headers).to_csv(folder / f"{name}.csv", index=False, encoding="gb18030")


def parquet(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)


def xlsx(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    with pd.ExcelWriter(folder / "delivery.xlsx", engine="openpyxl") as book:
        for name, table in tables.items():
            amounts = {
                column.name: pd.to_numeric(table[column.name])
                for column in TABLES[name].columns
                if column.kind == "money" and column.name in table
            }
            table.assign(**amounts).to_excel(book, sheet_name=name, index=False)


def loaded(workspace: Workspace) -> dict[str, list[tuple[str, ...]]]:
    """Return every row of every table as it was loaded, without where it stood, in one order."""
    rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in TABLES_USED}
    for file in sorted(workspace.path.rglob("tables/*.parquet")):
        table = pd.read_parquet(file).drop(columns=["record_no", "record_hash"])
        assert file.stem in rows
        ordered = table.sort_index(axis="columns").itertuples(index=False)
        rows[file.stem] += [tuple(map(str, row)) for row in ordered]
    return {name: sorted(found) for name, found in rows.items()}


def test_every_format_gives_the_same_rows_and_bytes(
    tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    """The rows of all four are alike; the results of the two that differ most, to the byte."""
    rows, hashes = {}, set()
    for dress in (canonical, national, parquet, xlsx):
        folder = tmp_path / dress.__name__
        folder.mkdir()
        dress(tables, folder)
        workspace = open_workspace(tmp_path / f"workspace-{dress.__name__}")
        report = workspace.load(folder)
        assert (report.loaded, report.rejected) == (sum(map(len, tables.values())), 0)
        rows[dress.__name__] = loaded(workspace)
        if dress in {canonical, xlsx}:
            run = workspace.detect(patterns=PATTERNS, parameters=QUICK).run
            assert run["counts"]["leads"] >= 1
            hashes.add(run["result_hash"])
    wanted = rows.pop("canonical")
    assert {name: len(found) for name, found in wanted.items()} == {
        name: len(table) for name, table in tables.items()
    }
    assert [name for name, found in rows.items() if found != wanted] == []
    assert len(hashes) == 1
