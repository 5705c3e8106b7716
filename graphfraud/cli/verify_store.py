"""`graphfraud verify-store`: says whether every file is still as it was published."""

from dataclasses import asdict

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.options import JsonOption, WorkspaceOption
from graphfraud.cli.output import counted, fail, table, tell
from graphfraud.errors import WorkspaceError


def verify_store(*, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Check every file of the workspace by its hash.

    Names what is changed, missing or unexpected; the exit code is then 1.
    """
    store = graphfraud.open_workspace(workspace, create=False)
    with Bar() as bar:
        damage = [asdict(one) for one in store.verify(bar)]
    rows = [[str(value) for value in one.values()] for one in damage]
    document = {"workspace": str(store.path), "damage": _texts(damage)}
    good = [f"{store.path}: every file is as it was published."]
    tell(document, [table(list(damage[0]), rows)] if damage else good, as_json=as_json)
    if damage:
        text = f"{store.path}: {counted(len(damage), 'file')} not as published."
        hint = "Restore them from a backup, or load the delivered files into a new workspace."
        fail(WorkspaceError(text, hint=hint))


def _texts(damage: list[dict[str, object]]) -> list[dict[str, str]]:
    return [{key: str(value) for key, value in one.items()} for one in damage]
