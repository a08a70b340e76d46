"""Mailboxes in one file: every message is a child, with its exact bytes.

| dialect | a message begins | its end |
|---|---|---|
| mboxo, mboxrd | at `From ` with a time and year, or between empty line and header | the next |
| mboxcl, mboxcl2 | the same | where every message states its Content-Length: there |
| MMDF, Foxmail | after a line of four bytes 01, or of Foxmail's marks | the next such line |

- The line break before the next `From ` line belongs to the mailbox (RFC 4155, appendix A).
- The `From ` line is stated with the child, and by itself so that it is searched; `>From` quoting
  is left as it stands, since nobody can know which lines had it before.
- As many messages as begin are announced, and each comes out or is a Problem.
"""

import re
from collections.abc import Iterator

import msgspec

from muniment.core import Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.mail_shape import begins_like_mail
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

_WINDOW = 1 << 22
_LONGEST_FROM = 1 << 10
_AHEAD = 2 * _LONGEST_FROM
_LONGEST_HEADER = 1 << 20
_FROM = re.compile(rb"(?:^|(?<=\n)|(?<=\r))From [^\r\n]*")
_DATED = re.compile(rb"From [^\r\n]*\d\d:\d\d[^\r\n]*(?<!\d)(?:19|20)\d\d")
_NEXT = re.compile(rb"(?:\r\n|\r|\n)(?:>?From |[!-9;-~]+[ \t]*:)")
_NEXT_BLANK = re.compile(rb"(?:\r\n|\r|\n)(?:\r|\n|\Z)|\Z")
_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*(\d{1,15})[ \t]*\r?$")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_MMDF = b"\x01\x01\x01\x01"
_FOXMAIL = b"\x10" * 7 + b"\x11" * 6 + b"S"


class _Start(msgspec.Struct, frozen=True):
    """Where a From line begins, the line, and where the message after it begins."""

    at: int
    line: bytes
    body: int


def read_mailbox(source: Source, context: Context) -> Iterator[Part]:
    """The messages of a mailbox."""
    starts = list(_starts(source))
    yield Tally(Whole(), "messages", len(starts))
    if len(starts) == 0:
        raise UnreadableError("no message begins in it")
    if any(not block.isspace() for block in source.blocks(0, starts[0].at)):
        message = f"{starts[0].at} bytes stand before the first message"
        yield Problem(Whole(), "bytes-outside", message)
    ends = [start.at for start in starts[1:]] + [source.size]
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        stop = _end_of_message(source, start.body, end)
        stated = (("from line", start.line.decode("latin-1")), ("offset", str(start.body)))
        entry = Entry(Member(index), index, Relation.MEMBER, b"", "", stated)
        yield Metadata(Member(index), "from line", start.line.decode("latin-1"))
        yield child_or_problem(context.children, entry, source.blocks(start.body, stop))


def _starts(source: Source) -> Iterator[_Start]:
    by_length = _by_length(source)
    return _candidates(source) if by_length is None else iter(by_length)


def _candidates(source: Source) -> Iterator[_Start]:
    """The lines that begin a message, found a window at a time."""
    offset = 0
    while offset < source.size:
        # A window knows the four bytes before it, and enough behind it to end a From line.
        before = min(offset, 4)
        data = source.read_at(offset - before, before + _WINDOW + _AHEAD)
        for match in _FROM.finditer(data, 0 if offset == 0 else before):
            at = offset - before + match.start()
            if at >= offset + _WINDOW:
                break
            if _begins(data, match, first=at == 0):
                line = match[0][:_LONGEST_FROM]
                yield _Start(at, line, at + len(match[0]) + _break_at(data, match.end()))
        offset += _WINDOW


def _begins(data: bytes, match: re.Match[bytes], *, first: bool) -> bool:
    """Whether a line opens a message: two of a time, an empty line before, a header after."""
    dated = _DATED.match(match[0]) is not None
    followed = _NEXT.match(data, match.end()) is not None
    blank = first or data[: match.start()].endswith((b"\n\n", b"\n\r\n", b"\r\r", b"\r\n\r\n"))
    if not dated:
        return blank and followed
    return followed or (blank and (first or _NEXT_BLANK.match(data, match.end()) is not None))


def _break_at(data: bytes, at: int) -> int:
    """How long the line break is that stands at `at`."""
    if data[at : at + 2] == b"\r\n":
        return 2
    return 1 if data[at : at + 1] in (b"\r", b"\n") else 0


def _by_length(source: Source) -> list[_Start] | None:
    """The messages as their Content-Length says, where all do and all are right."""
    starts: list[_Start] = []
    position = 0
    while position < source.size:
        head = source.read_at(position, 1 << 13)
        match = _FROM.match(head)
        if match is None:
            return None
        body = position + len(match[0]) + _break_at(head, match.end())
        length = _stated_length(source, body)
        if length is None or body + length > source.size:
            return None
        starts.append(_Start(position, match[0][:_LONGEST_FROM], body))
        position = body + length
        blank = source.read_at(position, 4)
        position += len(blank) - len(blank.lstrip(b"\r\n"))
    return starts if len(starts) > 0 else None


def _stated_length(source: Source, at: int) -> int | None:
    """The length of header and body together, by the header's Content-Length."""
    header = source.read_at(at, 1 << 13)
    ended = _HEADER_END.search(header)
    if ended is None:
        header = source.read_at(at, _LONGEST_HEADER)
        ended = _HEADER_END.search(header)
    stated = None if ended is None else _LENGTH.search(header, 0, ended.start() + 2)
    return None if ended is None or stated is None else ended.end() + int(stated[1])


def _end_of_message(source: Source, body: int, end: int) -> int:
    """Where the message ends: an empty line after it belongs to the mailbox."""
    tail = source.read_at(max(body, end - 4), min(4, end - body))
    if tail.endswith(b"\r\n\r\n"):
        return end - 2
    return end - 1 if tail.endswith((b"\n\n", b"\r\r")) else end


def read_marked(source: Source, context: Context) -> Iterator[Part]:
    """The messages between lines of marks."""
    marks = list(_marks(source))
    ends = [at for at, _ in marks[1:]] + [source.size]
    pairs = zip(marks, ends, strict=False)  # without a mark there is one end too many
    spans = [(after, end) for (_, after), end in pairs if _is_message(source, after, end)]
    yield Tally(Whole(), "messages", len(spans))
    for index, (start, end) in enumerate(spans):
        entry = Entry(Member(index), index, Relation.MEMBER, b"", "", (("offset", str(start)),))
        yield child_or_problem(context.children, entry, source.blocks(start, end))
    if len(spans) == 0:
        raise UnreadableError("no message begins in it")


def _marks(source: Source) -> Iterator[tuple[int, int]]:
    """Where each line of marks begins, and where the line after it does."""
    position = 0
    with source.stream() as stream:
        while len(line := stream.readline(_LONGEST_HEADER)) > 0:
            if line.rstrip(b"\r\n") in (_MMDF, _FOXMAIL):
                yield position, position + len(line)
            position += len(line)


def _is_message(source: Source, start: int, end: int) -> bool:
    return any(not block.isspace() for block in source.blocks(start, end))


def _is_mmdf(head: bytes) -> bool:
    rest = head[len(_MMDF) :].lstrip(b"\r\n")
    return head.startswith((_MMDF + b"\n", _MMDF + b"\r\n")) and (
        begins_like_mail(rest) or rest.startswith(b"From ")
    )


def _is_foxmail(head: bytes) -> bool:
    return head.startswith((_FOXMAIL + b"\r", _FOXMAIL + b"\n"))


def _is_mailbox(head: bytes) -> bool:
    """A mailbox may hold bytes that are no text; its first line and header say what it is."""
    match = _FROM.match(head.lstrip(b"\r\n"))
    if match is None:
        return False
    rest = head.lstrip(b"\r\n")[match.end() :].lstrip(b"\r\n")
    return begins_like_mail(rest) and _DATED.match(match[0]) is not None


MAILBOX_FILE = Reader(
    name="mbox",
    version=4,
    media_types=("application/mbox",),
    read=read_mailbox,
    recognises=_is_mailbox,
    begins=rb"[\r\n]*From ",
)
MMDF_FILE = Reader(
    name="mmdf",
    version=1,
    media_types=("application/x-mmdf",),
    read=read_marked,
    recognises=_is_mmdf,
    begins=_MMDF,
)
FOXMAIL_BOX = Reader(
    name="foxmail",
    version=1,
    media_types=("application/x-foxmail",),
    read=read_marked,
    recognises=_is_foxmail,
    begins=_FOXMAIL,
)
