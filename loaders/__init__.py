"""Reads what sources deliver: the only place that knows other people's column names."""
