"""Pure functions on writing: how texts are folded and split, and where passwords stand in them."""

from muniment.text.fold import fold, fold_with_places
from muniment.text.passwords import (
    CUES,
    Written,
    after_cues,
    also,
    common_forms,
    likeness,
    token_like,
)
from muniment.text.tokens import TOKEN, WORD_PATTERN, words

__all__ = [
    "CUES",
    "TOKEN",
    "WORD_PATTERN",
    "Written",
    "after_cues",
    "also",
    "common_forms",
    "fold",
    "fold_with_places",
    "likeness",
    "token_like",
    "words",
]
