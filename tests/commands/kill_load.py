"""Kills `graphfraud load` at random moments, runs it again, and compares with an undisturbed load.

python -m tests.commands.kill_load [PATH…] [--kills 1000] [--seed 1] [--jobs 2]

Each round starts from no workspace, ends the load with SIGKILL at a random moment between the
first file it writes and its end, then runs the same command to its end. The round holds when the
snapshot's hash, every feed's balance and its reject reasons agree with the undisturbed load,
every file has its hash and nothing is left in `tmp/`. Loads that ended before the kill do not
count. The delivery is copied first: what changes under the kills would look like damage.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

from graphfraud.workspace import WorkspaceFolder

CHECKOUT = Path(__file__).resolve().parents[2]
DELIVERY = [CHECKOUT / "sample_data" / "fixture" / "south"]
_GLANCE_SECONDS = 0.001


@dataclass
class Tally:
    """What the kills met, and what went wrong afterwards."""

    kills: int = 0
    met: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Undisturbed:
    """What a load that nobody disturbs leaves, and its pace.

    `pace` is the time it works on the workspace over the time it needs to start: a killed load's
    own start then tells how long it would have worked, however busy the machine is.
    """

    state: str
    pace: float


def freeze(paths: list[Path], folder: Path) -> list[Path]:
    """Copy the delivery, each path into a folder of its own; return the copies."""
    copies = []
    for number, path in enumerate(paths):
        copies.append(folder / str(number) / path.name)
        copies[-1].parent.mkdir(parents=True)
        if path.is_dir():
            shutil.copytree(path, copies[-1])
        else:
            shutil.copy(path, copies[-1])
    return copies


def start(paths: list[Path], workspace: Path) -> "subprocess.Popen[bytes]":
    """Start the load as a user does."""
    command = [sys.executable, "-m", "graphfraud", "load", *map(str, paths)]
    return subprocess.Popen(
        [*command, "--workspace", str(workspace), "--json"],
        cwd=CHECKOUT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def await_first_write(load: "subprocess.Popen[bytes]", workspace: Path) -> float:
    """Wait until the load makes the workspace or ends; return the seconds it took."""
    begun = time.monotonic()
    while not workspace.exists() and load.poll() is None:
        time.sleep(_GLANCE_SECONDS)
    return time.monotonic() - begun


def finish(load: "subprocess.Popen[bytes]") -> float:
    """Wait for the load's end; return the seconds it took; stop where it failed."""
    begun = time.monotonic()
    _, errors = load.communicate()
    if load.returncode != 0:
        raise SystemExit(f"graphfraud load ended with {load.returncode}:\n{errors.decode()}")
    return time.monotonic() - begun


def undisturbed(paths: list[Path], folder: Path) -> Undisturbed:
    """Load without a kill; the second of two loads sets the pace, when every cache is warm."""
    for name in ("cold", "warm"):
        load = start(paths, folder / name)
        starting = await_first_write(load, folder / name)
        working = finish(load)
    return Undisturbed(state_of(folder / "warm"), working / starting)


def state_of(folder: Path) -> str:
    """Return everything that must not depend on how often the load was killed, as JSON."""
    workspace = WorkspaceFolder.open(folder)
    feeds = {
        feed.feed_id: [
            {name: vars(count) for name, count in sorted(feed.tables.items())},
            dict(sorted(feed.reasons.items())),
        ]
        for feed in workspace.feeds()
    }
    left = [path.name for path in workspace.tmp.iterdir() if path.name != "workspace.lock"]
    state = {
        "snapshot": workspace.snapshot().snapshot_id,
        "feeds": feeds,
        "damage": [str(damage) for damage in workspace.verify()],
        "left in tmp": left,
    }
    return json.dumps(state, indent=1, sort_keys=True)


def what_is_there(folder: Path) -> str:
    """Say in a word or two what a killed load left behind."""
    if not (folder / "catalog.sqlite").exists():
        return "no catalog yet"
    listed = {feed.feed_id for feed in WorkspaceFolder(folder).feeds()}
    if {path.name for path in (folder / "feeds").iterdir()} - listed:
        return "a feed without its row"
    staged = any(path.is_dir() for path in (folder / "tmp").iterdir())
    return f"{len(listed)} feeds, {'one staged' if staged else 'nothing staged'}"


def one_round(
    paths: list[Path], folder: Path, expected: Undisturbed, moment: float, tally: Tally
) -> None:
    """Load, kill at `moment` (a share of the time it would work), load again, compare."""
    load = start(paths, folder)
    starting = await_first_write(load, folder)
    time.sleep(moment * expected.pace * starting)
    load.kill()
    load.communicate()
    if load.returncode != -signal.SIGKILL:
        return
    tally.met[what_is_there(folder)] += 1
    finish(start(paths, folder))
    if (found := state_of(folder)) != expected.state:
        lines = unified_diff(expected.state.splitlines(), found.splitlines(), lineterm="", n=0)
        tally.wrong.append("\n".join(lines))
    tally.kills += 1


def kill_loads(paths: list[Path], kills: int, seed: int, jobs: int) -> Tally:
    """Kill at least `kills` loads of `paths`, `jobs` at a time; moments are drawn from `seed`."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="graphfraud-kill-") as place:
        frozen = freeze(paths, Path(place) / "delivery")
        expected = undisturbed(frozen, Path(place))

        def work(job: int) -> None:
            draw = random.Random(f"{seed} {job}")  # noqa: S311 - moments, not secrets
            while tally.kills < kills:
                with tempfile.TemporaryDirectory(dir=place) as folder:
                    one_round(frozen, Path(folder) / "w", expected, draw.random(), tally)

        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(work, range(jobs)))
    return tally


def main() -> None:
    """Run the kills and say what they met; ends with 1 where a round did not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, default=DELIVERY, metavar="PATH")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    begun = time.monotonic()
    paths = [path.absolute() for path in given.paths]
    tally = kill_loads(paths, given.kills, given.seed, given.jobs)
    sys.stdout.write(
        f"{tally.kills} kills in {time.monotonic() - begun:.0f} s; "
        f"{len(tally.wrong)} did not end as the undisturbed load. The kills met:\n"
    )
    for what, times in tally.met.most_common():
        sys.stdout.write(f"{times:6}  {what}\n")
    for difference in tally.wrong:
        sys.stdout.write(f"{difference}\n")
    raise SystemExit(bool(tally.wrong))


if __name__ == "__main__":
    main()
