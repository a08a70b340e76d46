"""dBase and FoxPro tables (.dbf): every record, deleted ones too, which are marked as hidden.

- A cell stands at the record's position in the file and its field; it holds what is written
  without the blanks around it.
- The code page byte says how letters are encoded; where it says nothing, the letters do.
- Memos are in another file (.dbt, .fpt): what points there is counted.

Source: dBase III PLUS and dBase 7 table file formats; Microsoft, Visual FoxPro table structure.
"""

import datetime as dt
import re
import struct
from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType

import msgspec

from muniment.core import Cell, CellArea, CellKind, Field, Metadata, Part, Problem, Whole
from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.plain_text import encoding_parts
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.table_rows import CellCount, column_parts

_VERSIONS = frozenset(
    (0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8C, 0x8E, 0xCB, 0xF5, 0xFB)
)
_TYPES = b"CNFDLMIBYT@+OGPVQ0W"
_MEMOS = ("M", "G", "P", "W")
_DELETED = 0x2A
_END = 0x1A
_LEVEL_7 = 4  # the low three bits of the version
_SAMPLE = 2_000  # records that the encoding is chosen from
_JULIAN_EPOCH = 1_721_425  # the day before day 1 of the year 1
_DAY_MS = 86_400_000
# Language drivers, as FoxPro and BDE number them.
_CODE_PAGES: Mapping[int, str] = MappingProxyType(
    {
        **dict.fromkeys((0x01, 0x09, 0x0B, 0x0D, 0x0F, 0x11, 0x15, 0x18, 0x19, 0x1B), "cp437"),
        **dict.fromkeys(
            (0x02, 0x0A, 0x0E, 0x10, 0x12, 0x14, 0x16, 0x1A, 0x1D, 0x25, 0x37), "cp850"
        ),
        **dict.fromkeys((0x03, 0x57, 0x58, 0x59), "windows-1252"),
        **dict.fromkeys((0x13, 0x7B), "cp932"),
        **dict.fromkeys((0x1F, 0x22, 0x23, 0x40, 0x64, 0x87), "cp852"),
        **dict.fromkeys((0x24, 0x66), "cp865"),
        **dict.fromkeys((0x26, 0x65), "cp866"),
        **dict.fromkeys((0x4D, 0x7A), "gb18030"),
        **dict.fromkeys((0x4E, 0x79), "cp949"),
        **dict.fromkeys((0x4F, 0x78), "cp950"),
        **dict.fromkeys((0x50, 0x7C), "cp874"),
        **dict.fromkeys((0x6A, 0x86), "cp737"),
        **dict.fromkeys((0x6B, 0x88), "cp857"),
        0x67: "cp861",
        0x6C: "cp863",
        0x7D: "cp1255",
        0x7E: "cp1256",
        0xC8: "cp1250",
        0xC9: "cp1251",
        0xCA: "cp1254",
        0xCB: "cp1253",
        0xCC: "cp1257",
    }
)


class _Column(msgspec.Struct, frozen=True):
    name: bytes
    kind: str
    start: int  # in the record, behind the deletion flag
    length: int


class _Layout(msgspec.Struct, frozen=True):
    columns: tuple[_Column, ...]
    records: int  # as stated
    first: int  # where records begin
    length: int  # of a record
    version: int
    code_page: int


def read_dbase(source: Source, context: Context) -> Iterator[Part]:
    """The fields and cells of a table.

    Raises:
        UnreadableError: its header is damaged.
        RefusedError: it has more cells than the limits allow.
    """
    layout = _layout(source.read_at(0, 1 << 16))
    if layout is None:
        raise UnreadableError("its header is damaged")
    codec = _CODE_PAGES.get(layout.code_page, "")
    if codec == "":
        letters = _letters(source, layout)
        encoding = encoding_of([letters])
        yield from encoding_parts(encoding)
        yield from _lost(letters, encoding)
        codec = encoding.name
    else:
        yield Metadata(Field("encoding"), "encoding", codec)
    names = [_text(column.name, codec) for column in layout.columns]
    yield from column_parts(None, names, [column.kind for column in layout.columns])
    count = CellCount(context.limits.cells)
    row = memos = 0
    for row, record in enumerate(_records(source, layout), start=1):
        count.add(len(layout.columns))
        deleted = record[0] == _DELETED
        for number, column in enumerate(layout.columns, start=1):
            raw = record[column.start : column.start + column.length]
            memos += column.kind in _MEMOS and raw.strip(b" \0") != b""
            cell = _cell(CellArea(row, number), column.kind, raw, codec, deleted=deleted)
            if cell is not None:
                yield cell
    yield from _told(layout, row, memos)


def _told(layout: _Layout, rows: int, memos: int) -> Iterator[Part]:
    if rows != layout.records:
        message = f"the header announces {layout.records} records, the file has {rows}"
        yield Problem(Whole(), "directory-disagrees", message)
    if memos > 0:
        message = f"{memos} values stand in a memo file (.dbt or .fpt), which is another file"
        yield Problem(Whole(), "memo-elsewhere", message)


def _layout(head: bytes) -> _Layout | None:
    if len(head) < 66 or head[0] not in _VERSIONS:  # noqa: PLR2004 - header, one field, its end
        return None
    records, first, length = struct.unpack_from("<IHH", head, 4)
    seven = head[0] & 7 == _LEVEL_7
    columns = tuple(_columns(head[68 if seven else 32 : first], seven=seven))
    widths = sum(column.length for column in columns)
    if len(columns) == 0 or head[2] > 12 or head[3] > 31 or widths + 1 != length:  # noqa: PLR2004 - a date
        return None
    return _Layout(columns, records, first, length, head[0], head[29])


def _columns(fields: bytes, *, seven: bool) -> Iterator[_Column]:
    step, name_length = (48, 32) if seven else (32, 11)
    start = 1
    for at in range(0, len(fields) - step + 1, step):
        field = fields[at : at + step]
        kind, length, decimals = field[name_length], field[16], field[17]
        if seven:
            length, decimals = field[33], field[34]
        if field[0] in (0x0D, 0) or kind not in _TYPES:
            return
        if kind == ord("C") and decimals > 0:
            length += decimals << 8  # Clipper and FoxPro: long texts
        name = field[:name_length].partition(b"\0")[0]
        yield _Column(name, chr(kind), start, length)
        start += length


def _records(source: Source, layout: _Layout) -> Iterator[bytes]:
    """The records that are there, whatever the header announces."""
    position = layout.first
    per_block = max(1, (1 << 18) // layout.length)
    while True:
        block = source.read_at(position, per_block * layout.length)
        for at in range(0, len(block) - layout.length + 1, layout.length):
            if block[at] == _END:
                return
            yield block[at : at + layout.length]
        if len(block) < per_block * layout.length:
            return
        position += len(block)


def _letters(source: Source, layout: _Layout) -> bytes:
    """Some of what is written in character fields."""
    wanted = [column for column in layout.columns if column.kind == "C"]
    return b"\n".join(
        record[column.start : column.start + column.length].rstrip(b" \0")
        for record in islice(_records(source, layout), _SAMPLE)
        for column in wanted
    )


def _lost(letters: bytes, encoding: Encoding) -> Iterator[Part]:
    """A Problem where fields cannot be decoded: a letter is cut off where a field is too short."""
    lost = 0 if encoding.is_proven else "".join(decoded([letters], encoding)).count("\ufffd")
    if lost > 0:
        message = f"{lost} places in the fields cannot be decoded as {encoding.name}"
        yield Problem(Whole(), "undecodable-bytes", message)


def _cell(at: CellArea, kind: str, raw: bytes, codec: str, *, deleted: bool) -> Cell | None:
    match kind:
        case "C" | "V":
            written, sort = _text(raw.rstrip(b" \0"), codec), CellKind.TEXT
        case "N" | "F":
            written, sort = raw.strip(b" \0").decode("ascii", "replace"), CellKind.NUMBER
            sort = sort if _is_number(written) else CellKind.TEXT
        case "D":
            written = raw.strip(b" \0").decode("ascii", "replace")
            shown = _day(written)
            return Cell(at, CellKind.TEXT, written, shown, hidden=deleted) if written else None
        case "L":
            written, sort = _truth(raw), CellKind.BOOLEAN
        case _:
            written, sort = _binary(kind, raw), CellKind.NUMBER
            sort = CellKind.TEXT if kind in "T@" else sort
    return None if written == "" else Cell(at, sort, written, hidden=deleted)


def _text(raw: bytes, codec: str) -> str:
    return "".join(decoded([raw], Encoding(codec, certain=False, evidence="")))


def _is_number(written: str) -> bool:
    try:
        float(written)
    except ValueError:
        return False
    return "_" not in written


def _day(written: str) -> str | None:
    """The day in ISO 8601, where eight digits name one."""
    try:
        return dt.date.fromisoformat(written).isoformat()
    except ValueError:
        return None


def _truth(raw: bytes) -> str:
    if raw[:1] in b"TtYy" and raw != b"":
        return "true"
    return "false" if raw[:1] in (b"F", b"f", b"N", b"n") else ""


def _binary(kind: str, raw: bytes) -> str:
    """What a binary field holds, in decimal; empty where it is of another length."""
    match kind, len(raw):
        case "I", 4:
            return str(struct.unpack("<i", raw)[0])
        case "+", 4:
            return str(int.from_bytes(raw, "big") - (1 << 31))
        case "B", 8:
            return repr(struct.unpack("<d", raw)[0]).removesuffix(".0")
        case "Y", 8:
            return f"{struct.unpack('<q', raw)[0] / 10_000:.4f}"
        case "T" | "@", 8:
            return _moment(*struct.unpack("<II", raw))
        case _:
            return ""


def _moment(day: int, milliseconds: int) -> str:
    """A Julian day and the milliseconds of the day, as a local time without zone."""
    ordinal = day - _JULIAN_EPOCH
    if not 1 <= ordinal <= dt.date.max.toordinal() or milliseconds >= _DAY_MS:
        return ""
    midnight = dt.datetime.combine(dt.date.fromordinal(ordinal), dt.time())
    return (midnight + dt.timedelta(milliseconds=milliseconds)).isoformat()


def looks_like_dbase(head: bytes) -> bool:
    """Whether these first bytes are a header whose fields make up its records."""
    return _layout(head) is not None


DBASE_TABLE = Reader(
    name="dbase",
    version=2,
    media_types=("application/x-dbf",),
    read=read_dbase,
    recognises=looks_like_dbase,
    begins=b"[%b]" % re.escape(bytes(sorted(_VERSIONS))),
)
