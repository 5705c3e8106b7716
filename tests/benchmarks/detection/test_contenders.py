"""Each method finds what it must on a toy whose answer is known."""

from itertools import combinations

import networkx as nx
import pandas as pd

from benchmarks.detection.contenders import (
    BLOCKS,
    JOINT_DAYS,
    TOP,
    by_degree,
    co_occurrence,
    dense_blocks,
    fraudar,
    louvain,
)

RED, BLUE = frozenset("abcd"), frozenset("wxyz")


def two_cliques() -> nx.Graph:
    """Return two cliques, the red one heavier, joined by one faint edge; and a couple apart."""
    graph = nx.Graph()
    graph.add_weighted_edges_from((a, b, 9) for a, b in combinations(sorted(RED), 2))
    graph.add_weighted_edges_from((a, b, 5) for a, b in combinations(sorted(BLUE), 2))
    graph.add_weighted_edges_from([("a", "w", 1), ("m", "n", 7)])
    return graph


def test_louvain_parts_the_cliques_and_drops_the_couple() -> None:
    assert louvain(two_cliques(), seed=1) == [RED, BLUE]


def test_degrees_show_the_heavier_clique_first() -> None:
    assert by_degree(two_cliques(), 4) == [RED]
    assert by_degree(two_cliques(), 8) == [RED | BLUE]


def test_fraudar_takes_one_planted_block_after_the_other() -> None:
    blocks = [
        (p, f"{name}{n}") for name, who in (("r", RED), ("b", BLUE)) for p in who for n in range(6)
    ]
    noise = [(f"p{n}", f"t{n % 7}") for n in range(20)]
    edges = pd.DataFrame([*blocks, *noise], columns=["person_id", "thing"])
    first, second = fraudar(edges, 2)
    assert first | second >= RED | BLUE
    assert not (first | second) - RED - BLUE


def gang() -> pd.DataFrame:
    """Return claims: four persons at one pharmacy within minutes on eight days; others alone."""
    rows = [
        (f"{person}{day}", person, f"2025-01-{day:02} 09:0{at}")
        for day in range(1, 9)
        for at, person in enumerate(sorted(RED))
    ]
    rows += [(f"x{n}", f"p{n}", f"2025-02-{n:02} 12:00") for n in range(1, 20)]
    table = pd.DataFrame(rows, columns=["claim_id", "person_id", "at"])
    kinds = {"facility_id": "P", "med_type": "pharmacy", "refund_of": None}
    return table.assign(start_time=pd.to_datetime(table.pop("at")), **kinds)


def test_every_setting_is_told_and_the_gang_is_found_where_it_must_be() -> None:
    claims = gang()
    found = {(one.method, one.setting): one.groups for one in co_occurrence(claims, 1)}
    assert len(found) == len(JOINT_DAYS) * (1 + len(TOP))
    assert all(
        found["co-occurrence + Louvain", f"{days} joint days"] == [RED] for days in JOINT_DAYS
    )
    items = pd.DataFrame({"claim_id": claims["claim_id"], "item_code": "drug"})
    blocks = {one.setting: one.groups for one in dense_blocks(claims, items)}
    assert len(blocks) == 2 * len(BLOCKS)
    assert blocks[f"persons × place and day, {BLOCKS[0]} blocks"][0] == RED
