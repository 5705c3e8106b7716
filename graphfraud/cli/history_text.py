"""What the terminal says of rings over runs: their lineage, and people's judgements."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import money, records, table
from graphfraud.cli.words import columns, say, word

if TYPE_CHECKING:
    from graphfraud import Lineage, Results, Workspace

HEADS = ("ring", "event_of", "earlier", "joined", "left")
GONE_HEADS = ("ring", "pattern", "status", "people", "fund")

Row = dict[str, Any]


@dataclass(frozen=True)
class Marks:
    """The lineage and the judgements of a run's rings, or of one of them."""

    earlier_run: str
    lineage: list[Row]
    judgements: list[Row]

    @classmethod
    def of(cls, store: "Workspace", results: "Results") -> "Marks":
        """Read them for a run of the workspace."""
        run_id = str(results.run["run_id"])
        found = store.lineage(run_id)
        return cls(found.earlier_run, records(found.rings), records(store.judgements(run_id)))

    def of_ring(self, ring_id: str) -> "Marks":
        """Return what is known of one ring."""
        parts = (
            [row for row in rows if row["ring_id"] == ring_id]
            for rows in (self.lineage, self.judgements)
        )
        return Marks(self.earlier_run, *parts)

    def short(self, lang: Language) -> dict[str, str]:
        """Return a word or two for a ring: its newest judgement, what befell it if anything did."""
        newest = {row["ring_id"]: row["verdict"] for row in reversed(self.judgements)}
        told = {ring: [word(lang, "judged", verdict)] for ring, verdict in newest.items()}
        for row in self.lineage:
            if row["event"] != "unchanged":
                told.setdefault(row["ring_id"], []).append(word(lang, "event", row["event"]))
        return {ring: " · ".join(words) for ring, words in told.items()}

    def document(self) -> dict[str, Any]:
        """Return everything for programs."""
        return {
            "earlier_run": self.earlier_run or None,
            "lineage": self.lineage,
            "judgements": self.judgements,
        }

    def sentences(self, lang: Language) -> Iterator[str]:
        """Yield the sentences for people."""
        for row in self.lineage:
            told = row | {"event": word(lang, "event", row["event"]), "run": self.earlier_run}
            told["earlier"] = (row["earlier"] or "").replace(";", ", ")
            yield say(lang, "history.line" if row["earlier"] else "history.born", **told)
        for row in self.judgements:
            yield from judgement(row, lang)


def judgement(row: Row, lang: Language) -> Iterator[str]:
    """Yield what a person said, and on which form of the ring."""
    verdict = word(lang, "judged", row["verdict"])
    about = {"by": row["judged_by"], "at": row["judged_at"], "reason": row["reason"]}
    yield say(lang, "history.judgement", verdict=verdict, **about)
    if row["given_on"] != row["ring_id"]:
        then, same = row["members_then"], row["members_same"]
        yield say(lang, "history.judged_earlier", ring=row["given_on"], then=then, same=same)


def document(found: "Lineage") -> dict[str, Any]:
    """Return a lineage for programs; amounts in fen."""
    return {
        "run": found.run,
        "earlier_run": found.earlier_run or None,
        "counts": found.counts,
        "rings": records(found.rings),
        "gone": records(found.gone),
    }


def text(found: "Lineage", lang: Language) -> Iterator[object]:
    """Yield a lineage for people: what is as it was is counted alone."""
    if not found.earlier_run:
        yield say(lang, "history.none")
        return
    yield say(lang, "history.title", run=found.run, earlier=found.earlier_run)
    yield say(lang, "history.counts", **found.counts)
    rows = [
        (row["ring_id"], word(lang, "event", row["event"]),
         (row["earlier"] or "").replace(";", ", "), row["joined"], row["left"])
        for row in records(found.rings) if row["event"] != "unchanged"
    ]  # fmt: skip
    if rows:
        yield table(columns(lang, HEADS), rows)
    gone = [
        (row["ring_id"], word(lang, "pattern", row["pattern"]), word(lang, "state", row["status"]),
         row["n_persons"] or 0, money(row["fund_amount"] or 0))
        for row in records(found.gone)
    ]  # fmt: skip
    if gone:
        yield say(lang, "history.gone")
        yield table(columns(lang, GONE_HEADS), gone)
