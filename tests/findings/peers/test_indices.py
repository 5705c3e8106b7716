"""Every index is documented, in two languages, with a step of SQL of its own."""

import re
from pathlib import Path

import pytest

from graphfraud.findings.peers.indices import INDICES
from graphfraud.model.tables import TABLES
from graphfraud.sql import statement

PAGE = Path(__file__).resolve().parents[3] / "docs" / "peers.md"


@pytest.mark.parametrize("name", sorted(INDICES))
def test_an_index_is_described_whole(name: str) -> None:
    one = INDICES[name]
    assert all((one.zh, one.en, one.what, one.why, one.excuse, one.scale > 0))
    assert re.search("[\u3400-\u9fff]", one.zh)
    for need in one.needs:
        table, _, column = need.partition(".")
        assert column in {"", *TABLES[table].column_names}
    assert "sxx" in statement(f"findings/peers/{name}")
    assert f"| `{name}` | {one.zh} |" in PAGE.read_text(encoding="utf-8")
