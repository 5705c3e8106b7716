"""A whole run against a whole truth."""

from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.evaluation.judge import judge
from tests.evaluation.made import found, pairs, table, truth


def test_only_leads_are_judged_and_explained_rings_are_counted() -> None:
    told = judge(found({"L1": "abc"}, {"E1": "def"}), truth({"R1": "abc", "R2": "def"}))
    assert told.counts == {"leads": 1, "explained": 1, "rings": 2}
    assert told.f1 == 2 / 3
    assert told.missed_rings["explanation"].tolist() == ["household"]


def test_what_the_truth_does_not_tell_is_not_judged() -> None:
    told = judge(found({"L1": "abc"}, duplicates=[("1", "2", "x")]), truth({"R1": "abc"}))
    assert told.lookalikes is told.lookalike_reasons is None
    assert told.duplicate_kinds is told.honest_pairs is None
    assert told.pairs.empty


def test_everything_the_truth_tells_is_judged() -> None:
    known = replace(
        truth({"R1": "abc"}),
        lookalikes=pd.DataFrame({"lookalike": ["H"], "kind": ["errand"]}),
        lookalike_members=table({"H": "xy"}, "lookalike"),
        duplicates=pairs([("1", "2", "same_invoice")]),
        duplicate_lookalikes=pairs([("3", "4", "refund")]),
        identities=pd.DataFrame({"person_id_a": ["a"], "person_id_b": ["b"], "kind": [""]}),
    )
    run = found({"L1": "abc", "L2": "xyz"}, duplicates=[("2", "1", "x"), ("4", "3", "x")])
    told = judge(run, known)
    assert told.false_leads["kind"].tolist() == ["errand"]
    assert told.lookalikes is not None
    assert told.lookalikes["touched"].tolist() == [1]
    assert told.pairs.set_index("what")["found"].to_dict() == {"duplicates": 1, "identities": 0}
    assert told.honest_pairs is not None
    assert told.honest_pairs["reported"].tolist() == [1]


def test_persons_alone_and_all_entities_differ() -> None:
    told = judge(found({"L1": "abXYZ"}), truth({"R1": "ab", "R2": "PQ"}))
    rows = told.rings.query("jaccard == 0.7").set_index("entities")
    assert rows["hits"].to_dict() == {"all": 0, "person": 1}
    assert rows["rings"].to_dict() == {"all": 2, "person": 1}
    assert [one.code for one in told.remarks] == ["no_persons"]


def test_leads_set_aside_are_told() -> None:
    known = truth({"R1": "abc", "R2": "def"}, {"R2": "group_admission"})
    told = judge(found({"L1": "abc", "L2": "def"}), known, ["co_visit"])
    assert told.f1 == 1.0
    assert told.counts == {"leads": 2, "explained": 0, "rings": 1}
    assert [(one.code, dict(one.facts)) for one in told.remarks] == [("set_aside", {"n": 1})]


def test_a_clean_population_without_leads_is_right() -> None:
    told = judge(found({}), truth({}))
    assert told.f1 == 1.0
    assert told.false_leads.empty
    assert told.patterns.empty
    assert judge(found({"L1": "ab"}), truth({})).f1 == 0.0


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(8)))
def test_order_of_rows_changes_nothing(order: list[int]) -> None:
    run = found({"L3": "xy", "L1": "ab", "L2": "cd"}, {"E1": "ef"})
    known = truth({"R1": "abc", "R2": "cdx", "R3": "ef"})
    rings = run.rings.iloc[[n for n in order if n < len(run.rings)]]
    mixed = replace(run, rings=rings, members=run.members.iloc[order])
    before, after = judge(run, known), judge(mixed, known)
    for name in ("rings", "patterns", "members", "false_leads", "missed_rings"):
        pd.testing.assert_frame_equal(getattr(before, name), getattr(after, name))
    assert before.average_precision == after.average_precision
