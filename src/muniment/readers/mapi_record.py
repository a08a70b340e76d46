"""The record of a message that has no bytes of its own: its MAPI properties as JSON, version 1.

    {"muniment-mapi-record":1, "node":N, "properties":[[tag, name, value] …],
     "recipients":[[[tag, name, value] …] …],
     "attachments":[{"properties":[…], "file":{"sha256":…,"size":…} | "record":{…} | null} …]}

- Written by the reader of the store, from what the store holds and nothing else: properties in the
  order of their tags, UTF-8, no white space, one line. Equal properties give equal bytes.
- A tag is eight hexadecimal digits, id then type; anybody can look up the same tag of the same node
  with another program.
- A value is text, an integer, true, false or null; {"binary": base64}, {"number": shortest
  spelling} or {"values": […]} for the rest; times are in UTC as `mapi_property` writes them.
- Attached files lie beside the record in the store, as objects of their own; the record names them.
"""

import base64
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from muniment.core import Part
from muniment.readers.mapi_message import DEEPEST, Attachment, MapiMessage, Trouble
from muniment.readers.mapi_parts import mapi_parts
from muniment.readers.mapi_property import Property, Value
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

MAPI_RECORD_TYPE = "application/x-muniment-mapi-record"
_BEGINNING = b'{"muniment-mapi-record":1,'
_LARGEST = 1 << 29
_encoder = msgspec.json.Encoder()


class File(msgspec.Struct, frozen=True):
    """An attached file that lies beside the record."""

    sha256: str
    size: int


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A property: its tag, its name, its value as JSON."""

    tag: str
    name: str
    value: Any


class AttachmentRecord(msgspec.Struct, frozen=True):
    """An attachment, and the file or the message that it is."""

    properties: list[Row]
    file: File | None = None
    record: "MessageRecord | None" = None


class MessageRecord(msgspec.Struct, frozen=True):
    """A message: see the head of this module."""

    node: int
    properties: list[Row]
    recipients: list[list[Row]]
    attachments: list[AttachmentRecord]
    troubles: list[tuple[str, str]] = []


class Record(MessageRecord, frozen=True, kw_only=True):
    """The outermost message, with the mark that says what it is."""

    version: int = msgspec.field(default=1, name="muniment-mapi-record")


def rows_of(properties: list[Property]) -> list[Row]:
    """The properties as a record holds them."""
    ordered = sorted(properties, key=lambda item: (item.id, item.type))
    return [Row(f"{item.id:04X}{item.type:04X}", item.name, _json(item.value)) for item in ordered]


def record_bytes(record: MessageRecord) -> bytes:
    """The bytes of a record."""
    return _BEGINNING + _encoder.encode(record)[1:]


def _json(value: Value | tuple[Value, ...]) -> Any:
    if isinstance(value, tuple):
        return {"values": [_json(item) for item in value]}
    if isinstance(value, bytes):
        return {"binary": base64.b64encode(value).decode("ascii")}
    return {"number": repr(value)} if isinstance(value, float) else value


def _value(written: Any) -> Value | tuple[Value, ...]:
    if not isinstance(written, dict):
        return written if isinstance(written, str | int | float | bool) else None
    if "values" in written and isinstance(written["values"], list):
        plain = (_value(item) for item in written["values"])
        return tuple(item for item in plain if not isinstance(item, tuple))
    if "binary" in written:
        return base64.b64decode(str(written["binary"]))
    return str(written.get("number", ""))


def read_record(source: Source, context: Context) -> Iterator[Part]:
    """The parts of the message that a record describes."""
    if source.size > _LARGEST:
        raise RefusedError(f"a record of more than {_LARGEST} bytes")
    try:
        record = msgspec.json.decode(source.read_all(), type=MessageRecord)
        message = _message(record, 0)
    except (msgspec.DecodeError, ValueError, RecursionError) as why:
        raise UnreadableError("it is no whole record of a message") from why
    yield from mapi_parts(context, message)


def _message(record: MessageRecord, depth: int) -> MapiMessage:
    attachments = []
    for item in record.attachments:
        inner = None if item.record is None else item.record
        message = _message(inner, depth + 1) if inner is not None and depth < DEEPEST else None
        beside = "" if item.file is None else f"sha256 {item.file.sha256}, {item.file.size} bytes"
        attachments.append(
            Attachment(_properties(item.properties), message=message, beside=beside or "not here")
        )
    return MapiMessage(
        properties=_properties(record.properties),
        recipients=tuple(_properties(rows) for rows in record.recipients),
        attachments=tuple(attachments),
        troubles=tuple(Trouble(code, message) for code, message in record.troubles),
    )


def _properties(rows: list[Row]) -> tuple[Property, ...]:
    return tuple(
        Property(int(row.tag[:4], 16), int(row.tag[4:8], 16), row.name, _value(row.value))
        for row in rows
    )


def _is_record(head: bytes) -> bool:
    return head.startswith(_BEGINNING)


MAPI_RECORD = Reader(
    name="mapi-record",
    version=1,
    media_types=(MAPI_RECORD_TYPE,),
    read=read_record,
    recognises=_is_record,
    begins=re.escape(_BEGINNING),
)
