"""The reach of a watch list on a snapshot: near ones first, listed ones marked, hubs damped."""

import pandas as pd
import pytest

from graphfraud.engine.coded_claims import code_claims
from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.patterns import watchlist_reach
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on

DEFAULTS = {p.name: p.default for p in watchlist_reach.PARAMETERS}
Rows = dict[str, list[Row]]


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def listed(kind: str, name: str) -> Row:
    return {"entity_type": kind, "entity_id": name, "reason": "confirmed"}


def town(persons: int = 60) -> Rows:
    """Return persons of ten clinics and one hospital where everybody goes."""
    claims = []
    for n in range(persons):
        for visit, place in enumerate((f"K{n % 10}", f"K{n % 10}", "HOSPITAL")):
            day = f"2025-{n % 12 + 1:02d}-{visit + 1:02d} 10:00:00"
            claims.append(claim(f"C{n:02d}{visit}", f"{n:02d}", day, facility_id=place))
    return {"claims": claims}


def look(workspace: WorkspaceFolder, rows: Rows, **settings: int) -> Outcome:
    deliver(workspace, rows)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return watchlist_reach.run(Context(engine, 1, silent), DEFAULTS | settings)


def told(outcome: Outcome) -> pd.DataFrame:
    assert outcome.reach is not None
    return outcome.reach.set_index(["entity_type", "entity_id"])


def value(table: pd.DataFrame, kind: str, name: str) -> float:
    return float(table["watchlist_reach"].to_dict()[kind, name])


def test_an_empty_watch_list_says_so(workspace: WorkspaceFolder) -> None:
    outcome = look(workspace, town(3))
    assert outcome.reach is None
    assert outcome.notes == ("The watch list is empty.",)
    assert len(outcome.notes_zh) == 1


def test_those_of_the_listed_ones_clinic_come_before_those_of_the_hospital(
    workspace: WorkspaceFolder,
) -> None:
    table = told(look(workspace, town(240) | {"watchlist": [listed("person", "07")]}))
    assert bool(table.loc[("person", "07"), "listed"])
    assert value(table, "person", "07") == 0.0  # nobody else is listed
    others = table[~table["listed"]]
    assert others.index[0] == ("facility", "K7")
    persons = [name for kind, name in others.index if kind == "person"]
    # One that a random list names for once is not among them.
    assert len(persons) >= 15
    assert all(name.endswith("7") for name in persons[:15])
    assert others["watchlist_reach"].is_monotonic_decreasing
    assert others["watchlist_reach"].between(0, 1).all()
    assert (others["watchlist_reach"] > others["expected"]).all()
    assert others["percentile"].iloc[:6].min() >= 80
    assert others["percentile"].max() <= 100


def test_a_shared_account_or_a_register_is_nearer_than_a_shared_clinic(
    workspace: WorkspaceFolder,
) -> None:
    rows = town() | {
        "persons": [
            {"person_id": "07", "bank_account": "A1"},
            {"person_id": "08", "bank_account": "A1"},
        ],
        "relations": [
            {"from_type": "person", "from_id": "09", "relation": "agent",
             "to_type": "person", "to_id": "07"},
        ],
        "payments": [
            {"payment_id": "1", "payer_account": "A1", "payee_account": "A2", "amount": 5,
             "paid_time": claim("C", "1")["start_time"]},
        ],
        "watchlist": [listed("person", "07")],
    }  # fmt: skip
    table = told(look(workspace, rows))
    clinic = value(table, "person", "17")
    assert min(value(table, "person", "08"), value(table, "person", "09")) > clinic
    assert value(table, "account", "A1") > value(table, "account", "A2") > 0


def test_a_listed_one_tells_the_reach_of_the_others(workspace: WorkspaceFolder) -> None:
    apart = town() | {"watchlist": [listed("person", "07"), listed("person", "08")]}
    near = town() | {"watchlist": [listed("person", "07"), listed("person", "17")]}
    first = value(told(look(workspace, apart)), "person", "07")
    other = WorkspaceFolder.open(workspace.path.parent / "b", create=True)
    second = value(told(look(other, near)), "person", "07")
    assert second > 5 * first >= 0


def test_doctors_and_operators_carry_reach_and_refunds_do_not(workspace: WorkspaceFolder) -> None:
    rows = town()
    rows["claims"] += [
        claim("X1", "01", facility_id="K1", doctor_id="D1", operator_id="O1"),
        claim("X2", "02", facility_id="K2", doctor_id="D1"),
        claim("X3", "03", facility_id="K3", doctor_id="D2"),
        claim("X4", "03", facility_id="K3", doctor_id="D2", refund_of="X3"),
    ]
    rows["claims"] += [claim(f"Y{n}", f"{n:02d}", operator_id=f"P{n}") for n in range(20, 32)]
    rows["watchlist"] = [listed("doctor", "D1"), listed("operator", "O1"), listed("person", "99")]
    outcome = look(workspace, rows)
    table = told(outcome)
    assert {("person", "01"), ("person", "02")} <= set(table.index)
    assert value(table, "person", "01") > value(table, "person", "02")
    assert value(table, "operator", "O1") > 0.02  # through person 01, whom the doctor saw
    assert ("doctor", "D2") not in table.index or value(table, "doctor", "D2") == 0.0
    assert outcome.notes == ("1 entities of the watch list are in no other table.",)
    assert value(table, "person", "99") == 0.0


def test_only_so_many_are_told_beside_the_listed(workspace: WorkspaceFolder) -> None:
    rows = town() | {"watchlist": [listed("person", "07"), listed("person", "33")]}
    outcome = look(workspace, rows, most=3)
    assert (len(told(outcome)), outcome.tests["told"]) == (5, 3)


def test_the_order_of_rows_and_threads_change_no_byte(workspace: WorkspaceFolder) -> None:
    rows = town() | {"watchlist": [listed("person", "07"), listed("facility", "K3")]}
    turned = {name: [*reversed(part)] for name, part in rows.items()}
    texts = [told(look(workspace, rows)).to_csv()]
    other = WorkspaceFolder.open(workspace.path.parent / "b", create=True)
    deliver(other, turned)
    with engine_on(other) as engine:
        attach_snapshot(engine, other, other.snapshot())
        for threads in (1, 3):
            outcome = watchlist_reach.run(Context(engine, 1, silent, threads), DEFAULTS)
            texts.append(told(outcome).to_csv())
    assert len(set(texts)) == 1


def test_claims_weigh_by_the_root_of_how_often_and_refunded_ones_nothing(
    workspace: WorkspaceFolder,
) -> None:
    often = [
        claim(
            f"C{n}", "A", f"2025-03-{n + 1:02d} 10:00:00", facility_id="F",
            doctor_id="D" if n < 3 else None, operator_id="O" if n < 2 else None,
        )
        for n in range(4)
    ]  # fmt: skip
    back = claim("R", "A", "2025-03-09 10:00:00", facility_id="F", refund_of="C9")
    gone = claim("C9", "A", "2025-03-08 10:00:00", facility_id="F")
    deliver(workspace, {"claims": [*often, gone, back], "watchlist": [listed("person", "A")]})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        nodes = engine.frame("patterns/watchlist_reach_nodes")
        code_claims(engine)
        edges = engine.arrays("patterns/watchlist_reach_edges")
    kind = nodes["entity_type"].tolist()
    ends = zip(edges["a"].tolist(), edges["b"].tolist(), edges["weight"].tolist(), strict=True)
    told = {frozenset((kind[a], kind[b])): weight for a, b, weight in ends}
    assert told == {
        frozenset(("person", "facility")): 2.0,
        frozenset(("person", "doctor")): pytest.approx(3**0.5),
        frozenset(("person", "operator")): pytest.approx(2**0.5),
    }
