"""How the dates of a column are meant, where one of them alone does not say it and all of them do.

    ጥር 5 2008, 13/02/2008       an Ethiopian column: the second is no day of our February either
    1936/37, 1905/06            years that go over two: no June, unless 1905/11 stands there, too

- Nothing is converted here: what a column leaves open stays unread until an option says it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from muniment.facts.statement import Unread
from muniment.text import read_stated_date
from muniment.text.digits import western

_ETHIOPIC = re.compile(r"[\u1200-\u137f]")
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_SLASHED = re.compile(r"(\d{2})(\d{2})/(\d{1,2})(?:/\d{1,2})?")
_ROC = re.compile(r"民国|民國|民前")
_LOOKED_AT = 400  # different values
_FEWEST = 3  # figures of a year


class Notation(msgspec.Struct, frozen=True):
    """What all dates of a column say together.

    `calendar` is the one, other than ours, that its words name; `proved` says that its figures can
    be of no other. `terms` says that 1905/06 may be two years. `republic` that some name 民國.
    """

    calendar: str = ""
    proved: bool = False
    terms: bool = False
    republic: bool = False

    def why_open(self, written: str) -> Unread | None:
        """Why a date that was read may be another one; None where nothing speaks for that."""
        if self.calendar == "ethiopic" and _ETHIOPIC.search(written) is None:
            return Unread.AMBIGUOUS_CALENDAR
        return Unread.AMBIGUOUS_DATE if self.terms and _is_term(written) else None


def notation_of(header: str, written: Iterable[str]) -> Notation:
    """The notation of a column under a header; `written` are its different values."""
    values = tuple(written)[:_LOOKED_AT]
    named = {calendar for value in values if (calendar := _named(value)) != ""}
    ours = any(_YEAR.search(western(value)) is not None for value in values)
    calendar = named.pop() if len(named) == 1 else ""
    proved = calendar == "ethiopic" or (calendar in _OTHER_YEARS and not ours)
    if calendar == "" and _ETHIOPIC.search(header) is not None:
        calendar = "ethiopic"
    slashed = [each for value in values if (each := _SLASHED.fullmatch(value.strip())) is not None]
    terms = len(slashed) > 0 and all(_is_term(each[0]) for each in slashed)
    republic = any(_ROC.search(value) is not None for value in (header, *values))
    return Notation(calendar, proved, terms, republic)


# Calendars whose years of today are none of ours: 1398, 1446.
_OTHER_YEARS = frozenset({"persian", "islamic-umalqura", "islamic-civil"})


@lru_cache(maxsize=20_000)
def _named(value: str) -> str:
    """The calendar, other than ours, that the words of a date name."""
    if _LETTER.search(value) is None or sum(map(str.isdecimal, value)) < _FEWEST:
        return ""
    found = read_stated_date(value).calendar
    return "" if found is None or found in ("gregory", "roc") else found


def _is_term(written: str) -> bool:
    """Whether it is a year and, in two figures, the next one."""
    found = _SLASHED.fullmatch(written.strip())
    if found is None or len(found[3]) < len("06") or written.count("/") > 1:
        return False
    return int(found[3]) == (int(found[2]) + 1) % 100
