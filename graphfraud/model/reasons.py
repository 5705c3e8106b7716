"""The closed list of reasons why a record is not loaded, in order of precedence."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Reason:
    """One reason: its code, a sentence in Chinese and in English; a flag does not reject."""

    code: str
    zh: str
    en: str
    flag: bool


def _read() -> dict[str, Reason]:
    text = files("graphfraud.model").joinpath("reasons.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)
    return {
        code: Reason(code, entry["zh"], entry["en"], bool(entry.get("flag", False)))
        for code, entry in entries.items()
    }


REASONS = _read()
