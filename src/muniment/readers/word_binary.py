"""Binary Word documents (.doc of Word 2 to 2003): text, changes, comments, pictures, objects.

- Text stands at `Chars` in the document's own character positions (CP, [MS-DOC] §2.2.1): the
  numbers that Word itself counts with, over main text, footnotes, headers, comments, endnotes and
  text boxes in that order. They are UTF-16 code units; in Word 6 and 95, bytes of the text.
- A locked document is opened with the keys at hand; places are then those of the opened text.
- Saved-by history, authors of changes and of comments are stated as the file has them.
"""

import struct
from collections.abc import Iterator, Mapping
from functools import partial

import msgspec

from muniment.core import Chars, Field, Metadata, Part, Place, Problem, Whole
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.office_art import Blip, blips_in
from muniment.readers.ole_file import OleFile, open_ole
from muniment.readers.ole_objects import objects_in
from muniment.readers.ole_properties import ole_properties
from muniment.readers.reader import Context, Reader
from muniment.readers.source import Source
from muniment.readers.vba_project import macros
from muniment.readers.word_binary_cipher import opened
from muniment.readers.word_binary_layout import (
    COMMENT_DATES,
    COMMENT_OWNERS,
    COMMENT_REFERENCES,
    COMMENT_TEXTS,
    DRAWINGS,
    REVISION_AUTHORS,
    SAVED_BY,
    WORD_97,
    Layout,
    layout_of,
)
from muniment.readers.word_binary_runs import runs_of
from muniment.readers.word_binary_stories import (
    MarkedText,
    marked_text,
    moment,
    spans_of,
    stories_of,
)
from muniment.readers.word_binary_styles import styled
from muniment.readers.word_binary_text import pieces_of, text_of
from muniment.readers.word_list_numbers import list_numbers

WORD = "application/msword"

_POOL = "ObjectPool"
_PICTURE = "\x01"
_MOST_STRINGS = 1 << 16
_REFERENCE = 30  # bytes of an ATRDPre10
_DATED = 18  # bytes of an AtrdExtra
_COMMENT_STORY = 4
_LINKED = 0x66  # MM_SHAPEFILE: a picture whose name comes first


class _Streams(msgspec.Struct, frozen=True):
    """The streams of a document, decrypted where they were encrypted."""

    document: bytes
    table: bytes
    data: bytes


def read_word_binary(source: Source, context: Context) -> Iterator[Part]:
    """The text, changes, comments, properties and embedded files of a document."""
    if source.read_at(0, 4) != b"\xd0\xcf\x11\xe0":
        document = source.read_all()
        yield from _text(layout_of(document), _Streams(document, document, b""))[0]
        return
    ole = open_ole(source)
    yield from ole_properties(ole)
    document = ole.read("WordDocument") or b""
    layout = layout_of(document)
    table = document if layout.version != WORD_97 else ole.read(layout.table) or b""
    streams = _Streams(document, table, ole.read("Data") or b"")
    if layout.encrypted:
        streams = _Streams(*opened(layout, msgspec.structs.astuple(streams), context.keys))
        layout = layout_of(streams.document)
    if layout.version == WORD_97 and len(table) == 0:
        yield Problem(Whole(), "part-missing", f"the stream {layout.table} is missing")
    yield from _saved_by(layout, streams.table)
    parts, pictures = _text(layout, streams)
    yield from parts
    yield from macros(ole)
    yield from embedded([*_objects(ole, pictures), *_pictures(layout, streams, pictures)], context)


Pictures = Mapping[int, Place]


def _text(layout: Layout, streams: _Streams) -> tuple[Iterator[Part], Pictures]:
    """The parts of the text, and where in it which picture or object stands."""
    pieces = pieces_of(layout, streams.table)
    text, whole = text_of(pieces, streams.document, layout.page)
    runs = runs_of(layout, streams.table, streams.document)
    runs = styled(runs, layout, streams.table, streams.document)
    marked = marked_text(text, pieces, runs, layout.version)
    numbers = list_numbers(layout, streams.table, streams.document, text, pieces)
    return _parts(layout, streams.table, marked, numbers, whole=whole), _anchors(marked)


def _parts(
    layout: Layout, table: bytes, marked: MarkedText, numbers: Mapping[int, str], *, whole: bool
) -> Iterator[Part]:
    authors = strings_in(layout.slice_of(REVISION_AUTHORS, table))
    for story in stories_of(layout, table, len(marked.text)):
        yield from spans_of(marked, story, authors, numbers)
    yield from _comment_authors(layout, table, len(marked.text))
    if not whole:
        message = "the text breaks off before the length that the document announces"
        yield Problem(Whole(), "text-missing", message)


def _anchors(marked: MarkedText) -> dict[int, Place]:
    found: dict[int, Place] = {}
    for start, end, marks in marked.marks:
        if marks.picture is not None and (marks.special or marks.is_object):
            found.setdefault(marks.picture, Chars(start, end))
    return found


def strings_in(table: bytes) -> tuple[str, ...]:
    """The strings of an STTB of UTF-16 strings ([MS-DOC] §2.2.4); empty where it is none."""
    if len(table) < 6 or table[:2] != b"\xff\xff":  # noqa: PLR2004 - its head
        return ()
    count, extra = struct.unpack_from("<HH", table, 2)
    found: list[str] = []
    at = 6
    for _ in range(min(count, _MOST_STRINGS)):
        if at + 2 > len(table):
            break
        size = 2 * int.from_bytes(table[at : at + 2], "little")
        found.append(table[at + 2 : at + 2 + size].decode("utf-16-le", "replace"))
        at += 2 + size + extra
    return tuple(found)


def _saved_by(layout: Layout, table: bytes) -> Iterator[Metadata]:
    """Who saved the document where, the last ten times ([MS-DOC] §2.9.286)."""
    strings = strings_in(layout.slice_of(SAVED_BY, table))
    for nth, (author, path) in enumerate(zip(strings[::2], strings[1::2], strict=False), start=1):
        yield Metadata(Field("saved by", nth), "saved by", f"{author} {path}".strip())


def _comment_authors(layout: Layout, table: bytes, length: int) -> Iterator[Metadata]:
    """Who wrote which comment, at the comment's text."""
    texts = layout.slice_of(COMMENT_TEXTS, table)
    references = layout.slice_of(COMMENT_REFERENCES, table)
    count = min((len(references) - 4) // (4 + _REFERENCE), len(texts) // 4 - 1)
    if count < 1 or layout.version != WORD_97:
        return
    owners = _owners(layout.slice_of(COMMENT_OWNERS, table))
    dates = layout.slice_of(COMMENT_DATES, table)
    head = (len(references) - 4) // (4 + _REFERENCE) * 4 + 4
    story = sum(layout.lengths[:_COMMENT_STORY])
    for number in range(count):
        (owner,) = struct.unpack_from("<H", references, head + number * _REFERENCE + 20)
        initials = _initials(references[head + number * _REFERENCE :])
        start, end = struct.unpack_from("<II", texts, 4 * number)
        (dttm,) = struct.unpack_from(
            "<I", dates.ljust((number + 1) * _DATED, b"\0"), number * _DATED
        )
        owned = owners[owner] if owner < len(owners) else ""
        by = " ".join(said for said in (owned, initials, moment(dttm)) if said != "")
        if by != "" and start <= end and story + end <= length:
            yield Metadata(Chars(story + start, story + end), "comment by", by)


def _initials(reference: bytes) -> str:
    """The initials in an ATRDPre10, in brackets; empty where there are none."""
    length = min(int.from_bytes(reference[:2], "little"), 9)
    initials = reference[2 : 2 + 2 * length].decode("utf-16-le", "replace")
    return "" if initials == "" else f"({initials})"


def _owners(table: bytes) -> tuple[str, ...]:
    found: list[str] = []
    at = 0
    while at + 2 <= len(table) and len(found) < _MOST_STRINGS:
        size = 2 * int.from_bytes(table[at : at + 2], "little")
        found.append(table[at + 2 : at + 2 + size].decode("utf-16-le", "replace"))
        at += 2 + size
    return tuple(found)


def _pool(ole: OleFile) -> dict[int, str]:
    """The storages of embedded objects by the number that the text refers to them with."""
    names = (path[-1] for path in ole.within(_POOL))
    return {int(name[1:]): name for name in names if name[:1] == "_" and name[1:].isdecimal()}


def _objects(ole: OleFile, anchors: Pictures) -> Iterator[Found]:
    numbers = {name: number for number, name in _pool(ole).items()}
    for path in ole.within(_POOL):
        number = numbers.get(path[-1], -1)
        at = anchors.get(number, Field("/".join(path)))
        if not ole.is_stream(*path):
            yield from objects_in(ole, path, at)


def _pictures(layout: Layout, streams: _Streams, anchors: Pictures) -> Iterator[Found]:
    """Pictures in the line of text, then those of drawings, which stand nowhere in particular."""
    number = 0
    for offset, at in sorted(anchors.items(), key=lambda pair: pair[0]):
        for blip in _inline(streams.data, offset):
            number += 1
            yield _found(blip, at, number)
    drawings = layout.slice_of(DRAWINGS, streams.table)
    for blip in blips_in(drawings, 0, len(drawings), streams.document):
        number += 1
        yield _found(blip, Whole(), number)


def _inline(data: bytes, offset: int) -> Iterator[Blip]:
    """The pictures of a PICFAndOfficeArtData ([MS-DOC] §2.9.192)."""
    if offset + 8 > len(data):
        return
    length, head, mode = struct.unpack_from("<IHH", data, offset)
    start = offset + head
    if mode == _LINKED and start < len(data):
        start += 1 + data[start]
    yield from blips_in(data, start, min(len(data), offset + length))


def _found(blip: Blip, at: Place, number: int) -> Found:
    stated = () if blip.made == "" else (("made", blip.made),)
    name = blip.name or f"picture {number}.{blip.kind}"
    return Found(
        at,
        name,
        partial(blip.data),
        stated=stated,
        packed_size=blip.packed_size,
        named_here=blip.name == "",
    )


WORD_BINARY = Reader(
    name="word-binary", version=3, media_types=(WORD,), read=read_word_binary, takes_keys=True
)
