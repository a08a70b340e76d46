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

_LONGEST = 4_000  # code points of prose in one passage, so that a snippet is found quickly


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


def passages(parts: Iterable[Part]) -> Iterator[Passage]:
    """The passages of one object, in the order of its parts."""
    group = _Group()
    for part in _current_text_first(parts):
        for key, sort, text, place in _searchable(part):
            if not group.takes(key, len(text)):
                yield from group.close()
            group.add(key, sort, text, place)
    yield from group.close()


def name_passage(name: str) -> Passage:
    """The passage by which a file is found under its name."""
    return Passage(name, (Piece(0, len(name), Whole()),), "name")


class _Group:
    """Parts that will make one passage."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._sort = ""
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def takes(self, key: tuple[object, ...], length: int) -> bool:
        """Whether a text of that key belongs to the parts held."""
        return self._key == key and self._length + length <= _LONGEST

    def add(self, key: tuple[object, ...], sort: str, text: str, place: Place) -> None:
        """Append a text; what stands between two texts belongs to no piece."""
        between = "" if len(self._pieces) == 0 else _between(sort, self._pieces[-1].at, place)
        self._length += len(between)
        self._key, self._sort = key, sort
        self._pieces.append(Piece(self._length, len(text), place))
        self._texts.append(between + text)
        self._length += len(text)

    def close(self) -> Iterator[Passage]:
        """The passage held, if any; afterwards the group is empty."""
        if len(self._texts) > 0:
            yield Passage("".join(self._texts), tuple(self._pieces), self._sort)
        self.__init__()  # type: ignore[misc]


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


def _searchable(part: Part) -> Iterator[tuple[tuple[object, ...], str, str, Place]]:
    """Key of the passage a part belongs to, sort, text and place of what can be found in it."""
    match part:
        case TextSpan():
            yield (("text", *_neighbourhood(part.at)), "text", part.text, part.at)
        case Cell():
            key = ("row", part.in_table.sheet, part.in_table.row)
            for text in _cell_texts(part):
                yield (key, "row", text, part.at)
        case Metadata():
            yield (("metadata", part.name), "metadata", f"{part.name}: {part.written}", part.at)
        case Child():
            yield (("name", part.index), "name", part.name, part.at)
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
