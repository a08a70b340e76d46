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
from typing import NamedTuple

from muniment.readers.source import Source


class Kind(Enum):
    """What a token is."""

    OPEN = "{"
    CLOSE = "}"
    WORD = "\\word"
    SYMBOL = "\\~"
    TEXT = "text"
    BINARY = "\\bin"


class Token(NamedTuple):
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
    word, number, code, symbol, brace, text = match.groups()
    start, end = base + match.start(), base + match.end()
    if text is not None:
        return Token(Kind.TEXT, text, None, start, end)
    if word is not None:
        return Token(Kind.WORD, word, None if number is None else int(number), start, end)
    if code is not None:
        return Token(Kind.TEXT, bytes([int(code, 16)]), None, start, end)
    if brace is not None:
        return Token(Kind.OPEN if brace == b"{" else Kind.CLOSE, brace, None, start, end)
    if symbol in (b"\\", b"{", b"}"):
        return Token(Kind.TEXT, symbol, None, start, end)
    return None if symbol is None else Token(Kind.SYMBOL, symbol, None, start, end)


def _binary(source: Source, token: Token) -> Token:
    length = min(token.number or 0, _MOST_BINARY)
    data = source.read_at(token.end, length)
    return Token(Kind.BINARY, data, length, token.start, token.end + len(data))
