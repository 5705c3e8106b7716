from pathlib import Path

import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import catalogue


def test_statements_are_the_files_of_the_catalogue(tmp_path: Path) -> None:
    assert "read/server" in catalogue.names()
    for name in catalogue.names():
        text = catalogue.statement(name)
        assert text.startswith("//"), name
    (tmp_path / "outside.cypher").write_text("RETURN 1")
    for name in ("../outside", "read/nothing", "", f"{tmp_path}/outside", "read/server.cypher"):
        with pytest.raises(StoreError, match="There is no statement"):
            catalogue.statement(name)
