"""`graphfraud version`: which tool this is, for a bug report."""

import platform

from graphfraud.cli.options import JsonOption
from graphfraud.cli.output import tell
from graphfraud.version import __version__


def version(*, as_json: JsonOption = False) -> None:
    """Print the version of the tool and of Python."""
    document = {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
    }
    tell(document, [f"graphfraud {__version__} (Python {document['python']})"], as_json=as_json)
