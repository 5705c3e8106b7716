"""Runs the commands of README.md in a fresh clone, block after block; run as `make readme`.

A block below `<!-- not run: why -->` is left out. README.zh.md has the same commands, which a
test of the frame compares, so one run stands for both.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(
    r"(?P<skip><!-- not run: [^>]+ -->\n+)?^```bash\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)


def blocks(page: str) -> list[tuple[str, bool]]:
    """Return each bash block of a page with whether it is run."""
    return [(found["text"], found["skip"] is None) for found in BLOCK.finditer(page)]


def main() -> None:
    """Clone the checkout into a new folder and run the README there."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="graphfraud-readme-") as folder:
        clone = Path(folder) / "graphfraud"
        subprocess.run(
            ["git", "clone", "--quiet", "--depth", "1", CHECKOUT.as_uri(), clone], check=True
        )
        for text, is_run in blocks((clone / "README.md").read_text(encoding="utf-8")):
            if is_run:
                run(text, clone)
    sys.stdout.write(f"README: every command ran in {time.monotonic() - begun:.0f} s\n")


def run(text: str, folder: Path) -> None:
    """Run one block with bash, stopping at its first failure; say how long it took."""
    begun = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text], cwd=folder, env=environment, check=False
    )
    seconds = time.monotonic() - begun
    sys.stdout.write(f"--- {seconds:.0f} s, exit {done.returncode}:\n{text}")
    sys.stdout.flush()
    if done.returncode:
        raise SystemExit(f"a command of README.md failed with {done.returncode}")


if __name__ == "__main__":
    main()
