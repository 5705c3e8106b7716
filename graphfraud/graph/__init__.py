"""The knowledge graph for exploring: a projection of a snapshot, rebuilt at will."""
