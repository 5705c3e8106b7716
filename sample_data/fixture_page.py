"""Writes the fixture's README: what it is, how it is made, and what loading it must say."""

from collections.abc import Sequence

PAGE = """# The fixture: two regions, about 2,000 claims, some rows broken on purpose

Made by `python -m sample_data.make_fixture` (seeded; a test makes it again and compares bytes).
Every person, name and number is invented. `south/` is canonical UTF-8; `north/` is GB18030 under
the national platform's Chinese headers. `truth/` says what was planted and is never loaded: one
card pool of eight persons (`rings.csv`), honest groups that look like rings (`lookalikes.csv`),
expenses paid twice across the regions (`duplicates.csv`), the rows that are broken
(`rejects.csv`). Thresholds are never tuned to it.

## What loading must say

| file | read | loaded | duplicate | conflict | rejected |
|---|---|---|---|---|---|
{counts}

## Rows broken on purpose

`flagged` rows are loaded; a reason or a count elsewhere points at them.

| file | reason | outcome | rows |
|---|---|---|---|
{reasons}
"""


def fixture_page(counts: Sequence[Sequence[object]], reasons: Sequence[Sequence[object]]) -> str:
    """Return the page; counts: (region, table, read, loaded, duplicate, conflict, rejected)."""
    files = [(f"{region}/{table}.csv", *rest) for region, table, *rest in counts]
    return PAGE.format(counts=_rows(files), reasons=_rows(reasons))


def _rows(rows: Sequence[Sequence[object]]) -> str:
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)
