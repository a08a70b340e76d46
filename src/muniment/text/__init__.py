"""Pure functions on writing: how texts are folded and split, and where passwords stand in them."""

from muniment.text.fold import fold, fold_with_places
from muniment.text.languages import UNKNOWN, language_of
from muniment.text.passwords import (
    CUES,
    Written,
    after_cues,
    also,
    common_forms,
    likeness,
    token_like,
)
from muniment.text.times import day_of, instant_of, read_time
from muniment.text.tokens import TAB, stands_alone, tokens, tokens_with_places, words
from muniment.text.uyghur import readings

__all__ = [
    "CUES",
    "TAB",
    "UNKNOWN",
    "Written",
    "after_cues",
    "also",
    "common_forms",
    "day_of",
    "fold",
    "fold_with_places",
    "instant_of",
    "language_of",
    "likeness",
    "read_time",
    "readings",
    "stands_alone",
    "token_like",
    "tokens",
    "tokens_with_places",
    "words",
]
