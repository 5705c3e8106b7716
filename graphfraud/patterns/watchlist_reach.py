"""Who is close to confirmed cases: the reach of the watch list over the graph of entities.

Personalised PageRank from the listed entities over claims, accounts, phones, registers and
payments, hubs damped both ways (network.reach), compared with random watch lists of the same kinds
and degrees. A column of its own, never mixed into another score, and no ring.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from graphfraud.engine.coded_claims import code_claims
from graphfraud.network.reach import links, own_reach, random_lists, reach
from graphfraud.patterns.contract import Context, Description, Outcome, Parameter

TOLD = ("account", "doctor", "facility", "operator", "person")
DIGITS = 9  # beyond, machines may differ

DESCRIPTION = Description(
    name="watchlist_reach",
    title_zh="与重点关注名单的关联程度",
    title_en="Close to confirmed cases",
    looks_for=(
        "Persons, doctors, facilities, accounts and operators that claims, accounts, phones, "
        "registers and payments bring closer to the watch list than to random lists."
    ),
    looks_for_zh=(
        "通过结算、账户、电话、登记关系和资金往来，与重点关注名单的关联程度高于随机名单的"
        "参保人、医师、机构、账户和经办人。"
    ),
    null_model=(
        "Watch lists drawn at random, each entity replaced by one of its kind and degree class "
        "(powers of two): an entity is told when the real list reaches it more than they do on "
        "average, with that average and with how many of them reach it less."
    ),
    statistic=(
        "the listed entities' presence, passed on by half at every step along weight / √(strength "
        "× strength); 1 is what being on the list gives by itself"
    ),
    source=(
        "Page et al. 1999 and Haveliwala 2002 (personalised PageRank); Zhou et al. 2004 (both ways "
        "normalised)"
    ),
    needs=("claims", "watchlist"),
    excuses=(),
)

PARAMETERS = (
    Parameter("replicates", 19, "random lists: above them all is the 95th percentile and more"),
    Parameter("most", 1000, "entities told, the closest first; more than anybody reads"),
)

EMPTY = ("The watch list is empty.", "重点关注名单为空。")


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Return the reach of the watch list; no groups."""
    context.progress("watchlist_reach", 0, None)
    if not context.engine.arrays("patterns/watchlist_reach_listed")["listed"][0]:
        return Outcome(notes=(EMPTY[0],), notes_zh=(EMPTY[1],))
    nodes = context.engine.frame("patterns/watchlist_reach_nodes")
    code_claims(context.engine)
    edges = context.engine.arrays("patterns/watchlist_reach_edges")
    replicates = max(1, int(settings["replicates"]))
    table = _reached(nodes, edges, replicates, context)
    unknown = int((nodes["listed"] & ~nodes["known"]).sum())
    notes = _unknown(unknown) if unknown else ()
    told = _told(table, int(settings["most"]))
    return Outcome(
        reach=told,
        tests={
            "nodes": len(nodes),
            "links": len(edges["a"]),
            "listed": int(nodes["listed"].sum()),
            "above_all_random": int((~table["listed"] & (table["percentile"] >= 100)).sum()),
            "told": int((~told["listed"]).sum()),
            "replicates": replicates,
        },
        notes=tuple(en for en, _ in notes),
        notes_zh=tuple(zh for _, zh in notes),
    )


def _reached(
    nodes: pd.DataFrame, edges: Mapping[str, np.ndarray], replicates: int, context: Context
) -> pd.DataFrame:
    """Return the nodes with their reach, the mean of random lists, and how many it exceeds."""
    a, b = (edges[end].astype(np.int64) for end in ("a", "b"))
    link = links(a, b, edges["weight"].astype(np.float64), len(nodes))
    degree = np.bincount(a, minlength=len(nodes)) + np.bincount(b, minlength=len(nodes))
    listed = np.flatnonzero(nodes["listed"].to_numpy())
    lists = random_lists(
        pd.factorize(nodes["entity_type"], sort=True)[0].astype(np.int64),
        degree.astype(np.int64),
        listed,
        count=replicates,
        generator=np.random.default_rng([context.seed, 1]),
    )
    value = reach(link, [listed, *lists], threads=context.threads)
    probes = np.random.default_rng([context.seed, 2])
    own = own_reach(link, listed, probes, threads=context.threads)
    value[listed, 0] = np.maximum(0.0, value[listed, 0] - own)
    random = value[:, 1:]
    return nodes.assign(
        reach=value[:, 0].round(DIGITS),
        expected=random.mean(axis=1).round(DIGITS),
        percentile=(100 * (value[:, :1] > random).mean(axis=1)).round(1),
    )


def _told(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the listed entities and the closest of the others, the closest first.

    watchlist_reach: in [0, 1]; expected: the mean of random lists; percentile: how many of a
    hundred random lists reach it less. Of a listed entity it is the reach of the others on it.
    """
    table = table[table["entity_type"].isin(TOLD)]
    table = table.sort_values(["reach", "entity_type", "entity_id"], ascending=[False, True, True])
    others = ~table["listed"] & _closer(table)
    table = table[table["listed"] | others & (others.cumsum() <= most)]
    columns = ["entity_type", "entity_id", "reach", "expected", "percentile", "listed"]
    told = table[columns].rename(columns={"reach": "watchlist_reach"}).reset_index(drop=True)
    return told.assign(watchlist_reach=told["watchlist_reach"].clip(0.0, 1.0))


def _closer(table: pd.DataFrame) -> "pd.Series[bool]":
    """Say who is closer to the list than to random ones on average."""
    return table["reach"] > table["expected"]


def _unknown(count: int) -> tuple[tuple[str, str], ...]:
    return (
        (
            f"{count} entities of the watch list are in no other table.",
            f"重点关注名单中有 {count} 个对象未见于其他数据。",
        ),
    )
