"""Loading CSV against the floor: DuckDB turning the same CSV untyped into Parquet.

    python benchmarks/bench_load.py --claims 1000000 --rounds 3

Loading hashes and keeps the source, finds broken records, types and checks every value, looks for
duplicates, writes Parquet and rejects, and publishes the feeds on disk; the floor only copies text.
Both run in turns, each in its own process, all threads; the ratio of the medians is the figure (the
goal is 4). CPU seconds stand beside, for machines that do other work as well.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks.measure import Measured, in_own_process, report
from graphfraud.settings import Limits
from graphfraud.workspace import WorkspaceFolder
from loaders import load

FILES = ("claims.csv", "claim_items.csv")
GOAL = 4.0
_WARM_UP = "person_id,name\nP1,a\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--claims", type=int, default=1_000_000, help="claims; items are twice as many"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the data is made, and found again")
    parser.add_argument("--one", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("--repeats", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        report(CONTENDERS[given.one](given.folder), given.repeats)
        return
    with tempfile.TemporaryDirectory() as fresh:
        folder = given.folder or Path(fresh)
        make(folder, given.claims)
        compare(folder, given.rounds)


def compare(folder: Path, rounds: int) -> None:
    size = sum((folder / name).stat().st_size for name in FILES) / 1e6
    print(f"{size:.0f} MB of CSV, {rounds} rounds")
    done: dict[str, list[Measured]] = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name, measured in done.items():
            measured.append(in_own_process(Path(__file__).resolve(), name, folder, 1))
    rows = {name: measured[0].answer["rows"] for name, measured in done.items()}
    assert len(set(rows.values())) == 1, rows
    print(f"{'':8} {'median s':>9} {'x floor':>8} {'CPU s':>7} {'x floor':>8} {'peak MB':>8}  rows")
    floor = [_median(done["floor"], take) for take in (_wall, _cpu)]
    for name, measured in done.items():
        wall, cpu = _median(measured, _wall), _median(measured, _cpu)
        peak = max(m.peak_mb for m in measured)
        print(
            f"{name:8} {wall:9.2f} {wall / floor[0]:8.2f} {cpu:7.2f} {cpu / floor[1]:8.2f} "
            f"{peak:8} {rows[name]:,}"
        )
    ratio = _median(done["load"], _wall) / floor[0]
    print(f"ratio {ratio:.2f}, goal {GOAL:g}: {'met' if ratio <= GOAL else 'MISSED'}")


def _median(measured: list[Measured], take: Callable[[Measured], float]) -> float:
    return statistics.median(take(one) for one in measured)


def _wall(measured: Measured) -> float:
    return measured.seconds


def _cpu(measured: Measured) -> float:
    return measured.answer["cpu_ms"] / 1000


def floor_work(folder: Path) -> Callable[[], dict[str, int]]:
    def work() -> dict[str, int]:
        started, rows = time.process_time(), 0
        with tempfile.TemporaryDirectory(dir=folder) as out, duckdb.connect() as connection:
            for name in FILES:
                done = connection.execute(
                    "COPY (FROM read_csv($source, all_varchar = TRUE)) TO $target (FORMAT parquet)",
                    {"source": str(folder / name), "target": f"{out}/{name}.parquet"},
                ).fetchone()
                rows += done[0] if done else 0
        return {"rows": rows, "cpu_ms": int((time.process_time() - started) * 1000)}

    return work


def load_work(folder: Path) -> Callable[[], dict[str, int]]:
    with tempfile.TemporaryDirectory() as out:  # compiles the scanner where it is not cached yet
        small = Path(out) / "persons.csv"
        small.write_text(_WARM_UP, encoding="utf-8")
        load(WorkspaceFolder.open(Path(out) / "workspace", create=True), [small])

    def work() -> dict[str, int]:
        started = time.process_time()
        with tempfile.TemporaryDirectory(dir=folder) as out:
            workspace = WorkspaceFolder.open(Path(out) / "workspace", create=True)
            done = load(workspace, [folder / name for name in FILES], limits=Limits())
        return {"rows": done.loaded, "cpu_ms": int((time.process_time() - started) * 1000)}

    return work


CONTENDERS = {"floor": floor_work, "load": load_work}


def make(folder: Path, claims: int) -> None:
    """Write claims and twice as many items; the same bytes for the same number."""
    folder.mkdir(parents=True, exist_ok=True)
    if all((folder / name).exists() for name in FILES):
        return
    chance = np.random.default_rng(1)
    _claims(chance, claims).to_csv(folder / FILES[0], index=False)
    _items(chance, 2 * claims).to_csv(folder / FILES[1], index=False)


def _claims(chance: np.random.Generator, n: int) -> pd.DataFrame:
    moments = pd.Timestamp("2025-01-01") + pd.to_timedelta(
        chance.integers(0, 365 * 86_400, n), unit="s"
    )
    written = moments.strftime("%Y-%m-%d %H:%M:%S")
    total = chance.integers(100, 500_000, n)
    return pd.DataFrame(
        {
            "claim_id": _ids("C", np.arange(n), 10),
            "person_id": _ids("P", chance.integers(0, n // 10 + 1, n), 8),
            "facility_id": _ids("H", chance.integers(0, 100, n), 11),
            "doctor_id": _ids("D", chance.integers(0, 1000, n), 6),
            "med_type": chance.choice(["outpatient", "inpatient", "pharmacy"], n),
            "start_time": written,
            "end_time": written,
            "settle_time": written,
            "diagnosis_code": chance.choice(["I10", "E11.9", "J06"], n),
            "total_amount": _yuan(total),
            "fund_amount": _yuan(total // 2),
            "cash_amount": _yuan(total - total // 2),
            "invoice_no": _ids("", chance.integers(0, 10**11, n), 12),
            "settle_region": "310100",
            "insurance_type": "310",
            "encounter_id": _ids("E", np.arange(n), 10),
            "operator_id": "O1",
            "refund_of": "",
        }
    )


def _items(chance: np.random.Generator, n: int) -> pd.DataFrame:
    quantity, price = chance.integers(1, 100, n), chance.integers(1, 5000, n)
    return pd.DataFrame(
        {
            "claim_id": _ids("C", np.arange(n) // 2, 10),
            "line_no": np.arange(n) % 2 + 1,
            "item_code": _ids("X", chance.integers(0, 5000, n), 10),
            "item_name": "阿司匹林肠溶片",
            "quantity": quantity,
            "unit_price": _yuan(price),
            "amount": _yuan(quantity * price),
            "trace_code": _ids("8", chance.integers(0, 10**15, n), 19),
        }
    )


def _ids(letter: str, numbers: np.ndarray, digits: int) -> list[str]:
    return [f"{letter}{number:0{digits}d}" for number in numbers.tolist()]


def _yuan(fen: np.ndarray) -> list[str]:
    return [f"{one // 100}.{one % 100:02d}" for one in fen.tolist()]


if __name__ == "__main__":
    main()
