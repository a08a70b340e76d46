"""Where bytes stand in a text that no text has: NUL and the other control characters.

- A text with a few of them is a text all the same; each of the first is told with its place, and
  how many there are.
- What ends a text of DOS (one 0x1A, last of all) is no trouble.
"""

import re
from collections.abc import Iterator

from muniment.core import Chars, Part, Problem
from muniment.readers.encodings import Encoding, decoded
from muniment.readers.source import Source

# Tab, line feed, vertical tab, form feed, carriage return and escape are written in texts.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BYTES = bytes((*range(9), *range(14, 27), *range(28, 32), 127))
_OWN_LAYOUT = (
    "utf-16",
    "utf-32",
    "cp500",
    "cp037",
)  # a control character is not one byte of its own value
_DOS_END = "\x1a"
_MOST_TOLD = 20


def control_problems(source: Source, encoding: Encoding) -> Iterator[Part]:
    """A Problem for each of the first control characters of a text, and one for their number."""
    by_bytes = not encoding.name.startswith(_OWN_LAYOUT)
    if by_bytes and not any(_has_controls(block) for block in source.blocks()):
        return
    positions = _byte_positions(source) if by_bytes else iter(())
    count = start = 0
    for piece in decoded(source.blocks(), encoding):
        for match in CONTROLS.finditer(piece):
            at, character = start + match.start(), match[0]
            offset = next(positions, None)
            if character == _DOS_END and offset == source.size - 1:
                continue
            count += 1
            if count <= _MOST_TOLD:
                where = f"character {at + 1}" if offset is None else f"byte {offset}, from 0,"
                message = f"at {where} stands {ord(character):#04x}, which no text has"
                yield Problem(Chars(at, at + 1), "control-bytes", message)
        start += len(piece)
    if count > _MOST_TOLD:
        message = f"{count} such bytes stand in the text; the first {_MOST_TOLD} are stated"
        yield Problem(Chars(0, start), "control-bytes", message)


def _has_controls(block: bytes) -> bool:
    return len(block.translate(None, _BYTES)) < len(block)


def _byte_positions(source: Source) -> Iterator[int]:
    start = 0
    for block in source.blocks():
        if _has_controls(block):
            yield from (start + at for at, byte in enumerate(block) if byte in _BYTES)
        start += len(block)
