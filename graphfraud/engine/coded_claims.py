"""The claims that count, with numbers for names: made once a run, read by several patterns."""

from graphfraud.engine.duckdb import Engine


def code_claims(engine: Engine) -> None:
    """Make coded_claims and its codes, unless they are there (see sql/events/coded_claims).

    An engine has one snapshot attached: its claims do not change while it is open.
    """
    engine.run("events/coded_claims")
