"""graphfraud: finds collusion rings and cross-region duplicate claims, with evidence to check."""

from graphfraud.version import __version__

__all__ = ["__version__"]
