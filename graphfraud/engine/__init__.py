"""Runs the relational steps (DuckDB) and the compiled kernels on a snapshot."""
