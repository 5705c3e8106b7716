"""Loads damaged rows by the million: the balance must hold exactly, and nothing may go unhandled.

Usage: python tests/commands/fuzz_load.py --rows 1000000 --seed 1

Rows are put together from sound and unsound values, then bytes are overwritten, quotes and line
ends strewn in, encodings mixed. Every file must become a feed whose records are all accounted for,
in rows and in fen and by reading the written files back, or a FeedError.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from graphfraud.errors import FeedError
from graphfraud.model.reasons import REASONS
from graphfraud.settings import Limits
from graphfraud.workspace import Feed, WorkspaceFolder
from loaders import load

ROWS_A_FILE = 25_000
IDS = [
    "0001",
    "A-17",
    "P+1",
    " x ",
    "",
    "x" * 70,
    "4.4E+17",
    "甲乙",
    "a\tb",
    "a\x7f",
    '"q"',
    "\ufffd",
]
MONEY = ["10.00", "0", "-5", ".5", "1,000", "1e3", "9" * 30, "1.005", "", "¥3", "７", "NaN", " 7 "]
TIMES = [
    "2025-01-02 03:04:05", "2025-01-02", "20250102", "2025年1月2日", "01/02/2025", "2025-02-30",
    "9999-12-31", "0001-01-01", "", "2999-01-01", "2025-01-02T25:00", "now()",
]  # fmt: skip
CODES = ["11", "21", "住院", "outpatient", "7", "", "41", "310", "M", "0", "hospital", "'; DROP"]
KINDS: dict[str, dict[str, list[str] | None]] = {
    "claims": {
        "claim_id": None, "person_id": IDS, "facility_id": IDS, "med_type": CODES,
        "start_time": TIMES, "end_time": TIMES, "total_amount": MONEY, "insurance_type": CODES,
        "refund_of": IDS,
    },
    "claim_items": {
        "claim_id": None, "line_no": IDS, "item_code": IDS, "quantity": MONEY, "amount": MONEY,
    },
    "persons": {
        "person_id": None, "name": IDS, "sex": CODES, "birth_date": TIMES, "id_number": IDS,
    },
    "relations": {
        "from_type": CODES, "from_id": IDS, "relation": CODES, "to_type": CODES, "to_id": IDS,
        "since": TIMES, "until": TIMES,
    },
}  # fmt: skip
NOISE = [
    b'"',
    b'""',
    b",",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xd5\xc5",
    "张".encode(),
    b"\\",
]


def fuzzed_file(chance: random.Random, table: str, rows: int) -> bytes:
    """Return a file of `rows` rows, some sound, some not."""
    columns = KINDS[table]
    encoding = chance.choice(["utf-8", "utf-8", "gb18030", "utf-16"])
    end = chance.choice(["\n", "\r\n", "\r"])
    damage = chance.choice([0.0, 0.001, 0.05])
    lines = [",".join(columns)]
    for n in range(rows):
        values = [
            f"C{chance.randrange(n + 1) if chance.random() < 0.1 else n}"
            if pool is None
            else pool[0 if chance.random() < 0.9 else chance.randrange(len(pool))]
            for pool in columns.values()
        ]
        lines.append(",".join(values))
    content = end.join(lines).encode(encoding, "replace")
    return damaged(chance, content, len(end.join(lines[:1])) * 2 + 8, int(rows * damage))


def damaged(chance: random.Random, content: bytes, begin: int, times: int) -> bytes:
    """Overwrite bytes at `times` places behind `begin`."""
    out = bytearray(content)
    for _ in range(times):
        noise = chance.choice([*NOISE, chance.randbytes(2)])
        at = chance.randrange(min(begin, len(out) - 1), len(out))
        out[at : at + chance.choice([0, len(noise)])] = noise
    return bytes(out)


def check(workspace: WorkspaceFolder, feed: Feed) -> None:
    """Hold the feed's balance against the files it wrote."""
    folder = workspace.feed_folder(feed.feed_id)
    rejects = pq.read_table(folder / "rejects.parquet", columns=["table_name", "reasons"])
    for table, count in feed.tables.items():
        assert count.balanced(), (feed.file_name, table, count)
        written = pq.read_metadata(folder / "tables" / f"{table}.parquet").num_rows
        assert written == count.loaded, (feed.file_name, written, count)
        assert rejects.num_rows == count.read - count.loaded, (feed.file_name, count)
    found = Counter(code for codes in rejects["reasons"].to_pylist() for code in codes)
    assert set(found) <= set(REASONS), found
    assert all(rejects["reasons"].to_pylist()), "a record without a reason"


def fuzz(rows: int, seed: int) -> Counter[str]:
    """Load at least `rows` fuzzed rows; returns what became of them."""
    chance = random.Random(seed)  # noqa: S311 - repeatable noise, no secret
    outcome: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        workspace = WorkspaceFolder.open(Path(folder) / "workspace", create=True)
        while outcome["read"] < rows:
            table = chance.choice(list(KINDS))
            path = Path(folder) / f"{table}_{outcome['files']}.csv"
            size = min(ROWS_A_FILE, max(1, rows - outcome["read"]))
            path.write_bytes(fuzzed_file(chance, table, size))
            outcome["files"] += 1
            try:
                (done,) = load(workspace, [path], limits=Limits(threads=2)).feeds
            except FeedError as fault:
                outcome["refused files"] += 1
                sys.stdout.write(f"{fault}\n")
                continue
            check(workspace, done.feed)
            for count in done.feed.tables.values():
                for name in ("read", "loaded", "duplicate", "conflict", "rejected"):
                    outcome[name] += getattr(count, name)
            outcome.update({f"reason {name}": n for name, n in done.feed.reasons.items()})
            path.unlink()
    parts = ("loaded", "duplicate", "conflict", "rejected")
    assert outcome["read"] == sum(outcome[name] for name in parts)
    return outcome


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for name, number in fuzz(given.rows, given.seed).items():
        sys.stdout.write(f"{name:28} {number:>12,}\n")


if __name__ == "__main__":
    main()
