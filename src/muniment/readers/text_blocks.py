"""Cuts running text into blocks with exact positions.

- `text[block.start : block.end] == block.text` for every block, counted in code points.
- A block is a paragraph (ended by a blank line); a longer one is cut at line ends, and a line
  longer than a block is cut where it must be.
- Only white space lies between blocks; line ends are CR LF, LF and CR, and count as they stand.
"""

import io
from collections.abc import Iterable, Iterator

import msgspec

LONGEST_BLOCK = 4_000  # code points


class Block(msgspec.Struct, frozen=True):
    """A stretch of text from `start`, in code points."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The position behind the last code point."""
        return self.start + len(self.text)


def blocks_of(pieces: Iterable[str]) -> Iterator[Block]:
    """The blocks of the text that `pieces` make up together."""
    held: list[str] = []
    start = position = 0
    for line in _lines(pieces):
        blank = line.isspace()
        if len(held) > 0 and (blank or position - start + len(line) > LONGEST_BLOCK):
            yield from _block(start, held)
            held = []
        if not blank:
            start = position if len(held) == 0 else start
            held.append(line)
        position += len(line)
    yield from _block(start, held)


def _block(start: int, lines: list[str]) -> Iterator[Block]:
    text = "".join(lines).rstrip()
    for offset in range(0, len(text), LONGEST_BLOCK):
        yield Block(start + offset, text[offset : offset + LONGEST_BLOCK])


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    """Lines with their ends; one longer than a block comes in slices of a block."""
    rest = ""
    for piece in pieces:
        # The last line stays back: it may go on, and its CR may be half of a CR LF.
        *lines, rest = io.StringIO(rest + piece, newline="") if rest + piece != "" else ("",)
        for line in lines:
            if len(line) <= LONGEST_BLOCK:
                yield line
            else:
                yield from _slices(line)
        while len(rest) > LONGEST_BLOCK:
            yield rest[:LONGEST_BLOCK]
            rest = rest[LONGEST_BLOCK:]
    yield from _slices(rest)


def _slices(line: str) -> Iterator[str]:
    for offset in range(0, len(line), LONGEST_BLOCK):
        yield line[offset : offset + LONGEST_BLOCK]
