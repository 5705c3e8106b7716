"""Every provider's routes tested under every clock; lumps are set against card holders' claims."""

from collections.abc import Mapping
from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.patterns.money_cycles import Cycles
from graphfraud.patterns.money_evidence import Evidence, Route, evidence, who
from graphfraud.patterns.money_flows import Books, by_number, routes
from graphfraud.patterns.money_holders import card_holders

SHOWN = 0.2  # groups less likely chance than this are handed on
KINDS = {"direct": 0, "layered": 1}


def tested(
    table: pd.DataFrame,
    claims: pd.DataFrame,
    clocks: Mapping[str, Mapping[int, Cycles]],
) -> list[Evidence]:
    """Return the better clock's evidence of every provider and kind of route."""
    kind = np.where(table["layers"] > 0, "layered", "direct")
    ways = [
        Route(int(part["provider"].iloc[0]), str(name), part, claims)
        for (name, _), part in table.groupby([kind, routes(table)])
    ]
    own = by_number(claims, "provider")
    ways = [replace(way, claims=own.get(way.provider, claims.iloc[:0])) for way in ways]
    ways = [part for way in ways for part in _apart(way)]
    family = pd.Series([route.kind for route in ways]).value_counts()
    found = []
    for route in ways:
        tests = int(family[route.kind]) * len(KINDS) * len(clocks)
        options = [
            one
            for name, cycles in clocks.items()
            if route.provider in cycles
            for one in _best_of(route, cycles[route.provider], name, tests)
        ]
        found += options[:1] if len(options) < 2 else [min(options, key=_by_chance)]
    return sorted(found, key=lambda one: (one.route.provider, KINDS[one.route.kind]))


def _apart(route: Route) -> list[Route]:
    """Return a straight route place by place: one account may serve many facilities.

    Facilities whose payees are the same people stay together.
    """
    if route.kind != "direct" or route.claims["facility_id"].nunique() < 2:
        return [route]
    place = _places(route.claims)
    parts = (place.index[place == name] for name in sorted(set(place)))
    return [
        replace(
            route,
            table=route.table[route.table["payee"].isin(part)],
            claims=route.claims[route.claims["payee"].isin(part)],
        )
        for part in parts
    ]


def _places(claims: pd.DataFrame) -> "pd.Series[str]":
    """Return each payee's place: the first of the facilities that hang together with the usual one.

    Two hang together when half of the payees with most claims in the one have half as many, or
    more, in the other.
    """
    counts = claims.groupby(["payee", "facility_id"]).size().rename("n").reset_index()
    known = counts[2 * counts["n"] >= counts.groupby("payee")["n"].transform("max")]
    order = known.sort_values(["payee", "n", "facility_id"], ascending=[True, False, True])
    usual = order.drop_duplicates("payee").set_index("payee")["facility_id"]
    shared = known.groupby([known["payee"].map(usual), "facility_id"]).size()
    size = usual.value_counts().reindex(shared.index.get_level_values(0))
    graph: nx.Graph[str] = nx.Graph(shared.index[2 * shared.to_numpy() >= size].tolist())
    first = {name: min(part) for part in nx.connected_components(graph) for name in part}
    return usual.map(first)


def _best_of(route: Route, cycles: Cycles, clock: str, tests: int) -> list[Evidence]:
    """Return the evidence without excused returns; with them where little else is left.

    Wages are paid in every cycle and tell nothing of claims: they are left out for good.
    """
    one = None
    excuse = route.table["excuse"]
    free = replace(route, table=route.table[excuse == ""])
    all_but_wages = replace(route, table=route.table[excuse != "wages"])
    for part in (free, all_but_wages)[: 1 + int(len(free.table) < len(all_but_wages.table))]:
        mine = replace(part, claims=part.claims[part.claims["payee"].isin(part.table["payee"])])
        lumps = route.kind == "layered"
        one = evidence(mine, cycles, clock, tests, lumps=lumps) if len(part.table) else None
        if one is not None and one.chance(one.units) <= SHOWN:
            return [one]
    return [one] if one is not None else []


def _by_chance(one: Evidence) -> tuple[float, str]:
    return one.chance(one.units), one.clock


def widened(engine: Engine, books: Books, found: list[Evidence]) -> list[Evidence]:
    """Ask, of layered routes, who the payees are and whose cards stand behind them."""
    layered = [one for one in found if one.route.kind == "layered"]
    if not layered:
        return found
    asked = sorted(
        {(f, o.route.provider) for o in layered for f in books.facilities[o.route.provider]}
    )
    engine.register("money_asked", pd.DataFrame(asked, columns=["facility_id", "provider"]))
    payees = [
        (one.route.provider, person)
        for one in layered
        for payee in sorted(set(one.route.table["payee"]))
        for person in books.persons[payee]
    ]
    engine.register("money_payees", pd.DataFrame(payees, columns=["provider", "person_id"]))
    rates = _rates(engine, books, layered)
    baskets = engine.frame("patterns/money_baskets", {"at_least": 2})
    wider = [
        _wider(books, one, rates, baskets) if one.route.kind == "layered" else one for one in found
    ]
    return [one for one in wider if one is not None]


def _wider(
    books: Books, one: Evidence, rates: Mapping[tuple[int, int], float], baskets: pd.DataFrame
) -> Evidence | None:
    """Return the route with its card holders, or without payees who got more than was paid."""
    table = one.route.table
    cycle = one.cycles.of_returns(table["left"].to_numpy())
    returned = table["amount"].groupby(cycle).sum()
    mine = baskets[baskets["provider"] == one.route.provider]
    people = [person for payee in set(table["payee"]) for person in books.persons[payee]]
    holders = card_holders(returned[returned.index >= 0], people, mine, one.cycles)
    if holders is not None:
        one = replace(one, holders=holders.claims, sums_p=holders.p)
        return replace(one, who=who(one, rates))
    alone = evidence(one.route, one.cycles, one.clock, one.tests)
    return None if alone is None else replace(alone, who=who(alone, rates))


def _rates(engine: Engine, books: Books, layered: list[Evidence]) -> dict[tuple[int, int], float]:
    """Return for each provider and payee the share of customers among their region's persons.

    The payees of the provider themselves are left out.
    """
    asked = engine.frame("patterns/money_customers")
    numbers = zip(
        asked["provider"], asked["region"], asked["customers"], asked["persons"], strict=True
    )
    counts = {(int(p), str(r)): (int(n), int(of)) for p, r, n, of in numbers}
    held = engine.frame("patterns/money_holders").query("kind == 'person'")
    region = dict(zip(held["account"][::-1], held["region"][::-1], strict=True))
    result = {}
    for one in layered:
        provider, customers = one.route.provider, set(one.route.claims["payee"])
        payees = sorted(set(one.route.table["payee"]))
        homes = {payee: str(region[books.accounts[payee]]) for payee in payees}
        for payee, home in homes.items():
            mine = {other for other in payees if homes[other] == home}
            seen, persons = counts.get((provider, home), (0, 0))
            others, all_others = seen - len(customers & mine), persons - len(mine)
            result[provider, payee] = (max(0, others) + 1) / (max(0, all_others) + 2)
    return result
