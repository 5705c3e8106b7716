"""Ends a load at every single line of the workspace's code, and looks at what is left.

python -m tests.workspace.every_line FOLDER fresh|unlisted kill|interrupt STRIDE
For each STRIDE-th line: a child loads into a workspace that is not there yet (fresh) or that holds
the feed without a row (unlisted), and is ended there by SIGKILL or by Ctrl-C. Then the workspace
must open, hold the feed whole or not at all, and the same load must finish the job. Writes the
number of lines tried and what went wrong as JSON.
"""

import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from graphfraud.workspace import WorkspaceFolder
from tests.workspace.delivery import deliver, feed_of, leftovers

CONTENT = b"claim_id\n1\n"
CODE = str(Path("graphfraud") / "workspace")


def end_at(line: int, how: str) -> None:
    lines = count(1)

    def trace(frame: FrameType, event: str, argument: object) -> Any:  # noqa: ANN401 - the tracer's own type
        del argument
        if CODE not in frame.f_code.co_filename:
            return None
        if event == "line" and next(lines) == line:
            if how == "interrupt":
                raise KeyboardInterrupt
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def load(folder: Path, line: int, how: str) -> bool:
    """Load in a child that ends at `line`; say whether it lived past the last line."""
    child = os.fork()
    if child == 0:
        end_at(line, how)
        try:
            deliver(WorkspaceFolder.open(folder, create=True), CONTENT)
        except KeyboardInterrupt:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def prepare(folder: Path, start: str) -> None:
    """Make what the load meets: nothing, or a feed that a kill left without its row."""
    if start == "unlisted":
        deliver(WorkspaceFolder.open(folder, create=True), CONTENT)
        (folder / "catalog.sqlite").unlink()


def faults(folder: Path, *, may_be_unlisted: bool) -> list[str]:
    """Say what is wrong with the workspace after a load was ended."""
    found = []
    workspace = WorkspaceFolder.open(folder, create=True)
    listed = [feed.feed_id for feed in workspace.feeds()]
    feed_id = feed_of(CONTENT).feed_id
    if listed not in ([], [feed_id]):
        found.append(f"listed: {listed}")
    unlisted = not listed and may_be_unlisted
    allowed = [f"feeds/{feed_id} is unexpected"] if unlisted else []
    if (damage := [str(each) for each in workspace.verify()]) not in ([], allowed):
        found.append(f"damage: {damage}")
    if left := leftovers(workspace):
        found.append(f"left over: {left}")
    return found + unfinished(workspace, feed_id)


def unfinished(workspace: WorkspaceFolder, feed_id: str) -> list[str]:
    """Say what is missing after the same load ran again, undisturbed."""
    deliver(workspace, CONTENT)
    whole = workspace.already_loaded(feed_id) is not None and workspace.verify() == []
    once = [feed.feed_id for feed in workspace.feeds()] == [feed_id]
    return [] if whole and once and not leftovers(workspace) else ["the second load did not finish"]


def main(folder: str, start: str, how: str, stride: str) -> None:
    os.fsync = lambda fd: None  # noqa: ARG005 - a kill loses nothing the system was given
    may_be_unlisted = start == "unlisted" or how == "kill"
    wrong: dict[int, list[str]] = {}
    tried = 0
    for line in count(1, int(stride)):
        place = Path(folder) / "workspace"
        prepare(place, start)
        lived = load(place, line, how)
        if found := faults(place, may_be_unlisted=may_be_unlisted):
            wrong[line] = found
        shutil.rmtree(place)
        tried += 1
        if lived:
            break
    json.dump({"tried": tried, "wrong": wrong}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
