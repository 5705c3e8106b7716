"""Who of a pair's patients was sent, and on which days: from the sequences to members and acts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.patterns.doctor_pharmacy_pairs import Patients
from graphfraud.patterns.doctor_pharmacy_patients import Seen, sent
from graphfraud.patterns.doctor_pharmacy_search import Searched
from graphfraud.patterns.doctor_pharmacy_sequences import Sequences

LIKELY = 0.5  # likelier sent than not


@dataclass(frozen=True)
class Member:
    """Patients of one pair who were sent.

    person: ids; probability: of having been sent; counted: whether the person is one of the
    patients counted in the pair's decisive group; expected: how many of the counted would be by
    chance; others: patients who were counted as well but are likelier to have come by chance.
    """

    person: list[str]
    probability: list[float]
    counted: list[bool]
    expected: float
    others: int


def pair_table(found: Sequences, searched: Searched) -> pd.DataFrame:
    """Return pair, doctor_id, facility_id, pharmacy_id of every pair found."""
    first = np.searchsorted(found.seat, searched.pairs.seat)
    return pd.DataFrame(
        {
            "pair": np.arange(len(first)),
            "doctor_id": found.ids["doctor"][found.doctor[first]],
            "facility_id": found.ids["facility"][found.facility[first]],
            "pharmacy_id": found.ids["pharmacy"][searched.pairs.pharmacy],
        }
    )


def members(
    engine: Engine, found: Sequences, searched: Searched, patients: Patients
) -> list[Member]:
    """Return the sent patients of every pair; the engine must hold `referral_pairs`."""
    visits = engine.frame("patterns/doctor_pharmacy_patients")
    rank = {name: code for code, name in enumerate(found.ids["person"])}
    visits["person"] = visits["person_id"].map(rank).fillna(-1).astype(np.int64)
    return [
        _members(found, patients, visits[visits["pair"] == pair], pair, int(np.argmin(p)))
        for pair, p in enumerate(searched.p)
    ]


def _members(
    found: Sequences, patients: Patients, visits: pd.DataFrame, pair: int, decisive: int
) -> Member:
    mine = np.flatnonzero(patients.candidate == pair)
    who = patients.person[mine]
    known = visits[visits["person"] >= 0].set_index("person")["visits"]
    seen = known.reindex(who).fillna(1).to_numpy(np.float64)
    there, share = patients.there[mine], patients.share[mine]
    silent = visits.loc[~visits["person"].isin(who), "visits"].to_numpy(np.int64)
    none = np.zeros(len(silent), np.int64)
    mean = float(share.mean()) if len(share) else 0.0
    everybody = Seen(
        visits=np.concatenate((seen.astype(np.int64), silent)),
        followed=np.concatenate((patients.sequences[mine], none)),
        there=np.concatenate((there, none)),
        share=np.concatenate((share, np.full(len(silent), mean))),
    )
    probability = sent(everybody)[: len(mine)]
    inside = np.flatnonzero((probability >= LIKELY) & (there > 0))
    counted = patients.most[mine] & patients.groups[mine, decisive]
    return Member(
        [str(found.ids["person"][person]) for person in who[inside]],
        [float(value) for value in probability[inside]],
        [bool(value) for value in counted[inside]],
        float(patients.chance_of_most()[mine[inside]][counted[inside]].sum()),
        int(counted.sum() - counted[inside].sum()),
    )


def act_table(
    found: Sequences, searched: Searched, sent_patients: list[Member], pairs: pd.DataFrame
) -> pd.DataFrame:
    """Return pair, person_id, day, scheduled, counted and the ids: every sequence of a member."""
    parts = [_acts(found, searched, number, member) for number, member in enumerate(sent_patients)]
    acts = pd.concat(parts, ignore_index=True).merge(pairs, on="pair", validate="many_to_one")
    acts["day"] = pd.to_datetime(acts["day"], unit="D")
    return acts.sort_values(["pair", "person_id", "day"], ignore_index=True)


def _acts(found: Sequences, searched: Searched, pair: int, member: Member) -> pd.DataFrame:
    low, high = np.searchsorted(
        found.seat, [searched.pairs.seat[pair], searched.pairs.seat[pair] + 1]
    )
    rows = np.arange(low, high)[found.pharmacy[low:high] == searched.pairs.pharmacy[pair]]
    table = pd.DataFrame(
        {
            "pair": np.full(len(rows), pair),
            "person_id": found.ids["person"][found.person[rows]].astype(object),
            "day": found.day[rows],
            "scheduled": found.scheduled[rows],
        }
    )
    counted = dict(zip(member.person, member.counted, strict=True))
    table = table[table["person_id"].isin(counted)].drop_duplicates(["person_id", "day"])
    return table.assign(counted=table["person_id"].map(counted).astype(bool))
