"""A whole detection run, permutations included, against the floor: DuckDB scanning the same tables.

    python benchmarks/bench_detect.py --claims 1000000 10000000

The population is the generator's, with rings and duplicates, so every pattern has work. Floor and
detection run in turns, each in a process of its own on all cores, detection with compiled kernels;
medians over the rounds. Goals: at most 90 times the floor, at most 1.2 times as much for each claim
when claims grow, at most 8 GB.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

import graphfraud
from benchmarks.measure import Measured, in_own_process, report
from graphfraud.resources import bundled
from graphfraud.settings import DEFAULT_SEED

GOAL, GROWTH, GOAL_MB = 90.0, 1.2, 8_000
CLAIMS_A_PERSON = 10.4  # of the generator's population, in a year
WORKSPACE = "workspace"
SUMS = {"TIMESTAMP": "sum(epoch_us({}))", "DATE": "sum(epoch({}))", "BLOB": "sum(octet_length({}))"}
SUMS |= {"VARCHAR": "sum(strlen({}))", "BOOLEAN": "count_if({})"}
Answer = dict[str, int]
Done = dict[str, list[Measured]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the data is made, and found again")
    parser.add_argument("--one", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("--repeats", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        report(CONTENDERS[given.one](given.folder), given.repeats)
        return
    with tempfile.TemporaryDirectory() as fresh:
        per_claim: list[float] = []
        for claims in given.claims:
            folder = (given.folder or Path(fresh)) / str(claims)
            make(folder, claims)
            per_claim.append(show(run_all(folder, given.rounds)))
    growth = per_claim[-1] / per_claim[0]
    print(f"seconds a claim, last / first: {growth:.2f}, goal {GROWTH:g}: {met(growth <= GROWTH)}")


def make(folder: Path, claims: int) -> None:
    """Invent a population of about so many claims and load it, where that is not done yet."""
    if (folder / WORKSPACE).exists():
        return
    persons = str(int(claims / CLAIMS_A_PERSON))
    with tempfile.TemporaryDirectory() as sample:
        command("sample", "--out", sample, "--persons", persons, "--format", "parquet")
        command("load", sample, "--workspace", str(folder / WORKSPACE))


def command(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "graphfraud", *words], check=True, stdout=subprocess.DEVNULL
    )


def run_all(folder: Path, rounds: int) -> Done:
    done: Done = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name, measured in done.items():
            measured.append(in_own_process(Path(__file__).resolve(), name, folder, 1))
    return done


def show(done: Done) -> float:
    """Print the seconds of every stage; return those of the whole, for each claim."""
    floor, whole = (statistics.median(one.seconds for one in done[name]) for name in CONTENDERS)
    first, peak = done["detect"][0].answer, max(one.peak_mb for one in done["detect"])
    counts = ", ".join(f"{first[name]:,} {name}" for name in ("claims", "leads", "explained"))
    print(f"{counts}, {len(done['detect'])} rounds; a scan takes {floor:.2f} s")
    print(f"{'':16} {'median s':>9} {'x floor':>8}")
    stages = {
        name: statistics.median(one.answer[name] for one in done["detect"]) / 1000
        for name in first
        if name not in ("claims", "leads", "explained")
    }
    for name, seconds in sorted(stages.items(), key=lambda stage: -stage[1]):
        print(f"{name:16} {seconds:9.2f} {seconds / floor:8.2f}")
    rest = whole - sum(stages.values())
    print(f"{'rest':16} {rest:9.2f} {rest / floor:8.2f}")  # result tables made, written, kept
    ratio = whole / floor
    print(f"{'whole':16} {whole:9.2f} {ratio:8.2f}, goal {GOAL:g}: {met(ratio <= GOAL)}")
    print(f"peak {peak} MB, goal {GOAL_MB}: {met(peak <= GOAL_MB)}", flush=True)
    return whole / first["claims"]


def met(reached: bool) -> str:  # noqa: FBT001 - the one argument
    return "met" if reached else "MISSED"


def scan(folder: Path) -> Callable[[], Answer]:
    """Read every column of every table that was loaded and sum it: less is not possible."""
    files = sorted((folder / WORKSPACE).glob("feeds/*/tables/*.parquet"))

    def work() -> Answer:
        with duckdb.connect() as connection:
            for file in files:
                source = connection.read_parquet(str(file))
                pairs = zip(source.columns, source.dtypes, strict=True)
                parts = [SUMS.get(str(kind), "sum({})").format(name) for name, kind in pairs]
                source.aggregate(", ".join(parts)).fetchall()
        return {}

    return work


def detect(folder: Path) -> Callable[[], Answer]:
    """Run every pattern; the small fixture is looked through first, which compiles the kernels."""
    with tempfile.TemporaryDirectory() as small:
        store = graphfraud.open_workspace(small)
        store.load(bundled("sample_data") / "fixture" / "south")
        store.detect()
    store = graphfraud.open_workspace(folder / WORKSPACE, create=False)

    def work() -> Answer:
        # A seed of its own makes it a run of its own: a run that is there already is not kept.
        seed = DEFAULT_SEED + len(store.runs())
        with tempfile.TemporaryDirectory() as out:
            store.detect(out, seed=seed)
            told = json.loads((Path(out) / "run.json").read_text(encoding="utf-8"))
        claims = store.status().tables["claims"].loaded
        stages = {name: int(seconds * 1000) for name, seconds in told["seconds"].items()}
        counts = {name: told["counts"][name] for name in ("leads", "explained")}
        return {"claims": claims} | counts | stages

    return work


CONTENDERS = {"scan": scan, "detect": detect}

if __name__ == "__main__":
    main()
