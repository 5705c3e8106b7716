import io
import sys

import pytest

from graphfraud.cli import bar as module
from graphfraud.cli.bar import Bar
from graphfraud.cli.options import Language


class Clock:
    """A clock that a test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr("graphfraud.cli.bar.time.monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_short_work_is_silent(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with Bar() as bar:
        bar("read", 1, 10)
        clock.now += 1.9
        bar("read", 9, 10)
    assert capsys.readouterr().err == ""


def test_long_work_tells_stage_rate_and_time_left(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Bar() as bar:
        bar("read", 0, 4000)
        clock.now += 10
        bar("read", 1000, 4000)
        clock.now += 1
        bar("read", 1100, 4000)
    assert capsys.readouterr().err == "read  1,000 of 4,000  100/s  30 s left\n"


def test_long_work_is_told_in_chinese(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with Bar(Language.ZH) as bar:
        bar("load claims.csv", 0, 4000)
        clock.now += 10
        bar("load claims.csv", 1000, 4000)
    assert capsys.readouterr().err == "装入 claims.csv  1,000/4,000  每秒 100  剩余 30 秒\n"


def test_plain_lines_come_on_a_new_stage_and_every_ten_seconds(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Bar() as bar:
        for stage, seconds in (("a", 5), ("a", 3), ("b", 1), ("b", 11)):
            clock.now += seconds
            bar(stage, 0, None)
    assert capsys.readouterr().err.split() == ["a", "b", "b"]


def test_quiet_bar_is_silent(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with Bar(quiet=True) as bar:
        clock.now += 100
        bar("read", 1, 2)
    assert capsys.readouterr().err == ""


class Terminal(io.StringIO):
    """A screen that remembers what was drawn."""

    def isatty(self) -> bool:
        return True


def test_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    with Bar() as bar:
        bar("[red]read", 1, 2)
        bar("write", 2, 2)
        bar("write", 2, None)
    assert "[red]read" in screen.getvalue()
    assert "write" in screen.getvalue()
