import os
import shutil
from pathlib import Path

import pytest

from tests.commands.kill_load import DELIVERY, kill_loads


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL to tell apart")
def test_a_killed_load_run_again_ends_as_if_nothing_had_happened(tmp_path: Path) -> None:
    for name in ("doctors.csv", "facilities.csv", "persons.csv"):
        shutil.copy(DELIVERY[0] / name, tmp_path)
    tally = kill_loads([tmp_path], kills=4, seed=1, jobs=2)
    assert tally.wrong == []
    assert tally.kills >= 4
