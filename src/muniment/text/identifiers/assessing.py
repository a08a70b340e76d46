"""Questions that several identifiers share: dates of birth, sex, where numbers stand in text."""

import re
from calendar import monthrange
from collections.abc import Callable

from muniment.text.digits import western
from muniment.text.identifiers.identifier import Aspect, Context, Found, Outcome, Parsed

_MONTHS = range(1, 13)
CONSISTENT, INCONSISTENT = Outcome.CONSISTENT, Outcome.INCONSISTENT
NOT_APPLICABLE, NOT_EVALUATED = Outcome.NOT_APPLICABLE, Outcome.NOT_EVALUATED


def iso_date(year: int, month: int, day: int) -> str | None:
    """The day in ISO 8601; None where the calendar has no such day."""
    if year < 1 or month not in _MONTHS or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def graded(name: str, *, agrees: bool, says: str, source: str) -> Aspect:
    """An aspect that could be evaluated."""
    return Aspect(name, CONSISTENT if agrees else INCONSISTENT, says, source)


def birth_aspects(
    parsed: Parsed, context: Context, source: str, *, silent: bool = False
) -> tuple[Aspect, Aspect]:
    """Whether the date of birth can be, and whether it is the stated one.

    `silent`: the number is of those that say no date at all.
    """
    if silent:
        says = "This number does not say when its holder was born."
        return (
            Aspect("birth-date-possible", NOT_APPLICABLE, says, source),
            Aspect("birth-date-stated", NOT_APPLICABLE, says, source),
        )
    return _possible(parsed, context, source), _stated(parsed, context, source)


def _possible(parsed: Parsed, context: Context, source: str) -> Aspect:
    name, born = "birth-date-possible", parsed.birth_date
    if born is None:
        says = "The digits of the date of birth are no day of the calendar."
        return Aspect(name, INCONSISTENT, says, source)
    if context.as_of is None:
        says = f"{born} is a day of the calendar; whether it is too late is not known."
        return Aspect(name, CONSISTENT, says, source)
    late = born[: len(context.as_of)] > context.as_of
    says = f"{born} is {'after' if late else 'not after'} {context.as_of}."
    return graded(name, agrees=not late, says=says, source=source)


def _stated(parsed: Parsed, context: Context, source: str) -> Aspect:
    name, born, stated = "birth-date-stated", parsed.birth_date, context.birth_date
    if stated is None or born is None:
        lacks = "No date of birth is stated beside it" if stated is None else "It has no such date"
        return Aspect(name, NOT_EVALUATED, f"{lacks}.", source)
    length = min(len(stated), len(born))
    agrees = born[:length] == stated[:length]
    says = f"The number says {born}, beside it stands {stated}."
    if "century" in parsed.inferred:
        agrees = agrees or born[2:length] == stated[2:length]
        says += " Its century is inferred, so only the rest is compared."
    return graded(name, agrees=agrees, says=says, source=source)


def sex_aspect(parsed: Parsed, context: Context, source: str) -> Aspect:
    """Whether the sex in the number is the stated one."""
    name, stated = "sex-stated", context.sex
    if parsed.sex is None:
        says = "This number does not say its holder's sex."
        return Aspect(name, NOT_APPLICABLE, says, source)
    if stated not in ("male", "female"):
        says = f"The number says {parsed.sex}; nothing that can be compared is stated beside it."
        return Aspect(name, NOT_EVALUATED, says, source)
    says = f"The number says {parsed.sex}, beside it stands {stated}."
    return graded(name, agrees=parsed.sex == stated, says=says, source=source)


def finder(
    pattern: re.Pattern[str],
    parse: Callable[[str], Parsed | None],
    believes: Callable[[Parsed], bool],
) -> Callable[[str], tuple[Found, ...]]:
    """A `find` that tries `pattern` on the text in ASCII digits and keeps what is believed."""

    def find(text: str) -> tuple[Found, ...]:
        found = []
        for match in pattern.finditer(western(text)):
            written = text[match.start() : match.end()]
            parsed = parse(written)
            if parsed is not None and believes(parsed):
                found.append(Found(match.start(), match.end(), written, parsed.compact))
        return tuple(found)

    return find
