"""How a kind of entity looks: shape and colour say the same, so that colour alone decides nothing.

Both stand in the ontology. Colours: Okabe and Ito 2008, told apart with any common colour vision.
"""

from dataclasses import dataclass

from graphfraud.model.ontology import ANY, ONTOLOGY


@dataclass(frozen=True)
class Mark:
    """A node's vis-network shape, its fill and its radius in pixels."""

    shape: str
    colour: str
    size: int


SIZES = {"person": 12, "facility": 15, "doctor": 14, "account": 14, "operator": 13}


def _mark(entity_type: str, size: int) -> Mark:
    kind = ONTOLOGY.kind(entity_type)
    return Mark(kind.icon, kind.colour, size)


MARKS = {entity_type: _mark(entity_type, size) for entity_type, size in SIZES.items()}
OTHER = _mark(ANY, 12)
TIE_COLOUR = "#6B7785"
VISIT_COLOUR = "#9AA5B1"


def mark(kind: str) -> Mark:
    """Return how an entity of `kind` is drawn; kinds unknown to us share one mark.

    >>> mark("person").shape, mark("ship").shape
    ('dot', 'triangleDown')
    """
    return MARKS.get(kind, OTHER)
