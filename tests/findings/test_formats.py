"""One delivery in four dresses: canonical CSV, the national platform's CSV, XLSX and Parquet."""

from pathlib import Path

import pandas as pd
import pytest

from graphfraud.api import open_workspace
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


def test_every_format_gives_the_same_bytes(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    hashes = {}
    for dress in (canonical, national, parquet, xlsx):
        folder = tmp_path / dress.__name__
        folder.mkdir()
        dress(tables, folder)
        workspace = open_workspace(tmp_path / f"workspace-{dress.__name__}")
        report = workspace.load(folder)
        assert (report.loaded, report.rejected) == (sum(map(len, tables.values())), 0)
        run = workspace.detect(patterns=PATTERNS, parameters=QUICK).run
        assert run["counts"]["leads"] >= 1
        hashes[dress.__name__] = run["result_hash"]
    assert len(set(hashes.values())) == 1, hashes
