"""Runs one step over many items, resumable: what is done is never done again."""

from muniment.engine.local import Local
from muniment.engine.outcome import Done, Lost, Workers
from muniment.engine.where import LOCAL, start_workers, where

__all__ = ["LOCAL", "Done", "Local", "Lost", "Workers", "start_workers", "where"]
