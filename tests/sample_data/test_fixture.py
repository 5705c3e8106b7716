"""The committed fixture is what its command makes, and holds what its page says."""

import csv
from datetime import date
from pathlib import Path

from graphfraud.resources import bundled
from graphfraud.workspace import WorkspaceFolder
from loaders import load
from sample_data.make_fixture import make_fixture

FIXTURE = bundled("sample_data") / "fixture"


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _rows(name: str, encoding: str) -> list[dict[str, str]]:
    text = (FIXTURE / name).read_bytes().decode(encoding, errors="replace")
    return list(csv.DictReader(text.splitlines()))


def test_the_command_makes_the_same_bytes(tmp_path: Path) -> None:
    make_fixture(tmp_path)
    assert _files(tmp_path) == _files(FIXTURE)


def test_about_two_thousand_claims_in_two_encodings() -> None:
    south, north = _rows("south/claims.csv", "utf-8"), _rows("north/claims.csv", "gb18030")
    assert 1_700 < len(south) + len(north) < 2_300
    assert {"claim_id", "person_id"} <= set(south[0])
    assert {"结算ID", "人员编号"} <= set(north[0])
    assert {row["医疗类别"] for row in north} >= {"定点药店", "普通门诊", "住院"}


def test_one_ring_of_eight_and_duplicates_across_the_regions() -> None:
    members = _rows("truth/ring_members.csv", "utf-8")
    rings = {
        row["ring"] for row in _rows("truth/rings.csv", "utf-8") if row["pattern"] == "co_visit"
    }
    persons = [row for row in members if row["ring"] in rings and row["entity_type"] == "person"]
    assert len(persons) == 8
    pairs = _rows("truth/duplicates.csv", "utf-8")
    same = [row for row in pairs if row["kind"] == "same_invoice"]
    assert same
    assert all(row["claim_id_a"][:6] != row["claim_id_b"][:6] for row in same)


def test_every_row_of_the_page_is_in_a_file() -> None:
    for row in _rows("truth/rejects.csv", "utf-8"):
        data = (FIXTURE / row["file"]).read_bytes()
        assert data.count(b"BROKEN-") >= int(row["rows"]) or row["outcome"] != "rejected"


def test_the_counts_of_a_file_are_its_lines() -> None:
    counts = _page()
    assert len(counts) >= 8
    for name, (read, loaded, duplicate, conflict, rejected) in counts.items():
        assert read == loaded + duplicate + conflict + rejected
        assert read == (FIXTURE / name).read_bytes().count(b"\n") - 1


def _page() -> dict[str, list[int]]:
    """Read the page's first table: file → read, loaded, duplicate, conflict, rejected."""
    lines = (FIXTURE / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [
        line.strip("| ").split(" | ") for line in lines if line.startswith(("| south/", "| north/"))
    ]
    return {cells[0]: [int(cell) for cell in cells[1:]] for cells in rows if len(cells) == 6}


def test_loading_says_what_the_page_says(tmp_path: Path) -> None:
    workspace = WorkspaceFolder.open(tmp_path / "workspace", create=True)
    for region in ("south", "north"):
        report = load(workspace, [FIXTURE / region], as_of=date(2025, 12, 31))
        for feed in (outcome.feed for outcome in report.feeds):
            ((_, count),) = feed.tables.items()
            got = [count.read, count.loaded, count.duplicate, count.conflict, count.rejected]
            assert got == _page()[f"{region}/{feed.file_name}"]
            wrong = [
                row
                for row in _rows("truth/rejects.csv", "utf-8")
                if row["file"] == f"{region}/{feed.file_name}"
                and row["reason"] != "missing_reference"
            ]
            assert dict(feed.reasons) == {row["reason"]: int(row["rows"]) for row in wrong}
