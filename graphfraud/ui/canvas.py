"""The clickable picture of a ring: vis-network from pyvis's installed files in our own component.

pyvis's own page has no events back to Python and loads from other hosts; its bundled library does
neither. The library is read from the installation, so nothing is fetched and no copy is kept here.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyvis
import streamlit as st

from graphfraud.ui.components import mounted
from graphfraud.ui.picture import Picture, legend
from graphfraud.ui.words import Words

LIBRARY = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
KEY = "canvas"


@cache
def library() -> str:
    """Return vis-network's text without its source-map line, which names a file we lack."""
    text = LIBRARY.read_text(encoding="utf-8")
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "")


def draw(shown: Picture, words: Words, selected: str, choose: Callable[[str], None]) -> None:
    """Draw the picture with `selected` marked; a click on a node calls `choose` with its name."""
    tools = {key: words(f"graph.{key}") for key in ("closer", "farther", "fit")}
    label = words("graph.label", nodes=len(shown.nodes), edges=len(shown.edges))
    mounted("network", library())(
        key=KEY,
        data={
            "nodes": shown.nodes,
            "edges": shown.edges,
            "legend": legend(shown, words),
            "words": tools,
            "label": label,
            "selected": selected,
        },
        on_clicked_change=lambda: choose(st.session_state[KEY]["clicked"]),
    )
