"""Whether the numbers of a column count the rows.

They do where the heading says so and half of the steps are one, or begin anew at 1; without such a
heading where they begin with 1, nine of ten steps are so, four of five are one, and they get far:
codes such as 1 and 2 do neither.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from muniment.facts.totals.words import names_serial

_MIN_ROWS = 4
_MIN_STEPS = 0.9
_MIN_ONES = 0.8
_MIN_NAMED_STEPS = 0.5


def counts_rows(heading: str, numbers: Sequence[Decimal]) -> bool:
    """Whether `numbers`, from top to bottom, are running numbers."""
    if len(numbers) < _MIN_ROWS or any(n < 0 or n != n.to_integral_value() for n in numbers):
        return False
    steps = [(b - a == 1, b == 1 < a) for a, b in pairwise(numbers)]
    ones = sum(one for one, _ in steps)
    begun = sum(anew for _, anew in steps)
    if names_serial(heading):
        return ones + begun >= _MIN_NAMED_STEPS * len(steps)
    counted = ones + begun >= _MIN_STEPS * len(steps) and ones >= _MIN_ONES * len(steps)
    return counted and numbers[0] == 1 and max(numbers) >= _MIN_ROWS
