"""Where a text cannot be decoded, and which of its lines are in an encoding of their own.

- Each of the first places is a Problem, and so is their number. A U+FFFD that was written as
  UTF-8 writes it is a letter like any other.
- In a text that is UTF-8 throughout there is no such place, and it is not gone through again.
"""

from collections.abc import Iterable, Iterator

from muniment.core import Chars, Part, Problem
from muniment.readers.encodings import Encoding, decoded, lines_decoded
from muniment.readers.utf8_tally import pieces_of

_REPLACEMENT, _OTHER_SIGN = "\ufffd", "\ufffc"
_MOST_TOLD = 20


def undecodable_problems(blocks: Iterable[bytes], encoding: Encoding) -> Iterator[Part]:
    """Problems for the bytes of `blocks` that are not in `encoding`, at their characters."""
    if encoding.beside != "":
        yield from _other_lines(blocks, encoding)
        return
    if encoding.name == "utf-8":
        blocks = _without_written(blocks)
    count = start = 0
    for piece in decoded(blocks, encoding):
        for at in _places(piece):
            count += 1
            if count <= _MOST_TOLD:
                message = f"at character {start + at + 1} stand bytes that are not {encoding.name}"
                where = Chars(start + at, start + at + 1)
                yield Problem(where, "undecodable-bytes", message)
        start += len(piece)
    if count > _MOST_TOLD:
        message = f"{count} places cannot be decoded as {encoding.name}; {_MOST_TOLD} are stated"
        yield Problem(Chars(0, start), "undecodable-bytes", message)


def _places(text: str) -> Iterator[int]:
    at = text.find(_REPLACEMENT)
    while at >= 0:
        yield at
        at = text.find(_REPLACEMENT, at + 1)


def _without_written(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same with another sign of as many bytes for each U+FFFD that stands in the bytes."""
    for piece in pieces_of(blocks):
        yield piece.replace(_REPLACEMENT.encode(), _OTHER_SIGN.encode())


def _other_lines(blocks: Iterable[bytes], encoding: Encoding) -> Iterator[Part]:
    """A Problem for each of the first lines that are not UTF-8, and one for their number."""
    count = start = 0
    for piece in pieces_of(blocks):
        for is_other, text in lines_decoded(piece.splitlines(keepends=True), encoding):
            count += is_other
            if is_other and count <= _MOST_TOLD:
                message = f"this line is not UTF-8; it is taken as {encoding.beside}"
                yield Problem(Chars(start, start + len(text)), "encoding-guessed", message)
            start += len(text)
    if count > _MOST_TOLD:
        message = f"{count} lines are taken as {encoding.beside}; {_MOST_TOLD} are stated"
        yield Problem(Chars(0, start), "encoding-guessed", message)
