"""The app: pages that show results and compute nothing."""
