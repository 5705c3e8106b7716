"""Mapping files for a graph: every fault at once, and what each thing they say becomes."""

from pathlib import Path

import pytest

from graphfraud.errors import MappingError
from loaders.neo4j_entries import read_graph_mapping

RULES = """
tables:
  claims:
    - from: {node: Visit}
      columns:
        claim_id: {property: start.id}
        person_id: {via: MADE, direction: in, node: Patient, property: pid}
        facility_id: {via: AT, node: Shop, property: code}
        med_type: {from: kind, map: {"1": pharmacy}}
        start_time: at
        total_amount: {sum: [fund, self]}
        fund_amount: fund
        settle_region: {constant: "350200"}
  payments:
    - from: {relationship: PAID, start: Account, end: Account}
      columns: {payment_id: {property: end.x}, payer_account: start.iban, payee_account: end.iban,
                amount: amount, paid_time: end.start.x}
    - from: {relationship: OWED, start: Account, end: Account}
      columns: {payment_id: a, payer_account: b, payee_account: c, amount: d, paid_time: e}
"""


def test_all_that_a_mapping_says_travels_as_values(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(RULES, encoding="utf-8")
    claims, payments, owed = read_graph_mapping(path).sources
    steps = [
        {"way": "in", "type": "MADE", "node": "Patient", "property": "pid"},
        {"way": "out", "type": "AT", "node": "Shop", "property": "code"},
    ]
    own = ["start.id", "kind", "at", "fund", "self"]
    assert claims.parameters() == {
        "label": "Visit", "properties": own, "steps": steps, "zone": None,
    }  # fmt: skip
    assert claims.places() == [0, 5, 6, 1, 2, 3, 4]
    assert payments.titles == ["end.x", "start.iban", "end.iban", "amount", "end.start.x"]
    assert payments.parameters() == {
        "type": "PAID", "start": "Account", "end": "Account", "zone": None,
        "properties": ["end.x", "amount"],
        "start_properties": ["iban"], "end_properties": ["iban", "start.x"],
    }  # fmt: skip
    assert payments.places() == [0, 2, 3, 1, 4]
    names = [one.file_name for one in (claims, payments, owed)]
    assert names == ["claims.graph.jsonl", "payments.graph.jsonl", "payments_2.graph.jsonl"]


def test_all_faults_of_a_mapping_at_once(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        """
tabels: 1
tables:
  claim: []
  doctors: {}
  payments: [3]
  facilities: [{from: {node: yes}, columns: {facility_id: no}, zone: 8, missing: [no]}]
  persons:
    - source: x
      from: {nod: A}
      columns: {person_idd: a, sex: {form: b}, name: {via: A, property: b},
                phone: {from: a, sum: b},
                employer: {constant: [a]}, region: {sum: [a, b]}, address: {from: a, map: 3}}
  claims:
    - from: {relationship: A, start: B, end: C}
      columns: {total_amount: {sum: [a]}, claim_id: {from: null}, person_id: {property: ""},
                facility_id: {via: A, node: B, property: c}, 1: {2: 3, a: b}}
    - {from: {node: A}, columns: 3}
    - {from: {node: A}, columns: {claim_id: {via: A, node: B, property: c, direction: up}}}
""",
        encoding="utf-8",
    )
    with pytest.raises(MappingError) as caught:
        read_graph_mapping(path)
    for part in (
        "top: 'tabels' is unknown; did you mean 'tables'?",
        "tables: 'claim' is unknown; did you mean 'claims'?",
        "tables.doctors: must be a list",
        "tables.payments[0]: `from:` must be",
        "tables.payments[0]: `columns:` must name",
        "tables.facilities[0].from.node: must be a name",
        "tables.facilities[0].columns.facility_id: must be a property's name",
        "tables.facilities[0].zone: must be such as",
        "tables.facilities[0].missing: must be text",
        "tables.persons[0]: 'source' is unknown",
        "tables.persons[0]: `from:` must be",
        "columns: 'person_idd' is unknown; did you mean 'person_id'?",
        "columns: 'person_id' is required and missing",
        "columns.sex: 'form' is unknown; did you mean 'from'?",
        "columns.name: give one of",
        "columns.phone: give one of",
        "columns.employer: `constant` must be a text",
        "columns.region: `sum` is for amounts only",
        "columns.address: `map` must give",
        "columns.total_amount: `sum` must list at least two",
        "columns.claim_id.from: must be a property's name",
        "columns.person_id.property: must be a name",
        "columns.facility_id: `via` is for nodes",
        "columns: 1 is unknown",
        "tables.claims[1]: `columns:` must name",
        "columns.claim_id.direction: 'up' is unknown",
    ):
        assert part in caught.value.message, part


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"a: [", "is no YAML"), (b"\xff", "is no YAML"), (b"3", "there must be `tables:`")],
)
def test_files_that_are_no_mapping(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes(content)
    with pytest.raises(MappingError, match=said):
        read_graph_mapping(path)
    with pytest.raises(MappingError, match="cannot be read"):
        read_graph_mapping(tmp_path / "none.yaml")
