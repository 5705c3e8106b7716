"""Runs the commands of README.md in a fresh clone, block after block; run as `make readme`.

A block below `<!-- not run: why -->` is left out. README.zh.md has the same commands, which a
test of the frame compares, so one run stands for both.
"""

import os
import re
import subprocess
import sys
import tempfile
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
    with tempfile.TemporaryDirectory(prefix="graphfraud-readme-") as folder:
        clone = Path(folder) / "graphfraud"
        command = ["git", "clone", "--quiet", "--depth", "1", CHECKOUT.as_uri(), str(clone)]
        subprocess.run(command, check=True)
        run(script((clone / "README.md").read_text(encoding="utf-8")), clone)


def script(page: str) -> str:
    """Return a page's blocks as one script, run in one shell as a reader would run them."""
    texts = [text for text, is_run in blocks(page) if is_run]
    told = 'printf "\\n-- block %d of %d, after %d s\\n"'
    heads = [f"{told} {number} {len(texts)} $SECONDS" for number in range(1, len(texts) + 1)]
    return "\n".join(part for pair in zip(heads, texts, strict=True) for part in pair)


def run(text: str, folder: Path) -> None:
    """Run the script with bash, stopping at its first failure."""
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    command = ["bash", "-euo", "pipefail", "-c", text]
    done = subprocess.run(command, cwd=folder, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"a command of README.md failed with {done.returncode}")
    sys.stdout.write("README: every command ran\n")


if __name__ == "__main__":
    main()
