"""graphfraud: finds collusion rings and cross-region duplicate claims, with evidence to check.

The public names are loaded when first used, so that importing the package stays light.
"""

import importlib
from typing import TYPE_CHECKING

from graphfraud.errors import GraphfraudError
from graphfraud.version import __version__

if TYPE_CHECKING:
    from graphfraud.api import (
        Evaluation,
        Results,
        Ring,
        Status,
        TableTotal,
        Workspace,
        check_rejects,
        evaluate,
        open_workspace,
    )
    from graphfraud.api.comparison import Comparison
    from graphfraud.api.graph import Checked, Filled
    from graphfraud.api.job import Job
    from graphfraud.api.lineage import Lineage
    from graphfraud.api.parameter_file import read_parameters
    from graphfraud.api.patterns import KnownPattern, known_patterns
    from graphfraud.api.peers import known_indices
    from graphfraud.api.projection import Projection
    from graphfraud.workspace import Judgement
    from loaders import DeliveryError, LoadReport

__all__ = [
    "Checked",
    "Comparison",
    "DeliveryError",
    "Evaluation",
    "Filled",
    "GraphfraudError",
    "Job",
    "Judgement",
    "KnownPattern",
    "Lineage",
    "LoadReport",
    "Projection",
    "Results",
    "Ring",
    "Status",
    "TableTotal",
    "Workspace",
    "__version__",
    "check_rejects",
    "evaluate",
    "known_indices",
    "known_patterns",
    "open_workspace",
    "read_parameters",
]


# Names whose home is heavier than the rest of the API.
_HOMES = {
    "Checked": "graphfraud.api.graph",
    "Comparison": "graphfraud.api.comparison",
    "DeliveryError": "loaders",
    "Filled": "graphfraud.api.graph",
    "Job": "graphfraud.api.job",
    "LoadReport": "loaders",
    "Judgement": "graphfraud.workspace",
    "Lineage": "graphfraud.api.lineage",
    "Projection": "graphfraud.api.projection",
    "KnownPattern": "graphfraud.api.patterns",
    "known_indices": "graphfraud.api.peers",
    "known_patterns": "graphfraud.api.patterns",
    "read_parameters": "graphfraud.api.parameter_file",
}


def __getattr__(name: str) -> object:
    """Load the API on first use of one of its names (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'graphfraud' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES.get(name, "graphfraud.api")), name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
