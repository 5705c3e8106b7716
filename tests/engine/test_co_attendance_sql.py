"""The compiled kernel against its twin in SQL, on random visits."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.engine import co_attendance
from graphfraud.engine.co_attendance import PairCounts, pair_counts
from graphfraud.engine.duckdb import Engine
from graphfraud.engine.visits import Visits

PERSONS, STRATA = 6, 3
KERNELS = ("_meetings", "_sieved", "_place", "_days_of_pairs")
Visit = tuple[int, int, int, int, int]
VISITS = st.lists(
    st.tuples(
        st.integers(0, 2),  # place
        st.integers(0, 120).map(lambda n: n * 1_800),  # start: two and a half days, half hours
        st.integers(0, PERSONS - 1),
        st.integers(-1, STRATA - 1),  # stratum; -1 takes no part
        st.sampled_from([-1, 0, 1_799, 1_800, 7_200, 86_400]),  # window
    ),
    max_size=60,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(temporary=tmp_path_factory.mktemp("spill")) as engine:
        yield engine


def as_visits(rows: list[Visit]) -> Visits:
    columns = [[row[k] for row in sorted(rows)] for k in range(5)]
    place, person, stratum, window = (np.array(columns[k], np.int32) for k in (0, 2, 3, 4))
    start = np.array(columns[1], np.int64)
    return Visits(person, place, start, stratum, window, PERSONS, STRATA)


def by_sql(engine: Engine, visits: Visits, at_least: int) -> list[list[int]]:
    names = {"person": "person", "group": "place", "start": "start", "stratum": "stratum"}
    columns = {column: getattr(visits, field) for field, column in names.items()}
    engine.register("windowed_events", pa.table(columns | {"window_s": visits.window}))
    pairs = engine.arrays("co_attendance", {"at_least": at_least})
    return [pairs[name].tolist() for name in ("a", "b", "days")]


def plain(found: PairCounts) -> list[list[int]]:
    return [array.tolist() for array in (found.a, found.b, found.count)]


@settings(max_examples=250, deadline=None)
@given(rows=VISITS, at_least=st.integers(1, 3))
def test_kernel_and_sql_agree(engine: Engine, rows: list[Visit], at_least: int) -> None:
    visits = as_visits(rows)
    assert plain(pair_counts(visits, at_least=at_least)) == by_sql(engine, visits, at_least)


@settings(max_examples=40, deadline=None)
@given(rows=VISITS, at_least=st.integers(1, 2))
def test_the_uncompiled_kernel_agrees(engine: Engine, rows: list[Visit], at_least: int) -> None:
    visits = as_visits(rows)
    with pytest.MonkeyPatch.context() as patch:
        for name in KERNELS:
            patch.setattr(co_attendance, name, getattr(co_attendance, name).py_func)
        found = plain(pair_counts(visits, at_least=at_least))
    assert found == by_sql(engine, visits, at_least)


def test_a_large_table_agrees(engine: Engine) -> None:
    generator = np.random.default_rng(5)
    rows = [
        (int(p), int(s) * 60, int(who), int(s) * 60 // 86_400 % STRATA, 1_200)
        for p, s, who in zip(
            generator.integers(0, 3, 4_000),
            generator.integers(0, 20_000, 4_000),
            generator.integers(0, PERSONS, 4_000),
            strict=True,
        )
    ]
    visits = as_visits(rows)
    found = plain(pair_counts(visits, at_least=1))
    assert found == by_sql(engine, visits, 1)
    assert len(found[0]) == PERSONS * (PERSONS - 1) // 2
