"""Mapping files: what they can say, every fault at once, and the shipped example."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphfraud.errors import FeedError, MappingError
from loaders.mapping import read_mapping

if TYPE_CHECKING:
    from tests.loaders.conftest import Loaded

LoadOne = Callable[..., "Loaded"]
Loading = Callable[..., list["Loaded"]]
SHIPPED = Path(__file__).parents[2] / "loaders" / "mappings" / "medicare.yaml"
MEDICARE = Path(__file__).parents[3] / "shared" / "data" / "medicare"

RULES = """
tables:
  claims:
    - source: "Fees*.csv"
      missing: [NA]
      columns:
        claim_id: "No"
        person_id: {from: [Card, OldCard]}
        facility_id: {constant: F1}
        med_type: {from: Kind, map: {"0": outpatient, "1": inpatient, "9": null}}
        start_time: Day
        total_amount: {sum: [Fund, Own, Other]}
        fund_amount: Fund
  persons:
    - source: "Fees*.csv"
      columns: {person_id: Card, sex: {from: Sex, map: {w: F, m: M, "?": null}}}
"""


def test_one_file_feeds_two_tables(load_bytes: LoadOne) -> None:
    text = (
        "No,Card,OldCard,Kind,Day,Fund,Own,Other,Sex\n"
        "1,A,,0,2025-01-02,1.50,2,NA,w\n"
        "2,,B,1,2025-01-02,NA,NA,.25,m\n"
        "3,C,D,7,2025-01-02,1,1,1,?\n"
        "4,E,,9,2025-01-02,1,x,1,z\n"
        "5,F,,0,2025-01-02,NA,NA,NA,w\n"
        "6,too,short\n"
    )
    loaded = load_bytes(text, "fees_south.csv", RULES)
    claims = loaded.rows("claims")
    assert [
        (r["person_id"], r["med_type"], r["total_amount"], r["fund_amount"]) for r in claims
    ] == [
        ("A", "outpatient", 350, 150),
        ("B", "inpatient", 25, None),
    ]
    assert {row["facility_id"] for row in claims} == {"F1"}
    persons = [(row["person_id"], row["sex"]) for row in loaded.rows("persons")]
    assert persons == [("A", "F"), ("C", None), ("F", "F")]
    reasons = {(r["table_name"], r["record_no"]): list(r["reasons"]) for r in loaded.rejects()}
    assert reasons == {
        ("claims", 3): ["unknown_code"],
        ("claims", 4): ["missing_value", "amount_format"],
        ("claims", 5): ["missing_value"],
        ("claims", 6): ["column_count"],
        ("persons", 2): ["missing_id"],
        ("persons", 4): ["unknown_code"],
        ("persons", 6): ["column_count"],
    }
    assert loaded.feed.mapping == "mapping.yaml"


def test_another_mapping_makes_another_feed(load_bytes: LoadOne) -> None:
    text = "No,Card,OldCard,Kind,Day,Fund,Own,Other,Sex\n1,A,,0,2025-01-02,1.50,2,NA,w\n"
    first = load_bytes(text, "fees.csv", RULES)
    assert load_bytes(text, "fees.csv", RULES).already
    second = load_bytes(text, "fees.csv", RULES.replace("F1", "F2"))
    assert not second.already
    assert first.feed.feed_id != second.feed.feed_id


def test_a_file_that_no_source_names_speaks_for_itself(load_bytes: LoadOne) -> None:
    loaded = load_bytes("psn_no,psn_name\n1,张\n", "persons.csv", RULES)
    assert (loaded.feed.mapping, len(loaded.rows("persons"))) == ("", 1)


def test_a_column_that_the_file_lacks(load_bytes: LoadOne) -> None:
    with pytest.raises(FeedError, match=r"no column 'Card'.* Found: No, OldCard"):
        load_bytes("No,OldCard\n", "fees.csv", RULES)


def test_two_sources_for_one_table_in_one_file(load_bytes: LoadOne) -> None:
    entry = "{source: '*.csv', columns: {person_id: a}}"
    with pytest.raises(FeedError, match="two sources of one table"):
        load_bytes("a,b\n", "x.csv", f"tables: {{persons: [{entry}, {entry}]}}")


def test_all_faults_at_once(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        """
tabels: 1
tables:
  claim: []
  doctors: {}
  facilities: [{source: x, columns: {facility_id: yes}}]
  payments: [3]
  persons:
    - sources: x
      encoding: utf7
      delimiter: ":"
      missing: [no]
      columns: {person_idd: a, sex: {form: b}, name: [a], phone: {from: a, constant: b},
                employer: {constant: [a]}, region: {sum: [a, b]}, address: {from: a, map: 3}}
  claims:
    - source: x
      columns: {total_amount: {sum: [a]}, claim_id: {from: null}}
    - {source: y, columns: 3}
""",
        encoding="utf-8",
    )
    with pytest.raises(MappingError) as caught:
        read_mapping(path)
    text = caught.value.message
    for part in (
        "top: 'tabels' is unknown; did you mean 'tables'?",
        "tables: 'claim' is unknown; did you mean 'claims'?",
        "tables.doctors: must be a list",
        "tables.payments[0]: must hold",
        "tables.persons[0]: 'sources' is unknown; did you mean 'source'?",
        "tables.persons[0]: `source:` must be",
        "tables.persons[0].encoding: 'utf7' is unknown",
        "tables.persons[0].delimiter: ':' is unknown",
        "tables.persons[0].missing: must be text in quotes",
        "columns: 'person_idd' is unknown; did you mean 'person_id'?",
        "columns: 'person_id' is required and missing",
        "columns.sex: 'form' is unknown; did you mean 'from'?",
        "columns.name: must be a source column",
        "tables.facilities[0].columns.facility_id: must be text in quotes",
        "columns.phone: give either",
        "columns.employer: `constant` must be a text",
        "columns.region: `sum` is for amounts only",
        "columns.address: `map` must give",
        "columns.total_amount: `sum` must list at least two",
        "columns.claim_id.from: must be text in quotes",
        "tables.claims[1]: `columns:` must name our columns",
    ):
        assert part in text, part


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"a: [", "is no YAML"), (b"\xff", "is no YAML"), (b"3", "there must be `tables:`")],
)
def test_files_that_are_no_mapping(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes(content)
    with pytest.raises(MappingError, match=said):
        read_mapping(path)
    with pytest.raises(MappingError, match="cannot be read"):
        read_mapping(tmp_path / "none.yaml")


def test_the_shipped_example_is_sound() -> None:
    mapping = read_mapping(SHIPPED)
    assert [source.table for source in mapping.sources] == ["claims", "claims", "persons"]


@pytest.mark.skipif(not MEDICARE.is_dir(), reason="the third-party claims are not delivered here")
def test_the_shipped_example_reads_every_record(load_files: Loading) -> None:
    feeds = load_files([MEDICARE], SHIPPED)
    totals = {"claims": 0, "persons": 0}
    for feed in feeds:
        for table, count in feed.feed.tables.items():
            assert count.balanced()
            totals[table] += count.read
    assert totals == {"claims": 135_392, "persons": 63_968}
