import pytest

from graphfraud.findings.signals.money_returns import look
from tests.findings.signal_rows import Given, Row, claim


def payment(number: int, person: str, hops: int = 1) -> Row:
    return {"person_id": person, "payment_id": f"Y{number}", "hops": hops, "amount": 50_000,
            "purpose": "劳务费"}  # fmt: skip


def test_the_share_of_members_whom_money_reached() -> None:
    claims = [claim(1), claim(2, person_id="B")]
    returns = [payment(1, "A"), payment(2, "A", hops=2), payment(3, "stranger")]
    members = dict.fromkeys("ABCDEFGHIJ", 1.0)
    signal = look(Given(claims, returns=returns, members=members).rows())
    assert signal.value == 0.1
    assert signal.points == pytest.approx(0.05)
    assert signal.claims == ("C1",)
    assert "2 笔共 1,000.00 元，其中直接 1 笔，用途：劳务费" in signal.sentence_zh
    assert "reached: 1 (10%); payments: 2, of them direct: 1, 1,000.00 yuan" in signal.sentence_en


def test_nothing_paid_is_nothing_and_nobody_there_is_not_assessed() -> None:
    quiet = look(Given(members={"A": 1.0}).rows())
    assert (quiet.value, quiet.points, quiet.claims) == (0, 0, ())
    assert not look(Given(returns=[payment(1, "A")]).rows()).assessed
