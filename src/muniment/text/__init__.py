"""Pure functions on writing: how texts are folded and split, values in them read, passwords found.

What is written is always kept, and what cannot be read surely is not read: a reading without a
value has a reason. Two faces stand beside this one, as they load tables that few programs ask
for: `muniment.text.identifiers` and `muniment.text.places`.
"""

from muniment.text.dates import read_date, read_seconds
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
from muniment.text.stated_dates import (
    DateHints,
    DateReading,
    DateReason,
    Extent,
    Order,
    OrderSupport,
    Qualifier,
    infer_order,
    read_stated_date,
)
from muniment.text.tokens import TAB, stands_alone, tokens, tokens_with_places, words
from muniment.text.uyghur import readings

__all__ = [
    "CUES",
    "TAB",
    "UNKNOWN",
    "DateHints",
    "DateReading",
    "DateReason",
    "Extent",
    "Order",
    "OrderSupport",
    "Qualifier",
    "Written",
    "after_cues",
    "also",
    "common_forms",
    "fold",
    "fold_with_places",
    "infer_order",
    "language_of",
    "likeness",
    "read_date",
    "read_seconds",
    "read_stated_date",
    "readings",
    "stands_alone",
    "token_like",
    "tokens",
    "tokens_with_places",
    "words",
]
