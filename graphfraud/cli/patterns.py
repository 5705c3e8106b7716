"""`graphfraud patterns`: what is looked for, by what formula, and what would excuse it."""

from graphfraud.cli.options import JsonOption
from graphfraud.cli.output import tell


def patterns(*, as_json: JsonOption = False) -> None:
    """List the patterns: what each looks for, what it needs, its parameters."""
    tell({"patterns": []}, ["No pattern is registered."], as_json=as_json)
