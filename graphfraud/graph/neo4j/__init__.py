"""Neo4j as the graph store: who may connect, the connection, and a server for whoever has none."""
