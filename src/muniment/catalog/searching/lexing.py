"""The pieces of a written query: words, quoted phrases, signs, each with its position.

- Only ASCII parentheses, quotes and a leading minus are signs of the language; a full-width one
  is a letter of what is looked for.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from muniment.core import UsageError

_SPACE = re.compile(r"\s+")
_FIELD = re.compile(r"([A-Za-z]{2,12}):(?=[^\s)]|$)(?!//)")
_QUOTED = re.compile(r'(\*?)"([^"]*)"(\*|~[0-9]*)?')
_WORD = re.compile(r'[^\s()"]+')
_SIGNS = {"AND", "OR", "NOT"}

Sort = Literal["word", "quoted", "field", "sign"]


class Piece(msgspec.Struct, frozen=True):
    """A piece of a query, where it begins (counted from 1), and what stands around quotes."""

    sort: Sort
    text: str
    at: int
    before: str = ""  # "*" before a quote
    after: str = ""  # "*" or "~5" after one


def pieces(written: str) -> Iterator[Piece]:
    """The pieces in order.

    Raises:
        UsageError: a quote opens and does not close.
    """
    position, valued = 0, False
    while position < len(written):
        space = _SPACE.match(written, position)
        if space is not None:
            position, valued = space.end(), False
            continue
        piece, position = _next(written, position, valued=valued)
        valued = piece.sort == "field"
        yield piece


def _next(written: str, position: int, *, valued: bool) -> tuple[Piece, int]:
    letter, at = written[position], position + 1
    if letter in "()":
        return Piece("sign", letter, at), at
    if letter == "-" and not valued and _negates(written, position):
        return Piece("sign", "NOT", at), at
    field = None if valued else _FIELD.match(written, position)
    if field is not None:
        return Piece("field", field[1], at), field.end()
    quoted = _QUOTED.match(written, position)
    if quoted is not None:
        return Piece("quoted", quoted[2], at, quoted[1], quoted[3] or ""), quoted.end()
    word = _WORD.match(written, position)
    if word is None:
        raise UsageError(
            f"the quote at character {at} of the query does not close",
            next_step='put a second " where the phrase ends',
        )
    sort: Sort = "sign" if word[0] in _SIGNS else "word"
    return Piece(sort, word[0], at), word.end()


def _negates(written: str, position: int) -> bool:
    """Whether a minus stands before something and after nothing."""
    after = written[position + 1 : position + 2]
    before = written[position - 1] if position > 0 else " "
    return (
        after not in ("", "-", "*") and not after.isspace() and (before.isspace() or before == "(")
    )
