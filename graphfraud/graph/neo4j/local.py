"""Where the workspace's own Neo4j server answers, read from the folder it runs on."""

import re
from pathlib import Path

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j.credentials import DEFAULT_USER, Server
from graphfraud.graph.neo4j.server_files import HOST

_PORT = re.compile(r"^server\.bolt\.listen_address=[^:]*:(\d+)$", re.MULTILINE)


def local_login(home: Path) -> Server:
    """Return where to connect and as whom; StoreError where no server was ever made in `home`."""
    try:
        password = (home / "password").read_text(encoding="ascii")
        settings = (home / "conf" / "neo4j.conf").read_text(encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"There is no Neo4j server in {home} yet.",
            hint="Start one with graphfraud neo4j, or make neo4j.",
        ) from error
    ports = _PORT.findall(settings)
    if len(ports) != 1:
        raise StoreError(f"{home} does not say on which port its server answers.")
    return Server(f"bolt://{HOST}:{ports[0]}", DEFAULT_USER, password)
