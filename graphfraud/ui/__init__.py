"""The app: pages that show results and compute nothing."""

import importlib


def main() -> None:
    """Show the app; call it from a script that Streamlit runs.

    Streamlit and the engine are imported here and not with the package, which keeps
    `graphfraud.ui.launch` cheap for the command line.
    """
    importlib.import_module("graphfraud.ui.shell").show()
