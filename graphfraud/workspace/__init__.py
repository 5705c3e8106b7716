"""Truth as immutable files: feeds, snapshots and runs, published whole or not at all."""
