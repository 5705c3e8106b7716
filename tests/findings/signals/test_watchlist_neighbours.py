from graphfraud.findings.signals.watchlist_neighbours import look
from tests.findings.signal_rows import Given, Row, claim


def entry(kind: str, name: str) -> Row:
    return {"entity_type": kind, "entity_id": name, "reason": "约谈"}


def test_who_is_on_the_list_is_named_with_the_claims() -> None:
    claims = [claim(1, doctor_id="D1"), claim(2, person_id="B"), claim(3, operator_id="O1")]
    listed = [entry("person", "B"), entry("operator", "O1")]
    signal = look(Given(claims, watched=listed).rows())
    assert (signal.value, signal.points) == (2, 0.04)
    assert signal.claims == ("C2", "C3")
    assert "2 个：参保人 B（约谈）、经办人 O1（约谈）" in signal.sentence_zh
    assert "2 on the watch list: insured person B (约谈), operator O1" in signal.sentence_en


def test_nobody_listed_is_nought_not_unknown() -> None:
    signal = look(Given([claim(1)]).rows())
    assert (signal.value, signal.points, signal.claims) == (0, 0, ())


def test_many_are_counted_and_the_first_are_named() -> None:
    listed = [entry("person", f"N{n}") for n in range(9)]
    signal = look(Given(watched=listed).rows())
    assert signal.value == 9
    assert "N4" in signal.sentence_en
    assert "N5" not in signal.sentence_en
