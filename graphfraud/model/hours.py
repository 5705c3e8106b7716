"""The hours at which counters are closed: from 22:00 up to 06:00 is night."""

NIGHT_BEGINS = 22
NIGHT_ENDS = 6
