from hypothesis import given
from hypothesis import strategies as st

from graphfraud.workspace import Damage, TableCount

COUNTS = st.integers(min_value=0, max_value=10**12)


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.integers(min_value=-2, max_value=2))
def test_balanced_exactly_when_rows_add_up(
    loaded: int, duplicate: int, conflict: int, rejected: int, slip: int
) -> None:
    read = loaded + duplicate + conflict + rejected + slip
    rows = TableCount(read, loaded, duplicate, conflict, rejected)
    assert rows.balanced() is (slip == 0)


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.integers(min_value=-2, max_value=2))
def test_balanced_exactly_when_fen_add_up(
    loaded: int, duplicate: int, conflict: int, rejected: int, slip: int
) -> None:
    fen = TableCount(
        read_fen=loaded + duplicate + conflict + rejected + slip,
        loaded_fen=loaded,
        duplicate_fen=duplicate,
        conflict_fen=conflict,
        rejected_fen=rejected,
    )
    assert fen.balanced() is (slip == 0)


def test_damage_reads_as_half_a_sentence() -> None:
    assert str(Damage("feeds/1/rejects.parquet", "changed")) == "feeds/1/rejects.parquet is changed"
