"""Which of the properties that files state are dates of the file, and of what sort.

- Decided by the property's name, never by whether its value looks like a date.
- Dates of parts are left out: a colour profile's, a comment's, a certificate's term.
- A zero of a clock (1970, 1980, 1601 …) is what programs write where they know no date.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from muniment.core import Stamp
from muniment.text import read_date, read_seconds

RULES = 1  # counted up whenever what follows says something else of the same properties


class DateKind(StrEnum):
    """What a file says happened then."""

    CREATED = "created"
    CHANGED = "changed"
    SENT = "sent"
    RECEIVED = "received"
    TAKEN = "taken"  # a photograph, a recording
    PRINTED = "printed"
    SIGNED = "signed"
    DATED = "dated"  # the file bears this date; it does not say of what


class DateStanding(StrEnum):
    """What can be said of a stated date without knowing more than it says."""

    PLAIN = "plain"
    ZERO = "zero of a clock"
    UNREAD = "not a date"  # no date of any calendar known here


class Rule:
    """How a property is read: as which kind, and by what."""

    def __init__(self, kind: DateKind, read: Callable[[str], Stamp] = read_date) -> None:
        self.kind = kind
        self.read = read


# Namespaces and groups that readers set before a name: `XMP xmp:CreateDate`, `EXIF …`.
_NAME = re.compile(
    r"(?:(?:XMP|EXIF|Image|General|PNG|mvhd)\s)?(?:[A-Za-z]{2,16}:)?"
    r"(?P<key>[A-Za-z_ -]{4,40})(?:\[1\])?",
    re.ASCII,
)
_KINDS = {
    DateKind.CREATED: (
        "created createdate creationdate dateofcreation encodeddate prcreationtime "
        "datetimedigitized"
    ),
    DateKind.CHANGED: (
        "modified modifydate modificationdate moddate lastmodified prlastmodificationtime datetime "
        "time modifiedtime"
    ),
    DateKind.SENT: "prclientsubmittime datesent sent",
    DateKind.RECEIVED: "prmessagedeliverytime deliverydate datereceived",
    DateKind.TAKEN: "datetimeoriginal recordeddate datetaken",
    DateKind.PRINTED: "lastprinted printdate",
    DateKind.SIGNED: "signingtime",
    DateKind.DATED: "date issued published publishedtime pubdate",
}
_BY_KEY = {key: kind for kind, keys in _KINDS.items() for key in keys.split()}
_NEVER = ("ICC ", "EXIF Date", "GPS ")  # groups whose dates are of something else, or said better
_ALWAYS = ("EXIF DateTimeOriginal", "EXIF DateTimeDigitized")
_MAC = re.compile(r"(\d{1,12}) \(seconds since 1904-01-01\)", re.ASCII)

_ENTRIES = {  # what containers state of their entries
    "local time": Rule(DateKind.CHANGED),
    "modified": Rule(DateKind.CHANGED),
    "created": Rule(DateKind.CREATED),
    "modified (Unix seconds, UTC)": Rule(DateKind.CHANGED, read_seconds),
    "modified (Unix seconds)": Rule(DateKind.CHANGED, read_seconds),
    "created (Unix seconds, UTC)": Rule(DateKind.CREATED, read_seconds),
    "Last-Modified": Rule(DateKind.CHANGED),
    "WARC-Date": Rule(DateKind.DATED),
    "date": Rule(DateKind.DATED),
}

_ZEROS = (
    "0001-01-01", "1601-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01",
    "1969-12-31", "1970-01-01", "1979-11-30", "1979-12-31", "1980-01-01",
)  # fmt: skip
_MAIL_DATE, _MAIL_TRACE = "Date", "Received"


def rule_of_property(name: str, *, is_header: bool) -> Rule | None:
    """How a property of a file is read; None where it is no date of the file.

    `is_header` says that it is a field of a message's head, where `Date` is when it was sent.
    """
    if is_header and name == _MAIL_DATE:
        return Rule(DateKind.SENT)
    if is_header and name == _MAIL_TRACE:
        return Rule(DateKind.RECEIVED, _after_semicolon)
    if name.startswith(_NEVER) and name not in _ALWAYS:
        return None
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    kind = _BY_KEY.get(re.sub(r"[ _-]", "", found["key"]).lower())
    return None if kind is None else Rule(kind, _with_seconds)


def rule_of_entry(name: str) -> Rule | None:
    """How something is read that a container states of an entry."""
    return _ENTRIES.get(name)


def standing_of(stamp: Stamp) -> DateStanding:
    """Whether it is a date, and not only where a clock begins."""
    if stamp.local is None:
        return DateStanding.UNREAD
    return DateStanding.ZERO if stamp.local[:10] in _ZEROS else DateStanding.PLAIN


def _with_seconds(written: str) -> Stamp:
    counted = _MAC.fullmatch(written)
    if counted is None:
        return read_date(written)
    stamp = read_seconds(counted[1], since_1904=True)
    return Stamp(written, stamp.local, stamp.offset_minutes, stamp.precision)


def _after_semicolon(written: str) -> Stamp:
    stamp = read_date(written.rpartition(";")[2])
    return Stamp(written, stamp.local, stamp.offset_minutes, stamp.precision)
