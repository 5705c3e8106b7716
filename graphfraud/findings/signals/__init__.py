"""Conduct signals: one file each, each with its public description and what would excuse it."""
