"""The same claims in any order, files, batches, with any hash seed: one result hash.

    python tests/commands/check_order.py [--shuffles 10] [--persons 4000] [--days 180]

Makes one population and detects on it as generated; then, for every shuffle, writes every table
with its rows shuffled, as one file or as several in shuffled order, and runs the main job in a
process of its own with another PYTHONHASHSEED, batch size and number of threads. Ends with
1 when two hashes differ.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from graphfraud.resources import bundled_module

QUICK = ["--pattern", "co_visit", "--pattern", "same_invoice"]

HASH_SEEDS = ("0", "1", "4242")
PIECES = (1, 3)
THREADS = ("1", "2")
BATCH_ROWS = ("131072", "1000")


def main() -> int:
    """Run every shuffle and print how many result hashes there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shuffles", type=int, default=10)
    parser.add_argument("--persons", type=int, default=4_000)
    parser.add_argument("--days", type=int, default=180)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        bundled_module("sample_data").generate(data, persons=asked.persons, days=asked.days, seed=5)
        hashes = Counter([result_hash(data, folder / "first", {})])
        for number in range(asked.shuffles):
            delivery = folder / f"delivery{number}"
            shuffled(data, delivery, number, PIECES[number % len(PIECES)])
            hashes[result_hash(delivery, folder / f"workspace{number}", settings(number))] += 1
    same = max(hashes.values())
    print(f"{dict(hashes)}\n{same} passed, {sum(hashes.values()) - same} failed")
    return int(len(hashes) > 1)


def shuffled(data: Path, delivery: Path, seed: int, pieces: int) -> None:
    """Write every CSV of `data` with shuffled rows, cut into `pieces` files of shuffled names."""
    generator = random.Random(seed)  # noqa: S311  not for secrets
    delivery.mkdir()
    for table in sorted(data.glob("*.csv")):
        header, *rows = table.read_text(encoding="utf-8").splitlines()
        generator.shuffle(rows)
        for piece in range(pieces):
            name = delivery / f"{generator.randrange(10**6):06d}_{table.name}"
            lines = [header, *rows[piece::pieces]]
            name.write_text("\n".join(lines) + "\n", encoding="utf-8")


def settings(number: int) -> dict[str, str]:
    """Return the environment of one shuffle."""
    return {
        "PYTHONHASHSEED": HASH_SEEDS[number % 3],
        "GRAPHFRAUD_THREADS": THREADS[number // 2 % 2],
        "GRAPHFRAUD_BATCH_ROWS": BATCH_ROWS[number // 3 % 2],
    }


def result_hash(delivery: Path, workspace: Path, variables: dict[str, str]) -> str:
    """Load and detect in processes of their own; return the run's result hash."""
    environment = {**os.environ, **variables}
    for command in (["load", str(delivery)], ["detect", "--out", str(workspace / "out")]):
        arguments = [sys.executable, "-m", "graphfraud", *command, "--workspace", str(workspace)]
        extra = QUICK if command[0] == "detect" else []
        subprocess.run(
            [*arguments, *extra, "--json"], check=True, env=environment, capture_output=True
        )
    run = json.loads((workspace / "out" / "run.json").read_text(encoding="utf-8"))
    return str(run["result_hash"])


if __name__ == "__main__":
    sys.exit(main())
