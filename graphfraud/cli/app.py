"""`graphfraud app`: the pages in a browser on this machine."""

import os
import socket
import sys
from typing import Annotated, TextIO

import typer

from graphfraud.cli.options import JsonOption, LanguageOption, WorkspaceOption
from graphfraud.cli.output import language, tell
from graphfraud.cli.refused import RefusedError
from graphfraud.cli.words import say
from graphfraud.settings import workspace_path

ADDRESS = "127.0.0.1"
PORTS = range(8501, 8601)

PortOption = Annotated[
    int | None,
    typer.Option(
        "--port",
        metavar="N",
        min=1,
        max=65535,
        help="The port on this machine; else the first free one from 8501 on.",
    ),
]
HeadlessOption = Annotated[bool, typer.Option("--headless", help="Open no browser.")]


def app(
    *,
    workspace: WorkspaceOption = None,
    port: PortOption = None,
    headless: HeadlessOption = False,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the results in a browser.

    The pages are served to this machine alone and ask no other. Ctrl-C stops them.
    """
    from graphfraud.ui.launch import launch  # noqa: PLC0415  no other command needs the app

    path, chosen = workspace_path(workspace), port or free_port()
    url = f"http://{ADDRESS}:{chosen}"
    served = say(language(lang), "app.served", workspace=path, url=url)
    tell({"url": url, "workspace": str(path)}, [served], as_json=as_json)
    if as_json:
        os.dup2(
            descriptor(sys.stderr), descriptor(sys.stdout)
        )  # the server's words are no document
    code = launch(path, port=chosen, headless=headless)
    if code:
        raise typer.Exit(1)


def free_port(ports: range = PORTS) -> int:
    """Return the first of the ports that nobody listens on; UsageError where all are taken."""
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex((ADDRESS, port)):
                return port
    raise RefusedError("ports", first=str(ports.start), last=str(ports.stop - 1))


def descriptor(stream: TextIO) -> int:
    """Return the system's number of a stream."""
    return stream.fileno()
