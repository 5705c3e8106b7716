"""How a kind of entity looks: shape and colour say the same, so that colour alone decides nothing.

Colours: Okabe and Ito 2008, told apart with any common colour vision.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A node's vis-network shape, its fill and its radius in pixels."""

    shape: str
    colour: str
    size: int


MARKS = {
    "person": Mark("dot", "#0072B2", 12),
    "facility": Mark("square", "#E69F00", 15),
    "doctor": Mark("triangle", "#009E73", 14),
    "account": Mark("diamond", "#D55E00", 14),
    "operator": Mark("hexagon", "#CC79A7", 13),
}
OTHER = Mark("triangleDown", "#6B7785", 12)
TIE_COLOUR = "#6B7785"
VISIT_COLOUR = "#9AA5B1"


def mark(kind: str) -> Mark:
    """Return how an entity of `kind` is drawn; kinds unknown to us share one mark.

    >>> mark("person").shape, mark("ship").shape
    ('dot', 'triangleDown')
    """
    return MARKS.get(kind, OTHER)
