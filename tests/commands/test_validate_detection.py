"""The lines that the validation prints, and the plan that its arguments ask for."""

import pytest

from graphfraud.evaluation.judge import judge
from tests.commands.validate_detection import Outcome, arguments, lines, planned
from tests.evaluation.made import found, pairs, truth


def outcome() -> Outcome:
    """Return a population with one of two rings found, and a lead too many."""
    known = truth({"R1": "abcd", "R2": "efgh"})
    known = type(known)(known.rings, known.members, duplicates=pairs([("1", "2", "x")]))
    run = found({"L1": "abcd", "L2": "xyz"}, duplicates=[("1", "2", "x"), ("1", "3", "x")])
    return Outcome(judge(run, known, ["co_visit"]), 12.3)


def test_one_line_a_population_and_one_a_pattern() -> None:
    whole, co_visit = lines(arguments(["--by-pattern"]), 7, outcome(), clean=False)
    assert whole.startswith("default 7: F1 0.500 (precision 0.500, recall 0.500), 1 of 2 rings, ")
    assert "2 leads, 1 false" in whole
    assert whole.endswith("duplicates 1 of 1 found, 1 of 2 wrong, 12 s")
    assert co_visit.startswith("  co_visit: F1 0.500")
    assert len(lines(arguments([]), 7, outcome(), clean=False)) == 1


def test_goal_is_both_rings_and_persons_or_no_lead_at_all() -> None:
    assert not outcome().good(clean=False)
    assert not outcome().good(clean=True)
    assert Outcome(judge(found({}), truth({})), 1).good(clean=True)
    assert Outcome(judge(found({"L1": "ab"}), truth({"R1": "ab"})), 1).good(clean=False)


def test_every_pattern_is_run_unless_some_are_named() -> None:
    assert "co_visit" in arguments([]).patterns
    assert arguments(["--patterns", "co_visit"]).patterns == ["co_visit"]


def test_plan_takes_whole_numbers_of_the_plan() -> None:
    asked = arguments(["--difficulty", "hard", "--plan", "persons_per_ring=50", "--seeds", "1"])
    assert planned(asked).persons_per_ring == 50
    assert planned(asked).card_pool != planned(arguments([])).card_pool


@pytest.mark.parametrize("given", ["persons=3", "persons_per_ring=-1", "couple_share=1", "x"])
def test_anything_else_is_refused(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["--plan", given])
    assert "persons_per_ring" in capsys.readouterr().err
