"""Judgements: what people say of rings. They are added, never changed; the newest one counts."""

import json
from dataclasses import dataclass

from graphfraud.errors import UsageError
from graphfraud.workspace.catalog import Catalog

VERDICTS = ("confirmed", "excluded", "unsure")

Member = tuple[str, str]  # entity_type, entity_id


@dataclass(frozen=True)
class Judgement:
    """What was said of a ring, by whom, when (UTC), and on which members of which run's ring.

    UsageError where the verdict is unknown, or nobody or no reason is named.

    >>> Judgement("R1", "run", "confirmed", "Cards found at one shop.", "Li").verdict
    'confirmed'
    """

    ring_id: str
    run_id: str
    verdict: str
    reason: str
    judged_by: str
    members: frozenset[Member] = frozenset()
    judged_at: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no judgement."""
        if self.verdict not in VERDICTS:
            raise UsageError(
                f"{self.verdict!r} is no judgement.", hint=f"Say one of {', '.join(VERDICTS)}."
            )
        if not self.reason.strip():
            raise UsageError(
                "A judgement needs a reason.", hint="Say what was seen or asked, in a sentence."
            )
        if not self.judged_by.strip():
            raise UsageError("A judgement needs a name.", hint="Say who judges.")


def add(catalog: Catalog, judgement: Judgement) -> None:
    """Keep a judgement; the rings' files stay as they are."""
    with catalog.writing() as writer:
        writer.write(
            "add_judgement",
            {
                "ring_id": judgement.ring_id,
                "run_id": judgement.run_id,
                "verdict": judgement.verdict,
                "reason": judgement.reason.strip(),
                "members": json.dumps(sorted(judgement.members), ensure_ascii=False),
                "judged_by": judgement.judged_by.strip(),
                "judged_at": judgement.judged_at,
            },
        )


def judgements(catalog: Catalog) -> list[Judgement]:
    """Return every judgement, the newest first."""
    return [
        Judgement(
            ring_id=str(ring_id),
            run_id=str(run_id),
            verdict=str(verdict),
            reason=str(reason),
            judged_by=str(judged_by),
            members=frozenset((kind, one) for kind, one in json.loads(str(members))),
            judged_at=str(judged_at),
        )
        for ring_id, run_id, verdict, reason, members, judged_by, judged_at in catalog.rows(
            "judgements"
        )
    ]
