"""Settings under which a run of all patterns takes seconds: few replicates, at the level they show.

`OPTIONS` are the same for the command line.
"""

BY_REPLICATES = ("co_visit", "group_admission")
QUICK = {
    f"{pattern}.{name}": value
    for pattern in BY_REPLICATES
    for name, value in (("replicates", "19"), ("ring_level", "0.05"))
}
OPTIONS = [part for name, value in QUICK.items() for part in ("--set", f"{name}={value}")]
