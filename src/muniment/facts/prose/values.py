"""Dates, quantities, identity numbers and phones in running text, as `muniment.text` finds them."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from operator import itemgetter

from muniment.facts.prose.proposed import Sort, Span
from muniment.text import DateHints, find_quantities, find_stated_dates
from muniment.text.identifiers import IDENTIFIERS, phones_of

_PHONE = "phone"  # the name of the identifier that `phones` is about


def dates(text: str, hints: DateHints) -> Iterator[Span]:
    """Every date, read or open."""
    for found in find_stated_dates(text, hints):
        reading = found.reading
        read = _named(value=reading.value, until=reading.until)
        unread = "" if reading.reason is None else reading.reason.value
        yield Span(Sort.DATE, found.start, found.end, read, unread)


def quantities(text: str) -> Iterator[Span]:
    """Every number with its unit and what is compared."""
    for found in find_quantities(text):
        reading = found.reading
        if reading.reason is not None:
            yield Span(Sort.QUANTITY, found.start, found.end, (), reading.reason.value)
            continue
        read = _named(
            value=str(reading.value),
            upper=None if reading.upper is None else str(reading.upper),
            unit=reading.unit,
            comparator=None if reading.comparator is None else reading.comparator.value,
        )
        yield Span(Sort.QUANTITY, found.start, found.end, read)


def identifiers(text: str) -> Iterator[Span]:
    """Numbers that name people or bodies, except phones; the first kind that finds one keeps it."""
    taken: list[tuple[int, int]] = []
    for identifier in IDENTIFIERS:
        if identifier.name == _PHONE:
            continue
        for found in identifier.find(text):
            if _apart(found.start, found.end, taken):
                insort(taken, (found.start, found.end))
                read = _named(kind=identifier.name, value=found.compact)
                yield Span(Sort.IDENTIFIER, found.start, found.end, read)


def phones(text: str, country: str | None) -> Iterator[Span]:
    """Phones with their country's prefix, and those of `country` (two letters) without one."""
    for found in phones_of(country).find(text):
        yield Span(Sort.PHONE, found.start, found.end, _named(value=found.compact))


def apart(spans: Iterable[Span], others: Iterable[Span]) -> Iterator[Span]:
    """The spans that overlap none of the others, which overlap none of each other."""
    taken = sorted((other.start, other.end) for other in others)
    return (span for span in spans if _apart(span.start, span.end, taken))


def _apart(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a span overlaps none of some that are in order and apart."""
    at = bisect_left(taken, end, key=itemgetter(0))
    return at == 0 or taken[at - 1][1] <= start


def _named(**values: str | None) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in values.items() if value is not None)
