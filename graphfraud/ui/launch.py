"""Starts the app: Streamlit on this machine alone, silent towards every other host.

Everything is set by flags, which win over any configuration file a user or folder may have.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
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
    "server.headless": "true",  # no advertisements on the page; the browser is opened below
    "logger.hideWelcomeMessage": "true",
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


PORT = 8501


def command(*, port: int) -> list[str]:
    """Return the command that starts the server on `port`."""
    options = [f"--{name}={value}" for name, value in FLAGS.items()]
    options += [f"--server.port={port}", *(f"--server.allowedHosts={host}" for host in HOSTS)]
    return [sys.executable, "-m", "streamlit", "run", str(SCRIPT), *options]


def environment(workspace: Path) -> dict[str, str]:
    """Return the environment that the server runs in: ours, with the workspace named."""
    return os.environ | {WORKSPACE_VARIABLE: str(workspace.resolve())}


def launch(workspace: Path, port: int = PORT, *, headless: bool = False) -> int:
    """Serve the app on `workspace` until Ctrl-C or SIGTERM; return the server's exit code.

    `headless` opens no browser window.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not headless:
        threading.Thread(target=_open_browser, args=(port,), daemon=True).start()
    try:
        return _serve(command(port=port), environment(workspace))
    finally:
        signal.signal(signal.SIGTERM, before)


def _open_browser(port: int, patience: float = 60.0) -> None:
    """Open a browser window once the server answers; give up quietly when it never does."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with socket.socket() as probe:
            if not probe.connect_ex((ADDRESS, port)):
                webbrowser.open(f"http://{ADDRESS}:{port}")
                return
        time.sleep(0.2)


def _serve(line: list[str], variables: dict[str, str]) -> int:
    """Run the server; when we are told to end, it ends with us."""
    with subprocess.Popen(line, env=variables) as server:  # noqa: S603  our own interpreter and flags
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            server.wait()
            return 0
