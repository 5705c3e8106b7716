"""Starts the app: Streamlit on this machine alone, silent towards every other host.

Everything is set by flags, which win over any configuration file a user or folder may have.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from graphfraud.settings import WORKSPACE_VARIABLE

ADDRESS = "127.0.0.1"
SCRIPT = Path(__file__).with_name("entry") / "app.py"
FONTS = "Source Sans, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
# A name that another site rebinds to this address is refused; these two are ours.
HOSTS = (ADDRESS, "localhost")
FLAGS = {
    "browser.gatherUsageStats": "false",  # no telemetry
    "browser.serverAddress": ADDRESS,
    "server.address": ADDRESS,  # reachable from this machine alone
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "server.enableStaticServing": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",  # no links to search engines beside an error
    "theme.primaryColor": "#1f5fa8",
    "theme.font": FONTS,
    "theme.headingFont": FONTS,
}


def command(*, port: int | None = None, headless: bool = False) -> list[str]:
    """Return the command that starts the server; without a port the first free one from 8501."""
    flags = FLAGS | {"server.headless": str(headless).lower()}
    if port is not None:
        flags["server.port"] = str(port)
    options = [f"--{name}={value}" for name, value in flags.items()]
    options += [f"--server.allowedHosts={host}" for host in HOSTS]
    return [sys.executable, "-m", "streamlit", "run", str(SCRIPT), *options]


def environment(workspace: Path) -> dict[str, str]:
    """Return the environment that the server runs in: ours, with the workspace named."""
    return os.environ | {WORKSPACE_VARIABLE: str(workspace.resolve())}


def launch(workspace: Path, port: int | None = None, *, headless: bool = False) -> int:
    """Serve the app on `workspace` until Ctrl-C or SIGTERM; return the server's exit code.

    `headless` opens no browser window.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    line, variables = command(port=port, headless=headless), environment(workspace)
    try:
        return _serve(line, variables)
    finally:
        signal.signal(signal.SIGTERM, before)


def _serve(line: list[str], variables: dict[str, str]) -> int:
    """Run the server; when we are told to end, it ends with us."""
    with subprocess.Popen(line, env=variables) as server:  # noqa: S603  our own interpreter and flags
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            server.wait()
            return 0
