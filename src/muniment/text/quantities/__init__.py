"""Numbers, quantities, durations and sentences, with what is not sure left open."""

from muniment.text.quantities.duration import read_duration, read_sentence
from muniment.text.quantities.numbers import decimal_sign_of, read_number
from muniment.text.quantities.quantity import find_quantities, read_quantity
from muniment.text.quantities.reading import (
    Comparator,
    Duration,
    DurationReading,
    FoundQuantity,
    NumberReading,
    NumberReason,
    Penalty,
    PenaltyReading,
    QuantityReading,
    SentenceReading,
)
from muniment.text.quantities.words import UNITS

__all__ = [
    "UNITS",
    "Comparator",
    "Duration",
    "DurationReading",
    "FoundQuantity",
    "NumberReading",
    "NumberReason",
    "Penalty",
    "PenaltyReading",
    "QuantityReading",
    "SentenceReading",
    "decimal_sign_of",
    "find_quantities",
    "read_duration",
    "read_number",
    "read_quantity",
    "read_sentence",
]
