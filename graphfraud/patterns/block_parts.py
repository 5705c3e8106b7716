"""The parts of a peeled block: what only hangs together loosely, or is likelier as two, is two.

Peeling unites blocks that have nothing in common, and rings that share shops and goods.
"""

import numpy as np

from graphfraud.network.block_likelihood import score
from graphfraud.network.communities import communities
from graphfraud.network.dense_blocks import Block
from graphfraud.patterns.purchases import Ints, Longs, Market

LOOSE = 0.05  # a member buys one in ten of a part's columns, or it is no part
SMALLEST = 5  # nodes: three persons and two columns
LADDER = 4  # resolutions tried, from loose to the block's own density
OFTEN = 0.25  # a column belongs to each part of whose persons a quarter bought it

Nodes = tuple[Ints, Ints]  # rows and columns of the whole market


def parts(whole: Market, now: Market, block: Block) -> list[tuple[Ints, Longs]]:
    """Return the parts of a block of `now`, as person codes and columns (good × places + place)."""
    row = np.repeat(np.arange(len(now.persons)), np.diff(now.graph.first))
    edge = np.isin(row, block.rows) & np.isin(now.graph.columns, block.columns)
    rows = np.searchsorted(whole.persons, now.persons[row[edge]])
    columns = np.searchsorted(whole.columns, now.columns[now.graph.columns[edge]])
    found = [
        part
        for one in _communities(rows, columns, len(whole.persons), LOOSE)
        for part in _split(whole, one, rows, columns)
    ]
    return [(whole.persons[part[0]], whole.columns[part[1]]) for part in found]


def _communities(row: Longs, column: Longs, shift: int, resolution: float) -> list[Nodes]:
    """Return the rows and columns that hang together."""
    found = communities(
        row.astype(np.int32),
        (column + shift).astype(np.int32),
        resolution=resolution,
        seed=1,
        smallest=SMALLEST,
    )
    return [(part[part < shift], part[part >= shift] - shift) for part in found]


def _split(whole: Market, one: Nodes, row: Longs, column: Longs) -> list[Nodes]:
    """Return the denser parts of a block where they are likelier than the block, else the block."""
    edge = np.isin(row, one[0]) & np.isin(column, one[1])
    row, column = row[edge], column[edge]
    nodes = len(one[0]) + len(one[1])
    # At most as dense as the block itself: what is alike throughout stays one.
    finest = max(LOOSE, 2 * len(row) / (nodes * (nodes - 1)))
    best, likeliest = [one], score(whole.graph, *one)
    for resolution in np.geomspace(LOOSE, finest, LADDER)[1:]:
        found = [
            (rows, _bought(rows, one[1], row, column))
            for rows, _ in _communities(row, column, len(whole.persons), float(resolution))
            if len(rows)
        ]
        together = sum(score(whole.graph, *part, aside=one[0]) for part in found)
        if together > likeliest:
            best, likeliest = found, together
    return best


def _bought(rows: Ints, columns: Ints, row: Longs, column: Longs) -> Ints:
    """Return the columns that many of these rows have; rings can share them."""
    mine = np.searchsorted(columns, column[np.isin(row, rows)])
    return columns[np.bincount(mine, minlength=len(columns)) >= OFTEN * len(rows)]
