"""What providers' money reaches insured persons' accounts, and over which accounts in between.

Accounts in no table that pay providers more than they get from them are funds (or insurers). An
account in between is a layer when at least half of what the provider paid into it reaches persons
in days: a wholesaler, landlord or tax office keeps its money, a front passes it on.
"""

from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.duckdb import Engine
from graphfraud.network.tracing import Arrival, Transfers, traced

LAYERS = 3  # accounts in between; with more, sums and days no longer match
DAY = 86_400
SPLIT = 3  # days; parts of one sum are paid on following days, over a weekend at most
DIRECT = -1  # in place of an account number: none in between
MOST_TRANSFERS = 2_000_000  # beyond, accounts in between are not followed, and told

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Books:
    """The payments and who holds the accounts.

    payments: rows of money_payments.sql with payer_no and payee_no, numbers into `accounts`;
    facilities, persons: account number -> ids; fund: bool[accounts]; widely_held: how many
    persons' accounts were left out because too many persons hold them; straight: there are so many
    payments that only those of funds and providers were read.
    """

    payments: pd.DataFrame
    accounts: NDArray[np.object_]
    facilities: dict[int, list[str]]
    persons: dict[int, list[str]]
    fund: Bools
    widely_held: int
    straight: bool = False

    def marked(self, numbers: dict[int, list[str]]) -> Bools:
        """Return bool[accounts]: the accounts that `numbers` names."""
        result = np.zeros(len(self.accounts), bool)
        result[list(numbers)] = True
        return result


def read_books(engine: Engine, most_holders: int) -> Books:
    """Read payments and holders; an account of a facility is no person's account."""
    payments = engine.frame("patterns/money_payments")
    numbers, accounts = pd.factorize(
        pd.concat([payments["payer"], payments["payee"]], ignore_index=True), sort=True
    )
    payments["payer_no"], payments["payee_no"] = np.split(numbers.astype(np.int64), 2)
    held = engine.frame("patterns/money_holders")
    held["number"] = pd.Index(accounts).get_indexer(pd.Index(held["account"]))
    held = held[held["number"] >= 0]
    facilities = _holders(held[held["kind"] == "facility"])
    people = held[(held["kind"] == "person") & ~held["number"].isin(list(facilities))]
    wide = people["holders"] > most_holders
    books = Books(
        payments,
        np.array(accounts, object),
        facilities,
        _holders(people[~wide]),
        np.zeros(len(accounts), bool),
        int(people.loc[wide, "number"].nunique()),
    )
    books.fund[:] = _funds(books)
    return books if len(payments) <= MOST_TRANSFERS else _straight(books)


def _straight(books: Books) -> Books:
    """Return the books with the payments of funds and providers alone."""
    first = books.marked(books.facilities) | books.fund
    kept = first[books.payments["payer_no"].to_numpy()]
    return replace(books, payments=books.payments[kept].reset_index(drop=True), straight=True)


def _holders(held: pd.DataFrame) -> dict[int, list[str]]:
    return {n: list(part["holder"]) for n, part in by_number(held, "number").items()}


def by_number(table: pd.DataFrame, column: str) -> dict[int, pd.DataFrame]:
    """Return the rows of each number that the column holds, in ascending order."""
    numbers = np.unique(table[column].to_numpy(np.int64))
    groups = table.groupby(column)
    return {int(number): groups.get_group(number) for number in numbers}


def _funds(books: Books) -> Bools:
    """Return which accounts, in no table, pay providers more than providers pay them."""
    provider = books.marked(books.facilities)
    payer, payee = (books.payments[end].to_numpy() for end in ("payer_no", "payee_no"))
    amount = books.payments["amount"].to_numpy(float)
    size = len(books.accounts)
    given = np.bincount(payer, amount * provider[payee], size)
    got = np.bincount(payee, amount * provider[payer], size)
    return np.asarray((given > got) & ~provider & ~books.marked(books.persons))


def returns(books: Books, days: int) -> pd.DataFrame:
    """Return every sum that reached a person's account from a provider's, one row each.

    Columns: provider, payee, last_payer (account numbers), amount (fen), left, came (seconds),
    layers (number of accounts in between), path (payment rows), via (the accounts in between).
    A sum over layers is in only when its first layer passes on at least half of what it gets.
    """
    money = _transfers(books)
    arrivals = traced(
        money,
        start=books.marked(books.facilities),
        stop=books.fund,
        goal=books.marked(books.persons),
        window=days * DAY,
        layers=LAYERS,
    )
    table = pd.DataFrame(
        [_row(money, one) for one in arrivals],
        columns=[
            "provider", "payee", "last_payer", "amount", "left", "came", "layers", "path", "via",
        ],
    )  # fmt: skip
    if table.empty:
        return table
    kept = _passed_on(books, table)
    table = table.assign(left=_settled(table))
    return table[kept].reset_index(drop=True)


def _settled(table: pd.DataFrame) -> NDArray[np.int64]:
    """Return when the money of each return left the provider, told once a transfer.

    An account in between mixes one cycle's remnants with the next one's money: the half of a
    transfer's fen, in the order in which they left, tells when all of it did. Transfers from one
    account to another less than SPLIT days apart are parts of one.
    """
    rows = table.assign(row=np.arange(len(table)), last=[path[-1] for path in table["path"]])
    keys = ["provider", "last_payer", "payee"]
    rows = rows.sort_values([*keys, "came", "last", "left", "row"])
    apart = rows.groupby(keys)["came"].diff() >= SPLIT * DAY
    rows["series"] = apart.groupby([rows[key] for key in keys]).cumsum()
    rows = rows.sort_values([*keys, "series", "left", "row"])
    whole = rows.groupby([*keys, "series"])["amount"]
    half = rows[2 * whole.cumsum() >= whole.transform("sum")]
    first = half.groupby([*keys, "series"])["left"].first()
    told = rows.join(first.rename("told"), on=[*keys, "series"]).sort_values("row")
    return told["told"].to_numpy(np.int64)


def routes(table: pd.DataFrame) -> NDArray[np.int64]:
    """Return a number for each return: the same for returns that one route brought.

    Straight payments of a provider are one route; over layers, returns that share an account
    hang together (connected components of accounts in between and payees, provider by provider).
    """
    graph: nx.Graph[tuple[int, int]] = nx.Graph()
    first = [
        (provider, via[0] if via else DIRECT)
        for provider, via in zip(table["provider"], table["via"], strict=True)
    ]
    graph.add_nodes_from(first)
    for node, payee, via in zip(first, table["payee"], table["via"], strict=True):
        if via:
            graph.add_edges_from((node, (node[0], account)) for account in (*via[1:], payee))
    parts = sorted(nx.connected_components(graph), key=min)
    number = {node: n for n, part in enumerate(parts) for node in part}
    return np.array([number[node] for node in first], np.int64)


def _transfers(books: Books) -> Transfers:
    rows = books.payments
    payer, payee, amount, when = (
        rows[name].to_numpy(np.int64) for name in ("payer_no", "payee_no", "amount", "second")
    )
    return Transfers(payer, payee, amount, when, len(books.accounts))


def _row(money: Transfers, one: Arrival) -> tuple[object, ...]:
    first, last = one.path[0], one.path[-1]
    return (
        int(money.payer[first]), int(money.payee[last]), int(money.payer[last]), one.amount,
        int(money.when[first]), int(money.when[last]), len(one.path) - 1, one.path,
        tuple(int(money.payee[row]) for row in one.path[:-1]),
    )  # fmt: skip


def _passed_on(books: Books, table: pd.DataFrame) -> Bools:
    """Return which returns are direct, or went over a layer that keeps less than half."""
    kept = np.ones(len(table), bool)
    over = table[table["layers"] > 0]
    if over.empty:
        return kept
    first = pd.DataFrame(
        {"provider": over["provider"], "layer": [via[0] for via in over["via"]]}, over.index
    )
    passed = over["amount"].groupby([first["provider"], first["layer"]]).sum()
    paid = books.payments.groupby(["payer_no", "payee_no"])["amount"].sum()
    share = passed / paid.reindex(passed.index)
    keys = pd.MultiIndex.from_frame(first)
    kept[over.index] = share.reindex(keys).to_numpy() >= 0.5
    return kept
