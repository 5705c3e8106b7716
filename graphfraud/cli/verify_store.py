"""`graphfraud verify-store`: says whether every file is still as it was published."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.options import JsonOption, Language, LanguageOption, WorkspaceOption
from graphfraud.cli.output import fail, language, table, tell
from graphfraud.cli.words import columns, say, word
from graphfraud.errors import WorkspaceError

if TYPE_CHECKING:
    from graphfraud.workspace import Damage


def verify_store(
    *, workspace: WorkspaceOption = None, lang: LanguageOption = None, as_json: JsonOption = False
) -> None:
    """Check every file of the workspace by its hash.

    Names what is changed, missing or unexpected; the exit code is then 1.
    """
    store = graphfraud.open_workspace(workspace, create=False)
    said = language(lang)
    with Bar(said) as bar:
        damage = store.verify(bar)
    document = {"workspace": str(store.path), "damage": [asdict(one) for one in damage]}
    good = say(said, "verify.good", path=store.path)
    tell(document, [_damaged(damage, said) if damage else good], as_json=as_json)
    if damage:
        text = say(said, "verify.damaged", path=store.path, files=len(damage))
        fail(WorkspaceError(text, hint=say(said, "verify.damaged_hint")), said)


def _damaged(damage: "list[Damage]", lang: Language) -> object:
    """Return the table of the files that are not as they were published."""
    rows = [(one.path, word(lang, "damage", one.kind)) for one in damage]
    return table(columns(lang, ("path", "kind")), rows)
