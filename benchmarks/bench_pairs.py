"""From claims to pairs: our path against the floor, and our kernel against SQL, polars and pandas.

    python benchmarks/bench_pairs.py --millions 10

The floor reads and sums every column of the same Parquet file. Every contender runs in its own
process, twice before it is timed where it compiles, on two threads; medians and peak memory.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.claims_maker import write_claims
from benchmarks.measure import Measured, in_own_process, report
from benchmarks.pair_work import CLAIMS, CONTENDERS, VISITS, save_visits

PEERS = ("duckdb", "polars", "pandas")
REPEATS = {"duckdb": 1, "polars": 1, "pandas": 1}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=1.0, help="claims, in millions")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument(
        "--without", nargs="*", default=[], choices=PEERS, help="peers to leave out"
    )
    parser.add_argument("--folder", type=Path, help="where the data is made, and found again")
    parser.add_argument("--one", choices=CONTENDERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        work = CONTENDERS[given.one](given.folder)
        if given.one not in PEERS:
            work()
        report(work, given.repeats)
        return
    with tempfile.TemporaryDirectory() as fresh:
        folder = given.folder or Path(fresh)
        make(folder, int(given.millions * 1_000_000))
        names = [name for name in CONTENDERS if name not in given.without]
        compare(folder, names, given.millions, given.repeats)


def make(folder: Path, claims: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / CLAIMS).exists():
        write_claims(folder / CLAIMS, claims)
    if not (folder / VISITS).exists():
        save_visits(folder)


def compare(folder: Path, names: list[str], millions: float, repeats: int) -> None:
    print(f"{millions:g} M claims, {(folder / CLAIMS).stat().st_size / 1e6:.0f} MB of Parquet")
    print(f"{'':10} {'median s':>9} {'x floor':>8} {'x kernel':>9} {'peak MB':>8}  answer")
    done: dict[str, Measured] = {}
    script = Path(__file__).resolve()
    for name in names:
        done[name] = in_own_process(script, name, folder, REPEATS.get(name, repeats))
        seconds, peak_mb, answer = done[name]
        floor = seconds / done["floor"].seconds
        kernel = f"{seconds / done['kernel'].seconds:9.1f}" if "kernel" in done else " " * 9
        print(f"{name:10} {seconds:9.2f} {floor:8.2f} {kernel} {peak_mb:8}  {answer}", flush=True)
    answers = [done[name].answer for name in ("whole", "kernel", *PEERS) if name in done]
    assert all(answer == answers[0] for answer in answers), "the contenders disagree"


if __name__ == "__main__":
    main()
