"""Runs one step over many items, resumable: what is done is never done again."""

from muniment.engine.local import Done, Local, Lost

__all__ = ["Done", "Local", "Lost"]
