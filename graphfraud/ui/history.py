"""A ring over the runs, in words: what befell it since the earlier run, and how it was judged."""

from collections.abc import Mapping
from typing import Any

from graphfraud.ui import figures
from graphfraud.ui.markup import Markup, tag, together
from graphfraud.ui.source import Marks
from graphfraud.ui.words import Words

Notes = dict[str, list[str]]
Row = Mapping[Any, Any]


def short(words: Words, marks: Marks) -> Notes:
    """Return a mark or two for a ring: what befell it if anything did, its newest judgement."""
    rings = marks.lineage.rings
    rows = rings[rings["event"] != "unchanged"].to_dict("records")
    notes = {str(row["ring_id"]): [words.name("event", str(row["event"]))] for row in rows}
    judged = marks.judgements.drop_duplicates("ring_id").to_dict("records")
    for row in judged:
        verdict = words.name("judged", str(row["verdict"]))
        notes.setdefault(str(row["ring_id"]), []).append(verdict)
    return notes


def lines(words: Words, marks: Marks, ring_id: str) -> Markup:
    """Return a ring's lineage and judgements, a line each; nothing where there are none."""
    parts = [
        table[table["ring_id"] == ring_id].to_dict("records")
        for table in (marks.lineage.rings, marks.judgements)
    ]
    told = [_lineage(words, row, marks.lineage.earlier_run) for row in parts[0]]
    told += [_judgement(words, row) for row in parts[1]]
    return together(*(tag("div", line, cls="gf-quiet") for line in told))


def _lineage(words: Words, row: Row, run: str) -> str:
    if not row["earlier"]:
        return words("history.born", run=run)
    event = words.name("event", row["event"])
    earlier = words("list.comma").join(row["earlier"].split(";"))
    counts = {name: row[name] for name in ("joined", "left", "kept")}
    return words("history.line", event=event, earlier=earlier, run=run, **counts)


def _judgement(words: Words, row: Row) -> str:
    verdict = words.name("judged", row["verdict"])
    at = figures.minute(row["judged_at"])
    about = {"by": row["judged_by"], "at": at, "reason": row["reason"]}
    said = words("history.judgement", verdict=verdict, **about)
    if row["given_on"] == row["ring_id"]:
        return said
    then, same = row["members_then"], row["members_same"]
    told = words("history.judged_earlier", ring=row["given_on"], then=then, same=same)
    return f"{said} {told}"
