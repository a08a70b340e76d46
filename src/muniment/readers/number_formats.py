"""Number formats of spreadsheets: which of them show dates, and what the common ones display.

- A number is a date only because its format says so; its serial stays the written value.
- Two epochs: 1900 (with 29 February 1900, which never was) and 1904 (ECMA-376 Part 1, §18.17.4).
- What a format displays is worked out for dates, percentages, fixed decimals, thousands and
  leading zeros with literal text around them; for others it is not given, never guessed.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from functools import lru_cache
from types import MappingProxyType

import msgspec

from muniment.core import CellKind, differs_as_shown, shortest_number

_DATE, _TIME = "date", "time"
# ECMA-376 Part 1, §18.8.30; 27 to 36 and 50 to 58 are East Asian dates with no code of their own.
BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        1: "0",
        2: "0.00",
        3: "#,##0",
        4: "#,##0.00",
        5: '"$"#,##0_);("$"#,##0)',
        6: '"$"#,##0_);[Red]("$"#,##0)',
        7: '"$"#,##0.00_);("$"#,##0.00)',
        8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
        9: "0%",
        10: "0.00%",
        11: "0.00E+00",
        12: "# ?/?",
        13: "# ??/??",
        14: "mm-dd-yy",
        15: "d-mmm-yy",
        16: "d-mmm",
        17: "mmm-yy",
        18: "h:mm AM/PM",
        19: "h:mm:ss AM/PM",
        20: "h:mm",
        21: "h:mm:ss",
        22: "m/d/yy h:mm",
        37: "#,##0 ;(#,##0)",
        38: "#,##0 ;[Red](#,##0)",
        39: "#,##0.00;(#,##0.00)",
        40: "#,##0.00;[Red](#,##0.00)",
        41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
        42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
        43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
        44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
        45: "mm:ss",
        46: "[h]:mm:ss",
        47: "mmss.0",
        48: "##0.0E+0",
        49: "@",
    }
)
_EASTERN = (*range(27, 37), *range(50, 59))
_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[yd]|e(?![+-])|g|m{3,}", re.IGNORECASE)
_TIME_LETTERS = re.compile(r"[hs]|a/p|am/pm", re.IGNORECASE)
_MONTH_LETTERS = re.compile(r"m", re.IGNORECASE)
_LEAP_BUG = 60  # the serial of 29 February 1900
_DAY_NOUGHT = "1900-01-00"  # as Excel shows serial 0
_LAST_SERIAL = 2_958_466  # 31 December 9999
_MOST_STYLES = 100_000
_LONGEST_CODE = 255  # what Excel accepts
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+)\]"
    r"|(?P<digits>[#0,]*\.?[#0]*)(?P<power>E[+-]0{1,3})?(?P<percent>%*)(?P<literal>[-+$() :]?)",
    re.IGNORECASE | re.DOTALL,
)
_MOST_DECIMALS = 30
_MOST_SECTIONS = 4


class Formats(msgspec.Struct, frozen=True):
    """For each cell style: the format's code (None for General) and whether it shows dates."""

    codes: tuple[str | None, ...] = ()
    dated: tuple[bool, ...] = ()

    def code(self, style: int) -> str | None:
        """The code of a style; None where it is General or there is no such style."""
        return self.codes[style] if 0 <= style < len(self.codes) else None

    def is_date(self, style: int) -> bool:
        """Whether a style shows dates or times."""
        return 0 <= style < len(self.dated) and self.dated[style]


def formats_of(
    styles: Sequence[int], custom: Mapping[int, str], built_in: Mapping[int, str] = BUILT_IN
) -> Formats:
    """The formats of styles, each given as its format's number."""
    codes: list[str | None] = []
    dated: list[bool] = []
    for number in styles[:_MOST_STYLES]:
        code = custom.get(number, built_in.get(number))
        if code is None and number in _EASTERN:
            codes.append(f"built-in {number}")
            dated.append(True)
            continue
        codes.append(None if code is None or code.lower() in ("general", "") else code)
        dated.append(code is not None and shows_dates(code))
    return Formats(tuple(codes), tuple(dated))


def shown(kind: CellKind, written: str, code: str | None, *, from_1904: bool) -> str | None:
    """What a cell's format displays; None where it is what is written, or was not worked out."""
    if kind is CellKind.DATE:
        return shown_date(written, code, from_1904=from_1904)
    if kind is CellKind.NUMBER and code is not None:
        return shown_number(written, code)
    return None


def shown_of_stored(
    kind: CellKind, written: str, code: str | None, *, from_1904: bool
) -> str | None:
    """The same for a value as a file spells it: 0.10000000000000001 is shown as 0.1."""
    shortest = shortest_number(written) if kind is CellKind.NUMBER else None
    if shortest is None:
        return shown(kind, written, code, from_1904=from_1904)
    if code is None:
        return shortest if differs_as_shown(written, shortest) else None
    text = worked_out(shortest, code)
    return None if text == written else text


@lru_cache(maxsize=1024)
def shows_dates(code: str) -> bool:
    """Whether a format code shows a number as a date or a time."""
    positive = _positive(code)
    if _DATE_LETTERS.search(positive) or _TIME_LETTERS.search(positive):
        return "general" not in positive.lower()
    return _MONTH_LETTERS.search(positive) is not None and "0" not in positive


@lru_cache(maxsize=1024)
def _shows_days(code: str) -> bool:
    positive = _positive(code)
    month = _MONTH_LETTERS.search(positive) is not None and not _TIME_LETTERS.search(positive)
    return month or _DATE_LETTERS.search(positive) is not None


def _positive(code: str) -> str:
    """The letters of the section for positive numbers, without what is shown as it stands."""
    return _QUIET.sub("", code.partition(";")[0])


def shown_date(written: str, code: str | None, *, from_1904: bool) -> str | None:
    """The serial as ISO 8601, a time alone where no day is shown; None where it names no moment.

    Below 1 stands the day before the first of 1900, which Excel calls 1900-01-00.
    """
    if code is not None and _ELAPSED.search(code) is not None:
        return None  # a length of time, not a moment
    try:
        serial = float(written)
    except ValueError:
        return None
    if not 0 <= serial < _LAST_SERIAL or (not from_1904 and int(serial) == _LEAP_BUG):
        return None
    if serial < 1 and not from_1904:
        time = _moment(datetime(1900, 1, 1, tzinfo=UTC), serial).strftime("%H:%M:%S")
        if code is None or not _shows_days(code):
            return time
        return _DAY_NOUGHT if serial == 0 else f"{_DAY_NOUGHT}T{time}"
    epoch = datetime(1904, 1, 1, tzinfo=UTC) if from_1904 else datetime(1899, 12, 30, tzinfo=UTC)
    days = serial + 1 if not from_1904 and serial < _LEAP_BUG else serial
    try:
        moment = _moment(epoch, days).replace(tzinfo=None)  # a cell states no zone
    except OverflowError:
        return None  # the last day of the 1904 calendar is four years earlier
    whole = moment.hour == moment.minute == moment.second == moment.microsecond == 0
    if whole:
        return moment.date().isoformat()
    return moment.isoformat(timespec="auto" if moment.microsecond != 0 else "seconds")


def _moment(epoch: datetime, days: float) -> datetime:
    """To the millisecond: a serial has 15 digits, and 0.1 s is more than Excel shows."""
    return epoch + timedelta(milliseconds=round(days * 86_400_000))


class _Section(msgspec.Struct, frozen=True):
    """One section of a number format, taken apart."""

    before: str
    after: str
    least: int  # digits before the point
    decimals: int
    least_decimals: int
    grouped: bool
    scale: int  # power of ten by which the number is multiplied
    has_number: bool
    power: str = ""  # E+ or E- and the least digits of the exponent


def shown_number(written: str, code: str) -> str | None:
    """What a format code displays for a number; None where that is what is written, or unknown."""
    text = worked_out(written, code)
    return None if text == written else text


def worked_out(written: str, code: str) -> str | None:
    """What a format code displays for a number; None where that was not worked out."""
    sections = _sections(code)
    if sections is None:
        return None
    try:
        return _displayed(Decimal(written), sections)
    except (InvalidOperation, ValueError):
        return None


def _displayed(number: Decimal, sections: Sequence[_Section | None]) -> str | None:
    signless = number < 0 and len(sections) > 1
    index = 1 if signless else 2 if number == 0 and len(sections) > 2 else 0  # noqa: PLR2004
    section = sections[index]
    if section is None:
        return None
    if not section.has_number:
        return section.before if index > 0 else None
    with localcontext() as context:
        context.prec = 400
        scaled = abs(number).scaleb(section.scale)
        step = Decimal(1).scaleb(-section.decimals)
        exponent = scaled.adjusted() if section.power != "" and scaled != 0 else 0
        rounded = scaled.scaleb(-exponent).quantize(step, ROUND_HALF_UP)
        if rounded >= 10 and section.power != "":  # noqa: PLR2004 - rounding made it one digit more
            exponent += 1
            rounded = scaled.scaleb(-exponent).quantize(step, ROUND_HALF_UP)
        whole, _, fraction = format(rounded, "f").partition(".")
    kept = fraction.rstrip("0")
    fraction = kept.ljust(section.least_decimals, "0")
    whole = whole.lstrip("0").rjust(section.least, "0")
    if section.grouped:
        whole = f"{int(whole or '0'):,}".rjust(section.least, "0") if whole != "" else ""
    sign = "-" if number < 0 and not signless and rounded != 0 else ""
    point = "." if section.decimals > 0 and fraction != "" else ""
    power = _power(section.power, exponent)
    return f"{sign}{section.before}{whole}{point}{fraction}{power}{section.after}".strip()


def _power(pattern: str, exponent: int) -> str:
    if pattern == "":
        return ""
    sign = "-" if exponent < 0 else "+" if pattern[1] == "+" else ""
    return f"E{sign}{str(abs(exponent)).rjust(len(pattern) - 2, '0')}"


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section | None, ...] | None:
    if code.lower() in ("general", "@", "") or len(code) > _LONGEST_CODE:
        return None
    pieces = _split(code)
    return tuple(_section(piece) for piece in pieces[:_MOST_SECTIONS])


def _split(code: str) -> list[str]:
    """The sections of a code; a semicolon in quotes separates nothing."""
    pieces, start = [], 0
    for match in re.finditer(r'"[^"]*"|\\.|;', code, re.DOTALL):
        if match[0] == ";":
            pieces.append(code[start : match.start()])
            start = match.end()
    return [*pieces, code[start:]]


def _section(code: str) -> _Section | None:
    """The section taken apart; None where it holds what is not worked out here."""
    around = ["", ""]
    power = ""
    digits: str | None = None
    percents = at = 0
    while at < len(code):
        match = _TOKEN.match(code, at)
        if match is None or match.end() == at:
            return None
        at = match.end()
        literal = match["quoted"] or match["escaped"] or match["money"] or ""
        literal += " " if match["space"] else ""
        if match["digits"]:
            if digits is not None:
                return None
            digits = match["digits"]
            power = (match["power"] or "").upper()
            if power != "" and len(digits.partition(".")[0]) != 1:
                return None  # engineering notation counts the exponent in threes
        elif match["power"]:
            return None
        percents += len(match["percent"] or "")
        literal += (match["percent"] or "") + (match["literal"] or "")
        around[digits is not None] += literal
    section = _number(around[0], around[1], digits, percents)
    return section if section is None else msgspec.structs.replace(section, power=power)


def _number(before: str, after: str, digits: str | None, percents: int) -> _Section | None:
    if digits is None:
        return _Section(before, after, 0, 0, 0, grouped=False, scale=0, has_number=False)
    whole, _, fraction = digits.partition(".")
    core = whole.rstrip(",") if fraction == "" else whole
    if len(fraction) > _MOST_DECIMALS:
        return None
    scale = 2 * percents - 3 * (len(whole) - len(core))
    return _Section(
        before,
        after,
        least=core.count("0"),
        decimals=len(fraction),
        least_decimals=fraction.count("0"),
        grouped="," in core,
        scale=scale,
        has_number=True,
    )
