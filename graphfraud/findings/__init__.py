"""Merges, explains and ranks what the patterns saw, and writes the results of a run."""
