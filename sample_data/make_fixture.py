"""Makes the committed fixture: two regions' deliveries of about 2,000 claims, some rows broken.

Run from the checkout: `python -m sample_data.make_fixture`. South delivers canonical UTF-8, north
GB18030 under the national platform's Chinese headers. It is for tests and a first look; thresholds
are never tuned to it.
"""

import csv
import shutil
import sys
import tempfile
from pathlib import Path

from graphfraud.model.tables import TABLES

from .faults import FAULTS, Fault, Row, broken, line
from .fixture_page import fixture_page
from .generate import generate
from .plan import LookalikePlan, Plan, RingPlan, Span
from .truth import write_rows

PERSONS, DAYS, SEED = 300, 120, 20250630
RING = RingPlan(
    size=Span(8, 8),
    joint_visits=Span(12, 12),
    attendance=Span(0.85, 0.9),
    places=Span(2, 2),
    outsiders=0.0,
    cross_region_share=0.0,
)
PLAN = Plan(
    card_pool=RING,
    lookalikes=LookalikePlan.none(),
    persons_per_empty_swipe=0,
    persons_per_ring=0,
    persons_per_duplicate=100,
    persons_per_buyer=150,
)
REGIONS = {"south": "350200", "north": "130600"}
ENCODINGS = {"south": "utf-8", "north": "gb18030"}
CHINESE_CODES = {
    "med_type": {
        "pharmacy": "定点药店",
        "outpatient": "普通门诊",
        "inpatient": "住院",
        "manual": "零星报销",
    },
    "sex": {"M": "男", "F": "女"},
    "kind": {"pharmacy": "零售药店", "clinic": "诊所", "hospital": "综合医院"},
}
# The column by which a table's rows go to a region; rows of other tables all go south.
SPLIT = {
    "persons": "region",
    "facilities": "region",
    "doctors": "region",
    "claims": "settle_region",
}
Tables = dict[str, list[Row]]


def make_fixture(out: Path) -> None:
    """Write the whole fixture into `out`: south, north, truth and README.md."""
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample"
        generate(sample, persons=PERSONS, days=DAYS, seed=SEED, plan=PLAN)
        tables = {path.stem: read(path) for path in sorted(sample.glob("*.csv"))}
        out.mkdir(parents=True, exist_ok=True)
        shutil.copytree(sample / "truth", out / "truth", dirs_exist_ok=True)
    deliveries = {region: delivery(tables, code) for region, code in REGIONS.items()}
    counts = [
        (region, name, *write(out, region, name, rows))
        for region, tables in deliveries.items()
        for name, rows in tables.items()
    ]
    write_rows(out / "truth" / "rejects.csv", ("file", "reason", "outcome", "rows"), reasons())
    (out / "README.md").write_text(fixture_page(counts, reasons()), encoding="utf-8", newline="\n")


def read(path: Path) -> list[Row]:
    """Return the rows of a canonical CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def delivery(tables: Tables, code: str) -> Tables:
    """Return the rows that the region `code` delivers; the first region also has what is shared."""
    first = code == REGIONS["south"]
    mine = {
        name: [row for row in rows if _goes(name, row, code, first)]
        for name, rows in tables.items()
    }
    return {name: rows for name, rows in mine.items() if rows}


def _goes(name: str, row: Row, code: str, first: bool) -> bool:  # noqa: FBT001  called once
    if row.get("claim_id") and name != "claims":
        return row["claim_id"].startswith(code)  # lines and payments go with their claim
    return row[SPLIT[name]] == code if name in SPLIT else first


def write(out: Path, region: str, name: str, rows: list[Row]) -> tuple[int, int, int, int, int]:
    """Write one file with its broken rows; return its counts: read, loaded, duplicate, …."""
    faults = [fault for fault in FAULTS if (fault.region, fault.table) == (region, name)]
    header = list(rows[0])
    lines = [",".join(titles(region, name, header)).encode(ENCODINGS[region]) + b"\n"]
    lines += [line(PLAIN, values(region, row, header), ENCODINGS[region]) for row in rows]
    step = len(rows) // (len(faults) + 1)
    for number, fault in reversed(list(enumerate(faults))):
        bad = broken(fault, number, rows[step * number])
        at = len(lines) if number == len(faults) - 1 else step * (number + 1)
        lines.insert(at, line(fault, values(region, bad, header), ENCODINGS[region]))
    (out / region).mkdir(parents=True, exist_ok=True)
    (out / region / f"{name}.csv").write_bytes(b"".join(lines))
    count = {kind: sum(fault.outcome == kind for fault in faults) for kind in OUTCOMES}
    loaded = len(rows) + count["flagged"]
    return len(rows) + len(faults), loaded, count["duplicate"], count["conflict"], count["rejected"]


PLAIN = Fault("", "", "")
OUTCOMES = ("flagged", "duplicate", "conflict", "rejected")


def titles(region: str, name: str, header: list[str]) -> list[str]:
    """Return the header as the region writes it."""
    if region == "south":
        return header
    columns = (TABLES[name].column(title) for title in header)
    return [column.chinese[0] if column.chinese else column.name for column in columns]


def values(region: str, row: Row, header: list[str]) -> list[str]:
    """Return the row's fields as the region writes them."""
    if region == "south":
        return [row[title] for title in header]
    return [CHINESE_CODES.get(title, {}).get(row[title], row[title]) for title in header]


def reasons() -> list[tuple[str, str, str, int]]:
    """Return (file, reason, outcome, rows) of everything that is broken on purpose."""
    keys = [(f"{f.region}/{f.table}.csv", f.reason, f.outcome) for f in FAULTS]
    return [(*key, keys.count(key)) for key in sorted(set(keys))]


if __name__ == "__main__":  # pragma: no cover - the command itself; the test calls make_fixture
    make_fixture(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "fixture")
