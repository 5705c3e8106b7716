from graphfraud.findings.signals.identical_baskets import look
from tests.findings.signal_rows import Given, Row, claim


def given(baskets: dict[str, str], lines: int = 2) -> Given:
    """Return one claim of each person (by the letter before the basket's number)."""
    claims = [claim(n, person_id=key[0]) for n, key in enumerate(baskets)]
    rows: list[Row] = [
        {"claim_id": f"C{n}", "basket": basket, "lines": lines, "spend": 1, "resale": 0}
        for n, basket in enumerate(baskets.values())
    ]
    return Given(claims, rows)


def test_baskets_that_two_members_share_count_and_one_s_own_refills_do_not() -> None:
    signal = look(given({"A1": "x", "B1": "x", "C1": "y", "C2": "y", "D1": "z"}).rows())
    assert signal.value == 0.4
    assert signal.claims == ("C0", "C1")
    assert "5 份清单中有 2 份（40%）" in signal.sentence_zh
    assert "2 of 5 baskets (40%)" in signal.sentence_en


def test_baskets_of_one_line_say_nothing() -> None:
    persons = {f"{person}1": "x" for person in "ABCDEF"}
    assert not look(given(persons, lines=1).rows()).assessed
    assert look(given(persons).rows()).points == 0.1


def test_no_items_are_not_assessed() -> None:
    assert not look(Given([claim(n) for n in range(9)]).rows()).assessed
