"""Windows metafiles, EMF and WMF: the words that their records draw.

    EMF   type u32, size u32, data …        EMR_HEADER … EMR_EOF       [MS-EMF] §2.3
    WMF   size u32 (words), function u16 …  behind a header of 18      [MS-WMF] §2.3

- Each text stands at the n-th record of its kind; records of one line are not joined.
- The size is the header's frame in the device's pixels, where it states one.
- A picture packed as EMF+ inside a comment record is read for its words as well.
"""

import struct
from collections.abc import Iterator

from muniment.core import Field, Image, Metadata, Part, Problem, Role, TextSpan, Whole
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_LARGEST = 1 << 28
_MOST_RECORDS = 5_000_000
_COMMENT, _TEXT_A, _TEXT_W, _SMALL_TEXT = 70, 83, 84, 108
_TEXT_AT = 36  # of an EMR_EXTTEXTOUT, where its EmrText begins
_SMALL_CHARS_ARE_BYTES = 0x200
_NO_RECTANGLE = 0x100
_DRAW_STRING = 0x401C
_TEXTOUT, _EXTTEXTOUT = 0x0521, 0x0A32
_CLIPPED_OR_OPAQUE = 0x0006
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_CREATE_FONT = 0x02FB
_CHARSETS = {
    0: "cp1252",
    1: "cp1252",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}


def read_metafile(source: Source, context: Context) -> Iterator[Part]:
    """The size, what the header states, and each text that a record draws."""
    if source.size > _LARGEST:
        raise RefusedError(f"a metafile of more than {_LARGEST} bytes")
    data = source.read_all()
    yield from _emf(data) if context.media_type == "image/emf" else _wmf(data)


def _emf(data: bytes) -> Iterator[Part]:
    if len(data) < 88:  # noqa: PLR2004 - EMR_HEADER without extensions
        raise UnreadableError("cut within the header")
    left, top, right, bottom = struct.unpack_from("<4i", data, 8)
    yield Image(Whole(), max(right - left + 1, 0), max(bottom - top + 1, 0))
    length, offset = struct.unpack_from("<II", data, 60)
    if 0 < length < len(data) and offset > 0:
        said = data[offset : offset + 2 * length].decode("utf-16-le", "replace")
        for number, piece in enumerate(filter(None, said.split("\0")), 1):
            yield Metadata(Field("description", number), "description", piece)
    seen: dict[str, int] = {}
    ended = False
    for kind, body in _emf_records(data):
        ended = kind == 14  # noqa: PLR2004 - EMR_EOF
        for name, text in _emf_texts(kind, body):
            yield from _span(name, text, seen)
    if not ended:
        yield Problem(Whole(), "part-damaged", "the records do not end as they should: it is cut")


def _emf_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 8 > len(data):
            return
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8:  # noqa: PLR2004 - a record's own header
            return
        yield kind, data[at : at + size]
        at += size


def _emf_texts(kind: int, record: bytes) -> Iterator[tuple[str, str]]:
    if kind in (_TEXT_A, _TEXT_W) and len(record) >= _TEXT_AT + 16:
        count, offset = struct.unpack_from("<II", record, _TEXT_AT + 8)
        wide = kind == _TEXT_W
        raw = record[offset : offset + count * (2 if wide else 1)]
        yield (
            ("EMR_EXTTEXTOUTW", raw.decode("utf-16-le", "replace"))
            if wide
            else (
                "EMR_EXTTEXTOUTA",
                raw.decode("cp1252", "replace"),
            )
        )
    elif kind == _SMALL_TEXT and len(record) >= 36:  # noqa: PLR2004 - its fixed part
        count, options = struct.unpack_from("<II", record, 16)
        start = 36 if options & _NO_RECTANGLE else 52
        narrow = bool(options & _SMALL_CHARS_ARE_BYTES)
        raw = record[start : start + count * (1 if narrow else 2)]
        yield "EMR_SMALLTEXTOUT", raw.decode("latin-1" if narrow else "utf-16-le", "replace")
    elif kind == _COMMENT and record[12:16] == b"EMF+":
        yield from _plus_texts(record[16:])


def _plus_texts(records: bytes) -> Iterator[tuple[str, str]]:
    """[MS-EMFPLUS] §2.3.4.14: brush, format, length, rectangle, then the letters."""
    at = 0
    while at + 12 <= len(records):
        kind, _, size, _ = struct.unpack_from("<HHII", records, at)
        if kind == _DRAW_STRING and at + 40 <= len(records):
            count = struct.unpack_from("<I", records, at + 20)[0]
            raw = records[at + 40 : at + 40 + 2 * count]
            yield "EmfPlusDrawString", raw.decode("utf-16-le", "replace")
        if size < 12:  # noqa: PLR2004 - a record's own header
            return
        at += size


def _wmf(data: bytes) -> Iterator[Part]:
    start = 22 if data.startswith(_PLACEABLE) else 0
    if len(data) < start + 18:
        raise UnreadableError("cut within the header")
    if start > 0:
        left, top, right, bottom, inch = struct.unpack_from("<4hH", data, 6)
        yield Image(Whole(), abs(right - left), abs(bottom - top))
        yield Metadata(Field("units per inch"), "units per inch", str(inch))
    encoding = "cp1252"
    seen: dict[str, int] = {}
    at = start + 18
    for _ in range(_MOST_RECORDS):
        if at + 6 > len(data):
            return
        words, function = struct.unpack_from("<IH", data, at)
        body = data[at + 6 : at + 2 * words]
        if function == _CREATE_FONT and len(body) > 13:  # noqa: PLR2004 - the charset's place
            encoding = _CHARSETS.get(body[13], encoding)
        elif function in (_TEXTOUT, _EXTTEXTOUT):
            name, raw = _wmf_text(function, body)
            yield from _span(name, raw.decode(encoding, "replace"), seen)
        if words < 3:  # noqa: PLR2004 - a record's own header
            return
        at += 2 * words


def _wmf_text(function: int, body: bytes) -> tuple[str, bytes]:
    """[MS-WMF] §2.3.3.20 and §2.3.3.5: length first, or behind the position."""
    if function == _TEXTOUT:
        return "META_TEXTOUT", body[2 : 2 + int.from_bytes(body[:2], "little")]
    count, options = int.from_bytes(body[4:6], "little"), int.from_bytes(body[6:8], "little")
    start = 16 if options & _CLIPPED_OR_OPAQUE else 8
    return "META_EXTTEXTOUT", body[start : start + count]


def _span(name: str, text: str, seen: dict[str, int]) -> Iterator[Part]:
    seen[name] = seen.get(name, 0) + 1
    shown = text.rstrip("\0")
    if shown.strip() != "":
        yield TextSpan(Field(name, seen[name]), shown, Role.BOX)


METAFILE = Reader(
    name="metafile", version=1, media_types=("image/emf", "image/wmf"), read=read_metafile
)
