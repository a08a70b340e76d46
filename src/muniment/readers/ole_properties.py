"""The document properties of an OLE file: title, author, times, and what its makers added.

    "␅SummaryInformation"            title, author, last saved by, times, counts
    "␅DocumentSummaryInformation"    company, manager …; its second section: custom properties

- Names are those that Office Open XML gives the same properties (docProps), so that an old and a
  new document answer the same question; each stands at `Field(name, n)`.
- Values are as stored: strings in the set's code page, times as UTC to the second where they are
  times at all, lists one Metadata an entry. Nothing is derived.
- A property that cannot be decoded is left out; a set that breaks off gives what stood before.

Source: [MS-OLEPS] §2; [MS-OSHARED] §2.3.3; names of docProps: ECMA-376 Part 1, §22.
"""

import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

import msgspec

from muniment.core import Field, Metadata, Part, Problem, Whole
from muniment.readers.code_pages import UTF16, WESTERN, decode_page
from muniment.readers.ole_file import OleFile
from muniment.readers.said_of_errors import said_of

SUMMARY = "\x05SummaryInformation"
HANGUL_SUMMARY = "\x05HwpSummaryInformation"
DOCUMENT_SUMMARY = "\x05DocumentSummaryInformation"

_SUMMARY_SET = UUID("f29f85e0-4ff9-1068-ab91-08002b27b3d9")
_DOCUMENT_SET = UUID("d5cdd502-2e9c-101b-9397-08002b2cf9ae")
_HANGUL_SET = UUID("9fa2b660-1061-11d4-b4c6-006097c09d8c")  # numbered as the summary set
_NAMES: Mapping[UUID, Mapping[int, str]] = MappingProxyType(
    {
        _SUMMARY_SET: MappingProxyType(
            {
                2: "title",
                3: "subject",
                4: "creator",
                5: "keywords",
                6: "description",
                7: "Template",
                8: "lastModifiedBy",
                9: "revision",
                10: "TotalTime",
                11: "lastPrinted",
                12: "created",
                13: "modified",
                14: "Pages",
                15: "Words",
                16: "Characters",
                18: "Application",
                19: "DocSecurity",
            }
        ),
        _DOCUMENT_SET: MappingProxyType(
            {
                2: "category",
                3: "PresentationFormat",
                4: "Bytes",
                5: "Lines",
                6: "Paragraphs",
                7: "Slides",
                8: "Notes",
                9: "HiddenSlides",
                10: "MMClips",
                13: "TitlesOfParts",
                14: "Manager",
                15: "Company",
                17: "CharactersWithSpaces",
                23: "AppVersion",
                26: "contentType",
                27: "contentStatus",
                28: "language",
                29: "version",
            }
        ),
    }
)
_CODE_PAGE, _DICTIONARY = 1, 0
_LANGUAGE, _BEHAVIOUR = 0x80000000, 0x80000003
_TOTAL_TIME, _APP_VERSION = "TotalTime", "AppVersion"
_MOST_SECTIONS = 16
_MOST_PROPERTIES = 4_096
_MOST_ENTRIES = 4_096
_LONGEST = 1 << 20
_FIRST_TIME = datetime(1601, 1, 1, tzinfo=UTC)
_FIRST_DATE = datetime(1899, 12, 30, tzinfo=UTC)  # OLE automation dates, [MS-OAUT] §2.2.25
_VECTOR, _VARIANT = 0x1000, 0x0C
_STRING, _WIDE, _BSTR, _FILE_TIME, _BOOLEAN, _DATE = 0x1E, 0x1F, 0x08, 0x40, 0x0B, 0x07
_CURRENCY = 0x06
_NUMBERS: Mapping[int, str] = MappingProxyType(
    {
        0x02: "<h",
        0x03: "<i",
        0x04: "<f",
        0x05: "<d",
        0x06: "<q",
        0x07: "<d",
        0x0B: "<h",
        0x10: "<b",
        0x11: "<B",
        0x12: "<H",
        0x13: "<I",
        0x14: "<q",
        0x15: "<Q",
        0x16: "<i",
        0x17: "<I",
        0x40: "<Q",
    }
)


class Property(msgspec.Struct, frozen=True):
    """One stated property: the set it is of, its number, its name, and its value as text."""

    of: UUID
    number: int
    name: str
    written: str


def ole_properties(ole: OleFile) -> Iterator[Part]:
    """What the property sets at the top of a compound file state, as Metadata; its own damage."""
    if ole.crosses:
        message = "its table of sectors leads to one sector twice: texts may stand in wrong places"
        yield Problem(Whole(), "directory-damaged", message)
    seen: dict[str, int] = {}
    for stream in (SUMMARY, DOCUMENT_SUMMARY, HANGUL_SUMMARY):
        data = ole.read(stream)
        if data is None:
            continue
        try:
            for stated in property_set(data):
                seen[stated.name] = nth = seen.get(stated.name, 0) + 1
                yield Metadata(Field(stated.name, nth), stated.name, stated.written)
        except (struct.error, ValueError, OverflowError) as why:
            message = f"{stream[1:]} breaks off ({said_of(why)})"
            yield Problem(Whole(), "properties-damaged", message)


def property_set(data: bytes) -> Iterator[Property]:
    """The properties in the bytes of a property set stream, in its order.

    Raises:
        struct.error, ValueError: it breaks off; what stood before has been yielded.
    """
    if len(data) == 0:
        return
    mark, _, _, _, count = struct.unpack_from("<HHI16sI", data)
    if mark != 0xFFFE:  # noqa: PLR2004 - the byte order that [MS-OLEPS] §2.21 fixes
        raise ValueError("no property set")
    for number in range(min(count, _MOST_SECTIONS)):
        identifier, start = struct.unpack_from("<16sI", data, 28 + number * 20)
        yield from _section(data, start, UUID(bytes_le=identifier))


def _section(data: bytes, start: int, of: UUID) -> Iterator[Property]:
    _, count = struct.unpack_from("<II", data, start)
    if count > _MOST_PROPERTIES:
        raise ValueError("more properties than any document has")
    pairs = [struct.unpack_from("<II", data, start + 8 + 8 * n) for n in range(count)]
    places = dict(reversed(pairs))
    page = _page(data, start, places.get(_CODE_PAGE))
    known = _NAMES.get(_SUMMARY_SET if of == _HANGUL_SET else of)
    names = {} if known is None else dict(known)
    if known is None and _DICTIONARY in places:
        names = _dictionary(data, start + places[_DICTIONARY], page)
    for number, offset in pairs:
        name = names.get(number)
        if name is None or number in (_DICTIONARY, _CODE_PAGE, _LANGUAGE, _BEHAVIOUR):
            continue
        for written in _values(data, start + offset, page):
            shown = written if known is None else _as_docprops(name, data, start + offset, written)
            if shown != "":
                yield Property(of, number, name, shown)


def _page(data: bytes, start: int, offset: int | None) -> int:
    if offset is None:
        return WESTERN
    kind, page = struct.unpack_from("<IH", data, start + offset)
    return int(page) if kind == 0x02 else WESTERN  # noqa: PLR2004 - [MS-OLEPS] §2.18.2: VT_I2


def _dictionary(data: bytes, at: int, page: int) -> dict[int, str]:
    """Custom names by number; a dictionary that breaks off gives what stood before."""
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    found: dict[int, str] = {}
    for _ in range(min(count, _MOST_ENTRIES)):
        if at + 8 > len(data):
            break
        number, length = struct.unpack_from("<II", data, at)
        size = length * 2 if page == UTF16 else length
        raw = data[at + 8 : at + 8 + min(size, _LONGEST)]
        found[number] = _text(raw, page)
        at += 8 + size
        if page == UTF16:
            at += -at % 4
    return found


def _values(data: bytes, at: int, page: int) -> Iterator[str]:
    """The value, or the entries of the list, that stand at `at`; nothing for kinds without text."""
    (kind,) = struct.unpack_from("<I", data, at)
    kind &= 0xFFFF
    if kind & _VECTOR == 0:
        yield from _one(data, at + 4, kind, page)[0]
        return
    (count,) = struct.unpack_from("<I", data, at + 4)
    at += 8
    for _ in range(min(count, _MOST_ENTRIES)):
        inner = kind & ~_VECTOR
        if inner == _VARIANT:
            (inner,) = struct.unpack_from("<I", data, at)
            at += 4
        found, taken = _one(data, at, inner & 0xFFFF, page)
        if taken == 0:
            return  # an entry whose length is not known hides all that follow
        yield from found
        # [MS-OLEPS] §2.14 pads entries of a vector to four bytes; strings of it are unpadded
        # in what Office writes for code pages other than UTF-16.
        at += taken + (-taken % 4 if inner not in (_STRING, _BSTR) or page == UTF16 else 0)


def _one(data: bytes, at: int, kind: int, page: int) -> tuple[tuple[str, ...], int]:
    """The text of a scalar, and how many bytes it takes; nothing for kinds without text."""
    if kind in (_STRING, _BSTR, _WIDE):
        (length,) = struct.unpack_from("<I", data, at)
        size = length * 2 if kind == _WIDE else length
        if size > _LONGEST:
            raise ValueError("a property longer than any text")
        raw = data[at + 4 : at + 4 + size]
        return (_text(raw, UTF16 if kind == _WIDE else page),), 4 + size
    layout = _NUMBERS.get(kind)
    if layout is None:
        return (), 0
    (number,) = struct.unpack_from(layout, data, at)
    return (_number(kind, number),), struct.calcsize(layout)


def _text(raw: bytes, page: int) -> str:
    return decode_page(raw, page).partition("\0")[0].strip()


def _number(kind: int, number: float) -> str:
    if kind == _FILE_TIME:
        return _file_time(int(number))
    if kind == _BOOLEAN:
        return "true" if number != 0 else "false"
    if kind == _CURRENCY:
        return f"{int(number) / 10_000:.4f}"
    if kind == _DATE:
        return _moment(_FIRST_DATE, number * 86_400)
    return str(number)


def _file_time(ticks: int) -> str:
    """UTC to the second; empty for the zero that stands for "never"."""
    return "" if ticks == 0 else _moment(_FIRST_TIME, ticks // 10_000_000)


def _moment(since: datetime, seconds: float) -> str:
    try:
        moment = since + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return ""  # beyond the calendar
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _as_docprops(name: str, data: bytes, at: int, written: str) -> str:
    """Two values in the spelling of docProps: minutes, and a version in one number."""
    if name == _TOTAL_TIME:
        # A length in a type that is for moments ([MS-OSHARED] §2.3.3.2.1.1).
        kind, ticks = struct.unpack_from("<IQ", data, at)
        return str(ticks // 600_000_000) if kind == _FILE_TIME else written
    if name == _APP_VERSION and written.isdecimal():
        return f"{int(written) >> 16}.{int(written) & 0xFFFF:04d}"
    return written
