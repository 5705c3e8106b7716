"""Runs a piece of work in a process of its own and reports its median time and peak memory."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

MEGABYTE = 1 << 20


class Measured(NamedTuple):
    """Median seconds over the repeats, peak resident memory in MB, and what the work answered."""

    seconds: float
    peak_mb: int
    answer: dict[str, int]


def in_own_process(script: Path, name: str, folder: Path, repeats: int) -> Measured:
    """Run `script --one NAME`, which must end in `report`, and return what it measured."""
    command = [sys.executable, str(script), "--one", name, "--folder", str(folder)]
    command += ["--repeats", str(repeats)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def report(work: Callable[[], dict[str, int]], repeats: int) -> None:
    """Run the work `repeats` times and print one line of JSON for `in_own_process`."""
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - started)
    print(json.dumps(Measured(statistics.median(seconds), peak_mb(), answer)._asdict()))


def peak_mb() -> int:
    """Return this process's peak resident memory in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():  # `getrusage` counts the parent's memory in before the program starts
        lines = status.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - there is none on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE
