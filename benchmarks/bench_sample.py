"""How long the sample takes: `python benchmarks/bench_sample.py [PERSONS]` (960,000: 10 M claims).

Goal: 10 M claims in at most 3 minutes on two cores, below 8 GB. Files go to a temporary folder.
"""

import sys
import tempfile
import time
from pathlib import Path

from graphfraud.resources import bundled_module


def main(persons: int) -> None:
    """Print rows, seconds of wall and of processor, and rows a second."""
    with tempfile.TemporaryDirectory() as folder:
        wall, processor = time.perf_counter(), time.process_time()
        truth = bundled_module("sample_data").generate(
            Path(folder), persons=persons, days=365, seed=1
        )
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    claims = truth.counts["claims"]
    print(f"{claims:,} claims, {truth.counts['claim_items']:,} items, {len(truth.rings):,} rings")
    print(f"{wall:.1f} s wall, {processor:.1f} s processor, {claims / wall:,.0f} claims a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 960_000)
