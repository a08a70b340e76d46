"""Apple's binary property lists: every value at its path, packed files as children.

    "bplist00", objects …, table of their offsets, trailer of 32 bytes
    object   marker: kind in the high half, count or size in the low; then its bytes

- A path is the keys and positions from the top, joined by "/": `Tracks/214/Name`.
- Read by our own code, because writers put letters where ASCII is announced and one such string
  would cost the whole file; strings that are no ASCII are taken as UTF-8.
- Packed bytes are a file where they begin as one that is known here or are text; others are
  stated by their size. Property lists in XML are text and are read as that.

Source: Apple, CFBinaryPList.c, "HEADER" to "TRAILER".
"""

import struct
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from muniment.core import Field, Metadata, Part, Problem, Relation, TextSpan, Whole
from muniment.readers.embedded import Embedded, embedded_parts
from muniment.readers.media_signatures import media_by_signature
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.signatures import by_signature
from muniment.readers.source import Source

_LARGEST = 1 << 27
_MOST = 1_000_000
_LONGEST_PATH = 1_000
_SIGN = b"bplist0"
_TRAILER = struct.Struct(">6xBBQQQ")
_SAMPLE = 1 << 12
_LEAST_TEXT = 8
_EPOCH = datetime(2001, 1, 1)  # noqa: DTZ001 - the format's own, in UTC, which it does not state
_CONSTANTS = {0x00: "null", 0x08: "false", 0x09: "true"}
_INTEGER, _REAL, _DATE, _DATA, _ASCII, _WIDE, _UID = 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x8
_ARRAYS = (0xA, 0xC)
_DICTIONARY = 0xD
_COUNT_FOLLOWS = 15


class _List(msgspec.Struct, frozen=True):
    """The bytes, the widths that the trailer states, and where objects begin."""

    data: bytes
    offset_size: int
    reference_size: int
    count: int
    top: int
    table: int

    def marker(self, number: int) -> tuple[int, int, int]:
        """Kind, count, and where the content of an object begins.

        Raises:
            IndexError: there is no such object.
        """
        if not 0 <= number < self.count:
            raise IndexError
        start = self.table + number * self.offset_size
        at = int.from_bytes(self.data[start : start + self.offset_size], "big")
        kind, count = self.data[at] >> 4, self.data[at] & 15
        if count != _COUNT_FOLLOWS or kind in (0, _INTEGER, _REAL, _UID):
            return kind, count, at + 1
        size = 1 << (self.data[at + 1] & 3)
        return kind, int.from_bytes(self.data[at + 2 : at + 2 + size], "big"), at + 2 + size

    def references(self, at: int, count: int) -> list[int]:
        """The numbers of the objects that a container holds, as many as there are bytes for."""
        size = self.reference_size
        most = min(count, (len(self.data) - at) // size)
        return [
            int.from_bytes(self.data[at + n * size : at + (n + 1) * size], "big")
            for n in range(most)
        ]


def read_property_list(source: Source, context: Context) -> Iterator[Part]:
    """Texts as TextSpan, numbers, dates and truths as Metadata, files as Child."""
    if source.size > _LARGEST:
        raise RefusedError(f"a property list of more than {_LARGEST} bytes")
    listed = _opened(source.read_all())
    found: list[Embedded] = []
    seen: dict[str, int] = {}
    damaged = 0
    for path, value in _leaves(listed):
        if value is None:
            damaged += 1
            continue
        seen[path] = seen.get(path, 0) + 1
        yield from _leaf(Field(path, seen[path]), value, found)
    if damaged > 0:
        yield Problem(Whole(), "part-damaged", f"{damaged} values of the list cannot be read")
    yield from embedded_parts(found, context.children)


def _opened(data: bytes) -> _List:
    if len(data) < len(_SIGN) + _TRAILER.size:
        raise UnreadableError("a property list that is cut")
    offset_size, reference_size, count, top, table = _TRAILER.unpack(data[-_TRAILER.size :])
    if offset_size == 0 or reference_size == 0 or table >= len(data) or top >= count:
        raise UnreadableError("a property list without its table: it is cut or damaged")
    return _List(data, offset_size, reference_size, count, top, table)


def _leaves(listed: _List) -> Iterator[tuple[str, str | bytes | tuple[str] | None]]:
    """Each value that is no container with its path, in order; None for one that is broken.

    A text is a str, a packed file bytes, anything else its spelling in a tuple.
    """
    waiting = [("", listed.top)]
    for _ in range(_MOST):
        if len(waiting) == 0:
            return
        path, number = waiting.pop()
        try:
            kind, count, at = listed.marker(number)
            if kind == _DICTIONARY:
                inside = _pairs(listed, path, at, count)
            elif kind in _ARRAYS:
                numbers = listed.references(at, count)
                inside = [(_step(path, str(n)), each) for n, each in enumerate(numbers)]
            else:
                yield path or "/", _value(listed, kind, count, at)
                continue
        except (IndexError, struct.error, OverflowError, ValueError):
            yield path or "/", None
            continue
        if len(path) < _LONGEST_PATH:
            waiting += reversed(inside)
        elif len(inside) > 0:  # a list that holds itself ends here
            yield path, None
    if len(waiting) > 0:
        yield waiting[-1][0] or "/", None


def _pairs(listed: _List, path: str, at: int, count: int) -> list[tuple[str, int]]:
    references = listed.references(at, 2 * count)
    keys, values = references[: len(references) // 2], references[len(references) // 2 :]
    pairs = []
    for key, value in zip(keys, values, strict=False):
        kind, length, start = listed.marker(key)
        name = _value(listed, kind, length, start)
        pairs.append((_step(path, name if isinstance(name, str) else str(key)), value))
    return pairs


def _step(path: str, key: str) -> str:
    return f"{path}/{key}" if path != "" else key


def _value(listed: _List, kind: int, count: int, at: int) -> str | bytes | tuple[str]:
    data = listed.data
    if kind == _ASCII:
        return data[at : at + count].decode("utf-8", "replace")
    if kind == _WIDE:
        return data[at : at + 2 * count].decode("utf-16-be", "replace")
    if kind == _DATA:
        return data[at : at + count]
    if kind == _INTEGER:
        return (str(int.from_bytes(data[at : at + (1 << count)], "big", signed=count > 2)),)  # noqa: PLR2004 - eight bytes and more have a sign
    if kind == _REAL:
        return (repr(struct.unpack_from(">f" if count == 2 else ">d", data, at)[0]),)  # noqa: PLR2004 - four bytes
    if kind == _DATE:
        moment = _EPOCH + timedelta(seconds=struct.unpack_from(">d", data, at)[0])
        return (moment.isoformat(sep=" "),)
    if kind == _UID:
        return (f"object {int.from_bytes(data[at : at + count + 1], 'big')}",)
    return (_CONSTANTS.get(count, f"object of kind {kind}"),)


def _leaf(at: Field, value: str | bytes | tuple[str], found: list[Embedded]) -> Iterator[Part]:
    match value:
        case str():
            if value != "":
                yield TextSpan(at, value)
        case bytes():
            if _is_file(value):
                found.append(Embedded(at, Relation.EMBEDDED, value))
            else:
                yield Metadata(at, at.name, f"{len(value)} bytes")
        case (written,):
            yield Metadata(at, at.name, written)


def _is_file(value: bytes) -> bool:
    known = by_signature(value) is not None or media_by_signature(value) is not None
    return known or _is_text(value)


def _is_text(value: bytes) -> bool:
    """Whether packed bytes are a text of some length, as pages and messages are."""
    sample = value[:_SAMPLE]
    text = sample.decode("utf-8", "ignore")
    decoded = len(text.encode()) >= len(sample) - 3  # a letter may be cut off at the end
    return (
        decoded
        and len(text) > _LEAST_TEXT
        and all(letter.isprintable() or letter.isspace() for letter in text)
    )


PROPERTY_LIST = Reader(
    name="property-list",
    version=2,
    media_types=("application/x-bplist",),
    read=read_property_list,
    recognises=lambda head: head.startswith(_SIGN),
    begins=_SIGN,
)
