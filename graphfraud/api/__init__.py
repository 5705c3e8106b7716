"""The Python API: open a workspace, load, detect, read the results as pandas and as graphs.

The command line and the app are written on these names and on nothing below them.
"""

from graphfraud.api.evaluation import Evaluation, evaluate
from graphfraud.api.rejects import check_rejects
from graphfraud.api.results import Results
from graphfraud.api.ring import Ring
from graphfraud.api.status import Status, TableTotal
from graphfraud.api.workspace import Workspace, open_workspace

__all__ = [
    "Evaluation",
    "Results",
    "Ring",
    "Status",
    "TableTotal",
    "Workspace",
    "check_rejects",
    "evaluate",
    "open_workspace",
]
