"""The command line: each command reads its options, asks the API, and tells what came of it."""

from graphfraud.cli.main import main

__all__ = ["main"]
