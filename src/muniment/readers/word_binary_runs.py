"""What is said of stretches of a binary Word document: deleted, inserted, hidden, a picture.

- Character properties lie in pages of 512 bytes (FKP) that the table of runs names, and in the
  property lists of pieces; only the properties below are looked at, all others are stepped over.
- A run is a range of bytes in the stream, so the same run counts wherever a piece shows it.
- Ranges that overlap (no sound document has them) are cut so that each byte is in one run.

Source: [MS-DOC] §2.4.6.2, §2.6.1, §2.9.33, §2.9.34, §2.8.6; Word 6 property numbers: caolan/wv.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

from muniment.readers.word_binary_layout import CHARACTER_RUNS, WORD_97, Layout

_PAGE = 512
_MOST_PAGES = 1 << 18
_VANISH = 0x083C
_ON = (1, 0x81)  # a toggle that is on, or the opposite of its style's ([MS-DOC] §2.2.4)


class Marks(msgspec.Struct, frozen=True):
    """What the properties of a run say, as far as it matters here."""

    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    special: bool = False
    is_object: bool = False
    inserted_by: int = 0
    inserted_at: int = 0  # DTTM
    deleted_by: int = 0
    deleted_at: int = 0
    picture: int | None = None  # offset in the Data stream, or number of the object
    symbol: int | None = None  # the character that is shown instead
    style: int | None = None  # the number of a style of its own
    vanish: int | None = None  # what it says of being hidden, which may be in terms of its style


PLAIN = Marks()


class Run(msgspec.Struct, frozen=True):
    """Bytes of the WordDocument stream from `start` up to `end`, and their marks."""

    start: int
    end: int
    marks: Marks


# Property number → field, for Word 97 ([MS-DOC] §2.6.1) and for Word 6 and 95.
_FIELDS_97: Mapping[int, str] = MappingProxyType(
    {
        0x0800: "deleted",
        0x0801: "inserted",
        0x083C: "hidden",
        0x0818: "hidden",
        0x0855: "special",
        0x080A: "is_object",
        0x0856: "is_object",
        0x4804: "inserted_by",
        0x6805: "inserted_at",
        0x4863: "deleted_by",
        0x6864: "deleted_at",
        0x6A03: "picture",
        0x680E: "picture",
        0x6A09: "symbol",
        0x4A30: "style",
    }
)
_FIELDS_6: Mapping[int, str] = MappingProxyType(
    {
        65: "deleted",
        66: "inserted",
        68: "picture",
        69: "inserted_by",
        70: "inserted_at",
        75: "is_object",
        92: "hidden",
        117: "special",
        118: "is_object",
    }
)
_SWITCHES = frozenset(("deleted", "inserted", "hidden", "special", "is_object"))
_SIZES_97 = (1, 1, 2, 4, 2, 2, None, 3)  # by the top three bits of a number
_SIZES_6: Mapping[int, int | None] = MappingProxyType(
    {65: 1, 66: 1, 67: 1, 68: None, 69: 2, 70: 4, 71: 1, 72: 2, 73: 3, 74: None, 75: 1, 80: 2}
    | {81: None, 82: None, 83: 0}
    | dict.fromkeys(range(85, 93), 1)
    | {93: 2, 94: 1, 95: 3, 96: 2, 97: 2, 98: 1, 99: 2, 100: 1, 101: 2, 102: 1, 103: None}
    | {104: 1, 105: None, 106: 2, 107: None, 108: None, 109: None, 117: 1, 118: 1}
)


def runs_of(layout: Layout, table: bytes, data: bytes) -> tuple[Run, ...]:
    """The runs that are marked in any way, in the order of their bytes, none overlapping."""
    found = sorted(_runs(layout, table, data), key=lambda run: (run.start, run.end))
    kept: list[Run] = []
    reached = 0
    for run in found:
        start = max(run.start, reached)
        if run.end > start:
            kept.append(Run(start, run.end, run.marks))
            reached = run.end
    return tuple(kept)


def _runs(layout: Layout, table: bytes, data: bytes) -> Iterator[Run]:
    plc = layout.slice_of(CHARACTER_RUNS, table)
    modern = layout.version == WORD_97
    width = 4 if modern else 2
    count = min((len(plc) - 4) // (4 + width), _MOST_PAGES)
    for number in range(max(0, count)):
        at = 4 * (count + 1) + width * number
        page = int.from_bytes(plc[at : at + width], "little") & 0x3FFFFF
        yield from _page(data[page * _PAGE : (page + 1) * _PAGE], modern=modern)


def _page(page: bytes, *, modern: bool) -> Iterator[Run]:
    if len(page) < _PAGE:
        return
    count = page[-1]
    if count * 5 + 4 >= _PAGE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + number]
        if at == 0:
            continue
        marks = marks_of(page[at + 1 : at + 1 + page[at]], modern=modern)
        if marks != PLAIN and bounds[number] < bounds[number + 1]:
            yield Run(bounds[number], bounds[number + 1], marks)


def marks_of(properties: bytes, *, modern: bool = True) -> Marks:
    """What a list of property modifiers says; what follows one of unknown length is left out."""
    found: dict[str, int | bool] = {}
    fields = _FIELDS_97 if modern else _FIELDS_6
    for number, operand in modifiers(properties, modern=modern):
        field = fields.get(number)
        if field is None or len(operand) == 0:
            continue
        if field in _SWITCHES:
            found[field] = operand[0] in _ON
            if number == _VANISH:
                found["vanish"] = operand[0]
        elif field == "symbol":
            found[field] = int.from_bytes(operand[2:4], "little")
        else:
            found[field] = int.from_bytes(operand[:4], "little")
    return msgspec.structs.replace(PLAIN, **found) if len(found) > 0 else PLAIN


def modifiers(properties: bytes, *, modern: bool = True) -> Iterator[tuple[int, bytes]]:
    """Number and operand of each property modifier, up to one of unknown length."""
    at = 0
    head = 2 if modern else 1
    while at + head <= len(properties):
        number = int.from_bytes(properties[at : at + head], "little")
        at += head
        size = _SIZES_97[number >> 13] if modern else _SIZES_6.get(number, -1)
        if size == -1:
            return
        if size is None:
            if at >= len(properties):
                return
            size = properties[at]
            at += 1
        yield number, properties[at : at + size]
        at += size


def overlapping(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """The runs that share a byte with `start` up to `end`."""
    low, high = 0, len(runs)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if runs[middle].end <= start else (low, middle)
    for number in range(low, len(runs)):
        if runs[number].start >= end:
            return
        yield runs[number]
