"""Judges a run against a known truth: pure functions on tables, no file is read or written."""
