"""The generator works wherever it is shipped and however Python hashes."""

import os
import re
import subprocess
import sys
from pathlib import Path

from graphfraud.resources import bundled

HOME = bundled("sample_data")
DIGEST = (
    "import hashlib, pathlib, sys\n"
    "from graphfraud.resources import bundled_module\n"
    "out = pathlib.Path(sys.argv[1])\n"
    "bundled_module('sample_data').generate(out, persons=400, days=40, seed=8)\n"
    "files = sorted(p for p in out.rglob('*') if p.is_file())\n"
    "print(hashlib.sha256(b''.join(p.read_bytes() for p in files)).hexdigest())\n"
)


def test_everything_inside_is_imported_relatively() -> None:
    for path in sorted(HOME.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^(from|import) sample_data", text, re.MULTILINE), path.name
        names = re.findall(r"^(?:from|import) graphfraud\.(\w+)", text, re.MULTILINE)
        assert set(names) <= {"model", "progress"}, path.name


def test_hash_seeds_do_not_matter(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", DIGEST, str(tmp_path / seed)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, cwd=HOME.parent
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1
