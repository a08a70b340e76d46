"""The fields of a query, and what their values may be.

    name: from: to: subject: person:   words or a "phrase" that stand there
    type: lang: state: sort: hash:     one of a list, or a digest or its beginning
    folder:                            a folder and all that lies under it
    date:2017-01..2018-06  size:>1000  ranges
    from: to: person:                  also of what came in a message that says so
    note:                              what people wrote beside the evidence (see `noted`)

- A value that makes no sense is a `UsageError` that says where it stands and what would.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from muniment.catalog.kinds import KIND_NAMES
from muniment.catalog.searching.query import Between, Is
from muniment.core import State, UsageError
from muniment.text import LANGUAGE_CODES

# Which properties of an object a field of words looks through: names of metadata, folded.
_SENDERS = ("from", "sender", "reply-to", "sender_name", "sender_email_address",
            "sent_representing_name", "sent_representing_email_address",
            "sender_smtp_address")  # fmt: skip
_RECIPIENTS = ("to", "cc", "bcc", "display_to", "display_cc", "display_bcc", "recipient")
_AUTHORS = ("author", "creator", "lastmodifiedby", "last saved by", "comment author", "manager",
            "annotation author", "ins by", "del by", "artist", "image artist", "byline",
            "dc:creator", "initial-creator")  # fmt: skip
WORD_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("file name",),
        "from": _SENDERS,
        "to": _RECIPIENTS,
        "subject": ("subject", "normalized_subject", "title"),
        "person": (*_SENDERS, *_RECIPIENTS, *_AUTHORS),
    }
)
CARRIED_FIELDS = frozenset({"from", "to", "person"})  # of a message and of what it carries
SENDERS, RECIPIENTS, AUTHORS = frozenset(_SENDERS), frozenset(_RECIPIENTS), frozenset(_AUTHORS)
SORTS = ("text", "row", "metadata", "name")
_FACETS = ("sender", "people")
_DIGEST = re.compile(r"[0-9a-f]{4,64}")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_SIZE = re.compile(r"([0-9]{1,15})([kKmMgG]?)[bB]?")
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


def value_of(field: str, value: str, at: int) -> Is | Between:
    """The condition that `field:value` states; `at` is where it stands in the query.

    Raises:
        UsageError: there is no such field, or the value is none of its own.
    """
    if value == "":
        raise _refused(f"{field}: at character {at} of the query has no value", field)
    make = _MAKERS.get(field)
    if make is None:
        raise UsageError(
            f"there is no field {field!r} (character {at} of the query)",
            next_step=f"the fields are {', '.join(FIELDS)}; put the words in quotes to look for "
            "them as they are",
        )
    return make(field, value, at)


def _kind(field: str, value: str, at: int) -> Is:
    if "/" in value:
        return Is("media", (value.lower(),))
    return _one_of(KIND_NAMES)(field, value, at)


def _one_of(allowed: tuple[str, ...]) -> Callable[[str, str, int], Is]:
    def make(field: str, value: str, at: int) -> Is:
        for each in allowed:
            if each.casefold() == value.casefold():
                return Is(field, (each,))
        raise _refused(f"{field}:{value} at character {at} is unknown", field, allowed)

    return make


def _language(field: str, value: str, at: int) -> Is:
    for code in LANGUAGE_CODES:
        if code.casefold() == value.casefold():
            return Is("lang", (code,))
    what = f"{field}:{value} at character {at} is no language code that is told apart"
    raise _refused(what, field, LANGUAGE_CODES)


def _digest(field: str, value: str, at: int) -> Is:
    lowered = value.lower()
    if _DIGEST.fullmatch(lowered) is None:
        raise _refused(f"{field}:{value} at character {at} is no SHA-256 or its beginning", field)
    return Is("object", (lowered,), prefix=len(lowered) < 64)  # noqa: PLR2004 - hex digits


def _exact(field: str, value: str, at: int) -> Is:
    del at
    return Is(field, (value.strip("/") if field == "folder" else value,))


def _date(field: str, value: str, at: int) -> Between:
    first, dots, last = value.partition("..")
    if dots == "":
        sign, bare = _compared(value)
        low, high = _days(bare, field, at)
        return {
            "": Between("day", low, high),
            ">=": Between("day", low, None),
            ">": Between("day", high + 1, None),
            "<=": Between("day", None, high),
            "<": Between("day", None, low - 1),
        }[sign]
    begins = None if first == "" else _days(first, field, at)[0]
    ends = None if last == "" else _days(last, field, at)[1]
    _require_something(begins, ends, f"{field}:{value}", at)
    return Between("day", begins, ends)


def _size(field: str, value: str, at: int) -> Between:
    first, dots, last = value.partition("..")
    if dots == "":
        sign, bare = _compared(value)
        bound = _bytes(bare, field, at)
        return {
            "": Between("size", bound, bound),
            ">=": Between("size", bound, None),
            ">": Between("size", bound + 1, None),
            "<=": Between("size", None, bound),
            "<": Between("size", None, bound - 1),
        }[sign]
    low = None if first == "" else _bytes(first, field, at)
    high = None if last == "" else _bytes(last, field, at)
    _require_something(low, high, f"{field}:{value}", at)
    return Between("size", low, high)


def _compared(value: str) -> tuple[str, str]:
    sign = re.match(r"[<>]=?", value)
    return ("", value) if sign is None else (sign[0], value[sign.end() :])


def _require_something(low: int | None, high: int | None, written: str, at: int) -> None:
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        raise _refused(f"{written} at character {at} holds nothing", written.partition(":")[0])


def _days(written: str, field: str, at: int) -> tuple[int, int]:
    """The first and the last day, as YYYYMMDD, that a year, month or day stands for."""
    match = _DAY.fullmatch(written)
    year, month, day = (0, 0, 0) if match is None else (int(each or 0) for each in match.groups())
    if match is None or not _exists(year, month, day, match):
        raise _refused(f"{field}:{written} at character {at} is no date", field)
    if match[2] is None:
        return year * 10_000 + 101, year * 10_000 + 1231
    if match[3] is None:
        return year * 10_000 + month * 100 + 1, year * 10_000 + month * 100 + 31
    return (year * 10_000 + month * 100 + day,) * 2


def _exists(year: int, month: int, day: int, match: re.Match[str]) -> bool:
    if year < 1 or (match[2] is not None and not 1 <= month <= 12):  # noqa: PLR2004 - months
        return False
    return match[3] is None or 1 <= day <= calendar.monthrange(year, month)[1]


def _bytes(written: str, field: str, at: int) -> int:
    match = _SIZE.fullmatch(written)
    if match is None:
        raise _refused(f"{field}:{written} at character {at} is no number of bytes", field)
    return int(match[1]) * _UNITS[match[2].lower()]


def _refused(what: str, field: str, allowed: tuple[str, ...] = ()) -> UsageError:
    step = f"write one of {', '.join(allowed)}" if len(allowed) > 0 else _STEPS[field]
    return UsageError(what, next_step=step)


_MAKERS: Mapping[str, Callable[[str, str, int], Is | Between]] = MappingProxyType(
    {
        "type": _kind,
        "lang": _language,
        "folder": _exact,
        "state": _one_of(tuple(state.value for state in State)),
        "sort": _one_of(SORTS),
        "hash": _digest,
        "sender": _exact,
        "people": _exact,
        "note": _exact,
        "date": _date,
        "size": _size,
    }
)
FIELDS = tuple(sorted({*WORD_FIELDS, *_MAKERS} - set(_FACETS)))
_STEPS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(WORD_FIELDS, "write a word or a phrase in quotes right after the colon"),
        **dict.fromkeys(_FACETS, "write the whole value in quotes right after the colon"),
        "type": 'write a kind such as type:spreadsheet, or a media type such as type:"text/html"',
        "lang": "write a code such as lang:ug or lang:zh, or lang:unknown",
        "folder": 'write a folder as the facets show it: folder:"disk/lists"',
        "state": "write one such as state:locked",
        "sort": "write one of " + ", ".join(SORTS),
        "hash": "write 64 hex digits, or at least the first four",
        "date": "write date:2017, date:2017-03..2018-06 or date:>=2017-03-01",
        "note": 'write a word of a note, or a tag: note:"same hand"',
        "size": "write size:>1000, size:10k..5M or size:0",
    }
)
