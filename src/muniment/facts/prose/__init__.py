"""What running text seems to say, proposed with its place; rules only, no input or output."""

from muniment.facts.prose.proposed import Piece, Proposed, Sort
from muniment.facts.prose.proposing import Hints, propose

__all__ = ["Hints", "Piece", "Proposed", "Sort", "propose"]
