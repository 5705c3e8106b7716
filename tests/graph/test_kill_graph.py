import os
from pathlib import Path

import pytest

from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.projection import snapshot_part
from graphfraud.workspace import WorkspaceFolder
from tests.commands.kill_graph import World, kill_client, kill_loads, kill_server, time_of_load
from tests.engine.feeds import claim, deliver


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL to tell apart")
def test_a_load_whose_server_or_client_was_killed_ends_as_if_nothing_had_happened(
    server_to_kill: LocalServer, tmp_path: Path
) -> None:
    workspace = WorkspaceFolder.open(tmp_path / "workspace", create=True)
    deliver(workspace, {"claims": [claim(f"C{n}", f"P{n % 300}") for n in range(1500)]})
    world = World(server_to_kill, snapshot_part(workspace, workspace.snapshot()), tmp_path)
    longest = time_of_load(world)
    for kill, kills in ((kill_client, 1), (kill_server, 1)):
        tally = kill_loads(world, kill, kills, longest, seed=1)
        assert tally.wrong == []
        assert tally.kills == kills
