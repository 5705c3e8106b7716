"""Loading from a graph of any make: the same claims, every record accounted for, no query text."""

import csv
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import neo4j
import pandas as pd
import pytest
import yaml

from graphfraud.api import Workspace, open_workspace
from graphfraud.cli import main
from graphfraud.errors import MappingError, StoreError, UsageError
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.resources import bundled
from graphfraud.settings import PASSWORD_VARIABLE, USER_VARIABLE
from loaders import LoadReport
from loaders.mapping import read_mapping

AS_OF = date(2026, 1, 31)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "mappings.md"
HOSTILE = (
    "a`b", "\\u0060) DETACH DELETE n //", "O'Neil \"x\"", "}) RETURN 1 //", "$label", "名\u202eabc",
    "n:Visit|Other", "%", " lead", "l" * 5000,
)  # fmt: skip

Load = Callable[..., LoadReport]


@pytest.fixture
def store(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "case")


@pytest.fixture
def load(
    store: Workspace, empty_neo4j: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Load:
    """Return a function that loads the server's graph by a mapping given as text or as tables."""
    monkeypatch.setenv(USER_VARIABLE, empty_neo4j.user)
    monkeypatch.setenv(PASSWORD_VARIABLE, empty_neo4j.login.password)

    def run(mapping: str | dict[str, Any], into: Workspace = store) -> LoadReport:
        text = mapping if isinstance(mapping, str) else yaml.safe_dump({"tables": mapping})
        path = tmp_path / "graph.yaml"
        path.write_text(text, encoding="utf-8")
        return into.load(empty_neo4j.uri, mapping=path, as_of=AS_OF)

    return run


def make(driver: neo4j.Driver, text: str, **values: object) -> None:
    driver.execute_query(text, dict(values))


def nodes(driver: neo4j.Driver, label: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write nodes whose label and properties have any name at all."""
    make(driver, "UNWIND $rows AS row CREATE (n:$($label)) SET n = row", label=label, rows=rows)


def rows(store: Workspace, table: str) -> list[dict[str, Any]]:
    """Return all loaded rows of a table without what says where they stood, in one order."""
    frames = [
        pd.read_parquet(path)
        for feed in store.folder.feeds()
        if (path := store.folder.feed_folder(feed.feed_id) / "tables" / f"{table}.parquet").exists()
    ]
    whole = pd.concat(frames).drop(columns=["record_no", "record_hash"])
    texts = [
        {str(name): "None" if pd.isna(value) else str(value) for name, value in row.items()}
        for row in whole.to_dict("records")
    ]
    return sorted(texts, key=str)


def persons(label: str = "Person", **columns: object) -> dict[str, Any]:
    return {"persons": [{"from": {"node": label}, "columns": {"person_id": "id"} | columns}]}


def sound(source: Path, target: Path) -> tuple[list[str], list[dict[str, str | None]]]:
    """Copy the records of a file that are whole, whatever they say; return header and records."""
    with source.open(encoding="utf-8", errors="replace", newline="") as stream:
        names, *lines = csv.reader(stream)
    kept = [line for line in lines if len(line) == len(names) and "\ufffd" not in "".join(line)]
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([names, *kept])
    return names, [{n: v or None for n, v in zip(names, line, strict=True)} for line in kept]


def typed(record: dict[str, str | None]) -> dict[str, Any]:
    """Return a record as a graph of another make would hold it: times and amounts by their type."""
    values: dict[str, Any] = dict(record)
    for name, text in record.items():
        if text and re.fullmatch(r"20\d\d-[01]\d-[0-2]\d [01]\d:\d\d:\d\d", text):
            values[name] = datetime.fromisoformat(text)
        elif text and name.endswith("_amount") and re.fullmatch(r"-?\d+\.\d\d", text):
            values[name] = float(text)
    return {f"p_{name}": value for name, value in values.items()}


def as_graph(driver: neo4j.Driver, folder: Path, copies: Path) -> dict[str, Any]:
    """Write a delivery as a graph of another make; return the mapping that reads it back.

    copies: where the records that went into the graph are written as files.
    """
    tables: dict[str, Any] = {}
    for path in sorted(folder.glob("*.csv")):
        names, found = sound(path, copies / path.name)
        nodes(driver, f"X {path.stem}", [typed(record) for record in found])
        filled = {name: f"p_{name}" for name in names if any(one[name] for one in found)}
        tables[path.stem] = [{"from": {"node": f"X {path.stem}"}, "columns": filled}]
    person = {"via": "MADE", "direction": "in", "node": "Insured", "property": "nr"}
    shop = {"via": "AT", "node": "Shop", "property": "nr"}
    tables["claims"][0]["columns"] |= {"person_id": person, "facility_id": shop}
    for label in ("Insured", "Shop"):
        make(driver, f"CREATE CONSTRAINT FOR (n:{label}) REQUIRE n.nr IS UNIQUE")
    make(
        driver,
        """MATCH (c:`X claims`)
        FOREACH (x IN CASE WHEN c.p_person_id IS NULL THEN [] ELSE [1] END |
          MERGE (p:Insured {nr: c.p_person_id}) CREATE (p)-[:MADE]->(c))
        FOREACH (x IN CASE WHEN c.p_facility_id IS NULL THEN [] ELSE [1] END |
          MERGE (f:Shop {nr: c.p_facility_id}) CREATE (c)-[:AT]->(f))
        REMOVE c.p_person_id, c.p_facility_id""",
    )
    return tables


def test_a_delivery_as_a_graph_is_the_same_delivery(
    load: Load, store: Workspace, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    south, copies = bundled("sample_data") / "fixture" / "south", tmp_path / "copies"
    copies.mkdir()
    report = load(as_graph(neo4j_driver, south, copies))
    files = open_workspace(tmp_path / "files")
    same = files.load(copies, as_of=AS_OF)
    assert report.rejected > 0
    for outcome in ("read", "loaded", "duplicate", "conflict", "rejected"):
        assert getattr(report, outcome) == getattr(same, outcome)
    tables = store.status().tables
    assert tables == files.status().tables
    for table in tables:
        assert rows(store, table) == rows(files, table), table
    found = store.detect()
    assert len(found.rings) > 0
    assert found.run["result_hash"] == files.detect().run["result_hash"]


def test_the_same_graph_in_another_order_is_the_same_feed(
    load: Load, neo4j_driver: neo4j.Driver
) -> None:
    people = [{"id": f"P{n}", "name": "张" if n % 2 else None} for n in range(50)]
    nodes(neo4j_driver, "Person", people)
    first = load(persons(name="name"))
    make(neo4j_driver, "MATCH (n) DETACH DELETE n")
    nodes(neo4j_driver, "Other", people)
    nodes(neo4j_driver, "Person", people[::-1])
    again = load(persons(name="name"))
    assert [one.already for one in (*first.feeds, *again.feeds)] == [False, True]
    assert first.feeds[0].feed.feed_id == again.feeds[0].feed.feed_id


def test_the_size_of_parts_changes_nothing(
    load: Load, neo4j_driver: neo4j.Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes(neo4j_driver, "Person", [{"id": f"P{n}", "name": "张" * n} for n in range(50)])
    (whole,) = load(persons(name="name")).feeds
    for part in ("loaders.neo4j.ROWS_AT_ONCE", "loaders.neo4j_records.ROWS_AT_ONCE"):
        monkeypatch.setattr(part, 7)
    (parted,) = load(persons(name="name"), open_workspace(tmp_path / "parted")).feeds
    assert (parted.already, parted.feed.files) == (False, whole.feed.files)


def test_what_is_kept_names_no_server(
    load: Load, store: Workspace, neo4j_driver: neo4j.Driver, empty_neo4j: LocalServer
) -> None:
    nodes(neo4j_driver, "Person", [{"id": 1}])
    (outcome,) = load(persons()).feeds
    assert (outcome.feed.file_name, outcome.feed.format) == ("persons.graph.jsonl", "neo4j")
    folder = store.folder.feed_folder(outcome.feed.feed_id)
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert empty_neo4j.uri.encode() not in content
        assert empty_neo4j.login.password.encode() not in content
    assert list((store.path / "tmp").glob("*/*")) == []


VALUES = [
    ("name", "'张'", "张", None),
    ("name", "7", "7", None),
    ("name", "true", "true", None),
    ("name", "12.50", "12.5", None),
    ("name", "0.0/0.0", None, None),
    ("name", "['a', 'b']", '{"list": ["a", "b"]}', "undecodable_text"),
    ("name", "point({x: 1, y: 2})", "point(", "undecodable_text"),
    ("name", "$bytes", '{"list": ["0", "-1"]}', "undecodable_text"),
    ("name", "'a' + $nul", "a", "undecodable_text"),
    ("name", "$long", "", "field_too_long"),
    ("region", "350200", "350200", None),
    ("region", "9223372036854775807", "9223372036854775807", None),
    ("region", "350200.0", "350200", "numeric_identifier"),
    ("region", "[350200]", '{"list": ["350200"]}', "undecodable_text"),
    ("birth_date", "date('1990-02-03')", "1990-02-03", None),
    ("birth_date", "localdatetime('1990-02-03T00:00')", "1990-02-03", None),
    ("birth_date", "datetime('1990-02-03T00:00Z')", "1990-02-03T00:00:00Z", "date_format"),
    ("birth_date", "date('+12345-01-01')", "+12345-01-01", "date_format"),
    ("birth_date", "[date('1990-02-03')]", '{"list": ["1990-02-03"]}', "date_format"),
    ("sex", "['F']", '{"list": ["F"]}', "unknown_code"),
]


@pytest.mark.parametrize(("column", "value", "text", "reason"), VALUES)
def test_every_kind_of_value_is_text_or_refused(
    load: Load, store: Workspace, neo4j_driver: neo4j.Driver,
    column: str, value: str, text: str | None, reason: str | None,
) -> None:  # fmt: skip
    given = {"bytes": b"\x00\xff", "nul": "\0", "long": "长" * 400_000}
    make(neo4j_driver, f"CREATE (:Person {{id: 'P', x: {value}}}), (:Person {{id: 'Q'}})", **given)
    report = load(persons(**{column: "x"}))
    assert (report.read, report.loaded, report.rejected) == (2, 2 - bool(reason), int(bool(reason)))
    if reason is None:
        (row,) = (row for row in rows(store, "persons") if row["person_id"] == "P")
        assert row[column] == str(text)
    else:
        (reject,) = store.rejects().to_dict("records")
        assert (reject["reason"], reject["column_name"]) == (reason, column)
        assert text is not None
        assert text in reject["value"]


def test_a_zone_that_the_mapping_names_is_the_clock(
    load: Load, store: Workspace, neo4j_driver: neo4j.Driver
) -> None:
    make(neo4j_driver, "CREATE (:Person {id: 'P', x: datetime('1990-02-02T16:00Z')})")
    for zone in ("+08:00", "Asia/Shanghai"):
        mapping = persons(birth_date="x")
        mapping["persons"][0]["zone"] = zone
        assert load(mapping).loaded == 1
    assert {row["birth_date"] for row in rows(store, "persons")} == {"1990-02-03"}


def test_paths_that_fork_or_lead_nowhere(
    load: Load, store: Workspace, neo4j_driver: neo4j.Driver
) -> None:
    make(
        neo4j_driver,
        """CREATE (a:Shop {id: 'A'}), (b:Shop {id: 'B'}), (b2:Shop {id: 'B'}), (n:Shop),
        (:Doctor {id: 1})-[:AT]->(a), (:Doctor {id: 2}), (two:Doctor {id: 3}), (one:Doctor {id: 4}),
        (turned:Doctor {id: 5}), (a)-[:AT]->(turned), (two)-[:AT]->(a), (two)-[:AT]->(b),
        (one)-[:AT]->(b), (one)-[:AT]->(b), (one)-[:AT]->(b2), (one)-[:AT]->(n)""",
    )

    def doctors(direction: str) -> dict[str, Any]:
        step = {"via": "AT", "node": "Shop", "property": "id", "direction": direction}
        columns = {"doctor_id": "id", "facility_id": step}
        return {"doctors": [{"from": {"node": "Doctor"}, "columns": columns}]}

    assert load(doctors("out")).rejected == 1
    found = {row["doctor_id"]: row["facility_id"] for row in rows(store, "doctors")}
    assert found == {"1": "A", "2": "None", "4": "B", "5": "None"}
    (reject,) = store.rejects().to_dict("records")
    assert reject["value"] == '{"list": ["A", "B"]}'
    for direction, filled in (("in", ["5"]), ("any", ["1", "4", "5"])):
        other = open_workspace(store.path.parent / direction)
        load(doctors(direction), other)
        assert [
            r["doctor_id"] for r in rows(other, "doctors") if r["facility_id"] != "None"
        ] == filled


def test_the_same_id_twice_is_told_apart(load: Load, neo4j_driver: neo4j.Driver) -> None:
    people = [{"id": n, "name": name} for n, name in ((1, "a"), (1, "a"), (2, "a"), (2, "b"))]
    nodes(neo4j_driver, "Person", people)
    report = load(persons(name="name"))
    counts = (report.read, report.loaded, report.duplicate, report.conflict, report.rejected)
    assert counts == (4, 1, 1, 2, 0)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_values(
    load: Load, store: Workspace, neo4j_driver: neo4j.Driver, name: str
) -> None:
    nodes(neo4j_driver, name, [{name: f"{name[:40]}{n}", "id": n} for n in range(3)])
    nodes(neo4j_driver, "Visit", [{"id": "V"}])
    link = "MATCH (a:$($name)), (b:Visit) CREATE (a)-[:$($name) {x: 1}]->(b)"
    make(neo4j_driver, link, name=name)
    step = {"via": name, "direction": "in", "node": name, "property": "id"}
    mapping = persons(name, name=name) | {
        "doctors": [{"from": {"node": "Visit"}, "columns": {"doctor_id": "id", "name": step}}],
        "payments": [
            {
                "from": {"relationship": name, "start": name, "end": "Visit"},
                "columns": {"payer_account": "start.id", "payee_account": "end.id", "amount": "x"}
                | {"payment_id": "start.id", "paid_time": {"constant": "2025-03-01"}},
            }
        ],
    }
    load(mapping)
    expected = {f"{name[:40]}{n}".strip() for n in range(3)}
    assert {row["name"] for row in rows(store, "persons")} == expected
    assert len(rows(store, "payments")) == 3
    (left,) = neo4j_driver.execute_query("MATCH (n) RETURN count(n)").records
    assert left.value() == 4


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_values_are_text(
    load: Load, store: Workspace, neo4j_driver: neo4j.Driver, name: str
) -> None:
    nodes(neo4j_driver, "Person", [{"id": name, "name": f"{name}\n,\"';--"}])
    report = load(persons(name="name"))
    if len(name) > 64:
        assert list(store.rejects()["reason"]) == ["malformed_id"]
    else:
        (row,) = rows(store, "persons")
        assert (row["person_id"], row["name"]) == (name.strip(), f"{name}\n,\"';--".strip())
    assert report.read == report.loaded + report.rejected == 1


def test_names_the_graph_lacks_are_told_together(load: Load, neo4j_driver: neo4j.Driver) -> None:
    make(neo4j_driver, "CREATE (:Doctor {id: 1})-[:AT]->(:Shop {code: 2})")
    step = {"via": "At", "node": "Shops", "property": "\0"}
    mapping = {
        "doctors": [
            {"from": {"node": "Docter"}, "columns": {"doctor_id": "id", "facility_id": step}},
            {"from": {"node": "x" * 1_000_000}, "columns": {"doctor_id": "id"}},
        ]
    }
    with pytest.raises(MappingError) as caught:
        load(mapping)
    for part in ("'Docter'; did you mean 'Doctor'?", "'At'; did you mean 'AT'?", "mean 'Shop'?"):
        assert part in caught.value.message
    assert "Found labels: " in caught.value.hint
    assert len(str(caught.value)) < 3000


def test_a_required_column_that_nothing_fills(
    load: Load, store: Workspace, neo4j_driver: neo4j.Driver
) -> None:
    make(neo4j_driver, "CREATE (:Person {nr: 1})-[:KNOWS {since: 1}]->(:Shop {id: 2})")
    with pytest.raises(MappingError, match=r"No \(Person\) has id, .*persons\.person_id") as caught:
        load(persons())
    assert "Found on Person: nr" in caught.value.hint
    step = {"via": "KNOWS", "direction": "in", "node": "Shop", "property": "id"}
    with pytest.raises(MappingError, match=r"has <-\[KNOWS\]-\(Shop\)\.id") as caught:
        load({"persons": [{"from": {"node": "Person"}, "columns": {"person_id": step}}]})
    assert "direction" in caught.value.hint
    for start, end, said in (("Person", "Shop", "on KNOWS: since"), ("Shop", "Person", "start")):
        knows = {"relationship": "KNOWS", "start": start, "end": end}
        with pytest.raises(MappingError) as caught:
            load({"persons": [{"from": knows, "columns": {"person_id": {"property": "id"}}}]})
        assert said in caught.value.hint
    assert store.folder.feeds() == []


def test_an_optional_column_that_nothing_fills_is_noted(
    load: Load, neo4j_driver: neo4j.Driver
) -> None:
    make(neo4j_driver, "CREATE (:Person {id: 1}), (:Shop {phone: 2})")
    (outcome,) = load(persons(phone={"from": ["phone", "id"]})).feeds
    notes = outcome.feed.notes
    assert notes[:2] == ("read from (Person)", "without a value in every record: phone")
    assert notes[2] == "persons.phone is taken from phone, then id"


def test_the_example_of_the_page(load: Load, store: Workspace, neo4j_driver: neo4j.Driver) -> None:
    page = PAGE.read_text(encoding="utf-8")
    (graph,) = re.findall(r"^```cypher\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    (mapping,) = re.findall(r"^```yaml graph\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    make(neo4j_driver, graph)
    load(mapping)
    tables = store.status().tables
    assert {name: (one.loaded, one.rejected) for name, one in tables.items()} == {
        "claims": (2, 1),
        "persons": (2, 0),
        "payments": (1, 0),
    }
    assert store.claim("90001")["total_amount"].tolist() == [1550]
    assert list(store.rejects()["reason"]) == ["amount_format"]


def test_what_is_asked_must_make_sense(
    store: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "none")
    path = tmp_path / "m.yaml"
    path.write_text(json.dumps({"tables": persons()}), encoding="utf-8")
    with pytest.raises(UsageError, match="nothing says how"):
        store.load("neo4j://127.0.0.1:1")
    with pytest.raises(UsageError, match="alone"):
        store.load(["bolt+s://127.0.0.1:1", "claims.csv"], mapping=path)
    with pytest.raises(UsageError) as caught:
        store.load("bolt://neo4j:hush@127.0.0.1:1", mapping=path)
    assert "hush" not in str(caught.value)
    with pytest.raises(StoreError, match="not reachable"):
        store.load("bolt://127.0.0.1:1", mapping=path)
    assert store.folder.feeds() == []
    with pytest.raises(MappingError, match="'from' is unknown"):
        read_mapping(path)


def test_the_command_loads_a_graph(
    load: Load,
    neo4j_driver: neo4j.Driver,
    empty_neo4j: LocalServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    nodes(neo4j_driver, "Person", [{"id": 1}, {"id": 2.5}])
    load(persons())  # writes the mapping
    given = ["--mapping", str(tmp_path / "graph.yaml"), "--workspace", str(tmp_path / "other")]
    main(["load", empty_neo4j.uri, *given, "--lang", "en"])
    told = capsys.readouterr().out
    assert "persons.graph.jsonl  neo4j" in told
    assert "2 read = 1 loaded + 0 duplicate + 0 conflict + 1 rejected rows" in told
    assert "numeric_identifier" in told
