"""The sample-data generator: an insured population with planted rings, duplicates and their truth.

It ships inside the package and beside it in a checkout, so everything in here is imported
relatively.
"""

from .generate import generate
from .plan import LookalikePlan, Plan, RingPlan, Span
from .truth import Truth

__all__ = ["LookalikePlan", "Plan", "RingPlan", "Span", "Truth", "generate"]
