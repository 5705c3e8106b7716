"""Runs the command line as `python -m graphfraud`."""

import sys

from graphfraud.cli import main

if __name__ == "__main__":
    sys.exit(main())
