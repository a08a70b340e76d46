"""TNEF (winmail.dat): a message that Outlook wrapped for other programs.

    78 9F 3E 22 | key u16 | attributes: level u8, tag u32, length u32, data, checksum u16

- Properties, recipients and bodies are read as in every MAPI message (`mapi_parts`).
- A message inside is a TNEF stream with bytes of its own, so it is a child with exactly these.
- Older attributes (subject, body, dates) count where no MAPI property says the same.
- A wrong checksum costs nothing but a Problem; a length beyond the end ends the reading.

Source: [MS-OXTNEF] §2.1.
"""

import re
import struct
import uuid
from collections.abc import Iterator
from functools import partial

import msgspec

from muniment.core import Part
from muniment.readers.mapi_message import Attachment, MapiMessage, Stream, Trouble
from muniment.readers.mapi_names import named_name
from muniment.readers.mapi_parts import mapi_parts
from muniment.readers.mapi_property import (
    BINARY,
    FIXED_SIZES,
    MULTIPLE,
    OBJECT,
    STRING8,
    UNICODE,
    Property,
    Value,
    code_page,
    fixed_value,
    named,
    string_value,
)
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_SIGNATURE = b"\x78\x9f\x3e\x22"
_LARGEST = 1 << 30
_HEADER = struct.Struct("<BII")
_MOST_ATTRIBUTES = 200_000
_MOST_PROPERTIES = 20_000
_MOST_ROWS = 100_000
_ATTACHMENT_LEVEL = 2
_PROPERTIES, _RECIPIENTS, _ATTACHMENT, _BEGIN_ATTACHMENT = 0x9003, 0x9004, 0x9005, 0x9002
_DATA, _TITLE, _CODE_PAGE = 0x800F, 0x8010, 0x9007
_CONTENT = 0x3701
_IID = 16
_NAMED_FROM = 0x8000
# Older attributes and the MAPI property that says the same; 0 where none does.
_OLDER = {
    0x8004: (0x0037, "attSubject"),
    0x800C: (0x1000, "attBody"),
    0x8008: (0x001A, "attMessageClass"),
    0x8009: (0, "attMessageID"),
    0x8005: (0x0039, "attDateSent"),
    0x8006: (0x0E06, "attDateRecd"),
    0x8020: (0x3008, "attDateModified"),
    0x8000: (0, "attFrom"),
    0x8010: (0x3707, "attTitle"),
    0x8012: (0x3007, "attAttachCreateDate"),
    0x8013: (0x3008, "attAttachModifyDate"),
    0x800D: (0, "attPriority"),
    0x9006: (0, "attTnefVersion"),
    0x0006: (0, "attOwner"),
    0x0008: (0, "attSentFor"),
    0x0009: (0, "attDelegate"),
    0x800B: (0, "attConversationID"),
}
_DATES = frozenset((0x8005, 0x8006, 0x8020, 0x8012, 0x8013))
_TEXTS = frozenset((0x8004, 0x800C, 0x8008, 0x8009, 0x8010, 0x800B))


class _Attribute(msgspec.Struct, frozen=True):
    level: int
    number: int
    data: bytes


class _Held(msgspec.Struct):
    """An attachment while its attributes come."""

    properties: list[Property] = []
    streams: list[Stream] = []


def read_tnef(source: Source, context: Context) -> Iterator[Part]:
    """The parts of the message that a TNEF stream holds."""
    if source.size > _LARGEST:
        raise RefusedError(f"a message of more than {_LARGEST} bytes")
    troubles: list[Trouble] = []
    attributes = list(_attributes(source.read_all(), troubles))
    if len(attributes) == 0:
        raise UnreadableError("no attribute stands in it")
    yield from mapi_parts(context, _message(attributes, troubles))


def _attributes(data: bytes, troubles: list[Trouble]) -> Iterator[_Attribute]:
    position = 6
    for _ in range(_MOST_ATTRIBUTES):
        if position + _HEADER.size > len(data):
            break
        level, tag, length = _HEADER.unpack_from(data, position)
        start = position + _HEADER.size
        if level not in (1, 2):
            troubles.append(Trouble("section-damaged", f"no attribute begins at byte {position}"))
            return
        content = data[start : start + length]
        position = start + length + 2
        if len(content) < length:
            troubles.append(Trouble("section-damaged", "the last attribute is cut off"))
        elif sum(content) & 0xFFFF != int.from_bytes(data[position - 2 : position], "little"):
            message = f"the checksum of attribute {tag & 0xFFFF:04x} does not fit"
            troubles.append(Trouble("section-damaged", message))
        yield _Attribute(level, tag & 0xFFFF, content)


def _message(attributes: list[_Attribute], troubles: list[Trouble]) -> MapiMessage:
    charset = _charset(attributes)
    properties: list[Property] = []
    recipients: list[tuple[Property, ...]] = []
    held: list[_Held] = []
    for item in attributes:
        if item.number == _BEGIN_ATTACHMENT or (item.level == _ATTACHMENT_LEVEL and not held):
            held.append(_Held([], []))
        if item.level == _ATTACHMENT_LEVEL:
            _attached(held[-1], item, charset, troubles)
        elif item.number == _PROPERTIES:
            properties += _decoded(item.data, charset, troubles)[0]
        elif item.number == _RECIPIENTS:
            recipients += _rows(item.data, charset, troubles)
        else:
            properties += _older(item, charset)
    return MapiMessage(
        properties=_unique(properties),
        recipients=tuple(recipients),
        attachments=tuple(
            Attachment(_unique(one.properties), charset, tuple(one.streams)) for one in held
        ),
        charset=charset,
        troubles=tuple(troubles),
    )


def _charset(attributes: list[_Attribute]) -> str | None:
    stated = next((item.data for item in attributes if item.number == _CODE_PAGE), b"")
    return code_page(int.from_bytes(stated[:4], "little"))


def _unique(properties: list[Property]) -> tuple[Property, ...]:
    """MAPI properties, and older attributes only where no property says the same."""
    modern = {item.id for item in properties if not item.name.startswith("att")}
    return tuple(
        item for item in properties if not (item.name.startswith("att") and item.id in modern)
    )


def _older(item: _Attribute, charset: str | None) -> list[Property]:
    known = _OLDER.get(item.number)
    if known is None:
        return []
    number, name = known
    if item.number in _TEXTS:
        return [Property(number, STRING8, name, string_value(STRING8, item.data, charset))]
    if item.number in _DATES and len(item.data) >= 14:  # noqa: PLR2004 - DTR: seven words
        year, month, day, hour, minute, second, _ = struct.unpack_from("<7H", item.data)
        # A DTR has no zone, and none is added.
        written = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}"
        return [Property(number, UNICODE, name, written)]
    return [Property(number, BINARY, name, item.data)]


def _attached(held: _Held, item: _Attribute, charset: str | None, troubles: list[Trouble]) -> None:
    if item.number == _DATA:
        held.streams.append(Stream(partial(bytes, item.data)))
    elif item.number == _ATTACHMENT:
        properties, objects = _decoded(item.data, charset, troubles)
        held.properties += properties
        for content in objects:
            inner = content[_IID:] if content[_IID : _IID + 4] == _SIGNATURE else content
            # The data of an attachment is often there twice, also as a plain attribute.
            if all(stream.open() != inner for stream in held.streams):
                held.streams.append(Stream(partial(bytes, inner)))
    elif item.number != _BEGIN_ATTACHMENT:
        held.properties += _older(item, charset)


def _rows(data: bytes, charset: str | None, troubles: list[Trouble]) -> list[tuple[Property, ...]]:
    """The rows of a recipient table (§2.1.3.5.1)."""
    rows = []
    position = 4
    for _ in range(min(int.from_bytes(data[:4], "little"), _MOST_ROWS)):
        if position + 4 > len(data):
            break
        reading = _Properties(data, position, charset)
        reading.run(troubles)
        rows.append(tuple(reading.properties))
        position = reading.position
    return rows


def _decoded(
    data: bytes, charset: str | None, troubles: list[Trouble]
) -> tuple[list[Property], list[bytes]]:
    reading = _Properties(data, 0, charset)
    reading.run(troubles)
    return reading.properties, reading.contents


class _Properties:
    """A list of MAPI properties (§2.1.3.4) while it is read."""

    def __init__(self, data: bytes, position: int, charset: str | None) -> None:
        self._data = data
        self.position = position
        self._charset = charset
        self.properties: list[Property] = []
        self.contents: list[bytes] = []  # of PR_ATTACH_DATA

    def run(self, troubles: list[Trouble]) -> None:
        try:
            count = min(self._word(), _MOST_PROPERTIES)
            for _ in range(count):
                self._property()
        except struct.error:
            troubles.append(Trouble("section-damaged", "a list of properties is cut off"))
            self.position = len(self._data)

    def _word(self) -> int:
        value: int = struct.unpack_from("<I", self._data, self.position)[0]
        self.position += 4
        return value

    def _take(self, length: int) -> bytes:
        if self.position + length > len(self._data):
            raise struct.error("cut off")
        taken = self._data[self.position : self.position + length]
        self.position += length + -length % 4
        return taken

    def _property(self) -> None:
        tag = self._word()
        sort, number = tag & 0xFFFF, tag >> 16
        name = self._name() if number >= _NAMED_FROM else ""
        single = sort & ~MULTIPLE
        variable = single in (STRING8, UNICODE, BINARY, OBJECT)
        count = self._word() if variable or sort & MULTIPLE else 1
        values = [
            self._value(single, variable=variable) for _ in range(min(count, len(self._data)))
        ]
        if number == _CONTENT:
            self.contents += [value for value in values if isinstance(value, bytes)]
            return
        value = tuple(values) if sort & MULTIPLE else (values[0] if len(values) > 0 else None)
        self.properties.append(named(number, sort, value, name))

    def _name(self) -> str:
        guid = str(uuid.UUID(bytes_le=self._take(16)))
        if self._word() == 0:
            return named_name(guid, self._word())
        raw = self._take(self._word())
        return named_name(guid, raw.decode("utf-16-le", "replace").rstrip("\0"))

    def _value(self, sort: int, *, variable: bool) -> Value:
        if not variable:
            size = FIXED_SIZES.get(sort)
            if size is None:
                raise struct.error("a type that is not known")
            return fixed_value(sort, self._take(max(4, size)))
        raw = self._take(self._word())
        return string_value(sort, raw, self._charset) if sort in (STRING8, UNICODE) else raw


def _is_tnef(head: bytes) -> bool:
    return head.startswith(_SIGNATURE)


TNEF_FILE = Reader(
    name="tnef",
    version=1,
    media_types=("application/ms-tnef", "application/vnd.ms-tnef"),
    read=read_tnef,
    recognises=_is_tnef,
    begins=re.escape(_SIGNATURE),
)
