"""Warning lines: facilities whose indices stand far above those of their peers."""
