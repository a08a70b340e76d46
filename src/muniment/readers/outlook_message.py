"""Outlook messages (.msg): mail, appointments, contacts, tasks and notes in a compound file.

    __properties_version1.0    header, then 16 bytes a property: fixed values, lengths of the others
    __substg1.0_IIIITTTT       the value of property IIII of type TTTT; -NNNNNNNN one of several
    __nameid_version1.0        which names the properties from 8000 on have
    __recip_version1.0_#N      a recipient          __attach_version1.0_#N   an attachment
    …/__substg1.0_3701000D     a message inside (or an OLE storage), built as the whole is

- The structure is walked by `olefile`; names, types and values are read here.
- What is announced is what the header counts, or what is there where that is more.
- The code page of 8-bit text is stated by PR_MESSAGE_CODEPAGE or PR_INTERNET_CPID.

Source: [MS-OXMSG] §2.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from functools import partial

import olefile  # type: ignore[import-untyped]

from muniment.core import Part, Problem, Whole
from muniment.readers.mapi_message import DEEPEST, Attachment, MapiMessage, Stream, Trouble
from muniment.readers.mapi_names import names_from
from muniment.readers.mapi_parts import mapi_parts
from muniment.readers.mapi_property import (
    BINARY,
    FIXED_SIZES,
    GUID,
    MULTIPLE,
    OBJECT,
    STRING8,
    UNICODE,
    Property,
    Value,
    code_page,
    find,
    fixed_value,
    integer_value,
    named,
    string_value,
    text_value,
)
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_LARGEST = 1 << 30
_PROPERTIES = "__properties_version1.0"
_NAMES = "__nameid_version1.0"
_VALUE = re.compile(r"__substg1\.0_([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})")
_MEMBER = re.compile(r"__(recip|attach)_version1\.0_#([0-9A-Fa-f]{8})")
_ENTRY = struct.Struct("<HHI8s")
_MOST_PROPERTIES = 20_000
_MOST_VALUES = 10_000
_BY_REFERENCE = (2, 3, 4, 7)
_CONTENT, _METHOD = 0x3701, 0x3705
_PATHS = (0x370D, 0x3708)
Path = tuple[str, ...]
# What olefile and struct raise on files that somebody broke.
_BROKEN = (OSError, ValueError, IndexError, KeyError, struct.error, TypeError, AttributeError)


def read_outlook_message(source: Source, context: Context) -> Iterator[Part]:
    """The properties, bodies, recipients and attachments of one message."""
    if source.size > _LARGEST:
        raise RefusedError(f"a message of more than {_LARGEST} bytes")
    try:
        file = olefile.OleFileIO(source.stream())
    except (*_BROKEN, RecursionError) as why:
        raise UnreadableError("its compound file is damaged") from why
    with file:
        store = _Store(file)
        if not store.has((_PROPERTIES,)):
            raise UnreadableError("it has no table of properties")
        message = store.message((), 0)
        yield from mapi_parts(context, message)
        for name in store.damaged:
            yield Problem(Whole(), "member-damaged", f"the stream {name} cannot be read")


class _Store:
    """A compound file as a tree of MAPI properties."""

    def __init__(self, file: olefile.OleFileIO) -> None:
        self._file = file
        self._children: dict[Path, list[str]] = {}
        self._streams: dict[Path, Path] = {}
        self.damaged: list[str] = []
        for entry in file.listdir(streams=True, storages=True):
            path = tuple(entry)
            folded = tuple(name.lower() for name in path)
            self._streams.setdefault(folded, path)
            self._children.setdefault(folded[:-1], []).append(path[-1])
        self._names = self._named()

    def has(self, path: Path) -> bool:
        return tuple(name.lower() for name in path) in self._streams

    def children(self, path: Path) -> list[str]:
        return sorted(self._children.get(tuple(name.lower() for name in path), []))

    def read(self, path: Path) -> bytes:
        """The bytes of a stream; empty where it is not there or cannot be read.

        A stream that cannot be read is noted in `damaged`.
        """
        real = self._streams.get(tuple(name.lower() for name in path))
        if real is None:
            return b""
        try:
            with self._file.openstream(list(real)) as stream:
                data: bytes = stream.read()
        except _BROKEN:
            self.damaged.append("/".join(real))
            return b""
        return data

    def message(self, path: Path, depth: int) -> MapiMessage:
        """The message that a storage holds."""
        table = self.read((*path, _PROPERTIES))
        header = 32 if len(path) == 0 else 24
        properties, charset = self._properties(path, table[header:], None)
        recipients, attachments = [], []
        troubles: list[Trouble] = []
        for name in self.children(path):
            match = _MEMBER.fullmatch(name)
            if match is None:
                continue
            inner = (*path, name)
            if match[1] == "recip":
                rows = self.read((*inner, _PROPERTIES))[8:]
                recipients.append(self._properties(inner, rows, charset)[0])
            else:
                attachments.append(self._attachment(inner, charset, depth, troubles))
        announced = struct.unpack_from("<I", table, 20)[0] if len(table) >= header else 0
        if announced > _MOST_PROPERTIES:
            announced = 0  # no number of attachments: the header is damaged
        return MapiMessage(
            properties, tuple(recipients), tuple(attachments), charset, tuple(troubles), announced
        )

    def _attachment(
        self, path: Path, charset: str | None, depth: int, troubles: list[Trouble]
    ) -> Attachment:
        properties, _ = self._properties(path, self.read((*path, _PROPERTIES))[8:], charset)
        content = (*path, f"__substg1.0_{_CONTENT:04X}{OBJECT:04X}")
        method = integer_value(properties, _METHOD)
        if self.has((*content, _PROPERTIES)):
            if depth >= DEEPEST:
                troubles.append(Trouble("nested-too-deep", "messages nest deeper than is read"))
                return Attachment(properties, charset)
            return Attachment(properties, charset, message=self.message(content, depth + 1))
        streams = tuple(self._ole_streams(content))
        data = (*path, f"__substg1.0_{_CONTENT:04X}{BINARY:04X}")
        if self.has(data):
            streams = (Stream(partial(self.read, data)), *streams)
        elsewhere = "" if method not in _BY_REFERENCE or len(streams) > 0 else _path(properties)
        return Attachment(properties, charset, streams, reference=elsewhere)

    def _ole_streams(self, storage: Path) -> Iterator[Stream]:
        """The streams of an OLE object, each a file of its own; a single object has a storage."""
        pending = [storage]
        while len(pending) > 0:
            path = pending.pop()
            inside = self.children(path)
            pending.extend((*path, name) for name in reversed(inside))
            if path != storage and len(inside) == 0:
                shown = "/".join(path[len(storage) :]).encode("utf-16-le", "surrogatepass")
                yield Stream(partial(self.read, path), shown)

    def _properties(
        self, path: Path, table: bytes, charset: str | None
    ) -> tuple[tuple[Property, ...], str | None]:
        """The properties of a storage and the charset of its 8-bit text."""
        found: dict[tuple[int, int], Property] = {}
        later: list[tuple[int, int]] = []
        for start in range(0, min(len(table) // 16, _MOST_PROPERTIES) * 16, 16):
            sort, number, _, raw = _ENTRY.unpack_from(table, start)
            if sort in FIXED_SIZES and sort != GUID:
                found[number, sort] = self._named_property(number, sort, fixed_value(sort, raw))
            else:
                later.append((number, sort))
        stated = _charset(found.values()) or charset
        for name in self.children(path):
            match = _VALUE.fullmatch(name)
            if match is not None:
                later.append((int(match[1], 16), int(match[2], 16)))
        for number, sort in dict.fromkeys(later):
            value = self._value(path, number, sort, stated)
            if value is not None:
                found[number, sort] = self._named_property(number, sort, value)
        order = sorted(found)
        return tuple(found[key] for key in order), stated

    def _value(
        self, path: Path, number: int, sort: int, charset: str | None
    ) -> Value | tuple[Value, ...]:
        stream = (*path, f"__substg1.0_{number:04X}{sort:04X}")
        single = sort & ~MULTIPLE
        if sort == OBJECT or (number == _CONTENT and sort == BINARY) or not self.has(stream):
            return None
        raw = self.read(stream)
        if sort & MULTIPLE == 0:
            return _single(single, raw, charset)
        if single in FIXED_SIZES:
            size = FIXED_SIZES[single]
            return tuple(
                fixed_value(single, raw[at : at + size])
                for at in range(0, min(len(raw) // size, _MOST_VALUES) * size, size)
            )
        width = 8 if single == BINARY else 4
        count = min(len(raw) // width, _MOST_VALUES)
        pieces = ((*path, f"{stream[-1]}-{index:08X}") for index in range(count))
        return tuple(_single(single, self.read(piece), charset) for piece in pieces)

    def _named_property(self, number: int, sort: int, value: Value | tuple[Value, ...]) -> Property:
        return named(number, sort, value, self._names.get(number, ""))

    def _named(self) -> dict[int, str]:
        """The names of the properties from 8000 on ([MS-OXMSG] §2.2.3)."""
        guids = self.read((_NAMES, "__substg1.0_00020102"))
        entries = self.read((_NAMES, "__substg1.0_00030102"))
        strings = self.read((_NAMES, "__substg1.0_00040102"))
        return names_from(guids, entries, strings)


def _single(sort: int, raw: bytes, charset: str | None) -> Value:
    if sort in (STRING8, UNICODE):
        return string_value(sort, raw, charset)
    if sort == GUID:
        return fixed_value(sort, raw)
    return raw


def _charset(properties: Iterable[Property]) -> str | None:
    known = list(properties)
    pages = (integer_value(known, number) for number in (0x3FFD, 0x3FDE))
    return next((label for page in pages if (label := code_page(page)) is not None), None)


def _path(properties: tuple[Property, ...]) -> str:
    where = text_value(properties, *_PATHS)
    method = find(properties, _METHOD)
    sort = "" if method is None else f", method {method.written}"
    return f"the attachment is a reference to {where or 'another place'}{sort}; it is not here"


OUTLOOK_MESSAGE = Reader(
    name="outlook-message",
    version=1,
    media_types=("application/vnd.ms-outlook",),
    read=read_outlook_message,
)
