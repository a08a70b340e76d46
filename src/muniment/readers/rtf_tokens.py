r"""The tokens of an RTF file, each with its place in the source, block by block.

    \word-12␠     control word, its number, one space that belongs to it
    \'e4          a byte, in hex                \~  \*  \_      control symbols
    {  }          groups                        anything else  text

- A position is that of a byte in the file, which is also that of its character where the file is
  read as ISO 8859-1: one byte, one character.
- Line ends are no text. `\binN` is followed by N bytes that are no RTF, and comes out with them.

Source: Rich Text Format Specification 1.9.1, "RTF Syntax".
"""

import re
from collections.abc import Iterator
from enum import Enum

import msgspec

from muniment.readers.source import Source


class Kind(Enum):
    """What a token is."""

    OPEN = "{"
    CLOSE = "}"
    WORD = "\\word"
    SYMBOL = "\\~"
    TEXT = "text"
    BINARY = "\\bin"


class Token(msgspec.Struct, frozen=True, gc=False):
    """A token: its word, symbol or bytes, its number, and where it stands in the source."""

    kind: Kind
    value: bytes
    number: int | None
    start: int
    end: int


_BLOCK = 1 << 20
_LONGEST_CONTROL = 64
_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?|'([0-9a-fA-F]{2})|(.)|)"
    rb"|([{}])|([^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
_ESCAPED = (b"\\", b"{", b"}")
_MOST_BINARY = 1 << 28


def tokens_of(source: Source) -> Iterator[Token]:
    """The tokens from the start of the file to its end."""
    buffer = b""
    base = 0  # the position of the buffer's first byte
    while True:
        block = source.read_at(base + len(buffer), _BLOCK)
        last = len(block) < _BLOCK
        buffer += block
        at = 0
        while at < len(buffer):
            if not last and len(buffer) - at < _LONGEST_CONTROL:
                break
            match = _TOKEN.match(buffer, at)
            if match is None:
                return
            at = match.end()
            token = _token(match, base)
            if token is None:
                continue
            if token.kind is Kind.WORD and token.value == b"bin" and (token.number or 0) > 0:
                token = _binary(source, token)
                yield token
                if token.end - base > len(buffer):
                    base, buffer, at = token.end, b"", 0
                    break
                at = token.end - base
                continue
            yield token
        if last and at >= len(buffer) and base + at >= source.size:
            return
        base, buffer = base + at, buffer[at:]


def _token(match: re.Match[bytes], base: int) -> Token | None:
    start, end = match.span()
    start, end = base + start, base + end
    match match.lastindex:
        case 1:
            return Token(Kind.WORD, match[1], None, start, end)
        case 2:
            return Token(Kind.WORD, match[1], int(match[2]), start, end)
        case 3:
            return Token(Kind.TEXT, bytes((int(match[3], 16),)), None, start, end)
        case 4 if match[4] in _ESCAPED:
            return Token(Kind.TEXT, match[4], None, start, end)
        case 4:
            return Token(Kind.SYMBOL, match[4], None, start, end)
        case 5:
            kind = Kind.OPEN if match[5] == b"{" else Kind.CLOSE
            return Token(kind, match[5], None, start, end)
        case 6:
            return Token(Kind.TEXT, match[6], None, start, end)
        case _:
            return None


def _binary(source: Source, token: Token) -> Token:
    length = min(token.number or 0, _MOST_BINARY)
    data = source.read_at(token.end, length)
    return Token(Kind.BINARY, data, length, token.start, token.end + len(data))
