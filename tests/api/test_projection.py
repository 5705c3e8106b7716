"""Projections of a small delivery against what pandas says of the same rows."""

import json
from collections import Counter
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from graphfraud.api import Workspace, open_workspace
from graphfraud.api.ties import network_of
from graphfraud.errors import UsageError

CLAIMS = [  # claim, person, facility, yuan: person 7 and facility 7 share their id
    ("1", "7", "7", "10.00"),
    ("2", "7", "7", "5.50"),
    ("3", "8", "7", "1.00"),
    ("4", "8", "9", "2.00"),
    ("5", "9", "9", "4.00"),
]
FOLDED = {("7", "7"): 2, ("8", "7"): 1, ("8", "9"): 1, ("9", "9"): 1}
QUICK = {"co_visit.replicates": "19", "co_visit.ring_level": "0.05"}


def loaded(folder: Path, claims: list[tuple[str, str, str, str]]) -> Workspace:
    heads = ["claim_id", "person_id", "facility_id", "total_amount"]
    rows = pd.DataFrame(claims, columns=heads).assign(
        med_type="outpatient", start_time="2025-03-01 08:00:00"
    )
    rows["refund_of"] = ["5" if amount.startswith("-") else "" for amount in rows["total_amount"]]
    folder.mkdir()
    rows.to_csv(folder / "claims.csv", index=False)
    persons = pd.DataFrame({"person_id": ["7", "8", "9", "0"], "phone": ["1", "1", "1", "2"]})
    persons.to_csv(folder / "persons.csv", index=False)
    store = open_workspace(folder / "workspace")
    store.load([folder / "claims.csv", folder / "persons.csv"])
    return store


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return loaded(tmp_path_factory.mktemp("small") / "one", CLAIMS)


def weights(table: pd.DataFrame) -> dict[tuple[str, str], float]:
    rows = table[["id_a", "id_b", "weight"]].to_numpy().tolist()
    return {(str(a), str(b)): float(weight) for a, b, weight in rows}


def test_claims_fold_away_to_how_often_a_person_was_there(small: Workspace) -> None:
    found = small.project(["InsuredPerson", "Facility"], ["FILED", "AT"], through="Claim")
    table = found.to_pandas()
    assert weights(table) == FOLDED
    assert set(table["kind_a"]) == {"InsuredPerson"}
    assert set(table["kind_b"]) == {"Facility"}
    assert found.counts == {"nodes": 6, "edges": 4, "alone": 1}


def test_what_lies_in_between_may_weigh_its_own_property(small: Workspace) -> None:
    found = small.project(["InsuredPerson", "Facility"], through="Claim", weight="total_amount_fen")
    assert weights(found.to_pandas()) == {
        ("7", "7"): 1550, ("8", "7"): 100, ("8", "9"): 200, ("9", "9"): 400,
    }  # fmt: skip
    alike = small.project(["InsuredPerson", "Facility"], through="Claim", weight="none")
    assert set(weights(alike.to_pandas())) == set(FOLDED)
    assert not alike.edges.weighted


def test_persons_fold_over_a_shared_phone(small: Workspace) -> None:
    found = small.project(["InsuredPerson"], ["HOLDS"], through="Phone")
    assert weights(found.to_pandas()) == {("7", "8"): 1, ("7", "9"): 1, ("8", "9"): 1}


def test_unfolded_relationships_join_their_ends(small: Workspace) -> None:
    found = small.project(relationships=["FILED"])
    table = found.to_pandas()
    filed = Counter((person, claim) for claim, person, _, _ in CLAIMS)
    assert weights(table) == filed
    assert found.nodes["kind"].unique().tolist() == ["InsuredPerson", "Claim"]
    both = small.project(["InsuredPerson", "Claim", "Facility"])
    assert len(both.to_pandas()) == 2 * len(CLAIMS)


def test_two_kinds_with_one_id_stay_two(small: Workspace) -> None:
    found = small.project(["InsuredPerson", "Facility"], ["FILED", "AT"], through="Claim")
    graph = found.to_networkx()
    assert graph.edges[("InsuredPerson", "7"), ("Facility", "7")]["weight"] == 2
    assert set(graph) == set(zip(found.nodes["kind"], found.nodes["id"], strict=True))
    table = found.communities("components").table
    assert not table.duplicated(["kind", "id"]).any()
    same = nx.node_connected_component(graph, ("InsuredPerson", "7"))
    together = table[table["community"] == 0]
    assert set(zip(together["kind"], together["id"], strict=True)) == same


def test_igraph_and_networkx_hold_the_same(small: Workspace) -> None:
    found = small.project(["InsuredPerson", "Facility"], through="Claim")
    one, two = found.to_igraph(), found.to_networkx()
    assert one.vcount() == two.number_of_nodes()
    kinds = list(zip(one.vs["kind"], one.vs["name"], strict=True))
    assert {(kinds[e.source], kinds[e.target], e["weight"]) for e in one.es} == {
        (a, b, weight) for a, b, weight in two.edges(data="weight")
    }


def test_rows_delivered_in_another_order_give_the_same_bytes(tmp_path: Path) -> None:
    stores = [loaded(tmp_path / name, rows) for name, rows in (("a", CLAIMS), ("b", CLAIMS[::-1]))]
    for name in ("communities", "centrality"):
        texts = []
        for number, store in enumerate(stores):
            job = getattr(store.project(["InsuredPerson", "Facility"], through="Claim"), name)()
            out = job.save(tmp_path / f"{name}{number}")
            texts.append((out / f"{name}.csv").read_bytes())
        assert texts[0] == texts[1]


def test_job_says_how_it_was_made(small: Workspace, tmp_path: Path) -> None:
    job = small.project(["InsuredPerson", "Facility"], through="Claim").communities(seed=3)
    out = job.save(tmp_path / "deep" / "out", "parquet")
    about = json.loads((out / "job.json").read_text(encoding="utf-8"))
    assert about == job.about
    assert about["parameters"] == {
        "algorithm": "leiden", "resolution": 1.0, "objective": "modularity",
    }  # fmt: skip
    assert (about["seed"], about["reproducible"]) == (3, True)
    assert about["counts"] == {"nodes": 6, "edges": 4, "alone": 1}
    assert about["projection"]["through"] == "Claim"
    assert about["quality"]["communities"] == job.table["community"].nunique()
    read = pd.read_parquet(out / "communities.parquet")
    assert read["id"].tolist() == job.table["id"].tolist()
    with pytest.raises(UsageError, match="no format 'xlsx'"):
        job.save(tmp_path, "xlsx")


def test_centralities_are_those_of_networkx_by_name(small: Workspace) -> None:
    found = small.project(["InsuredPerson", "Facility"], through="Claim")
    table = found.centrality(["weighted_degree", "betweenness"]).table
    graph = found.to_networkx()
    wanted = nx.betweenness_centrality(graph)
    for row in table.itertuples():
        assert row.weighted_degree == graph.degree((row.kind, row.id), "weight")
        assert row.betweenness == pytest.approx(wanted[row.kind, row.id])


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        ({"nodes": ["Facilty"]}, "no kind of node 'Facilty'", "Did you mean Facility?"),
        ({"relationships": ["filed"]}, "no relationship 'filed'", "Did you mean FILED?"),
        ({"nodes": ["Claim"], "through": "Persons"}, "'Persons'", "InsuredPerson"),
        ({}, "Nothing to project", "Name kinds"),
        ({"nodes": ["Ring"]}, "comes from a run", "validated_ties"),
        ({"nodes": ["Claim"], "through": "Claim"}, "kept and folded", "Leave one out"),
        ({"relationships": ["AT"], "weight": "amount"}, "AT has no number", "count, none"),
        ({"nodes": ["Item", "Claim"], "relationships": ["INCLUDES"], "weight": "amount"},
         "INCLUDES has no number 'amount'", "Did you mean amount_fen?"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused(
    small: Workspace, asked: dict[str, list[str]], message: str, hint: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        small.project(**asked)  # type: ignore[arg-type]
    assert hint in caught.value.hint


def test_negative_and_missing_weights_are_refused(tmp_path: Path) -> None:
    refund = loaded(tmp_path / "refund", [*CLAIMS, ("6", "9", "9", "-4.00")])
    with pytest.raises(UsageError, match=r"1 of 6 weights .* the first is -400"):
        refund.project(["InsuredPerson", "Facility"], through="Claim", weight="total_amount_fen")
    with pytest.raises(UsageError, match="the first is missing"):
        refund.project(["InsuredPerson", "Facility"], through="Claim", weight="fund_amount_fen")


def test_kinds_without_a_row_give_an_empty_graph(small: Workspace) -> None:
    found = small.project(["Doctor"])
    assert found.counts == {"nodes": 0, "edges": 0, "alone": 0}
    assert found.to_pandas().empty
    assert found.to_networkx().number_of_nodes() == found.to_igraph().vcount() == 0
    for job in (found.communities(), found.centrality()):
        assert job.table.empty


def test_validated_ties_are_the_network_that_scores_stand_on(case: Workspace) -> None:
    found = case.validated_ties("co_visit", parameters=QUICK)
    table = found.to_pandas()
    results = case.detect(patterns=["co_visit"], parameters=QUICK)
    scores = results.entity_scores.set_index("entity_id")
    assert len(table) == results.run["tests"]["co_visit"]["ties"]
    degree = found.centrality(["degree"]).table.set_index("id")["degree"]
    known = [name for name in degree.index if name in scores.index]
    assert len(known) == len(degree) > 0
    assert (degree[known] <= scores.loc[known, "degree"]).all()
    assert (table["weight"] == table["observed"]).all()
    assert (table["observed"] > table["expected"]).all()
    ties = found.to_igraph().es
    np.testing.assert_array_equal(ties["p"], table["p"])


def test_parallel_ties_stand_once_and_types_stay_apart() -> None:
    table = pd.DataFrame(
        {
            "type_a": ["person", "facility", "person", "person"],
            "a": ["1", "1", "2", "3"],
            "type_b": ["facility", "person", "person", "person"],
            "b": ["1", "1", "1", "3"],
            "observed": [4, 9, 2, 5],
        }
    )
    found = network_of(table, {})
    assert found.nodes.to_numpy().tolist() == [
        ["Facility", "1"], ["InsuredPerson", "1"], ["InsuredPerson", "2"], ["InsuredPerson", "3"],
    ]  # fmt: skip
    assert weights(found.to_pandas()) == {("1", "1"): 9, ("1", "2"): 2}
    alike = network_of(table.drop(columns="observed"), {})
    assert (alike.about["weight"], alike.edges.weighted) == ("none", False)


@pytest.mark.parametrize(
    ("pattern", "message"), [("same_invoice", "has no ties"), ("covisit", "no pattern")]
)
def test_patterns_without_ties_say_so(case: Workspace, pattern: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        case.validated_ties(pattern)
