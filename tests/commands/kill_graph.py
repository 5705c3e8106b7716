"""Kills Neo4j, and the client, at random moments of a load, and looks whether the next one heals.

python -m tests.commands.kill_graph [--server-kills 20] [--client-kills 50] [--seed 1]

Each round starts from a database without a node, constraint or index, ends the server or the
loading process with SIGKILL at a random moment of the load (the server starts again), then loads
again to the end. The round holds when the graph is called complete and has the part's checksum.
Loads that ended before the kill do not count.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Timer

import neo4j

from graphfraud.api import open_workspace
from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import sums
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.entry import COMPLETE, entry_of
from graphfraud.graph.neo4j.loading import fill
from graphfraud.graph.neo4j.rows import streams
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.part import Part
from graphfraud.graph.projection import snapshot_part
from graphfraud.resources import bundled
from graphfraud.settings import PASSWORD_VARIABLE, URI_VARIABLE, USER_VARIABLE
from tests.graph.conftest import wipe

CHECKOUT = Path(__file__).resolve().parents[2]
BATCH_ROWS = 250
_RETRY_SECONDS = 1.0
_SOONER = 0.9  # of the time a load may take, where one was faster


@dataclass
class Tally:
    """What the kills met, and what went wrong afterwards."""

    kills: int = 0
    met: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class World:
    """A server of one's own, a part to load, and a folder for what summing up spills."""

    server: LocalServer
    part: Part
    spill: Path

    def wipe(self) -> None:
        """Start from nothing."""
        login = self.server.login
        with neo4j.GraphDatabase.driver(login.uri, auth=(login.user, login.password)) as driver:
            wipe(driver)

    def load(self) -> str:
        """Load the part; return what it fails with, or ""."""
        try:
            with Connection(self.server.login, retry_seconds=_RETRY_SECONDS) as connection:
                fill(connection, self.part, batch_rows=BATCH_ROWS)
        except StoreError as error:
            return error.message
        return ""

    def start_client(self) -> "subprocess.Popen[bytes]":
        """Start a process that loads; return it when it begins."""
        login = self.server.login
        named = {URI_VARIABLE: login.uri, USER_VARIABLE: login.user}
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.graph.loading_process",
                self.part.folder,
                f"{BATCH_ROWS}",
            ],
            cwd=CHECKOUT,
            env={**os.environ, **named, PASSWORD_VARIABLE: login.password},
            stdout=subprocess.PIPE,
        )
        if process.stdout is None or not process.stdout.readline():
            raise SystemExit("The loading process does not begin.")
        return process

    def what_is_there(self) -> str:
        """Say in a few words what a killed load left behind."""
        with Connection(self.server.login) as connection:
            entry = entry_of(connection, self.part.snapshot_id)
            if entry is None:
                return "no graph yet"
            there = len(connection.rows("read/batches", {"graph": entry.number}))
        in_all = sum(-(-one.rows // entry.batch_rows) for one in streams(self.part))
        if there < in_all:
            return f"{10 * there // in_all}/10 of the batches"
        return "every batch, and complete" if entry.state == COMPLETE else "every batch"

    def fault(self) -> str:
        """Say what the database holds that is not the part; "" where it is the same."""
        with Connection(self.server.login) as connection:
            entry = entry_of(connection, self.part.snapshot_id)
            if entry is None or entry.state != COMPLETE:
                return "the graph is not complete"
            found = sums.checksum(connection, entry, self.spill)
        return "; ".join(found.differences(self.part.checksum))


def fixture_part(folder: Path) -> Part:
    """Return the graph part of the bundled fixture."""
    store = open_workspace(folder)
    fixture = bundled("sample_data") / "fixture"
    store.load([fixture / "south", fixture / "north"], as_of=date(2026, 1, 1))
    return snapshot_part(store.folder, store.snapshot("kill"))


def kill_server(world: World, seconds: float) -> bool:
    """Load, and kill the server after some time; False where the load was faster."""
    timer = Timer(seconds, world.server.kill)
    timer.start()
    failure = world.load()
    timer.cancel()
    timer.join()
    if not world.server.running:
        world.server.start()
    return bool(failure)


def kill_client(world: World, seconds: float) -> bool:
    """Load in a process of its own, and kill it after some time; False where it was faster."""
    process = world.start_client()
    time.sleep(seconds)
    process.kill()
    process.communicate()
    return process.returncode == -signal.SIGKILL


def time_of_load(world: World) -> float:
    """Return how long an undisturbed load from nothing takes; stop where it goes wrong."""
    world.wipe()
    begun = time.monotonic()
    failure = world.load()
    seconds = time.monotonic() - begun
    if wrong := failure or world.fault():
        raise SystemExit(f"The undisturbed load fails: {wrong}")
    return seconds


def kill_loads(
    world: World, kill: Callable[[World, float], bool], kills: int, longest: float, seed: int
) -> Tally:
    """Kill so many loads, each after a random part of `longest` seconds; load again, compare."""
    draw, tally = random.Random(seed), Tally()  # noqa: S311 - moments, not secrets
    while tally.kills < kills:
        world.wipe()
        if not kill(world, draw.random() * longest):
            longest *= _SOONER
            continue
        tally.kills += 1
        met = world.what_is_there()
        tally.met[met] += 1
        if wrong := world.load() or world.fault():
            tally.wrong.append(f"kill {tally.kills}, which met {met}: {wrong}")
        sys.stderr.write(f"kill {tally.kills} of {kills}: met {met}; {len(tally.wrong)} wrong\n")
    return tally


def report(who: str, tally: Tally, seconds: float) -> None:
    """Say what the kills met and what went wrong."""
    sys.stdout.write(
        f"{tally.kills} kills of the {who} in {seconds:.0f} s; {len(tally.wrong)} did not end as "
        "the undisturbed load. The kills met:\n"
    )
    for what, times in sorted(tally.met.items()):
        sys.stdout.write(f"{times:6}  {what}\n")
    for wrong in tally.wrong:
        sys.stdout.write(f"{wrong}\n")
    sys.stdout.flush()


def main() -> None:
    """Run the kills and say what they met; ends with 1 where a round did not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--server-kills", type=int, default=20)
    parser.add_argument("--client-kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # leaves no server behind
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="graphfraud-kill-") as place:
        folder = Path(place)
        part = fixture_part(folder / "workspace")
        with LocalServer(folder / "neo4j", port=0) as server:
            world = World(server, part, folder / "spill")
            # After a kill of the server each load meets one that has just started, as the first.
            for who, kill, kills, loads in (
                ("server", kill_server, given.server_kills, 1),
                ("client", kill_client, given.client_kills, 2),
            ):
                longest = min(time_of_load(world) for _ in range(loads))
                sys.stdout.write(f"An undisturbed load takes {longest:.1f} s.\n")
                begun = time.monotonic()
                tally = kill_loads(world, kill, kills, longest, given.seed)
                report(who, tally, time.monotonic() - begun)
                wrong += len(tally.wrong)
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
