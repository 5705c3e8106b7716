"""Duplicate invoices on a snapshot: what is one expense, and what only looks like it."""

from collections.abc import Sequence
from typing import Any

import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.patterns import same_invoice
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on

SOUTH, NORTH = "350200", "130600"


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def bill(
    number: str,
    person: str,
    region: str | None,
    invoice: str | None = "0071",
    **more: Any,  # noqa: ANN401 (any column of a claim)
) -> Row:
    known: dict[str, Any] = {"settle_region": region, "invoice_no": invoice, "fund_amount": 700}
    return claim(number, person, **(known | more))


def look(workspace: WorkspaceFolder, claims: Sequence[Row], largest_block: int = 50) -> Outcome:
    deliver(workspace, {"claims": claims})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return same_invoice.run(Context(engine, 1, silent), {"largest_block": largest_block})


def pairs(outcome: Outcome) -> list[tuple[str, str]]:
    assert outcome.duplicates is not None
    table = outcome.duplicates
    return list(zip(table["claim_id_a"], table["claim_id_b"], strict=True))


def test_one_bill_paid_in_two_regions(workspace: WorkspaceFolder) -> None:
    outcome = look(workspace, [bill("C2", "1", SOUTH), bill("C1", "1", NORTH, fund_amount=650)])
    assert pairs(outcome) == [("C1", "C2")]
    assert outcome.duplicates is not None
    row = outcome.duplicates.iloc[0]
    assert (row["kind"], row["fund_amount_at_risk"]) == ("same_invoice", 650)
    assert row["score"] == pytest.approx(1.0)
    assert row["reason"] == (
        "same invoice number, paid in 130600 and 350200, same person, same amount, same day, "
        "same facility"
    )
    assert (outcome.tests["pairs"], outcome.notes) == (1, ())


def test_the_number_is_compared_without_case_and_blanks(workspace: WorkspaceFolder) -> None:
    claims = [
        bill("C1", "1", SOUTH, " ab7"),
        bill("C2", "1", NORTH, "AB7 "),
        bill("C3", "1", NORTH, "B7"),
    ]
    assert pairs(look(workspace, claims)) == [("C1", "C2")]


def test_a_part_that_differs_takes_points_and_is_told(workspace: WorkspaceFolder) -> None:
    other: dict[str, Any] = {
        "total_amount": 900,
        "facility_id": "F2",
        "start": "2025-03-09 09:00:00",
    }
    outcome = look(workspace, [bill("C1", "1", SOUTH), bill("C2", "1", NORTH, **other)])
    assert outcome.duplicates is not None
    row = outcome.duplicates.iloc[0]
    assert row["score"] == pytest.approx(0.6)
    assert row["reason"].endswith(
        "same person, different amount, different day, different facility"
    )


def test_strangers_need_amount_day_and_facility_alike(workspace: WorkspaceFolder) -> None:
    claims = [bill("C1", "1", SOUTH), bill("C2", "2", NORTH)]
    assert pairs(look(workspace, claims)) == [("C1", "C2")]


@pytest.mark.parametrize(
    "other", [{"total_amount": 1001}, {"start": "2025-03-04 09:00:00"}, {"facility_id": "F2"}]
)
def test_a_number_and_an_amount_agree_by_chance(
    workspace: WorkspaceFolder, other: dict[str, Any]
) -> None:
    assert pairs(look(workspace, [bill("C1", "1", SOUTH), bill("C2", "2", NORTH, **other)])) == []


@pytest.mark.parametrize(
    "second",
    [
        bill("C2", "1", SOUTH),
        bill("C2", "1", None),
        bill("C2", "1", NORTH, None),
        bill("C2", "1", NORTH, "0072"),
    ],
    ids=["same region", "region unknown", "no number", "another number"],
)
def test_what_is_no_second_payment_elsewhere(workspace: WorkspaceFolder, second: Row) -> None:
    assert pairs(look(workspace, [bill("C1", "1", SOUTH), second])) == []


def test_what_was_refunded_was_not_paid_twice(workspace: WorkspaceFolder) -> None:
    claims = [
        bill("C1", "1", SOUTH),
        bill("C2", "1", NORTH),
        bill("C3", "1", NORTH, refund_of="C2"),
    ]
    assert pairs(look(workspace, claims)) == []


def block(size: int) -> list[Row]:
    return [bill(f"C{n:03d}", "1", SOUTH if n % 2 else NORTH, "00000000") for n in range(size)]


def test_a_placeholder_number_is_left_out_and_told(workspace: WorkspaceFolder) -> None:
    claims = [*block(5), bill("D1", "1", SOUTH), bill("D2", "1", NORTH)]
    outcome = look(workspace, claims, largest_block=4)
    assert pairs(outcome) == [("D1", "D2")]
    assert outcome.notes == ("An invoice number stands on 5 claims and was not compared.",)


def test_a_block_of_the_largest_size_is_compared(workspace: WorkspaceFolder) -> None:
    outcome = look(workspace, block(5), largest_block=5)
    assert len(pairs(outcome)) == 2 * 3
    assert outcome.notes == ()


def test_refunds_do_not_make_a_number_a_placeholder(workspace: WorkspaceFolder) -> None:
    refunded = [
        bill("D1", "1", SOUTH, "00000000"),
        bill("D2", "1", SOUTH, "00000000", refund_of="D1"),
    ]
    outcome = look(workspace, [*block(4), *refunded], largest_block=4)
    assert len(pairs(outcome)) == 2 * 2
    assert outcome.notes == ()


def test_no_claims_are_no_duplicates(workspace: WorkspaceFolder) -> None:
    deliver(workspace, {"persons": [{"person_id": "1"}]})
    assert pairs(look(workspace, [])) == []
