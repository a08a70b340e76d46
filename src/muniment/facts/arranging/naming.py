"""Whether labels ask for what a record is known by: without one, words in cells are no labels."""

from collections.abc import Iterable

from muniment.facts.header import header_says
from muniment.facts.lexicon.subjects import NAMING

_SURE = 0.8  # score of a header


def names_something(labels: Iterable[str]) -> bool:
    """Whether one of them asks for a name or a number of somebody or something."""
    said = (header_says(text).scores for text in labels)
    return any(scores.get(concept, 0.0) >= _SURE for scores in said for concept in NAMING)
