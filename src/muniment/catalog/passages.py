"""Passages: what the search index holds, made from parts without losing their places.

- A passage is a run of parts that are read together: a table row, a page, a stretch of prose.
- It remembers which of its letters came from which place, so that a hit leads back to a cell,
  a line on a page or a range of characters, never to "somewhere in this file".
- Nothing that was read is left out: text, cells with their comments and formulas, metadata,
  names of contained files.
"""

from collections.abc import Iterable, Iterator

import msgspec

from muniment.core import (
    Area,
    Cell,
    CellArea,
    Chars,
    Child,
    Element,
    Field,
    Image,
    Metadata,
    Part,
    Place,
    Problem,
    Role,
    Tally,
    TextSpan,
    Whole,
)
from muniment.text import fold, stands_alone

OWN_NAME = "file name"  # the property of a passage that is a name of its object
_LONGEST = 4_000  # code points of prose in one passage, so that a snippet is found quickly
_LONGEST_WORD = 200  # letters that are kept together at a seam


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """`length` code points of a passage from `start`, and where in the object they stand."""

    start: int
    length: int
    at: Place


class Passage(msgspec.Struct, frozen=True):
    """A text that is searched as one, and its pieces in order."""

    text: str
    pieces: tuple[Piece, ...]
    sort: str  # text, row, metadata, name
    property: str = ""  # folded name of the metadata or header it states; OWN_NAME, or none


def passages(parts: Iterable[Part], *, overlap: int = 0) -> Iterator[Passage]:
    """The passages of one object, in the order of its parts.

    With `overlap`, prose that goes on in the next passage has about so many of its last code
    points repeated there, so that what stands over the seam is found; and no text is longer than
    a passage.
    """
    group = _Group()
    for part in _current_text_first(parts):
        for found in _searchable(part):
            for text, place in _slices(found, overlap):
                if not group.takes(found.key, len(text)):
                    tail = group.tail(found, overlap)
                    yield from group.close()
                    for piece_text, piece_place in tail:
                        group.add(found, piece_text, piece_place)
                group.add(found, text, place)
    yield from group.close()


def name_passage(name: str) -> Passage:
    """The passage by which a file is found under its name."""
    return Passage(name, (Piece(0, len(name), Whole()),), "name", OWN_NAME)


def narrowed(piece: Piece, start: int, end: int) -> Place:
    """The part of a piece's place that its code points `start` to `end` take up.

    A text that takes up more or less room in its source than it has letters (bytes of RTF, tags of
    HTML, double bytes) has no place narrower than its own.
    """
    match piece.at:
        case Chars() if piece.at.end - piece.at.start == piece.length:
            base = piece.at.start
            return Chars(base + start, base + end, piece.at.section)
        case Element():
            base = 0 if piece.at.chars is None else piece.at.chars[0]
            return Element(piece.at.member, piece.at.path, (base + start, base + end))
        case _:
            return piece.at


class _Searchable(msgspec.Struct, frozen=True, gc=False):
    """A text that can be found, where it stands, and which texts are read on with it."""

    key: tuple[object, ...]
    sort: str
    text: str
    at: Place
    property: str = ""


class _Group:
    """Parts that will make one passage."""

    def __init__(self) -> None:
        self._first: _Searchable | None = None
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def takes(self, key: tuple[object, ...], length: int) -> bool:
        """Whether a text of that key belongs to the parts held."""
        first = self._first
        return first is not None and first.key == key and self._length + length <= _LONGEST

    def add(self, found: _Searchable, text: str, place: Place) -> None:
        """Append a text; what stands between two texts belongs to no piece."""
        between = "" if len(self._pieces) == 0 else _between(found.sort, self._pieces[-1].at, place)
        self._length += len(between)
        self._first = self._first or found
        self._pieces.append(Piece(self._length, len(text), place))
        self._texts.append(between + text)
        self._length += len(text)

    def tail(self, following: _Searchable, overlap: int) -> list[tuple[str, Place]]:
        """The last texts, about `overlap` code points, if what follows goes on with them."""
        first = self._first
        if overlap == 0 or first is None or first.sort != "text" or first.key != following.key:
            return []
        whole = "".join(self._texts)
        start = _between_words(whole, len(whole) - overlap)
        kept = [piece for piece in self._pieces if piece.start + piece.length > start]
        return [_cut(whole, piece, max(0, start - piece.start)) for piece in kept]

    def close(self) -> Iterator[Passage]:
        """The passage held, if any; afterwards the group is empty."""
        first = self._first
        if first is not None:
            pieces = tuple(self._pieces)
            yield Passage("".join(self._texts), pieces, first.sort, first.property)
        self.__init__()  # type: ignore[misc]


def _cut(whole: str, piece: Piece, start: int) -> tuple[str, Place]:
    """A piece's text from `start` on, and its place."""
    text = whole[piece.start + start : piece.start + piece.length]
    return (text, piece.at) if start == 0 else (text, narrowed(piece, start, piece.length))


def _slices(found: _Searchable, overlap: int) -> Iterator[tuple[str, Place]]:
    """A text in lengths that fit into a passage, where seams are overlapped; else as it is."""
    if overlap == 0 or len(found.text) <= _LONGEST:
        yield found.text, found.at
        return
    whole, start = Piece(0, len(found.text), found.at), 0
    while start < len(found.text):
        end = start + _LONGEST - overlap
        end = len(found.text) if end >= len(found.text) else _between_words(found.text, end)
        yield found.text[start:end], narrowed(whole, start, end)
        if found.sort == "text" or end == len(found.text):
            start = end  # prose is overlapped where the next passage begins
        else:
            start = _between_words(found.text, end - overlap)


def _between_words(text: str, at: int) -> int:
    """The nearest position from `at` on that is not inside a word, if one is near."""
    at = max(0, at)
    for place in range(at, min(at + _LONGEST_WORD, len(text))):
        if place == 0 or not (_in_word(text[place - 1]) and _in_word(text[place])):
            return place
    return min(at, len(text))


def _in_word(letter: str) -> bool:
    return letter.isalnum() and not stands_alone(letter)


def _between(sort: str, one: Place, other: Place) -> str:
    """What stands between two texts: nothing where the second goes on in the same paragraph."""
    if sort == "row":
        return "\t"
    match one, other:
        case (Element(), Element()) if (one.member, one.path) == (other.member, other.path):
            return "" if one.chars is not None and other.chars is not None else "\n"
        case _:
            return "\n"


def _current_text_first(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, each paragraph's struck-out stretches after what now stands in it.

    So a sentence is found as it reads today, and what was struck out is found too.
    """
    held: list[TextSpan] = []
    for part in parts:
        if len(held) > 0 and not _same_paragraph(held[0], part):
            yield from held
            held = []
        if isinstance(part, TextSpan) and part.role is Role.DELETED:
            held.append(part)
        else:
            yield part
    yield from held


def _same_paragraph(struck: TextSpan, part: Part) -> bool:
    match struck.at, part.at:
        case Element() as one, Element() as other:
            return (one.member, one.path) == (other.member, other.path)
        case _:
            return False


def _searchable(part: Part) -> Iterator[_Searchable]:
    """What can be found in a part."""
    match part:
        case TextSpan():
            key = ("text", *_neighbourhood(part.at))
            stated = fold(part.at.name) if isinstance(part.at, Field) else ""
            yield _Searchable(key, "text", part.text, part.at, stated)
        case Cell():
            key = ("row", part.in_table.sheet, part.in_table.row)
            for text in _cell_texts(part):
                yield _Searchable(key, "row", text, part.at)
        case Metadata():
            text, stated = f"{part.name}: {part.written}", fold(part.name)
            if isinstance(part.at, Field) and part.at.name == "recipient":
                stated = "recipient"  # of an Outlook message: its name, its address
            yield _Searchable(("metadata", part.name), "metadata", text, part.at, stated)
        case Child():
            yield _Searchable(("name", part.index), "name", part.name, part.at, "member")
        case Image() | Tally() | Problem():
            return


def _cell_texts(cell: Cell) -> Iterator[str]:
    yield cell.written
    for extra in (cell.shown, cell.formula, cell.comment):
        if extra is not None and extra != cell.written:
            yield extra


def _neighbourhood(place: Place) -> tuple[object, ...]:
    """What a text must share with the one before it to be read on with it."""
    match place:
        case Area():
            return ("page", place.page)
        case CellArea():
            return ("cell", place.sheet, place.row)
        case Chars():
            return ("section", place.section)
        case Element():
            return ("member", place.member)
        case _:
            return ("alone", place)
