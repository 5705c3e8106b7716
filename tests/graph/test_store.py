"""The contract of a graph store: one suite, asked of every store that is full."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from graphfraud.errors import StoreError, UsageError
from graphfraud.graph.contract import EVERYTHING, LONGEST_PATH, MOST_HOPS, Filter, Store
from graphfraud.model.ontology import ONTOLOGY
from tests.graph.oracle import ends, shortest, simple
from tests.graph.stores import KINDS, World, a_crowd, a_full_store, the_fixture

NOBODY = [-1, 10**7, (1 << 39) + 10**6, 1 << 50, 1 << 70]


@pytest.fixture(scope="module")
def worlds(first_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, World]:
    folder = tmp_path_factory.mktemp("worlds")
    return {"fixture": the_fixture(first_run, folder), "crowd": a_crowd(folder)}


@pytest.fixture(scope="module", params=["fixture", "crowd"])
def world(request: pytest.FixtureRequest, worlds: Mapping[str, World]) -> World:
    return worlds[request.param]


@pytest.fixture(scope="module", params=KINDS)
def store(request: pytest.FixtureRequest, world: World) -> Iterator[Store]:
    with a_full_store(request.param, world, request) as full:
        yield full


def drawn(world: World, seed: int, n: int = 12) -> list[int]:
    """Return nodes of every kind, some of each."""
    lot = random.Random(seed)  # noqa: S311  a test draws its cases
    chosen = [lot.choice(found) for kind in ONTOLOGY.nodes if (found := world.oracle.of_kind(kind))]
    return [node.number for node in chosen + lot.sample(list(world.oracle.nodes.values()), n)]


def test_counts_are_those_of_the_parts(store: Store, world: World) -> None:
    nodes, edges = store.counts()
    whole = world.base.checksum.plus(world.found.checksum)
    assert list(nodes) == list(ONTOLOGY.nodes)
    assert list(edges) == list(ONTOLOGY.relationships)
    assert nodes == {kind: whole.nodes[kind].n for kind in nodes}
    assert edges == {kind: whole.edges[kind].n for kind in edges}


def test_the_checksum_is_that_of_the_parts(store: Store, world: World) -> None:
    whole = world.base.checksum.plus(world.found.checksum)
    found = store.checksum()
    assert found.differences(whole) == []
    assert found.text == whole.text


def test_nodes_come_whole_and_by_number(store: Store, world: World) -> None:
    numbers = drawn(world, 1)
    found = store.nodes([*reversed(numbers), *NOBODY, numbers[0]])
    assert found == tuple(world.oracle.nodes[n] for n in sorted(set(numbers)))
    for node in found:
        named = [one.name for one in ONTOLOGY.nodes[node.kind].columns]
        assert list(node.properties) == [name for name in named if name in node.properties]
    assert store.nodes([]) == ()


def test_all_nodes_at_once(store: Store, world: World) -> None:
    assert store.nodes(list(world.oracle.nodes)) == tuple(
        world.oracle.nodes[n] for n in sorted(world.oracle.nodes)
    )


def test_labels_and_times_are_there(store: Store, world: World) -> None:
    every = store.nodes(list(world.oracle.nodes))
    assert {"Pharmacy", "Drug", ""} <= {node.label for node in every}
    claims = [node for node in every if node.kind == "Claim"]
    assert all(type(node.properties["start_time"]) is datetime for node in claims)
    assert all(type(node.properties["total_amount_fen"]) is int for node in claims)


def test_find_knows_every_kind(store: Store, world: World) -> None:
    for number in drawn(world, 2):
        node = world.oracle.nodes[number]
        assert store.find(node.kind, node.id) == node
        assert store.find(node.kind, node.id + "?") is None
        assert store.find(node.kind, "") is None
    with pytest.raises(UsageError, match="Pirate"):
        store.find("Pirate", "x")


def day_of(world: World, number: int) -> date:
    times = [seen.edge.properties.get("time") for seen in world.oracle.around[number]]
    days = sorted(time.date() for time in times if isinstance(time, datetime))
    return days[len(days) // 2] if days else date(2025, 6, 1)


def filters(world: World, number: int) -> list[Filter]:
    day = day_of(world, number)
    return [
        EVERYTHING,
        Filter(nodes=frozenset({"Claim", "InsuredPerson", "Account"})),
        Filter(edges=frozenset({"FILED", "AT", "HOLDS", "CO_ATTENDS", "MEMBER_OF"})),
        Filter(since=day, until=day),
        Filter(since=day + timedelta(days=1)),
        Filter(until=day - timedelta(days=1)),
        Filter(min_weight=5),
        Filter(frozenset({"Claim", "Ring"}), frozenset({"FILED", "SUPPORTS"}), day, None, 1.5),
        Filter(nodes=frozenset()),
        Filter(edges=frozenset({"PIRATES"})),
    ]


@pytest.mark.parametrize(("hops", "cap"), [(1, 1), (1, 7), (1, 10_000), (2, 3), (2, 40), (3, 2)])
def test_neighbourhoods(store: Store, world: World, hops: int, cap: int) -> None:
    for number in drawn(world, hops * cap, 3)[:: 1 if hops == 1 else 3]:
        for only in filters(world, number)[:: 1 if cap > 1 else 2]:
            found = store.neighbourhood([number, NOBODY[0]], only=only, hops=hops, cap=cap)
            nodes, edges, more = world.oracle.neighbourhood([number], only, hops, cap)
            assert [node.number for node in found.nodes] == sorted(nodes)
            assert sorted(map(ends, found.edges)) == edges
            assert found.more == more


def test_a_neighbourhood_of_several_is_whole_and_in_order(store: Store, world: World) -> None:
    found = store.neighbourhood([*drawn(world, 9), *NOBODY], hops=2, cap=20)
    assert all(node == world.oracle.nodes[node.number] for node in found.nodes)
    for edge in found.edges:
        assert edge in [seen.edge for seen in world.oracle.around[edge.source]]
    keys = [(ONTOLOGY.relationships[e.kind].order, e.source, e.target) for e in found.edges]
    assert keys == sorted(keys)
    assert list(found.more) == sorted(found.more)
    assert min(found.more.values()) > 0
    assert found == store.neighbourhood(drawn(world, 9)[::-1], hops=2, cap=20)


def test_both_days_are_included(store: Store, world: World) -> None:
    person = max(
        world.oracle.of_kind("InsuredPerson"), key=lambda n: len(world.oracle.around[n.number])
    )
    day = day_of(world, person.number)
    filed = frozenset({"FILED"})
    found = store.neighbourhood([person.number], only=Filter(None, filed, day, day), cap=1000)
    assert found.edges
    assert {edge.properties["time"].date() for edge in found.edges} == {day}  # type: ignore[union-attr]


def test_an_unknown_node_has_no_neighbourhood(store: Store) -> None:
    assert store.neighbourhood(NOBODY) == store.neighbourhood([])
    assert store.neighbourhood([]).nodes == ()


@pytest.mark.parametrize(("hops", "cap"), [(0, 5), (MOST_HOPS + 1, 5), (1, 0), (-1, 5), (1, -3)])
def test_hops_and_cap_have_bounds(store: Store, hops: int, cap: int) -> None:
    with pytest.raises(UsageError):
        store.neighbourhood([0], hops=hops, cap=cap)


def pairs(world: World, seed: int) -> list[tuple[int, int]]:
    persons = [node.number for node in world.oracle.of_kind("InsuredPerson")]
    lot = random.Random(seed)  # noqa: S311  a test draws its cases
    return [*pairwise(drawn(world, seed, 4)), *pairwise(lot.sample(persons, 8))]


def test_shortest_paths(store: Store, world: World) -> None:
    lengths = set()
    for start, end in pairs(world, 3):
        for only in (EVERYTHING, Filter(nodes=frozenset({"Claim", "Facility", "Region"}))):
            for longest in (2, 6):
                graph = world.oracle.graph(start, end, only)
                expected = shortest(graph, start, end, longest)
                assert store.paths(start, end, only=only, longest=longest) == expected
                lengths |= {len(path) for path in expected}
    assert len(lengths) > 1


def test_all_simple_paths(store: Store, world: World) -> None:
    longest = 4 if len(world.oracle.nodes) > 2000 else 3
    found = 0
    for start, end in pairs(world, 4)[::3]:
        graph = world.oracle.graph(start, end)
        expected = simple(graph, start, end, longest, 30)
        assert store.paths(start, end, longest=longest, every=True, limit=30) == expected
        found += len(expected)
    assert found


def test_paths_look_at_dates_and_kinds_first(store: Store, world: World) -> None:
    for start, end in pairs(world, 5)[::2]:
        only = Filter(edges=frozenset({"FILED", "AT"}), since=day_of(world, start))
        graph = world.oracle.graph(start, end, only)
        assert store.paths(start, end, only=only) == shortest(graph, start, end, 6)


def test_paths_of_one_node_and_of_none(store: Store) -> None:
    assert store.paths(0, 0) == ((0,),)
    assert store.paths(0, NOBODY[1]) == store.paths(NOBODY[1], 0) == ()
    assert store.paths(NOBODY[1], NOBODY[1]) == ()
    for longest in (0, -1, LONGEST_PATH + 1):
        with pytest.raises(UsageError):
            store.paths(0, 1, longest=longest)


@pytest.mark.parametrize("claims", [False, True])
def test_rings(store: Store, world: World, claims: bool) -> None:
    oracle = world.oracle
    for ring in oracle.of_kind("Ring"):
        members = {one.other for one in oracle.matching(ring.number, edges_of("MEMBER_OF"))}
        support = {one.other for one in oracle.matching(ring.number, edges_of("SUPPORTS"))}
        beside = [{one.other for one in oracle.matching(m)} for m in members]
        pivots = {
            number
            for number, node in oracle.nodes.items()
            if ONTOLOGY.nodes[node.kind].pivot and sum(number in near for near in beside) > 1
        }
        shown = {ring.number} | members | pivots | (support if claims else set())
        found = store.ring(ring.id, claims=claims)
        assert {node.number for node in found.nodes} == shown
        among = [one for one in oracle.edges if {one.source, one.target} <= shown]
        assert sorted(map(ends, found.edges)) == sorted(map(ends, among))
        assert found.more == {}


def edges_of(kind: str) -> Filter:
    return Filter(edges=frozenset({kind}))


def test_an_unknown_ring(store: Store) -> None:
    for name in ("", "R?", "R0' OR 1=1"):
        with pytest.raises(StoreError, match="ring"):
            store.ring(name)


def test_a_question_is_answered(store: Store, world: World) -> None:
    columns, rows = store.ask("ring_members", {"rows": 100_000})
    members = {(row[0], row[2]) for row in rows}
    oracle = world.oracle
    expected = {
        (oracle.nodes[edge.target].id, oracle.nodes[edge.source].id)
        for edge in oracle.edges
        if edge.kind == "MEMBER_OF" and oracle.nodes[edge.target].kind == "Ring"
    }
    assert columns[:3] == ("ring_id", "kind", "member_id")
    assert members == expected
    with pytest.raises(UsageError):
        store.ask("ring_membres")
