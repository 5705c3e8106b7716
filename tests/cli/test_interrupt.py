import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from graphfraud.cli.interrupt import one_interrupt


@pytest.fixture(autouse=True)
def handler() -> Iterator[None]:
    """Give the test run its own handler back."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_only_the_first_interrupt_counts() -> None:
    cleaned: list[bool] = []

    def interrupted_twice() -> None:
        with one_interrupt():
            try:
                signal.raise_signal(signal.SIGINT)
            finally:
                signal.raise_signal(signal.SIGINT)
                cleaned.append(True)

    with pytest.raises(KeyboardInterrupt):
        interrupted_twice()
    assert cleaned
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_without_an_interrupt_nothing_is_left_behind() -> None:
    before = signal.getsignal(signal.SIGINT)
    with one_interrupt():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_another_thread_leaves_signals_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen: list[object] = []

    def work() -> None:
        with one_interrupt():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


def test_two_interrupts_at_once_end_in_one_line() -> None:
    code = (
        "import signal, sys\n"
        "from graphfraud.cli import main\n"
        "from graphfraud.cli.main import COMMANDS\n"
        "def version(*, as_json: bool = False):\n"
        "    try:\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "    finally:\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "COMMANDS['version'] = version\n"
        "code = main(['version'])\n"
        "signal.raise_signal(signal.SIGINT)\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr.startswith("Interrupted: ")
    assert done.stderr.count("\n") == 1
