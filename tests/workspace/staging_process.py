"""Holds a half-filled staging folder until it is ended.

python -m tests.workspace.staging_process WORKSPACE
"""

import sys
import time
from pathlib import Path

from graphfraud.workspace import WorkspaceFolder


def main(workspace: str) -> None:
    with WorkspaceFolder.open(Path(workspace)).staging() as folder:
        (folder / "half.parquet").write_bytes(b"half")
        (folder / "half.parquet").chmod(0o444)
        sys.stdout.write(f"{folder}\n")
        sys.stdout.flush()
        time.sleep(600)


if __name__ == "__main__":
    main(*sys.argv[1:])
