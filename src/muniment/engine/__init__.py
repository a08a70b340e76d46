"""Runs one step over many items, resumable."""
