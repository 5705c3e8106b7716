"""Graphs to ask, and both stores filled with them: the one place where a store is made."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from graphfraud.graph.contract import Store
from graphfraud.graph.embedded import EmbeddedStore
from graphfraud.graph.findings_part import findings_part
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.store import Neo4jStore
from graphfraud.graph.part import Part
from graphfraud.graph.projection import snapshot_part
from graphfraud.workspace import Snapshot, WorkspaceFolder
from tests.graph.case_by_lot import by_lot
from tests.graph.oracle import Oracle

# A group keeps what needs the server in one process of `pytest -n`.
KINDS = ["embedded", pytest.param("neo4j", marks=pytest.mark.xdist_group("neo4j"))]


@dataclass(frozen=True)
class World:
    """A workspace, its snapshot, and the graph parts of the snapshot and its newest run."""

    workspace: WorkspaceFolder

    @cached_property
    def snapshot(self) -> Snapshot:
        return self.workspace.get_snapshot(self.workspace.runs()[0].snapshot_id)

    @cached_property
    def base(self) -> Part:
        return snapshot_part(self.workspace, self.snapshot)

    @cached_property
    def found(self) -> Part:
        return findings_part(self.workspace, self.workspace.runs()[0], self.base)

    @cached_property
    def oracle(self) -> Oracle:
        return Oracle(self.base, self.found)


def the_fixture(first_run: Path, folder: Path) -> World:
    """Return a copy of the loaded fixture with its run."""
    return World(WorkspaceFolder.open(Path(shutil.copytree(first_run, folder / "fixture"))))


def a_crowd(folder: Path) -> World:
    """Return a small graph that is full of parallel relationships and ties in the order."""
    return World(by_lot(folder / "crowd", 11))


@contextmanager
def a_store(kind: str, world: World, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Give a store on the world's snapshot; nothing is filled in."""
    if kind == "embedded":
        with EmbeddedStore(world.workspace, world.snapshot) as embedded:
            yield embedded
        return
    login = request.getfixturevalue("neo4j_server").login
    with Neo4jStore(Connection(login), world.snapshot) as on_server:
        yield on_server


@contextmanager
def a_full_store(kind: str, world: World, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Give a store with the snapshot filled in and the run published; removed in the end."""
    with a_store(kind, world, request) as store:
        store.fill(world.base)
        store.publish(world.found)
        yield store
        store.remove()
