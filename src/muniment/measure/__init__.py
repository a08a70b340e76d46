"""Counts, rates with bounds and population estimates, each carrying what was counted."""
