"""A message of Apple Mail (.emlx): its length, its exact bytes, and a property list of its flags.

    1234 LF | 1234 bytes of a message | <?xml … <plist> …

- The message is the one child; the flags are stated bit by bit as Apple Mail sets them.
- A .partial.emlx lacks its attachments: the length of a part is stated and its content is not
  there, which is a Problem.

Source: the files themselves; the bits are those that Mail.app of macOS 10.4 to 14 writes.
"""

import plistlib
import re
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from muniment.core import Field, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.mail_shape import begins_like_mail
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

_LENGTH = re.compile(rb"[ \t]*(\d{1,12})[ \t]*\r?\n")
_LARGEST_LIST = 1 << 24
_PARTIAL = b"X-Apple-Content-Length:"
_FLAGS = (
    *("read", "deleted", "answered", "encrypted", "flagged", "recent", "draft", "initial"),
    *("forwarded", "redirected"),
)
_ATTACHMENTS_AT, _ATTACHMENTS_MASK = 10, 63
_HIGH = {23: "signed", 24: "junk", 25: "not junk"}


def read_apple_mail(source: Source, context: Context) -> Iterator[Part]:
    """The message and what Apple Mail notes about it."""
    match = _LENGTH.match(source.read_at(0, 64))
    if match is None:
        raise UnreadableError("no length stands in its first line")
    length = int(match[1])
    end = min(match.end() + length, source.size)
    yield Tally(Whole(), "messages", 1)
    if match.end() + length > source.size:
        message = f"{length} bytes are announced, {source.size - match.end()} are there"
        yield Problem(Member(0), "member-cut", message)
    if any(_PARTIAL in block for block in source.blocks(match.end(), end)):
        message = "attachments are kept in other files (X-Apple-Content-Length)"
        yield Problem(Member(0), "message-partial", message)
    stated = (("length", str(length)), ("offset", str(match.end())))
    entry = Entry(Member(0), 0, Relation.MEMBER, b"", "", stated)
    yield child_or_problem(context.children, entry, source.blocks(match.end(), end))
    yield from _notes(source.read_at(end, _LARGEST_LIST))


def _notes(data: bytes) -> Iterator[Part]:
    """What the property list says."""
    if data.strip() == b"":
        return
    try:
        found = plistlib.loads(data.strip(), fmt=plistlib.FMT_XML)
    except (
        plistlib.InvalidFileException,
        ExpatError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OverflowError,
        LookupError,
    ):
        # What plistlib raises on lists that are none.
        yield Problem(Whole(), "section-damaged", "the property list cannot be read")
        return
    if not isinstance(found, dict):
        return
    for name, value in found.items():
        if isinstance(value, str | int | float | bool):
            yield Metadata(Field(str(name)), str(name), str(value))
    flags = found.get("flags")
    if isinstance(flags, int):
        named = [name for bit, name in enumerate(_FLAGS) if flags >> bit & 1]
        named += [name for bit, name in _HIGH.items() if flags >> bit & 1]
        yield Metadata(Field("flags", 2), "flags", ", ".join(named))
        count = flags >> _ATTACHMENTS_AT & _ATTACHMENTS_MASK
        yield Metadata(Field("attachments"), "attachments", str(count))


def _is_apple_mail(head: bytes) -> bool:
    match = _LENGTH.match(head)
    return match is not None and begins_like_mail(head[match.end() :])


APPLE_MAIL = Reader(
    name="apple-mail",
    version=1,
    media_types=("message/x-emlx",),
    read=read_apple_mail,
    recognises=_is_apple_mail,
    begins=_LENGTH.pattern.replace(b"(", b"(?:"),
)
