"""Proposes that records are the same person and explains why."""
