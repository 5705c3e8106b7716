"""Two stores, one graph: whatever is asked, both answer alike, to the last property."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from graphfraud.graph.contract import Filter, Store
from graphfraud.model.ontology import ONTOLOGY
from tests.graph.stores import World, a_crowd, a_full_store, the_fixture

pytestmark = pytest.mark.xdist_group("neo4j")
Ask = Callable[[Store], object]
CALLS = 200


@pytest.fixture(scope="module", params=["fixture", "crowd"])
def world(
    request: pytest.FixtureRequest, first_run: Path, tmp_path_factory: pytest.TempPathFactory
) -> World:
    folder = tmp_path_factory.mktemp("same")
    return the_fixture(first_run, folder) if request.param == "fixture" else a_crowd(folder)


@pytest.fixture(scope="module")
def both(world: World, request: pytest.FixtureRequest) -> Iterator[tuple[Store, Store]]:
    with (
        a_full_store("embedded", world, request) as embedded,
        a_full_store("neo4j", world, request) as on_server,
    ):
        yield embedded, on_server


class Lot:
    """Draws questions about a world."""

    def __init__(self, world: World, seed: int) -> None:
        self._lot = random.Random(seed)  # noqa: S311  a test draws its cases
        self._nodes = list(world.oracle.nodes.values())

    def ask(self) -> Ask:
        kinds = (self.nodes, self.search, self.neighbourhood, self.neighbourhood, self.paths)
        return self._lot.choice(kinds)()

    def number(self) -> int:
        return self._lot.choice(self._nodes).number

    def only(self) -> Filter:
        first = date(2025, 1, 1) + timedelta(days=self._lot.randrange(300))
        return Filter(
            self.some(list(ONTOLOGY.nodes)),
            self.some(list(ONTOLOGY.relationships)),
            self._lot.choice([None, first]),
            self._lot.choice([None, first + timedelta(days=self._lot.randrange(90))]),
            self._lot.choice([0, 0, 3, 8.5]),
        )

    def some(self, kinds: list[str]) -> frozenset[str] | None:
        few = frozenset(self._lot.sample(kinds, len(kinds) * 2 // 3))
        return self._lot.choice([None, None, few])

    def nodes(self) -> Ask:
        numbers = [self.number() for _ in range(self._lot.randrange(1, 40))]
        return lambda store: store.nodes(numbers)

    def search(self) -> Ask:
        name = self._lot.choice(self._nodes).caption
        begin = self._lot.randrange(len(name))
        text = name[begin : begin + self._lot.randrange(1, len(name) + 1)]
        limit, kinds = self._lot.randrange(1, 60), self.some(list(ONTOLOGY.nodes))
        return lambda store: store.search(text, kinds, limit)

    def neighbourhood(self) -> Ask:
        numbers = [self.number() for _ in range(self._lot.randrange(1, 4))]
        only, hops, cap = self.only(), self._lot.choice([1, 1, 2]), self._lot.choice([1, 4, 30])
        return lambda store: store.neighbourhood(numbers, only=only, hops=hops, cap=cap)

    def paths(self) -> Ask:
        start, end, only = self.number(), self.number(), self.only()
        every = self._lot.random() < 0.3
        longest = self._lot.randrange(1, 4 if every else 7)
        return lambda store: store.paths(start, end, only=only, longest=longest, every=every)


def test_both_stores_answer_alike(both: tuple[Store, Store], world: World) -> None:
    lot = Lot(world, 20260101)
    for call in range(CALLS):
        ask = lot.ask()
        embedded, on_server = (ask(store) for store in both)
        assert embedded == on_server, f"call {call}"


def test_both_show_rings_alike(both: tuple[Store, Store], world: World) -> None:
    for ring in world.oracle.of_kind("Ring"):
        for claims in (False, True):
            embedded, on_server = (store.ring(ring.id, claims=claims) for store in both)
            assert embedded == on_server
