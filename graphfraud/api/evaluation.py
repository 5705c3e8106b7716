"""How good a run is where the truth is known: read both, compare, hand out tables."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

from graphfraud.api.results import RUN_FILE, Results
from graphfraud.api.truth import read_truth
from graphfraud.errors import UsageError
from graphfraud.evaluation.judge import Evaluation, judge
from graphfraud.evaluation.truth import Found, Remark, Truth

__all__ = ["Evaluation", "Remark", "evaluate"]


def evaluate(
    results: Results | str | Path,
    truth: str | Path,
    *,
    patterns: Collection[str] | None = None,
) -> Evaluation:
    """Judge a run (a folder of `detect --out`, or of a workspace's runs) against a truth folder.

    `patterns`: only the true rings of these were to be found; a lead that is about another
    pattern's ring is then neither right nor false. UsageError says what is missing or wrong.
    """
    chosen = results if isinstance(results, Results) else Results(results)
    known, found = read_truth(Path(truth)), _found(chosen)
    if patterns is not None:
        _check_patterns(patterns, known, found, _looked_for(chosen))
    return judge(found, known, patterns)


def _found(results: Results) -> Found:
    """Read the tables of a run that are judged."""
    if not (results.folder / "rings.csv").is_file():
        raise UsageError(
            f"{results.folder} holds no results: it has no rings.csv.",
            hint="graphfraud detect --out DIR writes them; a workspace has them under runs/.",
        )
    try:
        return Found(results.rings, results.members, results.duplicates, results.identity_links)
    except ValueError as error:
        raise UsageError(
            f"{results.folder} cannot be read as results: {error}.",
            hint="graphfraud detect --out DIR writes them anew.",
        ) from error


def _looked_for(results: Results) -> set[str]:
    """Return the patterns that a run looked for; none where the folder does not tell."""
    known = (results.folder / RUN_FILE).is_file()
    return set(results.run.get("parameters", ())) if known else set()


def _check_patterns(
    patterns: Collection[str], truth: Truth, found: Found, looked_for: Collection[str]
) -> None:
    """Refuse a pattern that nobody knows: neither truth nor run; a clean truth knows none."""
    named = {*truth.rings["pattern"], *found.rings["pattern"].dropna(), *looked_for}
    known = sorted(named - {""})
    for name in sorted(set(patterns) - set(known)) if len(truth.rings) else ():
        near = get_close_matches(name, known, n=1, cutoff=0.4)
        listing = ", ".join(known) or "none"
        hint = f"Did you mean {near[0]}?" if near else f"There are: {listing}."
        raise UsageError(f"Neither the truth nor the run has a pattern {name!r}.", hint=hint)
