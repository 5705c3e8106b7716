"""Judges a run against a truth: one table a question, all of them out of one comparison."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypedDict

import pandas as pd

from graphfraud.evaluation import lookalikes, misses, ring_scores
from graphfraud.evaluation.comparison import Comparison
from graphfraud.evaluation.groups import Groups, gathered
from graphfraud.evaluation.pairs import PairComparison, pair_kinds
from graphfraud.evaluation.truth import Found, Remark, Truth

CLAIMS = ["claim_id_a", "claim_id_b"]
PERSONS = ["person_id_a", "person_id_b"]
VIEWS = ("all", "person")  # every entity of a ring, or its persons alone


@dataclass(frozen=True, eq=False)
class Evaluation:
    """How good a run is where the truth is known; a table that the truth cannot judge is None.

    rings, patterns: ring_scores, entities `all` and `person`. members: member_row of both.
    average_precision: of both. false_leads, missed_rings: see misses. lookalikes,
    lookalike_reasons: see lookalikes. pairs (what: duplicates, identities), duplicate_kinds,
    honest_pairs: see pairs.
    """

    rings: pd.DataFrame
    patterns: pd.DataFrame
    members: pd.DataFrame
    average_precision: dict[str, float]
    false_leads: pd.DataFrame
    missed_rings: pd.DataFrame
    lookalikes: pd.DataFrame | None
    lookalike_reasons: pd.DataFrame | None
    pairs: pd.DataFrame
    duplicate_kinds: pd.DataFrame | None
    honest_pairs: pd.DataFrame | None
    counts: dict[str, int]
    remarks: tuple[Remark, ...]

    @property
    def f1(self) -> float:
        """Return the one figure to compare runs by: F1 of rings at MAIN, every entity counted."""
        rings = self.rings
        chosen = (rings["entities"] == "all") & (rings["jaccard"] == ring_scores.MAIN)
        return float(rings.loc[chosen, "f1"].iloc[0])


def judge(found: Found, truth: Truth, patterns: Collection[str] | None = None) -> Evaluation:
    """Judge a run; `patterns` (None: all) are those whose true rings it was to find."""
    whole = compare(found, truth)
    compared = whole if patterns is None else whole.of_patterns(patterns)
    persons = compared.of_persons()
    views = dict(zip(VIEWS, (compared, persons), strict=True))
    explained, reasons = _explained(found)
    return Evaluation(
        rings=_stacked({name: ring_scores.ring_scores(one) for name, one in views.items()}),
        patterns=_stacked({name: ring_scores.pattern_scores(one) for name, one in views.items()}),
        members=pd.DataFrame(
            [{"entities": name} | ring_scores.member_row(one) for name, one in views.items()]
        ),
        average_precision={name: ring_scores.average_precision(one) for name, one in views.items()},
        missed_rings=misses.missed_rings(compared, explained, reasons),
        **_honest_groups(compared, truth, explained, reasons),
        **_pairs(found, truth),
        counts={
            "leads": len(whole.leads),
            "explained": len(explained),
            "rings": len(compared.rings),
        },
        remarks=(*truth.remarks, *_remarks(whole, compared, persons)),
    )


def compare(found: Found, truth: Truth) -> Comparison:
    """Put the leads, by rank, and the true rings, by name, side by side."""
    leads = found.rings[found.rings["status"] == "lead"].sort_values(["rank", "ring_id"])
    rings = truth.rings.sort_values("ring")
    return Comparison(
        gathered(found.members, "ring_id", leads["ring_id"]),
        gathered(truth.members, "ring", rings["ring"]),
        dict(zip(leads["ring_id"], leads["pattern"].fillna(""), strict=True)),
        dict(zip(rings["ring"], rings["pattern"], strict=True)),
    )


def _explained(found: Found) -> tuple[Groups, dict[str, str]]:
    rows = found.rings[found.rings["status"] == "explained"].sort_values(["rank", "ring_id"])
    reasons = dict(zip(rows["ring_id"], rows["explanation"].fillna(""), strict=True))
    return gathered(found.members, "ring_id", reasons), reasons


class _Honest(TypedDict):
    false_leads: pd.DataFrame
    lookalikes: pd.DataFrame | None
    lookalike_reasons: pd.DataFrame | None


class _Pairs(TypedDict):
    pairs: pd.DataFrame
    duplicate_kinds: pd.DataFrame | None
    honest_pairs: pd.DataFrame | None


def _honest_groups(
    compared: Comparison, truth: Truth, explained: Groups, reasons: Mapping[str, str]
) -> _Honest:
    """Return the false leads, and what became of the honest groups where they are known."""
    if truth.lookalikes is None or truth.lookalike_members is None:
        plain = misses.false_leads(compared, {}, {})
        return {"false_leads": plain, "lookalikes": None, "lookalike_reasons": None}
    kinds = dict(zip(truth.lookalikes["lookalike"], truth.lookalikes["kind"], strict=True))
    honest = gathered(truth.lookalike_members, "lookalike", sorted(kinds))
    accused = {name: compared.leads[name] for name in compared.unmatched()}
    return {
        "false_leads": misses.false_leads(compared, honest, kinds),
        "lookalikes": lookalikes.lookalike_scores(honest, kinds, accused, explained),
        "lookalike_reasons": lookalikes.lookalike_reasons(honest, kinds, explained, reasons),
    }


def _pairs(found: Found, truth: Truth) -> _Pairs:
    """Return what became of duplicate claims and of persons who are one, where they are known."""
    claims = _compared(found.duplicates, truth.duplicates, truth.duplicate_lookalikes, CLAIMS)
    persons = _compared(found.identity_links, truth.identities, None, PERSONS)
    named = {"duplicates": claims, "identities": persons}
    rows = [{"what": name} | one.row() for name, one in named.items() if one is not None]
    listed = claims is not None and truth.duplicate_lookalikes is not None
    return {
        "pairs": pd.DataFrame(rows, columns=["what", *PairComparison({}, {}, {}).row()]),
        "duplicate_kinds": claims.by_kind() if claims else None,
        "honest_pairs": claims.honest_by_kind() if claims and listed else None,
    }


def _compared(
    found: pd.DataFrame,
    planted: pd.DataFrame | None,
    honest: pd.DataFrame | None,
    ids: list[str],
) -> PairComparison | None:
    if planted is None:
        return None
    told = found.assign(kind=found["kind"].fillna("") if "kind" in found else "")
    listed = {} if honest is None else pair_kinds(honest[[*ids, "kind"]])
    return PairComparison(
        pair_kinds(told[[*ids, "kind"]]), pair_kinds(planted[[*ids, "kind"]]), listed
    )


def _stacked(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    parts = [table.assign(entities=name) for name, table in tables.items()]
    table = pd.concat(parts, ignore_index=True)
    return table[["entities", *parts[0].columns[:-1]]]


def _remarks(whole: Comparison, compared: Comparison, persons: Comparison) -> list[Remark]:
    left = {
        "set_aside": len(whole.leads) - len(compared.leads),
        "no_persons": len(compared.rings) - len(persons.rings),
    }
    return [Remark(code, {"n": n}) for code, n in left.items() if n]
