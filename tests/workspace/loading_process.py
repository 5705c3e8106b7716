"""A loader as a process of its own: waits for a gate, then publishes contents one by one.

python -m tests.workspace.loading_process WORKSPACE GATE CONTENT…
Waits for the file GATE; writes what its progress says and the ids of the loaded feeds to stdout.
"""

import sys
import time
from pathlib import Path

from graphfraud.workspace import WorkspaceFolder
from tests.workspace.delivery import deliver


def say(stage: str, done: int, total: int | None) -> None:
    del done, total
    sys.stdout.write(f"{stage}\n")
    sys.stdout.flush()


def main(folder: str, gate: str, *contents: str) -> None:
    while not Path(gate).exists():
        time.sleep(0.001)
    workspace = WorkspaceFolder.open(Path(folder), create=True, progress=say)
    for content in contents:
        say(deliver(workspace, content.encode(), say).feed_id, 0, None)


if __name__ == "__main__":
    main(*sys.argv[1:])
