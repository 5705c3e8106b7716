"""Every error a user can meet: what is wrong, where, and what to do next.

One root, so that the command line and the app can turn each of them into a sentence; a traceback
that reaches a user is a bug.
"""


class GraphfraudError(Exception):
    """The root: a message that says what and where, and a hint that says what next.

    >>> print(GraphfraudError("claims.csv is empty.", hint="Deliver the file again."))
    claims.csv is empty. Hint: Deliver the file again.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the two halves apart; `str()` joins them."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the message, and the hint behind it where there is one."""
        return f"{self.message} Hint: {self.hint}" if self.hint else self.message


class UsageError(GraphfraudError):
    """A command or parameter that cannot be understood."""

    exit_code = 2


class FeedError(GraphfraudError):
    """A delivered file that cannot be read as a whole."""


class MappingError(FeedError):
    """A mapping file that does not say what it must."""


class RejectLimitError(GraphfraudError):
    """More rows were rejected than the caller allowed; everything else is loaded and kept."""

    exit_code = 3


class WorkspaceError(GraphfraudError):
    """A workspace that is missing, damaged, newer than this tool, or in use."""


class EngineError(GraphfraudError):
    """A relational step failed; the message names the step and the file."""


class PatternError(GraphfraudError):
    """A pattern cannot run on what it was given."""


class StoreError(GraphfraudError):
    """A graph store that cannot be reached, is not filled, or does not match its snapshot."""
