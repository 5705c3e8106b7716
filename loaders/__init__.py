"""Reads what sources deliver: the only place that knows other people's column names."""

from loaders.delivery import load
from loaders.report import DeliveryError, FeedOutcome, LoadReport

__all__ = ["DeliveryError", "FeedOutcome", "LoadReport", "load"]
