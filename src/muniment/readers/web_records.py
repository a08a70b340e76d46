"""Web captures (WARC, ARC): the files that were fetched, each with the headers of its record.

    WARC/1.1 CR LF  name: value CR LF …  CR LF  block  CR LF CR LF  next record
    URL IP date type length LF  block  LF  next record                              (ARC)

- A response gives its body as the browser got it: chunks joined, gzip and deflate undone.
- Each record is a member by its position; records without a body of their own are stated.
- A record whose length leads past the end is damaged; the walk goes on where the next one begins.

Source: ISO 28500:2017; Internet Archive, ARC file format; RFC 9112 §7.1.
"""

import re
import zlib
from collections.abc import Iterator

import msgspec

from muniment.core import Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.source import Source

_HEAD = 1 << 16
_BLOCK = 1 << 18
_MOST_RECORDS = 1_000_000
_START = re.compile(rb"WARC/\d\.\d\r?\n")
_ARC_LINE = re.compile(
    rb"([a-z][a-z0-9+.-]{1,20}:[^ \r\n]+) \S+ (\d{8,14}) (\S+) (?:.* )?(\d+)\r?\n"
)
_BLANK = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,12})[^\r\n]*\r?\n")
_WITH_FILE = ("response", "resource", "conversion", "arc")
_LONGEST_STATED = 500


class Record(msgspec.Struct, frozen=True):
    """One record: its headers, and where its block lies."""

    kind: str
    name: bytes
    headers: tuple[tuple[str, str], ...]
    start: int
    end: int
    is_whole: bool


def read_web_records(source: Source, context: Context) -> Iterator[Part]:
    """The fetched files of a capture."""
    records = list(_records(source))
    files = [record for record in records if record.kind in _WITH_FILE]
    yield Tally(Whole(), "members", len(files))
    yield Tally(Whole(), "other records", len(records) - len(files))
    for index, record in enumerate(records):
        if record.kind not in _WITH_FILE:
            yield Metadata(Member(index), record.kind, record.name.decode("utf-8", "replace"))
            continue
        if not record.is_whole:
            yield Problem(Member(index), "member-damaged", "a record ends behind the end")
            continue
        headers, body, length = _http(source, record)
        entry = Entry(
            at=Member(index),
            index=index,
            relation=Relation.MEMBER,
            raw_name=record.name,
            name=record.name.decode("utf-8", "replace"),
            stated=(*record.headers, *headers),
            packed_size=length,
        )
        yield child_or_problem(context.children, entry, body)


def _records(source: Source) -> Iterator[Record]:
    at = 0
    for _ in range(_MOST_RECORDS):
        head = source.read_at(at, _HEAD)
        blank = len(head) - len(head.lstrip(b"\r\n"))
        if blank == len(head):
            return
        at += blank
        record = _record(head[blank:], at, source.size)
        if record is None:
            following = _next(source, at + 1)
            if following is None:
                return
            at = following
            continue
        yield record
        at = record.end if record.is_whole else _next(source, record.start) or source.size


def _record(head: bytes, at: int, size: int) -> Record | None:
    arc = _ARC_LINE.match(head)
    if arc is not None:
        start = at + arc.end()
        end = start + int(arc[4])
        kind = "filedesc" if arc[1].startswith(b"filedesc:") else "arc"
        stated = (("date", arc[2].decode()), ("type", arc[3].decode("latin-1")))
        return Record(kind, arc[1], stated, start, min(end, size), end <= size)
    first, blank = _START.match(head), _BLANK.search(head)
    if first is None or blank is None:
        return None
    headers = _fields(head[first.end() : blank.start()])
    found = {name.lower(): written for name, written in headers}
    length = found.get("content-length", "")
    if not length.isdigit() or len(length) > 15:  # noqa: PLR2004 - petabytes
        return None
    start = at + blank.end()
    end = start + int(length)
    name = found.get("warc-target-uri", "").strip("<>").encode()
    kind = found.get("warc-type", "record")
    return Record(kind, name, headers, start, min(end, size), end <= size)


def _next(source: Source, start: int) -> int | None:
    """Where the next WARC record begins; ARC has no sign to look for."""
    for at in range(start, source.size, _BLOCK):
        found = _START.search(source.read_at(at, _BLOCK + 16))
        if found is not None:
            return at + found.start()
    return None


def _fields(block: bytes) -> tuple[tuple[str, str], ...]:
    pairs = []
    for line in block.decode("utf-8", "replace").splitlines():
        name, colon, written = line.partition(":")
        if colon != "" and name.strip() == name:
            pairs.append((name, written.strip()[:_LONGEST_STATED]))
    return tuple(pairs)


def _http(
    source: Source, record: Record
) -> tuple[tuple[tuple[str, str], ...], Iterator[bytes], int]:
    """The headers of a fetched file, its body as it was shown, and how many bytes that takes."""
    head = source.read_at(record.start, min(_HEAD, record.end - record.start))
    blank = _BLANK.search(head)
    if not head.startswith(b"HTTP/") or blank is None:
        return (), source.blocks(record.start, record.end), record.end - record.start
    line, _, rest = head[: blank.start()].partition(b"\n")
    headers = (("status", line.decode("latin-1").strip()), *_fields(rest))
    found = {name.lower(): written.lower() for name, written in headers}
    start = record.start + blank.end()
    body = source.blocks(start, record.end)
    if found.get("transfer-encoding") == "chunked":
        body = _joined(source, start, record.end)
    if found.get("content-encoding") in ("gzip", "x-gzip", "deflate"):
        body = _inflated(body)
    return headers, body, record.end - start


def _joined(source: Source, at: int, end: int) -> Iterator[bytes]:
    """The chunks of a body, joined; a body that is said to be chunked and is not, as it stands."""
    first = True
    while at < end:
        match = _CHUNK.match(source.read_at(at, min(64, end - at)))
        if match is None:
            if not first:
                raise DamagedError("member-damaged", "a chunk of the body has no length")
            yield from source.blocks(at, end)
            return
        first = False
        start, length = at + match.end(), int(match[1], 16)
        if length == 0:
            return
        yield from source.blocks(start, min(start + length, end))
        at = start + length
        at += len(source.read_at(at, 2)) - len(source.read_at(at, 2).lstrip(b"\r\n"))


def _inflated(body: Iterator[bytes]) -> Iterator[bytes]:
    """Gzip or zlib; a body that is said to be packed and is not comes as it stands."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    first = True
    for block in body:
        data = block
        if first and data[:2] != b"\x1f\x8b" and data[:1] != b"\x78":
            yield data
            yield from body
            return
        first = False
        while len(data) > 0 and not unpacker.eof:
            yield unpacker.decompress(data, _BLOCK)
            data = unpacker.unconsumed_tail


WEB_RECORDS = Reader(
    name="web-records",
    version=1,
    media_types=("application/warc", "application/x-internet-archive"),
    read=read_web_records,
)
