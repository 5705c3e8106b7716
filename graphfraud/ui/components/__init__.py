"""The parts of a page that run in the browser, each one script and one style sheet.

Both get their data as JSON and write it as text nodes or canvas text; neither asks any host.
"""

from functools import cache
from importlib.resources import files

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


@cache
def mounted(name: str, before: str = "") -> ComponentRenderer:
    """Register the component `name` once, `before` preceding its script; return its mount."""
    return st.components.v2.component(
        f"graphfraud.{name}",
        html="<section></section>",
        css=_text(f"{name}.css"),
        js=f"{before}\n{_text(f'{name}.js')}",
    )


def _text(name: str) -> str:
    return files("graphfraud.ui.components").joinpath(name).read_text(encoding="utf-8")
