"""The stream of a worksheet part, cut into what stands before, in and after its rows.

- Every byte comes out once, in order: rows one at a time without their `</row>`, all else as it
  is. Where rows cannot be told apart by bytes alone (another encoding, a prefix), the rest comes
  out as it is. A comment may hold what looks like rows: it is for whoever reads them to see it.
"""

import re
from collections.abc import Iterator
from typing import IO

import msgspec

_BLOCK = 1 << 18
_MOST_HEAD = 1 << 22
_LARGEST_ROW = 1 << 23
_END_ROW = b"</row>"
_BEGIN = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*(?:<\?xml version="1\.0"(?: encoding="(?:UTF-8|utf-8)")?'
    rb'(?: standalone="(?:yes|no)")?\s*\?>)?\s*<worksheet[ >]'
)


class Row(msgspec.Struct, frozen=True):
    """The bytes of one row (and of empty ones before it), without `</row>`."""

    data: bytes


class Rest(msgspec.Struct, frozen=True):
    """Bytes that are not one row."""

    data: bytes


def pieces(stream: IO[bytes]) -> Iterator[Row | Rest]:
    """The stream in pieces; what cannot be unpacked is raised after what could."""
    buffer = b""
    while b"<sheetData>" not in buffer and len(buffer) < _MOST_HEAD:
        block = stream.read(_BLOCK)
        if len(block) == 0:
            break
        buffer += block
    head, data, buffer = buffer.partition(b"<sheetData>")
    yield Rest(head + data)
    if data == b"" or _BEGIN.match(head) is None or b"<!" in head:
        yield from _as_it_is(buffer, stream)
        return
    yield from _rows(buffer, stream)


def _as_it_is(buffer: bytes, stream: IO[bytes]) -> Iterator[Rest]:
    while len(buffer) > 0:
        yield Rest(buffer)
        buffer = stream.read(_BLOCK)


def _rows(buffer: bytes, stream: IO[bytes]) -> Iterator[Row | Rest]:
    ended = False
    while not ended:
        block = stream.read(_BLOCK)
        ended = len(block) == 0
        buffer += block
        last = buffer.rfind(_END_ROW)
        end = buffer.find(b"</sheetData")
        if end >= 0:
            last = buffer.rfind(_END_ROW, 0, end)
        if last < 0 and len(buffer) > _LARGEST_ROW:
            break
        if last >= 0:
            yield from map(Row, buffer[:last].split(_END_ROW))
            buffer = buffer[last + len(_END_ROW) :]
        if end >= 0:
            break
    yield from _as_it_is(buffer, stream)
