"""Drugs with a second-hand market, read from resale.toml: what resellers buy from card holders."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class ResaleGroup:
    """One group of drugs: its key, names in two languages, what it is matched by, its source."""

    name: str
    zh: str
    en: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    source: str


def _read() -> tuple[ResaleGroup, ...]:
    text = files("graphfraud.model").joinpath("resale.toml").read_text(encoding="utf-8")
    return tuple(
        ResaleGroup(
            name,
            entry["zh"],
            entry["en"],
            tuple(entry["codes"]),
            tuple(entry["names"]),
            entry["source"],
        )
        for name, entry in tomllib.loads(text).items()
    )


def _any(texts: list[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts))


RESALE_GROUPS = _read()
# Regular expressions that DuckDB and Python read alike; of codes in upper, names in lower case.
RESALE_CODES = f"^X?({_any([code for group in RESALE_GROUPS for code in group.codes])})"
RESALE_NAMES = _any([name.lower() for group in RESALE_GROUPS for name in group.names])
