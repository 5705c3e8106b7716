"""How large a delivered file and its parts may be; anything beyond is refused before parsing."""

LINE_BYTES = 1 << 20
FIELD_BYTES = 64 << 10
COLUMNS = 512
RAW_CHARACTERS = 4096  # of a rejected record's text kept beside its reason; the file keeps it all
UNPACKED_BYTES = 64 << 30
UNPACKED_XLSX_BYTES = 4 << 30
# Compressed claims shrink 5 to 20 times; far beyond that a file is built to harm.
RATIO = 200
RATIO_FROM_BYTES = 64 << 20
XLSX_ENTRIES = 10_000
