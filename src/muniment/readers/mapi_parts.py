"""The parts of a MAPI message: properties, recipients, bodies, files, messages inside it.

    section 1        PR_BODY                     section 4.n      attachment n, from 1
    section 2        PR_HTML                     section 4.n.1 …  the bodies of a message that is
    section 3        PR_RTF_COMPRESSED, undone                    attachment n, and so on inward

- A property of the message is Metadata at `Field(its name)`, of a recipient at
  `Field("recipient", n)`, of an attachment or a message inside at its section.
- Every body is read, for they can differ; places are `Chars` in the body's decoded text.
- A message inside a message is read in place: it has no bytes of its own, and none are made up.
- As many files as are announced come out as children, or are Problems.
"""

from collections import Counter
from collections.abc import Iterator

from muniment.core import (
    Chars,
    Field,
    Metadata,
    Part,
    Place,
    Problem,
    Relation,
    Role,
    Tally,
    TextSpan,
    Whole,
)
from muniment.readers.mail_charset import codec_of, text_of
from muniment.readers.mapi_message import Attachment, MapiMessage, Stream, files_in
from muniment.readers.mapi_property import STRING8, Property, code_page, find, integer_value
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.page_text import Embedded, page_parts
from muniment.readers.reader import Context
from muniment.readers.rtf_body import rtf_text
from muniment.readers.rtf_packed import unpacked_rtf
from muniment.readers.text_blocks import blocks_of

_BODY, _HTML, _RTF, _CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_SUBJECT, _CLASS, _HEADERS = 0x0037, 0x001A, 0x007D
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = 0x3707, 0x3704, 0x3001
_STATED = (
    ("content type", 0x370E),
    ("content id", 0x3712),
    ("content location", 0x3713),
    ("method", 0x3705),
    ("created", 0x3007),
    ("modified", 0x3008),
)
_LONGEST = 4_000


class _Level:
    """A message and where its sections begin."""

    def __init__(self, message: MapiMessage, numbers: tuple[int, ...]) -> None:
        self.message = message
        self.numbers = numbers

    def section(self, *more: int) -> str:
        return ".".join(map(str, (*self.numbers, *more)))

    def at(self, *more: int) -> Chars:
        return Chars(0, 0, self.section(*more))


class _Counter:
    """The position of the next child."""

    def __init__(self) -> None:
        self.index = 0

    def next(self) -> int:
        self.index += 1
        return self.index - 1


def mapi_parts(context: Context, message: MapiMessage) -> Iterator[Part]:
    """The parts of a message and of all messages inside it."""
    counter = _Counter()
    levels = _levels(message)
    embedded = [(level, list(_bodies(level))) for level in levels]
    inline = sum(isinstance(part, Embedded) for _, parts in embedded for part in parts)
    yield Tally(Whole(), "attachments", files_in(message) + inline)
    if len(levels) > 1:
        yield Tally(Whole(), "messages in place", len(levels) - 1)
    for level, parts in embedded:
        yield from _properties(level)
        for part in parts:
            if isinstance(part, Embedded):
                stated = (("content type", part.media_type), ("address", "data:"))
                entry = Entry(part.at, counter.next(), Relation.EMBEDDED, b"", "", stated)
                yield child_or_problem(context.children, entry, part.content())
            else:
                yield part
        for number, attachment in enumerate(level.message.attachments, start=1):
            yield from _attachment(context, counter, level, number, attachment)


def _levels(message: MapiMessage) -> list[_Level]:
    """The message and those inside it, each after the one it lies in."""
    levels = []
    pending = [_Level(message, ())]
    while len(pending) > 0:
        level = pending.pop()
        levels.append(level)
        inner = [
            _Level(attachment.message, (*level.numbers, 4, number))
            for number, attachment in enumerate(level.message.attachments, start=1)
            if attachment.message is not None
        ]
        pending.extend(reversed(inner))
    return levels


def _properties(level: _Level) -> Iterator[Part]:
    """What the message says of itself; what is read as a body stands there."""
    message = level.message
    seen: Counter[str] = Counter()
    inside = len(level.numbers) > 0
    for item in message.properties:
        if item.id in (_BODY, _HTML, _RTF) or item.written == "":
            continue
        seen[item.name] += 1
        place: Place = level.at() if inside else Field(item.name, seen[item.name])
        yield from _property(place, item)
    for number, recipient in enumerate(message.recipients, start=1):
        place = level.at() if inside else Field("recipient", number)
        for item in recipient:
            if isinstance(item.value, str | int) and item.written != "":
                yield Metadata(place, item.name, item.written)
    for trouble in message.troubles:
        yield Problem(level.at() if inside else Whole(), trouble.code, trouble.message)
    missing = message.announced - len(message.attachments)
    if missing > 0:
        text = f"{message.announced} attachments are announced, {missing} of them are not there"
        yield Problem(level.at() if inside else Whole(), "members-missing", text)


def _property(place: Place, item: Property) -> Iterator[Part]:
    """A property: a subject is text, long text is in pieces."""
    if item.id == _SUBJECT:
        yield TextSpan(place, item.written, Role.TITLE)
        return
    written = item.written
    for start in range(0, len(written), _LONGEST):
        yield Metadata(place, item.name, written[start : start + _LONGEST])


def _bodies(level: _Level) -> Iterator[Part | Embedded]:
    properties = level.message.properties
    yield from _plain_body(level, find(properties, _BODY))
    yield from _html_body(level, find(properties, _HTML))
    packed = find(properties, _RTF)
    if packed is not None and isinstance(packed.value, bytes):
        yield from _rtf_body(level, packed.value)


def _plain_body(level: _Level, body: Property | None) -> Iterator[Part]:
    if body is None:
        return
    text, problem = _text(body.value, level.message.charset)
    yield from _doubt(level, 1, problem)
    yield from _spans(text, level.section(1))


def _html_body(level: _Level, page: Property | None) -> Iterator[Part | Embedded]:
    if page is None:
        return
    stated = code_page(integer_value(level.message.properties, _CODE_PAGE))
    text, problem = _text(page.value, stated or level.message.charset)
    yield from _doubt(level, 2, problem)
    yield from page_parts(text, level.section(2))


def _rtf_body(level: _Level, packed: bytes) -> Iterator[Part | Embedded]:
    rtf = unpacked_rtf(packed)
    if rtf.wrong != "":
        yield Problem(level.at(3), "section-damaged", rtf.wrong)
    read = rtf_text(rtf.data.rstrip(b"\0"))
    sort = "text/html" if read.is_html else "text/rtf"
    yield Metadata(level.at(3), "content type", sort)
    if read.is_html:
        yield from page_parts(read.text, level.section(3))
    else:
        yield from _spans(read.text, level.section(3))


def _spans(text: str, section: str) -> Iterator[Part]:
    for block in blocks_of((text,)):
        yield TextSpan(Chars(block.start, block.end, section), block.text)


def _doubt(level: _Level, number: int, problem: tuple[str, str] | None) -> Iterator[Part]:
    if problem is not None:
        yield Problem(level.at(number), *problem)


def _text(value: object, charset: str | None) -> tuple[str, tuple[str, str] | None]:
    if isinstance(value, bytes):
        return text_of(value.rstrip(b"\0"), charset)
    return str(value or ""), None


def _attachment(
    context: Context, counter: _Counter, level: _Level, number: int, attachment: Attachment
) -> Iterator[Part]:
    at = level.at(4, number)
    for item in attachment.properties:
        if item.written != "" and not (isinstance(item.value, bytes) and len(item.value) > 64):  # noqa: PLR2004 - pictures of icons and the content itself
            yield Metadata(at, item.name, item.written)
    if attachment.message is not None:
        return
    if attachment.beside != "":
        yield Metadata(at, "attached file", attachment.beside)
        return
    if len(attachment.streams) == 0:
        reason = attachment.reference or "the attachment holds nothing"
        code = "attachment-elsewhere" if attachment.reference != "" else "member-damaged"
        yield Problem(at, code, reason)
    for stream in attachment.streams:
        raw, name = _name(attachment, stream)
        stated = tuple((label, _said(attachment, number)) for label, number in _STATED)
        entry = Entry(at, counter.next(), Relation.ATTACHMENT, raw, name, stated)
        yield child_or_problem(context.children, entry, _content(stream))


def _content(stream: Stream) -> Iterator[bytes]:
    yield stream.open()


def _said(attachment: Attachment, number: int) -> str:
    found = find(attachment.properties, number)
    return "" if found is None else found.written


def _name(attachment: Attachment, stream: Stream) -> tuple[bytes, str]:
    """The name of an attached file, as its bytes stand in the store and as read."""
    if stream.raw_name != b"":
        return stream.raw_name, stream.raw_name.decode("utf-16-le", "replace")
    named = (find(attachment.properties, n) for n in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
    found = next((item for item in named if item is not None and item.written != ""), None)
    if found is None:
        return b"", ""
    stated = attachment.charset if found.type == STRING8 else "utf-16-le"
    codec = None if stated is None else codec_of(stated)
    try:
        return found.written.encode(codec or "cp1252"), found.written
    except UnicodeError:
        return found.written.encode("utf-8", "replace"), found.written
