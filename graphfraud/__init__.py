"""graphfraud: finds collusion rings and cross-region duplicate claims, with evidence to check.

The public names are loaded when first used, so that importing the package stays light.
"""

import importlib
from typing import TYPE_CHECKING

from graphfraud.errors import GraphfraudError
from graphfraud.version import __version__

if TYPE_CHECKING:
    from graphfraud.api import (
        Results,
        Ring,
        Status,
        TableTotal,
        Workspace,
        check_rejects,
        open_workspace,
    )
    from loaders import DeliveryError, LoadReport

__all__ = [
    "DeliveryError",
    "GraphfraudError",
    "LoadReport",
    "Results",
    "Ring",
    "Status",
    "TableTotal",
    "Workspace",
    "__version__",
    "check_rejects",
    "open_workspace",
]


_OF_LOADERS = frozenset(("DeliveryError", "LoadReport"))


def __getattr__(name: str) -> object:
    """Load the API on first use of one of its names (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'graphfraud' has no attribute {name!r}")
    home = "loaders" if name in _OF_LOADERS else "graphfraud.api"
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
