"""The checksum of a database sees whatever another hand does to a graph in it."""

from collections.abc import Mapping
from pathlib import Path

import neo4j

from graphfraud.graph.neo4j import sums
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.loading import fill, remove
from graphfraud.graph.neo4j.server import LocalServer
from tests.commands.cut_bolt import empty
from tests.graph.loads import ask, held, publish_part, small_parts, the_entry

# What is done to a kind; each kind once, so that the differences grow by one each time.
DONE: Mapping[str, str] = {
    "FILED": "MATCH (a)-[r:FILED]->(b) WITH a, b, r LIMIT 1 "
    "CREATE (a)-[new:FILED]->(b) SET new = properties(r)",
    "AT": "MATCH ()-[r:AT]->() WITH r LIMIT 1 SET r.note = 'checked'",
    "INCLUDES": "MATCH ()-[r:INCLUDES]->() WITH r LIMIT 1 SET r.amount_fen = r.amount_fen + 1",
    "HOLDS": "MATCH ()-[r:HOLDS]->() WITH r LIMIT 1 DELETE r",
    "REFUNDS": "MATCH (a)-[r:REFUNDS]->(b) CREATE (b)-[new:REFUNDS]->(a) "
    "SET new = properties(r) DELETE r",
    "PAYS": "MATCH ()-[r:PAYS]->() SET r.time = null",
    "MEMBER_OF": "MATCH ()-[r:MEMBER_OF]->() WITH r LIMIT 1 SET r.role = 'head'",
    "Claim": "MATCH (n:Claim) WITH n LIMIT 1 SET n.note = 'checked'",
    "InsuredPerson": "MATCH (n:InsuredPerson {id: 'P1'}) SET n.name = '李 强'",
    "Facility": "MATCH (n:Facility) SET n:Hospital",
    "Item": "MATCH (n:Drug) REMOVE n:Drug",
    "Company": "MATCH (n:Company) REMOVE n:Company",
    "Address": "MATCH (n:Address) WITH n LIMIT 1 "
    "CREATE (:Entity:Address {key: n.key + 1000000, graph: n.graph, id: n.id})",
    "Operator": "MATCH (n:Operator) SET n.id = n.id + ' '",
    "Region": "MATCH (n:Region) REMOVE n.graph",
    "Account": "MATCH (n:Account) WITH n LIMIT 1 SET n.graph = 99",
    "OWES": "MATCH (a:Claim), (b:Payment) WITH a, b LIMIT 1 CREATE (a)-[:OWES]->(b)",
    "Ship": "MATCH (n:Payment) WITH n LIMIT 1 "
    "CREATE (:Entity:Ship {key: n.key + 2000000, graph: n.graph})",
    "Ring": "MATCH (n:Ring) SET n.score = n.score + 1e-15",
}


def test_whatever_is_done_to_a_kind_shows_at_this_kind(
    neo4j_server: LocalServer, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    empty(neo4j_server.login)
    parts = small_parts(tmp_path / "workspace")
    whole = parts.base.checksum.plus(parts.run_a.checksum)
    with Connection(neo4j_server.login) as connection:
        fill(connection, parts.base)
        publish_part(connection, parts.run_a)
        entry = the_entry(connection, parts.base)
        assert sums.checksum(connection, entry, tmp_path).differences(whole) == []
        touched = set[str]()
        for kind, text in DONE.items():
            ask(neo4j_driver, text)
            touched.add(kind)
            found = sums.checksum(connection, entry, tmp_path).differences(whole)
            assert {line.split()[0] for line in found} == touched


def test_another_snapshots_graph_is_not_counted(
    neo4j_server: LocalServer, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    empty(neo4j_server.login)
    parts = small_parts(tmp_path / "workspace")
    with Connection(neo4j_server.login) as connection:
        for part in (parts.other, parts.base):
            fill(connection, part)
        ask(neo4j_driver, "CREATE (:Claim {id: 'C1'}), (:Entity:Claim {id: 'C1', key: 1})")
        for part in (parts.other, parts.base):
            assert held(connection, part, tmp_path) == part.checksum.text
        remove(connection, parts.other.snapshot_id)
        assert held(connection, parts.base, tmp_path) == parts.base.checksum.text
