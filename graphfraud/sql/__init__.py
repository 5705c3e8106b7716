"""The relational steps as SQL text, one a file, each with purpose, parameters, columns out."""

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """Return the text of `name`.sql, e.g. `statement("load/claims")`; FileNotFoundError if none."""
    return files("graphfraud.sql").joinpath(f"{name}.sql").read_text(encoding="utf-8")
