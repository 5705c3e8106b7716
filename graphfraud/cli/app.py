"""`graphfraud app`: the pages in a browser on this machine."""

from typing import Annotated

import typer

from graphfraud.cli.options import JsonOption, WorkspaceOption
from graphfraud.cli.output import tell
from graphfraud.settings import workspace_path

DEFAULT_PORT = 8501

PortOption = Annotated[
    int, typer.Option("--port", metavar="N", min=1, max=65535, help="The port on this machine.")
]
HeadlessOption = Annotated[bool, typer.Option("--headless", help="Open no browser.")]


def app(
    *,
    workspace: WorkspaceOption = None,
    port: PortOption = DEFAULT_PORT,
    headless: HeadlessOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show the results in a browser.

    The pages are served to this machine alone and ask no other. Ctrl-C stops them.
    """
    from graphfraud.ui.launch import launch  # noqa: PLC0415  no other command needs the app

    path = workspace_path(workspace)
    url = f"http://127.0.0.1:{port}"
    tell({"url": url, "workspace": str(path)}, [f"{path} at {url}"], as_json=as_json)
    launch(path, port=port, headless=headless)
