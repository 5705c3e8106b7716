"""Shows that the cost of our path from Parquet to pair counts is linear in the claims.

    python benchmarks/bench_scale.py --millions 1 10 50

Tens against ones should take at most twelve times as long; 50 M claims should stay below 8 GB.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.bench_pairs import __file__ as pairs_script
from benchmarks.claims_maker import write_claims
from benchmarks.measure import in_own_process
from benchmarks.pair_work import CLAIMS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[1.0, 10.0])
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the data is made, and found again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        measure(given.folder or Path(fresh), given.millions, given.repeats)


def measure(home: Path, sizes: list[float], repeats: int) -> None:
    print(f"{'M claims':>9} {'seconds':>8} {'x first':>8} {'x floor':>8} {'peak MB':>8}  answer")
    first = 0.0
    for millions in sizes:
        folder = home / f"{millions:g}"
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / CLAIMS).exists():
            write_claims(folder / CLAIMS, int(millions * 1_000_000))
        floor = in_own_process(Path(pairs_script), "floor", folder, repeats)
        seconds, peak_mb, answer = in_own_process(Path(pairs_script), "whole", folder, repeats)
        first = first or seconds
        print(
            f"{millions:9g} {seconds:8.2f} {seconds / first:8.2f} {seconds / floor.seconds:8.2f} "
            f"{peak_mb:8}  {answer}",
            flush=True,
        )


if __name__ == "__main__":
    main()
