"""Texts that would break out of a query, a label or a file: they stay text, in both stores.

What the server is sent is recorded on the wire: every text of it is a statement of the catalogue.
"""

from collections.abc import Iterator

import pytest

from graphfraud.api import Workspace
from graphfraud.graph.contract import Filter, Store
from graphfraud.graph.embedded import EmbeddedStore
from graphfraud.graph.findings_part import findings_part
from graphfraud.graph.neo4j.catalogue import names, statement
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.neo4j.store import Neo4jStore
from graphfraud.graph.part import Part
from graphfraud.graph.projection import snapshot_part
from graphfraud.graph.questions import QUESTIONS
from graphfraud.workspace import Snapshot, WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver
from tests.graph.bolt_peer import BoltPeer

BREAKERS = [
    "'", '"', "`", "\\", "\\u0060", "`) DETACH DELETE n //", "'}) RETURN 1 //", '"}) RETURN 1 //',
    "') OR 1=1 //", "$graph", "${x}", "{graph: 1}", "// comment", "/* comment */", ";",
    "; MATCH (n)",
    "MATCH (n) DETACH DELETE n", "CALL dbms.components()", "LOAD CSV FROM 'file:///x' AS l",
    ":Admin",
    "a:Entity:Ring", "name:* OR (", "*", "?", "~", "%", "_", "\t", "\n", "\r\n", "\x00", "\x1b[31m",
    "\u202eRTL", "\u200b", "\ufeff", "é", "e\u0301", "𠮷", "Ａ", "＝1+1", "=1+1", "@SUM(A1)", "-1",
    "+1", "NULL", "null", "true", "NaN", "1e999", "", " ", "--", "<script>alert(1)</script>",
]  # fmt: skip
HEADS = ["", "张", "Robert", "O"]
TEXTS = [head + breaker for breaker in BREAKERS for head in HEADS][:210]


def rows() -> dict[str, list[Row]]:
    """Return claims whose persons are called and numbered by hostile texts, with one long name."""
    texts = [text for text in dict.fromkeys(TEXTS) if text]
    persons: list[Row] = [
        {"person_id": text, "name": text, "address": text, "employer": text, "phone": text}
        for text in texts
    ]
    persons.append({"person_id": "long", "name": "名" * 20_000, "address": "路" * 20_000})
    claims = [claim(f"C{n}", text, diagnosis_code=text) for n, text in enumerate(texts)]
    relations: list[Row] = [
        {"from_type": text, "from_id": text, "relation": text, "to_type": "person", "to_id": text}
        for text in texts
    ]
    return {"claims": claims, "persons": persons, "relations": relations}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    folder = tmp_path_factory.mktemp("hostile")
    workspace = WorkspaceFolder.open(folder / "workspace", create=True)
    deliver(workspace, rows())
    return workspace


@pytest.fixture(scope="module")
def snapshot(hostile: WorkspaceFolder) -> Snapshot:
    return hostile.snapshot()


@pytest.fixture(scope="module")
def part(hostile: WorkspaceFolder, snapshot: Snapshot) -> Part:
    return snapshot_part(hostile, snapshot)


@pytest.fixture
def peer(empty_neo4j: LocalServer) -> Iterator[BoltPeer]:
    with BoltPeer(("127.0.0.1", empty_neo4j.port)) as between:
        yield between


def ask_everything(store: Store, text: str) -> list[object]:
    """Return every answer to one hostile text, whatever it is."""
    node = store.find("InsuredPerson", text)
    number = node.number if node else 0
    return [
        node,
        store.search(text),
        store.find("Address", text),
        store.find("OtherParty", text),
        store.neighbourhood([number], only=Filter(min_weight=1), cap=5),
        store.ask("two_identities", {"rows": 3}),
        store.ask("ring_members", {"ring": text}),
    ]


def test_both_stores_keep_every_text_and_the_server_sees_statements_alone(
    hostile: WorkspaceFolder,
    snapshot: Snapshot,
    part: Part,
    peer: BoltPeer,
    empty_neo4j: LocalServer,
) -> None:
    through = Server(peer.uri, empty_neo4j.user, empty_neo4j.password)
    with (
        EmbeddedStore(hostile, snapshot) as embedded,
        Neo4jStore(Connection(through), snapshot) as on_server,
    ):
        embedded.fill(part)
        on_server.fill(part)
        sums = [on_server.checksum(), embedded.checksum()]
        assert [one.differences(part.checksum) for one in sums] == [[], []]
        for text in [text for text in dict.fromkeys(TEXTS) if text][::4]:
            found = ask_everything(on_server, text)
            assert found == ask_everything(embedded, text)
            assert found[0] is not None, repr(text)
    catalogue = {statement(name) for name in names()}
    assert peer.statements
    assert set(peer.statements) <= catalogue


def test_every_text_is_a_node_of_its_own(part: Part, hostile: WorkspaceFolder) -> None:
    texts = {text for text in TEXTS if text}
    assert len(texts) >= 200
    with EmbeddedStore(hostile, hostile.snapshot()) as store:
        store.fill(part)
        for text in sorted(texts):
            node = store.find("InsuredPerson", text)
            assert node is not None
            assert (node.id, node.properties["name"]) == (text, text)
    assert part.checksum.nodes["InsuredPerson"].n == len(texts) + 1
    assert part.checksum.nodes["OtherParty"].n == len(texts)


def test_a_parameter_of_a_question_is_never_part_of_it(
    case: Workspace,
) -> None:
    case_folder = case.folder
    snapshot = case_folder.get_snapshot(case_folder.runs()[0].snapshot_id)
    base = snapshot_part(case_folder, snapshot)
    with EmbeddedStore(case_folder, snapshot) as store:
        store.fill(base)
        store.publish(findings_part(case_folder, case_folder.runs()[0], base))
        whole = store.ask("ring_members")
        assert whole[1]
        for text in BREAKERS:
            if text:
                assert store.ask("ring_members", {"ring": text}) == (whole[0], [])
    assert "ring" in QUESTIONS["ring_members"].parameters
