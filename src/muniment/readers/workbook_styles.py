"""Number formats of a workbook, and what a date format shows.

- A number is a date only because its format says so; its serial stays the written value.
- Two epochs: 1900 (with 29 February 1900, which never was) and 1904 (ECMA-376 Part 1, §18.17.4).
"""

import re
from datetime import UTC, datetime, timedelta

import msgspec
from lxml import etree  # type: ignore[import-untyped]

_BUILT_IN = {
    **dict.fromkeys(range(14, 18), "date"),
    **dict.fromkeys((18, 19, 20, 21), "time"),
    22: "date time",
    # East Asian date formats, which have no code of their own in the file (§18.8.30).
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "date"),
    **dict.fromkeys((*range(32, 36), 55, 56), "time"),
    **dict.fromkeys((45, 46, 47), "time"),
}
_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[yd]|e(?![+-])|g|m{3,}", re.IGNORECASE)
_TIME_LETTERS = re.compile(r"[hs]|a/p|am/pm", re.IGNORECASE)
_MONTH_LETTERS = re.compile(r"m", re.IGNORECASE)
_LEAP_BUG = 60  # the serial of 29 February 1900
_LAST_SERIAL = 2_958_466  # 31 December 9999
_MOST_STYLES = 100_000


class Formats(msgspec.Struct, frozen=True):
    """For each cell style: the format's code (or None) and whether it shows dates or times."""

    codes: tuple[str | None, ...] = ()
    dated: tuple[bool, ...] = ()


def read_formats(root: etree._Element) -> Formats:
    """The formats of a styles part."""
    custom: dict[str, str] = {}
    styles: list[str] = []
    for element in root.iter("{*}numFmt"):
        custom[element.get("numFmtId", "")] = element.get("formatCode", "")
    for cell_styles in root.iter("{*}cellXfs"):
        styles = [style.get("numFmtId", "0") for style in cell_styles.iter("{*}xf")]
    codes: list[str | None] = []
    dated: list[bool] = []
    for number in styles[:_MOST_STYLES]:
        code = custom.get(number)
        built_in = _BUILT_IN.get(int(number)) if number.isdecimal() else None
        plain = None if number == "0" else f"built-in {number}"
        codes.append(code if code is not None else plain)
        dated.append(built_in is not None if code is None else shows_dates(code))
    return Formats(tuple(codes), tuple(dated))


def shows_dates(code: str) -> bool:
    """Whether a format code shows a number as a date or a time."""
    positive = _QUIET.sub("", code.partition(";")[0])
    if _DATE_LETTERS.search(positive) or _TIME_LETTERS.search(positive):
        return "general" not in positive.lower()
    return _MONTH_LETTERS.search(positive) is not None and "0" not in positive


def shown_date(written: str, code: str | None, *, from_1904: bool) -> str | None:
    """The serial as ISO 8601 (a time alone below one day); None where it names no moment."""
    if code is not None and _ELAPSED.search(code) is not None:
        return None  # a length of time, not a moment
    try:
        serial = float(written)
    except ValueError:
        return None
    if not 0 <= serial < _LAST_SERIAL or (not from_1904 and int(serial) == _LEAP_BUG):
        return None
    if serial < 1 and not from_1904:
        return _moment(datetime(1900, 1, 1, tzinfo=UTC), serial).strftime("%H:%M:%S")
    epoch = datetime(1904, 1, 1, tzinfo=UTC) if from_1904 else datetime(1899, 12, 30, tzinfo=UTC)
    days = serial + 1 if not from_1904 and serial < _LEAP_BUG else serial
    moment = _moment(epoch, days).replace(tzinfo=None)  # a cell states no zone
    whole = moment.hour == moment.minute == moment.second == moment.microsecond == 0
    if whole:
        return moment.date().isoformat()
    return moment.isoformat(timespec="auto" if moment.microsecond != 0 else "seconds")


def _moment(epoch: datetime, days: float) -> datetime:
    """To the millisecond: a serial has 15 digits, and 0.1 s is more than Excel shows."""
    return epoch + timedelta(milliseconds=round(days * 86_400_000))
