"""A cell's value and where it comes in the order of a column.

    numbers   by size       0.5, 3, 12        kind number, or a text spelled as a plain number
    dates     by time       2018-05-03        kind date, or a text spelled as an ISO 8601 date
    texts     as folded     Ali, ürümchi      everything else that shows something
    blanks    last          (nothing)         a cell that shows nothing, then no cell at all

- The order is total and depends on the value alone, so it is the same wherever it is worked out.
- A plain number has at most fifteen digits and no leading zero: identity and telephone numbers
  stay texts, whose digits count one by one.
- A date's number is its day counted as spreadsheets do (1 is 1899-12-31) with the time as fraction,
  taken from what is shown, so that both calendars of workbooks agree.
"""

import math
import re
from datetime import date
from enum import IntEnum
from typing import Any

import msgspec

from muniment.core import CellKind
from muniment.text import fold

_PLAIN = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?", re.ASCII)
_STORED = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]{1,9})?))?)?",
    re.ASCII,
)
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Any]).decode
_DAY_NOUGHT = date(1899, 12, 30).toordinal()
_DAY_S = 86_400


class Rank(IntEnum):
    """Which part of a column's order a value belongs to."""

    NUMBER = 0
    DATE = 1
    TEXT = 2
    BLANK = 3


class Value(msgspec.Struct, frozen=True, gc=False):
    """What a cell holds and shows, without its place; fields as in `core.Cell`."""

    kind: CellKind
    written: str
    shown: str | None = None
    number_format: str | None = None

    @property
    def displayed(self) -> str:
        """What a reader sees in the cell."""
        return self.written if self.shown is None else self.shown


class OrderKey(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """Where a value comes in the order of its column; no two values have the same."""

    rank: int
    number: float  # of a number or a date; 0 otherwise
    folded: str
    displayed: str
    written: str
    kind: str
    number_format: str


def packed(value: Value) -> bytes:
    """A value without its kind, which is stored beside it, as briefly as it can be."""
    fields = [value.written, value.shown, value.number_format]
    while fields[-1] is None:
        fields.pop()
    return _encode(fields)


def unpacked(kind: CellKind, data: memoryview) -> Value:
    """The value of a kind that `packed` wrote."""
    return Value(kind, *_decode(data))


def order_key(value: Value) -> OrderKey:
    """The key by which values are ordered."""
    displayed = value.displayed
    rank, number = rank_of(value.kind, value.written, displayed)
    return OrderKey(
        int(rank),
        number,
        fold(displayed),
        displayed,
        value.written,
        value.kind.value,
        value.number_format or "",
    )


def rank_of(kind: CellKind, written: str, displayed: str) -> tuple[Rank, float]:
    """The part of the order, and the number that orders within it."""
    if displayed == "":
        return Rank.BLANK, 0.0
    if kind is CellKind.TEXT:
        return rank_of_text(displayed)
    if kind is CellKind.DATE:
        moment = day_number(displayed)
        if moment is None:
            moment = day_number(written)
        if moment is None:
            moment = _stored_number(written)
        return (Rank.TEXT, 0.0) if moment is None else (Rank.DATE, moment)
    if kind is CellKind.NUMBER:
        number = _stored_number(written)
        return (Rank.TEXT, 0.0) if number is None else (Rank.NUMBER, number)
    return Rank.TEXT, 0.0


def rank_of_text(text: str) -> tuple[Rank, float]:
    """How a text that has no kind of its own is ordered, also one that a person typed."""
    if text[:1] in "+-0123456789":
        if _PLAIN.fullmatch(text) is not None:
            return Rank.NUMBER, float(text) + 0.0  # -0 is 0
        moment = day_number(text)
        if moment is not None:
            return Rank.DATE, moment
    return Rank.TEXT, 0.0


def day_number(text: str) -> float | None:
    """The day and time that an ISO 8601 text without a zone names; None where it names none."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hours, minutes, seconds = found.groups()
    try:
        days = date(int(year), int(month), int(day)).toordinal() - _DAY_NOUGHT
    except ValueError:
        return None
    elapsed = int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds or 0)
    return None if elapsed >= _DAY_S else days + elapsed / _DAY_S


def is_day(text: str) -> bool:
    """Whether a text names a whole day, without a time."""
    return len(text) == len("2018-05-03") and day_number(text) is not None


def _stored_number(written: str) -> float | None:
    if _STORED.fullmatch(written) is None:
        return None
    number = float(written) + 0.0
    return number if math.isfinite(number) else None
