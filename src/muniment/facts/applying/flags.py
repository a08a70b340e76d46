"""What is to be said of a statement beside its value, as the bits of a number."""

from muniment.facts.statement import Doubt

HIDDEN, MERGED, CONTINUED, UNSURE, NO_KEY, SHARED = (1 << bit for bit in range(6))
FLAG_DOUBTS = (
    (HIDDEN, Doubt.HIDDEN_CELL),
    (MERGED, Doubt.MERGED_RANGE),
    (CONTINUED, Doubt.CONTINUED),
    (UNSURE, Doubt.LOW_CONFIDENCE),
    (NO_KEY, Doubt.NO_KEY),
    (SHARED, Doubt.SEVERAL),
)
