"""Writes what was planted into a register: shared accounts, second identities, other names."""

from collections.abc import Sequence

import pyarrow as pa

from .planting import Shared, Written

OLD_FORM = "id_number_15"  # no column: the id number as it was until 1999


def shared_table(table: pa.Table, entity_type: str, shared: Sequence[Shared]) -> pa.Table:
    """Return the register with what is shared written over the rows of the others."""
    mine = [entry for entry in shared if entry.entity_type == entity_type]
    names = sorted({name for entry in mine for name in entry.columns})
    for name in names:
        column = name.removesuffix("_15")
        values = table[column].to_pylist()
        for entry in mine:
            if name in entry.columns:
                value = values[entry.source]
                for other in entry.others:
                    values[other] = old_form(value) if name == OLD_FORM else value
        at = table.schema.get_field_index(column)
        table = table.set_column(at, column, pa.array(values, table.schema.field(column).type))
    return table


def written_table(table: pa.Table, entity_type: str, written: Sequence[Written]) -> pa.Table:
    """Return the register with the texts of its type's entries written into it."""
    mine = [entry for entry in written if entry.entity_type == entity_type]
    for column in sorted({entry.column for entry in mine}):
        values = table[column].to_pylist()
        for entry in mine:
            for number in entry.numbers if entry.column == column else ():
                values[number] = entry.text
        at = table.schema.get_field_index(column)
        table = table.set_column(at, column, pa.array(values, table.schema.field(column).type))
    return table


def old_form(id_number: str) -> str:
    """Return an id number in its form of 15 digits: no century, no check character.

    >>> old_form("11010519491231002X")
    '110105491231002'
    """
    return id_number[:6] + id_number[8:17]
