"""The catalog's shape, one step a file, forward only: NNN_what.sql sets user_version to NNN."""
