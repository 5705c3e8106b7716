"""Builds the wheel from the sdist, installs it in a clean environment elsewhere, runs the demo.

Run as `make package`. Nothing of the checkout is importable from where the demo runs.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def main() -> None:
    """Build, install, run; stop at the first thing that fails."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="graphfraud-package-") as folder:
        place = Path(folder)
        wheel = build(place / "dist")
        programs = install(wheel, place / "clean")
        run_demo(programs, place)
    sys.stdout.write(f"package: built, installed and run in {time.monotonic() - begun:.0f} s\n")


def build(out: Path) -> Path:
    """Build the sdist, and the wheel from the sdist; return the wheel."""
    command = [sys.executable, "-m", "build", "--outdir", str(out), str(CHECKOUT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = out.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel in a new environment; return the folder of its programs."""
    venv.create(folder, with_pip=True)
    programs = folder / SCRIPTS
    options = ["--quiet", "--disable-pip-version-check"]
    python = str(programs / "python")
    subprocess.run([python, "-m", "pip", "install", *options, str(wheel)], check=True)
    return programs


def run_demo(programs: Path, place: Path) -> None:
    """Run the main job from the installed package and look at what it says."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(programs / "graphfraud"), "demo", "--json"]
    told = subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True)
    counts = json.loads(told.stdout)["counts"]
    if not counts["leads"]:
        raise SystemExit(f"the installed package found no lead in the demo: {counts}")
    sys.stdout.write(f"package: the demo found {counts}\n")


if __name__ == "__main__":
    main()
