"""What running text seems to say, proposed with its place; a person decides what becomes of it.

- A proposal never becomes a statement by itself.
- `written` is what stands there; `read` is what was understood, as named values, and is empty
  where `unread` says why nothing was.
- Places are as narrow as the source lets them be: characters of a text or of an element, otherwise
  the area the text stands in.
"""

from enum import StrEnum

import msgspec

from muniment.core import Place


class Sort(StrEnum):
    """What a proposal is of."""

    DATE = "date"  # read: value, until
    QUANTITY = "quantity"  # read: value, upper, unit, comparator
    IDENTIFIER = "identifier"  # read: kind, value
    PHONE = "phone"  # read: value (E.164)
    QUOTE = "quote"  # read: speaker
    POST = "post"  # read: title, name


class Piece(msgspec.Struct, frozen=True):
    """A part of what was found: the speaker of a quotation, the title or the name of a post."""

    name: str
    start: int
    end: int
    written: str


class Proposed(msgspec.Struct, frozen=True):
    """Code points `start` up to `end` of a text, and what they seem to say."""

    sort: Sort
    start: int
    end: int
    written: str
    at: Place
    read: tuple[tuple[str, str], ...] = ()
    unread: str = ""
    pieces: tuple[Piece, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a proposal that is both read and unread, or neither."""
        if (len(self.read) == 0) == (self.unread == ""):
            raise ValueError("a proposal is read, or says why it is not")


class Span(msgspec.Struct, frozen=True):
    """What a rule finds, before it has a place."""

    sort: Sort
    start: int
    end: int
    read: tuple[tuple[str, str], ...] = ()
    unread: str = ""
    pieces: tuple[Piece, ...] = ()


def piece(name: str, text: str, start: int, end: int) -> Piece:
    """A part of what was found, without spaces at its ends."""
    written = text[start:end]
    start += len(written) - len(written.lstrip())
    return Piece(name, start, start + len(written.strip()), written.strip())
