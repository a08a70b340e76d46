"""Pure functions on writing: how texts are folded and split for searching."""

from muniment.text.fold import fold, fold_with_places
from muniment.text.tokens import TOKEN, WORD_PATTERN, words

__all__ = ["TOKEN", "WORD_PATTERN", "fold", "fold_with_places", "words"]
