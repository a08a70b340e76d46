"""MAPI properties: their types, their values as text, and the values of fixed-length types.

| type | value here |
|---|---|
| integers, errors | int |
| floating point, application time | float |
| boolean | bool |
| currency, time, GUID | str as `written` shows it |
| strings | str |
| binary, objects | bytes |
| several values | tuple |

- A time is shown in UTC to the 100 ns it is stored in, and no other zone is made up.
- The same property is written the same, wherever it was stored (.msg, TNEF, PST).

Source: [MS-OXCDATA] §2.11.1 property data types; [MS-DTYP] §2.3.3 FILETIME.
"""

import struct
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import msgspec

from muniment.readers.mail_charset import codec_of, decode_strictly, text_of
from muniment.readers.mapi_names import tag_name

Value = str | int | float | bool | bytes | None
STRING8, UNICODE, BINARY, OBJECT = 0x001E, 0x001F, 0x0102, 0x000D
TIME, GUID, BOOLEAN, LONG = 0x0040, 0x0048, 0x000B, 0x0003
MULTIPLE = 0x1000
_LONGEST_BINARY = 64
_CODE_PAGES = {
    20127: "ascii",
    28591: "iso-8859-1",
    28592: "iso-8859-2",
    28595: "iso-8859-5",
    28597: "iso-8859-7",
    28605: "iso-8859-15",
    50220: "iso-2022-jp",
    50221: "iso-2022-jp",
    50222: "iso-2022-jp",
    51932: "euc-jp",
    51936: "gb2312",
    51949: "euc-kr",
    52936: "hz-gb-2312",
    20866: "koi8-r",
    21866: "koi8-u",
    54936: "gb18030",
    65000: "utf-7",
    65001: "utf-8",
    1200: "utf-16-le",
    10000: "macintosh",
}
_EPOCH = datetime(1601, 1, 1)  # noqa: DTZ001 - FILETIME counts UTC; the zone is in its spelling


class Property(msgspec.Struct, frozen=True):
    """A property: its tag, what it is called, and its value (see the table above)."""

    id: int
    type: int
    name: str
    value: Value | tuple[Value, ...]

    @property
    def written(self) -> str:
        """The value as text; binary as hexadecimal digits, long binary by its length."""
        if isinstance(self.value, tuple):
            return "; ".join(_written(value) for value in self.value)
        return _written(self.value)


def named(number: int, sort: int, value: Value | tuple[Value, ...], name: str = "") -> Property:
    """A property under its known name."""
    return Property(number, sort, name or tag_name(number), value)


def _written(value: Value) -> str:
    if isinstance(value, bytes):
        long = len(value) > _LONGEST_BINARY
        return f"{len(value)} bytes" if long else value.hex()
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def find(properties: Iterable[Property], *numbers: int) -> Property | None:
    """The first property with one of these ids, in the order of the ids."""
    known = {item.id: item for item in reversed(list(properties))}
    return next((known[number] for number in numbers if number in known), None)


def text_value(properties: Iterable[Property], *numbers: int) -> str:
    """The first of these properties that is a text and not empty."""
    known = list(properties)
    for number in numbers:
        for item in known:
            if item.id == number and isinstance(item.value, str) and item.value != "":
                return item.value
    return ""


def integer_value(properties: Iterable[Property], number: int) -> int | None:
    """The value of an integer property; None where there is none."""
    found = find(properties, number)
    return found.value if found is not None and isinstance(found.value, int) else None


def filetime(ticks: int) -> str:
    """A FILETIME in UTC; its number where it is outside of the calendar."""
    seconds, fraction = divmod(ticks, 10_000_000)
    try:
        moment = _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return str(ticks)
    shown = "" if fraction == 0 else f".{fraction:07d}"
    return f"{moment:%Y-%m-%dT%H:%M:%S}{shown}Z"


def fixed_value(sort: int, raw: bytes) -> Value:
    """The value of a fixed-length type from its bytes; the bytes where the type is not known.

    Raises:
        struct.error: there are too few bytes.
    """
    reader = _FIXED.get(sort)
    return raw if reader is None else reader(raw)


def _unpacked(form: str) -> Callable[[bytes], Value]:
    packing = struct.Struct("<" + form)

    def read(raw: bytes) -> Value:
        value: Value = packing.unpack_from(raw)[0]
        return value

    return read


def _currency(raw: bytes) -> str:
    amount = struct.unpack_from("<q", raw)[0]
    whole, part = divmod(abs(amount), 10_000)
    return f"{'-' if amount < 0 else ''}{whole}.{part:04d}"


_FIXED: dict[int, Callable[[bytes], Value]] = {
    0x0001: lambda _: None,
    0x0002: _unpacked("h"),
    0x0003: _unpacked("i"),
    0x0004: _unpacked("f"),
    0x0005: _unpacked("d"),
    0x0006: _currency,
    0x0007: _unpacked("d"),
    0x000A: _unpacked("I"),
    0x000B: lambda raw: struct.unpack_from("<H", raw)[0] != 0,
    0x0014: _unpacked("q"),
    0x0040: lambda raw: filetime(struct.unpack_from("<Q", raw)[0]),
    0x0048: lambda raw: str(uuid.UUID(bytes_le=raw[:16].ljust(16, b"\0"))),
}
FIXED_SIZES = {
    0x0001: 4,
    0x0002: 2,
    0x0003: 4,
    0x0004: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x000A: 4,
    0x000B: 2,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}


def code_page(number: int | None) -> str | None:
    """The charset label of a Windows code page; None where the number is none."""
    if number is None or number <= 0:
        return None
    label = _CODE_PAGES.get(number, f"cp{number}")
    return label if codec_of(label) is not None else None


def string_value(sort: int, raw: bytes, charset: str | None) -> str:
    """The text of a string property, without its closing zero."""
    if sort & 0xFFF == UNICODE:
        return raw.decode("utf-16-le", "replace").rstrip("\0")
    raw = raw.rstrip(b"\0")
    if charset is not None and (codec := codec_of(charset)) is not None:
        text = decode_strictly(raw, codec)
        if text is not None:
            return text
    return text_of(raw, None)[0]
