"""Dates as people write them, read with what is not sure left open."""

from muniment.text.stated_dates.finding import FoundDate, find_stated_dates
from muniment.text.stated_dates.order import OrderSupport, infer_order, usual_order
from muniment.text.stated_dates.reading import (
    NO_HINTS,
    DateHints,
    DateReading,
    DateReason,
    Extent,
    Order,
    Qualifier,
)
from muniment.text.stated_dates.stated_date import read_stated_date

__all__ = [
    "NO_HINTS",
    "DateHints",
    "DateReading",
    "DateReason",
    "Extent",
    "FoundDate",
    "Order",
    "OrderSupport",
    "Qualifier",
    "find_stated_dates",
    "infer_order",
    "read_stated_date",
    "usual_order",
]
