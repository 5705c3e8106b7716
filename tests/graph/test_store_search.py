"""Searching, as the contract of a graph store has it: asked of every store that is full."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.contract import Store
from tests.graph.oracle import Oracle
from tests.graph.stores import KINDS, World, a_full_store, the_fixture

EVERY = 10**6
HOSTILE = [
    "'", '"', "`", "``", "\\", "%", "_", "__", "张%", "_张", "*", "?", ".*", "[张王]", "$text",
    "name:* OR (", "id:[* TO *]", "+张 -王", "张~2", "\\u0060", "\\u0027", "{}", "//", "/*", "--",
    "' OR 1=1 --", "'}) MATCH (n) DETACH DELETE n //", "`) DETACH DELETE", "\0", "张\0宁", "张宁\0",
    "\u202e张宁强", "עברית", "مرحبا", "\U0001f600", "e\u0301", "\U0010ffff", "\ud800", "张\udfff",
    "\n", "张\n宁", "a" * 10_000, "张" * 10_000, "130600" + "'" * 50,
]  # fmt: skip


@pytest.fixture(scope="module")
def world(first_run: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    return the_fixture(first_run, tmp_path_factory.mktemp("search"))


@pytest.fixture(scope="module", params=KINDS)
def store(request: pytest.FixtureRequest, world: World) -> Iterator[Store]:
    with a_full_store(request.param, world, request) as full:
        yield full


def found(
    store: Store, text: str, kinds: frozenset[str] | None = None, limit: int = EVERY
) -> list[tuple[int, str]]:
    return [(hit.node.number, hit.how) for hit in store.search(text, kinds, limit)]


def names(oracle: Oracle) -> list[str]:
    """Return a name of every kind that has one."""
    kinds = ("InsuredPerson", "Doctor", "Facility", "Item", "Address", "Company")
    return [node.caption for kind in kinds for node in oracle.of_kind(kind)[:1]]


def slips(name: str) -> list[str]:
    """Return names that are one slip away, one of each sort, and one that is two away."""
    middle = len(name) // 2
    swapped = name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]
    added = name[:middle] + "某" + name[middle:]
    return [
        swapped,
        added,
        name[1:],
        name[:-1] + "某",
        name[:middle] + name[middle + 1 :],
        "某" + added,
    ]


def test_names_and_slips(store: Store, world: World) -> None:
    hows = set()
    for name in names(world.oracle):
        for text in (name, *slips(name)):
            expected = world.oracle.search(text.strip())
            assert found(store, text) == expected
            hows |= {how for _, how in expected}
    assert hows == {"exact", "prefix", "part", "fuzzy"}


@pytest.mark.parametrize(
    "text", ["张", "强", "宁强", "3502", "13060000000001", "R", "D", "药房", "X"]
)
def test_texts_that_many_have(store: Store, world: World, text: str) -> None:
    expected = world.oracle.search(text)
    assert found(store, text) == expected
    for limit in (0, 1, 3, len(expected)):
        assert found(store, text, limit=limit) == expected[:limit]
    assert found(store, f" {text}\t\n") == expected


@pytest.mark.parametrize(
    "kinds", [frozenset({"Doctor"}), frozenset({"Address", "Claim"}), frozenset({"Pirate"})]
)
def test_only_some_kinds(store: Store, world: World, kinds: frozenset[str]) -> None:
    for text in ("3", "D", "张", "路1号", world.oracle.of_kind("Doctor")[0].caption):
        assert found(store, text, kinds) == world.oracle.search(text, kinds)


def test_hits_are_whole_nodes(store: Store, world: World) -> None:
    node = world.oracle.of_kind("Facility")[0]
    (first, *_) = store.search(node.caption)
    assert first.node == node


def test_an_empty_text_finds_nothing(store: Store) -> None:
    assert [store.search(text) for text in ("", " ", "\t\n", "\u3000")] == [(), (), (), ()]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_hostile_texts_mean_nothing_else(store: Store, world: World, text: str) -> None:
    assert found(store, text) == (world.oracle.search(text.strip()) if text.strip() else [])
    assert store.find("InsuredPerson", text) is None
    with pytest.raises(StoreError):
        store.ring(text)
    assert sum(store.counts()[0].values()) == len(world.oracle.nodes)
