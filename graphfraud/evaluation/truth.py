"""What is compared: the tables of a run, and the tables of a truth somebody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Remark:
    """Something a reader of the figures must know; `code` names the sentence for it.

    entity_type (kind, members, rings), rings (n, names), persons (n), absent (file), set_aside (n).
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Truth:
    """A truth; identifiers are text, and a table that was not given is None.

    rings: ring, pattern ("" where it has no name). members: ring, entity_type, entity_id.
    lookalikes: lookalike, kind. lookalike_members: lookalike, entity_type, entity_id.
    duplicates, duplicate_lookalikes: claim_id_a, claim_id_b, kind.
    identities: person_id_a, person_id_b, kind.
    """

    rings: pd.DataFrame
    members: pd.DataFrame
    lookalikes: pd.DataFrame | None = None
    lookalike_members: pd.DataFrame | None = None
    duplicates: pd.DataFrame | None = None
    duplicate_lookalikes: pd.DataFrame | None = None
    identities: pd.DataFrame | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, eq=False)
class Found:
    """The tables of a run that are judged, with the columns that docs/results.md lists."""

    rings: pd.DataFrame
    members: pd.DataFrame
    duplicates: pd.DataFrame
    identity_links: pd.DataFrame
