"""Statistics and graph algorithms on small validated networks: pure functions on arrays."""
