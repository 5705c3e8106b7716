"""No bytes may give anything but a feed that balances or a FeedError."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphfraud.errors import FeedError
from graphfraud.settings import Limits
from graphfraud.workspace import WorkspaceFolder
from loaders import load

COMMAND = Path(__file__).parents[1] / "commands" / "fuzz_load.py"
HEADS = [b"", b"person_id,name\n", "人员编号\t姓名\r\n".encode("gb18030"), b"\xff\xfep\0", b"PAR1",
         b"PK\x03\x04", b"\x1f\x8b\x08"]  # fmt: skip
PIECES = [b",", b"\n", b"\r", b'"', b"\0", b"\xff", b"P1", b" ", "é".encode(), b"\xd5\xc5", b"\t"]

bodies = st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=30).map(b"".join)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("fuzz") / "workspace", create=True)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(HEADS), bodies)
def test_any_bytes(workspace: WorkspaceFolder, head: bytes, body: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "persons.csv"
        path.write_bytes(head + body)
        try:
            report = load(workspace, [path], limits=Limits(threads=1))
        except FeedError as fault:
            assert "persons.csv" in fault.message  # noqa: PT017 - most bytes give no fault twice
        else:
            assert all(c.balanced() for o in report.feeds for c in o.feed.tables.values())
            assert report.read == report.loaded + report.duplicate + report.conflict + (
                report.rejected
            )


def test_the_fuzz_command_in_small() -> None:
    command = [sys.executable, str(COMMAND), "--rows", "3000", "--seed", "11"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "rejected" in done.stdout
