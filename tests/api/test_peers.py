"""Warning lines as readers ask for them: what is kept, in which order, with which excess."""

import pandas as pd
import pytest

from graphfraud.api import Results
from graphfraud.api.peers import LEVELS, known_indices, sifted
from graphfraud.errors import UsageError


def test_the_gravest_stand_first_and_a_median_of_nothing_has_no_excess(results: Results) -> None:
    told = results.peer_lines()
    assert list(told["facility_id"]) == ["=F2", "F1", "F1", "F3"]
    assert pd.isna(told["excess"].iloc[0])
    assert told["excess"].iloc[1:].tolist() == pytest.approx([1.5, 0.5, 0.3])


def test_level_index_and_facility_each_keep_what_was_asked_for(results: Results) -> None:
    asked = [
        results.peer_lines(level=2),
        results.peer_lines(indices=["same_minute"]),
        results.peer_lines(facilities=["F1"]),
        results.peer_lines(level=3, indices=["same_minute"], facilities=["F3"]),
    ]
    assert [len(rows) for rows in asked] == [3, 2, 2, 0]


def test_no_order_of_the_rows_matters(results: Results) -> None:
    backwards = sifted(results.peers.iloc[::-1])
    pd.testing.assert_frame_equal(backwards, results.peer_lines())


@pytest.mark.parametrize("wrong", [{"level": 0}, {"level": 4}, {"indices": ["age"]}])
def test_what_there_is_not_is_refused(results: Results, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        results.peer_lines(**wrong)  # type: ignore[arg-type]


def test_levels_are_those_of_the_supervisors_and_shares_are_called_so() -> None:
    assert LEVELS == {1: 0.2, 2: 0.5, 3: 1.0}
    shares = {one.name for one in known_indices() if one.is_share}
    assert {"refund_share", "odd_hours_share"} <= shares
    assert {"same_minute", "amount_per_claim"} & shares == set()
