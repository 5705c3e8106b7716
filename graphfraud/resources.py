"""Finds what ships beside the code: inside the installed package first, then beside it.

In a wheel `sample_data/` lies under `graphfraud/`; in a checkout it lies at the top level.
"""

import importlib
from pathlib import Path
from types import ModuleType

from graphfraud.errors import GraphfraudError

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return the folder `name` that ships with the tool.

    >>> bundled("sample_data").name
    'sample_data'
    """
    for home in (_PACKAGE, _PACKAGE.parent):
        if (home / name).is_dir():
            return home / name
    raise GraphfraudError(
        f"The folder {name!r} is missing from this installation.",
        hint="Install graphfraud again.",
    )


def bundled_module(name: str) -> ModuleType:
    """Import the package `name` from where `bundled` finds it."""
    inside = bundled(name).parent == _PACKAGE
    return importlib.import_module(f"graphfraud.{name}" if inside else name)
