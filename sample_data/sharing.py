"""Writes what was planted into a register: shared accounts, second identities, other names."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .planting import Shared, Written

OLD_FORM = "id_number_15"  # no column: the id number as it was until 1999


def shared_table(table: pa.Table, entity_type: str, shared: Sequence[Shared]) -> pa.Table:
    """Return the register with what is shared written over the rows of the others."""
    mine = [entry for entry in shared if entry.entity_type == entity_type]
    for name in sorted({name for entry in mine for name in entry.columns}):
        column = name.removesuffix("_15")
        texts: dict[int, str] = {}
        for entry in mine:
            if name in entry.columns:
                value = texts.get(entry.source) or table[column][entry.source].as_py()
                value = old_form(value) if name == OLD_FORM else value
                texts.update(dict.fromkeys(entry.others, value))
        table = _with_texts(table, column, texts)
    return table


def written_table(table: pa.Table, entity_type: str, written: Sequence[Written]) -> pa.Table:
    """Return the register with the texts of its type's entries written into it."""
    mine = [entry for entry in written if entry.entity_type == entity_type]
    for column in sorted({entry.column for entry in mine}):
        entries = (entry for entry in mine if entry.column == column)
        texts = {number: entry.text for entry in entries for number in entry.numbers}
        table = _with_texts(table, column, texts)
    return table


def _with_texts(table: pa.Table, column: str, texts: Mapping[int, str]) -> pa.Table:
    """Return the table with other texts in some rows of a column."""
    at, rows = table.schema.get_field_index(column), sorted(texts)
    mask = np.zeros(table.num_rows, dtype=np.bool_)
    mask[rows] = True
    new = pa.array([texts[row] for row in rows], table.schema.field(column).type)
    changed = pc.replace_with_mask(table[column].combine_chunks(), pa.array(mask), new)
    return table.set_column(at, column, changed)


def old_form(id_number: str) -> str:
    """Return an id number in its form of 15 digits: no century, no check character.

    >>> old_form("11010519491231002X")
    '110105491231002'
    """
    return id_number[:6] + id_number[8:17]
