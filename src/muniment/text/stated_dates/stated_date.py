"""One date as people write it in lists and prose, in some twelve languages and seven calendars."""

import re

import msgspec

from muniment.text.digits import western
from muniment.text.stated_dates.chinese import read_chinese
from muniment.text.stated_dates.numeric import read_numeric
from muniment.text.stated_dates.qualifiers import take_qualifier
from muniment.text.stated_dates.ranges import read_range
from muniment.text.stated_dates.reading import (
    NO_HINTS,
    DateHints,
    DateReading,
    DateReason,
    unread,
)
from muniment.text.stated_dates.serials import read_serial
from muniment.text.stated_dates.spelt import read_spelt

_LONGEST = 120  # letters; what is longer is a sentence
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# A mark of the calendar or of the word *year* right after digits: 5/3/2018م, 05.03.2018 г.
_MARKED = re.compile(
    r"(\d[\d\s./-]*\d)\s*(?:(?P<gregory>م|ميلادي[ةه]?|میلادی|гг?\.?|года?|ж\.?)"
    r"|(?P<islamic>هـ|ه|هجري[ةه]?)|(?P<persian>ه\.? ?ش\.?|هـ\.? ?ش\.?|ش|شمسی))"
)
_CALENDAR_OF = {"gregory": None, "islamic": "islamic-umalqura", "persian": "persian"}


def read_stated_date(written: str, hints: DateHints = NO_HINTS) -> DateReading:
    """What `written` says when it is read as a date, or the reason why that is not sure."""
    if len(written) > _LONGEST:
        return unread(written, DateReason.NOT_A_DATE)
    text = written if written.isascii() else _UNSEEN.sub("", western(written))
    text = text.strip()
    if hints.serials is not None:
        serial = read_serial(written, text, hints.serials)
        if serial is not None:
            return serial
    reading = read_numeric(written, text, hints)
    if reading is not None:
        return reading
    if text == "":
        return unread(written, DateReason.EMPTY)
    return _in_words(written, text.lower(), hints)


def _in_words(written: str, text: str, hints: DateHints) -> DateReading:
    plain = _plain(written, text, hints)
    if plain is not None:
        return plain
    found = read_range(written, text, lambda end: _end(end, hints))
    if found is not None:
        return found
    qualified = take_qualifier(text)
    if qualified is None or not any(map(str.isnumeric, qualified[1])):
        return unread(written, DateReason.NOT_A_DATE)
    qualifier, rest = qualified
    reading = _end(rest, hints) or read_range(rest, rest, lambda end: _end(end, hints))
    if reading is None:
        return unread(written, DateReason.NOT_A_DATE)
    return msgspec.structs.replace(
        reading, written=written, qualifier=None if reading.value is None else qualifier
    )


def _end(text: str, hints: DateHints) -> DateReading | None:
    """A date without words around it; None where `text` is none."""
    reading = read_numeric(text, text, hints) or _plain(text, text, hints)
    return None if reading is not None and reading.reason is DateReason.NOT_A_DATE else reading


def _plain(written: str, text: str, hints: DateHints) -> DateReading | None:
    marked = _MARKED.fullmatch(text)
    if marked is not None and marked.lastgroup is not None:
        calendar = _CALENDAR_OF[marked.lastgroup] or hints.calendar
        with_mark = msgspec.structs.replace(hints, calendar=calendar)
        return read_numeric(written, marked[1].strip(), with_mark)
    return read_chinese(written, text, hints) or read_spelt(written, text, hints)
