"""Makes a claims table of any size for the benchmarks: realistic densities, no planted anything.

One pharmacy and one clinic per 2,500 insured, one hospital per 12,000; ten claims a person; a home
pharmacy, clinic and hospital that most visits go to; opening hours with a morning and an afternoon
peak. Chunks are consecutive spans of time, so memory does not grow with the table.

    python benchmarks/claims_maker.py claims.parquet --millions 10
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

CHUNK = 500_000
CLAIMS_A_PERSON = 10
DAYS = 365
FIRST_DAY = 1_735_689_600  # 2025-01-01 in seconds since 1970
KINDS = np.array(["pharmacy", "outpatient", "inpatient"])
KIND_SHARES = (0.55, 0.41, 0.04)
PERSONS_A_FACILITY = (2_500, 2_500, 12_000)
HOME_SHARE = 0.8
HOURS = np.array([0, 0, 0, 0, 0, 0, 1, 4, 9, 11, 10, 6, 3, 4, 8, 9, 7, 5, 4, 3, 2, 1, 0, 0], float)
DIAGNOSES = np.array([f"{chapter}{n:02d}.9" for chapter in "EIJKM" for n in range(40)] + ["N18.6"])

Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Size:
    """How much to make: claims, and what follows from them."""

    claims: int

    @property
    def persons(self) -> int:
        """Return the number of insured persons."""
        return max(100, self.claims // CLAIMS_A_PERSON)

    def facilities(self, kind: int) -> int:
        """Return the number of facilities of a kind."""
        return max(2, self.persons // PERSONS_A_FACILITY[kind])


def write_claims(path: Path, claims: int, seed: int = 1) -> None:
    """Write `claims` claims as the Parquet file of one feed, ordered by time."""
    size = Size(claims)
    first = _chunk(size, np.random.default_rng(seed), 0, min(CHUNK, claims))
    reader = pa.RecordBatchReader.from_batches(first.schema, _chunks(size, seed))
    with duckdb.connect() as connection:
        connection.register("chunks", reader)
        connection.execute(
            "COPY (SELECT * FROM chunks) TO $path (FORMAT parquet)", {"path": str(path)}
        )


def _chunks(size: Size, seed: int) -> Iterator[pa.RecordBatch]:
    generator = np.random.default_rng(seed)
    for low in range(0, size.claims, CHUNK):
        yield _chunk(size, generator, low, min(low + CHUNK, size.claims))


def _chunk(size: Size, generator: np.random.Generator, low: int, high: int) -> pa.RecordBatch:
    n = high - low
    number = np.arange(low, high)
    person = generator.integers(0, size.persons, n)
    kind = generator.choice(3, n, p=KIND_SHARES)
    facility = _facilities(size, generator, person, kind)
    start = _starts(size, generator, low, high)
    total = generator.integers(500, 90_000, n)
    fund = total * 7 // 10
    columns = {
        "claim_id": _ids("S3301", number, 12),
        "person_id": _ids("3301", person, 12),
        "facility_id": _ids("H3301", facility, 7),
        "doctor_id": _ids("D3301", facility * 7 + generator.integers(0, 7, n), 8),
        "med_type": pa.array(KINDS[kind]),
        "start_time": pa.array(start * 1_000_000, pa.timestamp("us")),
        "end_time": pa.array((start + 1_800) * 1_000_000, pa.timestamp("us")),
        "settle_time": pa.array((start + 1_900) * 1_000_000, pa.timestamp("us")),
        "diagnosis_code": pa.array(DIAGNOSES[generator.integers(0, len(DIAGNOSES), n)]),
        "total_amount": pa.array(total),
        "fund_amount": pa.array(fund),
        "cash_amount": pa.array(total - fund),
        "invoice_no": _ids("", generator.permutation(number), 20),
        "settle_region": pa.array(np.full(n, "330106")),
        "insurance_type": pa.array(np.where(person % 3 == 0, "310", "390")),
        "encounter_id": _ids("E", number, 15),
        "operator_id": _ids("P", facility * 3 + number % 3, 8),
        "refund_of": pa.nulls(n, pa.string()),
        "record_no": pa.array(number + 1),
        "record_hash": pa.FixedSizeBinaryArray.from_buffers(
            pa.binary(32), n, [None, pa.py_buffer(generator.bytes(32 * n))]
        ).cast(pa.binary()),
    }
    return pa.RecordBatch.from_pydict(columns)


def _facilities(
    size: Size, generator: np.random.Generator, person: Longs, kind: Longs
) -> NDArray[np.int64]:
    """Return a facility per claim: mostly the person's home one of that kind, else any."""
    counts = np.array([size.facilities(code) for code in range(3)])
    offsets = np.concatenate(([0], np.cumsum(counts)[:-1]))
    home = (person * counts[kind]) // size.persons
    away = generator.integers(0, counts[kind])
    return offsets[kind] + np.where(generator.random(len(person)) < HOME_SHARE, home, away)


def _starts(size: Size, generator: np.random.Generator, low: int, high: int) -> Longs:
    """Return sorted start times within the span of time that is this chunk's."""
    edges = (
        low * DAYS // size.claims,
        max(high * DAYS // size.claims, low * DAYS // size.claims + 1),
    )
    day = generator.integers(*edges, high - low)
    hour = generator.choice(24, high - low, p=HOURS / HOURS.sum())
    start: Longs = np.sort(
        FIRST_DAY + day * 86_400 + hour * 3_600 + generator.integers(0, 3_600, high - low)
    )
    return start


def _ids(prefix: str, numbers: Longs, width: int) -> pa.Array:
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")
    return pc.binary_join_element_wise(prefix, digits, "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--millions", type=float, default=1.0)
    given = parser.parse_args()
    write_claims(given.path, int(given.millions * 1_000_000))
