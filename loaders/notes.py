"""What a reader of a feed should know about its columns, said once when it is loaded."""

from collections.abc import Iterator, Sequence

from loaders.plan import TablePlan
from loaders.recognise import shown


def column_notes(headers: Sequence[str], plans: Sequence[TablePlan], records: int) -> list[str]:
    """Return one sentence each on empty files, unused columns and columns with two sources."""
    used = frozenset[int]().union(*(plan.positions for plan in plans))
    unused = [name for place, name in enumerate(headers) if place not in used]
    notes = [] if records else ["there is a header and no record under it"]
    if unused:
        notes.append(f"columns not used: {shown(unused)}")
    return notes + [note for plan in plans for note in _doubled(headers, plan)]


def _doubled(headers: Sequence[str], plan: TablePlan) -> Iterator[str]:
    for name, rule in plan.rules.items():
        if len(rule.sources) > 1 and not rule.is_sum:
            names = ", then ".join(headers[place].strip() for place in rule.sources)
            yield f"{plan.table.name}.{name} is taken from {names}"
