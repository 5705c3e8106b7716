"""Where pages get their data: the Python API, opened once a run and kept between clicks.

A run never changes, so what is kept cannot grow stale.
"""

from pathlib import Path

import streamlit as st

from graphfraud.api import Results, Status, Workspace, open_workspace


def present(path: Path) -> bool:
    """Say whether anything is at `path`: a workspace, or what opening it will complain about."""
    return path.exists() and (not path.is_dir() or any(path.iterdir()))


def opened(path: Path) -> Workspace:
    """Open the workspace without making one; WorkspaceError where it is damaged or newer."""
    return open_workspace(path, create=False)


def status(path: Path) -> Status:
    """Return what the workspace holds now: feeds and runs."""
    return opened(path).status()


@st.cache_resource(max_entries=4, show_spinner=False)
def results(path: str, run_id: str) -> Results:
    """Return the results of one run; WorkspaceError where it is missing."""
    return opened(Path(path)).results(run_id)
