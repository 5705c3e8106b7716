"""Judgements stay attached to what a ring becomes, and no result ever changes."""

import pytest

from graphfraud.api import Workspace
from graphfraud.errors import UsageError, WorkspaceError
from graphfraud.workspace import RunRecord
from tests.api.test_comparison import Rings, folder
from tests.conftest import RING_A
from tests.workspace.delivery import deliver


def published(store: Workspace, name: str, rings: Rings, new_data: bytes = b"") -> str:
    """Publish a run of these rings on all there is, and on a new feed; return its id."""
    if new_data:
        deliver(store.folder, new_data)
    snapshot = store.snapshot()
    with store.folder.staging() as staging:
        results = folder(staging / "run", rings, {"run_id": name})
        for path in results.folder.iterdir():
            path.rename(staging / path.name)
        (staging / "run").rmdir()
        record = RunRecord(name, snapshot.snapshot_id, '{"co_visit": {}}', 1, "0", "h")
        return store.folder.publish_run(staging, record).run_id


def test_a_judgement_is_kept_with_who_when_what_why_and_the_members(store: Workspace) -> None:
    kept = store.judge(RING_A, "confirmed", " Cards at one shop. ", judged_by="Li")
    assert kept.members == {("person", one) for one in ("007", "008", "009")} | {("facility", "F1")}
    (row,) = store.judgements().to_dict("records")
    assert (row["ring_id"], row["verdict"], row["judged_by"]) == (RING_A, "confirmed", "Li")
    assert row["reason"] == "Cards at one shop."
    assert (row["given_on"], row["given_in"]) == (RING_A, store.runs()[0].run_id)
    assert row["members_then"] == row["members_same"] == row["members_now"] == 4
    assert row["judged_at"].endswith("+00:00")


def test_judgements_are_added_and_the_newest_comes_first(store: Workspace) -> None:
    for verdict in ("unsure", "confirmed", "excluded"):
        store.judge(RING_A, verdict, "Asked again.", judged_by="Li")
    assert store.judgements()["verdict"].tolist() == ["excluded", "confirmed", "unsure"]


def test_no_file_of_the_workspace_changes(store: Workspace) -> None:
    before = {path: path.read_bytes() for path in store.results().folder.iterdir()}
    store.judge(RING_A, "excluded", "One household.")
    assert {path: path.read_bytes() for path in store.results().folder.iterdir()} == before
    assert store.verify() == []


def test_it_stays_attached_to_the_ring_on_later_runs(store: Workspace) -> None:
    first = published(store, "one", {"E": "abcd", "F": "wxyz"})
    store.judge("E", "confirmed", "Seen.", run_id=first)
    later = published(store, "two", {"L": "abcdef", "M": "wxyz"})
    (row,) = store.judgements(later).to_dict("records")
    assert (row["ring_id"], row["given_on"], row["given_in"]) == ("L", "E", "one")
    assert (row["members_then"], row["members_same"], row["members_now"]) == (5, 5, 7)
    assert store.judgements(published(store, "three", {"N": "pqrs"})).empty


def test_both_parts_of_a_split_carry_it_and_a_merged_ring_carries_both(store: Workspace) -> None:
    published(store, "one", {"E": "abcdef", "F": "uvwxyz"})
    store.judge("E", "confirmed", "Seen.")
    store.judge("F", "excluded", "A care home.")
    published(store, "two", {"L": "abc", "M": "def", "F": "uvwxyz"})
    found = store.judgements()
    assert set(zip(found["ring_id"], found["verdict"], strict=True)) == {
        ("L", "confirmed"), ("M", "confirmed"), ("F", "excluded")
    }  # fmt: skip
    published(store, "three", {"N": "abcdefuvwxyz"})
    assert sorted(store.judgements()["verdict"]) == ["confirmed", "excluded"]


def test_a_ring_beside_the_judged_one_is_not_judged_with_it(store: Workspace) -> None:
    published(store, "one", {"E": "abcd", "F": "abxy"})
    store.judge("E", "confirmed", "Seen.")
    later = published(store, "two", {"E": "abcd", "F": "abxy"})
    assert store.judgements(later)["ring_id"].tolist() == ["E"]


def test_it_survives_the_loss_of_the_run_it_was_given_in(store: Workspace) -> None:
    first = published(store, "one", {"E": "abcd"})
    store.judge("E", "confirmed", "Seen.")
    later = published(store, "two", {"L": "abce"})
    (store.folder.run_folder(first) / "rings.csv").unlink()
    assert store.judgements(later)["members_same"].tolist() == [4]  # three persons and the place


def test_what_is_no_judgement_is_refused_in_a_sentence(store: Workspace) -> None:
    with pytest.raises(UsageError, match="'guilty' is no judgement") as refused:
        store.judge(RING_A, "guilty", "Seen.")
    assert refused.value.hint == "Say one of confirmed, excluded, unsure."
    with pytest.raises(UsageError, match="needs a reason"):
        store.judge(RING_A, "unsure", "  ")
    with pytest.raises(UsageError, match="needs a name"):
        store.judge(RING_A, "unsure", "Seen.", judged_by=" ")
    with pytest.raises(UsageError, match="No ring in this run"):
        store.judge("Rnope", "unsure", "Seen.")
    with pytest.raises(WorkspaceError, match="no run 'nope'"):
        store.judge(RING_A, "unsure", "Seen.", run_id="nope")
    assert store.judgements().empty


def test_the_earlier_run_is_the_newest_of_the_same_patterns_on_other_data(store: Workspace) -> None:
    published(store, "one", {"E": "abc"})
    assert store.earlier_run() == ""  # run1 looked for something else
    assert store.lineage().rings.empty
    published(store, "two", {"E": "abc"})
    assert store.earlier_run() == "one"  # nothing but the same data
    published(store, "three", {"E": "abcd"}, b"more")
    published(store, "four", {"E": "abcd"})
    assert store.earlier_run("three") == store.earlier_run("four") == "two"
    assert store.lineage().counts["grown"] == 1


def test_a_run_can_be_followed_since_any_other(store: Workspace) -> None:
    published(store, "one", {"E": "abc"})
    published(store, "two", {"E": "abcd"})
    published(store, "three", {"E": "abcd"})
    assert store.lineage("three").counts["unchanged"] == 1
    assert store.lineage("three", "one").counts["grown"] == 1
    with pytest.raises(WorkspaceError, match="no run 'nope'"):
        store.lineage("three", "nope")
