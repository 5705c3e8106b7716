"""Lineages of runs written by hand: what became of each ring is known."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphfraud.api.descent import parents
from graphfraud.api.lineage import Lineage, lineage_of
from tests.api.test_comparison import Rings, folder

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def told(tmp_path: Path, before: Rings, after: Rings) -> Lineage:
    one, other = (folder(tmp_path / name, r) for name, r in (("old", before), ("new", after)))
    return lineage_of("new", other, "old", one)


def events(found: Lineage) -> dict[str, str]:
    return dict(zip(found.rings["ring_id"], found.rings["event"], strict=True))


@pytest.mark.parametrize(
    ("before", "after", "event", "earlier"),
    [
        ({}, {"L": "abc"}, "born", ""),
        ({"E": "xyz"}, {"L": "abc"}, "born", ""),
        ({"L": "abc"}, {"L": "abc"}, "unchanged", "L"),
        ({"E": "abc"}, {"L": "abc"}, "unchanged", "E"),  # another pattern, the same persons
        ({"E": "abc"}, {"L": "abcde"}, "grown", "E"),
        ({"E": "abc"}, {"L": "abcdefghij"}, "grown", "E"),  # Jaccard 0.3: wholly inside
        ({"E": "abcde"}, {"L": "abc"}, "shrunk", "E"),
        ({"E": "abcdefghij"}, {"L": "abc"}, "shrunk", "E"),
        ({"E": "abcd"}, {"L": "abcx"}, "changed", "E"),
        ({"E": "abcdef", "F": "mnop"}, {"L": "abcdefmnop"}, "merged", "E;F"),
        ({"E": "abcdef", "F": "mno"}, {"L": "abcdefmn"}, "merged", "E;F"),
        ({"E": "abcdefgh", "F": "yz"}, {"L": "abcdefg"}, "shrunk", "E"),
        ({"E": "abcdef"}, {"L": "abc", "M": "def"}, "split", "E"),
        ({"E": "abcdefgh"}, {"L": "abcdef", "M": "ghi"}, "split", "E"),
    ],
)
def test_each_event(tmp_path: Path, before: Rings, after: Rings, event: str, earlier: str) -> None:
    found = told(tmp_path, before, after)
    row = found.rings.set_index("ring_id").loc["L"]
    assert (row["event"], row["earlier"]) == (event, earlier)


def test_who_joined_left_and_stayed_is_counted_in_persons(tmp_path: Path) -> None:
    (row,) = told(tmp_path, {"E": "abcd"}, {"L": "bcdxyz"}).rings.to_dict("records")
    assert (row["joined"], row["left"], row["kept"]) == (3, 1, 3)


def test_both_parts_of_a_split_say_so(tmp_path: Path) -> None:
    assert events(told(tmp_path, {"E": "abcdefgh"}, {"L": "abcdef", "M": "ghi"})) == {
        "L": "split", "M": "split"
    }  # fmt: skip


def test_a_ring_that_nothing_descends_from_is_gone(tmp_path: Path) -> None:
    found = told(tmp_path, {"E": "abc", "F": "xyz", "G": "pqr"}, {"L": "abc", "M": "xtuvw"})
    assert found.gone["ring_id"].tolist() == ["F", "G"]
    assert found.counts == dict.fromkeys(found.counts, 0) | {"unchanged": 1, "born": 1, "gone": 2}


def test_places_make_no_descent(tmp_path: Path) -> None:
    assert events(told(tmp_path, {"E": "abc"}, {"L": "xyz"})) == {"L": "born"}  # both at F


def test_rings_that_overlap_in_both_runs_neither_merge_nor_split(tmp_path: Path) -> None:
    rings = {"R": "abcd", "S": "abce", "T": "abxyz"}
    assert set(events(told(tmp_path, rings, rings)).values()) == {"unchanged"}


def test_without_an_earlier_run_there_is_nothing_to_tell(tmp_path: Path) -> None:
    found = lineage_of("new", folder(tmp_path / "new", {"L": "abc"}), "", None)
    assert found.rings.empty
    assert found.gone.empty
    assert set(found.counts.values()) == {0}


def test_empty_runs_on_either_side(tmp_path: Path) -> None:
    assert told(tmp_path, {}, {}).rings.empty
    found = lineage_of("c", folder(tmp_path / "c", {}), "d", folder(tmp_path / "d", {"E": "abc"}))
    assert found.counts["gone"] == 1


groups = st.dictionaries(
    st.sampled_from(["R", "S", "T", "U"]), st.sets(st.sampled_from(LETTERS), min_size=2, max_size=9)
)


@given(groups, groups)
def test_descent_is_the_same_in_any_order_and_half_of_somebody_is_shared(
    before: dict[str, set[str]], after: dict[str, set[str]]
) -> None:
    one = {f"e{n}": frozenset(("person", p) for p in ps) for n, ps in before.items()}
    two = {f"l{n}": frozenset(("person", p) for p in ps) for n, ps in after.items()}
    forth = parents(one, two)
    turned = parents(dict(reversed(one.items())), dict(reversed(two.items())))
    assert {name: turned[name] for name in forth} == forth
    for name, ones in forth.items():
        for earlier in ones:
            shared = len(one[earlier] & two[name])
            assert 2 * shared >= min(len(one[earlier]), len(two[name]))
