import re
from pathlib import Path

from graphfraud.api import open_workspace

PAGE = Path(__file__).resolve().parents[2] / "docs" / "mappings.md"


def examples(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_example_of_the_page_loads_as_it_says(tmp_path: Path) -> None:
    visits, cards = examples("csv")
    (layout,) = examples("yaml")
    folder = tmp_path / "delivery"
    folder.mkdir()
    (folder / "visits_2025.csv").write_text(visits, encoding="utf-8")
    (folder / "cards.csv").write_text(cards, encoding="utf-8")
    (tmp_path / "layout.yaml").write_text(layout, encoding="utf-8")
    store = open_workspace(tmp_path / "case")
    store.load(folder, mapping=tmp_path / "layout.yaml")
    tables = store.status().tables
    assert (tables["claims"].loaded, tables["claims"].rejected) == (2, 1)
    assert tables["persons"].loaded == 3
    rejects = store.rejects()
    assert rejects[["record_no", "reason", "value"]].to_numpy().tolist() == [
        [3, "unknown_code", "9"]
    ]
    assert store.claim("90001")["total_amount"].tolist() == [1550]
