"""How well planted rings are found, beside what, and how quiet clean data is: one report.

    python -m benchmarks.detection [--quick] [--parts power calibration] [--out FOLDER] [--seed N]
    python -m benchmarks.detection --parts permuted --data FOLDER [--mapping medicare]

Writes report.md with pictures and CSV tables into the folder; progress goes to standard error. A
run that is broken off goes on where it was: answers are kept under cells/.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from benchmarks.detection.parts import PARTS, SIDE_BY_SIDE, Asked, write_report
from benchmarks.detection.sizes import SIZES

SEED = 20_260_101
GIVEN = "permuted"  # the part that needs data


def main(given: Sequence[str] | None = None) -> int:
    """Run what was asked for and print where the report is."""
    options = arguments(given)
    size = SIZES[options.size]
    if options.clean_runs is not None:
        size = replace(size, clean_runs=options.clean_runs)
    asked = Asked(
        size=size,
        seed=options.seed,
        out=options.out or Path(__file__).resolve().parent.parent / "results" / options.size,
        plots=not options.no_plots,
        workers=options.workers,
        data=options.data,
        mapping=options.mapping,
        dealings=options.dealings,
    )
    print(write_report(asked, options.parts))
    return 0


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; without --parts every part for which there is data."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.detection", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--parts", nargs="+", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--size", choices=SIZES, default="full", help="how large (full)")
    parser.add_argument(
        "--quick", dest="size", action="store_const", const="quick", help="--size quick"
    )
    parser.add_argument("--clean-runs", type=_count, help="clean populations (full: 100)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, help="the folder (benchmarks/results/SIZE)")
    parser.add_argument("--workers", type=_count, default=SIDE_BY_SIDE, help="processes at once")
    parser.add_argument("--data", type=Path, help="data for `permuted`: a folder to load")
    parser.add_argument("--mapping", help="its mapping: a file, or a name in loaders/mappings")
    parser.add_argument("--dealings", type=_count, default=3, help="of its dates (3)")
    parser.add_argument("--no-plots", action="store_true", help="tables alone: no matplotlib")
    options = parser.parse_args(given)
    if options.parts is None:
        options.parts = [name for name in PARTS if name != GIVEN or options.data]
    if GIVEN in options.parts and not options.data:
        parser.error(f"--parts {GIVEN} needs --data FOLDER")
    if not options.no_plots and find_spec("matplotlib") is None:
        parser.error("pictures need matplotlib (pip install graphfraud[bench]), or --no-plots")
    return options


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
