"""Pure functions on writing: how texts are folded and split, dates read, passwords found."""

from muniment.text.dates import read_date, read_seconds
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
    "read_date",
    "read_seconds",
    "token_like",
    "words",
]
