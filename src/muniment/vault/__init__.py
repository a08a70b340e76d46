"""Keeps received bytes unchanged, and the journal of everything decided."""
