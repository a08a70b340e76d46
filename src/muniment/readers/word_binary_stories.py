"""The stories of a binary Word document, as spans of text at their positions.

    main text | footnotes | headers, footers | macros | comments | endnotes | boxes | header boxes

- A span is a paragraph or a table cell, or a stretch of one that differs in role or is hidden.
- A field's instruction (`HYPERLINK …`) is markup and hidden; its result is ordinary text.
- The text of a span has a character for each position, but for characters that take two.

Source: [MS-DOC] §2.3 (stories), §2.4.1, §2.8.25 (field characters).
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec

from muniment.core import Chars, Metadata, Part, Role, TextSpan
from muniment.readers.text_blocks import LONGEST_BLOCK
from muniment.readers.word_binary_layout import HEADERS, WORD_97, Layout
from muniment.readers.word_binary_runs import PLAIN, Marks, Run, marks_of, overlapping
from muniment.readers.word_binary_text import FILLER, Piece, shown
from muniment.readers.word_list_numbers import SOURCE

_ROLES = (
    Role.BODY,
    Role.NOTE,
    Role.HEADER,
    Role.MARKUP,
    Role.COMMENT,
    Role.NOTE,
    Role.BOX,
    Role.BOX,
)
_HEADER_STORY = 2
_ENDS = "\r\x07\x0c\x0e"  # paragraph, cell or row, page or section, column
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_SHOWN_AS = str.maketrans({"\x0b": "\n", "\x1e": "‑", "\x1f": "\u00ad", "\xa0": "\xa0"})
_OTHERS = frozenset(map(chr, range(32))) - frozenset("\t\n\x0b\x1e\x1f") | {FILLER}
_DEEPEST_FIELD = 64
_HEADER_SORTS = 6  # of each section: even, odd, first; header and footer apart
_HEADER_NUMBERS = (0, 1, 4)


class Story(msgspec.Struct, frozen=True):
    """A range of positions and the role of the text in it."""

    start: int
    end: int
    role: Role


def stories_of(layout: Layout, table: bytes, length: int) -> tuple[Story, ...]:
    """The stories within a text of `length` positions, headers and footers apart."""
    bounds = [0, *accumulate(layout.lengths)]
    found: list[Story] = []
    for number, role in enumerate(_ROLES):
        start, end = min(bounds[number], length), min(bounds[number + 1], length)
        if number == _HEADER_STORY:
            found += _header_stories(layout.slice_of(HEADERS, table), start, end)
        elif end > start:
            found.append(Story(start, end, role))
    if bounds[-1] < length and bounds[-1] == 0:
        found.append(Story(0, length, Role.BODY))  # a document that does not say how long it is
    return tuple(found)


def _header_stories(plc: bytes, start: int, end: int) -> list[Story]:
    count = len(plc) // 4
    positions = struct.unpack_from(f"<{count}I", plc)
    found: list[Story] = []
    reached = start
    for number in range(count - 1):
        last = min(start + positions[number + 1], end)
        if last > reached:
            found.append(Story(reached, last, _header_role(number)))
            reached = last
    if end > reached:
        found.append(Story(reached, end, Role.HEADER))
    return found


def _header_role(number: int) -> Role:
    if number < _HEADER_SORTS:
        return Role.NOTE  # what separates footnotes from the text
    return Role.HEADER if number % _HEADER_SORTS in _HEADER_NUMBERS else Role.FOOTER


class MarkedText(msgspec.Struct, frozen=True):
    """A text and the marks of its stretches: ascending, not overlapping; elsewhere plain."""

    text: str
    marks: tuple[tuple[int, int, Marks], ...]


def marked_text(
    text: str, pieces: Sequence[Piece], runs: Sequence[Run], version: int
) -> MarkedText:
    """The marks of runs and pieces, as positions of the text."""
    found: list[tuple[int, int, Marks]] = []
    for piece in pieces:
        whole = marks_of(piece.properties, modern=version == WORD_97)
        last = piece.offset + (piece.end - piece.start) * piece.width
        reached = piece.start
        for run in overlapping(runs, piece.offset, last):
            start = piece.start + max(0, run.start - piece.offset) // piece.width
            end = min(piece.end, piece.start + -((piece.offset - run.end) // piece.width))
            if whole != PLAIN and start > reached:
                found.append((reached, start, whole))
            if end > start:
                found.append((start, end, _both(run.marks, whole)))
            reached = max(reached, end)
        if whole != PLAIN and piece.end > reached:
            found.append((reached, piece.end, whole))
    return MarkedText(text, tuple(found))


def _both(run: Marks, piece: Marks) -> Marks:
    if piece == PLAIN:
        return run
    said = {
        name: value
        for name, value in msgspec.structs.asdict(piece).items()
        if value != getattr(PLAIN, name)
    }
    return msgspec.structs.replace(run, **said)


class _Stretch(msgspec.Struct, frozen=True):
    start: int
    end: int
    marks: Marks
    instruction: bool


def spans_of(
    marked: MarkedText, story: Story, authors: Sequence[str], numbers: Mapping[int, str]
) -> Iterator[Part]:
    """The spans of a story in reading order, and who changed what.

    `numbers` are those before paragraphs of lists, by the paragraph's first position; each stands
    at the whole paragraph, for it takes no room of its own.
    """
    begun = story.start
    held: list[_Stretch] = []
    for stretch in _stretches(marked, story):
        if stretch.start == stretch.end:
            if begun in numbers and len(held) > 0:
                at = Chars(begun, stretch.start)
                yield TextSpan(at, numbers[begun], story.role, source=SOURCE)
            begun = stretch.end + 1
            yield from _paragraph(marked.text, held, story.role, authors)
            held = []
        else:
            held.append(stretch)
    yield from _paragraph(marked.text, held, story.role, authors)


def _paragraph(
    text: str, stretches: list[_Stretch], role: Role, authors: Sequence[str]
) -> Iterator[Part]:
    """The spans of one paragraph; neighbours that are shown alike are one span."""
    at = 0
    while at < len(stretches):
        first = stretches[at]
        shape = _shape(first, role)
        last = first
        while (
            at + 1 < len(stretches)
            and _shape(stretches[at + 1], role) == shape
            and stretches[at + 1].start == last.end
        ):
            at += 1
            last = stretches[at]
        at += 1
        yield from _changes(first, authors)
        written = _written(text, first, last)
        for offset in range(0, len(written), LONGEST_BLOCK):
            piece = written[offset : offset + LONGEST_BLOCK]
            start = first.start + offset
            spoken = shown(piece)
            if spoken != "" and not spoken.isspace():
                place = Chars(start, start + len(piece))
                yield TextSpan(place, spoken, shape[0], hidden=shape[1])


def _written(text: str, first: _Stretch, last: _Stretch) -> str:
    symbol = first.marks.symbol
    if symbol is not None:
        return chr(symbol) * (last.end - first.start)
    return text[first.start : last.end].translate(_SHOWN_AS)


def _shape(stretch: _Stretch, role: Role) -> tuple[Role, bool, int | None, tuple[int, ...]]:
    """What makes a stretch a span of its own."""
    marks = stretch.marks
    by = (marks.inserted_by, marks.inserted_at, marks.deleted_by, marks.deleted_at)
    if stretch.instruction:
        return (Role.DELETED if marks.deleted else Role.MARKUP), True, None, ()
    if marks.deleted:
        return Role.DELETED, marks.hidden, marks.symbol, by
    if marks.inserted:
        return Role.INSERTED, marks.hidden, marks.symbol, by
    return role, marks.hidden, marks.symbol, ()


def _changes(stretch: _Stretch, authors: Sequence[str]) -> Iterator[Metadata]:
    marks = stretch.marks
    at = Chars(stretch.start, stretch.end)
    for kind, there, by, when in (
        ("ins", marks.inserted, marks.inserted_by, marks.inserted_at),
        ("del", marks.deleted, marks.deleted_by, marks.deleted_at),
    ):
        author = authors[by] if by < len(authors) else ""
        said = f"{author} {moment(when)}".strip()
        if there and said != "":
            yield Metadata(at, f"{kind} by", said)


def moment(dttm: int) -> str:
    """A time to the minute, of no stated zone ([MS-DOC] §2.9.71); empty where none is stated."""
    day, month, year = dttm >> 11 & 0x1F, dttm >> 16 & 0xF, (dttm >> 20 & 0x1FF) + 1900
    if day == 0 or month == 0:
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}T{dttm >> 6 & 0x1F:02d}:{dttm & 0x3F:02d}"


def _stretches(marked: MarkedText, story: Story) -> Iterator[_Stretch]:
    """Stretches without control characters; one of no length ends a paragraph."""
    fields: list[bool] = []  # of each open field: whether its instruction is still being read
    for start, end, marks in _ranges(marked, story):
        begun = start
        for at in _controls(marked.text, start, end):
            if at > begun:
                yield _Stretch(begun, at, marks, any(fields))
            begun = at + 1
            letter = marked.text[at]
            if letter in _ENDS:
                yield _Stretch(at, at, marks, instruction=False)
            elif letter == _BEGIN and len(fields) < _DEEPEST_FIELD:
                fields.append(True)
            elif letter == _SEPARATE and len(fields) > 0:
                fields[-1] = False
            elif letter == _END and len(fields) > 0:
                fields.pop()
        if end > begun:
            yield _Stretch(begun, end, marks, any(fields))


def _controls(text: str, start: int, end: int) -> Iterator[int]:
    # A filler belongs to the character before it; all other controls stand between texts.
    for at in range(start, end):
        if text[at] < " " and text[at] in _OTHERS and text[at] != FILLER:
            yield at


def _ranges(marked: MarkedText, story: Story) -> Iterator[tuple[int, int, Marks]]:
    """The story in ranges of equal marks, without gaps."""
    low, high = 0, len(marked.marks)
    while low < high:
        middle = (low + high) // 2
        later = marked.marks[middle][1] <= story.start
        low, high = (middle + 1, high) if later else (low, middle)
    reached = story.start
    for start, end, marks in marked.marks[low:]:
        if start >= story.end:
            break
        if start > reached:
            yield reached, start, PLAIN
        begun, reached = max(start, reached), max(reached, min(end, story.end))
        yield begun, reached, marks
    if reached < story.end:
        yield reached, story.end, PLAIN
