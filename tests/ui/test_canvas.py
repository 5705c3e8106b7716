"""The drawing library comes from the installation and asks for nothing."""

from pathlib import Path

import pyvis

from graphfraud.ui import canvas


def test_the_library_is_pyvis_own_copy_without_its_source_map() -> None:
    text = canvas.library()
    assert Path(pyvis.__file__).parent in canvas.LIBRARY.parents
    assert "vis-network" in text[:200]
    assert "sourceMappingURL" not in text
    assert "XMLHttpRequest" not in text
    assert "fetch(" not in text
