"""Cuts, delays and falsifies the conversation of a load with Neo4j, at one message after the other.

python -m tests.commands.cut_bolt [--points 0] [--at-once 1] [--actions ACTION…] [--unguarded]

A point is a message of one undisturbed load, the client's or the server's, and what goes wrong with
it. Each point starts from an empty graph, loads through a peer that does this one wrong, and loads
again without it. The point holds when the first load ended well or with a StoreError, never called
a wrong graph complete, and the second left the checksum of the part. Where the peer called a commit
done that it had dropped, the second load makes the graph anew.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args
from unittest.mock import patch

import neo4j

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import sums
from graphfraud.graph.neo4j.catalogue import names, statement
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.graph.neo4j.entry import COMPLETE, entry_of
from graphfraud.graph.neo4j.loading import fill
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.part import Checksum, Part
from graphfraud.graph.projection import snapshot_part
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import claim, deliver
from tests.graph.bolt_peer import Action, BoltPeer, Fault
from tests.graph.bolt_wire import Side

BATCH_ROWS = 3
GUARD = "CREATE (:LoadBatch {"
_RETRY_SECONDS = 2.0
_DELAY_SECONDS = 0.03
_SAY_EVERY = 20
_ACTIONS: Sequence[Action] = get_args(Action)
# A commit that may have happened, for all that the client can tell.
UNSURE: Sequence[Action] = ("cut_after", "lie_transient")


@dataclass(frozen=True)
class Point:
    """One thing that goes wrong: with which message, and what was being asked."""

    fault: Fault
    tag: str
    asked: str

    def __str__(self) -> str:
        """Say it as a line of the report."""
        at = f"{self.fault.side}'s message {self.fault.nth}, {self.tag}"
        return f"{self.fault.action} at the {at} ({self.asked})"

    @property
    def is_commit_of_batch(self) -> bool:
        """Whether it is the commit of some rows."""
        return self.tag == "COMMIT" and self.asked.startswith(("load/nodes_", "load/edges_"))


@dataclass
class Tally:
    """How many points there were, how their first loads ended, and what went wrong afterwards.

    doubled: points that left more of a kind than the part has; lies_noticed: loads that were told
    of a commit that never was, and did not call the graph complete.
    """

    points: int = 0
    met: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    doubled: int = 0
    lies_noticed: int = 0


@dataclass(frozen=True)
class World:
    """A server, a part to load, and a folder for what summing up spills.

    at_once: batches under way; with more than one, the nth message is another one each time.
    """

    server: Server
    part: Part
    folder: Path
    at_once: int = 1

    @property
    def address(self) -> tuple[str, int]:
        """Return where the server listens."""
        host, port = self.server.uri.removeprefix("bolt://").split(":")
        return host, int(port)

    def load(self, *, by: BoltPeer | None = None, rebuild: bool = False) -> str:
        """Load the part, through a peer where one is given; return what it fails with, or ""."""
        server = replace(self.server, uri=by.uri) if by else self.server
        try:
            with Connection(server, retry_seconds=_RETRY_SECONDS) as connection:
                fill(
                    connection,
                    self.part,
                    rebuild=rebuild,
                    batch_rows=BATCH_ROWS,
                    at_once=self.at_once,
                )
        except StoreError as error:
            return error.message
        return ""

    def found(self) -> tuple[str, Checksum]:
        """Return the state of the graph and what it holds."""
        with Connection(self.server) as connection:
            entry = entry_of(connection, self.part.snapshot_id)
            if entry is None:
                return "", Checksum({}, {})
            return entry.state, sums.checksum(connection, entry, self.folder)


def empty(server: Server) -> None:
    """Remove every node of a small graph, the bookkeeping too; constraints and indexes stay."""
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")


def small_part(folder: Path) -> Part:
    """Return a part of three kinds of node and two of relationship: twelve batches."""
    workspace = WorkspaceFolder.open(folder, create=True)
    deliver(workspace, {"claims": [claim(f"C{n}", f"P{n % 5}") for n in range(7)]})
    return snapshot_part(workspace, workspace.snapshot())


def all_points(world: World) -> list[Point]:
    """Listen to a load that nobody disturbs; return every point of it."""
    world.load()  # what a database is told once is not part of every load
    empty(world.server)
    with BoltPeer(world.address) as peer:
        if failure := world.load(by=peer):
            raise SystemExit(f"The undisturbed load fails: {failure}")
        messages, texts = list(peer.messages), iter(list(peer.statements))
    known = {statement(name): name for name in names()}
    counted, asked = Counter[Side](), "nothing yet"
    found = []
    for side, tag in messages:
        counted[side] += 1
        asked = known[next(texts)] if tag == "RUN" else asked
        for action in _possible(side, tag):
            fault = Fault(side, nth=counted[side], action=action, seconds=_DELAY_SECONDS)
            found.append(Point(fault, tag, asked))
    return found


def _possible(side: Side, tag: str) -> list[Action]:
    """Return what can go wrong with a message; only a dropped commit is worth a lying success."""
    return [
        one
        for one in _ACTIONS
        if not (side == "server" and one.startswith("lie"))
        and not (one == "lie_success" and tag != "COMMIT")
    ]


def spread(points: Sequence[Point], wanted: int) -> list[Point]:
    """Return about so many points, evenly spread, every action at a batch's commit among them."""
    if not 0 < wanted < len(points):
        return list(points)
    commits = {one.fault.action: one for one in points if one.is_commit_of_batch}
    rest = wanted - len(commits)
    chosen = {points[place * len(points) // rest] for place in range(rest)} | {*commits.values()}
    return [one for one in points if one in chosen]


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the guard out of every batch: loading as it would be without it."""

    def bare(name: str) -> str:
        lines = statement(name).splitlines()
        return "\n".join(line for line in lines if not line.startswith(GUARD))

    with patch("graphfraud.graph.neo4j.connection.statement", bare):
        yield


def examine(world: World, point: Point, tally: Tally) -> None:
    """Load with this one thing wrong, load again, and look at what is there."""
    empty(world.server)
    lie = point.fault.action == "lie_success"
    with BoltPeer(world.address) as peer:
        peer.arm(point.fault)
        failure = world.load(by=peer)
        if not peer.fired:
            tally.met["the message never came"] += 1
            return
    tally.points += 1
    tally.met[f"{point.fault.action}: the load {'failed' if failure else 'went through'}"] += 1
    if lie:
        state, found = world.found()
        if state == COMPLETE and _differs(world, found):
            tally.wrong.append(f"{point}: a wrong graph is called complete")
        tally.lies_noticed += state != COMPLETE
    again = world.load(rebuild=lie)
    state, found = world.found()
    if again or state != COMPLETE or _differs(world, found):
        tally.wrong.append(f"{point}: {again or state}; {_differs(world, found)}")
    tally.doubled += _has_more(found, world.part.checksum)


def _differs(world: World, found: Checksum) -> list[str]:
    return found.differences(world.part.checksum)


def _has_more(found: Checksum, part: Checksum) -> bool:
    pairs = ((found.nodes, part.nodes), (found.edges, part.edges))
    return any(total.n > b[kind].n for a, b in pairs for kind, total in a.items() if kind in b)


def examine_all(world: World, points: Sequence[Point]) -> Tally:
    """Examine one point after the other."""
    tally = Tally()
    for number, point in enumerate(points, 1):
        examine(world, point, tally)
        if number % _SAY_EVERY == 0:
            sys.stderr.write(f"{number} of {len(points)} points; {len(tally.wrong)} wrong\n")
    return tally


def report(tally: Tally, seconds: float) -> None:
    """Say what was met and what went wrong."""
    sys.stdout.write(
        f"{tally.points} points in {seconds:.0f} s; {len(tally.wrong)} did not end as the "
        f"undisturbed load, {tally.doubled} with doubled elements; "
        f"{tally.lies_noticed} lies noticed. First loads:\n"
    )
    for what, times in sorted(tally.met.items()):
        sys.stdout.write(f"{times:6}  {what}\n")
    for wrong in tally.wrong:
        sys.stdout.write(f"{wrong}\n")


def main() -> None:
    """Examine the points on a server of its own; ends with 1 where one did not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--points", type=int, default=0, help="about so many; 0 for all")
    parser.add_argument("--actions", nargs="+", choices=_ACTIONS, default=_ACTIONS)
    parser.add_argument("--at-once", type=int, default=1, help="batches under way")
    parser.add_argument("--unguarded", action="store_true", help="without the batches' guard")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # leaves no server behind
    with tempfile.TemporaryDirectory(prefix="graphfraud-cut-") as place:
        folder = Path(place)
        with LocalServer(folder / "neo4j", port=0) as server:
            world = World(server.login, small_part(folder / "workspace"), folder / "spill")
            points = [one for one in all_points(world) if one.fault.action in given.actions]
            world = replace(world, at_once=given.at_once)
            begun = time.monotonic()
            if given.unguarded:
                with unguarded():
                    tally = examine_all(world, spread(points, given.points))
            else:
                tally = examine_all(world, spread(points, given.points))
    report(tally, time.monotonic() - begun)
    raise SystemExit(bool(tally.wrong))


if __name__ == "__main__":
    main()
