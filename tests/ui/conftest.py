"""Workspaces for page tests: a run's result files written by hand, published as a run is."""

import hashlib
import json
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st

from graphfraud.model.money import yuan
from graphfraud.model.results import RESULTS
from graphfraud.workspace import Feed, RunRecord, TableCount, WorkspaceFolder

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]

SCRIPT_ID = "<script>window.hacked=1</script>"
IMAGE_ID = "![x](http://tracker.example/x.png)<img src=http://tracker.example/y.png>"
FEED_ID = "5f" * 16
CARDS = [f"31010119{60 + n}0312{4100 + 7 * n}" for n in range(7)]


def ring_row(ring_id: str, rank: int, **changed: object) -> dict[str, Any]:
    """Return a plausible row of rings.csv, amounts in fen."""
    return {
        "ring_id": ring_id,
        "rank": rank,
        "pattern": "co_visit",
        "status": "lead",
        "explanation": "",
        "score": 0.97,
        "p_value": 0.0005,
        "n_persons": 9,
        "n_facilities": 3,
        "n_claims": 126,
        "total_amount": 4_812_650,
        "fund_amount": 3_990_120,
        "first_time": "2025-01-06 09:12:00",
        "last_time": "2025-06-27 16:40:00",
        "regions": "310101;320500",
        "observed": 42,
        "also_found_by": "",
        "fund_amount_once": 3_990_120,
        "variants": "",
        "expected": 0.31,
        "lift": 135.4,
        "summary_zh": "9 人在 3 家药店共同就诊 42 次，按巧合应有 0.31 次。",
        "summary_en": "9 persons met 42 times at 3 pharmacies; by chance 0.31 expected.",
        **changed,
    }


def circle(ring_id: str, persons: list[str], places: list[str], visits: int) -> Tables:
    """Return members, ties and claims of persons who go to every place together, `visits` times."""
    members = [("person", person, "card_holder", 0.95) for person in persons]
    members += [("facility", place, "place_of_joint_visits", 0.8) for place in places]
    pairs = [*pairwise(persons), (persons[-1], persons[0])] if len(persons) > 20 else None
    claims = [
        (event, person, places[event % len(places)])
        for event in range(visits)
        for person in persons
    ]
    return {
        "ring_members": [
            {"ring_id": ring_id, "entity_type": kind, "entity_id": name, "role": r, "weight": w}
            for kind, name, r, w in members
        ],
        "ring_ties": [
            _tie(ring_id, a, b, number)
            for number, (a, b) in enumerate(pairs or combinations(persons, 2))
        ],
        "ring_claims": [_claim(ring_id, n, *claim) for n, claim in enumerate(claims)],
        "claim_sources": [_source(n) for n in range(len(claims))],
    }


def _tie(ring_id: str, a: str, b: str, number: int) -> dict[str, Any]:
    a, b = sorted((a, b))
    observed, expected = 42 - number % 17, 0.31 / (1 + number % 5)
    return {
        "ring_id": ring_id,
        "person_id_a": a,
        "person_id_b": b,
        "observed": observed,
        "expected": expected,
        "lift": observed / expected,
        "p_value": 1e-30 * (number + 1),
        "q_value": 1e-27 * (number + 1),
        "explained_by": "household" if number == 0 else "",
    }


def _claim(ring_id: str, number: int, event: int, person: str, place: str) -> dict[str, Any]:
    return {
        "ring_id": ring_id,
        "event": event + 1,
        "claim_id": f"S{number:07d}",
        "person_id": person,
        "facility_id": place,
        "start_time": f"2025-{1 + event % 6:02d}-{1 + event % 27:02d} 09:{number % 60:02d}:00",
        "total_amount": 38_195 + number,
        "fund_amount": 31_600 + number,
    }


def _source(number: int) -> dict[str, Any]:
    return {"claim_id": f"S{number:07d}", "feed_id": FEED_ID, "record_no": 1000 + number}


def reason_rows(ring_id: str, found: str) -> Rows:
    """Return the reasons tested for a ring; `found` is the one that holds."""
    codes = ("household", "scheduled_treatment", "care_home", "employer_screening")
    return [
        {
            "ring_id": ring_id,
            "code": code,
            "found": "yes" if code == found else "no",
            "share": 1.0 if code == found else 0.0,
            "sentence_zh": f"{'9' if code == found else '0'} 对中的 9 对符合。",
            "sentence_en": f"{'9' if code == found else '0'} of 9 pairs fit.",
        }
        for code in codes
    ]


def signal_rows(ring_id: str) -> Rows:
    """Return a signal that was assessed and one that was not; a sentence holds hostile text."""
    row = {"ring_id": ring_id, "code": "watchlist_neighbours", "assessed": "yes", "value": 1.0}
    told = {"sentence_zh": f"名单上有 {IMAGE_ID}。", "sentence_en": f"{IMAGE_ID} is on the list."}
    silent = {"code": "refunds", "assessed": "no", "value": None, "points": 0.0, "claims": ""}
    why = {"sentence_zh": "未评估：没有退费列。", "sentence_en": "Not assessed: no refunds."}
    return [
        row | told | {"points": 0.02, "claims": "S0000001"},
        row | silent | why,
    ]


def other_rows(ring_id: str) -> Tables:
    """Return what another pattern says of a ring, a tie of its, and lines of the ring's places."""
    own = ring_row(ring_id, 1)
    said = ("pattern", "status", "p_value", "observed", "expected", "lift")
    first = {name: own[name] for name in (*said, "ring_id", "summary_zh", "summary_en")}
    told = {"summary_zh": "同样的药品 30 次。", "summary_en": "The same goods 30 times."}
    numbers = {"p_value": 1e-8, "observed": 30, "expected": 2.5, "lift": 12.0}
    link = {"ring_id": ring_id, "pattern": "dense_block", "q_value": 1e-6, **numbers}
    ends = {"entity_type_a": "person", "entity_id_a": IMAGE_ID, "entity_type_b": "facility"}
    line = {"facility_id": "P00312", "n_peers": 12, "peers": "region", "n": 4000}
    return {
        "ring_patterns": [first, {**first, "pattern": "dense_block", **numbers, **told}],
        "ring_links": [link | ends | {"entity_id_b": "P00312"}],
        "peer_lines": [
            line | {"index": "odd_hours_share", "value": 0.25, "peer_median": 0.1, "level": 3},
            line | {"index": "same_minute", "value": 2.4, "peer_median": 2.0, "level": 1},
            line
            | {"facility_id": SCRIPT_ID, "index": "amount_per_claim", "level": 2}
            | {"value": 150.0, "peer_median": 100.0, "peers": "all"},
        ],
    }


def small_run() -> Tables:
    """Return a run with one lead whose ids are hostile, one explained ring and two duplicates."""
    lead = circle("a1" * 8, [SCRIPT_ID, IMAGE_ID, *CARDS], ["P00312", "P00518", "P01127"], 6)
    home = circle("b2" * 8, ["330226194002180011", "330226194109050022"], ["P00077"], 5)
    money = {"total_amount": 212_000, "fund_amount": 150_500, "fund_amount_once": 150_500}
    money |= {"n_persons": 2, "n_facilities": 1}
    tables = {name: lead[name] + home[name] for name in lead}
    tables["claim_sources"] = lead["claim_sources"]  # both rings number their claims alike
    tables["rings"] = [
        ring_row(
            *("a1" * 8, 1),
            summary_en=f"{SCRIPT_ID} and {IMAGE_ID} met 42 times.",
            variants="rotation",
            also_found_by="dense_block",
            fund_amount_once=2_000_000,
        ),
        ring_row("b2" * 8, 2, status="explained", explanation="household", score=0.41, **money),
    ]
    tables["ring_reasons"] = reason_rows("a1" * 8, "") + reason_rows("b2" * 8, "household")
    tables["ring_signals"] = signal_rows("a1" * 8)
    tables |= other_rows("a1" * 8)
    tables["duplicate_claims"] = [
        {
            "claim_id_a": f"S00000{n}",
            "claim_id_b": f"N00000{n}",
            "kind": "same_invoice",
            "score": 1.0,
            "fund_amount_at_risk": 123_456 * n,
            "reason": "invoice 0001 was paid in two regions",
            "reason_zh": "发票 0001 在两个统筹区各结算一次",
        }
        for n in (1, 2)
    ]
    return tables


def large_run() -> Tables:
    """Return a run with one ring that fits no picture, and forty rings to page through."""
    persons, places = [f"Q{n:05d}" for n in range(150)], [f"P{n:04d}" for n in range(40)]
    tables = circle("c3" * 8, persons, places, 8)
    others = [ring_row(f"{n:016x}", n + 2, score=0.9 - n / 100) for n in range(40)]
    tables["rings"] = [ring_row("c3" * 8, 1, n_persons=150, n_facilities=40), *others]
    return tables


def write_run(folder: Path, tables: Tables, run: dict[str, Any]) -> None:
    """Write every result file and run.json as a detection does; amounts become yuan."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in RESULTS.items():
        rows = pd.DataFrame(tables.get(name, []), columns=list(table.columns), dtype=object)
        for column, kind in table.columns.items():
            if kind == "money":
                rows[column] = [yuan(fen) for fen in rows[column]]
        rows.to_csv(folder / table.file, index=False, lineterminator="\n")
    (folder / "run.json").write_text(json.dumps(run, ensure_ascii=False), encoding="utf-8")


def publish_feed(folder: WorkspaceFolder) -> None:
    """Publish a feed of one file, so that claims can name it."""
    content = b"claim_id\n1\n"
    with folder.staging() as staging:
        (staging / "source").mkdir()
        (staging / "source" / "south.csv").write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        counts = {"claims": TableCount(read=1, loaded=1)}
        feed = Feed(FEED_ID, "south.csv", sha256, len(content), "csv", tables=counts)
        folder.publish_feed(staging, feed)


def publish_run(folder: WorkspaceFolder, run_id: str, tables: Tables) -> None:
    """Publish the tables as a run of everything loaded."""
    snapshot = folder.snapshot().snapshot_id
    about = {
        "run_id": run_id,
        "snapshot_id": snapshot,
        "notes": {"co_visit": ["2 claims have no clock time."], "same_invoice": []},
        "notes_zh": {"co_visit": ["2 次就诊没有时刻。"], "same_invoice": []},
        "absent_tables": ["payments", "relations"],
        "not_looked_for": {"money_circle": ["payments"]},
        "peers_not_assessed": {"refund_share": ["claims.refund_of"]},
    }
    with folder.staging() as staging:
        write_run(staging, tables, about)
        folder.publish_run(staging, RunRecord(run_id, snapshot, "{}", 7, "0", run_id))


@pytest.fixture(scope="session")
def full_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with an empty, a large and a small run; the small one is the newest."""
    path = tmp_path_factory.mktemp("ui") / "case"
    folder = WorkspaceFolder.open(path, create=True)
    publish_feed(folder)
    publish_run(folder, "00" * 8, {})
    publish_run(folder, "22" * 8, large_run())
    publish_run(folder, "11" * 8, small_run())
    return path


@pytest.fixture(scope="session")
def fed_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with data and no run."""
    path = tmp_path_factory.mktemp("fed") / "case"
    publish_feed(WorkspaceFolder.open(path, create=True))
    return path


@pytest.fixture(autouse=True)
def _forget_between_tests() -> Iterator[None]:
    """Forget cached results, which are named by a path that a test may use again."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()
