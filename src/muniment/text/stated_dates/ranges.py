"""From one date to another: 2017.3-2018.4, 2017年3月至5月, с 5 марта 2017 г. по 6 мая 2018 г.

- Both ends must be read by themselves, or be shortened in a way that leaves nothing open: the
  end may leave out what the beginning has said (2017年3月至5月), and the beginning what the end
  says (3-5 марта 2018, 01.03-05.03.2018).
- A range that ends before it begins is impossible.
"""

import re
from collections.abc import Callable, Iterator
from typing import TypeGuard

import msgspec

from muniment.text.stated_dates.reading import DateReading, DateReason, Extent, unread

_BETWEEN = re.compile(
    r"\s*[-–—~～]+\s*|\s*[至到]\s*|\s+(?:to|until|till|through|and|до|по"
    r"|bis(?: zum)?|au?|à|al|hasta|et|y|und|إلى|الى|حتى|تا|و)\s+"
)
_OPENING = re.compile(
    r"(?:from|between|since|с|со|von|vom|zwischen|du|de|del|desde|entre|depuis|من|بين|از|自|从)"
    r"(?:(?<=[自从])|\s+)(?:el |le |dem )?"
)
_CHINESE_PARTS = re.compile(r"(.*?[年년])?(.*?[月월])?(.*)")
_NUMBER_END = re.compile(r"\d{1,2}\.?")
_DOTTED = re.compile(r"\d{1,2}([./])\d{1,2}")
Read = Callable[[str], DateReading | None]


def read_range(written: str, text: str, read: Read) -> DateReading | None:
    """The reading of a range; None where `text` falls into no two dates. `read` reads an end."""
    opening = _OPENING.match(text)
    body = text if opening is None else text[opening.end() :]
    for between in _BETWEEN.finditer(body):
        first, last = body[: between.start()], body[between.end() :]
        for one, other in _completed(first, last):
            begins, ends = read(one), read(other)
            if _is_date(begins) and _is_date(ends):
                return _joined(written, begins, ends)
    return None


def _is_date(reading: DateReading | None) -> TypeGuard[DateReading]:
    """Whether it has the form of a date, even if it cannot be read surely."""
    open_reasons = (
        None,
        DateReason.AMBIGUOUS_ORDER,
        DateReason.TWO_DIGIT_YEAR,
        DateReason.IMPOSSIBLE,
    )
    return reading is not None and reading.reason in open_reasons


def _completed(first: str, last: str) -> Iterator[tuple[str, str]]:
    """Both ends as they stand, and with what one may leave to the other."""
    if first == "" or last == "":
        return
    yield first, last
    parts = _CHINESE_PARTS.fullmatch(first)
    if parts is not None and parts[1] is not None and "年" not in last:
        month = parts[2] if parts[2] is not None and "月" not in last else ""
        yield first, f"{parts[1]}{month}{last}"
    if _NUMBER_END.fullmatch(first) is not None:
        rest = re.sub(r"^\d{1,2}", "", last)
        if rest != last:
            yield first.rstrip(".") + rest, last
    if _DOTTED.fullmatch(first) is not None and len(last) > len(first):
        yield first + last[len(first) :], last


def _joined(written: str, begins: DateReading, ends: DateReading) -> DateReading:
    for end in (begins, ends):
        if end.value is None:
            return unread(written, end.reason or DateReason.NOT_A_DATE)
    value, until = begins.value or "", ends.until or ends.value or ""
    length = min(len(value), len(until))
    if value[:length] > until[:length]:
        return unread(written, DateReason.IMPOSSIBLE)
    return msgspec.structs.replace(
        begins,
        written=written,
        until=until,
        extent=Extent.RANGE,
        uncertainty_days=max(begins.uncertainty_days, ends.uncertainty_days),
    )
