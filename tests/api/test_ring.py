import igraph
import networkx as nx

from graphfraud.api import Results, Ring

RING_A, RING_B = "R0000000000000aa", "R0000000000000ab"


def test_graph_has_members_ties_and_visits(results: Results) -> None:
    graph = results.ring(RING_A).to_networkx()
    assert set(graph) == {"person:007", "person:008", "person:009", "facility:F1"}
    tie = graph.edges["person:007", "person:008"]
    assert (tie["kind"], tie["observed"], tie["expected"]) == ("tie", 12, 0.3)
    visits = graph.edges["person:007", "facility:F1"]
    assert (visits["kind"], visits["n_claims"], visits["total_amount"]) == ("visits", 2, 2010)


def test_networkx_and_igraph_are_the_same_graph(results: Results) -> None:
    ring = results.ring(RING_A)
    one, other = ring.to_networkx(), ring.to_igraph()
    assert isinstance(other, igraph.Graph)
    names = other.vs["name"]
    edges = {frozenset((names[a], names[b])) for a, b in other.get_edgelist()}
    assert edges == {frozenset(pair) for pair in one.edges}
    assert dict(zip(names, other.vs["role"], strict=True)) == nx.get_node_attributes(one, "role")


def test_ends_that_are_no_members_are_nodes_too(results: Results) -> None:
    ring = results.ring(RING_A)
    fewer = ring.members[ring.members["entity_id"] == "009"]
    graph = Ring(
        ring.ring_id, ring.about, fewer, ring.ties, ring.claims, ring.reasons
    ).to_networkx()
    assert graph.nodes["facility:F1"] == {
        "entity_type": "facility",
        "entity_id": "F1",
        "role": "",
        "weight": 0.0,
    }


def test_order_of_rows_does_not_matter(results: Results) -> None:
    ring = results.ring(RING_A)
    turned = Ring(
        ring.ring_id,
        ring.about,
        ring.members[::-1],
        ring.ties[::-1],
        ring.claims[::-1],
        ring.reasons[::-1],
    )
    assert list(turned.to_networkx().edges(data=True)) == list(ring.to_networkx().edges(data=True))
    assert turned.layout() == ring.layout()


def test_layout_places_every_node_apart(results: Results) -> None:
    places = results.ring(RING_A).layout()
    assert set(places) == set(results.ring(RING_A).to_networkx())
    assert len(set(places.values())) == len(places)


def test_ring_without_members_has_an_empty_layout(results: Results) -> None:
    assert results.ring(RING_B).layout() == {}


def test_row_is_plain(results: Results) -> None:
    about = results.ring(RING_B).about_plain()
    assert about["total_amount"] is None
    assert about["explanation"] == "household"
