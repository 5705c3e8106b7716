"""The treatments that run to a plan, read from scheduled.toml: an innocent reason to meet often."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class ScheduledTreatment:
    """One treatment: its key, its name in Chinese and English, where its diagnosis codes begin."""

    name: str
    zh: str
    en: str
    codes: tuple[str, ...]


def _read() -> tuple[ScheduledTreatment, ...]:
    text = files("graphfraud.model").joinpath("scheduled.toml").read_text(encoding="utf-8")
    return tuple(
        ScheduledTreatment(name, entry["zh"], entry["en"], tuple(entry["codes"]))
        for name, entry in tomllib.loads(text).items()
    )


SCHEDULED_TREATMENTS = _read()
SCHEDULED_CODES = tuple(sorted(code for one in SCHEDULED_TREATMENTS for code in one.codes))


def scheduled_expression() -> str:
    """Return the regular expression for dotless upper-case codes of scheduled treatments.

    >>> scheduled_expression().startswith("^(?:")
    True
    """
    plain = sorted(re.escape(code.replace(".", "").upper()) for code in SCHEDULED_CODES)
    return f"^(?:{'|'.join(plain)})"
