"""`graphfraud patterns`: what is looked for, by what formula, and what would excuse it."""

from graphfraud.cli.options import JsonOption
from graphfraud.cli.output import tell


def patterns(*, as_json: JsonOption = False) -> None:
    """List what is looked for, and the parameters.

    Each pattern says what it needs, and which innocent reasons would excuse what it finds.
    """
    tell({"patterns": []}, ["No pattern is registered."], as_json=as_json)
