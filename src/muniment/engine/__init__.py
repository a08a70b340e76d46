"""Runs one step over many items, resumable: what is done is never done again."""

from muniment.engine.local import Local, NoWorkersError
from muniment.engine.outcome import Done, Lost, Workers
from muniment.engine.where import LOCAL, start_workers, where

__all__ = ["LOCAL", "Done", "Local", "Lost", "NoWorkersError", "Workers", "start_workers", "where"]
