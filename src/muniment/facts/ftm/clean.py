"""The form that FollowTheMoney keeps a value of a type in.

- A value that leaves is in the form that FollowTheMoney's own cleaning leaves as it is; otherwise a
  partner's program would drop or change it without a word. Tests compare with the real package.
- What has no such form is not changed until it has one: it does not leave, and is counted.
"""

import re
import unicodedata
from collections.abc import Callable

from muniment.facts.model import Kind
from muniment.facts.statement import Unread

# What FollowTheMoney's cleaning removes from any text: control, format, unassigned and private
# letters, and lone surrogates. Blanks of every kind become plain ones.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_KEPT = frozenset("\n\t\r")
_QUOTES = re.compile(r"^[\"'](.*)[\"']$", re.DOTALL)
_BREAKS = re.compile(r"(\r\n|\n|<BR/>|<BR>|\t|ESQ\.,|ESQ,|;)")
_COMMAS = re.compile(r"(,\s?[,.])")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d))?)?)?)?)?", re.ASCII)
_PATTERNS = {
    Kind.COUNTRY: re.compile(r"[a-z]{2}(-[a-z]{2,3})?|suhh|yucs|csxx|cshh|ddde", re.ASCII),
    Kind.EMAIL: re.compile(r"[^<>()\[\],;:?\s@\"]{1,64}@[a-z0-9.-]+\.[a-z]{2,}", re.ASCII),
    Kind.ENTITY: re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?", re.ASCII),
    Kind.GENDER: re.compile(r"male|female|other"),
    Kind.MIMETYPE: re.compile(r"[a-z]+/[a-z0-9.+-]+", re.ASCII),
    Kind.NUMBER: re.compile(r"-?\d+(\.\d+)?", re.ASCII),
    Kind.PHONE: re.compile(r"\+[1-9]\d{6,14}", re.ASCII),
    Kind.TOPIC: re.compile(r"[a-z]+(\.[a-z]+)*", re.ASCII),
    Kind.URL: re.compile(
        r"(https?|ftp)://[a-z0-9]+([.-][a-z0-9]+)*\.[a-z]{2,}/[A-Za-z0-9/._~?=&-]*", re.ASCII
    ),
}
# The languages that followthemoney 4.11 knows; of others it drops the value.
LANGUAGES = frozenset(
    (
        *("afr", "amh", "ara", "aze", "bel", "ben", "bos", "bul", "cat", "ces", "cnr"),
        *("dan", "deu", "ell", "eng", "est", "fas", "fil", "fin", "fra", "gle", "heb"),
        *("hin", "hrv", "hun", "hye", "ind", "isl", "ita", "jpn", "kan", "kat", "kaz"),
        *("khm", "kir", "kor", "lao", "lav", "lit", "ltz", "mkd", "mlt", "mon", "msa"),
        *("mul", "mya", "nep", "nld", "nor", "pol", "por", "pus", "ron", "rus", "sin"),
        *("slk", "slv", "spa", "sqi", "srp", "swa", "swe", "tam", "tel", "tgk", "tgl"),
        *("tha", "tuk", "tur", "ukr", "urd", "uzb", "vie", "zho"),
    )
)
_UNREAD = {
    Kind.COUNTRY: Unread.NOT_A_COUNTRY,
    Kind.DATE: Unread.NOT_A_DATE,
    Kind.EMAIL: Unread.NOT_AN_EMAIL,
    Kind.GENDER: Unread.UNKNOWN_CODE,
    Kind.IDENTIFIER: Unread.NOT_AN_IDENTIFIER,
    Kind.LANGUAGE: Unread.NOT_A_LANGUAGE,
    Kind.NAME: Unread.NO_NAME,
    Kind.NUMBER: Unread.NOT_A_NUMBER,
    Kind.PHONE: Unread.NOT_A_PHONE,
    Kind.URL: Unread.NOT_A_URL,
}


def clean(kind: Kind, value: str) -> str | None:
    """`value` in the form of its type; None where it has none."""
    text = _safe(value)
    if text == "":
        return None
    special = _SPECIAL.get(kind)
    if special is not None:
        return special(text)
    pattern = _PATTERNS.get(kind)
    return text if pattern is None or pattern.fullmatch(text) is not None else None


def why_unread(kind: Kind) -> str:
    """The reason why a value of this type was not read."""
    return _UNREAD.get(kind, Unread.UNKNOWN_CODE).value


def _safe(value: str) -> str:
    if value.isascii() and value.isprintable():
        return value.strip()
    return "".join(map(_letter, unicodedata.normalize("NFC", value))).strip()


def _letter(letter: str) -> str:
    if letter in _KEPT:
        return letter
    category = unicodedata.category(letter)
    return "" if category in _UNSAFE else " " if category.startswith("Z") else letter


def _name(text: str) -> str | None:
    quoted = _QUOTES.match(text)
    return _squashed(text if quoted is None else quoted[1])


def _address(text: str) -> str | None:
    before, after = "", text
    while after != before:  # one pass over ", , ," leaves another to do
        before = after
        after = " ".join(_COMMAS.sub(", ", _BREAKS.sub(", ", after)).split())
    return after or None


def _squashed(text: str) -> str | None:
    joined = " ".join(text.split())
    return joined if joined != "" else None


def _date(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (
        None if each is None else int(each) for each in found.groups()
    )
    inside = (
        (year or 0) >= 1
        and (month is None or 1 <= month <= 12)  # noqa: PLR2004 - months
        and (day is None or 1 <= day <= _days(year or 1, month or 1))
        and (hour or 0) < 24  # noqa: PLR2004 - hours
        and (minute or 0) < 60  # noqa: PLR2004 - minutes
        and (second or 0) < 60  # noqa: PLR2004 - seconds
    )
    return text if inside else None


def _days(year: int, month: int) -> int:
    """How many days a month has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _language(text: str) -> str | None:
    return text if text in LANGUAGES else None


_SPECIAL: dict[Kind, Callable[[str], str | None]] = {
    Kind.NAME: _name,
    Kind.ADDRESS: _address,
    Kind.DATE: _date,
    Kind.LANGUAGE: _language,
}
