"""The engine's fence, its parameters, its results and its errors."""

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.values import whole_columns
from graphfraud.errors import EngineError
from graphfraud.settings import Limits
from tests.engine.conftest import Steps


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(temporary=tmp_path / "spill", allowed=[tmp_path / "open"])


def test_several_statements_share_their_parameters(engine: Engine, steps: Steps) -> None:
    step = steps("t/two", "CREATE TABLE t AS SELECT $a::INT AS a; SELECT a + $b AS sum FROM t;")
    assert engine.frame(step, {"a": 1, "b": 2})["sum"].tolist() == [3]


def test_files_travel_as_parameters_in_both_directions(
    engine: Engine, steps: Steps, tmp_path: Path
) -> None:
    target = tmp_path / "open" / "it's; DROP TABLE.parquet"
    target.parent.mkdir()
    write = steps("t/write", "COPY (SELECT 'x' AS s) TO $target (FORMAT parquet)")
    engine.run(write, {"target": target})
    read = steps("t/read", "SELECT * FROM read_parquet($files)")
    assert engine.arrow(read, {"files": [target]}).to_pylist() == [{"s": "x"}]


def test_other_folders_are_out_of_reach(engine: Engine, steps: Steps, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n")
    step = steps("t/outside", "SELECT * FROM read_csv($file)")
    with pytest.raises(EngineError, match=r"t/outside.*outside\.csv.*disabled"):
        engine.frame(step, {"file": outside})


@pytest.mark.parametrize(
    "text",
    [
        "SET enable_external_access = true",
        "SET threads = 1",
        "INSTALL httpfs",
        "LOAD httpfs",
        "ATTACH 'other.duckdb'",
    ],
)
def test_the_fence_cannot_be_taken_down(engine: Engine, steps: Steps, text: str) -> None:
    with pytest.raises(EngineError, match="configuration"):
        engine.run(steps("t/escape", text))


def test_python_variables_are_no_tables(engine: Engine, steps: Steps) -> None:
    leak = pd.DataFrame({"a": [1]})
    with pytest.raises(EngineError, match="leak"):
        engine.frame(steps("t/leak", "SELECT * FROM leak"))
    assert len(leak) == 1


def test_registered_tables_are_read_until_unregistered(engine: Engine, steps: Steps) -> None:
    step = steps("t/given", "SELECT sum(a)::INT AS total FROM given")
    engine.register("given", pa.table({"a": [1, 2]}))
    assert engine.arrays(step)["total"].tolist() == [3]
    engine.unregister("given")
    with pytest.raises(EngineError, match="given"):
        engine.run(step)


def test_dropped_tables_are_gone_and_what_is_not_there_may_be_dropped(
    engine: Engine, steps: Steps
) -> None:
    engine.run(steps("t/make", "CREATE TEMPORARY TABLE made AS SELECT 1 AS a"))
    engine.drop("made", "never_made")
    with pytest.raises(EngineError, match="made"):
        engine.run(steps("t/read", "SELECT a FROM made"))
    with pytest.raises(EngineError):
        engine.drop("made; DROP TABLE claims")


def test_arrays_hold_missing_text_but_no_missing_number(engine: Engine, steps: Steps) -> None:
    text = steps("t/text", "SELECT * FROM (VALUES ('a', 1), (NULL, 2)) v(s, n) ORDER BY n")
    columns = engine.arrays(text)
    assert columns["s"].tolist() == ["a", None]
    assert columns["n"].dtype == np.int32
    with pytest.raises(EngineError, match=r"t/gap left n empty"):
        engine.arrays(steps("t/gap", "SELECT * FROM (VALUES (1), (NULL)) v(n)"))


def test_a_mask_that_hides_nothing_is_dropped() -> None:
    masked = np.ma.MaskedArray([1, 2], mask=[False, False])
    column = whole_columns("t", {"n": masked})["n"]
    assert not isinstance(column, np.ma.MaskedArray)
    assert column.tolist() == [1, 2]


def test_whole_numbers_with_a_mask_come_back_plain(engine: Engine, steps: Steps) -> None:
    column = engine.arrays(steps("t/plain", "SELECT coalesce(NULL, 7)::BIGINT AS n"))["n"]
    assert not isinstance(column, np.ma.MaskedArray)
    assert column.tolist() == [7]


def test_batches_come_one_by_one_and_name_the_step_that_breaks(
    steps: Steps, tmp_path: Path
) -> None:
    text = "SELECT CASE WHEN range < $stop THEN range ELSE error('at last') END AS n FROM range($n)"
    step = steps("t/late", text)
    with Engine(temporary=tmp_path / "spill", limits=Limits(batch_rows=2_048)) as engine:
        batches = list(engine.batches(step, {"stop": 10_000, "n": 10_000}))
        assert len(batches) > 1
        assert sum(batch.num_rows for batch in batches) == 10_000
        with pytest.raises(EngineError, match=r"t/late.*at last"):
            list(engine.batches(step, {"stop": 3_000_000, "n": 4_000_000}))


def test_placeholders_take_identifiers_and_nothing_else(engine: Engine, steps: Steps) -> None:
    step = steps("t/name", "SELECT 1 AS {column}")
    assert list(engine.frame(step, names={"column": "total_amount"})) == ["total_amount"]
    with pytest.raises(EngineError, match="no name"):
        engine.frame(step, names={"column": 'x" FROM secrets --'})
    with pytest.raises(EngineError, match="no name"):
        engine.register("a b", pa.table({"a": [1]}))


def test_a_missing_parameter_is_named(engine: Engine, steps: Steps) -> None:
    with pytest.raises(EngineError, match=r"t/missing.*wanted"):
        engine.run(steps("t/missing", "SELECT $wanted::INT"))


def test_time_has_no_zone(engine: Engine, steps: Steps) -> None:
    step = steps("t/time", "SELECT epoch(TIMESTAMP '2025-07-01 08:00:00')::BIGINT AS s")
    assert engine.arrays(step)["s"].tolist() == [1751356800]


def test_text_sorts_by_its_bytes(engine: Engine, steps: Steps) -> None:
    step = steps(
        "t/sort", "SELECT s FROM (VALUES ('b'), ('B'), ('中'), ('é'), ('a')) v(s) ORDER BY s"
    )
    got = engine.arrays(step)["s"].tolist()
    assert got == sorted(got, key=str.encode) == ["B", "a", "b", "é", "中"]


def test_more_than_memory_spills_to_the_temporary_folder(steps: Steps, tmp_path: Path) -> None:
    limits = Limits(memory_gb=0.2, threads=2)
    step = steps(
        "t/spill",
        "CREATE TABLE big AS SELECT range AS i, hash(range)::VARCHAR AS s FROM range(4000000)"
        " ORDER BY s; SELECT count(*) AS n FROM big",
    )
    with Engine(temporary=tmp_path / "spill", limits=limits) as small:
        assert small.arrays(step)["n"].tolist() == [4_000_000]
        assert any((tmp_path / "spill").iterdir())


def test_out_of_memory_says_what_to_do(steps: Steps, tmp_path: Path) -> None:
    step = steps("t/huge", "SELECT list(range) AS l FROM range(20000000)")
    limits = Limits(memory_gb=0.05, threads=1)
    with (
        Engine(temporary=tmp_path / "spill", limits=limits, keep_order=False) as small,
        pytest.raises(EngineError, match="GRAPHFRAUD_MEMORY_GB"),
    ):
        small.frame(step)


def test_a_statement_that_returns_rows_does_not_block_the_next(
    engine: Engine, steps: Steps
) -> None:
    step = steps("t/rows", "SELECT range FROM range(100000); SELECT 7 AS n")
    assert engine.frame(step)["n"].tolist() == [7]
    engine.run(step)
    assert engine.arrays(step)["n"].tolist() == [7]


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Let SIGINT mean Ctrl-C, as it does for a user; test workers are started without it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("way", ["run", "frame"])
def test_an_interrupt_stops_a_long_step(
    engine: Engine, steps: Steps, capfd: pytest.CaptureFixture[str], way: str
) -> None:
    text = "SELECT count(*) AS n FROM range(60000000000) WHERE hash(range) = 1"
    step = steps("t/long", text)
    timer = threading.Timer(3.0, signal.raise_signal, [signal.SIGINT])
    begun = time.monotonic()
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        getattr(engine, way)(step)
    assert time.monotonic() - begun < 30, "the statement would run for minutes"
    timer.join()
    assert engine.frame(steps("t/after", "SELECT 1 AS one"))["one"].tolist() == [1]
    assert capfd.readouterr().out == "", "nothing but our own words on standard output"
