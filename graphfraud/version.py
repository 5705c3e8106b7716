"""The version of the tool: the one place it is written."""

__version__ = "0.1.0"
