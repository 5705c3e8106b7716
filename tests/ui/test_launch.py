"""Starting the app: local, silent, on the workspace it was given."""

import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from graphfraud import ui
from graphfraud.settings import WORKSPACE_VARIABLE
from graphfraud.ui import launch


def test_the_command_serves_this_machine_alone_and_tells_nobody() -> None:
    line = launch.command(port=8765)
    for flag in (
        "--server.address=127.0.0.1",
        "--server.port=8765",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
        "--server.showEmailPrompt=false",
        "--client.showErrorDetails=none",
    ):
        assert flag in line


def test_streamlit_knows_every_flag() -> None:
    from streamlit import config  # noqa: PLC0415  heavy, and only this test needs it

    known = config.get_config_options()
    assert set(launch.FLAGS) <= set(known)


def test_the_environment_names_the_workspace(tmp_path: Path) -> None:
    assert launch.environment(tmp_path)[WORKSPACE_VARIABLE] == str(tmp_path)


def test_launch_returns_the_servers_exit_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = [sys.executable, "-c", "raise SystemExit(7)"]
    monkeypatch.setattr(launch, "command", lambda **_: line)
    assert launch.launch(tmp_path, headless=True) == 7


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(launch, "command", lambda **_: [sys.executable, "-c", "pass"])
    waits: list[int] = []
    wait = subprocess.Popen.wait

    def interrupted(server: "subprocess.Popen[bytes]", timeout: float | None = None) -> int:
        waits.append(1)
        if len(waits) == 1:
            raise KeyboardInterrupt
        return wait(server, timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", interrupted)
    assert launch.launch(tmp_path, headless=True) == 0
    assert len(waits) >= 2


ENDING = """
import sys
from pathlib import Path
from graphfraud.ui import launch
child = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
launch.command = lambda **_: [sys.executable, "-c", child]
sys.exit(launch.launch(Path.cwd(), headless=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to answer.")
def test_the_server_ends_with_the_launcher() -> None:
    line = [sys.executable, "-c", ENDING]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as launcher:
        assert launcher.stdout is not None
        server = int(launcher.stdout.readline())
        launcher.terminate()
        assert launcher.wait(timeout=20) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def test_both_entries_call_main(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr(ui, "main", lambda: calls.append(1))
    top = Path(ui.__file__).parents[2] / "app.py"
    entries = [path for path in (launch.SCRIPT, top) if path.is_file()]
    for path in entries:
        runpy.run_path(str(path))
    assert len(calls) == len(entries) >= 1


def test_the_launcher_loads_no_streamlit() -> None:
    code = "import sys, graphfraud.ui.launch; print('streamlit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_browser_opens_once_the_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    with socket.create_server((launch.ADDRESS, 0)) as server:
        port = server.getsockname()[1]
        launch._open_browser(port)
    assert opened == [f"http://127.0.0.1:{port}"]
    launch._open_browser(port, patience=0.1)
    assert len(opened) == 1
