"""The indices that facilities are compared by, read from peers.toml."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Index:
    """One index: its names, what it is, why it is looked at, what excuses it, what it needs."""

    name: str
    zh: str
    en: str
    what: str
    why: str
    why_zh: str
    excuse: str
    excuse_zh: str
    needs: tuple[str, ...]
    scale: float
    least: float

    @property
    def is_share(self) -> bool:
        """Say whether the value is a share, read in per cent, as the names of shares say."""
        return self.name.endswith("_share")


def _read() -> dict[str, Index]:
    text = files("graphfraud.findings").joinpath("peers.toml").read_text(encoding="utf-8")
    return {
        name: Index(name=name, **(entry | {"needs": tuple(entry["needs"])}))
        for name, entry in tomllib.loads(text).items()
    }


INDICES = _read()
