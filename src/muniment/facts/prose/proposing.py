"""All that is proposed of one stretch of text."""

from collections.abc import Iterator

import msgspec

from muniment.core import TextSpan
from muniment.facts.prose.placing import narrowed
from muniment.facts.prose.posts import posts
from muniment.facts.prose.proposed import Proposed, Span
from muniment.facts.prose.speech import quotes
from muniment.facts.prose.values import apart, dates, identifiers, phones, quantities
from muniment.text import DateHints


class Hints(msgspec.Struct, frozen=True):
    """What is known of a document beside its text; None where nothing is."""

    country: str | None = None  # two letters: of phones without a prefix
    dates: DateHints = DateHints()


def propose(part: TextSpan, hints: Hints = Hints()) -> tuple[Proposed, ...]:  # noqa: B008 - frozen
    """What `part` seems to say, in the order of the text, each with the narrowest place it has.

    Quotations may hold other proposals; dates, numbers and phones overlap none of each other.
    """
    text = part.text
    found = sorted(_spans(text, hints), key=lambda span: (span.start, -span.end))
    return tuple(
        Proposed(
            span.sort,
            span.start,
            span.end,
            text[span.start : span.end],
            narrowed(part.at, len(text), span.start, span.end),
            span.read,
            span.unread,
            span.pieces,
        )
        for span in found
    )


def _spans(text: str, hints: Hints) -> Iterator[Span]:
    when = list(dates(text, hints.dates))
    numbers = list(apart(identifiers(text), when))
    calls = list(apart(phones(text, hints.country), [*when, *numbers]))
    held = list(posts(text))
    yield from (*when, *numbers, *calls, *held)
    yield from apart(quantities(text), [*when, *numbers, *calls])
    yield from quotes(text, held)
