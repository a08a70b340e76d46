"""What re-adding a table shows: figures that agree, figures that do not, and why that may be.

- A finding states two numbers and where they stand. It never says which one is right, whose doing
  a difference is, or what it means; no value is repaired.
- Every kind of finding carries innocent explanations, and none can be made without.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

import msgspec

from muniment.core import Place


class Kind(StrEnum):
    """What does not agree with what."""

    TOTAL = "total-differs"  # a printed total, and the sum of the cells it stands for
    TOTAL_UNPLACED = "total-unplaced"  # a printed total that no choice of cells around it gives
    COUNT = "count-of-rows-differs"  # `Total: 26 persons`, and the rows that are numbered
    PERCENTAGE = "percentage-differs"  # a printed share, and the share of the stated whole
    HUNDRED = "percentages-do-not-close"  # shares that end in a printed 100, and their sum
    FORMULA = "formula-value-differs"  # a cached value, and its formula computed again
    NUMBERS_MISSING = "row-numbers-missing"
    NUMBERS_REPEATED = "row-numbers-repeated"
    NUMBERS_OUT_OF_ORDER = "row-numbers-out-of-order"


_ROUNDED = "the cells were rounded one by one, and the total from figures that were not"
_HIDDEN = "rows or columns that are hidden, or stand in another part of the table, were counted"
_TWICE = "people who stand in two categories were counted once in the total, or twice"
_REMOVED = "rows were removed for publication, or people asked to be left out"
_PERIOD = "the total is over another period, or another day, than the rows"
_TYPING = "a figure was mistyped, or changed in one place and not in the other"
_READING = "a figure was misread here: compare the picture of the page"
_SCOPE = "the total is over other rows or columns than those next to it"
_BLANK = "a cell that is left blank, or shows a dash, was counted with a figure of its own"
_WHOLE = "the share is of another whole than the one that is printed"
_CLOSED = "the shares were rounded so that they make a hundred together"
_MERGED_LISTS = "two lists were joined, or one was taken from a longer one"
_SORTED = "the rows were sorted again after they were numbered"
_RENUMBERED = "rows were added, moved or taken out and not numbered again"
_NOT_COMPUTED = "the workbook was saved by a program that does not compute formulas"
_EDITED = "cells were changed while computing was switched off"

_SUMS = (_ROUNDED, _HIDDEN, _TWICE, _REMOVED, _PERIOD, _BLANK, _TYPING, _READING)
_ROWS = (_REMOVED, _RENUMBERED, _MERGED_LISTS, _SORTED, _HIDDEN, _READING)
INNOCENT: dict[Kind, tuple[str, ...]] = {
    Kind.TOTAL: (*_SUMS, _SCOPE),
    Kind.TOTAL_UNPLACED: (_SCOPE, *_SUMS),
    Kind.COUNT: (_REMOVED, _HIDDEN, _TWICE, _PERIOD, _SCOPE, _RENUMBERED, _TYPING, _READING),
    Kind.PERCENTAGE: (_ROUNDED, _CLOSED, _WHOLE, _PERIOD, _TWICE, _REMOVED, _TYPING, _READING),
    Kind.HUNDRED: (_ROUNDED, _TWICE, _REMOVED, _HIDDEN, _TYPING, _READING),
    Kind.FORMULA: (_NOT_COMPUTED, _EDITED, _HIDDEN, _REMOVED),
    Kind.NUMBERS_MISSING: _ROWS,
    Kind.NUMBERS_REPEATED: _ROWS,
    Kind.NUMBERS_OUT_OF_ORDER: _ROWS,
}


class Finding(msgspec.Struct, frozen=True):
    """Two numbers that were to agree.

    `at` begins with the place of what is stated; the places it was computed from follow, in the
    order of the table. `difference` is stated less computed. `observations` say what was seen,
    in sentences; they too judge nothing.
    """

    kind: Kind
    at: tuple[Place, ...]
    stated: Decimal
    computed: Decimal
    difference: Decimal
    observations: tuple[str, ...]
    innocent_explanations: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a finding without a place, or without an innocent explanation."""
        if len(self.at) == 0 or len(self.innocent_explanations) == 0:
            raise ValueError("a finding has places and innocent explanations")


def finding(
    kind: Kind,
    at: tuple[Place, ...],
    stated: Decimal,
    computed: Decimal,
    *observations: str,
) -> Finding:
    """A finding with the innocent explanations of its kind."""
    return Finding(kind, at, stated, computed, stated - computed, observations, INNOCENT[kind])


class Agreement(msgspec.Struct, frozen=True):
    """A printed figure that agrees with what it was computed from, within rounding."""

    kind: Kind  # of the finding it would be if it differed
    at: tuple[Place, ...]
    stated: Decimal
    computed: Decimal


class Checked(msgspec.Struct, frozen=True):
    """All that was compared in a table: what differs, and what agrees."""

    findings: tuple[Finding, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    def __add__(self, other: "Checked") -> "Checked":
        """Both together."""
        return Checked(self.findings + other.findings, self.agreements + other.agreements)

    @staticmethod
    def all(parts: Iterable["Checked"]) -> "Checked":
        """Many together, in order."""
        held = list(parts)
        return Checked(
            tuple(found for part in held for found in part.findings),
            tuple(one for part in held for one in part.agreements),
        )
