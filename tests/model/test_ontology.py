import re
from importlib.resources import files

import pytest

from graphfraud.model.ontology import ONTOLOGY, read_ontology
from graphfraud.model.tables import TABLES

TEXT = files("graphfraud.model").joinpath("ontology.toml").read_text(encoding="utf-8")
KINDS = {
    *("InsuredPerson", "Doctor", "Facility", "Item", "Claim", "Payment", "Account", "Phone"),
    *("Address", "Region", "Operator", "Company", "Ring", "DuplicateSet"),
}


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1
    return TEXT.replace(old, new, 1)


def test_every_kind_of_the_field_is_there() -> None:
    assert set(ONTOLOGY.nodes) >= KINDS
    facility = ONTOLOGY.nodes["Facility"]
    assert set(facility.labels) == {"Hospital", "Clinic", "Pharmacy"}
    assert [name for name, kind in ONTOLOGY.nodes.items() if kind.pivot] == [
        "Account", "Phone", "Address",
    ]  # fmt: skip


def test_every_column_of_the_canonical_tables_is_in_the_graph() -> None:
    """A column is a property, an end of a relationship, its date, or a mention; none is lost."""
    kinds = ONTOLOGY.nodes.values()
    used = {(kind.table, one.column) for kind in kinds for one in kind.properties}
    used |= {(kind.table, kind.id) for kind in kinds}
    used |= {mention for kind in kinds for mention in (*kind.mentions, kind.names or ("", ""))}
    for relationship in ONTOLOGY.relationships.values():
        for source in relationship.sources:
            ends = {source.start_column, source.end_column, relationship.time}
            columns = ends | {one.column for one in relationship.properties}
            used |= {(source.table, column) for column in columns}
    register = {"from_type", "from_id", "relation", "to_type", "to_id", "since", "until"}
    used |= {("relations", column) for column in register}
    used |= {("watchlist", column) for column in TABLES["watchlist"].column_names}
    told = {(name, column) for name, table in TABLES.items() for column in table.column_names}
    assert told - used == set()


def test_what_results_and_registers_call_a_party_has_a_kind() -> None:
    assert ONTOLOGY.kind("person").name == "InsuredPerson"
    assert ONTOLOGY.kind("company").name == "Company"
    assert ONTOLOGY.kind("ship").name == "OtherParty"


def test_kinds_look_different() -> None:
    looks = [(kind.icon, kind.colour) for kind in ONTOLOGY.nodes.values()]
    assert len(set(looks)) == len(looks)
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for _, colour in looks)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('sex = "sex"', 'sex = "gender"', "no column gender"),
        ('caption = "name"', 'caption = "nick"', "unknown property"),
        ("[nodes.Doctor]", '[nodes."Doc tor"]', "no label"),
        ("[relationships.FILED]", "[relationships.filed]", "no relationship type"),
        ('id = "person_id"', 'id = "persons_id"', "no id column"),
        ('"claim_items.item_code"', '"claim_items.code"', "claim_items.code"),
        ("-> Claim.claim_id in claims", "-> Bill.claim_id in claims", "unknown kind of node"),
        ("-> Claim.claim_id in claims", "-> Claim.claim_no in claims", "unknown column of claims"),
        ("-> Claim.claim_id in claims", "to Claim", "is no source"),
        ('entity_type = "doctor"', 'entity_type = "person"', "entity types must differ"),
        ("total_amount_fen =", "total_amount =", "money must end in _fen"),
        ('weight = "observed"', 'weight = "often"', "weight or hub"),
        ('\ntime = "start_time"', '\ntime = "begin"', "unknown column of claims"),
        ('register = "agent"', "", "sources or register"),
        ('zh = "参保人"', 'zh = ""', "looks"),
        ('entity_type = "*"', "", "OtherParty has no source"),
    ],
)
def test_what_does_not_hold_together_is_named(old: str, new: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        read_ontology(changed(old, new))
