"""Every index of a facility against the same ratio counted in Python, row by row."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.findings.peers import reading
from graphfraud.findings.peers.indices import INDICES
from graphfraud.findings.peers.reading import Peers, read_peers
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, Tables, claim, deliver, engine_on

START = datetime(2025, 3, 3)  # noqa: DTZ001  settlement times are local
PLACES = [f"F{n:02d}" for n in range(14)]
PEOPLE = [f"N{n:03d}" for n in range(60)]


def drawn(seed: int = 1) -> list[dict[str, object]]:
    """Return some claims of every kind at every place; the last place is busy at night."""
    random = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for number in range(3_000):
        place = PLACES[int(random.integers(len(PLACES)))]
        night = place == PLACES[-1] and number % 2
        time = START + timedelta(days=int(random.integers(90)), minutes=int(random.integers(600)))
        time += timedelta(hours=23 if night else 8)
        stay = number % 7 == 0
        row = claim(
            f"C{number:05d}",
            PEOPLE[int(random.integers(len(PEOPLE)))],
            str(time),
            facility_id=place,
            med_type="inpatient" if stay else "outpatient",
            total_amount=int(random.integers(100, 90_000)),
            end_time=time + timedelta(days=3) if stay else None,
            diagnosis_code="Z51.1" if number % 14 == 0 else "I10",
        )
        rows.append(dict(row))
    back = [dict(row) for row in rows[:200]]
    for number, row in enumerate(back):
        row |= {"claim_id": f"R{number:05d}", "refund_of": row["claim_id"], "end_time": None}
    return rows + back


def items_of(rows: Sequence[Row]) -> list[Row]:
    return [
        {"claim_id": row["claim_id"], "line_no": str(line), "item_code": code, "item_name": name,
         "quantity": 1, "amount": 100 + 10 * (number % 9) + 50 * line}
        for number, row in enumerate(rows)
        for line, (code, name) in enumerate([("1", "血常规"), ("2", "百令胶囊")][: 1 + number % 2])
    ]  # fmt: skip


PERSONS: list[Row] = [
    {"person_id": person, "region": "130602" if n % 3 else "350200"}
    for n, person in enumerate(PEOPLE)
]
FACILITIES: list[Row] = [
    {"facility_id": place, "kind": "hospital", "region": "130632", "level": "2"} for place in PLACES
]


def whole(rows: Sequence[Row]) -> Tables:
    return {"claims": rows, "claim_items": items_of(rows), "persons": PERSONS,
            "facilities": FACILITIES}  # fmt: skip


def by_hand(rows: list[dict[str, object]], place: str) -> dict[str, float]:
    """Return every index of a place, counted one row after the other."""
    gone = {row["refund_of"] for row in rows if row.get("refund_of")}
    claims = [row for row in rows if row["facility_id"] == place and not row.get("refund_of")]
    kept = [row for row in claims if row["claim_id"] not in gone]
    patients = {row["person_id"] for row in kept}
    visits = [row for row in kept if row["med_type"] == "outpatient"]
    hours = [row["start_time"].hour for row in visits]  # type: ignore[attr-defined]
    names = {row["claim_id"] for row in kept}
    bought = [item for item in items_of(rows) if item["claim_id"] in names]
    spend: Counter[str] = Counter()
    for item in bought:
        spend[str(item["item_name"])] += int(str(item["amount"]))
    far = {person["person_id"] for person in PERSONS if person["region"] == "350200"}
    return {
        "claims_per_person": len(kept) / len(patients),
        "amount_per_claim": sum(int(str(row["total_amount"])) for row in kept) / len(kept) / 100,
        "resale_share": spend["百令胶囊"] / spend.total(),
        "odd_hours_share": sum(hour >= 22 or hour < 6 for hour in hours) / len(visits),
        "refund_share": sum(row["claim_id"] in gone for row in claims) / len(claims),
        "outside_share": len(patients & far) / len(patients),
        "readmission_share": _readmissions(kept),
        "same_minute": _same_minute(visits),
    }


def _readmissions(kept: list[dict[str, object]]) -> float:
    stays = [r for r in kept if r["med_type"] == "inpatient" and r["diagnosis_code"] != "Z51.1"]
    again = 0
    for stay in stays:
        mine = [o for o in stays if o["person_id"] == stay["person_id"] and o is not stay]
        ends = [o["end_time"] for o in mine if o["start_time"] <= stay["start_time"]]  # type: ignore[operator]
        if ends:
            again += timedelta(0) <= stay["start_time"] - max(ends) <= timedelta(15)  # type: ignore[operator,type-var]
    return again / len(stays)


def _same_minute(visits: list[dict[str, object]]) -> float:
    minutes: dict[pd.Timestamp, set[object]] = {}
    for visit in visits:
        minute = pd.Timestamp(str(visit["start_time"])).floor("min")
        minutes.setdefault(minute, set()).add(visit["person_id"])
    seen = [(minute.floor("h"), minute) for minute, who in minutes.items() for _ in who]
    pairs = [(a, b) for a, b in combinations(seen, 2) if a[0] == b[0]]
    return 60 * sum(a[1] == b[1] for a, b in pairs) / len(pairs)


@pytest.fixture
def folder(tmp_path: Path) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path / "workspace", create=True)


def read(folder: WorkspaceFolder, data: Tables) -> Peers:
    deliver(folder, data)
    with engine_on(folder) as engine:
        attach_snapshot(engine, folder, folder.snapshot())
        return read_peers(engine)


def test_every_index_is_what_counting_gives(
    folder: WorkspaceFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the lines laid open: every facility's value of every index is compared."""
    told: dict[str, pd.DataFrame] = {}

    def keep(
        name: str, sums: pd.DataFrame, _: pd.DataFrame, *, scale: float, least: float
    ) -> pd.DataFrame:
        assert least >= 0
        told[name] = sums.assign(value=sums["sy"] / sums["sx"] * scale).set_index("facility_id")
        return sums.iloc[:0]

    monkeypatch.setattr(reading, "index_lines", keep)
    rows = drawn()
    read(folder, whole(rows))
    assert set(told) == set(INDICES)
    for place in (PLACES[0], PLACES[5], PLACES[-1]):
        found = {name: table["value"].to_dict()[place] for name, table in told.items()}
        assert found == pytest.approx(by_hand(rows, place))
    for table in told.values():
        assert (table["sxx"] >= table["sx"]).all()
        assert (table["n"] > 0).all()


def test_the_place_that_is_busy_at_night_has_the_line(folder: WorkspaceFolder) -> None:
    found = read(folder, whole(drawn()))
    night = found.lines.query("index == 'odd_hours_share'")
    assert night[["facility_id", "level", "n_peers", "peers"]].to_numpy().tolist() == [
        [PLACES[-1], 3, 13, "region"]
    ]
    assert found.counts["level_3"] >= 1
    assert sum(found.counts.values()) == len(found.lines)
    assert found.absent == {}


def test_what_was_not_delivered_is_told(folder: WorkspaceFolder) -> None:
    rows = [{k: v for k, v in row.items() if k not in {"refund_of", "end_time"}}
            for row in drawn() if not row.get("refund_of")]  # fmt: skip
    found = read(folder, {"claims": rows})
    assert set(found.absent) == {
        *("resale_share", "refund_share", "outside_share", "readmission_share"),
    }
    assert "odd_hours_share" in set(found.lines["index"])


def test_order_of_rows_does_not_matter(folder: WorkspaceFolder, tmp_path: Path) -> None:
    other = WorkspaceFolder.open(tmp_path / "other", create=True)
    rows = drawn()
    one, two = read(folder, whole(rows)), read(other, whole(rows[::-1]))
    pd.testing.assert_frame_equal(one.lines, two.lines)


def test_no_claims_give_no_lines(folder: WorkspaceFolder) -> None:
    found = read(folder, {"claims": []})
    assert found.lines.empty
    assert found.counts == {"level_1": 0, "level_2": 0, "level_3": 0}
