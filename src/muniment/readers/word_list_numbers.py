"""The numbers that Word writes before the paragraphs of its lists, which no text of the file holds.

    paragraph ─▶ its list and level (own properties, else its style's)
              ─▶ the level: first number, kind of number, pattern ("%1.%2)")
              ─▶ one more than the paragraph before it in that list and level

- Numbers are worked out, not stored: a span of one stands at its paragraph and names this as its
  source. Bullets say nothing and are left out.
- Paragraphs whose properties lie outside the pages of paragraph properties are passed over.

Source: [MS-DOC] §2.4.6.3, §2.9.131 (LSTF), §2.9.150 (LVL), §2.9.129 (LFO), §2.9.260 (STD).
"""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from muniment.readers.word_binary_layout import STYLES, WORD_97, Layout
from muniment.readers.word_binary_runs import modifiers
from muniment.readers.word_binary_text import Piece

SOURCE = "list numbers"

_PARAGRAPH_RUNS, _LISTS, _OVERRIDES = 13, 73, 74
_LEVEL, _LIST = 0x260A, 0x460B
_PAGE = 512
_MOST_PAGES = 1 << 18
_MOST_LISTS = 1 << 14
_LEVELS = 9
_NO_LIST = (0, 0xF801)
_DIGITS, _ORDINAL, _PADDED, _BULLET, _NOTHING = 0, 5, 22, 23, 255
_MOST = 10_000  # above it, numbers are shown in digits
_LEGAL, _NO_RESTART = 0x04, 0x08
_LSTF, _LVLF, _LFO = 28, 28, 16
_ENDS = "\r\x07\x0c"
_DEEPEST_STYLE = 16


class _Level(msgspec.Struct, frozen=True):
    """One level of a list: its first number, its kind, its pattern.

    It begins again after each number of a level above `restarts_below`; a legal level shows all
    numbers in it as digits.
    """

    start: int
    kind: int
    pattern: str
    restarts_below: int = _LEVELS
    legal: bool = False


class _Paragraph(msgspec.Struct, frozen=True):
    """Bytes of the document, and the style, list and level of the paragraph that ends there."""

    start: int
    end: int
    style: int
    list_number: int | None
    level: int | None


def list_numbers(
    layout: Layout, table: bytes, data: bytes, text: str, pieces: Sequence[Piece]
) -> dict[int, str]:
    """The number before each paragraph of the main text that has one, by the paragraph's start."""
    if layout.version != WORD_97:
        return {}
    try:
        lists = _lists(layout.slice_of(_LISTS, table), table, layout)
        overrides = _overrides(layout.slice_of(_OVERRIDES, table))
        styles = _styles(layout.slice_of(STYLES, table))
    except struct.error:
        return {}
    if len(lists) == 0 or len(overrides) == 0:
        return {}
    paragraphs = _paragraphs(layout, table, data)
    found: dict[int, str] = {}
    counting = _Counting(lists, overrides)
    for start, end in _bounds(text, layout.lengths[0]):
        said = _at(paragraphs, _offset(pieces, end))
        if said is None:
            continue
        number, level = _placed(said, styles)
        label = counting.label(number, level) if end > start else ""
        if label != "":
            found[start] = label
    return found


def _bounds(text: str, length: int) -> Iterator[tuple[int, int]]:
    """First position and end mark of each paragraph."""
    start = 0
    for at in range(min(length, len(text))):
        if text[at] in _ENDS:
            yield start, at
            start = at + 1


def _offset(pieces: Sequence[Piece], position: int) -> int:
    number = bisect_right(pieces, position, key=lambda piece: piece.start) - 1
    if number < 0:
        return -1
    piece = pieces[number]
    return piece.offset + (position - piece.start) * piece.width


def _at(paragraphs: Sequence[_Paragraph], offset: int) -> _Paragraph | None:
    number = bisect_right(paragraphs, offset, key=lambda one: one.start) - 1
    found = paragraphs[number] if number >= 0 else None
    return found if found is not None and offset < found.end else None


def _placed(
    said: _Paragraph, styles: Mapping[int, tuple[int | None, int | None]]
) -> tuple[int, int]:
    """The list and level of a paragraph: its own where it states them, else its style's."""
    number, level = styles.get(said.style, (None, None))
    if said.list_number is not None:
        number = said.list_number
    if said.level is not None:
        level = said.level
    return number or 0, min(level or 0, _LEVELS - 1)


class _Counting:
    """How far each list has been counted."""

    def __init__(
        self,
        lists: Mapping[int, tuple[_Level, ...]],
        overrides: Sequence[tuple[int, dict[int, int]]],
    ) -> None:
        self._lists = lists
        self._overrides = overrides
        self._counts: dict[int, list[int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, number: int, level: int) -> str:
        """The next number of a list (by its place among the overrides, from 1); empty for none."""
        if number in _NO_LIST or number > len(self._overrides):
            return ""
        identifier, starts = self._overrides[number - 1]
        levels = self._lists.get(identifier, ())
        if level >= len(levels):
            return ""
        counts = self._counts.setdefault(identifier, [one.start - 1 for one in levels])
        if level in starts and (number, level) not in self._begun:
            counts[level] = starts[level] - 1
        self._begun.add((number, level))
        counts[level] += 1
        for higher in range(level):
            counts[higher] = max(counts[higher], levels[higher].start)
        for deeper in range(level + 1, len(levels)):
            if level < levels[deeper].restarts_below:
                counts[deeper] = levels[deeper].start - 1
        return _shown(levels, counts, level)


def _shown(levels: Sequence[_Level], counts: Sequence[int], level: int) -> str:
    if levels[level].kind in (_BULLET, _NOTHING):
        return ""
    pieces: list[str] = []
    for letter in levels[level].pattern:
        other = ord(letter)
        if other >= _LEVELS:
            pieces.append(letter)
        elif other < len(levels):
            kind = levels[other].kind
            kind = _DIGITS if levels[level].legal and kind != _PADDED else kind
            pieces.append(number_as(counts[other], kind))
    return "".join(pieces).strip()


def number_as(number: int, kind: int) -> str:
    """A number written as a kind of number format ([MS-OSHARED] §2.2.1.3, MSONFC)."""
    writer = _KINDS.get(kind)
    least = 0 if kind == _ORDINAL else 1
    return str(number) if writer is None or not least <= number < _MOST else writer(number)


def _roman(number: int) -> str:
    steps = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    written = ""
    for step, sign in zip(steps, signs, strict=True):
        written += sign * (number // step)
        number %= step
    return written


def _letters(number: int) -> str:
    """A to Z, then AA to ZZ and so on, as Word counts."""
    return chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _ordinal(number: int) -> str:
    tens = number // 10 % 10
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if tens != 1 else "th"
    return f"{number}{ending}"


def _chinese(number: int) -> str:
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千")
    written, zero = "", False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit == "0":
            zero = written != ""
            continue
        ten = written == "" and place == 1 and digit == "1"
        written += ("零" if zero else "") + ("" if ten else digits[int(digit)]) + units[place]
        zero = False
    return written


_KINDS: Mapping[int, Callable[[int], str]] = {
    1: _roman,
    2: lambda number: _roman(number).lower(),
    3: _letters,
    4: lambda number: _letters(number).lower(),
    _ORDINAL: _ordinal,
    11: _chinese,
    _PADDED: lambda number: f"{number:02d}",
    33: _chinese,
    37: _chinese,
    39: _chinese,
}


def _lists(table: bytes, whole: bytes, layout: Layout) -> dict[int, tuple[_Level, ...]]:
    """The levels of each list, by its identifier; the levels follow the table itself."""
    if len(table) < 2:  # noqa: PLR2004 - its count
        return {}
    (count,) = struct.unpack_from("<H", table)
    count = min(count, (len(table) - 2) // _LSTF, _MOST_LISTS)
    at = sum(layout.tables[_LISTS])
    found: dict[int, tuple[_Level, ...]] = {}
    for number in range(count):
        head = 2 + _LSTF * number
        (identifier,) = struct.unpack_from("<i", table, head)
        levels: list[_Level] = []
        for _ in range(1 if table[head + 26] & 1 else _LEVELS):
            level, at = _level(whole, at)
            levels.append(level)
        found[identifier] = tuple(levels)
    return found


def _level(table: bytes, at: int) -> tuple[_Level, int]:
    start, kind, flags = struct.unpack_from("<iBB", table, at)
    characters, paragraphs, limit = struct.unpack_from("<BBB", table, at + 24)
    at += _LVLF + characters + paragraphs
    (length,) = struct.unpack_from("<H", table, at)
    pattern = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    start = max(0, min(start, 0x7FFF))
    limit = limit if flags & _NO_RESTART else _LEVELS
    return _Level(start, kind, pattern, limit, flags & _LEGAL != 0), at + 2 + 2 * length


def _overrides(table: bytes) -> tuple[tuple[int, dict[int, int]], ...]:
    """For each use of a list: the list, and first numbers that differ, by level."""
    if len(table) < 4:  # noqa: PLR2004 - its count
        return ()
    (count,) = struct.unpack_from("<I", table)
    count = min(count, (len(table) - 4) // _LFO, _MOST_LISTS)
    at = 4 + _LFO * count
    found: list[tuple[int, dict[int, int]]] = []
    for number in range(count):
        (identifier,) = struct.unpack_from("<i", table, 4 + _LFO * number)
        starts: dict[int, int] = {}
        at += 4  # a mark before the levels of each
        for _ in range(min(table[4 + _LFO * number + 12], _LEVELS)):
            if at + 8 > len(table):
                break
            start, flags = struct.unpack_from("<iI", table, at)
            at += 8
            if flags & 0x20:
                level, at = _level(table, at)
                start = level.start
            if flags & 0x30:
                starts[flags & 0xF] = max(0, min(start, 0x7FFF))
        found.append((identifier, starts))
    return tuple(found)


def _styles(table: bytes) -> dict[int, tuple[int | None, int | None]]:
    """The list and level that each paragraph style states, itself or through what it rests on."""
    if len(table) < 6:  # noqa: PLR2004 - its head
        return {}
    head, count, base = struct.unpack_from("<HHH", table)
    at = 2 + head
    own: dict[int, tuple[int, int | None, int | None]] = {}
    for number in range(count):
        if at + 2 > len(table):
            break
        (size,) = struct.unpack_from("<H", table, at)
        own[number] = _style(table[at + 2 : at + 2 + size], base)
        at += 2 + size
    return {number: _inherited(own, number) for number in own}


def _style(std: bytes, base: int) -> tuple[int, int | None, int | None]:
    """What a style rests on, its list and its level."""
    if len(std) < base + 2 or base < 10:  # noqa: PLR2004 - the least a style says
        return 0xFFF, None, None
    (word,) = struct.unpack_from("<H", std, 2)
    if word & 0xF != 1:
        return 0xFFF, None, None
    at = base + 2 + 2 * struct.unpack_from("<H", std, base)[0] + 2
    if at + 2 > len(std):
        return word >> 4, None, None
    (size,) = struct.unpack_from("<H", std, at)
    return word >> 4, *_stated(std[at + 4 : at + 2 + size])


def _inherited(
    own: Mapping[int, tuple[int, int | None, int | None]], number: int
) -> tuple[int | None, int | None]:
    found: tuple[int | None, int | None] = (None, None)
    for _ in range(_DEEPEST_STYLE):
        base, list_number, level = own.get(number, (0xFFF, None, None))
        found = (
            list_number if found[0] is None else found[0],
            level if found[1] is None else found[1],
        )
        if base == number or base not in own:
            break
        number = base
    return found


def _stated(properties: bytes) -> tuple[int | None, int | None]:
    list_number = level = None
    for number, operand in modifiers(properties):
        if number == _LIST:
            list_number = int.from_bytes(operand[:2], "little")
        elif number == _LEVEL:
            level = int.from_bytes(operand[:1], "little")
    return list_number, level


def _paragraphs(layout: Layout, table: bytes, data: bytes) -> list[_Paragraph]:
    plc = layout.slice_of(_PARAGRAPH_RUNS, table)
    count = min((len(plc) - 4) // 8, _MOST_PAGES)
    found: list[_Paragraph] = []
    for number in range(max(0, count)):
        (page,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * number)
        page &= 0x3FFFFF
        found += _page(data[page * _PAGE : (page + 1) * _PAGE])
    return sorted(found, key=lambda one: one.start)


def _page(page: bytes) -> Iterator[_Paragraph]:
    if len(page) < _PAGE or page[-1] * 17 + 4 >= _PAGE:
        return
    count = page[-1]
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + 13 * number]
        if at == 0 or at + 2 > _PAGE:
            yield _Paragraph(bounds[number], bounds[number + 1], 0, None, None)
            continue
        size = 2 * page[at] - 1 if page[at] > 0 else 2 * page[at + 1]
        at += 1 if page[at] > 0 else 2
        said = page[at : at + size]
        style = int.from_bytes(said[:2], "little")
        yield _Paragraph(bounds[number], bounds[number + 1], style, *_stated(said[2:]))
