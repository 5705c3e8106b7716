"""A person who judges, as a process of its own: waits for a gate, then gives one reason by one.

python -m tests.workspace.judging_process WORKSPACE GATE REASON…
"""

import sys
import time
from pathlib import Path

from graphfraud.workspace import Judgement, WorkspaceFolder


def main(folder: str, gate: str, *reasons: str) -> None:
    while not Path(gate).exists():
        time.sleep(0.001)
    workspace = WorkspaceFolder.open(Path(folder))
    for reason in reasons:
        workspace.judge(Judgement("R1", "run1", "unsure", reason, "Li"))


if __name__ == "__main__":
    main(*sys.argv[1:])
