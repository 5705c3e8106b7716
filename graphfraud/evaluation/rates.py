"""Precision, recall and F1 out of counts, with what is undefined left undefined."""

from math import nan


def rates(*, reported: int, right: int, planted: int, found: int) -> dict[str, float]:
    """Return precision = right / reported, recall = found / planted, and F1 (van Rijsbergen 1979).

    Where nothing was reported (planted) precision (recall) is NaN. F1 is then 0, and 1 where there
    was nothing to find and nothing was reported: what a clean population must give.

    >>> rates(reported=4, right=2, planted=2, found=2)
    {'precision': 0.5, 'recall': 1.0, 'f1': 0.6666666666666666}
    >>> [rates(reported=0, right=0, planted=n, found=0)["f1"] for n in (0, 1)]
    [1.0, 0.0]
    """
    precision = right / reported if reported else nan
    recall = found / planted if planted else nan
    return {"precision": precision, "recall": recall, "f1": _f1(precision, recall)}


def _f1(precision: float, recall: float) -> float:
    nothing = [value != value for value in (precision, recall)]  # noqa: PLR0124  NaN alone differs
    if any(nothing):
        return float(all(nothing))
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0
