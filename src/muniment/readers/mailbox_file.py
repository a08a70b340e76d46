"""Mailboxes in mbox form: every message is a child, with its exact bytes.

- A message begins at a line `From ` that stands first or after an empty line, and that ends in a
  time and a year (RFC 4155) or is followed by a header; its bytes run up to the empty line that
  stands before the next one, or to the end.
- The `From ` line is stated with the child; `>From` quoting is left as it stands, since nobody can
  know which lines had it before.
"""

import re
from collections.abc import Iterator

from muniment.core import Member, Part, Relation, Tally, Whole
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

_HEADER_LINE = re.compile(rb"[!-9;-~]+[ \t]*:|>From |[ \t]+\S")
_DATED_LINE = re.compile(rb"From \S+.*\d\d:\d\d.*\d{4}")
_LONGEST_LINE = 1 << 20


def read_mailbox(source: Source, context: Context) -> Iterator[Part]:
    """The messages of a mailbox."""
    starts = list(_starts(source))
    yield Tally(Whole(), "messages", len(starts))
    if len(starts) == 0:
        raise UnreadableError("no message begins in it")
    ends = [start for start, _, _ in starts[1:]] + [source.size]
    for index, ((_, line, body), end) in enumerate(zip(starts, ends, strict=True)):
        entry = Entry(
            at=Member(index),
            index=index,
            relation=Relation.MEMBER,
            raw_name=b"",
            name="",
            stated=(("from line", line.decode("latin-1")), ("offset", str(body))),
        )
        yield child_or_problem(
            context.children, entry, source.blocks(body, _end_of_message(source, body, end))
        )


def _starts(source: Source) -> Iterator[tuple[int, bytes, int]]:
    """Where each From line begins, the line, and where the message after it begins."""
    waiting: tuple[int, bytes, int] | None = None
    position = 0
    after_blank = True
    with source.stream() as stream:
        while len(line := stream.readline(_LONGEST_LINE)) > 0:
            end = position + len(line)
            if waiting is not None and _begins_message(waiting[1], line):
                yield waiting
            waiting = None
            if after_blank and line.startswith(b"From "):
                waiting = (position, line.rstrip(b"\r\n"), end)
            after_blank = line in (b"\n", b"\r\n")
            position = end


def _end_of_message(source: Source, body: int, end: int) -> int:
    """Where the message ends: an empty line after it belongs to the mailbox (RFC 4155, app. A)."""
    tail = source.read_at(max(body, end - 4), min(4, end - body))
    if tail.endswith(b"\r\n\r\n"):
        return end - 2
    return end - 1 if tail.endswith(b"\n\n") else end


def _begins_message(from_line: bytes, next_line: bytes) -> bool:
    """Whether a From line opens a message: it ends in a time and a year, or a header follows."""
    dated = _DATED_LINE.match(from_line) is not None
    return dated or _HEADER_LINE.match(next_line) is not None


MAILBOX_FILE = Reader(name="mbox", version=2, media_types=("application/mbox",), read=read_mailbox)
