"""Pure functions on writing: how texts are folded and split, dates read, passwords found."""

from muniment.text.dates import read_date, read_seconds
from muniment.text.fold import fold, fold_with_places
from muniment.text.languages import LANGUAGE_CODES, UNKNOWN, language_of
from muniment.text.passwords import (
    CUES,
    Written,
    after_cues,
    also,
    common_forms,
    likeness,
    token_like,
)
from muniment.text.tokens import TAB, stands_alone, tokens, tokens_with_places, words
from muniment.text.uyghur import readings

__all__ = [
    "CUES",
    "LANGUAGE_CODES",
    "TAB",
    "UNKNOWN",
    "Written",
    "after_cues",
    "also",
    "common_forms",
    "fold",
    "fold_with_places",
    "language_of",
    "likeness",
    "read_date",
    "read_seconds",
    "readings",
    "stands_alone",
    "token_like",
    "tokens",
    "tokens_with_places",
    "words",
]
