"""Whether the numbers of a column count the rows.

They do where the heading says so and half of the steps are one, or where they begin with 1 and nine
of ten steps are. A step back to 1 counts as one.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from muniment.facts.totals.words import names_serial

_MIN_ROWS = 4
_MIN_STEPS = 0.9
_MIN_NAMED_STEPS = 0.5


def counts_rows(heading: str, numbers: Sequence[Decimal]) -> bool:
    """Whether `numbers`, from top to bottom, are running numbers."""
    if len(numbers) < _MIN_ROWS or any(n < 0 or n != n.to_integral_value() for n in numbers):
        return False
    ones = sum(b - a == 1 or b == 1 < a for a, b in pairwise(numbers))
    share = ones / (len(numbers) - 1)
    if names_serial(heading):
        return share >= _MIN_NAMED_STEPS
    return numbers[0] == 1 and share >= _MIN_STEPS
