"""AutoCAD drawings (.dwg): what is stated of them, and their preview. The drawing is not read.

    0x00  version "AC1015" …      0x0D  where the preview stands      0x13  code page
    0x20  from AC1018 on: where the properties stand; before, they follow DWGPROPS COOKIE

- From AC1021 on texts are UTF-16, before in the code page that the head names by a number.
- Dates are days of the Julian calendar and milliseconds, in a zone that is not stated.
- That lines and lettering are not read is said of every drawing.

Source: Open Design Alliance, "Open Design Specification for .dwg files" 5.4.1: §3 and §4 (heads),
§8 (summary information), §14 (preview); AutoCAD DXF reference, XRECORD and $DWGCODEPAGE.
"""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from muniment.core import Child, Field, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.code_pages import WESTERN, decode_page
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.office_art import bitmap_file
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.source import Source

_NOT_READ = "lines and lettering of the drawing are not read, only what is stated of it"
_HEAD = 0x30
_PREVIEW_AT, _PAGE_AT, _SUMMARY_AT = 0x0D, 0x13, 0x20
_SUMMARY_FROM, _WIDE_FROM = 1_018, 1_021
_LARGEST_SUMMARY = 1 << 20
_MOST_OWN = 10_000
_NAMES = (
    *("title", "subject", "author", "keywords", "comments"),
    *("last saved by", "revision", "hyperlink base"),
)
_MOMENT = struct.Struct("<II")
_UNIX_EPOCH_DAY = 2_440_588  # by the Julian day number
_DAYS = range(2_415_021, 5_373_485)  # of the years 1900 to 9999
_DAY_MS = 86_400_000
_COOKIE = b"DWGPROPS COOKIE"
_OLD_NAMES = MappingProxyType(
    {
        1: "hyperlink base",
        2: "title",
        3: "subject",
        4: "author",
        6: "comments",
        7: "keywords",
        8: "last saved by",
        9: "revision",
    }
)
_OWN = range(300, 310)
_NUMBERS = range(40, 60)
_OLD_HEAD = 5  # bytes before a text: group code, length, code page
_PAGES: dict[int, int] = {
    11: 437,
    12: 850,
    13: 852,
    14: 855,
    15: 857,
    16: 860,
    17: 861,
    18: 863,
    19: 864,
    20: 865,
    21: 869,
    22: 932,
    24: 950,
    25: 949,
    26: 1361,
    27: 866,
    28: 1250,
    29: 1251,
    30: 1252,
    31: 936,
    32: 1253,
    33: 1254,
    34: 1255,
    35: 1256,
    36: 1257,
    37: 874,
    38: 932,
    39: 936,
    40: 949,
    41: 950,
    42: 1361,
    44: 1258,
}
_SENTINEL = bytes.fromhex("1f256d07d4362828 9d57ca3f9d44102b")
_PICTURE = struct.Struct("<BII")
_BITMAP, _METAFILE, _PNG = 2, 3, 6
_LARGEST_PICTURE = 1 << 26
_MOST_PICTURES = 16


def read_drawing(source: Source, context: Context) -> Iterator[Part]:
    """The properties and the preview of a drawing.

    Raises:
        RefusedError: it has no preview, so nothing of what is drawn comes out.
    """
    head = source.read_at(0, _HEAD)
    yield from _properties(source, head)
    shown = False
    for part in _previews(source, head, context):
        shown = shown or isinstance(part, Child)
        yield part
    if not shown:
        raise RefusedError(_NOT_READ)
    yield Problem(Whole(), "drawing-not-read", _NOT_READ)


def _properties(source: Source, head: bytes) -> Iterator[Part]:
    digits = head[2:6]
    version = int(digits) if digits.isdigit() else 0
    if len(head) < _HEAD:
        return
    if version >= _SUMMARY_FROM:
        at = int.from_bytes(head[_SUMMARY_AT : _SUMMARY_AT + 4], "little")
        if 0 < at < source.size:
            summary = source.read_at(at, _LARGEST_SUMMARY)
            page = int.from_bytes(head[_PAGE_AT : _PAGE_AT + 2], "little")
            yield from _summary(summary, None if version >= _WIDE_FROM else _page(page))
    else:
        data = source.read_all() if source.size < _LARGEST_PICTURE else b""
        yield from _old_properties(data)


def _page(number: int) -> int:
    return _PAGES.get(number, WESTERN)


def _summary(data: bytes, page: int | None) -> Iterator[Part]:
    """The texts, the dates, and the properties that the author named."""
    at = 0
    for name in _NAMES:
        written, at = _text(data, at, page)
        if written != "":
            yield Metadata(Field(name), name, written)
    at += _MOMENT.size  # for how long it was open
    for name in ("created", "modified"):
        if at + _MOMENT.size > len(data):
            return
        written = _moment(*_MOMENT.unpack_from(data, at))
        at += _MOMENT.size
        if written != "":
            yield Metadata(Field(name), name, written)
    count = int.from_bytes(data[at : at + 2], "little")
    at += 2
    for number in range(1, min(count, _MOST_OWN) + 1):
        name, at = _text(data, at, page)
        written, at = _text(data, at, page)
        if name != "":
            yield Metadata(Field("own property", number), name, written)


def _text(data: bytes, at: int, page: int | None) -> tuple[str, int]:
    """A text with its length before it, and what follows it; empty where it breaks off."""
    length = int.from_bytes(data[at : at + 2], "little") * (2 if page is None else 1)
    raw = data[at + 2 : at + 2 + length]
    if page is None:
        return raw.decode("utf-16-le", "replace").partition("\0")[0], at + 2 + length
    return decode_page(raw.partition(b"\0")[0], page), at + 2 + length


def _moment(day: int, milliseconds: int) -> str:
    if day not in _DAYS or milliseconds >= _DAY_MS:
        return ""
    since = timedelta(days=day - _UNIX_EPOCH_DAY, milliseconds=milliseconds)
    return (datetime.fromtimestamp(0, UTC) + since).strftime("%Y-%m-%dT%H:%M:%S")


def _old_properties(data: bytes) -> Iterator[Part]:
    """Of an XRECORD behind the cookie: pairs of a group code and a value."""
    at = data.find(_COOKIE)
    if at < 0:
        return
    at += len(_COOKIE)
    for number in range(1, _MOST_OWN):
        code = int.from_bytes(data[at : at + 2], "little")
        if code in _NUMBERS:
            at += 10
            continue
        if (code not in _OLD_NAMES and code not in _OWN) or at + _OLD_HEAD > len(data):
            return
        length = int.from_bytes(data[at + 2 : at + 4], "little")
        text = decode_page(data[at + 5 : at + 5 + length], _page(data[at + 4]))
        at += 5 + length
        name, written = _OLD_NAMES.get(code, ""), text
        if code in _OWN:
            name, _, written = text.partition("=")
        if written != "":
            place = Field(name) if code in _OLD_NAMES else Field("own property", number)
            yield Metadata(place, name, written)


def _previews(source: Source, head: bytes, context: Context) -> Iterator[Part]:
    """The small pictures that stand in the drawing, as children."""
    at = int.from_bytes(head[_PREVIEW_AT : _PREVIEW_AT + 4], "little")
    listed = source.read_at(at, len(_SENTINEL) + 5 + _MOST_PICTURES * _PICTURE.size)
    if at == 0 or not listed.startswith(_SENTINEL) or len(listed) <= len(_SENTINEL) + 5:
        return
    count = min(listed[len(_SENTINEL) + 4], _MOST_PICTURES)
    body = listed[len(_SENTINEL) + 5 :][: count * _PICTURE.size]
    body = body[: len(body) // _PICTURE.size * _PICTURE.size]
    pictures = [one for one in _PICTURE.iter_unpack(body) if one[0] in (_BITMAP, _METAFILE, _PNG)]
    pictures = [one for one in pictures if 0 < one[2] < _LARGEST_PICTURE]
    if len(pictures) > 0:
        yield Tally(Whole(), "embedded", len(pictures))
    for index, (sort, start, size) in enumerate(pictures):
        entry = Entry(Member(index), index, Relation.THUMBNAIL, b"", "", (("what", "preview"),))
        yield child_or_problem(context.children, entry, _picture(source, sort, start, size))


def _picture(source: Source, sort: int, start: int, size: int) -> Iterator[bytes]:
    """A preview as a file of its own: drawings leave out the head that a bitmap has in files."""
    data = source.read_at(start, size)
    if len(data) < size:
        raise DamagedError("member-damaged", "the preview breaks off")
    yield bitmap_file(data) if sort == _BITMAP else data


DRAWING_FILE = Reader(name="drawing", version=1, media_types=("image/vnd.dwg",), read=read_drawing)
