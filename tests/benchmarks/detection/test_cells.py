"""What is worked out is kept: a run that was broken off goes on; other questions, other cells."""

from pathlib import Path

import pytest

from benchmarks.detection.cells import Answer, Cell, answers

DONE: list[int] = []


def square(*, number: int) -> Answer:
    """Return a square, and remember having worked; -1 is a machine that fails."""
    if number < 0:
        raise RuntimeError("the machine fails")
    DONE.append(number)
    return {"square": number * number}


def cells(*numbers: int) -> list[Cell]:
    """Return a cell for each number."""
    return [Cell("part", f"n{number}", square, {"number": number}) for number in numbers]


def test_kept_answers_are_not_worked_out_again(tmp_path: Path) -> None:
    DONE.clear()
    first = answers(cells(1, 2), tmp_path)
    again = answers(cells(2, 3, 1), tmp_path)
    assert first == [{"square": 1}, {"square": 4}]
    assert again == [{"square": 4}, {"square": 9}, {"square": 1}]
    assert DONE == [1, 2, 3]


def test_run_that_failed_goes_on_where_it_was(tmp_path: Path) -> None:
    DONE.clear()
    with pytest.raises(RuntimeError, match="fails"):
        answers(cells(5, -1, 6), tmp_path)
    assert answers(cells(5, 6), tmp_path) == [{"square": 25}, {"square": 36}]
    assert DONE == [5, 6]
    assert not list(tmp_path.rglob("*.part"))


def test_other_questions_have_other_files(tmp_path: Path) -> None:
    one, other = cells(1)[0], Cell("part", "n1", square, {"number": 2})
    assert one.path(tmp_path) != other.path(tmp_path)
    assert one.path(tmp_path) == cells(1)[0].path(tmp_path)


@pytest.mark.slow
def test_processes_side_by_side_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    side = [Cell("part", name, len_of, {"text": name}) for name in ("a", "bb", "ccc")]
    assert answers(side, tmp_path, workers=2) == [{"n": 1}, {"n": 2}, {"n": 3}]


def len_of(*, text: str) -> Answer:
    """Return a length: work that a process of its own can find by name."""
    return {"n": len(text)}
