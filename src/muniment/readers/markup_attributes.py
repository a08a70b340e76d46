"""The attributes of one tag, with the positions of their values (WHATWG HTML §13.2.5.32 and on).

- Values are as a browser reads them, character references undone; positions are those of the
  written value in the source.
- The first of equal names counts.
"""

import html
import re

import msgspec

# Possessive, so that a long broken tag is walked once.
_ATTRIBUTE = re.compile(
    r"[\s/]*+([^\s=>/\"'][^\s=>/]{0,200}+)[^\s=>/]*+(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?"
)
_NAME = re.compile(r"<[^\s/<>]*+")
_MOST = 500


class Attribute(msgspec.Struct, frozen=True):
    """A value as read, written at source[start:end]."""

    value: str
    start: int
    end: int


def attributes_of(source: str, start: int, end: int) -> dict[str, Attribute]:
    """The attributes of the tag at source[start:end], by name in lower case."""
    opening = _NAME.match(source, start, end)
    position = start if opening is None else opening.end()
    found: dict[str, Attribute] = {}
    while len(found) < _MOST:
        match = _ATTRIBUTE.match(source, position, end)
        if match is None:
            return found
        position = match.end()
        written, first = match[2] or "", match.start(2)
        if written[:1] in ('"', "'"):
            written, first = written[1:-1], first + 1
        if match[2] is None:
            first = match.end()
        value = html.unescape(written) if "&" in written else written
        found.setdefault(match[1].lower(), Attribute(value, first, first + len(written)))
    return found
