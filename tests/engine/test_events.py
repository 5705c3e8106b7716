"""The event projection against a plain reading of its rules, row by row."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import EVENT_KINDS, Events, events
from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.engine.sources import attach_rows
from graphfraud.model.scheduled import SCHEDULED_CODES
from graphfraud.settings import Limits
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on, write_table

Found = list[tuple[str, str, str, int, bool]]


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def named(found: Events) -> Found:
    """Return events as (facility, kind, person, start, scheduled)."""
    arrays = (found.facility, found.kind, found.person, found.start, found.scheduled)
    return [
        (found.facility_ids[f], EVENT_KINDS[k], found.person_ids[p], s, t)
        for f, k, p, s, t in zip(*(array.tolist() for array in arrays), strict=True)
    ]


def expected(claims: list[Row]) -> Found:
    """Return the events as the rules have it, one claim after the other."""
    gone = {row.get("refund_of") for row in claims}
    days: dict[tuple[str, str, str, int], tuple[int, bool]] = {}
    for row in claims:
        if row["med_type"] == "manual" or row.get("refund_of") or row["claim_id"] in gone:
            continue
        start = int(cast("datetime", row["start_time"]).replace(tzinfo=UTC).timestamp())
        start = start - start % 86_400 if row["med_type"] == "inpatient" else start
        code = str(row.get("diagnosis_code") or "").upper().replace(".", "")
        planned = any(code.startswith(begin.replace(".", "")) for begin in SCHEDULED_CODES)
        key = str(row["facility_id"]), str(row["med_type"]), str(row["person_id"]), start // 86_400
        known = days.get(key, (start, False))
        days[key] = min(known[0], start), known[1] or planned
    found = [(f, k, p, start, planned) for (f, k, p, _), (start, planned) in days.items()]
    return sorted(
        found, key=lambda e: (e[0].encode(), EVENT_KINDS.index(e[1]), e[3], e[2].encode())
    )


def test_a_day_at_one_place_is_one_event(workspace: WorkspaceFolder) -> None:
    claims = [
        claim("C1", "007", "2025-03-03 10:00:00"),
        claim("C2", "007", "2025-03-03 09:30:00", diagnosis_code="n18.600x001"),
        claim("C3", "007", "2025-03-04 00:00:00"),
        claim("C4", "007", "2025-03-03 11:00:00", facility_id="F0"),
        claim("C5", "006", "2025-03-03 10:00:00", med_type="inpatient"),
        claim("C6", "006", "2025-03-03 23:59:59", med_type="inpatient"),
        claim("C7", "005", med_type="manual"),
        claim("C8", "004", facility_id="F9"),
        claim("C9", "004", refund_of="C8"),
    ]
    deliver(workspace, {"claims": claims})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        found = events(engine)
    assert named(found) == [
        ("F0", "pharmacy", "007", seconds("2025-03-03 11:00:00"), False),
        ("F1", "pharmacy", "007", seconds("2025-03-03 09:30:00"), True),
        ("F1", "pharmacy", "007", seconds("2025-03-04 00:00:00"), False),
        ("F1", "inpatient", "006", seconds("2025-03-03 00:00:00"), False),
    ]
    assert found.person_ids == ["006", "007"]
    kinds = [array.dtype.name for array in (found.person, found.facility, found.kind, found.start)]
    assert kinds == ["int32", "int32", "int8", "int64"]
    assert len(found) == 4


@pytest.mark.parametrize(("codes", "share"), [((), 0.0), (["E1", "z.9"], 0.5)])
def test_scheduled_codes_are_a_parameter(
    workspace: WorkspaceFolder, codes: list[str], share: float
) -> None:
    given_codes = ["E11.9", "Z9", "XE1", None]
    claims = [claim(f"C{n}", f"{n}", diagnosis_code=code) for n, code in enumerate(given_codes)]
    deliver(workspace, {"claims": claims})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        assert events(engine, codes).scheduled.mean() == share


def test_no_claims_are_no_events(workspace: WorkspaceFolder) -> None:
    deliver(workspace, {"persons": [{"person_id": "1"}]})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        found = events(engine)
    assert (len(found), found.person_ids, found.facility_ids) == (0, [], [])


PERSONS = st.sampled_from(["1", "01", "10", "A", "a", "中", "é", "𝒳", "\uffee", "1" * 30])
CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "person_id": PERSONS,
            "facility_id": st.sampled_from(["F", "f", "é", "F1"]),
            "med_type": st.sampled_from([*EVENT_KINDS, "manual"]),
            "start_time": st.builds(
                lambda day, n: datetime.fromisoformat(day) + timedelta(seconds=n),
                st.sampled_from(["1970-01-01", "2025-01-01"]),
                st.integers(-180_000, 180_000),
            ),
            "diagnosis_code": st.sampled_from([None, "N18.6", "N186", "z49.1", "N17.6", "I10"]),
            "refund_of": st.sampled_from([None] * 8 + ["C0", "C1", "C99"]),
        }
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(claims=CLAIMS, data=st.data())
def test_events_are_what_the_rules_say_in_any_order(
    claims: list[Row], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows: list[Row] = [dict(row) | {"claim_id": f"C{n}"} for n, row in enumerate(claims)]
    folder = tmp_path_factory.mktemp("claims")
    write_table(folder / "claims.parquet", "claims", data.draw(st.permutations(rows)))
    with Engine(temporary=folder / "spill", allowed=[folder]) as engine:
        attach_rows(engine, "claims", [folder / "claims.parquet"])
        engine.run("snapshot/table_whole", names={"table": "claims", "rows": "claims_rows"})
        assert named(events(engine)) == expected(rows)


def test_many_batches_in_little_memory_give_what_the_rules_say(tmp_path: Path) -> None:
    rows = [
        claim(f"C{n}", f"{n * 7919 % 3000:05d}", f"2025-01-{1 + n % 28:02d} {n % 24:02d}:00:00")
        for n in range(150_000)
    ]
    write_table(tmp_path / "claims.parquet", "claims", rows)
    tight = Limits(memory_gb=0.2, threads=2)
    with Engine(temporary=tmp_path / "spill", limits=tight, allowed=[tmp_path]) as engine:
        attach_rows(engine, "claims", [tmp_path / "claims.parquet"])
        engine.run("snapshot/table_whole", names={"table": "claims", "rows": "claims_rows"})
        found = events(engine)
    assert named(found) == expected(rows)
    assert found.person_ids == sorted(set(chain(str(row["person_id"]) for row in rows)))
