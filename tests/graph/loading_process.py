"""A load as a process of its own, to be killed: fills the server that the environment names.

python -m tests.graph.loading_process PART BATCH_ROWS
Writes a line when it has connected and begins.
"""

import sys
from pathlib import Path

from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import configured
from graphfraud.graph.neo4j.loading import fill
from graphfraud.graph.part import read_part


def main(folder: str, batch_rows: str) -> None:
    part = read_part(Path(folder))
    with Connection(configured()) as connection:
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        fill(connection, part, batch_rows=int(batch_rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
