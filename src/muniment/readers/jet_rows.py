"""Tables of an Access database: their columns, and the values of each row.

- A value comes out as it is stored: currency and decimals exactly, dates as the moment they name,
  long values followed to where they stand.
- A row that is shorter than its columns gives what it has; nothing slips into another column.

Source: mdbtools, HACKING.md.
"""

import datetime as dt
import decimal
import itertools
import struct
import uuid
from collections.abc import Iterator

from muniment.readers.encodings import Encoding, decoded
from muniment.readers.jet_pages import Column, Pages

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - the format's times have no zone
_BOOLEAN, _SINGLE = 1, 6
_MOST_COLUMNS = 255
_PLAIN = {2: "<B", 3: "<h", 4: "<i", 6: "<f", 7: "<d", 18: "<i", 19: "<q"}

Value = None | bool | int | float | str | bytes | decimal.Decimal | dt.datetime


def columns_of(pages: Pages, definition: bytes) -> tuple[Column, ...]:
    """The columns of a table in the order of its definition; empty where it is damaged."""
    try:
        return tuple(_columns(pages, definition))
    except struct.error:
        return ()


def _columns(pages: Pages, definition: bytes) -> Iterator[Column]:
    count, indexes, at = (45, 51, 63) if pages.newer else (25, 31, 43)
    (columns,) = struct.unpack_from("<H", definition, count)
    (real,) = struct.unpack_from("<I", definition, indexes)
    step = 25 if pages.newer else 18
    at += real * (12 if pages.newer else 8)
    names_at = at + columns * step
    for number in range(min(columns, _MOST_COLUMNS)):
        name, names_at = _name(pages, definition, names_at)
        yield _column(pages, definition[at + number * step : at + (number + 1) * step], name)


def _column(pages: Pages, entry: bytes, name: str) -> Column:
    if pages.newer:
        number, variable = struct.unpack_from("<HH", entry, 5)
        scale, flags = entry[12], entry[15]
        fixed_at, length = struct.unpack_from("<HH", entry, 21)
    else:
        number, variable = struct.unpack_from("<HH", entry, 1)
        scale, flags = entry[10], entry[13]
        fixed_at, length = struct.unpack_from("<HH", entry, 14)
    return Column(name, entry[0], number, bool(flags & 1), fixed_at, variable, length, scale)


def _name(pages: Pages, definition: bytes, at: int) -> tuple[str, int]:
    if pages.newer:
        (length,) = struct.unpack_from("<H", definition, at)
        return definition[at + 2 : at + 2 + length].decode("utf-16-le", "replace"), at + 2 + length
    length = definition[at] if at < len(definition) else 0
    return _letters(definition[at + 1 : at + 1 + length], pages.code_page), at + 1 + length


def values_of(pages: Pages, columns: tuple[Column, ...], row: bytes) -> list[Value]:
    """The value of each column in this row; None where there is none."""
    split = _split(pages, row)
    if split is None:
        return [None] * len(columns)
    mask, fixed, variable = split
    values: list[Value] = []
    for column in columns:
        present = _bit(mask, column.number)
        if column.kind == _BOOLEAN:
            values.append(present)
            continue
        if column.fixed:
            raw = fixed[column.fixed_at : column.fixed_at + column.length]
        else:
            raw = variable[column.variable] if column.variable < len(variable) else b""
        values.append(_value(pages, column, raw) if present and len(raw) > 0 else None)
    return values


def _bit(mask: bytes, number: int) -> bool:
    return number >> 3 < len(mask) and mask[number >> 3] >> (number & 7) & 1 == 1


def _split(pages: Pages, row: bytes) -> tuple[bytes, bytes, list[bytes]] | None:
    """The mask of what is present, the fixed part, and the fields of variable length."""
    width = 2 if pages.newer else 1
    if len(row) < width + 1:
        return None
    columns = int.from_bytes(row[:width], "little")
    mask_length = (columns + 7) // 8
    mask_at = len(row) - mask_length
    if mask_at < width or columns == 0:
        return None
    offsets = _offsets(row, mask_at) if pages.newer else _old_offsets(row, mask_at)
    fields = [row[start:end] for start, end in itertools.pairwise(offsets)]
    return row[mask_at:], row[width:mask_at], fields


def _offsets(row: bytes, mask_at: int) -> list[int]:
    count = int.from_bytes(row[mask_at - 2 : mask_at], "little")
    places = range(mask_at - 4, max(mask_at - 4 - 2 * (count + 1), 0), -2)
    return [int.from_bytes(row[at : at + 2], "little") for at in places]


def _old_offsets(row: bytes, mask_at: int) -> list[int]:
    """Jet 3: one byte an offset, and a table of where each 256 bytes more begin."""
    count = row[mask_at - 1]
    jumps = (len(row) - 1) // 256
    first = mask_at - jumps - 2
    if (first - count) // 256 < jumps:
        jumps -= 1
        first += 1
    offsets, used = [], 0
    for number in range(count + 1):
        while used < jumps and row[mask_at - used - 2] == number:
            used += 1
        if first - number < 0:
            break
        offsets.append(row[first - number] + used * 256)
    return offsets


def _value(pages: Pages, column: Column, raw: bytes) -> Value:
    if column.kind in _PLAIN:
        shape = struct.Struct(_PLAIN[column.kind])
        if len(raw) < shape.size:
            return None
        (number,) = shape.unpack_from(raw)
        return shortest_single(number) if column.kind == _SINGLE else number
    match column.kind:
        case 5 if len(raw) >= 8:  # noqa: PLR2004 - a 64-bit number of ten-thousandths
            return decimal.Decimal(int.from_bytes(raw[:8], "little", signed=True)).scaleb(-4)
        case 8 if len(raw) >= 8:  # noqa: PLR2004 - a double
            return _moment(struct.unpack_from("<d", raw)[0])
        case 10:
            return _text(pages, raw)
        case 12:
            return _text(pages, pages.long_value(raw))
        case 11:
            return pages.long_value(raw)
        case 15 if len(raw) == 16:  # noqa: PLR2004 - a GUID
            return str(uuid.UUID(bytes_le=raw))
        case 16 if len(raw) == 17:  # noqa: PLR2004 - a sign and 128 bits
            return _numeric(raw, column.scale)
    return raw


def shortest_single(number: float) -> float:
    """The float whose spelling is the shortest that names this number of single precision."""
    for digits in range(6, 9):
        candidate = float(f"{number:.{digits}g}")
        if struct.pack("<f", candidate) == struct.pack("<f", number):
            return candidate
    return float(f"{number:.9g}")


def _moment(days: float) -> dt.datetime | float:
    """Days since 1899-12-30, the fraction always counted forward; the number where it is none."""
    whole = int(days)
    try:
        moment = _EPOCH + dt.timedelta(days=whole, seconds=round(abs(days - whole) * 86_400))
    except (OverflowError, ValueError):
        return days
    return moment


def _numeric(raw: bytes, scale: int) -> decimal.Decimal:
    words = struct.unpack_from("<4I", raw, 1)
    number = 0
    for word in words:
        number = number << 32 | word
    value = decimal.Decimal(number).scaleb(-min(scale, 28))
    return -value if raw[0] & 0x80 else value


def _text(pages: Pages, raw: bytes) -> str:
    if not pages.newer:
        return _letters(raw, pages.code_page)
    if raw[:2] != b"\xff\xfe":
        return raw.decode("utf-16-le", "replace")
    # "Unicode compression": one byte a letter, and a zero byte to change to two and back.
    pieces = raw[2:].split(b"\0")
    if len(pieces) == 1:
        return pieces[0].decode("latin-1")
    return _expanded(raw[2:])


def _expanded(raw: bytes) -> str:
    out, at, packed = bytearray(), 0, True
    while at < len(raw):
        if (packed and raw[at] == 0) or (not packed and raw[at : at + 2] == b"\0"):
            packed, at = not packed, at + 1
        elif packed:
            out += bytes((raw[at], 0))
            at += 1
        elif raw[at] == 0:
            packed, at = True, at + 1
        else:
            out += raw[at : at + 2]
            at += 2
    return out.decode("utf-16-le", "replace")


def _letters(raw: bytes, code_page: int) -> str:
    codec = "windows-1252" if code_page == 1252 else f"cp{code_page}"  # noqa: PLR2004 - Western
    try:
        return "".join(decoded([raw], Encoding(codec, certain=False, evidence="")))
    except LookupError:
        return "".join(decoded([raw], Encoding("windows-1252", certain=False, evidence="")))
